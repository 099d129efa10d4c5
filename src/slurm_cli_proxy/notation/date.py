"""Points in time: `--begin`, `--deadline` and the like as users write them, and as native commands print them.

Local time throughout, which is this machine's.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Final

from slurm_cli_proxy.notation.errors import NotationError

Release = tuple[int, int]

_NO_VAL: Final = 0xFFFFFFFE
_INFINITE: Final = 0xFFFFFFFF
_NEWEST: Final = (99, 0)
_WIDE_SINCE: Final = (24, 11)

_DAYS: Final = (("today", 0), ("tomorrow", 1))
_HOURS: Final = {"midnight": 0, "elevenses": 11, "noon": 12, "fika": 15, "teatime": 16}
_SINCE: Final = {"elevenses": (24, 11)}
_UNITS: Final = (
    ("seconds", 1),
    ("second", 1),
    ("minutes", 60),
    ("minute", 60),
    ("hours", 3600),
    ("hour", 3600),
    ("days", 86400),
    ("day", 86400),
    ("weeks", 604800),
    ("week", 604800),
)
_UTS: Final = r"(?i)uts([0-9]+)"


class DateError(NotationError):
    """`log` is the line the native command prints about it before it calls the option invalid ("" if none)."""

    def __init__(self, text: str, position: int | None = None) -> None:
        super().__init__(f"not a time: {text!r}")
        self.log = "" if position is None else f"Invalid time specification (pos={position}): {text}"


def parse(text: str, now: Callable[[], float], release: Release, *, past: bool = False) -> int:
    """Seconds since the epoch of a time in any of these forms, in any sensible combination:

    `now`, `now+90`, `now+1hour`, `now-2 days`, `today`, `tomorrow`, `midnight`, `noon`, `fika`, `teatime`,
    `elevenses` (24.11), `16:00`, `4:00:30PM`, `MMDD`, `MMDDYY`, `MM/DD`, `MM.DD.YY`, `YYYY-MM-DD`, `uts1234567890`.

    A time of day without a date is the next one, a month and day without a year the next one; with `past` the
    last one.  Days that a month does not have run over into the next, as in `2030-02-30`.  `now` is asked where the
    text does not say it all.
    """
    uts = re.fullmatch(_UTS, text)
    if uts and int(uts[1]) >= 1000000:
        return int(uts[1])
    return _Reader(text, now, release).read(past=past)


class _Reader:
    """One text being read, left to right; what is said later overrides what was said before."""

    def __init__(self, text: str, clock: Callable[[], float], release: Release) -> None:
        self.text = text
        self.release = release
        self._now_is: int | None = None
        self._clock_asked = clock
        self.clock: tuple[int, int, int] | None = None
        self.day: tuple[int, int] | None = None  # month, day
        self.year: int | None = None

    @property
    def now(self) -> int:
        if self._now_is is None:
            self._now_is = int(self._clock_asked())
        return self._now_is

    def read(self, *, past: bool) -> int:
        position = 0
        while position < len(self.text):
            position = self._part(position)
        if self.clock is None and self.day is None:
            raise DateError(self.text)
        return self._result(past=past)

    def _fail(self, position: int) -> DateError:
        return DateError(self.text, position)

    def _digit(self, position: int) -> bool:
        return "0" <= self.text[position : position + 1] <= "9"

    def _part(self, position: int) -> int:
        """Read what begins here; returns where the next part begins."""
        text = self.text
        if text[position] in " \t\n-T":
            return position + 1
        rest = text[position:].lower()
        for word, days in _DAYS:
            if rest.startswith(word):
                self._set_date(time.localtime(self.now + 86400 * days))
                return position + len(word)
        for word, hour in _HOURS.items():
            if rest.startswith(word) and self.release >= _SINCE.get(word, (0, 0)):
                self.clock = (hour, 0, 0)
                return position + len(word)
        if rest.startswith("now"):
            return self._now(position + 3)
        if not self._digit(position):
            raise self._fail(position)
        if text[position + 1 : position + 2] == ":" or text[position + 2 : position + 3] == ":":
            return self._clock(position)
        return self._date(position)

    def _set_date(self, when: time.struct_time) -> None:
        self.year, self.day = when.tm_year, (when.tm_mon, when.tm_mday)

    def _now(self, position: int) -> int:
        text = self.text
        while text[position : position + 1].isspace():
            position += 1
        delta = 0
        if position < len(text):
            sign = {"+": 1, "-": -1}.get(text[position])
            if sign is None:
                raise self._fail(position)
            count, position = self._count(position)
            delta = sign * count
        when = time.localtime(self.now + delta)
        self._set_date(when)
        self.clock = (when.tm_hour, when.tm_min, when.tm_sec)
        return position

    def _count(self, sign: int) -> tuple[int, int]:
        """Seconds in `90`, `1hour`, ... after the sign, and where they end."""
        position = sign + 1
        digits = ""
        multiplier = 1
        while position < len(self.text):
            if self._digit(position):
                digits += self.text[position]
            elif not self.text[position].isspace():
                rest = self.text[position:].lower()
                unit = next(((name, value) for name, value in _UNITS if rest.startswith(name)), None)
                if unit is None:
                    raise self._fail(position - 1)
                position += len(unit[0])
                multiplier = unit[1]
                break
            position += 1
        if not digits:
            raise self._fail(sign)
        return int(digits) * multiplier, position

    def _pair(self, position: int, low: int, high: int, *, two: bool) -> tuple[int, int]:
        """A number of one or two digits (`two`: exactly two) in a range, and where it ends."""
        start = position
        if not self._digit(position):
            raise self._fail(position)
        position += 1
        if self._digit(position):
            position += 1
        elif two:
            raise self._fail(position)
        number = int(self.text[start:position])
        if not low <= number <= high:
            raise self._fail(position - 2)
        return number, position

    def _clock(self, position: int) -> int:
        text = self.text
        hour, position = self._pair(position, 0, 23, two=False)
        if text[position] != ":":
            raise self._fail(position)
        minute, position = self._pair(position + 1, 0, 59, two=True)
        second = 0
        if text[position : position + 1] == ":":
            second, position = self._pair(position + 1, 0, 59, two=True)
        end = position
        while text[end : end + 1].isspace():
            end += 1
        half = text[end : end + 2].lower()
        if half in ("am", "pm"):
            if hour > 12:
                raise self._fail(end)
            hour = hour % 12 + (12 if half == "pm" else 0)
            position = end + 2
        self.clock = (hour, minute, second)
        return position

    def _date(self, position: int) -> int:
        text = self.text
        if text[position + 4 : position + 5] == "-" and text[position + 7 : position + 8] == "-":
            for place in range(position, position + 4):
                if not self._digit(place):
                    raise self._fail(place)
            year = int(text[position : position + 4])
            month, _ = self._pair(position + 5, 1, 12, two=True)
            day, position = self._pair(position + 8, 1, 31, two=False)
            self.year = year if year != 1899 else None  # -1 to C, which counts from 1900: "no year given"
            self.day = (month, day)
            return position
        month, position = self._pair(position, 1, 12, two=False)
        if text[position : position + 1] in ("/", "."):
            position += 1
        day, position = self._pair(position, 1, 31, two=False)
        self.day = (month, day)
        if text[position : position + 1] in ("/", "."):
            position += 1
        if self._digit(position):
            short, position = self._pair(position, 0, 99, two=True)
            if short:
                self.year = 2000 + short
        return position

    def _result(self, *, past: bool) -> int:
        clock = self.clock or (0, 0, 0)
        year = self.year
        if self.day is not None and year is not None:
            return int(time.mktime((year, *self.day, *clock, 0, 0, -1)))
        here = time.localtime(self.now)
        this_clock = (here.tm_hour, here.tm_min, here.tm_sec)
        if self.day is None:
            month, day = here.tm_mon, here.tm_mday
            year = here.tm_year
            if not past and clock <= this_clock:
                day += 1
        else:
            month, day = self.day
            today = (here.tm_mon, here.tm_mday)
            year = here.tm_year
            if not past and (self.day, clock) <= (today, this_clock):
                year += 1
            elif past and self.day > today:
                year -= 1
        return int(time.mktime((year, month, day, *clock, 0, 0, -1)))


def valid_style(style: str) -> bool:
    """Whether a SLURM_TIME_FORMAT can be used.

    With one that cannot, native commands print `NAME: error: invalid SLURM_TIME_FORMAT = 'abc'` and go on with the
    standard format, as `format_time` does.
    """
    return style in ("", "standard", "relative") or _is_format(style)


def _is_format(style: str) -> bool:
    return "%" in style and len(style.encode("utf-8", "surrogateescape")) < 32


_ENDS = 1 << 47


def format_time(when: int | None, style: str = "", *, now: float = 0, release: Release = _NEWEST) -> str:
    """A time as squeue, scontrol and others print it: `2026-12-24T10:00:00`, or `Unknown` for 0 and None.

    `style` is the value of SLURM_TIME_FORMAT: empty or `standard`; `relative` (short, as seen from `now`); else a
    strftime format, whose result 22.05 cuts off after 31 characters.
    """
    if not when or when == _INFINITE:
        return "Unknown"
    if when == _NO_VAL:
        return "None"
    local = time.localtime(min(max(when, -_ENDS), _ENDS))  # no system has a calendar for all of 64 bits
    if style == "relative":
        return time.strftime(_relative(local, time.localtime(now)), local)
    if _is_format(style):
        text = time.strftime(style, local)
        if release < _WIDE_SINCE:
            return text[:31]
        return text if len(text) < 256 else "#" * 255
    return (
        f"{local.tm_year:04}-{local.tm_mon:02}-{local.tm_mday:02}"
        f"T{local.tm_hour:02}:{local.tm_min:02}:{local.tm_sec:02}"
    )


def _relative(when: time.struct_time, now: time.struct_time) -> str:
    if when.tm_year != now.tm_year:
        return "%-d %b %Y"
    days = when.tm_yday - now.tm_yday
    if days == 0:
        return "%H:%M:%S"
    if days in (-1, 1):
        return "Tomorr %H:%M" if days == 1 else "Ystday %H:%M"
    return "%a %H:%M" if 2 <= days <= 6 else "%-d %b %H:%M"
