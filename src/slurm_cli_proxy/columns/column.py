"""A column of a listing, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, Generic, TypeVar

import msgspec

T = TypeVar("T")

Release = tuple[int, int]

CUT: Final = 0
WHOLE_VALUE: Final = 1
WHOLE: Final = 2
"""What becomes of a text longer than its width, where it is aligned to the right: cut like everything; values stay
whole (durations); heading and values stay whole (node lists)."""


class Column(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """One thing that a listing can print of a record.

    `letter`: its ``-o`` letter, or "".  `names`: its ``-O`` names, the first being the one that is listed.
    `header`: the heading, the full text (a listing cuts it to the width).  `fields`: the record's fields (or
    meanings) that `render` reads, which decide what is asked of the server and decoded.
    `render(record, view)`: the text of the cell, None for what C calls a null pointer; `view` carries what is not in
    the record (the clock, options of the call).  `overflow`: CUT, WHOLE_VALUE or WHOLE.  The native commands of
    releases `since` (included) up to `until` (not included) have it.
    """

    letter: str
    names: tuple[str, ...]
    header: str
    fields: tuple[str, ...]
    render: Callable[[T, Any], str | None]
    overflow: int = CUT
    since: Release = (0, 0)
    until: Release = (99, 0)


def for_release(columns: Iterable[Column[T]], release: Release) -> list[Column[T]]:
    """The columns that a release has, in order."""
    return [column for column in columns if column.since <= release < column.until]


def by_letter(columns: Iterable[Column[T]]) -> dict[str, Column[T]]:
    """The columns that have a ``-o`` letter, by it; the first of several."""
    table: dict[str, Column[T]] = {}
    for column in columns:
        if column.letter:
            table.setdefault(column.letter, column)
    return table


def by_name(columns: Iterable[Column[T]]) -> dict[str, Column[T]]:
    """The columns by their ``-O`` names in lower case; the first of several."""
    table: dict[str, Column[T]] = {}
    for column in columns:
        for name in column.names:
            table.setdefault(name.lower(), column)
    return table
