"""Sets of array task ids: `1-10:2%4` as `--array` takes it, `1,3,5-7%2` as squeue and scontrol show it, and the
`0x2E` form the controller keeps.  All releases (22.05, 24.11, 26.05) write them alike.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Final

import msgspec

from slurm_cli_proxy.notation.errors import NotationError

DEFAULT_LENGTH: Final = 64
MAX_LENGTH: Final = 4096

_PART: Final = r"([0-9]+)(?:-([0-9]+)(?::([0-9]+))?)?"
_HEX: Final = r"0[xX]([0-9a-fA-F]+)"
_LEADING_NUMBER: Final = r"(?a)\s*([+-]?[0-9]+)"
_MAX_TASK: Final = 4_000_001  # the largest MaxArraySize


class ArraySet(msgspec.Struct, frozen=True):
    """Task ids in ascending order; `limit` is how many may run at once (0: any number).

    `complete` is False where the text ended in `...`: the tool that wrote it left the rest out.
    """

    tasks: tuple[int, ...]
    limit: int = 0
    complete: bool = True


def parse(text: str) -> ArraySet:
    """Read any of the forms; repeated ids count once."""
    body, percent, after = text.partition("%")
    if percent and not _digits(after):
        raise NotationError(f"not a set of array tasks: {text!r}")
    limit = int(after) if percent else 0
    hexadecimal = re.fullmatch(_HEX, body)
    if hexadecimal:
        bits = bin(int(hexadecimal[1], 16))[:1:-1]
        return ArraySet(tuple(index for index, bit in enumerate(bits) if bit == "1"), limit)
    complete = not body.endswith("...")
    parts = body.split(",")
    if not complete:
        # The last id may have been cut in the middle; what was cut off clean leaves an empty part.
        parts.pop()
    tasks: set[int] = set()
    for part in parts:
        found = re.fullmatch(_PART, part)
        if not found:
            raise NotationError(f"not a set of array tasks: {text!r}")
        first = int(found[1])
        last = int(found[2]) if found[2] else first
        step = int(found[3]) if found[3] else 1
        if last < first or not step or last > _MAX_TASK:
            raise NotationError(f"not a set of array tasks: {text!r}")
        tasks.update(range(first, last + 1, step))
    return ArraySet(tuple(sorted(tasks)), limit, complete)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def format_tasks(tasks: Iterable[int], limit: int = 0, *, length: int = DEFAULT_LENGTH) -> str:
    """The set as native commands show it: `1-3,5`, `0-399:7`, with `%limit` after it.

    One step between all of six ids or more is shown as such.  What is longer than `length` allows ends in `...`
    (`bitstr_length` tells it; 0 for no bound).
    """
    ids = sorted(set(tasks))
    suffix = f"%{limit}" if limit else ""
    stepped = _stepped(ids)
    if stepped:
        return stepped + suffix
    return _cut(",".join(_ranges(ids)), length) + suffix


def format_ranges(tasks: Iterable[int]) -> str:
    """The set without steps, limit or bound: `1-3,5`."""
    return ",".join(_ranges(sorted(set(tasks))))


def _stepped(ids: list[int]) -> str:
    if len(ids) < 6 or ids[-1] - ids[0] < 12:
        return ""
    step = ids[1] - ids[0]
    if step < 2 or any(b - a != step for a, b in itertools.pairwise(ids)):
        return ""
    return f"{ids[0]}-{ids[-1]}:{step}"


def _ranges(ids: list[int]) -> list[str]:
    words: list[str] = []
    index = 0
    while index < len(ids):
        end = index
        while end + 1 < len(ids) and ids[end + 1] == ids[end] + 1:
            end += 1
        words.append(str(ids[index]) if end == index else f"{ids[index]}-{ids[end]}")
        index = end + 1
    return words


def _cut(text: str, length: int) -> str:
    if not length or len(text) <= length - 3:
        return text
    return (text[: max(length - 4, 0)] + "...")[: length - 1] if length > 4 else "." * (length - 1)


def bitstr_length(value: str | None) -> int:
    """What SLURM_BITSTR_LEN means: 64 where unset or negative, at most 4096; 0, or no number, is no bound."""
    if value is None:
        return DEFAULT_LENGTH
    found = re.match(_LEADING_NUMBER, value)
    number = int(found[1]) if found else 0
    return DEFAULT_LENGTH if number < 0 else min(number, MAX_LENGTH)
