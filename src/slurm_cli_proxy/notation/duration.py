"""Durations: time limits as users write them, and the three ways in which native commands print durations.

Read the same by all releases (22.05, 24.11, 26.05).  Seconds are rounded up to whole minutes where a limit is kept
in minutes; fields may exceed their range (`1:99` is 2 minutes 39 seconds); numbers that do not fit wrap at 32 bits.
"""

from __future__ import annotations

import re
from typing import Final

from slurm_cli_proxy.notation.errors import NotationError

INFINITE: Final = 0xFFFFFFFF
"""Slurm's number for "no limit", returned by the parsers for UNLIMITED, INFINITE and -1."""

_NO_VAL: Final = -2
_UNLIMITED: Final = frozenset({"-1", "infinite", "unlimited"})
_HUGE: Final = 1 << 63  # an "infinite" that is larger than any number of Slurm's, whoever uses one

# Not compiled until needed: most calls of a command print durations and read none.
# One number and one hyphen are days, wherever the hyphen stands: 5- is five days and -5 is minus five.
_DAYS: Final = r"(-[0-9]+|[0-9]+-)|([0-9]+)-([0-9]+)(?::([0-9]+)(?::([0-9]+))?)?"
_CLOCK: Final = r"([0-9]+)(?::([0-9]+)(?::([0-9]+))?)?"


def parse_seconds(text: str) -> int:
    """Seconds in `minutes`, `minutes:seconds`, `hours:minutes:seconds`, `days-hours`, `days-hours:minutes`,
    `days-hours:minutes:seconds`; INFINITE for `UNLIMITED` and the like."""
    if text.lower() in _UNLIMITED:
        return INFINITE
    return _unsigned(_seconds(text), text)


def parse_minutes(text: str) -> int:
    """`parse_seconds` in whole minutes, rounded up: what `--time` means.  (0 is "no limit" to sbatch.)"""
    if text.lower() in _UNLIMITED:
        return INFINITE
    seconds = _seconds(text)
    if seconds not in (-1, _NO_VAL):
        seconds = _wrap(seconds + 59)
        seconds = seconds // 60 if seconds >= 0 else -(-seconds // 60)  # towards zero, as C divides
    return _unsigned(seconds, text)


def _seconds(text: str) -> int:
    clock = re.fullmatch(_CLOCK, text)
    if clock:
        first, second, third = clock.groups()
        if third is not None:
            total = _int(first) * 3600 + _int(second) * 60 + _int(third)
        else:
            total = _int(first) * 60 + _int(second)
        return _wrap(total)
    days = re.fullmatch(_DAYS, text)
    if not days:
        raise NotationError(f"not a duration: {text!r}")
    lone, day, hour, minute, second = days.groups()
    total = (
        _int((lone or day).removesuffix("-")) * 86400 + _int(hour) * 3600 + _int(minute) * 60 + _int(second)
    )
    return _wrap(total)


def _int(digits: str | None) -> int:
    """What C's %d makes of digits."""
    if not digits:
        return 0
    return _wrap(max(min(int(digits), (1 << 63) - 1), -(1 << 63)))


def _wrap(number: int) -> int:
    number &= 0xFFFFFFFF
    return number - (1 << 32) if number >> 31 else number


def _unsigned(number: int, text: str) -> int:
    if number == _NO_VAL:
        raise NotationError(f"not a duration: {text!r}")
    return number & 0xFFFFFFFF


def format_seconds(seconds: int) -> str:
    """As scontrol and sacct print a duration: `00:01:30`, `1-02:03:04`, `UNLIMITED`, `INVALID` below zero."""
    if seconds == INFINITE or seconds >= _HUGE:
        return "UNLIMITED"
    if seconds < 0:
        return "INVALID"
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    clock = f"{hour:02}:{minute:02}:{second:02}"
    return f"{days}-{clock}" if days else clock


def format_minutes(minutes: int) -> str:
    """As scontrol prints a time limit, which is kept in minutes: `01:00:00`, `1-00:00:00`, `UNLIMITED`."""
    if minutes == INFINITE or minutes >= _HUGE:
        return "UNLIMITED"
    return format_seconds(minutes * 60)


def format_elapsed(seconds: int) -> str:
    """As squeue and sinfo print a duration: no field more than needed.  `0:00`, `2:03`, `1:02:03`, `1-02:03:04`."""
    if seconds == INFINITE or seconds >= _HUGE:
        return "UNLIMITED"
    if seconds < 0:
        return "INVALID"
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return f"{days}-{hour:02}:{minute:02}:{second:02}"
    if hour:
        return f"{hour}:{minute:02}:{second:02}"
    return f"{minute}:{second:02}"
