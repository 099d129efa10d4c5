"""A machine within the machine: a mount and a host name namespace, kept by one sleeping process.

Every mount (the root's /proc and /dev, the shared folder, the cluster's own /etc/slurm, …) is made *inside*
the namespace.  The machine itself sees none of them: they vanish with the last process, and deleting the cache
folder, even while a cluster runs, cannot reach through them.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from devcluster import processes
from devcluster.errors import DevclusterError

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "space.sh")


@dataclass(frozen=True)
class Identity:
    """Who a process runs as."""

    uid: int
    gid: int

    def setpriv(self) -> list[str]:
        if self.uid == 0:
            return []
        return ["/usr/bin/setpriv", f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]


ROOT = Identity(0, 0)


class Space:
    """``binds``: (path on the machine, path inside) pairs; ``hostname`` "-" keeps the machine's."""

    def __init__(
        self, name: str, root: str, hostname: str, binds: Iterable[tuple[str, str]], record: processes.Record
    ) -> None:
        self.name = name
        self.root = root
        self.hostname = hostname
        self.binds = list(binds)
        self.record = record

    @property
    def keeper(self) -> int | None:
        """The id of the process that keeps the namespace; None when the space is not there."""
        return self.record.pid

    def open(self) -> None:
        if self.keeper is not None:
            return
        argv = ["/usr/bin/unshare", "--mount", "--uts", "--propagation", "slave", "/bin/sh", SCRIPT]
        argv += [self.hostname, self.root]
        for pair in self.binds:
            argv += pair
        keeper = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=processes.ENVIRON,
            start_new_session=True,
            cwd="/",
        )
        assert keeper.stdout is not None
        said = keeper.stdout.read().decode(errors="replace")
        if not said.endswith("ready\n"):
            keeper.wait()
            raise DevclusterError(f"{self.name}: making the mount namespace failed", said.splitlines())
        self.record.write(keeper.pid)

    def prefix(self, identity: Identity = ROOT, cwd: str | None = None) -> list[str]:
        """What to put before a command so that it runs in here: two quick ``exec``, the environment untouched."""
        keeper = self.keeper
        if keeper is None:
            raise DevclusterError(f"{self.name} is not up: run script/devcluster up {self.name}")
        argv = ["/usr/bin/nsenter", f"--mount=/proc/{keeper}/ns/mnt", f"--uts=/proc/{keeper}/ns/uts"]
        if cwd is not None:
            argv.append(f"--wdns={cwd}")
        return argv + identity.setpriv()

    def path(self, inside: str) -> str:
        """A path inside, as the machine can open it."""
        return f"/proc/{self.keeper}/root{inside}"

    def run(self, argv: Sequence[str], *, step: str, stdin: str | None = None) -> str:
        """Run a program inside, as root, to its end."""
        return processes.run([*self.prefix(), *argv], step=f"{self.name}: {step}", stdin=stdin)

    def close(self) -> None:
        """Stop whatever still lives inside; the mounts go with it."""
        keeper = self.keeper
        if keeper is None:
            self.record.forget()
            return
        # Held open, the namespace outlives its processes: its number cannot go to somebody else's meanwhile.
        with open(f"/proc/{keeper}/ns/mnt", "rb") as held:
            space = os.readlink(f"/proc/self/fd/{held.fileno()}")
            if space == processes.namespace("self"):
                raise DevclusterError(
                    f"{self.name}: process {keeper} keeps no namespace of its own; left alone"
                )

            def emptied() -> bool:
                rest = processes.inhabitants(space)
                processes.send(rest, signal.SIGKILL)
                return not rest

            if not processes.wait_for(emptied, 20):
                raise DevclusterError(
                    f"{self.name}: some processes do not end: {processes.inhabitants(space)}"
                )
        self.record.forget()
