"""Lists of job ids, as the native command takes them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.commands.scontrol import joblist

IDS = st.integers(1, 2**32).map(str)
TASKS = st.lists(st.integers(0, 4000), min_size=1).map(lambda tasks: ",".join(map(str, tasks)))
WORDS = st.one_of(
    IDS, st.tuples(IDS, TASKS).map(lambda t: f"{t[0]}_[{t[1]}]"), st.tuples(IDS, IDS).map("+".join)
)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("7", ["7"]),
        ("7,8", ["7", "8"]),
        ("7 , 8", ["7", "8"]),
        (",7,,8,", ["7", "8"]),
        ("7_1,2", ["7_1", "2"]),
        ("7_[1,2],8", ["7_1,2", "8"]),
        ("7_[1-3,5-6],9", ["7_1-3,5-6", "9"]),
        ("7_[1 2]", ["7_1 2"]),
        ("7_[1]9", ["7_1"]),
        ("7_1-3", ["7_1-3"]),
        ("7+1,8+2", ["7+1", "8+2"]),
        ("[7]", ["7"]),
        ("7_[]", ["7_"]),
        ("_1", ["_1"]),
        ("7_", ["7_"]),
        ("7_1+2", ["7_1+2"]),
        ("", []),
        (" ", []),
    ],
)
def test_ids(text: str, ids: list[str]) -> None:
    assert joblist.ids(text) == ids


@pytest.mark.parametrize(
    "text",
    ["a7", "7a", "x,7", "7,x,8", "7;8", "7-3", "-5", "7.0", "7__1", "7_1_2", "7_[1-3", "7_1]", "7_[1-3:2]", "7_[1%2]",
     "7_*", "*", "7_[1]x", "7_[[1]", "7\t8"],
)  # fmt: skip
def test_no_ids(text: str) -> None:
    assert joblist.ids(text) is None


@given(st.lists(WORDS))
def test_what_is_joined_comes_apart_again(words: list[str]) -> None:
    assert joblist.ids(",".join(words)) == [word.replace("[", "").replace("]", "") for word in words]
