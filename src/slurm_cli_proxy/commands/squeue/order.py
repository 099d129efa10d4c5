"""The order of the lines: `--sort` keys, each a row with what it reads and what it compares.

Facts (22.05, 24.11, 26.05): before any key counts, the jobs stand by start time, latest first, and those without one
last, in the reverse of the server's order.  A key is a letter; `-` before it reverses; what else stands between keys
does not matter.  Jobs alike in all keys stay as they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

import msgspec

from slurm_cli_proxy.columns import job_cells as cells
from slurm_cli_proxy.columns.job_cells import View
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.number import Number, number, number_or

Release = tuple[int, int]
Compared = Callable[[Job, View], Any]

_UNSET16: Final = 0xFFFE
_UNSET32: Final = 0xFFFFFFFE


class Invalid(Exception):
    """A key that there is not; the argument is the letter."""


class Key(msgspec.Struct, frozen=True):
    """What a letter compares, and the fields that it reads.

    `lacking`: jobs that have nothing to compare (no start time, no nodes).  They stand behind the others in the
    reverse of the order they were in; where `turned`, and the key is reversed, in front of them and as they were.
    """

    fields: tuple[str, ...]
    compared: Compared
    lacking: Callable[[Job], bool] | None = None
    turned: bool = False
    since: Release = (0, 0)


def _text(name: str) -> Compared:
    return lambda job, view: _bytes(getattr(job, name))


def _bytes(text: str | None) -> bytes:
    """Text as C compares it; nothing comes before everything."""
    return (text or "").encode("utf-8", "surrogateescape")


def _unstarted(job: Job) -> bool:
    return not number_or(job.start_time, 0)


def _number(name: str, unset: int = 0) -> Compared:
    def compared(job: Job, view: View) -> int:
        value: Number = getattr(job, name)
        return number_or(value, unset)

    return compared


def first_host(nodes: str) -> tuple[str, int]:
    """The first node of a list: its name, then its number."""
    head, _, numbers = nodes.partition("[")
    first = (head + re.split(r"[-,\]]", numbers, maxsplit=1)[0]).partition(",")[0]
    found = re.fullmatch(r"(.*?)([0-9]*)", first, re.DOTALL)
    assert found
    return found[1], int(found[2] or 0)


def _id(job: Job, view: View) -> tuple[int, int, int]:
    leader = job.array_leader
    if leader:
        task = job.array_task
        return leader, _UNSET32 if task is None else task, job.job_id
    return job.het_leader or job.job_id, _UNSET32, job.job_id


def _memory(job: Job, view: View) -> int:
    asked = number(job.memory_per_node)
    return number_or(job.memory_per_cpu, 0) if asked is None else asked


def _geometry(job: Job, view: View) -> tuple[int, ...]:
    told = (job.sockets_per_node, job.cores_per_socket, job.threads_per_core)
    return tuple(number_or(value, _UNSET16) for value in told)


def _limit(job: Job, view: View) -> int:
    limit = cells.limit_minutes(job, view)
    return _UNSET32 if limit is None else limit


def _priority(job: Job, view: View) -> tuple[int, int]:
    """With `-P` the partition's tier comes first."""
    tier = view.tiers.get(job.partition or "", 0) if view.tiers else 0
    return tier, number_or(job.priority, 0)


def needs_tiers(text: str) -> bool:
    """Whether partitions' tiers make a difference: not where jobs of one partition stand together."""
    return any(letter in text and "P" not in text.partition(letter)[0] for letter in "pQ")


def _left(job: Job, view: View) -> int:
    return _limit(job, view) * 60 - cells.used_seconds(job, view.now)


def _used(job: Job, view: View) -> int:
    return cells.used_seconds(job, view.now)


_USED_FIELDS: Final = ("states", "start_time", "end_time", "pre_sus_time", "suspend_time")

_UNUSED: Final = frozenset("cfhn")
"""Keys that are accepted and change nothing."""

