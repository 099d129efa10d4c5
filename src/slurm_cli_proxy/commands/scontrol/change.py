"""Changing jobs by the ids that users write: one job, an array or some of its tasks, a het job or a part of it.

The native command hands the id to the controller as it is.  v0.0.38 does that, too.  From v0.0.40 on the API changes
one record at a time (and takes the leader for every part of a het job), so the records that the id stands for are
looked up first.  Pending tasks of an array share a record; one of them alone cannot be changed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import arrayset, hostlist
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.records.job import Job, fields
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.errors import RestError

INVALID_JOB_ID: Final = 2017
FINISHED: Final = 2084
NOT_PENDING: Final = 2073
NOT_SUPPORTED: Final = 2036
UNSPECIFIED: Final = -1
UNREACHABLE: Final = 1800
UNEXPECTED_MESSAGE: Final = 1000

BRACKETS_SINCE: Final = (26, 5)
ONE_AT_A_TIME_SINCE: Final = (23, 2)

THROTTLE: Final = "array"
ARRAYS_ONLY: Final = "Update of ArrayTaskThrottle is only allowed on ArrayJobId"
"""The controller's word; the API takes the field for any job, and does nothing with it."""

_ID = re.compile(r"0*([0-9]+)(?:_([0-9,:\[\]-]+)|\+([0-9]+))?")

Record = narrow(
    Job, fields({"id_text", "states", "name", "user_name", "user_id", "time_limit", "state_reason"})
)


class Tasks(msgspec.Struct):
    """Tasks of an array (`1,3-5`) of which the same became: an error, or (`number` 0) none."""

    tasks: str
    number: int
    text: str


class Result(msgspec.Struct):
    """What became of a change.

    `error`: why it failed as a whole.  `tasks`: of an array, what became of which tasks; empty if all went well.
    `apart`: the tasks share a record with others, which the API cannot split.  `note`: what the controller would say
    besides the error.
    """

    error: RestError | None = None
    note: str = ""
    tasks: list[Tasks] = []
    apart: bool = False

    @property
    def failed(self) -> bool:
        """Whether anything went wrong."""
        return self.error is not None or self.apart or any(one.number for one in self.tasks)


def change(
    ctx: Context, job_id: str, wanted: Mapping[str, Any], known: Sequence[Job] | None = None
) -> Result:
    """Change the job(s) `job_id` stands for; `wanted` in the newest vocabulary.

    `known`: the records of all jobs, where the caller has them already.
    """
    try:
        if ctx.release < ONE_AT_A_TIME_SINCE:
            return _as_written(ctx, job_id, wanted)
        return _record_by_record(ctx, job_id, wanted, known)
    except RestError as error:
        if error.number != UNREACHABLE:
            return Result(error)
        native = ctx.client.slurm_error(UNEXPECTED_MESSAGE)
        return Result(RestError(native.number, native.text, error.detail, sent=error.sent))


def report(ctx: Context, job_id: str, result: Result, *, successes: bool = False) -> None:
    """Say what went wrong with a change, as the native command says it.

    `successes`: where a part of an array failed, the tasks that did not are named, too.
    """
    base = job_id.partition("_")[0]
    successes = successes or ctx.release < ONE_AT_A_TIME_SINCE
    for one in result.tasks:
        if not one.number and not (successes and result.failed):
            continue
        shown = f"[{one.tasks}]" if one.tasks and ctx.release >= BRACKETS_SINCE else one.tasks
        ctx.err(f"{base}_{shown}: {one.text}\n" if shown else f"{base}: {one.text}\n")
    if result.apart:
        ctx.error(
            f"{job_id}: pending tasks of a job array that share a record cannot be changed one by one"
            " through this server's REST API"
        )
    if result.error is not None:
        said = result.error.number == UNSPECIFIED  # of which the native command knows no more, either
        detail = "" if said else result.error.detail
        if result.note:
            ctx.error(result.note)
        ctx.err(f"{result.error.text} for job {job_id}\n" + (f"{ctx.prog}: {detail}\n" if detail else ""))


def look_up(ctx: Context, base: str) -> list[Job]:
    """The records of a job id: one, all of an array, all parts of a het job."""
    return endpoints.job(ctx.client, base, Record)


def _invalid(ctx: Context) -> RestError:
    return ctx.client.slurm_error(INVALID_JOB_ID)


# From v0.0.40 on


def _record_by_record(
    ctx: Context, job_id: str, wanted: Mapping[str, Any], known: Sequence[Job] | None
) -> Result:
    found = _ID.fullmatch(job_id)
    if not found or not 0 < int(found[1]) < endpoints.NO_JOB:
        return Result(_invalid(ctx))
    base, tasks, part = found.groups()
    if tasks and THROTTLE in wanted:
        error = ctx.client.slurm_error(NOT_SUPPORTED)
        return Result(tasks=[Tasks(tasks, NOT_SUPPORTED, f"{error.text} ({ARRAYS_ONLY})")])
    if tasks:
        return _some_tasks(ctx, base, tasks, wanted, known)
    records = _records(ctx, base, known)
    leader = int(base)
    if THROTTLE in wanted and not any(record.array_leader == leader for record in records):
        return Result(ctx.client.slurm_error(NOT_SUPPORTED), note=ARRAYS_ONLY)
    if part:
        member = [r for r in records if _is_part(r, leader, int(part))]
        return _one(ctx, member[0], wanted) if member else Result(_invalid(ctx))
    if any(record.array_leader == leader for record in records):
        return _tasks(ctx, records, wanted, ())
    for record in records:
        result = _one(ctx, record, wanted)
        if result.failed:
            return result
    return Result()


