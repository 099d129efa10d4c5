"""A column of an accounting table (sacct, sacctmgr, sshare), as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, Literal, TypeVar

import msgspec

T = TypeVar("T")
Release = tuple[int, int]
Kind = Literal["text", "number", "date", "double"]
"""How a cell too long for its column is cut: `text` with a `+` at its end, `number` not at all, `date` to `#`.

A `double` is written with an exponent instead; its cells are of type `Double`.
"""


class Double(str):
    """A fraction as it is printed where there is room; `value` is the number itself."""

    value: float

    def __new__(cls, value: float) -> Double:
        found = super().__new__(cls, f"{value:f}")
        found.value = value
        return found


class TableColumn(msgspec.Struct, Generic[T], frozen=True, gc=False):
    """One thing that a table can print.

    `name` is what `--format` knows it by, and the heading where `header` is empty.  `width` below zero aligns to the
    left.  `fields`: what `render(record, view)` reads; it gives the text, or None for an empty cell.
    `least`: how many letters of the name a format must give.
    The native commands of releases `since` (included) up to `until` (not included) have it.
    """

    name: str
    width: int
    fields: tuple[str, ...]
    render: Callable[[T, Any], str | int | None]
    kind: Kind = "text"
    header: str = ""
    since: Release = (0, 0)
    until: Release = (99, 0)
    least: int = 1


def for_release(columns: Iterable[TableColumn[T]], release: Release) -> list[TableColumn[T]]:
    """The columns that a release has, in order."""
    return [column for column in columns if column.since <= release < column.until]
