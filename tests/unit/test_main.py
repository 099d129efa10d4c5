"""Which command is called, and how it ends: in the process, and as a process of its own."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from slurm_cli_proxy import __version__, main
from slurm_cli_proxy.context import Context, OutputError, decode, encode
from slurm_cli_proxy.profiles import ConfigError
from slurm_cli_proxy.rest.errors import RestError

TOOL = Path(sys.executable).with_name("slurm-cli-proxy")


class Call:
    """A Context with streams of its own."""

    def __init__(self, prog: str = "squeue", **environ: str) -> None:
        self.stdout, self.stderr = io.BytesIO(), io.BytesIO()
        self.ctx = Context(prog, environ, stdin=None, stdout=self.stdout, stderr=self.stderr)

    def run(self, *argv: str) -> tuple[int, str, str]:
        status = main.run(self.ctx, list(argv))
        return status, self.stdout.getvalue().decode(), self.stderr.getvalue().decode()


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A command called `fake`, whose `run` the test sets."""
    module = ModuleType("fake_command")
    monkeypatch.setitem(sys.modules, "fake_command", module)
    monkeypatch.setitem(main.COMMANDS, "fake", "fake_command")
    yield module


def raising(error: BaseException) -> object:
    def run(ctx: Context, argv: list[str]) -> int:
        ctx.out("before\n")
        raise error

    return run


def test_output_is_written_at_the_end(command: ModuleType) -> None:
    def run(ctx: Context, argv: list[str]) -> int:
        ctx.out("one ")
        ctx.err(f"{argv}\n")
        ctx.out("two\n")
        return 3

    command.run = run  # type: ignore[attr-defined]
    assert Call("fake").run("a", "b") == (3, "one two\n", "['a', 'b']\n")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RestError(2017, "Invalid job id specified"), "fake: error: Invalid job id specified\n"),
        (
            RestError(1800, "No contact", "http://h: refused"),
            "fake: error: No contact\nfake: http://h: refused\n",
        ),
        (
            ConfigError("/etc/x: clusters.a.uri: unknown key"),
            "fake: error: /etc/x: clusters.a.uri: unknown key\n",
        ),
        (
            KeyError("jobs"),
            "fake: error: internal error: KeyError: 'jobs' (SLURM_CLI_PROXY_DEBUG=1 shows where)\n",
        ),
        (ValueError("two\nlines"), "fake: error: internal error: ValueError: two lines (SLURM_"),
        (RecursionError(), "fake: error: internal error: RecursionError: (SLURM_"),
    ],
)
def test_what_no_command_dealt_with_is_one_clear_line(
    command: ModuleType, error: Exception, said: str
) -> None:
    command.run = raising(error)  # type: ignore[attr-defined]
    status, out, err = Call("fake").run()
    assert (status, out) == (1, "before\n")
    assert err.startswith(said)
    assert "Traceback" not in err


def test_debugging_shows_where(command: ModuleType) -> None:
    command.run = raising(KeyError("jobs"))  # type: ignore[attr-defined]
    assert "Traceback" in Call("fake", SLURM_CLI_PROXY_DEBUG="1").run()[2]


def test_no_token_in_an_internal_error(command: ModuleType) -> None:
    command.run = raising(ValueError("header X: hush.hush.hush"))  # type: ignore[attr-defined]
    err = Call("fake", SLURM_JWT="hush.hush.hush").run()[2]
    assert "hush" not in err


def test_signals_go_to_the_caller(command: ModuleType) -> None:
    for error in (BrokenPipeError(), KeyboardInterrupt()):
        command.run = raising(error)  # type: ignore[attr-defined]
        with pytest.raises(type(error)):
            main.run(Call("fake").ctx, [])


def test_a_full_disk_is_told(command: ModuleType) -> None:
    command.run = lambda ctx, argv: ctx.out("lost\n") or 0  # type: ignore[attr-defined]
    call = Call("fake")
    with open("/dev/full", "wb", buffering=0) as full:
        call.ctx.stdout = full
        assert main.run(call.ctx, []) == 1
    assert call.stderr.getvalue() == b"fake: error: write error on standard output: No space left on device\n"


