"""Letting the controller choose: the filters go with the one request (v0.0.40 and later).

`--ctld` asks for this, with words and an exit status of its own.  Without it, filters are sent where the controller
then does the same as the native command, which looks at all jobs and signals those that fit: it spares a listing of
everything, which takes a busy server seconds.
"""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from slurm_cli_proxy.commands.scancel import kill
from slurm_cli_proxy.commands.scancel.settings import FILTERS, Settings
from slurm_cli_proxy.commands.scancel.users import ANY_NUMBER_SINCE
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation.jobid import format_id
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.endpoints import Killed
from slurm_cli_proxy.rest.errors import RestError

_NAMES: Final = {
    "account": "account",
    "name": "job_name",
    "nodelist": "nodes",
    "partition": "partition",
    "qos": "qos",
    "reservation": "reservation",
    "user": "user_name",
    "wckey": "wckey",
}
"""Filter -> its name in the request."""

_SAME: Final = frozenset({"account", "name", "qos", "reservation", "state", "user", "wckey"})
"""Filters that the controller applies as the native command does (it finds a partition also among several)."""

_MANY: Final = 8


class State(Struct):
    """A job's id and state alone."""

    job_id: str = ""
    state: list[str] = []


def run(ctx: Context, settings: Settings) -> int:
    """`--ctld`: all is the controller's; what it says of single jobs does not touch the exit status."""
    tally = kill.Tally(ctx, settings)
    filters = request_filters(ctx, settings)
    if filters.get("nodes") == "":  # which fits no job; the controller would take it for no filter
        if settings.verbose > 0:
            none_match(ctx, settings)
        return 0
    told = [*kill.flags(settings), *(["VERBOSE"] if settings.verbose > 0 else [])]
    ids = []
    for operand in settings.operands:
        if kill.names_no_task(operand.id):  # which ends the controller, when native sends it, too
            tally.say(operand.text, ctx.client.slurm_error(kill.INVALID_JOB_ID).text)
        else:
            ids.append(operand.id)
    if settings.operands and not ids:
        return 0
    try:
        if settings.admin_comment is not None:
            from slurm_cli_proxy.commands.scancel import admin_comment

            admin_comment.leave(ctx, settings)
        statuses = endpoints.kill_jobs(
            ctx.client,
            [format_id(one) for one in ids],
            signal=kill.signal_text(settings),
            flags=told,
            **filters,
        )
    except RestError as error:
        if unknown_user(error):
            ctx.error(f"Invalid user name: {settings.user}")
            return 1
        ctx.rest_error(f"{ctx.prog}: error: ", error)
        return error.number & 0xFF or 1
    for status in statuses:
        number = kill.code(status)
        text = status.step_id or ""
        if not number:
            tally.announce(text)
        tally.report(text, number, status.error.message or "")
    if settings.verbose > 0 and settings.filtering and not statuses:
        none_match(ctx, settings)
    return 0


def suits(ctx: Context, settings: Settings) -> bool:
    """Whether sending the filters does what looking at the jobs would.  RestError when the server cannot be asked."""
    given = {name for name in FILTERS if getattr(settings, name) is not None}
    if (
        settings.operands
        or settings.interactive
        or settings.sibling is not None
        or settings.verbose > 0
        or not given <= _SAME
        or not all(getattr(settings, name) for name in given)
        or not endpoints.offers(ctx.client, "kill_jobs")
    ):
        return False
    return not _hits_what_waits_in_parts(ctx, settings)


def _hits_what_waits_in_parts(ctx: Context, settings: Settings) -> bool:
    """Whether a waiting array or part of a heterogeneous job passes the filters.

    The request would end such a part by itself, and an array not task by task, which shows afterwards.  True also
    where it would take many questions to know.
    """
    waiting = {
        part
        for job in endpoints.job_states(ctx.client, State)
        if "PENDING" in job.state and (part := _waiting_part(job.job_id))
    }
    if not waiting or len(waiting) > _MANY:
        return bool(waiting)
    from slurm_cli_proxy.commands.scancel.choose import filters, needed_fields

    passes = filters(ctx, settings)
    record = narrow(Job, needed_fields(settings))
    return any(passes(job) for part in waiting for job in endpoints.job(ctx.client, part, record))


def _waiting_part(job_id: str) -> str:
    """The array that `12_3` is a task of, the job of its own that `13+1` is; "" for what is a whole."""
    leader, _, task = job_id.partition("_")
    part, _, place = job_id.partition("+")
    return leader if task else part if place not in ("", "0") else ""


def signal_matching(ctx: Context, settings: Settings) -> list[Killed]:
    """Signal the jobs that pass the filters; those with which it failed."""
    return endpoints.kill_jobs(
        ctx.client,
        (),
        signal=kill.signal_text(settings),
        flags=kill.flags(settings),
        **request_filters(ctx, settings),
    )


def request_filters(ctx: Context, settings: Settings) -> dict[str, Any]:
    """The filters as the request has them."""
    told: dict[str, Any] = {
        wire: value for name, wire in _NAMES.items() if (value := getattr(settings, name)) is not None
    }
    if settings.nodelist is not None and "/" in settings.nodelist:
        from slurm_cli_proxy.commands.scancel.choose import file_of_nodes

        told["nodes"] = file_of_nodes(ctx, settings.nodelist)
    if settings.state is not None:
        told["job_state"] = [settings.state]
    if settings.me:
        told["user_name"] = ctx.user
    elif settings.user is not None and settings.user.isdigit() and ctx.release >= ANY_NUMBER_SINCE:
        told["user_id"] = told.pop("user_name")
    return told


def unknown_user(error: RestError) -> bool:
    """Whether the server says that there is no user of that name."""
    return error.source == "uid_from_string()"


def none_match(ctx: Context, settings: Settings) -> None:
    """With `-v`: no job passes the filters."""
    from slurm_cli_proxy.commands.scancel.choose import filter_text

    ctx.error(f"No active jobs match ALL job filters, including: {filter_text(ctx, settings)}")