KEYS: Final[dict[str, Key]] = {
    "B": Key(("batch_host",), _text("batch_host")),
    "C": Key(("cpu_count",), lambda job, view: job.cpu_count),
    "d": Key(("minimum_tmp_disk_per_node",), _number("minimum_tmp_disk_per_node")),
    "D": Key(("node_count", "required_nodes", "states"), lambda job, view: cells.nodes_number(job)),
    "e": Key(("end_time",), _number("end_time")),
    "g": Key(("group_name", "group_id"), lambda job, view: _bytes(cells.group(job, view)), since=(23, 2)),
    "G": Key(("group_id",), _number("group_id")),
    "H": Key(("sockets_per_node",), _number("sockets_per_node", _UNSET16)),
    "i": Key(("id_text",), _id),
    "I": Key(("cores_per_socket",), _number("cores_per_socket", _UNSET16)),
    "j": Key(("name",), _text("name")),
    "J": Key(("threads_per_core",), _number("threads_per_core", _UNSET16)),
    "l": Key(("time_limit",), _limit),
    "L": Key(("time_limit", *_USED_FIELDS), _left),
    "m": Key(("memory_per_node", "memory_per_cpu"), _memory),
    "M": Key(_USED_FIELDS, _used),
    "N": Key(("nodes",), lambda job, view: first_host(job.nodes or ""), lambda job: not job.nodes, True),
    "O": Key(("contiguous",), lambda job, view: bool(job.contiguous)),
    "p": Key(("priority", "partition"), _priority),
    "P": Key(("partition",), _text("partition")),
    "Q": Key(("priority", "partition"), _priority),
    "S": Key(("start_time",), _number("start_time"), _unstarted),
    "t": Key(("state_compact",), lambda job, view: job.state_compact),
    "T": Key(("state",), lambda job, view: job.state),
    "u": Key(("user_name", "user_id"), lambda job, view: _bytes(cells.user(job, view))),
    "U": Key(("user_id",), _number("user_id")),
    "v": Key(("resv_name",), _text("resv_name")),
    "V": Key(("submit_time",), _number("submit_time")),
    "z": Key(("sockets_per_node", "cores_per_socket", "threads_per_core"), _geometry),
}


def fields(text: str) -> frozenset[str]:
    """The fields that sorting by these keys reads, unknown keys aside."""
    named = {name for letter in text if letter in KEYS for name in KEYS[letter].fields}
    return frozenset(named | {"start_time"})


def before(jobs: Iterable[Job], view: View) -> list[Job]:
    """The order that jobs stand in before any key counts."""
    found = list(jobs)
    _sort(found, KEYS["S"], view, reverse=True)
    return found


def by_keys(jobs: list[Job], text: str, view: View, say: Callable[[str], None]) -> None:
    """Sorts the jobs; the last key first.  Invalid at a key that there is not; `say` is told of one that counts not.

    Keys behind an invalid one have done their work by then, as with native.
    """
    text = text.replace("cluster", "")
    at = len(text) - 1
    while at >= 0:
        letter = text[at]
        at -= 1
        if letter in ",+-" or letter in _UNUSED:
            continue
        reverse = at >= 0 and text[at] == "-"
        if letter == "b":
            say("Invalid sort specification: b")
            continue
        key = KEYS.get(letter)
        if key is None:
            raise Invalid(letter)
        if view.release >= key.since:
            _sort(jobs, key, view, reverse=reverse)


def _sort(jobs: list[Job], key: Key, view: View, *, reverse: bool) -> None:
    front: list[Job] = []
    back: list[Job] = []
    if key.lacking:
        without = [job for job in jobs if key.lacking(job)]
        if reverse and key.turned:
            front = without
        else:
            back = without[::-1]
        jobs[:] = [job for job in jobs if not key.lacking(job)]
    jobs.sort(key=lambda job: key.compared(job, view), reverse=reverse)
    jobs[:] = front + jobs + back
