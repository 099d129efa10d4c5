"""Machines that lack something: disk, a writable home, a home at all, a standard output, an old enough cache."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.faults.calling import Caller

pytestmark = pytest.mark.live

RELEASE = "26.05"
COMMANDS = "call squeue && call sinfo -s && call sbatch -H -J faults-host --mail-type=END --wrap true"


def shell(script: str, caller: Caller, **variables: str) -> subprocess.CompletedProcess[str]:
    """A shell with a mount namespace of its own, where `call` is a command through the proxy."""
    environ = {
        name: value for name, value in caller.environ().items() if name not in ("HOME", "XDG_CACHE_HOME")
    }
    call = f'call() {{ {shlex.quote(sys.executable)} -m slurm_cli_proxy "$@"; }}\n'
    return subprocess.run(
        ["unshare", "--mount", "sh", "-ec", call + caller.named(script)],
        capture_output=True, text=True, errors="surrogateescape", env={**environ, **variables}, cwd="/tmp",
    )  # fmt: skip


@pytest.fixture
def caller(tmp_path: Path) -> Caller:
    return Caller(RELEASE, tmp_path / "mine")


def test_a_full_disk(caller: Caller, tmp_path: Path) -> None:
    script = (
        f"mount -t tmpfs -o size=16k none {tmp_path}; cat /dev/zero > {tmp_path}/fill 2> /dev/null || :\n"
    )
    done = shell(f"{script} {COMMANDS}", caller, HOME=str(tmp_path))
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout


def test_a_disk_that_gets_full(caller: Caller, tmp_path: Path) -> None:
    """The folders could be made, the files not."""
    script = (
        f"mount -t tmpfs -o size=32k none {tmp_path}; {{ {COMMANDS}; }} > /dev/null; "
        f"find {tmp_path} -type f -delete; cat /dev/zero > {tmp_path}/fill 2> /dev/null || :\n"
    )
    done = shell(f"{script} {COMMANDS}; find {tmp_path} -name '*.new'", caller, HOME=str(tmp_path))
    assert (done.stderr, done.returncode) == ("", 0)
    assert ".new" not in done.stdout


def test_a_read_only_home(caller: Caller, tmp_path: Path) -> None:
    done = shell(f"mount -t tmpfs -o ro none {tmp_path}\n {COMMANDS}", caller, HOME=str(tmp_path))
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize("home", ["", "/nonexistent", "/dev/null", "relative"])
def test_no_home(caller: Caller, home: str) -> None:
    variables = {"HOME": home} if home else {}
    done = shell(COMMANDS, caller, **variables)
    assert (done.stderr, done.returncode) == ("", 0)


def test_a_closed_standard_output(caller: Caller, tmp_path: Path) -> None:
    done = shell(f"exec >&-; {COMMANDS}", caller, HOME=str(tmp_path))
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_a_full_standard_output(caller: Caller, tmp_path: Path) -> None:
    done = shell("call squeue > /dev/full", caller, HOME=str(tmp_path))
    assert done.stderr == "squeue: error: write error on standard output: No space left on device\n"
    assert done.returncode == 1


def test_nothing_but_standard_output(caller: Caller, tmp_path: Path) -> None:
    done = shell("call squeue <&- 2>&-", caller, HOME=str(tmp_path))
    assert done.stdout.startswith("             JOBID") and done.returncode == 0


@pytest.mark.parametrize(
    "content",
    [
        b'{"url": "x", "versions": ["v0.0.99"], "release": "99.05.1", "format": 2, "more": {"a": [1]}}',
        b'{"format": "two"}', b"\xff\x00 binary", b"", b"[" * 100_000,
    ],
    ids=["newer", "otherwise", "binary", "empty", "deep"],
)  # fmt: skip
def test_a_cache_of_another_version(caller: Caller, tmp_path: Path, content: bytes) -> None:
    assert shell(COMMANDS, caller, HOME=str(tmp_path)).returncode == 0
    files = [path for path in (tmp_path / ".cache").rglob("*") if path.is_file()]
    assert files
    for path in files:
        path.write_bytes(content)
    done = shell(COMMANDS, caller, HOME=str(tmp_path))
    assert (done.stderr, done.returncode) == ("", 0)
