"""The cheap question about a long queue: ids and states alone.

`squeue -h -o '%A %t'` is what workflow programs ask every few seconds.  slurmrestd writes 8 kB about each job of a
full listing (1.5 s for 4,000 jobs), 80 bytes about its state.

The price is the order: states come without the start times, partitions and priorities that native sorts by, so jobs
of one state stand in the reverse of the server's order, as native's do where those are alike.  That is why only a
queue is asked so that was long when last seen; of a short one the full listing costs next to nothing.  How long a queue
is that was never seen, its states tell, too.

Jobs of one state make lines that differ in the id alone, so a line is made once for each state.

Versions: from v0.0.42 on a state comes under the job's own id (``16_0`` is task 0, whose own id is 16); before that
under the array's, which does not tell the task's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Final

import msgspec

from slurm_cli_proxy.columns import job_cells
from slurm_cli_proxy.columns.job_cells import View
from slurm_cli_proxy.commands.squeue import order, select
from slurm_cli_proxy.commands.squeue.jobids import JobId
from slurm_cli_proxy.commands.squeue.settings import SORT, Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import percent
from slurm_cli_proxy.layout.percent import Format
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.rest import cache, endpoints, versions
from slurm_cli_proxy.rest.client import Client

LONG = 500
"""Jobs that make a queue long."""

FEW = 50
"""So many jobs of a long queue are asked for one by one (2 ms each), rather than all of it."""

MANY = 2000
"""Of so many, more than FEW, the states are asked for in one request, where these tell enough (30 kB of ids)."""

KEPT: Final = 300
"""Seconds for which it is kept whether there are hidden partitions."""

OWN_IDS_SINCE = 42
"""The first API version that names jobs by their own ids."""

TOLD = frozenset({"job_id", "states", "state", "state_compact"})


class _State(msgspec.Struct, gc=False):
    job_id: str
    state: tuple[str, ...]


def suffice(ctx: Context, settings: Settings, needs: frozenset[str]) -> bool:
    """Whether ids and states tell all that is asked for, and the queue is long."""
    return (
        needs <= TOLD
        and set(settings.sort or "") <= {*"tT,-+"} | (set(SORT) if settings.sort == SORT else set())
        and (settings.jobs is None or (_are_many(settings.jobs) and not settings.only_job_state))
        and not (
            settings.priority
            or settings.array
            or settings.array_unique
            or settings.users_said
            or settings.verbose
        )
        and select.fields(settings) - select.OF_IDS <= TOLD
        and versions.number(ctx.client.version) >= OWN_IDS_SINCE
        and is_long(ctx, ask=settings.jobs is None)
        and (settings.all or settings.jobs is not None or not _hidden(ctx))
    )


def _are_many(wanted: list[JobId]) -> bool:
    """Whether so many are asked for at once.  Not single tasks: states tell a task's number, but not its array's."""
    return FEW < len(wanted) <= MANY and all(one.task is None and not one.sluid for one in wanted)


def lines(ctx: Context, settings: Settings, layout: Format[Job], view: View) -> Iterator[str]:
    """The lines of the listing, in their order."""
    wanted = dict.fromkeys(str(one.job) for one in settings.jobs or ())
    # Tasks that never began share the array's own record, and its line.
    found = {_own(one.job_id): one.state for one in endpoints.job_states(ctx.client, _State, list(wanted))}
    if not wanted:
        remember(ctx, len(found))
    kinds = {state: Job(job_state=list(state)) for state in dict.fromkeys(found.values())}
    shown = {
        state: kinds[state] for state in kinds if select.chosen([kinds[state]], settings, ctx.user, view.now)
    }
    ranks = _ranks(shown, "t" if settings.sort == SORT else settings.sort or "", view)
    patterns = {state: percent.pattern(layout, job, view, job_cells.job_id) for state, job in shown.items()}
    by_rank: dict[int, list[str]] = {}
    for job_id, state in reversed(found.items()):
        if state in ranks:
            by_rank.setdefault(ranks[state], []).append(patterns[state](job_id))
    for _, part in sorted(by_rank.items(), key=itemgetter(0)):
        yield from part


def in_order(client: Client, settings: Settings, jobs: list[Job]) -> list[Job]:
    """The jobs of `-j` in the order, and as often, as their states are told: native asks for nothing else then.

    Not asked where each is wanted once and sorted by its id.
    """
    wanted = [one.text for one in settings.jobs or ()]
    ordered_by_id = len(wanted) == len(set(wanted)) and "i" in (settings.sort or "")
    if not wanted or ordered_by_id or versions.number(client.version) < OWN_IDS_SINCE:
        return jobs
    by_id = {str(job.job_id): job for job in jobs}
    told: list[str] = []
    seen: set[str] = set()
    for state in endpoints.job_states(client, _State, wanted):
        own = _own(state.job_id)
        if state.job_id in seen or not told or told[-1] != own:  # tasks of one record come in a row
            told.append(own)
            seen.clear()
        seen.add(state.job_id)
    return [by_id[own] for own in told if own in by_id]


def _own(job_id: str) -> str:
    return job_id if job_id.isdecimal() else job_id.partition("_")[0].partition("+")[0]


def _ranks(kinds: dict[tuple[str, ...], Job], sort: str, view: View) -> dict[tuple[str, ...], int]:
    """For each kind of job its place among the others by these keys; the same for those that are alike."""
    letters = [letter for letter in sort if letter in order.KEYS]
    in_order = list(kinds.values())
    order.by_keys(in_order, sort, view, lambda text: None)

    def compared(job: Job) -> tuple[object, ...]:
        return tuple(order.KEYS[letter].compared(job, view) for letter in letters)

    places: dict[tuple[object, ...], int] = {}
    for job in in_order:
        places.setdefault(compared(job), len(places))
    return {state: places[compared(job)] for state, job in kinds.items()}


def remember(ctx: Context, count: int) -> bool:
    """Keep in the user's cache whether the queue is long; whether it is."""
    kept = b"long\n" if count >= LONG else b""
    if cache.read(_path(ctx)) != kept:
        cache.write(_path(ctx), kept)
    return bool(kept)


def is_long(ctx: Context, *, ask: bool = False) -> bool:
    """Whether the queue was long when last all of it was seen.  `ask`: count the states of one that never was."""
    kept = cache.read(_path(ctx))
    if kept is None and ask:
        return remember(ctx, len(endpoints.job_states(ctx.client, _State)))
    return bool(kept)


def _path(ctx: Context) -> str:
    return cache.place(ctx.environ, "queues", ctx.profile.url)


def _hidden(ctx: Context) -> bool:
    """Whether some partition's jobs are not for everybody: states do not tell whose they are."""
    path = cache.place(ctx.environ, "hidden-partitions", ctx.profile.url, ctx.user)
    now = ctx.clock()
    when, _, told = (cache.read(path) or b"").decode("ascii", "replace").partition(" ")
    if when.isdecimal() and 0 <= now - int(when) < KEPT:
        return told == "yes"
    found = _ask_hidden(ctx)
    cache.write(path, f"{now:.0f} {'yes' if found else 'no'}".encode("ascii"))
    return found


def _ask_hidden(ctx: Context) -> bool:
    from slurm_cli_proxy.records.partition import Partition

    shown = {one.name for one in endpoints.partitions(ctx.client, Partition)}
    return any(one.name not in shown for one in endpoints.partitions(ctx.client, Partition, flags=("ALL",)))
