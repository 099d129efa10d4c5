"""Formats such as ``%.18i %9P|%j``: parsing them and printing rows by them.

A format is a list of `Field`s.  Widths count bytes, as native's printf does, so a cut may fall inside a character;
texts are str with surrogateescape, so that such bytes come out as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

import msgspec

from slurm_cli_proxy.columns.column import Column

T = TypeVar("T")


class Field(msgspec.Struct, Generic[T], frozen=True):
    """One column with its place in the row: `width` 0 means as long as the text is."""

    column: Column[T]
    width: int
    right: bool
    suffix: str


class Format(msgspec.Struct, Generic[T], frozen=True):
    """A whole row: `prefix` before the first field, then the fields with the text that follows each."""

    prefix: str
    fields: tuple[Field[T], ...]

    @property
    def needs(self) -> frozenset[str]:
        """The record fields that the row is made of."""
        return frozenset().union(*(field.column.fields for field in self.fields))


def parse(text: str, columns: Mapping[str, Column[T]], invalid: Callable[[str], None]) -> Format[T]:
    """Parses ``[.][width]letter[suffix]`` behind each ``%``; `invalid` is told each letter that is no column's."""
    prefix, *parts = text.split("%")
    fields: list[Field[T]] = []
    for part in parts:
        at = 0
        right = part.startswith(".")
        at += right
        start = at
        while at < len(part) and part[at].isdigit():
            at += 1
        width = int(part[start:at] or 0)
        letter, suffix = part[at : at + 1], part[at + 1 :]
        column = columns.get(letter)
        if column is None:
            invalid(letter)
            continue
        fields.append(Field(column, width, right, suffix))
    return Format(prefix, tuple(fields))


def cell(text: str, width: int, right: bool) -> str:
    """`text` cut to `width` bytes or padded with blanks to it; unchanged where `width` is 0."""
    if not width:
        return text
    if text.isascii():
        text = text[:width]
        return text.rjust(width) if right else text.ljust(width)
    raw = text.encode("utf-8", "surrogateescape")[:width]
    raw = raw.rjust(width) if right else raw.ljust(width)
    return raw.decode("utf-8", "surrogateescape")


def header(layout: Format[T]) -> str:
    """The heading's line, without its line end."""
    return layout.prefix + "".join(
        cell(field.column.header, field.width, field.right) + field.suffix for field in layout.fields
    )


def rows(layout: Format[T], records: Iterable[T], view: Any) -> Iterable[str]:
    """A line, with its line end, for each record."""
    plan = [(f.column.render, f.width, f.right, f.suffix) for f in layout.fields]
    prefix = layout.prefix
    for record in records:
        yield prefix + "".join(cell(render(record, view), w, r) + s for render, w, r, s in plan) + "\n"
