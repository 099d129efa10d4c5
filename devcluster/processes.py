"""Processes: recorded by id and start time, so that none but our own is ever stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from devcluster.errors import DevclusterError

ENVIRON = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}


def heed_signals() -> None:
    """Ignore no signal that whoever started a long run ignores (nohup, `&`).

    Every program started from here would inherit that: a daemon, and the jobs that it starts.
    """
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL)


def run(
    argv: Sequence[str], *, step: str, env: Mapping[str, str] | None = None, stdin: str | None = None
) -> str:
    """Run a program to its end and return its standard output; DevclusterError with its last lines if it fails."""
    done = subprocess.run(
        list(argv),
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        errors="replace",
        env=dict(ENVIRON, DEBIAN_FRONTEND="noninteractive") if env is None else dict(env),
    )
    if done.returncode != 0:
        lines = (done.stdout + done.stderr).splitlines()[-15:]
        raise DevclusterError(f"{step} failed with exit status {done.returncode}:", lines)
    return done.stdout


def start_time(pid: int) -> str | None:
    """When the process began, in the kernel's ticks; None when there is no such process (or a zombie only)."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
            fields = stat.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in ("Z", "X") else fields[19]


class Record:
    """A started process, remembered in a file: "PID STARTTIME"."""

    def __init__(self, path: str) -> None:
        self.path = path

    @property
    def pid(self) -> int | None:
        """The id, if that very process still lives."""
        try:
            with open(self.path, encoding="ascii") as file:
                number, began = file.read().split()
        except (OSError, ValueError):
            return None
        return int(number) if start_time(int(number)) == began else None

    def write(self, pid: int) -> None:
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(self.path, "w", encoding="ascii") as file:
            file.write(f"{pid} {start_time(pid)}\n")

    def forget(self) -> None:
        try:
            os.unlink(self.path)
        except FileNotFoundError:
            pass


def namespace(pid: int | str) -> str | None:
    """The mount namespace a process lives in."""
    try:
        return os.readlink(f"/proc/{pid}/ns/mnt")
    except OSError:
        return None


def inhabitants(space: str) -> list[int]:
    """Every process of the mount namespace ``space``, except this one."""
    return [
        int(name)
        for name in os.listdir("/proc")
        if name.isdigit() and int(name) != os.getpid() and namespace(name) == space
    ]


def send(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def wait_for(condition: Callable[[], bool], seconds: float, interval: float = 0.02) -> bool:
    """Ask until the condition holds (True) or the time is over (False)."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(interval)
    return True


def last_lines(path: str, count: int = 15) -> list[str]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()[-20000:].splitlines()[-count:]
    except OSError:
        return []
