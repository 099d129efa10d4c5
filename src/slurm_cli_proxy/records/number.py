"""Numbers as the REST API writes them.

Up to v0.0.38 a number is a plain JSON number, ``null`` (or Slurm's own NO_VAL) where unset; later versions
write ``{"set": bool, "infinite": bool, "number": n}``.  `Number` admits both and `number` gives the one meaning:
an int, `INFINITE`, or None where unset.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class NumberObject(Struct):
    """The newer form, ``{"set", "infinite", "number"}``; older ones of it leave keys out."""

    set: bool = False
    infinite: bool = False
    number: int | float = 0


class Infinite(int):
    """The type of `INFINITE`: an int larger than every number Slurm sends, so that it compares as one."""

    def __repr__(self) -> str:
        return "INFINITE"


Number = int | float | str | NumberObject | None

INFINITE: Final = Infinite(2**64)

# slurm.h: NO_VAL64, NO_VAL and NO_VAL16 mark "unset", INFINITE64, INFINITE and INFINITE16 "no limit".
NO_VALS: Final = frozenset({0xFFFFFFFFFFFFFFFE, 0xFFFFFFFE})
INFINITES: Final = frozenset({0xFFFFFFFFFFFFFFFF, 0xFFFFFFFF})
NO_VAL16: Final = 0xFFFE
INFINITE16: Final = 0xFFFF


def number(value: Number) -> int | None:
    """The whole number in `value`: None where unset, `INFINITE` where unlimited, fractions cut off."""
    if value is None:
        return None
    if isinstance(value, NumberObject):
        if value.infinite:
            return INFINITE
        return int(value.number) if value.set else None
    if isinstance(value, str):
        try:
            return number(float(value) if "." in value else int(value))
        except ValueError:
            return INFINITE if value.upper() in ("INFINITE", "UNLIMITED") else None
    if value in NO_VALS or value == -2:
        return None
    if value in INFINITES or value == -1:
        return INFINITE
    return int(value)


def number16(value: Number) -> int | None:
    """`number`, for fields that Slurm keeps in 16 bits, whose plain form has 16-bit marks."""
    n = number(value)
    if n == NO_VAL16:
        return None
    return INFINITE if n == INFINITE16 else n


def number_or(value: Number, default: int) -> int:
    """`number`, with `default` where unset."""
    n = number(value)
    return default if n is None else n
