"""`scontrol requeue` and `requeuehold`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.commands.scontrol import joblist, unable
from slurm_cli_proxy.commands.scontrol.change import Result, Tasks, ranges, report
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import arrayset
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.errors import RestError

INVALID_JOB_ID: Final = 2017
SPECIAL: Final = ("STATE=SPECIALEXIT", "STATE=SE")


_TASKS: Final = re.compile(r"_\[([0-9,-]+)\]$")


class Outcomes(Answer):
    """The answer: for each job asked for, what became of which tasks; nothing for a job that is no array."""

    status: list[list[endpoints.Updated]] | None = None


class Request(msgspec.Struct):
    """One job (or array, or tasks), with `Hold`, `SpecialExit`, `Incomplete`."""

    jobs: list[str]
    flags: list[str]


def requeue(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Put running or finished jobs back into the queue."""
    return _each(ctx, args, switches, [])


def requeue_held(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """The same, and hold them; `State=SpecialExit` marks them."""
    flags = ["Hold"]
    if args and args[0].upper() in SPECIAL:
        flags.append("SpecialExit")
        args = args[1:]
    return _each(ctx, args, switches, flags)


def _each(ctx: Context, args: Sequence[str], switches: Switches, flags: list[str]) -> int:
    if args and args[0].lower() == "incomplete":
        flags = [*flags, "Incomplete"]
        args = args[1:]
    status = 0
    for argument in map(joblist.without_key, args):
        ids = joblist.ids(argument)
        if ids is None:
            _complain(ctx, switches, argument, ctx.client.slurm_error(INVALID_JOB_ID))
            status = 1
        elif ids and not endpoints.offers(ctx.client, "requeue"):
            return unable.version_lacks(ctx, "requeue")
        for one in ids or ():
            try:
                failed = _one(ctx, switches, one, flags)
            except RestError as error:
                _complain(ctx, switches, one, error)
                failed = True
            status = 1 if failed else status
    return status


def _one(ctx: Context, switches: Switches, job: str, flags: list[str]) -> bool:
    """Requeue one job, or tasks of an array, which the API takes one by one; whether anything failed."""
    leader, _, tasks = job.partition("_")
    if leader.isdigit() and int(leader) >= endpoints.NO_JOB:
        raise ctx.client.slurm_error(INVALID_JOB_ID)
    jobs = [job]
    if tasks:
        try:
            jobs = [f"{leader}_{task}" for task in arrayset.parse(tasks).tasks]
        except NotationError:
            raise ctx.client.slurm_error(INVALID_JOB_ID) from None
    answer = ctx.client.post("slurm:jobs/requeue", body=Request(jobs, flags), type=Outcomes, once=True)
    became: dict[int, set[int]] = {}
    for outcome in (one for outcomes in answer.status or () for one in outcomes):
        found = _TASKS.search(outcome.step_id or "")
        became.setdefault(outcome.error_code or 0, set()).update(
            arrayset.parse(found[1]).tasks if found else ()
        )
    ordered = sorted(became.items(), key=lambda item: min(item[1], default=0))
    texts = [Tasks(ranges(numbers), code, ctx.client.slurm_error(code).text) for code, numbers in ordered]
    result = Result(tasks=texts)
    if not switches.quiet:
        report(ctx, job, result, successes=True)
    return result.failed


def _complain(ctx: Context, switches: Switches, job: str, error: RestError) -> None:
    if not switches.quiet:
        detail = f"{ctx.prog}: {error.detail}\n" if error.detail else ""
        ctx.err(f"{error.text} for job {job}\n{detail}")
