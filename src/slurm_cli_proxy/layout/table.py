"""Tables with a line of dashes under the headings, as sacct, sacctmgr and sshare print them.

    JobID           JobName      State
    ------------ ---------- ----------
    12            s-timeout    TIMEOUT

Parsable ones (`-p`, `-P`) have a delimiter between the cells, and behind the last one, too, with `-p`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

import msgspec

from slurm_cli_proxy.columns.table import Double, TableColumn

T = TypeVar("T")
Release = tuple[int, int]

_EXPONENT = 6  # places that native leaves for the rest of `1.5e+00`; without any for digits, C's
_DIGITS = 6  # are written
_HASHES_SINCE = (23, 2)  # a date that does not fit is no longer cut


class InvalidField(Exception):
    """A name that is no column's: str() is what was asked for."""


class Field(msgspec.Struct, Generic[T], frozen=True):
    """A column in its width; below zero it is aligned to the left."""

    column: TableColumn[T]
    width: int


def parse(text: str, columns: Iterable[TableColumn[T]], *, everything: bool = False) -> list[Field[T]]:
    """The fields of a format such as `jobid,state%20,name%-30`; names may be abbreviated.  InvalidField.

    `everything`: whether `all` means every column; it, too, may be abbreviated, and goes before them.
    What follows an empty name does not count.
    A width that is no number is 0: of texts nothing is left then, numbers stand as they are.
    """
    table = [(column.name.lower(), column) for column in columns]
    fields: list[TableColumn[T]] = []
    widths: dict[str, int] = {}  # of every place where the column stands, as native keeps it
    for part in text.split(","):
        name, percent, width = part.partition("%")
        if not part:
            break
        wanted = name.lower()
        if everything and "all".startswith(wanted):
            fields += [column for _, column in table]
            continue
        column = next(
            (one for full, one in table if full.startswith(wanted) and len(wanted) >= one.least), None
        )
        if column is None:
            raise InvalidField(name)
        if percent:
            widths[column.name] = _number(width)
        fields.append(column)
    return [Field(column, widths.get(column.name, column.width)) for column in fields]


def parse_names(text: str, columns: Iterable[TableColumn[T]]) -> list[Field[T]]:
    """The fields of a format as sacctmgr and sreport read it, which take it for a list of names.  InvalidField.

    Each stands once, at its last place, and empty ones are nothing; a width of 0, or one that is no number, is none.
    """
    parts = [part for part in text.lower().split(",") if part]
    fields = []
    for part in reversed(dict.fromkeys(reversed(parts))):
        [field] = parse(part, columns)
        fields.append(field if field.width else Field(field.column, field.column.width))
    return fields


def _number(text: str) -> int:
    """C's atoi."""
    import re

    found = re.match(r"\s*([+-]?[0-9]+)", text)
    return int(found[1]) if found else 0


class Table(msgspec.Struct, Generic[T]):
    """How to print.

    `ending` puts the delimiter behind the last cell as well.  `headings`: whether parsable tables have the columns'
    headings, not their names.
    """

    fields: list[Field[T]]
    release: Release
    parsable: bool = False
    ending: bool = False
    delimiter: str = "|"
    headings: bool = False

    def header(self) -> str:
        """The headings, and the dashes under them."""
        names = [field.column.header or field.column.name for field in self.fields]
        if self.parsable:
            return self._joined(names if self.headings else [field.column.name for field in self.fields])
        first = "".join(
            _aligned(name[: abs(f.width)], f.width) for name, f in zip(names, self.fields, strict=True)
        )
        return f"{first}\n{''.join('-' * abs(field.width) + ' ' for field in self.fields)}\n"

    def rows(self, records: Iterable[T], view: Any) -> Iterator[str]:
        """A line, with its end, for each record."""
        if self.parsable:
            renders = [field.column.render for field in self.fields]
            for record in records:
                cells = [render(record, view) for render in renders]
                yield self._joined(["" if cell is None else str(cell) for cell in cells])
            return
        plan = [
            (f.column.render, f.width, CUTS[f.column.kind], self.release, EMPTY.get(f.column.kind, ""))
            for f in self.fields
        ]
        for record in records:
            parts = []
            for render, width, cut, release, empty in plan:
                cell = render(record, view)
                text = cell if isinstance(cell, str) else empty if cell is None else str(cell)
                parts.append(_aligned(cut(text, abs(width), release), width))
            yield "".join(parts) + "\n"

    def _joined(self, cells: list[str]) -> str:
        return self.delimiter.join(cells) + (self.delimiter if self.ending and cells else "") + "\n"


def _aligned(text: str, width: int) -> str:
    gap = " " * (abs(width) - len(text.encode("utf-8", "surrogateescape")))
    return f"{text}{gap} " if width < 0 else f"{gap}{text} "


def _marked(text: str, width: int, release: Release) -> str:
    if not width:
        return ""
    if text.isascii():
        return text if len(text) <= width else text[: width - 1] + "+"
    data = text.encode("utf-8", "surrogateescape")
    return text if len(data) <= width else (data[: width - 1] + b"+").decode("utf-8", "surrogateescape")


def _whole(text: str, width: int, release: Release) -> str:
    return text


def _date(text: str, width: int, release: Release) -> str:
    if len(text) <= width:
        return text
    return "#" * width if release >= _HASHES_SINCE and text != "Unknown" else text[:width]


def _double(text: str, width: int, release: Release) -> str:
    if len(text) <= width or not isinstance(text, Double):
        return text
    digits = width - _EXPONENT
    return f"{text.value:.{digits if digits >= 0 else _DIGITS}e}"


CUTS: dict[str, Callable[[str, int, Release], str]] = {
    "text": _marked,
    "number": _whole,
    "date": _date,
    "double": _double,
}
EMPTY: dict[str, str] = {"number": " "}
"""What stands for no value: of a number a blank, even where there is no room for any."""
