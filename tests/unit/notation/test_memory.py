"""Expected values were read off libslurm of 22.05, 24.11 and 26.05, which agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.notation.memory import format_units, parse_megabytes


@pytest.mark.parametrize(
    ("text", "megabytes"),
    [
        ("10", 10),
        ("0", 0),
        ("1K", 1),
        ("0K", 0),
        ("1024k", 1),
        ("1025KB", 2),
        ("10M", 10),
        ("10mb", 10),
        ("1G", 1024),
        ("2TB", 2097152),
        (" +5", 5),
    ],
)
def test_parse(text: str, megabytes: int) -> None:
    assert parse_megabytes(text) == megabytes


@pytest.mark.parametrize(
    "text", ["", "-1", "K", "1.5G", "10P", "10B", "10 ", "10 M", "10GiB", "10Gx", "0x10", "9" * 20, "١"]
)
def test_invalid(text: str) -> None:
    with pytest.raises(NotationError):
        parse_megabytes(text)


@pytest.mark.parametrize(
    ("megabytes", "exact", "rounded", "as_is"),
    [
        (0, "0", "0", "0"),
        (100, "100M", "100M", "100M"),
        (1000, "1000M", "1000M", "1000M"),
        (1024, "1G", "1G", "1024M"),
        (1025, "1025M", "1.00G", "1025M"),
        (1536, "1.50G", "1.50G", "1536M"),
        (10000, "10000M", "9.77G", "10000M"),
        (64000, "62.50G", "62.50G", "64000M"),
        (1 << 20, "1T", "1T", "1048576M"),
        (1 << 40, "1?", "1?", "1099511627776M"),
    ],
)
def test_format(megabytes: int, exact: str, rounded: str, as_is: str) -> None:
    assert format_units(megabytes) == exact
    assert format_units(megabytes, exact=False) == rounded
    assert format_units(megabytes, convert=False) == as_is


@given(st.integers(0, 2**40))
def test_round_trip(megabytes: int) -> None:
    assert parse_megabytes(format_units(megabytes, convert=False)) == megabytes
    shown = format_units(megabytes)
    if "." not in shown and shown[-1] in "0MGT":
        assert parse_megabytes(shown) == megabytes
