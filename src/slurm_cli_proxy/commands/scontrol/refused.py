"""Verbs about jobs that the API has no request for: what the controller refuses anyway is told as natively."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol import joblist, unable
from slurm_cli_proxy.commands.scontrol.change import look_up
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.values import leading_number
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.rest import allowed
from slurm_cli_proxy.rest.errors import RestError

UNEXPECTED: Final = 1000
DENIED: Final = 2002
INVALID_JOB_ID: Final = 2017
ALREADY_DONE: Final = 2021
DISABLED: Final = 2037

OWN_SINCE: Final = (25, 5)
"""From then on the controller looks at a user's own job before it denies to suspend it."""

Refusal = Callable[[Context, Sequence[str], Switches], int | None]


def suspend(ctx: Context, args: Sequence[str], switches: Switches) -> int | None:
    """Of `suspend` and `resume`: jobs that nobody knows, and those that only an administrator may touch."""
    lines = []
    for word in map(joblist.without_key, args):
        ids = joblist.ids(word)
        numbers = (
            [(word, INVALID_JOB_ID)] if ids is None else [(one, _may_not_suspend(ctx, one)) for one in ids]
        )
        for one, number in numbers:
            if number is None:
                return None
            lines.append(f"{ctx.client.slurm_error(number).text} for job {one}\n")
    if not switches.quiet:
        ctx.err("".join(lines))
    return 1


def _may_not_suspend(ctx: Context, job_id: str) -> int | None:
    jobs = _known(ctx, job_id)
    if not jobs:
        return UNEXPECTED
    own = all(job.user_name == ctx.user for job in jobs)
    if ctx.release >= OWN_SINCE and (own or not job_id.isdigit()):
        return None
    return DENIED if unable.forbidden(ctx, DENIED) else None


def top(ctx: Context, args: Sequence[str], switches: Switches) -> int | None:
    """Of `top`: others than administrators, whatever they name."""
    error = unable.forbidden(ctx, DENIED)
    if error is None:
        return None
    if not switches.quiet:
        ctx.err(f"{error.text} for job {args[0]}\n")
    return 1


def notify(ctx: Context, args: Sequence[str], switches: Switches) -> int | None:
    """Of `notify`: jobs that nobody knows, of other users, or that do not run."""
    number = _may_not_notify(ctx, args[0])
    if number is None:
        return None
    ctx.err(f"job notify failure: {ctx.client.slurm_error(number).text}\n")
    return 1


def _may_not_notify(ctx: Context, word: str) -> int | None:
    jobs = _known(ctx, word)
    if not jobs:
        return INVALID_JOB_ID
    if not word.isdigit() or len(jobs) > 1:
        return None
    (job,) = jobs
    if job.user_name != ctx.user and unable.forbidden(ctx, allowed.INVALID_USER_ID):
        return allowed.INVALID_USER_ID
    return DISABLED if job.pending else ALREADY_DONE if job.finished else None


def _known(ctx: Context, job_id: str) -> list[Job]:
    """The records of the job whose number begins the text; none where nobody knows it.  RestError."""
    try:
        return look_up(ctx, str(leading_number(job_id)[0]))
    except RestError as error:
        if error.number != INVALID_JOB_ID:
            raise
        return []


REFUSALS: Final[dict[str, Refusal]] = {"notify": notify, "resume": suspend, "suspend": suspend, "top": top}
"""Verb -> what tells the refusal and returns the exit status; None where nothing is to be refused."""
