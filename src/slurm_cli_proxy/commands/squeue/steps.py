"""`squeue --steps`: the steps at work.

The controller's API has no steps, the accounting's has: what runs there runs, a moment later than with the
controller.  It does not tell a step's own time limit; a batch script's and an interactive shell's have none.

Facts (22.05, 24.11, 26.05): of the filters `-u`, `-p`, `-w`, `-j` and the ids of `-s` count, no others.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import msgspec

from slurm_cli_proxy.columns.column import by_letter
from slurm_cli_proxy.columns.step import COLUMNS, RunningStep
from slurm_cli_proxy.commands.listing import Done
from slurm_cli_proxy.commands.squeue import users, view_of
from slurm_cli_proxy.commands.squeue.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import percent
from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.options.getopt import UNSUPPORTED
from slurm_cli_proxy.records.accounting import Array, Het, Step, state_name
from slurm_cli_proxy.records.number import number_or
from slurm_cli_proxy.rest import endpoints, versions
from slurm_cli_proxy.rest.client import Client

DEFAULT: Final = "%.15i %.8j %.9P %.8u %.9M %N"
_AT_WORK: Final = ("RUNNING", "SUSPENDED")
_OLD: Final = 38  # the API version that takes lists with commas, and tells of no state that is not a step's

_SORTS: Final[dict[str, Callable[[RunningStep], Any]]] = {
    "i": lambda step: (step.number, step.place),
    "j": lambda step: step.name,
    "M": lambda step: step.elapsed,
    "N": lambda step: step.nodes,
    "P": lambda step: step.partition,
    "S": lambda step: step.start,
    "u": lambda step: step.user,
}
_ID: Final = re.compile(r"([1-9][0-9]*(?:_[0-9]+|\+[0-9]+)?)\.(.+)", re.DOTALL)


class _Job(msgspec.Struct):
    """What is wanted of a job of the accounting's."""

    job_id: int = 0
    array: Array | None = None
    het: Het | None = None
    partition: str | None = None
    user: str | None = None
    steps: list[Step] | None = None


def report(ctx: Context, settings: Settings) -> int:
    """Print the steps; the exit status.  RestError if accounting does not answer."""
    refuse(ctx, settings)
    wanted = ids(ctx, settings.steps_text)
    complaints: list[str] = []
    text = settings.format if settings.format_text is not None else DEFAULT
    layout = percent.parse_letters(text, by_letter(COLUMNS), complaints.append)
    found = running(ctx.client)
    users.tell_unknown(ctx, settings, ())
    for complaint in complaints:
        ctx.error(f"Invalid job step format specification: {complaint}")
    shown = [step for step in found if _passes(step, settings, wanted)]
    sort(shown, settings.sort if settings.sort_said else "P,i")
    if not settings.no_header:
        ctx.out(percent.header(layout))
    for line in percent.rows(layout, shown, view_of(ctx, settings, None, frozenset())):
        ctx.out(line)
    return 0


def refuse(ctx: Context, settings: Settings) -> None:
    """Tell of what the accounting's steps do not do.  Done if it was asked for."""
    names = {
        "--steps with --Format": settings.by_name,
        "--steps with %U": "U" in settings.format and settings.format_text is not None,
        "--steps with --json or --yaml": settings.document is not None,
        "--steps sorted so": settings.sort_said and not set(settings.sort or "") <= {*_SORTS, *",+-"},
    }
    for name, asked in names.items():
        if asked:
            ctx.err(UNSUPPORTED.format(prog=ctx.prog, name=name) + "\n")
            raise Done(1)


def ids(ctx: Context, text: str) -> set[str] | None:
    """The ids of `-s`, None for every step."""
    words = [word for word in text.split(",") if word]
    for word in words:
        if not _ID.fullmatch(word):
            ctx.error(f"Invalid job_step id: {word if '.' in word else word + '.??'}")
            raise Done(1)
    return set(words) or None


def running(client: Client) -> list[RunningStep]:
    """The steps at work, by the accounting."""
    old = versions.number(client.version) <= _OLD
    found = []
    states = _AT_WORK if old else (list(_AT_WORK),)
    for state in states:  # v0.0.38 takes one at a time
        for job in endpoints.accounting_jobs(client, _Job, {"state": state}):
            found += [
                _step(job, step, place)
                for place, step in enumerate(job.steps or ())
                if state_name(step.state) in _AT_WORK
            ]
    return found


def _step(job: _Job, step: Step, place: int) -> RunningStep:
    name = str(job.job_id)
    if job.array and job.array.job_id:
        name = f"{job.array.job_id}_{number_or(job.array.task_id, 0)}"
    elif job.het and job.het.job_id:
        name = f"{job.het.job_id}+{number_or(job.het.job_offset, 0)}"
    time, told = step.time, step.step
    return RunningStep(
        id=f"{name}.{told.part if told else ''}",
        number=job.job_id,
        place=place,
        name=(told.name if told else None) or "",
        partition=job.partition or "",
        user=job.user or "",
        elapsed=number_or(time.elapsed, 0) if time else 0,
        start=number_or(time.start, 0) if time else 0,
        tasks=(step.tasks.count if step.tasks else None) or 0,
        nodes=(step.nodes.range if step.nodes else None) or "",
    )


def _passes(step: RunningStep, settings: Settings, wanted: set[str] | None) -> bool:
    if wanted is not None and step.id not in wanted:
        return False
    if settings.users is not None and step.user not in settings.users:
        return False
    if settings.partitions is not None and step.partition not in settings.partitions:
        return False
    if settings.nodes is not None and set(settings.nodes).isdisjoint(hostlist.expand(step.nodes)):
        return False
    if settings.jobs is None:
        return True
    leader, _, task = step.id.partition(".")[0].partition("_")
    return any(
        one.job in (step.number, int(leader.partition("+")[0])) and one.task in (None, int(task or -1))
        for one in settings.jobs
    )


def sort(found: list[RunningStep], keys: str | None) -> None:
    """Sort in place, the last key first."""
    keys = keys or ""
    for at in range(len(keys) - 1, -1, -1):
        if keys[at] in _SORTS:
            found.sort(key=_SORTS[keys[at]], reverse=keys[at - 1 : at] == "-")
