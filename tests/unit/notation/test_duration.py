"""Expected values were read off libslurm of 22.05, 24.11 and 26.05, which agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.notation.duration import INFINITE
from slurm_cli_proxy.notation.errors import NotationError


@pytest.mark.parametrize(
    ("text", "minutes", "seconds"),
    [
        ("10", 10, 600),
        ("0", 0, 0),
        ("10:00", 10, 600),
        ("10:30", 11, 630),
        ("0:1", 1, 1),
        ("1:2:3", 63, 3723),
        ("1-0", 1440, 86400),
        ("1-1", 1500, 90000),
        ("1-1:1", 1501, 90060),
        ("1-1:1:1", 1502, 90061),
        ("1-", 1440, 86400),
        ("1:99", 3, 159),
        ("99:99:99", 6041, 362439),
        ("1-99:99:99", 7481, 448839),
        ("unlimited", INFINITE, INFINITE),
        ("Infinite", INFINITE, INFINITE),
        ("-1", INFINITE, INFINITE),
        # What does not fit wraps around.
        ("-5", 2**32 - 7199, 2**32 - 432000),
        ("4294967295", 0, 2**32 - 60),
        ("50000-0", 417212, 25032704),
        ("2147483647", 0, 2**32 - 60),
    ],
)
def test_parse(text: str, minutes: int, seconds: int) -> None:
    assert duration.parse_minutes(text) == minutes
    assert duration.parse_seconds(text) == seconds


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 10",
        "10 ",
        "a",
        "10a",
        "1.5",
        ":",
        "1:",
        ":1",
        "1:2:3:4",
        "-",
        "--1",
        "-1:2",
        "-1-",
        "1--1",
        "1-:1",
        "1-1:",
        "8:8-",
        "+5",
        "1:-5",
        "unlim",
        "UNLIMITEDx",
        "NONE",
        "٣",
        "10\n",
        "1-2-3",
    ],
)
def test_invalid(text: str) -> None:
    for parse in (duration.parse_minutes, duration.parse_seconds):
        with pytest.raises(NotationError):
            parse(text)


@pytest.mark.parametrize(
    ("seconds", "long", "short"),
    [
        (0, "00:00:00", "0:00"),
        (59, "00:00:59", "0:59"),
        (61, "00:01:01", "1:01"),
        (3600, "01:00:00", "1:00:00"),
        (36000, "10:00:00", "10:00:00"),
        (86400, "1-00:00:00", "1-00:00:00"),
        (93784, "1-02:03:04", "1-02:03:04"),
        (94608000, "1095-00:00:00", "1095-00:00:00"),
        (-5, "INVALID", "INVALID"),
        (INFINITE, "UNLIMITED", "UNLIMITED"),
    ],
)
def test_format(seconds: int, long: str, short: str) -> None:
    assert duration.format_seconds(seconds) == long
    assert duration.format_elapsed(seconds) == short


def test_format_minutes() -> None:
    assert duration.format_minutes(90) == "01:30:00"
    assert duration.format_minutes(4320) == "3-00:00:00"
    assert duration.format_minutes(INFINITE) == "UNLIMITED"


# Ten hours and more are written with all their fields, so that they can be read back; so are days.
@given(st.integers(0, 2**31 - 1))
def test_round_trip(seconds: int) -> None:
    assert duration.parse_seconds(duration.format_seconds(seconds)) == seconds
    assert duration.parse_seconds(duration.format_elapsed(seconds)) == seconds


@given(st.integers(0, (2**31 - 61) // 60))
def test_round_trip_minutes(minutes: int) -> None:
    assert duration.parse_minutes(duration.format_minutes(minutes)) == minutes