def test_bytes_survive() -> None:
    assert encode(decode(b"\xff\xc3\xa9\x80")) == b"\xff\xc3\xa9\x80"
    assert encode("a\ud800b") == b"a?b"


def test_big_output_does_not_pile_up(command: ModuleType) -> None:
    call = Call("fake")
    for _ in range(100):
        call.ctx.out("x" * 10_000)
    assert len(call.stdout.getvalue()) > 500_000
    call.ctx.flush()
    assert len(call.stdout.getvalue()) == 1_000_000


def test_a_closed_stream_is_no_error() -> None:
    call = Call()
    call.ctx.stdout = None
    call.ctx.out("x")
    call.ctx.flush()
    call.stderr.close()
    call.ctx.err("x")


def test_lost_output_is_an_error_of_its_own() -> None:
    call = Call()
    with open("/dev/full", "wb", buffering=0) as full:
        call.ctx.stdout = full
        call.ctx.out("x")
        with pytest.raises(OutputError):
            call.ctx.flush()


# As a process


def tool(*argv: str, **keywords: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(TOOL), *argv], capture_output=True, timeout=60, check=False, **keywords)  # type: ignore[call-overload, no-any-return]


def test_version() -> None:
    done = tool("--version")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"slurm-cli-proxy {__version__}\n".encode(),
        b"",
    )


def test_help_lists_the_commands() -> None:
    done = tool("help")
    assert done.returncode == 0
    assert all(name.encode() in done.stdout for name in main.COMMANDS)


def test_an_unknown_command() -> None:
    done = tool("squeeze")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"slurm-cli-proxy: error: unknown command: squeeze\n")


def test_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "slurm_cli_proxy", "--version"], capture_output=True, check=True
    )
    assert done.stdout == f"slurm-cli-proxy {__version__}\n".encode()


def test_a_reader_that_has_gone_ends_it_by_sigpipe() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([str(TOOL), "help"], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")


def test_closed_streams() -> None:
    done = subprocess.run(["sh", "-c", f"exec '{TOOL}' help >&- 2>&- <&-"], check=False)
    assert done.returncode == 0


def test_ctrl_c_ends_it_by_sigint(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import os, signal, sys, time\n"
        "from slurm_cli_proxy import main\n"
        "import types\n"
        "module = types.ModuleType('waiting')\n"
        "def run(ctx, argv):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(60)\n"
        "module.run = run\n"
        "sys.modules['waiting'] = module\n"
        "main.COMMANDS['waiting'] = 'waiting'\n"
        "main.main(['waiting'])\n"
    )
    done = subprocess.run([sys.executable, str(program)], capture_output=True, timeout=50, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")


def test_nothing_heavy_is_imported() -> None:
    """What start-up must not pay for; `lean` says what each would cost."""
    program = (
        "import sys\n"
        "from slurm_cli_proxy.main import lean\n"
        "lean.import_msgspec()\n"
        "import slurm_cli_proxy.context, slurm_cli_proxy.rest.client, slurm_cli_proxy.profiles\n"
        "import slurm_cli_proxy.commands.squeue, slurm_cli_proxy.commands.sinfo\n"
        "print(' '.join(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {
        "argparse", "dataclasses", "email", "http.client", "inspect", "json", "logging", "pathlib", "shutil", "socket",
        "ssl", "subprocess", "tempfile", "tomllib", "typing_extensions", "urllib.parse", "asyncio", "hashlib",
        "pycurl.async_multi", "slurm_cli_proxy.layout.document", "slurm_cli_proxy.commands.documents",
        "platform", "textwrap",
    }  # fmt: skip
    assert heavy & set(done.stdout.split()) == set()


def test_what_is_kept_out_is_there_when_it_is_asked_for() -> None:
    program = (
        "from slurm_cli_proxy.main import lean\n"
        "lean.import_msgspec()\n"
        "import msgspec, platform, uuid\n"
        "print(msgspec.json.schema(uuid.UUID)['format'], platform.python_implementation())\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "uuid CPython\n"
