"""`--sort`: letters of `--format`, the first the most important; `-` before one reverses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from slurm_cli_proxy.columns.sinfo import UNSET_LOAD, UNSET_MEMORY
from slurm_cli_proxy.commands.sinfo.lines import Line
from slurm_cli_proxy.notation import hostlist

Key = Callable[[Line], Any]


def _bytes(text: str | None) -> bytes:
    return (text or "").encode("utf-8", "surrogateescape")


_STATES: Final = {"INACTIVE": 0, "DOWN": 1, "DRAIN": 2, "UP": 3}


def _avail(line: Line) -> int:
    states = line.partition.states
    return _STATES.get(states[0], 0) if states else 0


def _shares(line: Line) -> int:
    word, jobs = line.partition.oversubscribe or ("NO", 1)
    return jobs | (0x8000 if word == "FORCE" else 0)


def _job_size(line: Line) -> int:
    most = line.partition.max_nodes
    return 0xFFFFFFFF if most is None or most > 0xFFFFFFFE else most + max(line.partition.min_nodes, 0)


def _minutes(line: Line) -> int:
    return 0xFFFFFFFF if line.partition.max_minutes is None else line.partition.max_minutes


def _lowest(meaning: str, unset: int = 0) -> Key:
    return lambda line: line.lowest(meaning, unset)


def _of_first(read: Callable[[Any], Any], default: Any) -> Key:
    return lambda line: read(line.first) if line.first else default


def _user(line: Line) -> tuple[bool, bytes]:
    """Native compares user ids, which the REST API does not give; a node without user comes last there, too."""
    name = line.first.reason_set_by_user if line.first else "root"
    return not name, _bytes(name)


def _sct(line: Line) -> tuple[int, int, int]:
    return line.lowest("sockets"), line.lowest("cores"), line.lowest("threads")


Sort = tuple[Key, tuple[str, ...]]

SORTS: Final[dict[str, Sort]] = {
    "a": (_avail, ()),
    "A": (lambda line: line.node_counts()[0], ("state_number",)),
    "b": (_of_first(lambda n: _bytes(n.active_feature_text), b""), ("active_feature_text",)),
    "c": (_lowest("cpus"), ("cpus",)),
    "d": (_lowest("temporary_disk"), ("temporary_disk",)),
    "D": (lambda line: line.total, ("name",)),
    "e": (_lowest("free_memory_mb", UNSET_MEMORY), ("free_memory_mb",)),
    "E": (_of_first(lambda n: _bytes(n.reason), b""), ("reason",)),
    "f": (_of_first(lambda n: _bytes(n.feature_text), b""), ("feature_text",)),
    "F": (lambda line: line.node_counts()[0], ("state_number",)),
    "g": (lambda line: _bytes(line.partition.group_text), ()),
    "h": (_shares, ()),
    "H": (_of_first(lambda n: n.reason_time, 0), ("reason_time",)),
    "l": (_minutes, ()),
    "m": (_lowest("real_memory"), ("real_memory",)),
    "M": (lambda line: line.partition.preempt_mode or [], ()),
    "O": (_lowest("load", UNSET_LOAD), ("load",)),
    "p": (lambda line: line.partition.tier, ()),
    "P": (lambda line: _bytes(line.partition.name), ()),
    "r": (lambda line: line.partition.has_flag("ROOT_ONLY"), ()),
    "R": (lambda line: _bytes(line.partition.name), ()),
    "s": (_job_size, ()),
    "S": (lambda line: line.partition.job_factor, ()),
    "t": (_of_first(lambda n: n.state_number, 0), ("state_number",)),
    "T": (_of_first(lambda n: n.state_number, 0), ("state_number",)),
    "u": (_user, ("reason_set_by_user",)),
    "U": (_user, ("reason_set_by_user",)),
    "w": (_lowest("weight"), ("weight",)),
    "X": (_lowest("sockets"), ("sockets",)),
    "Y": (_lowest("cores"), ("cores",)),
    "z": (_sct, ("sockets", "cores", "threads")),
    "Z": (_lowest("threads"), ("threads",)),
}
"""Letter -> what to compare, and the node fields that it reads."""

NAMES: Final = {"n": ("hostname", "hostnames"), "N": ("name", ""), "o": ("address", "node_addr")}
"""Letter -> the field whose first name, as host lists are sorted, is compared; and the match without which native
has none of these names."""


def fields_for(keys: str) -> frozenset[str]:
    """The nodes' fields that these sort keys read."""
    names = [name for letter in keys if letter in SORTS for name in SORTS[letter][1]]
    return frozenset(names).union(NAMES[letter][0] for letter in keys if letter in NAMES)


def sort(lines: list[Line], keys: str, matches: frozenset[str] = frozenset()) -> None:
    """Sort in place.  Letters that are none, and everything between letters, are passed over."""
    for at in range(len(keys) - 1, -1, -1):
        letter = keys[at]
        before = keys[at - 1] if at else ""
        if letter in NAMES:
            lines[:] = _by_names(lines, letter, matches, backwards=before == "-")
        elif letter in SORTS:
            key = _place if before == "#" and letter in "PR" else SORTS[letter][0]
            lines.sort(key=key, reverse=before == "-")


def _by_names(lines: list[Line], letter: str, matches: frozenset[str], *, backwards: bool) -> list[Line]:
    """An empty list comes after every other to native, even after another empty one, which turns those around."""
    field, match = NAMES[letter]
    known = not match or match in matches
    named = [line for line in lines if line.members and known]
    empty = [line for line in lines if not (line.members and known)]
    names = {id(line): [getattr(node, field) or "" for node in line.members.values()] for line in named}
    every = dict.fromkeys(name for some in names.values() for name in some)
    order = {name: place for place, name in enumerate(hostlist.expand(hostlist.compress_sorted(every)))}
    named.sort(key=lambda line: min(order.get(name, -1) for name in names[id(line)]), reverse=backwards)
    return empty + named if backwards else named + empty[::-1]


def _place(line: Line) -> int:
    return line.index
