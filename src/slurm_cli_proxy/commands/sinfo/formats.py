"""Formats: `--format` by letters, `--Format` by names, the default ones; and making columns fit what they show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.columns.column import Release, by_letter, by_name, for_release
from slurm_cli_proxy.columns.sinfo import COLUMNS, TABLE, Column, View, is_default
from slurm_cli_proxy.commands.sinfo.lines import Line
from slurm_cli_proxy.context import decode, encode
from slurm_cli_proxy.layout import percent

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


_INVALID: Final = Column(
    "", (), "", (), lambda line, view: ""
)  # stands for a name that is none while one is read


class Layout(msgspec.Struct):
    """A row's format, and what to say on standard error about the parts of it that are none."""

    format: percent.Format[Line]
    complaints: list[str]

    @property
    def columns(self) -> list[Column]:
        """The columns, in order."""
        return [field.column for field in self.format.fields if isinstance(field.column, Column)]

    @property
    def matches(self) -> frozenset[str]:
        """In what nodes must agree to share a line."""
        return frozenset(column.match for column in self.columns if column.match)


def by_letters(text: str, release: Release) -> Layout:
    """`%.5a|%N`: what stands before the first `%` is printed as it is, and what follows a letter, too."""
    table = for_release(COLUMNS, release)
    letters = by_letter(table)
    head = text.partition("%")[0]
    if text[len(head) :].lower() == "%all":
        blanks = {letter: " " if letter.isupper() else "" for letter in sorted(letters, key=str.swapcase)}
        text = head + "|".join(f"%{letter}{blank}" for letter, blank in blanks.items())
    complaints: list[str] = []
    unnamed = next(column for column in table if not column.letter) if release >= TABLE else None
    format = percent.parse_letters(
        text,
        letters,
        lambda letter: complaints.append(f"Invalid node format specification: {letter or chr(0)}\n"),
        unnamed=unnamed,
    )
    return Layout(format, complaints)


def by_names(text: str, release: Release) -> Layout:
    """`partition,nodes:.6 ,state`: a name, then `:`, `.` to align to the right, the width, and what follows it."""
    names = by_name(for_release(COLUMNS, release))
    fields: list[percent.Field[Line]] = []
    complaints: list[str] = []
    for token in text.split(","):
        name = token.partition(":")[0]
        if name.lower() == "all":
            fields += by_letters("%all", release).format.fields
            if release < TABLE:
                continue
        if token and name.lower() not in names:
            complaints.append(f"sinfo: error: Invalid job format specification: {name}\n")
            names = {**names, name.lower(): _INVALID}
        for field in percent.parse_names(token, names, complaints.append).fields:
            fields.append(percent.Field(suffix=field.suffix) if field.column is _INVALID else field)
    return Layout(percent.Format(tuple(fields)), complaints)


def fitted(
    layout: Layout, lines: Sequence[Line], view: View, *, partitions: bool, nodes: bool
) -> percent.Format[Line]:
    """The format with the partitions' column, or the nodes', as wide as its longest text, where that is asked for."""
    width: dict[str, int] = {}
    if partitions:
        names = [len(encode(line.partition.name)) + is_default(line, view) for line in lines]
        width["partition"] = max([MIN_WIDTH, *names])
    if nodes:
        width["nodes"] = max([MIN_WIDTH, *(len(line.node_list()) for line in lines)])
    fields = []
    for field in layout.format.fields:
        column = field.column
        if isinstance(column, Column):
            field = msgspec.structs.replace(field, width=width.get(column.width_of, field.width))
            if column.starred and field.width:
                field = msgspec.structs.replace(field, column=_with_star(column, field.width))
        fields.append(field)
    return percent.Format(tuple(fields))


def _with_star(column: Column, width: int) -> Column:
    """The column with its star in place of the last character, where the text is longer than the width."""

    def render(line: Line, view: View) -> str:
        raw = encode(column.render(line, view) or "")
        return decode(raw[: width - 1] + b"*" if len(raw) > width and raw.endswith(b"*") else raw)

    return msgspec.structs.replace(column, render=render)
