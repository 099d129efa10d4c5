"""`sinfo --states`: which words mean what, as tried out on each release."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.commands.sinfo import states
from slurm_cli_proxy.notation import nodestate as ns
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.records.node import Node

OLD, MIDDLE, NEW = (22, 5), (24, 11), (26, 5)


def node(*names: str, busy: int = 0) -> Node:
    return Node(name="n", state=list(names), alloc_cpus=busy)


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("", ns.UNKNOWN),
        ("u", ns.UNKNOWN),
        ("d", ns.DOWN),
        ("dr", ns.DRAIN),
        ("draine", ns.DRAIN | ns.IDLE),
        ("drng", ns.DRAIN | ns.ALLOCATED),
        ("DRAINI", ns.DRAIN | ns.ALLOCATED),
        ("a", ns.ALLOCATED),
        ("m", ns.MIXED),
        ("ma", ns.MAINT),
        ("f", ns.FUTURE),
        ("fa", ns.FAIL),
        ("c", ns.COMPLETING),
        ("cl", ns.CLOUD),
        ("r", ns.RESERVED),
        ("reb", ns.REBOOT_REQUESTED),
        ("reboot^", ns.REBOOT_ISSUED),
        ("p", ns.PLANNED),
        ("pow", ns.POWERING_DOWN),
        ("powered", ns.POWERED_DOWN),
        ("no", ns.NO_RESPOND),
    ],
)
def test_beginnings_of_words(word: str, state: int) -> None:
    for release in (OLD, MIDDLE, NEW):
        assert states._number(word, release) == state


@pytest.mark.parametrize(
    ("word", "releases"),
    [
        ("npc", {OLD}),
        ("blocked", {MIDDLE, NEW}),
        ("reboot_requested", {NEW}),
        ("inval", {NEW}),
        ("power_u", {NEW}),
        ("e", {NEW}),
        ("failing", set()),
        ("not_responding", set()),
        ("idle*", set()),
    ],
)
def test_words_of_some_releases(word: str, releases: set[tuple[int, int]]) -> None:
    for release in (OLD, MIDDLE, NEW):
        if release in releases:
            states.parse(word, release)
        else:
            with pytest.raises(NotationError, match=word.replace("*", r"\*")):
                states.parse(word, release)


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("idle", "id"),
        ("idle,mix", "imdg"),
        ("mix&drain", "g"),
        ("drain", "dg"),
        ("drained", "d"),
        ("draining", "g"),
        ("alloc", "mg"),
        ("all", "imdgo"),
        ("all&drain", "g"),
        ("down", "o"),
        ("", ""),
        (",,", ""),
    ],
)
def test_nodes_chosen(text: str, chosen: str) -> None:
    nodes = {
        "i": node("IDLE"),
        "m": node("MIXED", busy=4),
        "d": node("IDLE", "DRAIN"),
        "g": node("MIXED", "DRAIN", busy=4),
        "o": node("DOWN", "NOT_RESPONDING"),
    }
    for release in (OLD, MIDDLE, NEW):
        choice = states.parse(text, release)
        assert "".join(name for name, one in nodes.items() if states.chooses(choice, one)) == chosen


def test_plus_and_tilde_are_new() -> None:
    idle, drained = node("IDLE"), node("IDLE", "DRAIN")
    choice = states.parse("idle+~drain", NEW)
    assert states.chooses(choice, idle) and not states.chooses(choice, drained)
    assert states.chooses(states.parse("~", NEW), idle)
    with pytest.raises(NotationError, match=r"idle\+drain"):
        states.parse("idle+drain", MIDDLE)
    with pytest.raises(NotationError, match="~drain"):
        states.parse("~~drain", NEW)
