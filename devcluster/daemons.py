"""Starting a daemon, waiting until it answers, stopping it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence

from devcluster import places, processes
from devcluster.errors import DevclusterError
from devcluster.space import ROOT, Identity, Space


class Daemon:
    """A program that runs in the foreground inside a space, its output in a log file of its own."""

    def __init__(
        self,
        space: Space,
        state: str,
        name: str,
        argv: Sequence[str],
        identity: Identity = ROOT,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.space = space
        self.name = name
        self.argv = list(argv)
        self.identity = identity
        self.env = {**processes.ENVIRON, **(env or {})}
        self.log = os.path.join(state, "log", f"{name}.log")
        self.record = processes.Record(places.pids(space.name, name))
        self._started: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self.record.pid

    def start(self) -> bool:
        """Start it unless it runs; whether it had to be started."""
        if self.pid is not None:
            return False
        os.makedirs(os.path.dirname(self.log), exist_ok=True)
        with open(self.log, "ab") as log:
            self._started = subprocess.Popen(
                [*self.space.prefix(self.identity, "/"), *self.argv],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.env,
                start_new_session=True,
                cwd="/",
            )
        self.record.write(self._started.pid)
        return True

    def wait(self, complaint: Callable[[], str | None], seconds: float = 60) -> None:
        """Until ``complaint()`` (what it says instead of answering) is None.

        DevclusterError with its last lines when it ends before that, or never answers.
        """
        said: str | None = None

        def settled() -> bool:
            nonlocal said
            if self.ended():
                return True
            said = complaint()
            return said is None

        done = processes.wait_for(settled, seconds)
        if self.ended():
            raise self.failure("ended before it answered")
        if not done:
            raise self.failure(f"does not answer after {seconds:.0f} seconds ({said})")

    def ended(self) -> bool:
        if self._started is not None and self._started.poll() is not None:
            return True
        return self.pid is None

    def failure(self, what: str) -> DevclusterError:
        lines = processes.last_lines(self.log)
        return DevclusterError(f"{self.space.name}: {self.name} {what}; the last lines of {self.log}:", lines)

    def stop(self, seconds: float = 20) -> None:
        """Ask it to end, wait, and end it."""
        pid = self.pid
        if pid is not None:
            processes.send([pid], signal.SIGTERM)
            if not processes.wait_for(self.ended, seconds):
                processes.send([pid], signal.SIGKILL)
                processes.wait_for(self.ended, seconds)
        self.record.forget()
