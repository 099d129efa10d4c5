"""Expected values were read off libslurm of 22.05, 24.11 and 26.05."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation import date
from slurm_cli_proxy.notation.date import DateError

OLD, NEW = (22, 5), (26, 5)


@pytest.fixture(autouse=True, scope="module")
def amsterdam() -> Iterator[None]:
    """A time zone with a summer time."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "Europe/Amsterdam"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def seconds(text: str) -> int:
    return int(time.mktime(time.strptime(text, "%Y-%m-%d %H:%M:%S")))


NOW = "2026-11-22 21:34:23"  # a Sunday


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("now", NOW),
        ("now+1", "2026-11-22 21:34:24"),
        ("now+1hour", "2026-11-22 22:34:23"),
        ("NOW + 2 hours", "2026-11-22 23:34:23"),
        ("now-90", "2026-11-22 21:32:53"),
        ("now+5minutes", "2026-11-22 21:39:23"),
        ("now+1week", "2026-11-29 21:34:23"),
        ("today", "2026-11-22 00:00:00"),
        ("tomorrow", "2026-11-23 00:00:00"),
        ("tomorrow noon", "2026-11-23 12:00:00"),
        ("16:00 tomorrow", "2026-11-23 16:00:00"),
        ("midnight", "2026-11-23 00:00:00"),
        ("teatime", "2026-11-23 16:00:00"),
        ("fika", "2026-11-23 15:00:00"),
        ("23:59:59", "2026-11-22 23:59:59"),
        ("21:34:23", "2026-11-23 21:34:23"),
        ("4:00", "2026-11-23 04:00:00"),
        ("11:00pm", "2026-11-22 23:00:00"),
        ("12:30 AM", "2026-11-23 00:30:00"),
        ("12/24", "2026-12-24 00:00:00"),
        ("1/1", "2027-01-01 00:00:00"),
        ("1122", "2027-11-22 00:00:00"),
        ("11/22 23:00", "2026-11-22 23:00:00"),
        ("122430", "2030-12-24 00:00:00"),
        ("12.24.30-10:00", "2030-12-24 10:00:00"),
        ("12/24/00", "2026-12-24 00:00:00"),
        ("2030-12-24", "2030-12-24 00:00:00"),
        ("2030-12-24T10:00", "2030-12-24 10:00:00"),
        ("2030-12-24 10:00:30", "2030-12-24 10:00:30"),
        ("10:00T2030-12-24", "2030-12-24 10:00:00"),
        ("2030-02-30", "2030-03-02 00:00:00"),
        ("2030-03-31T02:30", "2030-03-31 03:30:00"),
        ("uts1900000000", "2030-03-17 18:46:40"),
    ],
)
def test_parse(text: str, expected: str) -> None:
    assert date.parse(text, lambda: seconds(NOW), OLD) == seconds(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("16:00", "2026-11-22 16:00:00"),
        ("12/24", "2025-12-24 00:00:00"),
        ("1/1", "2026-01-01 00:00:00"),
        ("11/22 23:00", "2026-11-22 23:00:00"),
        ("23:00", "2026-11-22 23:00:00"),
    ],
)
def test_parse_past(text: str, expected: str) -> None:
    assert date.parse(text, lambda: seconds(NOW), OLD, past=True) == seconds(expected)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("now+5min", 4),
        ("now+", 3),
        ("now+hour", 3),
        ("now+1hours+1min", 10),
        ("now,", 3),
        ("TEATIME", 1),
        ("4pm", 1),
        ("13:00pm", 5),
        ("24:00", 0),
        ("16:60", 3),
        ("16:00:60", 6),
        ("10:0", 4),
        ("10:000", 4),
        ("2030-12-24T10", 13),
        ("2030-13-01", 5),
        ("2030-1-1", 0),
        ("12/24/2030", 8),
        ("12/", 3),
        ("0/1", -1),
        ("12243", 5),
        ("1234567890", 2),
        ("yesterday", 0),
        ("elevenses", 0),
        ("uts1", 0),
        ("2030-12-24T10:00Z", 16),
    ],
)
def test_invalid(text: str, position: int) -> None:
    with pytest.raises(DateError) as caught:
        date.parse(text, lambda: seconds(NOW), OLD)
    assert caught.value.log == f"Invalid time specification (pos={position}): {text}"


@pytest.mark.parametrize("text", ["", "T", " ", "--"])
def test_empty_is_invalid_without_a_word(text: str) -> None:
    with pytest.raises(DateError) as caught:
        date.parse(text, lambda: seconds(NOW), OLD)
    assert caught.value.log == ""


@pytest.mark.parametrize("text", ["2030-01-01", "2030-01-01T10:00:00", "10:00 01/02/30", "uts1000000"])
def test_who_says_it_all_asks_no_clock(text: str) -> None:
    def never() -> float:
        raise AssertionError

    date.parse(text, never, OLD)


def test_elevenses() -> None:
    assert date.parse("elevenses", lambda: seconds(NOW), NEW) == seconds("2026-11-23 11:00:00")


@given(st.integers(1, 2**33).filter(lambda when: when not in (0xFFFFFFFE, 0xFFFFFFFF)))
def test_round_trip(when: int) -> None:
    text = date.format_time(when)
    # The hour that a change to winter time repeats is read as its first or second half, as C does.
    assert abs(date.parse(text, lambda: 1e9, NEW) - when) in (0, 3600)
    if time.localtime(when).tm_mon in (1, 6):
        assert date.parse(text, lambda: 1e9, NEW) == when


def test_format() -> None:
    assert date.format_time(None) == date.format_time(0) == date.format_time(0xFFFFFFFF) == "Unknown"
    assert date.format_time(0xFFFFFFFE) == "None"
    assert (
        date.format_time(seconds(NOW)) == date.format_time(seconds(NOW), "standard") == "2026-11-22T21:34:23"
    )
    assert date.format_time(seconds(NOW), "%d.%m") == "22.11"
    assert date.format_time(seconds(NOW), "nonsense") == "2026-11-22T21:34:23"
    long = "%A %d %B %Y %H:%M:%S %A"
    assert date.format_time(seconds(NOW), long, release=OLD) == "Sunday 22 November 2026 21:34:2"
    assert date.format_time(seconds(NOW), long, release=NEW) == "Sunday 22 November 2026 21:34:23 Sunday"
    assert [date.valid_style(s) for s in ("", "standard", "relative", "%H", "RELATIVE", "abc")] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]
    assert date.valid_style("%H" + "x" * 29) and not date.valid_style("%H" + "x" * 30)


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ("2026-11-22 01:02:03", "01:02:03"),
        ("2026-11-23 10:00:00", "Tomorr 10:00"),
        ("2026-11-21 23:00:00", "Ystday 23:00"),
        ("2026-11-24 00:01:40", "Tue 00:01"),
        ("2026-11-28 00:00:05", "Sat 00:00"),
        ("2026-11-29 00:00:00", "29 Nov 00:00"),
        ("2026-11-20 23:00:00", "20 Nov 23:00"),
        ("2026-05-06 01:00:00", "6 May 01:00"),
        ("2027-01-01 00:00:00", "1 Jan 2027"),
        ("2025-12-31 00:00:00", "31 Dec 2025"),
    ],
)
def test_relative(when: str, shown: str) -> None:
    assert date.format_time(seconds(when), "relative", now=seconds(NOW)) == shown
