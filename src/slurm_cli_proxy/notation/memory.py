"""Amounts of memory: `--mem` forms, and quantities with a unit as native commands print them.

All releases (22.05, 24.11, 26.05) read and print them alike.
"""

from __future__ import annotations

import re
from typing import Final

from slurm_cli_proxy.notation.errors import NotationError

UNITS: Final = ("", "K", "M", "G", "T", "P", "?")

_TEXT: Final = r"(?ai)\s*\+?([0-9]+)(?:([kmgt])b?)?"
_SHIFT: Final = {"": 0, "m": 0, "g": 10, "t": 20}
_BIGGEST: Final = (1 << 63) - 1


def parse_megabytes(text: str) -> int:
    """Megabytes in `10`, `10K` (rounded up), `10M`, `10G`, `10T`, each also with a B; in any case, whole numbers."""
    found = re.fullmatch(_TEXT, text)
    if not found or int(found[1]) > _BIGGEST:
        raise NotationError(f"not an amount of memory: {text!r}")
    number, unit = int(found[1]), (found[2] or "").lower()
    if unit == "k":
        return (number + 1023) >> 10
    return number << _SHIFT[unit] & ((1 << 64) - 1)


def format_units(number: float, unit: str = "M", *, exact: bool = True, convert: bool = True) -> str:
    """A quantity in the largest unit it reaches: `4G`, `1.50G`, `100M`; `0` has no unit.

    `unit` is the one `number` is in.  Native commands go no further than halves (`exact`: 1536 MB are 1.50G, and
    1025 MB stay 1025M); `exact=False` rounds to two decimals; `convert=False` keeps the unit.
    """
    if not number:
        return "0"
    index = UNITS.index(unit)
    value = float(number)
    if convert and exact:
        while value >= 1024 and int(value) % 512 == 0:
            value /= 1024
            index += 1
    elif convert:
        while value >= 1024:
            value /= 1024
            index += 1
    whole = int(value)
    suffix = UNITS[min(index, len(UNITS) - 1)]
    return f"{whole}{suffix}" if whole == value else f"{value:.2f}{suffix}"
