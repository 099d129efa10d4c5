"""Node states, held against what libslurm of each release says of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation import nodestate as ns

NATIVE = [
    line.split()
    for line in (Path(__file__).parent / "nodestates.txt").read_text().splitlines()
    if not line.startswith("#")
]
NEWEST = (26, 5)
FLAGS = sorted({bit for bit in ns.NUMBERS.values() if bit > ns.BASE})
SHOWN = [bit for bit in FLAGS if "?" not in ns.complete(bit, NEWEST)]


def release_of(text: str) -> tuple[int, int]:
    major, minor = text.split(".")
    return int(major), int(minor)


def test_words_are_those_of_each_release() -> None:
    for release, state, long, compact in NATIVE:
        known = release_of(release)
        assert (ns.long(int(state, 0), known), ns.compact(int(state, 0), known)) == (long, compact), state
    assert {row[0] for row in NATIVE} == {"22.05", "24.11", "26.05"}


@given(st.sampled_from(range(ns.FUTURE + 1)), st.sets(st.sampled_from(SHOWN)))
def test_complete_names_can_be_read_back(base: int, flags: set[int]) -> None:
    state = base | sum(flags)
    assert ns.number(ns.complete(state, NEWEST).split("+")) == state


@pytest.mark.parametrize(
    ("names", "state"),
    [
        (["idle"], ns.IDLE),
        (["MIXED", "DRAIN"], ns.MIXED | ns.DRAIN),
        (["IDLE", "MAINTENANCE", "RESERVED"], ns.IDLE | ns.MAINT | ns.RESERVED),
        (["IDLE", "SOMETHING_NEW"], ns.IDLE),
        ([], ns.UNKNOWN),
    ],
)
def test_names_of_the_api(names: list[str], state: int) -> None:
    assert ns.number(names) == state


def test_complete_differs_between_releases() -> None:
    state = ns.IDLE | ns.EXTERNAL | ns.BLOCKED
    assert ns.complete(state, (22, 5)) == "IDLE+PERFCTRS+?"
    assert ns.complete(state, (24, 11)) == "IDLE+BLOCKED+?"
    assert ns.complete(state, NEWEST) == "IDLE+BLOCKED+EXTERNAL"
    assert ns.complete(15, NEWEST) == "INVALID"


def test_draining_and_drained() -> None:
    assert ns.is_draining(ns.MIXED | ns.DRAIN)
    assert ns.is_draining(ns.IDLE | ns.DRAIN | ns.COMPLETING)
    assert not ns.is_draining(ns.IDLE | ns.DRAIN)
    assert ns.is_drained(ns.IDLE | ns.DRAIN)
    assert ns.is_drained(ns.DOWN | ns.DRAIN)
    assert not ns.is_drained(ns.DOWN)
