"""sprio's columns.  The API tells a job's priority, but none of its factors: those are `Factor`s.

From v0.0.45 on it tells what the factors weigh.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from slurm_cli_proxy.columns.column import Column
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.number import number

_NORMAL: Final = float(0xFFFFFFFF)
_NAMED_SINCE: Final = (23, 2)
_SLUID_SINCE: Final = (25, 11)


class Row(msgspec.Struct):
    """A job in one of its partitions, with its priority there; None where it is not told."""

    job: Job
    partition: str
    priority: int | None


class Untold(Exception):
    """What the API does not tell; the argument is its heading."""


WEIGHED: Final = {
    "a": "PriorityWeightAge",
    "b": "PriorityWeightAssoc",
    "f": "PriorityWeightFairshare",
    "j": "PriorityWeightJobSize",
    "p": "PriorityWeightPartition",
    "q": "PriorityWeightQOS",
    "t": "PriorityWeightTRES",
}
"""A factor's letter (the small one is the normalized factor's, the other the weighted one's), and its weight."""


def _of_job(name: str) -> Callable[[Row, Any], str | None]:
    return lambda row, view: str(getattr(row.job, name) or "")


def _priority(row: Row, view: object) -> str:
    return str(told_priority(row))


def _normal_priority(row: Row, view: object) -> str:
    return f"{told_priority(row) / _NORMAL:16.14f}"


def told_priority(row: Row) -> int:
    """The priority; Untold where the version tells none for each partition."""
    if row.priority is None:
        raise Untold("PRIORITY of a job in several partitions")
    return row.priority


def _sluid(row: Row, view: object) -> str:
    return (row.job.step_id.sluid if row.job.step_id else None) or ""


def _factor(heading: str) -> Callable[[Row, Any], str | None]:
    def render(row: Row, view: object) -> str | None:
        raise Untold(heading)

    return render


def _column(
    letter: str,
    heading: str,
    render: Callable[[Row, Any], str | None],
    fields: tuple[str, ...] = (),
    since: tuple[int, int] = (0, 0),
) -> Column[Row]:
    return Column(letter, (), heading, fields, render, since=since)


_FACTORS: Final = {
    "a": "AGE",
    "b": "ASSOC",
    "f": "FAIRSHARE",
    "j": "JOBSIZE",
    "p": "PARTITION",
    "q": "QOS",
    "t": "TRES",
}

COLUMNS: tuple[Column[Row], ...] = (
    _column("c", "CLUSTER", lambda row, view: None),  # natively told in a federation alone
    _column("i", "JOBID", _of_job("job_id")),
    _column("n", "QOSNAME", _of_job("qos"), ("qos",), _NAMED_SINCE),
    _column("N", "NICE", lambda row, view: str(number(row.job.nice) or 0), ("nice",)),
    _column("o", "ACCOUNT", _of_job("account"), ("account",), _NAMED_SINCE),
    _column("r", "PARTITION", lambda row, view: row.partition),
    _column("s", "SLUID", _sluid, ("step_id",), _SLUID_SINCE),
    _column("u", "USER", _of_job("user_name"), ("user_name",)),
    _column("y", "PRIORITY", _normal_priority),
    _column("Y", "PRIORITY", _priority),
    _column("S", "SITE", _factor("SITE")),
    *(
        _column(form(letter), heading, _factor(heading))
        for letter, heading in _FACTORS.items()
        for form in (str.lower, str.upper)
    ),
)


def weight(column: Column[Row], weights: dict[str, Any]) -> str | None:
    """What stands in a column of the line of weights."""
    letter = column.letter
    if letter in ("i", "S"):
        return "Weights" if letter == "i" else "1"
    if letter in ("t", "c"):
        return "" if letter == "t" else None
    if letter.lower() not in WEIGHED or letter in "NYSy":
        return ""
    value = weights.get(WEIGHED[letter.lower()])
    return None if letter == "T" and not value else str(value or 0)
