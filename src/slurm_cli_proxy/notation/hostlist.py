"""Host lists: `node[1-4,07],gpu01,r[1-2]n[01-16]`, to names and back.

A list keeps its order and its repetitions.  Names that follow one another and differ only in a number at their end
are written as one range; neighbours with the same beginning share brackets.  Leading zeros are part of a name:
`n1` and `n01` are two hosts, and `n[09-10]` is `n09`, `n10`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cmp_to_key
from typing import Final

from slurm_cli_proxy.notation.errors import NotationError

MAX_RANGE: Final = 65536
_MAX_NUMBER: Final = (1 << 64) - 1
_NEWEST: Final = (99, 0)

# Patterns are compiled by the first list that has brackets.
# An opening bracket that is not the last one before the closing one belongs to the name.
_PIECE: Final = r"([^[]*(?:\[[^][]*(?=\[))*)\[([^][]*)\]"
# C's strtoul takes blanks and a plus sign, and they count in the width.
_RANGE: Final = r"(?a)(\s*\+?[0-9]+)(?:(\s*)-(\s*\+?[0-9]+)?)?"

Range = tuple[str, int, int, int]
"""(prefix, first, last, width); a name without a number at its end has width 0 and first = last = 0."""


class HostlistError(NotationError):
    """`log` is what the native command logs about it before it calls the list invalid ("" if nothing)."""

    def __init__(self, text: str, log: str = "") -> None:
        super().__init__(f"Invalid hostlist: {text}")
        self.log = log


def expand(text: str, release: tuple[int, int] = _NEWEST) -> list[str]:
    """The names in a host list, in order.

    Names are separated by commas and blanks.  A range has at most 65,536 hosts.  Text after the last bracket
    (`n[1-2]x`), and a list over several lines, are read since 23.02; before, the first is an error.
    """
    names: list[str] = []
    for word in _words(text, release):
        if "[" not in word:
            names.append(_plain(word))
            continue
        names.extend(_expand_word(word, text, release))
    return names


def _words(text: str, release: tuple[int, int]) -> Iterator[str]:
    """Words between separators that are not in brackets.  An opening bracket never closed holds nothing together."""
    separators = ", \t\n" if _since_suffixes(release) else ", \t"
    last_close = text.rfind("]")
    start = 0
    inside = False
    for index, character in enumerate(text):
        if inside:
            inside = character != "]"
        elif character == "[":
            inside = index < last_close
        elif character in separators:
            if index > start:
                yield text[start:index]
            start = index + 1
    if start < len(text):
        yield text[start:]


def _since_suffixes(release: tuple[int, int]) -> bool:
    return release >= (23, 2)


def _plain(name: str) -> str:
    """A name as Slurm keeps it: a number too big for 64 bits becomes the biggest."""
    if len(name) < 20:
        return name
    prefix, digits = _split(name)
    return f"{prefix}{_MAX_NUMBER}" if digits and int(digits) > _MAX_NUMBER else name


def _expand_word(word: str, text: str, release: tuple[int, int]) -> list[str]:
    head, _, rest = word.rpartition("[")
    if "]" not in rest:
        if _since_suffixes(release):
            raise HostlistError(text)
        return [f"{head}]" if head else rest]  # what 22.05 makes of a bracket never closed
    pieces = list(re.finditer(_PIECE, word))
    end = pieces[-1].end() if pieces else 0
    suffix = word[end:]
    if "[" in suffix or (suffix and not _since_suffixes(release)):
        raise HostlistError(text)
    numbers = [_numbers(piece[2], text) for piece in pieces]
    # Native order: the last bracket runs fastest, then the first, the second, and so on.
    heads = [""]
    for piece, choices in zip(pieces[:-1], numbers[:-1], strict=True):
        heads = [f"{head}{piece[1]}{number}" for number in choices for head in heads]
    last = pieces[-1][1]
    return [f"{head}{last}{number}{suffix}" for head in heads for number in numbers[-1]]


def _numbers(ranges: str, text: str) -> list[str]:
    numbers: list[str] = []
    for part in ranges.split(","):
        found = re.fullmatch(_RANGE, part)
        if not found:
            raise HostlistError(text, f"_parse_single_range: Invalid range: `{part}'")
        low = min(int(found[1]), _MAX_NUMBER)
        high = min(int(found[3]), _MAX_NUMBER) if found[3] else low
        if high < low:
            raise HostlistError(text, f"_parse_single_range: Invalid range: `{part}'")
        if high - low + 1 > MAX_RANGE:
            raise HostlistError(text, f"_parse_single_range: Too many hosts in range `{part}'")
        width = len(found[1]) + len(found[2] or "")
        numbers.extend(f"{number:0{width}}" for number in range(low, high + 1))
    return numbers


def compress(hosts: Iterable[str]) -> str:
    """The list as `scontrol show hostlist` writes it: order and repetitions kept."""
    return _format(_ranges(hosts))


def compress_sorted(hosts: Iterable[str], *, unique: bool = False) -> str:
    """The list as `scontrol show hostlistsorted` writes it; `unique` drops repetitions.

    Beginnings sort as people count (`r2n` before `r10n`), numbers by how many digits they are written with first.
    """
    ranges = _ranges(hosts)
    prefixes = sorted({one[0] for one in ranges}, key=cmp_to_key(_compare_naturally))
    rank = {prefix: number for number, prefix in enumerate(prefixes)}

    def compare(a: Range, b: Range) -> int:
        return rank[a[0]] - rank[b[0]] or _compare_numbers(a, b)

    merged: list[Range] = []
    group: list[Range] = []
    for one in sorted(ranges, key=cmp_to_key(compare)):
        if group and (one[0] != group[-1][0] or not _alike(group[-1], one)):
            _merge(merged, group, unique=unique)
            group = []
        group.append(one)
    _merge(merged, group, unique=unique)
    return _format(merged)


def _alike(a: Range, b: Range) -> bool:
    return a[3] == b[3] or bool(a[3] and b[3] and _common_width(a[1], a[3], b[1], b[3]))


def _compare_numbers(a: Range, b: Range) -> int:
    if a[3] and b[3] and _alike(a, b):
        return a[1] - b[1]
    return a[3] - b[3]


def _merge(merged: list[Range], group: list[Range], *, unique: bool) -> None:
    """Append ranges of one prefix host by host, in order."""
    hosts = [
        (number, width, prefix) for prefix, first, last, width in group for number in range(first, last + 1)
    ]
    hosts.sort()
    previous = None
    for number, width, prefix in hosts:
        if not (unique and number == previous):
            _append(merged, (prefix, number, number, width))
        previous = number


def _split(name: str) -> tuple[str, str]:
    prefix = name.rstrip("0123456789")
    return prefix, name[len(prefix) :]


def _ranges(hosts: Iterable[str]) -> list[Range]:
    ranges: list[Range] = []
    for name in hosts:
        prefix, digits = _split(name)
        if digits:
            number = int(digits)
            _append(ranges, (prefix, number, number, len(digits)))
        else:
            ranges.append((prefix, 0, 0, 0))
    return ranges


def _append(ranges: list[Range], new: Range) -> None:
    """Add a range, making the last one longer where it goes on there."""
    if ranges:
        prefix, first, last, width = ranges[-1]
        if new[0] == prefix and new[1] == last + 1 and width and new[3]:
            common = _common_width(last, width, new[1], new[3])
            if common:
                ranges[-1] = (prefix, first, new[2], common)
                return
    ranges.append(new)


def _common_width(a: int, a_width: int, b: int, b_width: int) -> int:
    """The width that pads both numbers as their own does; 0 if there is none."""
    if a_width == b_width:
        return a_width
    a_digits, b_digits = len(str(a)), len(str(b))
    for width in (a_width, b_width):
        if max(width, a_digits) == max(a_width, a_digits) and max(width, b_digits) == max(b_width, b_digits):
            return width
    return 0


def _format(ranges: list[Range]) -> str:
    words = []
    index = 0
    while index < len(ranges):
        prefix, _, _, width = ranges[index]
        end = index + 1
        while end < len(ranges) and width and ranges[end][3] and ranges[end][0] == prefix:
            end += 1
        numbers = ",".join(_format_range(one) for one in ranges[index:end])
        words.append(f"{prefix}[{numbers}]" if end - index > 1 or "-" in numbers else prefix + numbers)
        index = end
    return ",".join(words)


def _format_range(one: Range) -> str:
    _, first, last, width = one
    if not width:
        return ""
    low = f"{first:0{width}}"
    return low if first == last else f"{low}-{last:0{width}}"


def _compare_naturally(a: str, b: str) -> int:
    """Order of two texts with numbers in them, where a number with leading zeros is compared digit by digit."""
    parts_a, parts_b = re.split("([0-9]+)", a), re.split("([0-9]+)", b)  # odd places hold the digits
    for index, (x, y) in enumerate(zip(parts_a, parts_b, strict=False)):
        if x == y:
            continue
        if index % 2:
            if len(x) != len(y) and not x.startswith("0") and not y.startswith("0"):
                return len(x) - len(y)
            return -1 if x < y else 1
        # Only here does one text's number meet the other's letters.
        rest_a, rest_b = x + "".join(parts_a[index + 1 :]), y + "".join(parts_b[index + 1 :])
        return -1 if rest_a < rest_b else 1
    return len(parts_a) - len(parts_b)
