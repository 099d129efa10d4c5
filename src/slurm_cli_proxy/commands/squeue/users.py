"""Users: the cluster's are not this machine's, and the REST API tells jobs' users by name and number.

| who is asked for a name or number that no job has | says                             |
| --- | --- |
| this machine's users                               | known, if there is such a one    |
| the cluster's accounting, for names                | known, if it has such a user     |

Nobody knowing it, it is invalid, as for the native command a user that its machine does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.number import number

if TYPE_CHECKING:
    from slurm_cli_proxy.commands.squeue.settings import Settings

_HIGHEST = 0xFFFFFFFF
_ANY_NUMBER_SINCE = (26, 5)  # since then a number need not be anybody's


def as_number(text: str) -> int | None:
    """The user id in a text, None where it is not just a number."""
    found = re.fullmatch(r"\s*([+-]?[0-9]+)", text)
    return int(found[1]) if found else None


def complain(ctx: Context, name: str) -> None:
    """What native says of a user it does not know (and goes on)."""
    ctx.error(f"Invalid user: {name}\n")


def tell_unknown(ctx: Context, settings: Settings, jobs: Iterable[Job]) -> None:
    """Complain of the users named that nobody knows, once."""
    for name in settings.users_said:
        if not is_known(ctx, name, jobs):
            complain(ctx, name)
    settings.users_said.clear()


def is_known(ctx: Context, text: str, jobs: Iterable[Job]) -> bool:
    """Whether there is such a user."""
    text = ctx.same_user(text)
    uid = as_number(text)
    if uid is not None:
        if ctx.release >= _ANY_NUMBER_SINCE:
            return 0 <= uid <= _HIGHEST
        return any(number(job.user_id) == uid for job in jobs) or _local_uid(uid)
    if text in (ctx.user, ctx.login) or any(job.user_name == text for job in jobs):
        return True
    return number_of(text) is not None or _accounted(ctx, text)


def is_accountable(ctx: Context, text: str) -> bool:
    """Whether a user can be asked for in the accounting, where a number must be somebody's in every release."""
    uid = as_number(text)
    return is_known(ctx, text, ()) if uid is None else _local_uid(uid) or _has_jobs(ctx, uid)


def _has_jobs(ctx: Context, uid: int) -> bool:
    from slurm_cli_proxy.records.narrow import narrow
    from slurm_cli_proxy.rest import endpoints
    from slurm_cli_proxy.rest.errors import RestError

    try:
        jobs = endpoints.jobs(ctx.client, narrow(Job, frozenset({"user_id"})))
    except RestError:
        return False
    return any(number(job.user_id) == uid for job in jobs)


def _local_uid(uid: int) -> bool:
    import pwd

    try:
        pwd.getpwuid(uid)
    except (KeyError, OverflowError):
        return False
    return True


def number_of(name: str) -> int | None:
    """A user's number on this machine."""
    import pwd

    try:
        return pwd.getpwnam(name).pw_uid
    except (KeyError, ValueError):
        return as_number(name)


def _accounted(ctx: Context, name: str) -> bool:
    from msgspec import Struct

    from slurm_cli_proxy.rest import endpoints
    from slurm_cli_proxy.rest.errors import RestError
    from slurm_cli_proxy.rest.wire import quote

    class User(Struct):
        name: str | None = None

    try:
        found = endpoints.listing(ctx.client, f"slurmdb:user/{quote(name)}", "users", User)
    except RestError:
        return False
    return any(user.name == name for user in found)  # accounting does not mind the case of letters
