"""YAML as Slurm writes it: libyaml's block style, a tag before everything, at most 80 columns where there are blanks.

A text is plain where YAML allows it, else between single quotes, else (characters beyond printable ASCII, blanks beside
line ends) between double ones.
"""

from __future__ import annotations

import re
from typing import Final

_WIDTH: Final = 80
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


def dump(value: object) -> str:
    """A value made of dict, list, str, int, float, bool and None as a document, its end mark included."""
    lines: list[str] = []
    _node(lines, "---", value, 0, in_sequence=False)
    return "%YAML 1.1\n" + "\n".join(lines) + "\n...\n"


def _node(lines: list[str], head: str, value: object, indent: int, *, in_sequence: bool) -> None:
    """Add what stands behind `head`; `indent` is that of its members."""
    if isinstance(value, str):
        head += " !!str"
        text = (
            value if len(value) < _WIDTH and _HARMLESS.fullmatch(value) else scalar(value, len(head), indent)
        )
        lines.append(f"{head} {text}" if text else head)
    elif isinstance(value, bool):
        lines.append(f"{head} !!bool {'true' if value else 'false'}")
    elif isinstance(value, int):
        lines.append(f"{head} !!int {value}")
    elif isinstance(value, float):
        lines.append(f"{head} !!float {value:f}")
    elif isinstance(value, dict):
        _mapping(lines, head, value, indent)
    elif isinstance(value, list):
        _sequence(lines, head, value, indent if in_sequence else indent - _STEP)
    else:
        lines.append(f"{head} !!null null")


def _mapping(lines: list[str], head: str, value: dict[str, object], indent: int) -> None:
    if not value:
        lines.append(f"{head} !!map {{}}")
        return
    lines.append(f"{head} !!map")
    margin = " " * indent
    for key, member in value.items():
        _node(lines, f"{margin}!!str {key}:", member, indent + _STEP, in_sequence=False)


def _sequence(lines: list[str], head: str, value: list[object], indent: int) -> None:
    """A sequence that is a mapping's value stands as far left as the mapping's keys."""
    if not value:
        lines.append(f"{head} !!seq []")
        return
    lines.append(f"{head} !!seq")
    margin = " " * max(indent, 0)
    for member in value:
        _node(lines, f"{margin}-", member, max(indent, 0) + _STEP, in_sequence=True)


def scalar(text: str, column: int, indent: int) -> str:
    """A text in the style that it needs; `column` is where the blank before it stands, `indent` of what follows."""
    if not text:
        return ""
    if _UNPRINTABLE.search(text) or _BESIDE_BREAK.search(text):
        return _double(text, column + 1, indent)
    if _is_plain(text):
        return _folded(text, column + 1, indent)
    return _single(text, column + 1, indent)


def _is_plain(text: str) -> bool:
    if text[0] in _NO_FIRST or " " in (text[0], text[-1]) or "\n" in text:
        return False
    if text.startswith(("---", "...")) or _EDGE_MARKER.match(text):
        return False
    return not _MARKER.search(text)


def _folded(text: str, column: int, indent: int) -> str:
    """A plain text, its lines broken at single blanks."""
    if column + len(text) <= _WIDTH:
        return text
    out: list[str] = []
    for at, char in enumerate(text):
        single = char == " " and text[at - 1] != " " and text[at + 1] != " "
        if single and column > _WIDTH:
            out.append("\n" + " " * indent)
            column = indent
        else:
            out.append(char)
            column += 1
    return "".join(out)


def _single(text: str, column: int, indent: int) -> str:
    out = ["'"]
    column += 1
    broken = False
    last = len(text) - 1
    for at, char in enumerate(text):
        if char == " ":
            foldable = 0 < at < last and text[at - 1] != " " and text[at + 1] != " "
            if foldable and column > _WIDTH:
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


def _double(text: str, column: int, indent: int) -> str:
    out = ['"']
    column += 1
    spaces = False
    last = len(text) - 1
    for at, char in enumerate(text):
        if char == " " and not spaces and column > _WIDTH and 0 < at < last:
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
