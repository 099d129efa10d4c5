"""Many callers at once, with slurmrestd killed and slurmctld started anew in the middle.

`LOAD_CALLERS` (10) callers for `LOAD_SECONDS` (5) and until all is up again, on `LOAD_RELEASES` (26.05). Run alone:
others would notice.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from devcluster.daemons import Daemon
from tests.faults.calling import Caller

from slurm_cli_proxy.rest.token_store import Kept
from slurm_cli_proxy.rest.versions import Server

pytestmark = pytest.mark.live

CALLERS = int(os.environ.get("LOAD_CALLERS", "10"))
SECONDS = float(os.environ.get("LOAD_SECONDS", "5"))
RELEASES = os.environ.get("LOAD_RELEASES", "26.05").split()
TIMEOUT = 20
PATIENCE = 4 * TIMEOUT
"""Seconds after which a call counts as hanging: what its timeout allows, and room for a busy machine."""

LINES = (
    "squeue --me", "squeue -h -o '%A %t'", "sinfo", "scontrol show job", "sbatch", "sbatch", "sbatch", "scontrol ping",
    "scancel 999999", "squeue --json",
)  # fmt: skip


class Call(NamedTuple):
    line: str
    name: str
    out: str
    err: str
    status: int


class Crowd:
    """Callers that call until they are told to stop."""

    def __init__(self, caller: Caller, folder: Path) -> None:
        token = folder / "token"
        token.write_text(caller.cluster.token("alice"))
        token.chmod(0o600)
        config = folder / "config.toml"
        config.write_text(
            f'default = "it"\n[clusters.it]\nurl = "{caller.cluster.url}"\ntimeout = {TIMEOUT}\nuser = "alice"\n'
            f'token_command = ["cat", "{token}"]\n'
        )
        self._environ = {
            **caller.cluster.environ("alice"),
            "SLURM_CLI_PROXY_CONFIG": str(config),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }
        self._caller = caller
        self._stop = threading.Event()
        self._numbers = itertools.count()
        self.calls: list[Call] = []
        self.hanging: list[str] = []
        self._threads = [threading.Thread(target=self._go, args=(number,)) for number in range(CALLERS)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _go(self, number: int) -> None:
        chance = random.Random(number)
        while not self._stop.is_set():
            self._call(chance.choice(LINES))

    def _call(self, line: str) -> None:
        name = ""
        if line == "sbatch":
            name = self._caller.named(f"faults-load-{next(self._numbers)}")
            line = f"sbatch -H -J {name} --wrap true"
        argv = [sys.executable, "-m", "slurm_cli_proxy", *line.replace("'", "").split(" ", 3)]
        if line.endswith("'%A %t'"):
            argv = [sys.executable, "-m", "slurm_cli_proxy", "squeue", "-h", "-o", "%A %t"]
        elif name:
            argv = [sys.executable, "-m", "slurm_cli_proxy", *line.split()]
        try:
            done = subprocess.run(
                argv,
                env=self._environ,
                capture_output=True,
                text=True,
                errors="surrogateescape",
                cwd="/tmp",
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            self.hanging.append(line)
            return
        self.calls.append(Call(line, name, done.stdout, done.stderr, done.returncode))


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not what():
        assert time.monotonic() < end, "not up again"
        time.sleep(0.2)


def again(daemon: Daemon, how: signal.Signals, caller: Caller) -> None:
    """End a daemon, and start it until it stays and answers: for a moment its port may still be taken."""
    pid = daemon.pid
    assert pid is not None
    os.kill(pid, how)
    until(lambda: daemon.pid is None)

    def answers() -> bool:
        if daemon.ended():
            daemon.record.forget()
            daemon.start()
        return caller.call("squeue").status == 0

    until(answers)


@pytest.mark.parametrize("release", RELEASES)
def test_many_callers_while_daemons_are_restarted(release: str, tmp_path: Path) -> None:
    caller = Caller(release, tmp_path / "mine")
    cluster = caller.cluster._cluster
    crowd = Crowd(caller, tmp_path)
    try:
        time.sleep(SECONDS / 3)
        again(cluster.slurmrestd(), signal.SIGKILL, caller)
        time.sleep(SECONDS / 3)
        again(cluster.slurmctld(), signal.SIGTERM, caller)
        time.sleep(SECONDS / 3)
    finally:
        crowd.end()
    until(lambda: caller.call("squeue").status == 0)
    jobs: dict[str, list[int]] = {}
    for job in caller.jobs("faults-load-"):
        jobs.setdefault(job.name or "", []).append(job.job_id)
    caller.cancel("faults-load-")

    assert crowd.hanging == []
    for call in crowd.calls:
        assert "Traceback" not in call.err and "internal error" not in call.err, call
        assert call.status == 0 or call.err or (call.line == "scontrol ping" and "DOWN" in call.out), call
        found = jobs.get(call.name, []) if call.name else []
        assert len(found) < 2, call
        if call.name and call.status == 0:
            assert call.out == f"Submitted batch job {found[0] if found else '?'}\n", call
        elif call.name and found:
            assert "cannot be told" in call.err, call
    assert sum(call.status == 0 for call in crowd.calls) > CALLERS

    cache = tmp_path / "cache" / "slurm-cli-proxy"
    for path in cache.rglob("*.new"):
        raise AssertionError(f"left behind: {path}")
    for path in (cache / "servers").iterdir():
        assert msgspec.json.decode(path.read_bytes(), type=Server).release.startswith(release)
    for path in (cache / "tokens").iterdir():
        if path.suffix != ".lock":
            assert msgspec.json.decode(path.read_bytes(), type=Kept).token == caller.cluster.token("alice")
