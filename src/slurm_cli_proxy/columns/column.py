"""A column of a listing, as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")


class Column(msgspec.Struct, Generic[T], frozen=True):
    """One thing that a listing can print of a record.

    `letter`: its ``-o`` letter, or "".  `name`: its ``-O`` name, or "".  `header`: the heading, the full text (a
    listing cuts it to the width).  `width`: the ``-O`` default width.  `fields`: the record's fields that `render`
    reads, which decide what is asked of the server and decoded.  `render(record, view)`: the text of the cell;
    `view` carries what is not in the record (the clock, options of the call).
    """

    header: str
    fields: frozenset[str]
    render: Callable[[T, Any], str]
    letter: str = ""
    name: str = ""
    width: int = 20


def by_letter(columns: Iterable[Column[T]]) -> dict[str, Column[T]]:
    """The columns that have a ``-o`` letter, by it."""
    return {column.letter: column for column in columns if column.letter}


def by_name(columns: Iterable[Column[T]]) -> dict[str, Column[T]]:
    """The columns that have a ``-O`` name, by it in lower case."""
    return {column.name.lower(): column for column in columns if column.name}
