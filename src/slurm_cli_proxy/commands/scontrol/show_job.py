"""`scontrol show job [ID]`: all jobs, one, the tasks of an array, the parts of a het job."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from slurm_cli_proxy.columns.job_report import LINES
from slurm_cli_proxy.columns.job_values import View
from slurm_cli_proxy.commands.scontrol.change import tasks_of
from slurm_cli_proxy.commands.scontrol.listing import heading, told
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.report import for_release, report
from slurm_cli_proxy.records.job import Job, fields
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

if TYPE_CHECKING:
    from slurm_cli_proxy.records.partition import Partition

_ID = re.compile(r"\s*(\+?[0-9]+)?(?:_([0-9]*)(?:_.*)?|\+([0-9]*))?", re.DOTALL)

NOT_FOUND_IS_AN_ERROR: Final = (26, 5)
SHARING_UNTOLD: Final = {"v0.0.45": "v0.0.44"}
"""Versions that no longer tell how a job shares its nodes, and the one to ask instead (26.05 serves both)."""


class Which(msgspec.Struct, frozen=True):
    """The jobs to show: 0 for all; `task` of an array, or `part` of a het job, for one of them."""

    job: int
    task: int | None = None
    part: int | None = None

    @property
    def text(self) -> str:
        """As in `Job 12_3 not found`."""
        if self.task is not None:
            return f"{self.job}_{self.task}"
        return f"{self.job}+{self.part}" if self.part is not None else str(self.job)


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the entity's name, and the id if there is one."""
    which = parse(args[1]) if len(args) > 1 else Which(0)
    if which is None:
        error = ctx.client.slurm_error(2017)
        return switches.refuse(ctx, f"scontrol_print_job error: {error.text}")
    try:
        jobs, changed = fetch(ctx, which.job, switches)
    except RestError as error:
        if not switches.quiet:
            ctx.rest_error("slurm_load_jobs error: ", error)
        return 1
    if switches.federation:
        from slurm_cli_proxy.commands.scontrol import clusters

        if clusters.beyond(ctx, switches, jobs):
            return 1
    view = View(
        ctx.release,
        changed,  # by the server's clock, as far as it tells
        details=switches.details,
        one_line=switches.one_line,
        style=ctx.environ.get("SLURM_TIME_FORMAT", ""),
        shape_of=Shapes(ctx),
        partition_sharing=PartitionSharing(ctx),
    )
    heading(ctx, switches, 0 if which.job else changed, len(jobs))
    lines = for_release(LINES, ctx.release)
    shown = 0
    for job in jobs:
        if which.task is not None:
            if which.task not in tasks_of(job):
                continue
            job = one_task(job, which.task)
        elif which.part is not None and not is_part(job, which):
            continue
        ctx.out(report(lines, job, view, one_line=switches.one_line))
        shown += 1
    return 0 if shown else nothing(ctx, which, switches)


def nothing(ctx: Context, which: Which, switches: Switches) -> int:
    """What is said when there is no such job (26.05 does so on standard error); the exit status."""
    if not which.job and which.task is None:
        if not switches.quiet:
            ctx.out("No jobs in the system\n")
        return 0
    if not switches.quiet:
        say = ctx.err if ctx.release >= NOT_FOUND_IS_AN_ERROR else ctx.out
        say(f"Job {which.text} not found\n")
    return 1


def parse(text: str) -> Which | None:
    """What an id stands for, read as C's strtol reads numbers; None if something else is behind them."""
    found = _ID.fullmatch(text)
    if not found:
        return None
    job, task, part = found.groups()
    return Which(_int32(job), None if task is None else _int32(task), None if part is None else _int32(part))


def _int32(digits: str | None) -> int:
    return min(int(digits or 0), (1 << 63) - 1) & 0xFFFFFFFF


def is_part(job: Job, which: Which) -> bool:
    """Whether a job is the part of the het job that is asked for; every other job is its own part 0."""
    if job.het_leader:
        return job.het_component == which.part
    return which.part == 0


def one_task(job: Job, task: int) -> Job:
    """The record as if it stood for that task alone."""
    if not job.task_set:
        return job
    job = msgspec.structs.replace(job, array_task_id=task, array_task_string="")
    for name in ("standard_error", "standard_input", "standard_output"):
        for field in (name, name.replace("standard_", "std").replace("put", "") + "_expanded"):
            path = getattr(job, field, None)
            if path:
                setattr(job, field, path.replace("4294967294", str(task)))
    return job


def fetch(ctx: Context, job: int, switches: Switches) -> tuple[list[Job], int]:
    """The records of a job, or of all (0), and when they changed."""
    client = ctx.client
    if job >= endpoints.NO_JOB:
        raise client.slurm_error(endpoints.INVALID_JOB_ID)
    flags = ("DETAIL",) if switches.details else ()
    jobs, changed = told(ctx, f"slurm:job/{job}" if job else "slurm:jobs/", "jobs", Job, flags)
    older = SHARING_UNTOLD.get(client.version)
    if older and older in client.served:
        complete(ctx, jobs, f"/slurm/{older}/" + (f"job/{job}" if job else "jobs/"))
    return jobs, changed


def complete(ctx: Context, jobs: Sequence[Job], path: str) -> None:
    """Add to the records how the jobs share their nodes, from another version's answer.

    A job that has gone meanwhile stays as it is.
    """
    try:
        told = endpoints.listing(ctx.client, path, "jobs", narrow(Job, fields({"sharing"})))
    except RestError:
        return
    shared = {job.job_id: job.shared for job in told}
    for job in jobs:
        job.shared = shared.get(job.job_id, job.shared)


class Shapes:
    """Cores of a socket and threads of a core, by the name of the node; asked for when first needed."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: dict[str, tuple[int, int]] | None = None

    def __call__(self, name: str) -> tuple[int, int]:
        if self._known is None:
            from slurm_cli_proxy.records.node import Node

            record = narrow(Node, frozenset({"name", "cores", "threads"}))
            nodes = endpoints.nodes(self._ctx.client, record)
            self._known = {node.name: (node.cores, node.threads) for node in nodes}
        return self._known.get(name, (1, 1))


class PartitionSharing:
    """`OK` for a partition whose nodes jobs may share, else `NO`; asked for when first needed."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: dict[str, str] | None = None

    def __call__(self, name: str) -> str:
        if self._known is None:
            from slurm_cli_proxy.records.partition import Partition

            partitions = endpoints.partitions(self._ctx.client, Partition, flags=("ALL",))
            self._known = {one.name: self.word(one) for one in partitions}
        return self._known.get(name, "NO")

    @staticmethod
    def word(partition: Partition) -> str:
        """From how many jobs may share a resource; v0.0.45 has a word for it instead."""
        told = partition.partition.oversubscribe if partition.partition else None
        if told:
            return "NO" if told.startswith(("NO", "EXCLUSIVE")) else "OK"
        limit = partition.maximums.oversubscribe if partition.maximums else None
        return "OK" if limit and limit.jobs > 1 else "NO"
