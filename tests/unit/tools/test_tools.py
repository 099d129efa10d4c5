"""The sub-commands of slurm-cli-proxy, as far as they need no server."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

import pytest

from slurm_cli_proxy import main
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.tools import checks, link, login, trial
from slurm_cli_proxy.tools.completion import words


def call(*argv: str, stdin: bytes = b"", environ: Mapping[str, str] = {}) -> tuple[int, str, str]:
    """Status, standard output, standard error."""
    stdout, stderr = io.BytesIO(), io.BytesIO()
    ctx = Context("slurm-cli-proxy", environ, stdin=io.BytesIO(stdin), stdout=stdout, stderr=stderr)
    status = main.run(ctx, list(argv))
    return status, stdout.getvalue().decode(), stderr.getvalue().decode()


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with installed commands."""
    folder = tmp_path / "installed"
    folder.mkdir()
    for name in main.COMMANDS:
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    monkeypatch.setattr(link, "installed", lambda: str(folder))
    return folder


def test_link_puts_the_commands_there_and_nothing_else(tmp_path: Path, commands: Path) -> None:
    assert call("link", "")[0] == 2
    target = tmp_path / "service" / "bin"
    assert call("link", str(target))[0] == 0
    assert sorted(os.listdir(target)) == sorted(main.COMMANDS)
    assert (target / "squeue").resolve() == commands / "squeue"
    status, out, _ = call("link", "--json", str(target))
    assert status == 0
    assert set(json.loads(out)["links"].values()) == {"kept"}


def test_link_leaves_alone_what_stands_there(tmp_path: Path, commands: Path) -> None:
    target = tmp_path / "bin"
    target.mkdir()
    (target / "squeue").write_text("mine")
    status, out, err = call("link", str(target))
    assert (status, out) == (1, "")
    assert err.startswith(f"slurm-cli-proxy: error: {target}/squeue: exists, and is not a link")
    assert (target / "squeue").read_text() == "mine"
    assert call("link", "--force", str(target))[0] == 0
    assert (target / "squeue").resolve() == commands / "squeue"
    assert (commands / "squeue").read_text() == "#!/bin/sh\n"


def test_link_where_a_folder_stands(tmp_path: Path) -> None:
    (tmp_path / "squeue").mkdir()
    status, out, err = call("link", str(tmp_path), "--force")
    assert (status, out, err) == (1, "", f"slurm-cli-proxy: error: {tmp_path}/squeue: Is a directory\n")
    assert not list(tmp_path.glob("*.new"))


def test_link_into_the_commands_own_folder(commands: Path) -> None:
    status, _, err = call("link", "--force", str(commands))
    assert status == 1
    assert "installed in this very folder" in err
    assert not (commands / "squeue").is_symlink()


def test_clusters(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        'default = "one"\n[clusters.one]\nurl = "https://one.example"\ntoken_file = "/x/token"\n'
        '[clusters.two]\nurl = "unix:/run/two"\nuser = "jo"\n'
    )
    environ = {"SLURM_CLI_PROXY_CONFIG": str(file), "XDG_CONFIG_HOME": str(tmp_path / "none")}
    status, out, _ = call("clusters", "--json", environ=environ)
    rows = json.loads(out)["clusters"]
    assert status == 0
    assert [(row["name"], row["current"], row["token"]) for row in rows] == [
        ("one", True, "file /x/token"),
        ("two", False, "socket"),
    ]
    _, out, _ = call(
        "clusters", environ={**environ, "SLURM_CLI_PROXY_URL": "http://127.0.0.1:1", "SLURM_JWT": "a.b.c"}
    )
    assert [line[0] for line in out.splitlines()] == [" ", " ", "*"]
    assert "a.b.c" not in out


@pytest.mark.parametrize(
    ("argv", "stdin", "said"),
    [
        ((), b"", "no answer"),
        (("--url", "ftp://x"), b"", "url: must be http://"),
        (("--url", "http://127.0.0.1:1", "--token-stdin"), b"", "standard input: holds no token"),
        (("--url", "http://127.0.0.1:1", "--token-stdin", "a b"), b"x", "no name for a cluster"),
        (("--url", "http://127.0.0.1:1", "--token-stdin"), b"a.b.c", "nothing was kept"),
        (("--token-stdin", "--token-file", "x"), b"", "not allowed with"),
    ],
)
def test_login_keeps_nothing_that_does_not_work(
    tmp_path: Path, argv: tuple[str, ...], stdin: bytes, said: str
) -> None:
    status, out, err = call("login", *argv, stdin=stdin, environ={"HOME": str(tmp_path)})
    assert status != 0
    assert said in err
    assert out == ""
    assert not list(tmp_path.glob("**/*.toml")) + list(tmp_path.glob("**/*.token"))
    assert "a.b.c" not in err


def test_an_interrupted_login_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    """The token is not shown while it is typed."""
    command = [sys.executable, "-m", "slurm_cli_proxy", "login", "x", "--url", "http://127.0.0.1:1"]
    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, {"HOME": str(tmp_path)})
    try:
        shown = b""
        while b"Token" not in shown or termios.tcgetattr(terminal)[3] & termios.ECHO:
            shown += os.read(terminal, 1000) if select.select([terminal], [], [], 0.05)[0] else b""
        os.write(terminal, b"\x03")
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGINT
        assert termios.tcgetattr(terminal)[3] & termios.ECHO
    finally:
        os.close(terminal)


