"""Formats: `--format` by letters, `--Format` by names, the default ones; and printing lines by them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from slurm_cli_proxy.columns.sinfo import Column, Release, View, for_release, is_default
from slurm_cli_proxy.commands.sinfo.lines import Line
from slurm_cli_proxy.layout.percent import cell

LETTERS_TABLE: Final = (23, 2)  # since then a missing letter means the first column that has none
MAX_WIDTH: Final = 1 << 22
MIN_WIDTH: Final = 9

SUMMARY: Final = "partition:9 ,available:.5 ,time:.10 ,nodeaiot:.16 ,nodelist:0"
NODE: Final = "nodelist:0 ,nodes:.6 ,partition:.9 ,statecompact:6"
NODE_LONG: Final = (
    "nodelist:0 ,nodes:.6 ,partition:.9 ,statelong:.11 ,cpus:4 ,socketcorethread:.8 ,memory:.6 ,disk:.8 "
    ",weight:.6 ,features:.8 ,reason:20"
)
REASONS: Final = "reason:20 ,user:9 ,timestamp:19 ,nodelist:0"
REASONS_LONG: Final = "reason:20 ,userlong:12 ,timestamp:19 ,statecompact:6 ,nodelist:0"
PLAIN: Final = "partition:9 ,available:.5 ,time:.10 ,nodes:.6 ,statecompact:.6 ,nodelist:0"
_LONG_START: Final = (
    "partition:9 ,available:.5 ,time:.10 ,size:.10 ,root:.4 ,oversubscribe:.8 ,groups:.10 ,nodes:.6 "
    ",statelong:.11 "
)
LONG: Final = _LONG_START + ",reservation:.11 ,nodelist:0"
LONG_22_05: Final = _LONG_START + ",nodelist:0"

_TOKEN = re.compile(r"(\.?)([0-9]*)(.?)", re.DOTALL)
_SIZE = re.compile(r"\s*([+-]?[0-9]+)")
_EVERY: Final = "|".join(
    [f"%{chr(c)}" for c in range(ord("a"), ord("z") + 1)]
    + [f"%{chr(c)} " for c in range(ord("A"), ord("Z") + 1)]
)


class Field(msgspec.Struct):
    """A column in its place; without column, only text."""

    column: Column | None
    width: int = 0
    right: bool = False
    suffix: str = ""


class Format(msgspec.Struct):
    """A row: the fields, and what to say on standard error about those that are none."""

    fields: list[Field]
    complaints: list[str]

    @property
    def columns(self) -> list[Column]:
        """The columns, in order."""
        return [field.column for field in self.fields if field.column]

    @property
    def matches(self) -> frozenset[str]:
        """In what nodes must agree to share a line."""
        return frozenset(column.match for column in self.columns if column.match)

    @property
    def node_fields(self) -> frozenset[str]:
        """What it prints of nodes."""
        return frozenset(name for column in self.columns for name in column.node)


def by_letters(text: str, release: Release) -> Format:
    """`%.5a|%N`: what stands before the first `%` is printed as it is, and what follows a letter, too."""
    table = for_release(release)
    letters = {column.letter: column for column in reversed(table) if column.letter}
    if release >= LETTERS_TABLE:
        letters[""] = next(column for column in table if not column.letter)
    format = Format([], [])
    head, percent, rest = text.partition("%")
    if head:
        format.fields.append(Field(None, suffix=head))
    everything = percent + rest == "%all"
    rest = (_EVERY if everything else percent + rest)[1:]
    while rest:
        token, _, following = rest.partition("%")
        if token:
            _letter(format, token, following, letters, quiet=everything)
        rest = following
    return format


def _letter(format: Format, token: str, following: str, letters: dict[str, Column], *, quiet: bool) -> None:
    found = _TOKEN.match(token)
    assert found
    dot, digits, letter = found.groups()
    column = letters.get(letter)
    suffix = token[found.end() :] if letter else following  # native reads on behind the end of the token
    if column:
        format.fields.append(Field(column, _width(digits), bool(dot), suffix))
    elif not quiet:
        format.fields.append(Field(None, suffix="%" + token))
        byte = (letter or "\0").encode("utf-8", "surrogateescape")[:1].decode("utf-8", "surrogateescape")
        format.complaints.append(f"Invalid node format specification: {byte}\n")


def by_names(text: str, release: Release) -> Format:
    """`partition,nodes:.6 ,state`: a name, then `:`, `.` to align to the right, the width, and what follows it."""
    table = for_release(release)
    names = {column.name.lower(): column for column in reversed(table)}
    format = Format([], [])
    for token in filter(None, text.split(",")):
        name, colon, rest = token.partition(":")
        width, right, suffix = 20, False, ""
        if colon:
            right = rest.startswith(".")
            rest = rest[right:]
            size = _SIZE.match(rest)
            width = _width(size[1]) if size else 0
            suffix = rest[size.end() if size else 0 :]
        if name.lower() == "all":
            every = by_letters("%all", release)
            format.fields += every.fields
            if release < LETTERS_TABLE:
                continue
        column = names.get(name.lower())
        if column is None:
            format.complaints.append(f"sinfo: error: Invalid job format specification: {name}\n")
        format.fields.append(Field(column, width, right, suffix))
    return format


def _width(digits: str) -> int:
    if len(digits) > 7:
        return MAX_WIDTH
    return min(max(int(digits or 0), 0), MAX_WIDTH)


def fit(format: Format, lines: Iterable[Line], view: View, *, nodes: bool) -> None:
    """Make the partition's column, and with `nodes` the nodes' one, as wide as their longest text."""
    width = {"partition": MIN_WIDTH}
    lines = list(lines)
    for line in lines:
        length = len(line.partition.name.encode("utf-8", "surrogateescape")) + is_default(line, view)
        width["partition"] = max(width["partition"], length)
    if nodes:
        width["nodes"] = max([MIN_WIDTH, *(len(line.node_list()) for line in lines)])
    for field in format.fields:
        if field.column and field.column.width_of in width:
            field.width = width[field.column.width_of]


def header(format: Format) -> str:
    """The heading's line."""
    words = []
    for field in format.fields:
        column = field.column
        if column:
            text = column.header
            whole = column.whole_header and field.right and len(text) > field.width
            words.append(text if whole else cell(text, field.width, field.right))
        words.append(field.suffix)
    return "".join(words) + "\n"


def row(format: Format, line: Line, view: View) -> str:
    """The line of a line."""
    words = []
    for field in format.fields:
        column = field.column
        if column:
            words.append(_cell(column.render(line, view), field, column))
        words.append(field.suffix)
    return "".join(words) + "\n"


def _cell(text: str | None, field: Field, column: Column) -> str:
    if (
        text is None
    ):  # as C prints a null pointer: whole, or, where it is to be cut to less than that, not at all
        text = "" if 0 < field.width < 6 and not field.right else "(null)"
    if column.starred and text.endswith("*") and len(text) > field.width > 0:
        text = cell(text, field.width - 1, field.right) + "*"
    return cell(text, field.width, field.right)
