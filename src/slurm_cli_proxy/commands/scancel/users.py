"""Whether there is a user of some name: natively the system knows, here the cluster's system cannot be asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.wire import quote

ANY_NUMBER_SINCE: Final = (25, 5)
"""From then on a number is a user, whether or not the system has a name for it."""


_NOTHING_FOUND: Final = 9003


class _User(Struct):
    name: str | None = None


class _Users(Answer):
    users: list[_User] | None = None


def exists(ctx: Context, user: str, jobs: Iterable[Job]) -> bool:
    """Whether a job, this system, or the accounting database knows the user; yes when that cannot be asked."""
    from slurm_cli_proxy.commands.scancel.choose import belongs

    if any(belongs(job, user) for job in jobs):
        return True
    if user.isdigit():
        return ctx.release >= ANY_NUMBER_SINCE or _on_this_system(int(user))
    if _on_this_system(user):
        return True
    try:
        found = ctx.client.get(f"slurmdb:user/{quote(user)}", type=_Users).users or ()
    except RestError as error:
        return error.number != _NOTHING_FOUND
    return any(one.name == user for one in found)  # the database does not mind the case of letters


def _on_this_system(user: str | int) -> bool:
    import pwd

    try:
        if isinstance(user, int):
            pwd.getpwuid(user)
        else:
            pwd.getpwnam(user)
    except (KeyError, OverflowError, ValueError):
        return False
    return True
