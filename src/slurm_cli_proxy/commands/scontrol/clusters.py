"""Which cluster is spoken to, and on whose behalf: `--federation`, `--sibling`, `--uid`, and the verb `cluster`.

Facts: `-u` matters to `update` of jobs alone, and takes an administrator.  In no federation, `--federation` and
`--sibling` change nothing but that, since 24.11, the former is complained of beside a cluster that was named.  26.05's
`ping` calls the controller's host by the name of such a cluster.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol.switches import Ended, Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.job import Job

LOADED_SINCE: Final = (23, 2)
HOST_SINCE: Final = (26, 5)
NOT_LOADED: Final = (
    '--federation set or "fed_display" configured, but could not load federation information: No error'
)


def option(ctx: Context, switches: Switches, name: str, value: str) -> bool:
    """Take an option into account; False where its value ends the call."""
    if name != "uid":
        switches.federation = switches.federation or name
        return True
    from slurm_cli_proxy.commands.squeue import users

    if not value or not users.is_accountable(ctx, value):
        ctx.error(f'--uid="{value}" invalid')
        return False
    switches.user = value
    return True


def chosen(ctx: Context, switches: Switches, name: str) -> None:
    """A cluster was named."""
    if ctx.release >= HOST_SINCE:
        switches.host = name
    if switches.federation == "federation" and ctx.release >= LOADED_SINCE:
        ctx.error(NOT_LOADED)


def choose(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """The verb `cluster [NAME]`: the one spoken to from here on, which has to be the profile's own.

    Ended if there is no such cluster, or it takes another profile.
    """
    from slurm_cli_proxy.commands import clusters

    switches.host = ""
    if args:
        try:
            name = clusters.own(ctx, args[0])
        except clusters.Unknown:
            raise Ended(1) from None
        if ctx.release >= HOST_SINCE:
            switches.host = name
    return 0


def beyond(ctx: Context, switches: Switches, jobs: Sequence[Job]) -> bool:
    """Whether more than this cluster's jobs are asked for; said so."""
    if not switches.federation or not any(job.federation_origin for job in jobs):
        return False
    ctx.error(f"--{switches.federation}: the API tells of one cluster's jobs")
    return True
