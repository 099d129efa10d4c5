"""Node states: a base state and flags, and the words that Slurm makes of them.

Inside, a node's state is one number as in Slurm (slurm.h, `enum node_states` and the NODE_STATE_* flags), because
listings sort by that number.  The REST API names base and flags one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

Release = tuple[int, int]

UNKNOWN: Final = 0
DOWN: Final = 1
IDLE: Final = 2
ALLOCATED: Final = 3
ERROR: Final = 4
MIXED: Final = 5
FUTURE: Final = 6
BASE: Final = 0xF

EXTERNAL: Final = 1 << 4  # network performance counters before 23.11
RESERVED: Final = 1 << 5
UNDRAIN: Final = 1 << 6
CLOUD: Final = 1 << 7
RESUME: Final = 1 << 8
DRAIN: Final = 1 << 9
COMPLETING: Final = 1 << 10
NO_RESPOND: Final = 1 << 11
POWERED_DOWN: Final = 1 << 12
FAIL: Final = 1 << 13
POWERING_UP: Final = 1 << 14
MAINT: Final = 1 << 15
REBOOT_REQUESTED: Final = 1 << 16
REBOOT_CANCEL: Final = 1 << 17
POWERING_DOWN: Final = 1 << 18
DYNAMIC_FUTURE: Final = 1 << 19
REBOOT_ISSUED: Final = 1 << 20
PLANNED: Final = 1 << 21
INVALID_REG: Final = 1 << 22
POWER_DOWN: Final = 1 << 23
POWER_UP: Final = 1 << 24
POWER_DRAIN: Final = 1 << 25
DYNAMIC_NORM: Final = 1 << 26
BLOCKED: Final = 1 << 27

NUMBERS: Final = {
    "UNKNOWN": UNKNOWN,
    "DOWN": DOWN,
    "IDLE": IDLE,
    "ALLOCATED": ALLOCATED,
    "ERROR": ERROR,
    "MIXED": MIXED,
    "FUTURE": FUTURE,
    "PERFCTRS": EXTERNAL,
    "EXTERNAL": EXTERNAL,
    "RESERVED": RESERVED,
    "UNDRAIN": UNDRAIN,
    "CLOUD": CLOUD,
    "RESUME": RESUME,
    "DRAIN": DRAIN,
    "COMPLETING": COMPLETING,
    "NOT_RESPONDING": NO_RESPOND,
    "NO_RESPOND": NO_RESPOND,
    "POWERED_DOWN": POWERED_DOWN,
    "FAIL": FAIL,
    "POWERING_UP": POWERING_UP,
    "MAINTENANCE": MAINT,
    "REBOOT_REQUESTED": REBOOT_REQUESTED,
    "REBOOT_CANCELED": REBOOT_CANCEL,
    "POWERING_DOWN": POWERING_DOWN,
    "DYNAMIC_FUTURE": DYNAMIC_FUTURE,
    "REBOOT_ISSUED": REBOOT_ISSUED,
    "PLANNED": PLANNED,
    "INVALID_REG": INVALID_REG,
    "POWER_DOWN": POWER_DOWN,
    "POWER_UP": POWER_UP,
    "POWER_DRAIN": POWER_DRAIN,
    "DYNAMIC_NORM": DYNAMIC_NORM,
    "BLOCKED": BLOCKED,
}
"""Base states and flags by the names that the REST API uses, in any of its versions."""

_FIRST: Final = (0, 0)
_NEVER: Final = (99, 0)  # releases below are `since` (included) and `until` (not included)

# The first of these flags that is set gives the character behind the state.
_SUFFIXES: Final = (
    (MAINT, "$"),
    (REBOOT_ISSUED, "^"),
    (REBOOT_REQUESTED, "@"),
    (POWERING_UP, "#"),
    (POWERING_DOWN, "%"),
    (POWERED_DOWN, "~"),
    (POWER_DOWN, "!"),
    (NO_RESPOND, "*"),
)

# What an idle node that has no such character is instead, by the first flag that is set.
_IDLE: Final = (
    (EXTERNAL, ("PERFCTRS", "NPC"), _FIRST, (23, 11)),
    (RESERVED, ("RESERVED", "RESV"), _FIRST, _NEVER),
    (BLOCKED, ("BLOCKED", "BLOCK"), (23, 11), _NEVER),
    (PLANNED, ("PLANNED", "PLND"), _FIRST, _NEVER),
)

_BASES: Final = {
    DOWN: ("DOWN", "DOWN"),
    ALLOCATED: ("ALLOCATED", "ALLOC"),
    IDLE: ("IDLE", "IDLE"),
    MIXED: ("MIXED", "MIX"),
    FUTURE: ("FUTURE", "FUTR"),
}

# A flag all by itself (a number that no node has, but that `sinfo --states` compares names with).
_ALONE: Final = (
    (REBOOT_ISSUED, "REBOOT_ISSUED", _FIRST),
    (REBOOT_CANCEL, "CANCEL_REBOOT", _FIRST),
    (CLOUD, "CLOUD", _FIRST),
    (EXTERNAL, "EXTERNAL", (26, 5)),
    (DYNAMIC_FUTURE, "DYNAMIC_FUTURE", (26, 5)),
    (DYNAMIC_NORM, "DYNAMIC_NORM", (26, 5)),
    (POWER_DOWN, "POWER_DOWN", _FIRST),
    (POWER_UP, "POWER_UP", _FIRST),
    (POWERING_DOWN, "POWERING_DOWN", _FIRST),
    (POWERED_DOWN, "POWERED_DOWN", _FIRST),
    (POWERING_UP, "POWERING_UP", _FIRST),
    (UNDRAIN, "UNDRAIN", (23, 11)),
)

_COMPLETE: Final = (
    (BLOCKED, "BLOCKED", (23, 11), _NEVER),
    (CLOUD, "CLOUD", _FIRST, _NEVER),
    (COMPLETING, "COMPLETING", _FIRST, _NEVER),
    (DRAIN, "DRAIN", _FIRST, _NEVER),
    (DYNAMIC_FUTURE, "DYNAMIC_FUTURE", _FIRST, _NEVER),
    (DYNAMIC_NORM, "DYNAMIC_NORM", _FIRST, _NEVER),
    (EXTERNAL, "EXTERNAL", (26, 5), _NEVER),
    (INVALID_REG, "INVALID_REG", _FIRST, _NEVER),
    (FAIL, "FAIL", _FIRST, _NEVER),
    (MAINT, "MAINTENANCE", _FIRST, _NEVER),
    (POWER_DOWN, "POWER_DOWN", _FIRST, _NEVER),
    (POWER_UP, "POWER_UP", _FIRST, _NEVER),
    (EXTERNAL, "PERFCTRS", _FIRST, (23, 11)),
    (POWERED_DOWN, "POWERED_DOWN", _FIRST, _NEVER),
    (REBOOT_REQUESTED, "REBOOT_REQUESTED", _FIRST, _NEVER),
    (REBOOT_ISSUED, "REBOOT_ISSUED", _FIRST, _NEVER),
    (RESERVED, "RESERVED", _FIRST, _NEVER),
    (RESUME, "RESUME", _FIRST, _NEVER),
    (NO_RESPOND, "NOT_RESPONDING", _FIRST, _NEVER),
    (PLANNED, "PLANNED", _FIRST, _NEVER),
    (POWERING_UP, "POWERING_UP", _FIRST, _NEVER),
    (POWERING_DOWN, "POWERING_DOWN", _FIRST, _NEVER),
)
_COMPLETE_BASES: Final = ("UNKNOWN", "DOWN", "IDLE", "ALLOCATED", "ERROR", "MIXED", "FUTURE")


def number(names: Iterable[str]) -> int:
    """The state made of a base state and flags by name, in any case.  A name not known here counts for nothing."""
    state = 0
    for name in names:
        state |= NUMBERS.get(name) or NUMBERS.get(name.upper(), 0)
    return state


def is_draining(state: int) -> bool:
    """Drain asked for, and still at work."""
    return bool(state & DRAIN) and (bool(state & COMPLETING) or state & BASE in (ALLOCATED, MIXED))


def is_drained(state: int) -> bool:
    """Drain asked for, and idle or down."""
    return bool(state & DRAIN) and not state & COMPLETING and state & BASE in (IDLE, DOWN)


def long(state: int, release: Release) -> str:
    """`DRAINED*`: one word and its flag character, as of a release (native: node_state_string)."""
    return _word(state, release, 0)


def compact(state: int, release: Release) -> str:
    """`DRAIN*`: the short word and its flag character (native: node_state_string_compact)."""
    return _word(state, release, 1)


def complete(state: int, release: Release) -> str:
    """`IDLE+DRAIN+NOT_RESPONDING`: the base and every flag (native: node_state_string_complete)."""
    base = state & BASE
    words = [_COMPLETE_BASES[base] if base < len(_COMPLETE_BASES) else "INVALID"]
    rest = state & ~BASE
    for bit, name, since, until in _COMPLETE:
        if rest & bit and since <= release < until:
            words.append(name)
            rest &= ~bit
    words += ["?"] * rest.bit_count()
    return "+".join(words)


def _word(state: int, release: Release, short: int) -> str:  # `short` picks from a pair of (long, short)
    if state & INVALID_REG:
        return "INVAL"
    base = state & BASE
    silent = bool(state & NO_RESPOND)
    if state & MAINT and not state & DRAIN and base not in (ALLOCATED, DOWN, MIXED):
        return "MAINT*" if silent else "MAINT"
    if state & (REBOOT_REQUESTED | REBOOT_ISSUED) and base not in (ALLOCATED, MIXED):
        if state & REBOOT_ISSUED:
            return ("REBOOT^", "BOOT^")[short]
        return ("REBOOT", "BOOT")[short] + ("*" if silent else "")
    working = bool(state & COMPLETING) or base == ALLOCATED
    if state & DRAIN:
        pair = ("DRAINING", "DRNG") if working or base == MIXED else ("DRAINED", "DRAIN")
        return pair[short] + _suffix(state)
    if state & FAIL:
        working = working or (base == MIXED and release > (24, 11))
        return (("FAILING", "FAILG")[short] if working else "FAIL") + ("*" if silent else "")
    if not short:
        for bit, name, since in _ALONE:
            if state == bit and since <= release:
                return name
    return _by_base(state, base, release, short)


def _by_base(state: int, base: int, release: Release, short: int) -> str:
    pair = _BASES.get(base)
    if state & COMPLETING and base not in (DOWN, ALLOCATED):
        pair = ("COMPLETING", "COMP")
        base = -1
    if pair is None:
        if state & RESUME:
            return ("RESUME", "RESM")[short]
        if base == UNKNOWN:
            return ("UNKNOWN", "UNK")[short] + ("*" if state & NO_RESPOND else "")
        return "?"
    suffix = _suffix(state)
    if suffix:
        return pair[short] + suffix
    if base == ALLOCATED and state & COMPLETING:
        return pair[short] + "+"
    if base == MIXED and state & PLANNED:
        return pair[short] + "-"
    if base == IDLE:
        for bit, words, since, until in _IDLE:
            if state & bit and since <= release < until:
                return words[short]
    return pair[short]


def _suffix(state: int) -> str:
    for bit, character in _SUFFIXES:
        if state & bit:
            return character
    return ""
