"""`squeue --steps`: the steps at work.

The controller's API has no steps, the accounting's has: what runs there runs, a moment later than with the
controller.  It does not tell a step's own time limit; a batch script's and an interactive shell's have none.

Facts (22.05, 24.11, 26.05):

* Of the filters `-u`, `-p`, `-w`, `-j` and the ids of `-s` count, no others.
* `-l` makes no line longer, and the keys `j` and `l` sort nothing.
* A step id is read as C's `atoi` reads: ``12.batch`` and ``12.x`` are step 0 of job 12, ``12+1.0`` is that of 12.
* Before any key counts, steps stand in the order that their jobs have with the controller; a batch script before the
  steps that it started.  By id it comes behind them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec

from slurm_cli_proxy.columns.column import by_letter, by_name, for_release
from slurm_cli_proxy.columns.step import COLUMNS, RunningStep
from slurm_cli_proxy.commands.listing import PARSERS_SINCE, Done
from slurm_cli_proxy.commands.squeue import ask, order, users, view_of
from slurm_cli_proxy.commands.squeue.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import percent
from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.options.getopt import UNSUPPORTED
from slurm_cli_proxy.records.accounting import Array, Het, Step, count_of, state_name
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.number import number_or
from slurm_cli_proxy.rest import endpoints, versions
from slurm_cli_proxy.rest.client import Client

DEFAULT: Final = "%.15i %.8j %.9P %.8u %.9M %N"
_AT_WORK: Final = ("RUNNING", "SUSPENDED")
_OLD: Final = 38  # the API version that takes lists with commas, and tells of no state that is not a step's
_NAMED: Final = {"batch": 0xFFFFFFFB, "extern": 0xFFFFFFFC, "interactive": 0xFFFFFFFA}

_SORTS: Final[dict[str, Callable[[RunningStep], Any]]] = {
    "i": lambda step: (step.number, step.step),
    "M": lambda step: -step.start,
    "N": lambda step: order.first_host(step.nodes),
    "P": lambda step: step.partition,
    "S": lambda step: step.start,
    "u": lambda step: step.user,
    "U": lambda step: step.user_id or 0,
}


class StepId(msgspec.Struct, frozen=True):
    """A step asked for, perhaps of one task of an array."""

    job: int
    task: int | None
    step: int


class _Job(msgspec.Struct):
    """What is wanted of a job of the accounting's."""

    job_id: int = 0
    array: Array | None = None
    het: Het | None = None
    partition: str | None = None
    user: str | None = None
    cluster: str | None = None
    steps: list[Step] | None = None


def report(ctx: Context, settings: Settings) -> int:
    """Print the steps; the exit status.  RestError if accounting does not answer."""
    wanted = ids(ctx, settings.steps_text)
    if settings.document is not None:
        return document(ctx, settings)
    complaints: list[str] = []
    layout = layout_of(settings, ctx.release, complaints)
    found = running(ctx.client)
    if "user_id" in layout.needs or "U" in (settings.sort or "") or _numbers(settings):
        tell_numbers(ctx.client, found)
    users.tell_unknown(ctx, settings, ())
    for complaint in complaints:
        ctx.error(f"Invalid job step format specification: {complaint}")
    shown = [step for step in found if _passes(step, settings, wanted)]
    sort(shown, settings.sort if settings.sort_said else "P,i")
    if "b" in (settings.sort or ""):
        ctx.err(f"{ctx.prog}: Invalid sort specification: b\n")
    if not settings.no_header:
        ctx.out(percent.header(layout))
    for line in percent.rows(layout, shown, view_of(ctx, settings, None, frozenset())):
        ctx.out(line)
    return 0


def layout_of(
    settings: Settings, release: tuple[int, int], complaints: list[str]
) -> percent.Format[RunningStep]:
    """The format asked for; `complaints` gets the columns that there are not."""
    columns = for_release(COLUMNS, release)
    if settings.by_name:
        return percent.parse_names(settings.format, by_name(columns), complaints.append)
    text = settings.format if settings.format_text is not None else DEFAULT
    letters = by_letter(columns)
    if text.lower() == "%all":  # unlike that of jobs it ends in a bar
        text = "".join(f"%{letter}|" for letter in sorted(letters, key=str.swapcase))
    return percent.parse_letters(text, letters, complaints.append)


def document(ctx: Context, settings: Settings) -> int:
    """22.05 prints the jobs; what later releases print of a step the accounting does not know.  The exit status."""
    if ctx.release < PARSERS_SINCE:
        from slurm_cli_proxy.commands.squeue import document

        return document.report(ctx, settings)
    ctx.err(UNSUPPORTED.format(prog=ctx.prog, name="--steps with --json or --yaml") + "\n")
    return 1


