"""A column of a listing, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, Generic, TypeVar

import msgspec

T = TypeVar("T")

Release = tuple[int, int]


class Whole(str):
    """A cell's text that, aligned to the right, stays whole where it is longer than the column."""

    __slots__ = ()


NULL: Final = "(null)"
"""What C prints for a null pointer."""

NO_NODES: Final = Whole(NULL)
"""A null pointer in a column of nodes."""


class Column(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """One thing that a listing can print of a record.

    `letter`: its ``-o`` letter, or "".  `names`: its ``-O`` names, the first being the one that is listed.
    `header`: the heading, the full text (a listing cuts it to the width).  `fields`: the record's fields (or
    meanings) that `render` reads, which decide what is asked of the server and decoded.
    `render(record, view)`: the text of the cell, None for what C calls a null pointer; `view` carries what is not in
    the record (the clock, options of the call); a `Whole` is not cut.  `whole_header`: nor is the heading.
    The native commands of releases `since` (included) up to `until` (not included) have it.
    """

    letter: str
    names: tuple[str, ...]
    header: str
    fields: tuple[str, ...]
    render: Callable[[T, Any], str | None]
    whole_header: bool = False
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
