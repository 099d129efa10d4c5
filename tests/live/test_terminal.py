"""`scontrol`'s prompt and `scancel`'s questions on a terminal: what stands there is what native leaves there; and
`srun --pty`, refused.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shlex
import subprocess
from collections.abc import Callable, Mapping, Sequence

import pytest
from tests.live.case import RELEASES
from tests.live.harness import PROXY_BIN, WAIT_SECONDS, Bench

PROMPT = "scontrol: "

SCONTROL = (
    ("scontrol", ["quit\n"]),
    ("scontrol", ["exit\n"]),
    ("scontrol", ["\x04"]),
    ("scontrol", ["show hostnames a[1-2]\n", "!!\n", "!! x\n", "nosuch\n", "\n", "quit\n"]),
    ("scontrol", ["versionx\x7f\n", "\x1b[A\n", "qui\n", "exit_code\n", "  quit  \n"]),
    ("scontrol", ["verbose\n", "show reservation zz\n", "quiet\n", "show reservation zz\n", "\x04"]),
    ("scontrol", ["oneliner\n", "show hostlist 'a b'\n", "hold 999999\n", "\\q\n", "quit now\n", "quit\n"]),
    ("scontrol -Q", ["nosuch\n", "show nosuch\n", "quit\n"]),
    ("scontrol", ["\x03"]),
    ("scontrol", ["show hostnames n1\n", "abc\x03"]),
    ("scontrol", ["\x1c"]),
    ("scontrol", ["\t\n", "versionx\x01\x04\n", "abc\x15version\n", "version\n", "\x10\n", "\x04"]),
    ("scontrol", ["version\n", "!v\n", "# x\n", "show hostnames é\n", "EXIT\n"]),
)

ASKED = "? "
NAMED = "-H -J c-asked --wrap true"
ARRAY = f"--array=1-3 {NAMED}"
SCANCEL = (
    ("scancel -i {j}", {"j": NAMED}, ["y\n"]),
    ("scancel -i {j}", {"j": NAMED}, ["\n", "x\n", "n\n"]),
    ("scancel -i {j}", {"j": NAMED}, ["No, never\n"]),
    ("scancel -i {j}", {"j": NAMED}, ["\x03"]),
    ("scancel -i {j} {k}", {"j": NAMED, "k": NAMED}, ["n\n", "Y\n"]),
    ("scancel -i {j} {k}", {"j": NAMED, "k": NAMED}, ["y\n", "\x03"]),
    ("scancel -i {j} 999999", {"j": NAMED}, ["yes\n"]),
    ("scancel -i {j}", {"j": ARRAY}, ["y\n"]),
    ("scancel -i {j}_2", {"j": ARRAY}, ["y\n"]),
    ("scancel -i -t pending -n c-asked {j} {k}", {"j": NAMED, "k": ARRAY}, ["n\n", "y\n"]),
    ("scancel -i -Q -s KILL {j}", {"j": NAMED}, ["y\n"]),
)


@pytest.mark.live
@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize(("line", "typed"), SCONTROL)
def test_prompt(release: str, line: str, typed: Sequence[str]) -> None:
    bench = Bench(release)
    assert proxy(bench, line, typed, PROMPT) == native(bench, line, typed, PROMPT)


@pytest.mark.live
@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize(("line", "jobs", "typed"), SCANCEL)
def test_questions(release: str, line: str, jobs: Mapping[str, str], typed: Sequence[str]) -> None:
    bench = Bench(release)
    assert questions(bench, proxy, line, jobs, typed) == questions(bench, native, line, jobs, typed)


def questions(
    bench: Bench, side: Side, line: str, jobs: Mapping[str, str], typed: Sequence[str]
) -> tuple[int, str, str]:
    """Status, terminal, and the states of the jobs afterwards; the ids as the jobs are called in the line."""
    ids = {name: bench.submit("alice", args) for name, args in jobs.items()}
    try:
        status, seen = side(bench, line.format(**ids), typed, ASKED)
        states = bench.words("alice", f"squeue -h -t all -S i -o '%i %T' -j {','.join(ids.values())}")
    finally:
        bench.cancel(list(ids.values()))
    for name, number in ids.items():
        seen, states = (re.sub(rf"(?<!\d){number}(?!\d)", f"<{name}>", text) for text in (seen, states))
    return status, seen, states


@pytest.mark.live
@pytest.mark.parametrize("release", RELEASES)
def test_srun_has_no_terminal(release: str) -> None:
    status, seen = proxy(Bench(release), "srun --pty true", [], "")
    assert status == 1
    assert seen.startswith("srun: error: --pty is not possible: ")


Side = Callable[[Bench, str, Sequence[str], str], tuple[int, str]]


def native(bench: Bench, line: str, typed: Sequence[str], asked: str) -> tuple[int, str]:
    """Status and terminal of the native command."""
    env = {**bench.cluster.environ("alice"), "TERM": "dumb"}
    return at_terminal(bench.cluster.native_argv("alice", shlex.split(line), "/"), env, typed, asked)


def proxy(bench: Bench, line: str, typed: Sequence[str], asked: str) -> tuple[int, str]:
    """The same of the proxy's."""
    command, *args = shlex.split(line)
    uid, gid = bench.cluster.ids("alice")
    env = {**bench.cluster.environ("alice"), "TERM": "dumb", "SLURM_CLI_PROXY_URL": bench.cluster.url}
    env |= {
        "SLURM_JWT": bench.cluster.token("alice"),
        "XDG_CACHE_HOME": f"{bench.cluster.shared('alice')}/.cache-",
    }
    env["SLURM_CLI_PROXY_PACKAGE_NAME"] = "slurm-wlm"
    argv = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", str(PROXY_BIN / command), *args]
    return at_terminal(argv, env, typed, asked)


def at_terminal(
    argv: Sequence[str], env: Mapping[str, str], typed: Sequence[str], asked: str
) -> tuple[int, str]:
    """Types one piece after the other, each when the command asks (`asked` stands last); exit status, the terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(argv, env=dict(env), cwd="/", preexec_fn=lambda: os.login_tty(theirs))
    os.close(theirs)
    seen = ""
    try:
        left = list(typed)
        since = 0
        while (more := _read(ours)) is not None:
            seen += more
            lines = seen[since:]
            if left and lines.endswith(asked) and ("\n" in lines or not since):
                since = len(seen)
                os.write(ours, left.pop(0).encode())
        status = process.wait(timeout=WAIT_SECONDS)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return status, re.sub(r"last_update_time=[^,]+", "last_update_time=…", seen)


def _read(terminal: int) -> str | None:
    """What comes next, None at the end."""
    ready, _, _ = select.select([terminal], [], [], WAIT_SECONDS)
    assert ready, "nothing came"
    try:
        return os.read(terminal, 65536).decode(errors="backslashreplace") or None
    except OSError:  # the other end is closed
        return None