def test_doctor_without_a_server(tmp_path: Path) -> None:
    status, out, _ = call("doctor", "--json", environ={"HOME": str(tmp_path), "PATH": ""})
    checks = {check["name"]: check for check in json.loads(out)["checks"]}
    assert status == 1
    assert checks["configuration"]["status"] == "failure"
    assert checks["configuration"]["remedy"]
    assert checks["api"]["status"] == "skipped"
    assert checks["commands"]["status"] == "warning"


@pytest.mark.parametrize(
    ("header", "mode", "warned"),
    [
        ("X-API-Key", 0o644, True),
        ("Authorization", 0o640, True),
        ("X-API-Key", 0o600, False),
        ("X-Trace", 0o644, False),
    ],
)
def test_doctor_on_a_gateways_credential(tmp_path: Path, header: str, mode: int, warned: bool) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[clusters.a]\nurl = "http://127.0.0.1:1"\nheaders = {{ {header} = "hush" }}\n')
    file.chmod(mode)
    environ = {
        "HOME": str(tmp_path),
        "PATH": "",
        "SLURM_CLI_PROXY_CONFIG": str(file),
        "SLURM_CLI_PROXY_CLUSTER": "a",
    }
    _, out, err = call("doctor", environ=environ)
    line = out.splitlines()[0]
    assert line.startswith("warn  configuration" if warned else "ok    configuration")
    assert ("others can read" in line) is warned
    assert "hush" not in out + err


def test_doctor_where_nobody_listens(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "SLURM_CLI_PROXY_URL": "http://127.0.0.1:1", "SLURM_JWT": "a.b.c"}
    status, out, _ = call("doctor", environ=environ)
    assert status == 1
    assert "FAIL  tcp            http://127.0.0.1:1: Connection refused\n" in out
    assert "-     api " in out
    assert "a.b.c" not in out


def test_completion_knows_every_command() -> None:
    table = words()
    assert {"--partition", "--wrap"} <= set(table["sbatch"])
    assert {"show", "--oneliner"} <= set(table["scontrol"])
    assert {"doctor", "squeue"} <= set(table["slurm-cli-proxy"])
    assert set(table) >= {"sbatch", "squeue", "scancel", "scontrol", "sinfo", "sacct", "srun", "salloc"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("squeue --noh", "--noheader"),
        ("slurm-cli-proxy squeue --noh", "--noheader"),
        ("slurm-cli-proxy doc", "doctor"),
        ("scontrol requeueh", "requeuehold"),
        ("squeue noh", ""),
    ],
)
def test_completion_in_bash(tmp_path: Path, typed: str, found: str) -> None:
    script = tmp_path / "completion"
    script.write_text(call("completion", "bash")[1])
    words = typed.split()
    asked = (
        f". {script}; COMP_WORDS=({typed}); COMP_CWORD={len(words) - 1};"
        f' _slurm_cli_proxy {words[0]} {words[-1]} {words[-2]}; echo "${{COMPREPLY[@]}}"'
    )
    done = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout == f"{found}\n"


def test_help_of_each(tmp_path: Path) -> None:
    for name in ("login", "doctor", "link", "clusters", "whoami", "completion"):
        status, out, err = call(name, "--help", environ={"HOME": str(tmp_path)})
        assert (status, err) == (0, "")
        assert out.startswith(f"usage: slurm-cli-proxy {name}")


@pytest.mark.parametrize("line", ["doctor --wait -5", "doctor --wait nan", "doctor --wait soon"])
def test_times_that_are_none(line: str) -> None:
    status, out, err = call(*line.split())
    assert (status, out) == (2, "")
    assert "--wait: invalid" in err


def test_doctors_job_writes_what_cannot_be_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the user of the cluster may write and the caller may not."""

    def calls(visit: object, prog: str, *argv: str) -> tuple[int, str, str]:
        if prog == "sbatch":
            Path(argv[argv.index("-o") + 1]).write_text("here\n")
        return 0, "7\n", ""

    def unlink(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(trial, "call", calls)
    monkeypatch.setattr(trial, "ended", lambda *given: "COMPLETED")
    visit = checks.Visit(Context("slurm-cli-proxy", {}, stdin=None, stdout=None, stderr=None), "")
    assert trial.tried(visit, str(tmp_path), 1).status == "ok"
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(os, "unlink", unlink)
    found = trial.tried(visit, str(tmp_path), 1)
    assert found.status == "warning" and "cannot be removed" in found.text


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://slurm.example.org/sapi", "slurm"), ("http://127.0.0.1:6820", "local"), ("unix:/run/x", "local"),
        ("https://192.0.2.7:6820", "cluster"), ("https://[2001:db8::1]", "cluster"),
    ],
)  # fmt: skip
def test_the_name_that_login_suggests(url: str, name: str) -> None:
    assert login.suggestion(url) == name
