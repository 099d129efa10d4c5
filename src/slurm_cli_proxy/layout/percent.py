"""Formats of `-o`, such as ``%.18i %9P|%j``, and of `-O`, such as ``jobid:.18 ,name:9``: parsing them, printing rows.

Widths count bytes, as native's printf does, so a cut may fall inside a character; texts are str with
surrogateescape, so that such bytes come out as they are.

Facts (22.05, 24.11, 26.05): a `%` alone is skipped; an unknown letter is complained of and its text stands in every
row; from 24.11 on a missing letter (``%5``) means the first column that has none, and native then reads on behind
the end of the token.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar

import msgspec

from slurm_cli_proxy.columns.column import NO_NODES, NULL, Column, Whole

T = TypeVar("T")

NAME_WIDTH: Final = 20
MAX_WIDTH: Final = 1 << 22
_DIGITS: Final = frozenset("0123456789")
_STRTOL: Final = r"(?a:\s*([+-]?[0-9]+))"
"""A width of `-O`, as C's function of that name reads it; compiled when there is one."""
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

Complain = Callable[[str], None]


class Field(msgspec.Struct, Generic[T], frozen=True):
    """One column with its place in the row, and the text behind it: `width` 0 means as long as the text is.

    Without column it is only that text.
    """

    column: Column[T] | None = None
    width: int = 0
    right: bool = False
    suffix: str = ""


class Format(msgspec.Struct, Generic[T], frozen=True):
    """A whole row."""

    fields: tuple[Field[T], ...]

    @property
    def needs(self) -> frozenset[str]:
        """The record fields that the row is made of."""
        return frozenset(name for field in self.fields if field.column for name in field.column.fields)


class Token(msgspec.Struct, frozen=True):
    """What stands between one `%` and the next; `raw` is all of it, `letter` one byte or "" if there is none."""

    right: bool
    width: int
    letter: str
    suffix: str
    raw: str


def tokens(text: str) -> Iterator[tuple[Token, str]]:
    """The tokens behind the first `%`, each with the text behind the `%` that ends it."""
    rest = text.partition("%")[2]
    while rest:
        raw, _, following = rest.partition("%")
        if raw:
            yield _token(raw), following
        rest = following


def _token(raw: str) -> Token:
    right = raw[0] == "."
    at = start = int(right)
    while raw[at : at + 1] in _DIGITS:
        at += 1
    letter, suffix = raw[at : at + 1], raw[at + 1 :]
    if letter and not letter.isascii():
        data = letter.encode("utf-8", "surrogateescape")
        letter, suffix = _text(data[:1]), _text(data[1:]) + suffix
    return Token(right, _width(raw[start:at]), letter, suffix, raw)


def _width(digits: str) -> int:
    """A width as C keeps it: a number of 32 bits, -1 where it was too big for 64.  No more than can be printed."""
    if len(digits) < 7:
        return int(digits or 0)
    number = int(digits[:4000])  # Python reads no more
    if not -1 << 63 <= number < 1 << 63:
        return -1 if number > 0 else 0
    return min((number + (1 << 31)) % (1 << 32) - (1 << 31), MAX_WIDTH)


def _field(column: Column[T], width: int, right: bool, suffix: str) -> Field[T]:
    """A negative width is none, but for a blank behind the text."""
    return Field(column, width, right, suffix) if width >= 0 else Field(column, 0, right, " " + suffix)


def parse_letters(
    text: str, columns: Mapping[str, Column[T]], complain: Complain, *, unnamed: Column[T] | None = None
) -> Format[T]:
    """Parses a `-o` format; `complain` is told each letter that is no column's.

    `unnamed`: the column that a missing letter means, if any.  ``%all``, or ``%ALL``, is every column that has a
    letter.
    """
    head = text.partition("%")[0]
    fields: list[Field[T]] = [Field(suffix=head)] if head else []
    everything = text[len(head) :].lower() == "%all"
    if everything:
        text = "|".join(f"%{letter}" for letter in _LETTERS if letter in columns)
    for token, following in tokens(text):
        column = columns.get(token.letter) if token.letter else unnamed
        if column is None:
            complain(token.letter)
            fields.append(Field(suffix="%" + token.raw))
        else:
            fields.append(
                _field(column, token.width, token.right, token.suffix if token.letter else following)
            )
    return Format(tuple(fields))


def parse_names(text: str, columns: Mapping[str, Column[T]], complain: Complain) -> Format[T]:
    """Parses a `-O` format: names with `:`, `.` to align to the right, a width, and what is to stand behind.

    Names no column has are told to `complain`; what is to stand behind them stands there.
    """
    fields: list[Field[T]] = []
    for part in text.split(","):
        name, colon, rest = part.partition(":")
        if not part:
            continue
        column = columns.get(name.lower())
        width, right, suffix = NAME_WIDTH, False, ""
        if colon:
            right = rest.startswith(".")
            suffix = rest[int(right) :]
            digits = re.match(_STRTOL, suffix)
            width = _width(digits[1]) if digits else 0
            suffix = suffix[digits.end() if digits else 0 :]
        if column is None:
            complain(name)
            fields.append(Field(suffix=suffix))
        else:
            fields.append(_field(column, width, right, suffix))
    return Format(tuple(fields))


def cell(text: str | None, width: int, right: bool) -> str:
    """`text` cut to `width` bytes or padded with blanks to it; as it is where `width` is 0.

    None prints as C prints a null pointer: whole, and not at all where it had to be cut, except at the right.
    There a `Whole` is not cut.
    """
    if text is None or text is NO_NODES:
        text = "" if 0 < width < len(NULL) and not right else text or NULL
    if not width:
        return text
    if text.isascii():
        if right:
            return (text if type(text) is Whole else text[:width]).rjust(width)
        return text[:width].ljust(width)
    raw = text.encode("utf-8", "surrogateescape")
    if right:
        return _text((raw if type(text) is Whole else raw[:width]).rjust(width))
    return _text(raw[:width].ljust(width))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def header(layout: Format[T]) -> str:
    """The heading's line, with its line end."""
    return "".join(_heading(field) + field.suffix for field in layout.fields) + "\n"


def _heading(field: Field[T]) -> str:
    column = field.column
    if column is None:
        return ""
    return cell(Whole(column.header) if column.whole_header else column.header, field.width, field.right)


def rows(layout: Format[T], records: Iterable[T], view: Any) -> Iterator[str]:
    """A line, with its line end, for each record."""
    plan = [
        (field.column.render if field.column else _nothing, field.width, field.right, field.suffix)
        for field in layout.fields
    ]
    for record in records:
        yield (
            "".join(
                [cell(render(record, view), width, right) + suffix for render, width, right, suffix in plan]
            )
            + "\n"
        )


def pattern(
    layout: Format[T], record: T, view: Any, render: Callable[[T, Any], str | None]
) -> Callable[[str], str]:
    """Makes lines of records that are like `record` but for what `render` renders, from that (ASCII) text."""
    parts, count = [], 0
    for field in layout.fields:
        if field.column and field.column.render is render:
            count += 1
            parts.append(
                f"%{'' if field.right else '-'}{field.width}.{field.width}s" if field.width else "%s"
            )
        else:
            text = cell(
                (field.column.render if field.column else _nothing)(record, view), field.width, field.right
            )
            parts.append(text.replace("%", "%%"))
        parts.append(field.suffix.replace("%", "%%"))
    made = "".join(parts) + "\n"
    if count == 1:
        return made.__mod__
    return lambda text: made % ((text,) * count)


def _nothing(record: Any, view: Any) -> str:
    return ""
