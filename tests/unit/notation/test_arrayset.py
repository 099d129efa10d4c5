"""Expected values were read off libslurm of 22.05, 24.11 and 26.05, which agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation import arrayset
from slurm_cli_proxy.notation.arrayset import ArraySet
from slurm_cli_proxy.notation.errors import NotationError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", ArraySet((3,))),
        ("1-10:2%4", ArraySet((1, 3, 5, 7, 9), 4)),
        ("5-7,1,3,6", ArraySet((1, 3, 5, 6, 7))),
        ("0x2E", ArraySet((1, 2, 3, 5))),
        ("0xE%2", ArraySet((1, 2, 3), 2)),
        ("0x0", ArraySet(())),
        ("1,3,...", ArraySet((1, 3), complete=False)),
        ("1,3,5...%2", ArraySet((1, 3), 2, complete=False)),
    ],
)
def test_parse(text: str, expected: ArraySet) -> None:
    assert arrayset.parse(text) == expected


@pytest.mark.parametrize(
    "text", ["", "a", "1-", "-1", "1-2-3", "3-1", "1-5:0", "1,,2", "1%", "1%x", "0x", "1 ", "1-99999999"]
)
def test_invalid(text: str) -> None:
    with pytest.raises(NotationError):
        arrayset.parse(text)


@pytest.mark.parametrize(
    ("tasks", "shown"),
    [
        (range(1, 4), "1-3"),
        ([1, 2, 3, 5], "1-3,5"),
        (range(1, 10, 2), "1,3,5,7,9"),
        (range(1, 12, 2), "1,3,5,7,9,11"),
        (range(1, 14, 2), "1-13:2"),
        (range(0, 16, 3), "0-15:3"),
        (range(0, 13, 3), "0,3,6,9,12"),
        (range(0, 400, 7), "0-399:7"),
        ([*range(0, 50, 5), 51], "0,5,10,15,20,25,30,35,40,45,51"),
    ],
)
def test_format(tasks: list[int] | range, shown: str) -> None:
    assert arrayset.format_tasks(tasks) == shown
    assert arrayset.format_tasks(tasks, 2) == f"{shown}%2"


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (1, ""),
        (2, "."),
        (3, ".."),
        (4, "..."),
        (5, "1..."),
        (10, "1,3,6,..."),
        (11, "1,3,6,10"),
        (0, "1,3,6,10"),
    ],
)
def test_cut(length: int, shown: str) -> None:
    assert arrayset.format_tasks([1, 3, 6, 10], length=length) == shown
    assert arrayset.format_tasks(range(0, 50, 7), length=length) == "0-49:7"


@pytest.mark.parametrize(
    ("value", "length"),
    [(None, 64), ("", 0), ("abc", 0), ("0", 0), ("-5", 64), (" 9x", 9), ("4097", 4096), ("100", 100)],
)
def test_bitstr_length(value: str | None, length: int) -> None:
    assert arrayset.bitstr_length(value) == length


@given(st.sets(st.integers(0, 5000), min_size=1), st.integers(0, 9))
def test_round_trip(tasks: set[int], limit: int) -> None:
    shown = arrayset.format_tasks(tasks, limit, length=0)
    assert arrayset.parse(shown) == ArraySet(tuple(sorted(tasks)), limit)
    bits = sum(1 << task for task in tasks)
    assert arrayset.parse(f"0x{bits:X}").tasks == tuple(sorted(tasks))


@given(st.sets(st.integers(0, 5000), min_size=1))
def test_what_is_read_of_a_cut_text_is_true(tasks: set[int]) -> None:
    assert set(arrayset.parse(arrayset.format_tasks(tasks)).tasks) <= tasks
