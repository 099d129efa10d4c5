"""Which jobs the options let through.

Each filter is a row: the settings it belongs to, the fields it reads, the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from slurm_cli_proxy.columns import job_cells as cells
from slurm_cli_proxy.commands.squeue import users
from slurm_cli_proxy.commands.squeue.settings import Settings
from slurm_cli_proxy.notation import state
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.number import number

Test = Callable[[Job], bool]

_SHOWN_STATES: Final = frozenset({"PENDING", "RUNNING", "SUSPENDED", "COMPLETING"})
"""Of a job in one of these something is still to be seen, without `--states`."""

_RUNNING: Final = frozenset({"RUNNING"})

_FLAG_STATES: Final = frozenset(state.LISTED_FLAGS)


class Filter(msgspec.Struct, frozen=True):
    """`build(settings, user)` makes the test, None where it is not asked for; `user` is the caller's name."""

    fields: tuple[str, ...]
    build: Callable[[Settings, str], Test | None]


def _text(setting: str, field: str) -> Callable[[Settings, str], Test | None]:
    """For names that are compared without regard to case."""

    def build(settings: Settings, user: str) -> Test | None:
        wanted = getattr(settings, setting)
        if wanted is None:
            return None
        return lambda job: (getattr(job, field) or "").lower() in wanted

    return build


def _partitions(settings: Settings, user: str) -> Test | None:
    wanted = settings.partitions
    if wanted is None:
        return None
    return lambda job: any(name in wanted for name in (job.partition or "").split(","))


def _users(settings: Settings, user: str) -> Test | None:
    wanted = settings.users
    if wanted is None:
        return None
    numbers = {uid for uid in map(users.as_number, wanted) if uid is not None}
    return lambda job: job.user_name in wanted or (bool(numbers) and number(job.user_id) in numbers)


def _not_me(settings: Settings, user: str) -> Test | None:
    return (lambda job: job.user_name != user) if settings.not_me else None


def _states(settings: Settings, user: str) -> Test | None:
    if settings.every_state:
        return None
    if settings.states is None:
        return lambda job: not job.states.isdisjoint(_SHOWN_STATES)
    flags = _FLAG_STATES.intersection(settings.states)
    bases = frozenset(settings.states) - flags

    def test(job: Job) -> bool:
        states = job.states
        if not flags.isdisjoint(states):
            return True
        return len(states) == 1 and not bases.isdisjoint(states)  # a base state means without any flag

    return test


def _nodes(settings: Settings, user: str) -> Test | None:
    if settings.nodes is None:
        return None
    from slurm_cli_proxy.notation import hostlist

    wanted = frozenset(settings.nodes)
    return lambda job: not wanted.isdisjoint(hostlist.expand(job.nodes or ""))


def _licenses(settings: Settings, user: str) -> Test | None:
    wanted = settings.licenses
    if wanted is None:
        return None

    def test(job: Job) -> bool:
        have = [part.partition(":")[0] for part in (job.licenses or "").replace("|", ",").split(",")]
        return any(name in have for name in wanted)

    return test


def _reservations(settings: Settings, user: str) -> Test | None:
    wanted = settings.reservations
    if wanted is None:
        return None
    return lambda job: any(name in wanted for name in (job.resv_name or "").split(",") if name)


FILTERS: Final = (
    Filter(("partition",), _partitions),
    Filter(("user_name", "user_id"), _users),
    Filter(("user_name",), _not_me),
    Filter(("states",), _states),
    Filter(("account",), _text("accounts", "account")),
    Filter(("qos",), _text("qos", "qos")),
    Filter(("name",), _text("names", "name")),
    Filter(("licenses",), _licenses),
    Filter(("resv_name",), _reservations),
    Filter(("nodes",), _nodes),
)


OF_IDS: Final = frozenset({"array_leader", "array_task", "task_set", "het_leader", "sluid"})
"""The job fields that tell which jobs an id of `--jobs` names (see `arrays`)."""


def running_for(job: Job, settings: Settings, now: int) -> bool:
    """Whether a job has been running as long as `--running-over` and `--running-under` say."""
    over, under = settings.running_over, settings.running_under
    if over is None and under is None:
        return True
    used = cells.used_seconds(job, now)
    return (
        job.states == _RUNNING and (over is None or used > over * 60) and (under is None or used < under * 60)
    )


def fields(settings: Settings) -> frozenset[str]:
    """The job fields that the filters read."""
    needed = {name for one in FILTERS if one.build(settings, "") for name in one.fields}
    if settings.running_over is not None or settings.running_under is not None:
        needed |= {"states", "start_time", "end_time", "pre_sus_time", "suspend_time"}
    if settings.jobs:
        needed |= OF_IDS
    return frozenset(needed)


def chosen(jobs: Iterable[Job], settings: Settings, user: str, now: int) -> list[Job]:
    """The jobs that pass every filter but `--jobs` (see `arrays`)."""
    if settings.running_over is not None or settings.running_under is not None:
        jobs = [job for job in jobs if running_for(job, settings, now)]
    tests = [test for test in (one.build(settings, user) for one in FILTERS) if test]
    return [job for job in jobs if all(test(job) for test in tests)]
