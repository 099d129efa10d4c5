"""What `scontrol show reservation` prints of a reservation, and on which line of which release."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.columns.job_values import NULL, View
from slurm_cli_proxy.layout.report import Item
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.records.number import number, number_or
from slurm_cli_proxy.records.reservation import Reservation

FLAGS: Final = (
    "MAINT",
    "NO_MAINT",
    "FLEX",
    "OVERLAP",
    "IGNORE_JOBS",
    "HOURLY",
    "NO_HOURLY",
    "DAILY",
    "NO_DAILY",
    "WEEKDAY",
    "WEEKEND",
    "WEEKLY",
    "NO_WEEKLY",
    "SPEC_NODES",
    "ALL_NODES",
    "ANY_NODES",
    "NO_ANY_NODES",
    "STATIC",
    "NO_STATIC",
    "PART_NODES",
    "NO_PART_NODES",
    "FIRST_CORES",
    "TIME_FLOAT",
    "REPLACE",
    "REPLACE_DOWN",
    "PURGE_COMP",
    "NO_PURGE_COMP",
    "NO_HOLD_JOBS_AFTER_END",
    "MAGNETIC",
    "NO_MAGNETIC",
    "SKIP",
    "USER_DELETE",
    "FORCE_START",
)
"""In the sequence in which they are printed; the API has another."""

_PLACES: Final = {name: place for place, name in enumerate(FLAGS)}
_PURGE: Final = "PURGE_COMP"


def flags(one: Reservation, view: View) -> str:
    """The flags; v0.0.38 tells of PURGE_COMP only that there is a time for it."""
    names = set(one.flags or ())
    seconds = number(one.purge_completed.time) if one.purge_completed else None
    if seconds is not None and view.release < (23, 2):
        names.add(_PURGE)
    words = sorted(names, key=lambda name: _PLACES.get(name, len(_PLACES)))
    if seconds is not None:
        words = [f"{_PURGE}={duration.format_seconds(seconds)}" if word == _PURGE else word for word in words]
    return ",".join(words)


def cores(one: Reservation, view: View) -> str | None:
    """A line for each node of which only some cores are reserved."""
    if not one.core_specializations:
        return None
    lines = [f"  NodeName={node.node} CoreIDs={node.core}" for node in one.core_specializations]
    return (" " if view.one_line else "\n   ").join(lines)


def state(one: Reservation, view: View) -> str:
    return "ACTIVE" if one.start <= view.now <= one.end else "INACTIVE"


def delay(one: Reservation, view: View) -> str:
    seconds = number_or(one.max_start_delay, 0)
    return duration.format_seconds(seconds) if seconds else NULL


def watts(one: Reservation, view: View) -> str:
    told = number(one.watts)
    return "n/a" if told is None else str(told)


LINES: Final[tuple[tuple[Item[Reservation], ...], ...]] = (
    (
        Item("ReservationName", lambda one, view: one.name),
        Item("StartTime", lambda one, view: view.time(one.start)),
        Item("EndTime", lambda one, view: view.time(one.end)),
        Item("Duration", lambda one, view: duration.format_seconds(one.end - one.start)),
    ),
    (
        Item("Nodes", lambda one, view: one.node_list or NULL),
        Item("NodeCnt", lambda one, view: str(one.node_count)),
        Item("CoreCnt", lambda one, view: str(one.core_count)),
        Item("Features", lambda one, view: one.features or NULL),
        Item("PartitionName", lambda one, view: one.partition or NULL),
        Item("Flags", flags),
    ),
    (Item("", cores),),
    (Item("TRES", lambda one, view: one.tres or NULL),),
    (
        Item("AllowedPartitions", lambda one, view: NULL, since=(26, 5)),
        Item("QOS", lambda one, view: NULL, since=(26, 5)),
    ),
    (
        Item("Users", lambda one, view: one.users or NULL),
        Item("Groups", lambda one, view: one.groups or NULL),
        Item("Accounts", lambda one, view: one.accounts or NULL),
        Item("Licenses", lambda one, view: one.licenses or NULL),
        Item("State", state),
        Item("BurstBuffer", lambda one, view: one.burst_buffer or NULL),
        Item("Watts", watts, until=(24, 11)),
    ),
    (Item("MaxStartDelay", delay),),
)
