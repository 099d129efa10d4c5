"""YAML as Slurm writes it: libyaml's block style, a tag before everything, at most 80 columns where there are blanks.

A text is plain where YAML allows it, else between single quotes, else (characters beyond printable ASCII, blanks beside
line ends) between double ones.
"""

from __future__ import annotations

import re
from typing import Final

_WIDTH: Final = 80
_ENDLESS: Final = 1 << 31
_STEP: Final = 2

_UNPRINTABLE: Final = re.compile("[^\n -~]")
"""Slurm has libyaml write ASCII only."""
_NO_FIRST: Final = frozenset("#,[]{}&*!|>'\"%@`")
_MARKER: Final = re.compile(r": |:$| #")
_EDGE_MARKER: Final = re.compile(r"[-?:](?: |$)")
_BESIDE_BREAK: Final = re.compile("\n | \n")
_HARMLESS: Final = re.compile(r"[A-Za-z0-9/_(=+][A-Za-z0-9/_.,=()+@*-]*")

_ESCAPES: Final = {
    "\0": "0", "\a": "a", "\b": "b", "\t": "t", "\n": "n", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e",
    '"': '"', "\\": "\\", "\x85": "N", "\xa0": "_", "\u2028": "L", "\u2029": "P",
}  # fmt: skip


def dump(value: object, *, tags: bool = True, folded: bool = True) -> str:
    """A value made of dict, list, str, int, float, bool and None as a document, its end mark included.

    `tags`: whether each value is preceded by what it is.  `folded`: whether long lines are.
    """
    writer = _Writer(tags=tags, width=_WIDTH if folded else _ENDLESS)
    writer.node("---", value, 0, in_sequence=False)
    return "%YAML 1.1\n" + "\n".join(writer.lines) + "\n...\n"


class _Writer:
    """The lines of a document."""

    __slots__ = ("key", "lines", "tags", "width")

    def __init__(self, *, tags: bool, width: int) -> None:
        self.width = width
        self.lines: list[str] = []
        kinds = ("str", "bool", "int", "float", "map", "seq", "null")
        self.tags = {kind: f" !!{kind}" if tags else "" for kind in kinds}
        self.key = "!!str " if tags else ""

    def node(self, head: str, value: object, indent: int, *, in_sequence: bool) -> None:
        """Add what stands behind `head`; `indent` is that of its members."""
        tags = self.tags
        if isinstance(value, str):
            head += tags["str"]
            text = (
                value
                if len(value) < _WIDTH and _HARMLESS.fullmatch(value)
                else scalar(value, len(head), indent, self.width)
            )
            self.lines.append(f"{head} {text}" if text else head)
        elif isinstance(value, bool):
            self.lines.append(f"{head}{tags['bool']} {'true' if value else 'false'}")
        elif isinstance(value, int):
            self.lines.append(f"{head}{tags['int']} {value}")
        elif isinstance(value, float):
            self.lines.append(f"{head}{tags['float']} {value:f}")
        elif isinstance(value, dict):
            self._mapping(head + tags["map"], value, indent, in_sequence=in_sequence)
        elif isinstance(value, list):
            within = indent if in_sequence else max(indent - _STEP, 0)
            self._sequence(head + tags["seq"], value, within, in_sequence=in_sequence)
        else:
            self.lines.append(f"{head}{tags['null']} null")

    def _mapping(self, head: str, value: dict[str, object], indent: int, *, in_sequence: bool) -> None:
        if not value:
            self.lines.append(f"{head} {{}}")
            return
        start = self._start(head, indent, in_sequence=in_sequence)
        for key, member in value.items():
            self.node(f"{start}{self.key}{key}:", member, indent + _STEP, in_sequence=False)
            start = " " * indent

    def _sequence(self, head: str, value: list[object], indent: int, *, in_sequence: bool) -> None:
        """A sequence that is a mapping's value stands as far left as the mapping's keys."""
        if not value:
            self.lines.append(f"{head} []")
            return
        start = self._start(head, indent, in_sequence=in_sequence)
        for member in value:
            self.node(f"{start}-", member, indent + _STEP, in_sequence=True)
            start = " " * indent

    def _start(self, head: str, indent: int, *, in_sequence: bool) -> str:
        """What the first member stands behind: the mark of the sequence that it is in, where no tag is between."""
        if in_sequence and not self.key:
            return f"{head} "
        self.lines.append(head)
        return " " * indent


def scalar(text: str, column: int, indent: int, width: int = _WIDTH) -> str:
    """A text in the style that it needs; `column` is where the blank before it stands, `indent` of what follows."""
    if not text:
        return ""
    if _UNPRINTABLE.search(text) or _BESIDE_BREAK.search(text):
        return _double(text, column + 1, indent, width)
    if _is_plain(text):
        return _folded(text, column + 1, indent, width)
    return _single(text, column + 1, indent, width)


def _is_plain(text: str) -> bool:
    if text[0] in _NO_FIRST or " " in (text[0], text[-1]) or "\n" in text:
        return False
    if text.startswith(("---", "...")) or _EDGE_MARKER.match(text):
        return False
    return not _MARKER.search(text)


def _folded(text: str, column: int, indent: int, width: int) -> str:
    """A plain text, its lines broken at single blanks."""
    if column + len(text) <= width:
        return text
    out: list[str] = []
    for at, char in enumerate(text):
        single = char == " " and text[at - 1] != " " and text[at + 1] != " "
        if single and column > width:
            out.append("\n" + " " * indent)
            column = indent
        else:
            out.append(char)
            column += 1
    return "".join(out)


def _single(text: str, column: int, indent: int, width: int) -> str:
    out = ["'"]
    column += 1
    broken = False
    last = len(text) - 1
    for at, char in enumerate(text):
        if char == " ":
            foldable = 0 < at < last and text[at - 1] != " " and text[at + 1] != " "
            if foldable and column > width:
                out.append("\n" + " " * indent)
                column = indent
            else:
                out.append(char)
                column += 1
        elif char == "\n":
            out.append(char if broken else char * 2)
            column, broken = 0, True
        else:
            if broken:
                out.append(" " * indent)
                column, broken = indent, False
            out.append("''" if char == "'" else char)
            column += 2 if char == "'" else 1
    if broken:
        out.append(" " * indent)
    return "".join([*out, "'"])


def _double(text: str, column: int, indent: int, width: int) -> str:
    out = ['"']
    column += 1
    spaces = False
    last = len(text) - 1
    for at, char in enumerate(text):
        if char == " " and not spaces and column > width and 0 < at < last:
            out.append("\n" + " " * indent + ("\\" if text[at + 1] == " " else ""))
            column = indent + (text[at + 1] == " ")
        else:
            shown = _escaped(char) if char in '"\\\n' or _UNPRINTABLE.match(char) else char
            out.append(shown)
            column += len(shown)
        spaces = char == " "
    return "".join([*out, '"'])


def _escaped(char: str) -> str:
    known = _ESCAPES.get(char)
    if known:
        return "\\" + known
    number = ord(char)
    if number <= 0xFF:
        return f"\\x{number:02X}"
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"
