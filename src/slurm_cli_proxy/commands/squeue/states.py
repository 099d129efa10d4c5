"""The cheap question about a long queue: ids and states alone.

`squeue -h -o '%A %t'` is what workflow programs ask every few seconds.  slurmrestd writes 8 kB about each job of a
full listing (1.5 s for 4,000 jobs), 40 bytes about its state.

The price is the order: states come without the start times, partitions and priorities that native sorts by, so jobs
of one state stand in the reverse of the server's order, as native's do where those are alike.  That is why only a
queue is asked so that was long at the last full listing; of a short one the full listing costs next to nothing.

Versions: from v0.0.42 on a state comes under the job's own id (``16_0`` is task 0, whose own id is 16); before that
under the array's, which does not tell the task's own.
"""

from __future__ import annotations

import msgspec

from slurm_cli_proxy.columns.job_cells import View
from slurm_cli_proxy.commands.squeue import order, select
from slurm_cli_proxy.commands.squeue.settings import SORT, Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.rest import cache, endpoints, versions

LONG = 500
"""Jobs that make a queue long."""

FEW = 50
"""So many jobs of a long queue are asked for one by one (2 ms each), rather than all of it."""

OWN_IDS_SINCE = 42
"""The first API version that names jobs by their own ids."""

TOLD = frozenset({"job_id", "states", "state", "state_compact"})


class _State(msgspec.Struct):
    job_id: str
    state: list[str]


def suffice(ctx: Context, settings: Settings, needs: frozenset[str]) -> bool:
    """Whether ids and states tell all that is asked for, and the queue is long."""
    return (
        needs <= TOLD
        and set(settings.sort or "") <= {*"tT,-+"} | (set(SORT) if settings.sort == SORT else set())
        and settings.jobs is None
        and not (
            settings.priority
            or settings.array
            or settings.array_unique
            or settings.users_said
            or settings.verbose
        )
        and select.fields(settings) <= TOLD
        and is_long(ctx)
        and versions.number(ctx.client.version) >= OWN_IDS_SINCE
        and (settings.all or not _hidden(ctx))
    )


def jobs(ctx: Context, settings: Settings, view: View) -> list[Job]:
    """The jobs to be shown, in their order, with ids and states alone."""
    found: dict[str, Job] = {}
    told = endpoints.job_states(ctx.client, _State)
    for one in told:
        own = one.job_id.partition("_")[0].partition("+")[0]
        # Tasks that never began share the array's own record, and its line.
        found[own] = Job(job_id=int(own), job_state=one.state)
    remember(ctx, len(found))
    shown = select.chosen(reversed(found.values()), settings, ctx.user, view.now)
    order.by_keys(shown, "t" if settings.sort == SORT else settings.sort or "", view, lambda text: None)
    return shown


def remember(ctx: Context, count: int) -> None:
    """Keep in the user's cache whether the queue is long."""
    long = count >= LONG
    if long != is_long(ctx):
        cache.write(_path(ctx), b"long\n" if long else b"")


def is_long(ctx: Context) -> bool:
    """Whether the queue was long when last all of it was seen."""
    return bool(cache.read(_path(ctx)))


def _path(ctx: Context) -> str:
    return cache.place(ctx.environ, "queues", ctx.profile.url)


def _hidden(ctx: Context) -> bool:
    """Whether some partition's jobs are not for everybody: states do not tell whose they are."""
    from slurm_cli_proxy.records.partition import Partition

    shown = {one.name for one in endpoints.partitions(ctx.client, Partition)}
    return any(one.name not in shown for one in endpoints.partitions(ctx.client, Partition, flags=("ALL",)))