def _records(ctx: Context, base: str, known: Sequence[Job] | None) -> list[Job]:
    if known is None:
        return look_up(ctx, base)
    number = int(base)
    return [r for r in known if number in (r.job_id, r.array_leader, r.het_leader)]


def _is_part(record: Job, leader: int, part: int) -> bool:
    if record.het_leader:
        return record.het_leader == leader and record.het_component == part
    return record.job_id == leader and not part and not record.array_leader


def _one(ctx: Context, record: Job, wanted: Mapping[str, Any]) -> Result:
    try:
        endpoints.update_job(ctx.client, str(record.job_id), wanted)
    except RestError as error:
        return Result(error)
    return Result()


def _some_tasks(
    ctx: Context, base: str, text: str, wanted: Mapping[str, Any], known: Sequence[Job] | None
) -> Result:
    try:
        asked = set(arrayset.parse(text).tasks)
    except NotationError:
        return Result(_invalid(ctx))
    try:
        records = [r for r in _records(ctx, base, known) if r.array_leader == int(base)]
    except RestError as error:
        if error.number != INVALID_JOB_ID:
            raise
        records = []
    chosen = []
    missing = set(asked)
    for record in records:
        members = tasks_of(record)
        if members & asked:
            if not members <= asked:
                return Result(apart=True)
            chosen.append(record)
            missing -= members
    return _tasks(ctx, chosen, wanted, missing)


def tasks_of(record: Job) -> set[int]:
    """The tasks that a record stands for."""
    if record.array_task is not None and not record.task_set:
        return {record.array_task}
    try:
        return set(arrayset.parse(record.task_set).tasks)
    except NotationError:
        return set()


def _tasks(ctx: Context, records: Iterable[Job], wanted: Mapping[str, Any], missing: Iterable[int]) -> Result:
    """Change records of an array; what became of them is put together by error, the lowest task first."""
    became: dict[int, set[int]] = {}
    if missing:
        became[INVALID_JOB_ID] = set(missing)
    for record in records:
        error = _one(ctx, record, wanted).error
        if error is not None and error.detail is not None:  # the trouble is with the server
            raise error
        became.setdefault(error.number if error else 0, set()).update(tasks_of(record))
    return Result(tasks=_sorted(ctx, became))


def _sorted(ctx: Context, became: Mapping[int, set[int]]) -> list[Tasks]:
    ordered = sorted(became.items(), key=lambda item: min(item[1], default=0))
    return [Tasks(ranges(tasks), number, ctx.client.slurm_error(number).text) for number, tasks in ordered]


def ranges(tasks: Iterable[int]) -> str:
    """`1,3-5`: without steps, whatever the length."""
    parts: list[list[int]] = []
    for task in sorted(tasks):
        if parts and task == parts[-1][1] + 1:
            parts[-1][1] = task
        else:
            parts.append([task, task])
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in parts)


# v0.0.38


def _as_written(ctx: Context, job_id: str, wanted: Mapping[str, Any]) -> Result:
    """Hand the id on.  About arrays the answer has an entry for each outcome, success too, and names no tasks."""
    _refuse_unreadable_nodes(ctx, wanted)
    try:
        endpoints.update_job(ctx.client, job_id, wanted)
    except RestError as error:
        outcomes = _array_outcomes(error)
        if outcomes is None:
            raise
        if any(outcomes) or "_" in job_id:
            return Result(tasks=_name_tasks(ctx, job_id, outcomes))
    return Result()


def _refuse_unreadable_nodes(ctx: Context, wanted: Mapping[str, Any]) -> None:
    """RestError, as natively, of a host list that 22.05's slurmrestd would die of."""
    for field in ("required_nodes", "excluded_nodes"):
        try:
            hostlist.expand(",".join(wanted.get(field) or ()), ctx.release)
        except hostlist.HostlistError:
            raise ctx.client.slurm_error(endpoints.ABSENT["node"]) from None


def _array_outcomes(error: RestError) -> list[int] | None:
    """The error numbers of an answer about an array, 0 for success; None for another answer."""
    try:
        complaints = msgspec.json.decode(error.body or b"{}", type=Answer).errors or []
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if not complaints or not all(
        (one.description or "").startswith("job array update") for one in complaints
    ):
        return None
    return [one.number for one in complaints]


def _name_tasks(ctx: Context, job_id: str, outcomes: list[int]) -> list[Tasks]:
    """Which tasks an outcome is about, as far as that can be told: by their states, then by what is left over."""
    base, _, text = job_id.partition("_")
    by_kind: dict[int, set[int]] = {}
    try:
        for record in look_up(ctx, base):
            if record.array_leader:
                kind = FINISHED if record.finished else 0 if record.pending else NOT_PENDING
                by_kind.setdefault(kind, set()).update(tasks_of(record))
    except RestError:
        pass
    there = set().union(*by_kind.values()) if by_kind else set()
    asked = set(arrayset.parse(text).tasks) if text else there
    became: dict[int, set[int]] = {}
    if asked - there:  # of which the answer does not always tell
        became[INVALID_JOB_ID] = asked - there
    left = asked & there
    for number in outcomes:
        if number in (FINISHED, NOT_PENDING) and len(outcomes) > 1:
            became[number] = by_kind.get(number, set()) & left
            left -= became[number]
    for number in outcomes:
        if number not in became:
            became[number], left = left, set()
    return _sorted(ctx, {number: tasks for number, tasks in became.items() if tasks or number})
