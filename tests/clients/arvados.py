"""The way the Arvados dispatcher (crunch-dispatch-slurm) talks to Slurm: its very command lines, read as it reads.

It knows a job by its name alone, which is the UUID of the container it runs, and never by its id. Of the commands that
change something it looks at the exit status; whatever they print goes to its log, so they should print nothing.
"""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.live.harness import Run

NICE_AT_FIRST = 10000

Runner = Callable[[list[str], bytes], Run]


class CommandFailed(Exception):
    """A command ended with a non-zero status; the text is the command line and everything it printed."""


@dataclass(frozen=True)
class Container:
    """What the dispatcher knows of a container that it has to run.  `ram` and `disk` are in MiB."""

    uuid: str
    ram: int = 100
    vcpus: int = 1
    disk: int = 0
    gpus: int = 0
    partitions: tuple[str, ...] = ("main",)


@dataclass(frozen=True)
class QueuedJob:
    """One line of the queue."""

    nice: int
    priority: int
    state: str
    reason: str


@dataclass
class Dispatcher:
    """`run` runs a command with bytes on its standard input; `crunch_run` is the command a job becomes.

    `log` holds what the dispatcher would have logged: the output of commands that should be quiet.
    """

    run: Runner
    crunch_run: Sequence[str]
    log: list[str] = field(default_factory=list)
    unparsed: list[str] = field(default_factory=list)

    def submit(self, container: Container) -> None:
        args = [
            f"--nice={NICE_AT_FIRST}",
            "--no-requeue",
            f"--job-name={container.uuid}",
            f"--mem={container.ram}",
            f"--cpus-per-task={container.vcpus}",
            f"--tmp={container.disk}",
        ]
        if container.gpus:
            args.append(f"--gpus={container.gpus}")
        if container.partitions:
            args.append(f"--partition={','.join(container.partitions)}")
        self._change(["sbatch", *args], exec_script([*self.crunch_run, container.uuid]))

    def queue(self) -> dict[str, QueuedJob]:
        """The jobs in the queue by name.  Lines that are not understood (other people's jobs) are left out."""
        command = ["squeue", "--all", "--noheader", "--format=%j %y %Q %T %r"]
        run = self.run(command, b"")
        if run.status != 0:
            raise CommandFailed(f"{command}: {run.stderr}")
        queue = {}
        for line in run.stdout.split("\n"):
            if not line:
                continue
            words = line.split()
            try:
                uuid, nice, priority, state, reason = words[
                    :5
                ]  # a reason of many words is read up to its first
                queue[uuid] = QueuedJob(int(nice), int(priority), state, reason)
            except ValueError:
                self.unparsed.append(line)
        return queue

    def renice(self, uuid: str, nice: int) -> None:
        self._change(["scontrol", "update", f"JobName={uuid}", f"Nice={nice}"])

    def release(self, uuid: str) -> None:
        """Done for a pending job that Slurm holds on its own account."""
        self._change(["scontrol", "release", f"Name={uuid}"])

    def cancel(self, uuid: str) -> None:
        """Takes a pending job off the queue; asks a started one to end its container, and does not kill it."""
        for choice in (
            ["--state=pending"],
            ["--batch", "--signal=TERM", "--state=running"],
            ["--batch", "--signal=TERM", "--state=suspended"],
        ):
            self._change(["scancel", f"--name={uuid}", *choice])

    def node_features(self, node: str) -> str:
        """Its features as one line with its line break."""
        command = ["sinfo", f"--nodes={node}", "--format=%f", "--noheader"]
        run = self.run(command, b"")
        if run.status != 0:
            raise CommandFailed(f"{command}: {run.stderr}")
        return run.stdout + run.stderr

    def offer_instance_types(self, node: str, names: Sequence[str]) -> bool:
        """Makes Slurm know the names as features, by giving them to a node; False if it knew them already."""
        features = ",".join(f"instancetype={name}" for name in names)
        if self.node_features(node) == features + "\n":
            return False
        self._change(["scontrol", "update", f"NodeName={node}", f"Features={features}"])
        return True

    def _change(self, command: list[str], script: bytes = b"") -> None:
        run = self.run(command, script)
        said = (run.stdout + run.stderr).strip()
        if said:
            self.log.append(said)
        if run.status != 0:
            raise CommandFailed(f"{command}: status {run.status}: {said}")


def exec_script(argv: Sequence[str]) -> bytes:
    """The batch script: nothing but the command, which takes the shell's place."""
    quoted = ["'" + word.replace("'", "'\\''") + "'" for word in argv]
    return ("#!/bin/sh\nexec " + " ".join(quoted) + "\n").encode()


def new_uuid() -> str:
    """A container's UUID."""
    return "zzzzz-dz642-" + "".join(random.choices(string.ascii_lowercase + string.digits, k=15))