def ids(ctx: Context, text: str | None) -> set[StepId] | None:
    """The ids of `-s`, None for every step.  Done at what is none."""
    if text is None:
        return None
    found = set()
    for word in text.split(","):
        parts = [part for part in word.split(".") if part]
        if not parts:
            continue
        if len(parts) < 2:
            ctx.error(f"Invalid job_step id: {parts[0]}.??")
            raise Done(1)
        job, underscore, task = parts[0].partition("_")
        step = StepId(_integer(job), _integer(task) if underscore else None, _integer(parts[1]))
        if step.job <= 0 or step.step < 0:
            ctx.error(f"Invalid job_step id: {parts[0]}.{parts[1]}")
            raise Done(1)
        found.add(step)
    return found


def _integer(text: str) -> int:
    """As C's `atoi` on 64 bits: what is too large keeps its lower half."""
    match = re.match(r"\s*([+-]?[0-9]+)", text)
    value = int(match[1]) if match else 0
    lower = min(max(value, -(1 << 63)), (1 << 63) - 1) & 0xFFFFFFFF
    return lower - (1 << 32) if lower >> 31 else lower


def running(client: Client) -> list[RunningStep]:
    """The steps at work, by the accounting, in the order that their jobs have with the controller."""
    old = versions.number(client.version) <= _OLD
    found: dict[int, list[RunningStep]] = {}
    states = _AT_WORK if old else (list(_AT_WORK),)
    for state in states:  # v0.0.38 takes one at a time
        for job in endpoints.accounting_jobs(client, _Job, {"state": state}):
            at_work = [_step(job, step) for step in job.steps or () if state_name(step.state) in _AT_WORK]
            if at_work:
                found[job.job_id] = at_work
    jobs = ask.in_servers_order(
        Job(job_id=number, array_job_id=steps[0].leader or None) for number, steps in found.items()
    )
    return [step for job in jobs for step in found[job.job_id]]


def _step(job: _Job, step: Step) -> RunningStep:
    leader, task = 0, None
    if job.array and job.array.job_id:
        leader, task = job.array.job_id, number_or(job.array.task_id, 0)
    name = f"{leader}_{task}" if leader else str(job.job_id)
    time, told = step.time, step.step
    part = told.part if told else ""
    number = _NAMED.get(part)
    return RunningStep(
        id=f"{name}.{part}",
        number=job.job_id,
        leader=leader,
        task=task,
        step=_integer(part) if number is None else number,
        name=(told.name if told else None) or "",
        partition=job.partition or "",
        user=job.user or "",
        elapsed=number_or(time.elapsed, 0) if time else 0,
        start=number_or(time.start, 0) if time else 0,
        tasks=(step.tasks.count if step.tasks else None) or 0,
        nodes=(step.nodes.range if step.nodes else None) or "",
        cpus=(count_of(step.tres.allocated, "cpu") or 0) if step.tres and number is None else 0,
        cluster=job.cluster or "",
        told=step,
    )


def _numbers(settings: Settings) -> set[int]:
    """The user ids among the users asked for."""
    return {uid for uid in map(users.as_number, settings.users or ()) if uid is not None}


def tell_numbers(client: Client, found: Iterable[RunningStep]) -> None:
    """Put the users' numbers into the steps, which the controller tells with the jobs."""
    record = narrow(Job, frozenset({"user_name", "user_id"}))
    known = {
        job.user_name: number_or(job.user_id, 0) for job in endpoints.jobs(client, record, flags=("ALL",))
    }
    for step in found:
        step.user_id = known.get(step.user)


def _passes(step: RunningStep, settings: Settings, wanted: set[StepId] | None) -> bool:
    if wanted is not None and not any(
        one.step == step.step and _is_of(step, one.job, one.task) for one in wanted
    ):
        return False
    if settings.users is not None and not (step.user in settings.users or step.user_id in _numbers(settings)):
        return False
    if settings.partitions is not None and step.partition not in settings.partitions:
        return False
    if settings.nodes is not None and set(settings.nodes).isdisjoint(hostlist.expand(step.nodes)):
        return False
    return settings.jobs is None or any(_is_of(step, one.job, one.task) for one in settings.jobs)


def _is_of(step: RunningStep, job: int, task: int | None) -> bool:
    if task is None:
        return job in (step.number, step.leader)
    return job == step.leader and task == step.task


def sort(found: list[RunningStep], keys: str | None) -> None:
    """Sort in place, the last key first."""
    keys = keys or ""
    for at in range(len(keys) - 1, -1, -1):
        if keys[at] in _SORTS:
            found.sort(key=_SORTS[keys[at]], reverse=keys[at - 1 : at] == "-")
