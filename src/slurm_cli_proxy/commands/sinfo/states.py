"""`--states`: the words for node states, and which nodes they choose."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from slurm_cli_proxy.notation import nodestate as ns
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.records.node import Node

Release = tuple[int, int]
_NEW: Final = (25, 5)  # `+`, `~` and `!`, and more names; 24.11 has none of them

# In native's order, because the first word that begins as the user wrote it is meant.  A row without words of its
# own takes the two that a node in this very state is printed with.
_WORDS: Final[tuple[tuple[int, tuple[str, ...], Release, Release], ...]] = (
    *((base, (), (0, 0), (99, 0)) for base in range(ns.FUTURE + 1)),
    (ns.BLOCKED, ("BLOCKED", "BLOCK"), (23, 11), (99, 0)),
    (ns.PLANNED, ("PLANNED", "PLND"), (0, 0), (99, 0)),
    (ns.DRAIN, ("DRAIN",), (0, 0), (99, 0)),
    (ns.DRAIN | ns.IDLE, ("DRAINED",), (0, 0), (99, 0)),
    (ns.RESERVED, ("RESV", "RESERVED"), (0, 0), (99, 0)),
    (ns.EXTERNAL, ("PERFCTRS", "NPC"), (0, 0), (23, 11)),
    (ns.DRAIN | ns.ALLOCATED, ("DRAINING", "DRNG"), (0, 0), (99, 0)),
    (ns.COMPLETING, (), (0, 0), (99, 0)),
    (ns.NO_RESPOND, ("NO_RESPOND",), (0, 0), (99, 0)),
    (ns.POWERING_DOWN, (), (0, 0), (99, 0)),
    (ns.POWERED_DOWN, (), (0, 0), (99, 0)),
    (ns.POWER_DOWN, (), (0, 0), (99, 0)),
    (ns.POWERING_UP, (), (0, 0), (99, 0)),
    (ns.POWER_UP, (), _NEW, (99, 0)),
    (ns.INVALID_REG, ("INVAL", "INVALID_REG"), _NEW, (99, 0)),
    (ns.FAIL, (), (0, 0), (99, 0)),
    (ns.MAINT, ("MAINT", "MAINTENANCE"), _NEW, (99, 0)),
    (ns.MAINT, (), (0, 0), _NEW),
    (ns.REBOOT_REQUESTED, ("REBOOT", "BOOT", "REBOOT_REQUESTED"), _NEW, (99, 0)),
    (ns.REBOOT_REQUESTED, (), (0, 0), _NEW),
    (ns.REBOOT_ISSUED, ("REBOOT^", "BOOT^", "REBOOT_ISSUED"), _NEW, (99, 0)),
    (ns.REBOOT_ISSUED, (), (0, 0), _NEW),
    (ns.CLOUD, (), (0, 0), (99, 0)),
    (ns.EXTERNAL, ("EXTERNAL",), _NEW, (99, 0)),
    (ns.DYNAMIC_FUTURE, ("DYNAMIC_FUTURE",), _NEW, (99, 0)),
    (ns.DYNAMIC_NORM, ("DYNAMIC_NORM",), _NEW, (99, 0)),
)

_BASES: Final = "unknown,down,idle,allocated,?,mixed,future"
_WAITING: Final = "drain,drained,draining,no_respond,reserved,planned,blocked"
_POWER: Final = "cloud,completing,powering_down,powered_down,power_down,powering_up"
_VALID: Final = (
    (
        (0, 0),
        f"{_BASES},drain,drained,draining,no_respond,reserved,perfctrs,{_POWER},fail,maint,reboot,reboot^,unknown",
    ),
    ((23, 2), f"{_BASES},{_WAITING},{_POWER},fail,maint,reboot,reboot^"),
    (
        _NEW,
        f"{_BASES.replace('?,', '')},{_WAITING},{_POWER},power_up,inval,fail,maint,reboot,reboot^,"
        "external,dynamic_future,dynamic_norm",
    ),
)


class Choice(msgspec.Struct):
    """States to look for: one of them, or with `every` all of them. Each is a number, and whether it is negated."""

    states: list[tuple[int, bool]]
    every: bool = False


def valid(release: Release) -> str:
    """The list that native prints of the states it knows (it is not all of them)."""
    return [text for since, text in _VALID if since <= release][-1]


def parse(text: str, release: Release) -> Choice:
    """`idle,mixed`, `idle&drain`; since 25.05 also `idle+drain`, `~idle`, `!idle`.

    NotationError: the word that is none.
    """
    if text.lower() == "all":
        return Choice(
            [(base, False) for base in range(ns.FUTURE + 1)] + [(ns.DRAIN, False), (ns.COMPLETING, False)]
        )
    both = "&+" if release >= _NEW else "&"
    choice = Choice([], every=any(mark in text for mark in both))
    for word in filter(None, re.split(f"[,{both}]", text)):
        negated = release >= _NEW and word.startswith(("~", "!"))
        choice.states.append((_number(word[negated:], release), negated))
    return choice


def _number(word: str, release: Release) -> int:
    wanted = word.lower()
    for state, words, since, until in _WORDS:
        if since <= release < until:
            for candidate in words or (ns.compact(state, release), ns.long(state, release)):
                if candidate.lower().startswith(wanted):
                    return state
    raise NotationError(word)


def chooses(choice: Choice, node: Node) -> bool:
    """Whether a node is in the states asked for."""
    state = node.state_number
    chosen = False
    for wanted, negated in choice.states:
        chosen = _is_in(wanted, state, node) != negated
        if chosen != choice.every:
            break
    return chosen


def _is_in(wanted: int, state: int, node: Node) -> bool:
    if wanted == ns.DRAIN:
        return bool(state & ns.DRAIN)
    if ns.is_draining(wanted):
        return ns.is_draining(state)
    if ns.is_drained(wanted):
        return ns.is_drained(state)
    flags = wanted & ~ns.BASE
    if flags:
        return bool(flags & state)
    if wanted == ns.ALLOCATED:
        return node.alloc_cpus > 0
    return state & ns.BASE == wanted
