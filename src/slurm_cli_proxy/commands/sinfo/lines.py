"""Lines of the listing: which nodes of which partition share one.

Two nodes share a line when they agree in everything that the format prints of them; the columns asked for say what
that is (`columns.sinfo.Column.match`).  A node in several partitions is on several lines, unless nothing of the
partitions is printed: then it is on the first that fits, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from slurm_cli_proxy.notation import hostlist, nodestate
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.records.partition import Partition

Release = tuple[int, int]


class Line:
    """Nodes of one partition that are printed together; none, for a partition with nothing to show.

    `partition` is the first partition that made the line, `index` its place in the configuration.
    """

    __slots__ = ("_counts", "index", "members", "partition")

    def __init__(self, partition: Partition, index: int) -> None:
        self.partition = partition
        self.index = index
        self.members: dict[str, Node] = {}
        self._counts: tuple[int, int, int] | None = None

    @property
    def first(self) -> Node | None:
        """The node whose features, reason and the like stand for all."""
        return next(iter(self.members.values()), None)

    @property
    def last(self) -> Node | None:
        """The node that joined last."""
        return next(reversed(self.members.values()), None)

    @property
    def total(self) -> int:
        """How many nodes."""
        return len(self.members)

    def lowest(self, meaning: str, unset: int = 0) -> int:
        """The smallest value of a field among the nodes, 0 without nodes."""
        return min((_value(node, meaning, unset) for node in self.members.values()), default=0)

    def highest(self, meaning: str, unset: int = 0) -> int:
        """The largest value of a field among the nodes, 0 without nodes."""
        return max((_value(node, meaning, unset) for node in self.members.values()), default=0)

    def node_counts(self) -> tuple[int, int, int]:
        """Nodes allocated, idle, and neither."""
        if self._counts is None:
            kinds = [kind(node.state_number) for node in self.members.values()]
            self._counts = kinds.count(0), kinds.count(1), kinds.count(2)
        return self._counts

    def cpu_counts(self) -> tuple[int, int, int, int]:
        """CPUs allocated, idle, neither, and all."""
        allocated = idle = other = 0
        for node in self.members.values():
            allocated += node.alloc_cpus
            state = node.state_number
            if state & nodestate.DRAIN or state & nodestate.BASE == nodestate.DOWN:
                other += node.cpus - node.alloc_cpus
            else:
                idle += node.cpus - node.alloc_cpus
        return allocated, idle, other, allocated + idle + other

    def node_list(self) -> str:
        """The nodes' names as a sorted host list."""
        return hostlist.compress_sorted(self.members)


def _value(node: Node, meaning: str, unset: int) -> int:
    value = getattr(node, meaning)
    return unset if value is None else value


def kind(state: int) -> int:
    """0: a node at work, 1: an idle one, 2: neither."""
    base = state & nodestate.BASE
    if base in (nodestate.ALLOCATED, nodestate.MIXED) or state & nodestate.COMPLETING:
        return 0
    return 2 if state & nodestate.DRAIN or base == nodestate.DOWN else 1


Key = Callable[[Any, Release], object]

PARTITION_KEYS: Final[Mapping[str, Callable[[Partition], object]]] = {
    "partition": lambda p: p.name,
    "avail": lambda p: p.states,
    "groups": lambda p: p.group_text,
    "job_size": lambda p: (p.min_nodes, p.max_nodes),
    "default_time": lambda p: p.default_minutes,
    "max_time": lambda p: p.max_minutes,
    "root": lambda p: p.has_flag("ROOT_ONLY"),
    "oversubscribe": lambda p: p.oversubscribe,
    "preempt_mode": lambda p: tuple(p.preempt_mode or ()),
    "priority_tier": lambda p: p.tier,
    "priority_job_factor": lambda p: p.job_factor,
    "max_cpus_per_node": lambda p: p.max_cpus_per_node,
}
"""What partitions must agree in for their nodes to share a line, by the name of the match."""

NODE_KEYS: Final[Mapping[str, tuple[str, Key]]] = {
    "hostnames": ("hostname", lambda n, _: n.hostname),
    "node_addr": ("address", lambda n, _: n.address),
    "extra": ("extra", lambda n, _: n.extra or None),
    "features": ("feature_text", lambda n, _: n.feature_text),
    "features_act": ("active_feature_text", lambda n, _: n.active_feature_text),
    "gres": ("gres", lambda n, _: n.gres or None),
    "gres_used": ("gres_used", lambda n, _: n.gres_used or None),
    "comment": ("comment", lambda n, _: n.comment or None),
    "reason": ("reason", lambda n, _: n.reason or None),
    "reason_timestamp": ("reason_time", lambda n, _: n.reason_time),
    "reason_user": ("reason_set_by_user", lambda n, _: n.reason_set_by_user or None),
    "resv_name": ("reservation", lambda n, _: n.reservation or None),
    "state": ("state_number", lambda n, release: nodestate.long(n.state_number, release)),
    "statecomplete": ("state_number", lambda n, release: nodestate.complete(n.state_number, release)),
    "alloc_mem": ("alloc_memory", lambda n, _: n.alloc_memory),
}
"""The same of nodes: the field needed, and what must be equal."""

EXACT_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "cpus": ("cpus",),
    "sockets": ("sockets",),
    "cores": ("cores",),
    "threads": ("threads",),
    "sct": ("sockets", "cores", "threads"),
    "disk": ("temporary_disk",),
    "memory": ("real_memory",),
    "weight": ("weight",),
    "cpu_load": ("load",),
    "free_mem": ("free_memory_mb",),
    "port": ("port",),
    "version": ("name",),  # native compares where the texts stand, not the texts: no two nodes agree
}
"""The same, where `--exact` asks for it; otherwise such values are printed as a range."""


def fields_for(matches: Iterable[str], exact: bool) -> frozenset[str]:
    """The nodes' fields that these matches compare."""
    needed: set[str] = set()
    for match in matches:
        if match in NODE_KEYS:
            needed.add(NODE_KEYS[match][0])
        elif exact:
            needed.update(EXACT_KEYS.get(match, ()))
    return frozenset(needed)


def build(
    partitions: Iterable[tuple[int, Partition]],
    nodes: Sequence[Node],
    matches: frozenset[str],
    release: Release,
    *,
    exact: bool = False,
    each_node: bool = False,
    ignore_partitions: bool = False,
) -> list[Line]:
    """The lines for these partitions (with their places) and nodes, in the native order before sorting.

    `each_node`: a line for each node of each partition (-N). `ignore_partitions`: partitions need not agree in
    anything (-R).  Where the partition's name is printed, every partition has a line, even without nodes.
    """
    partitions = list(partitions)
    lines: list[Line] = []
    found: dict[object, Line] = {}
    waiting: dict[int, Line] = {}  # lines of partitions that have no node yet
    if "partition" in matches and not each_node:
        for index, partition in partitions:
            waiting[index] = Line(partition, index)
            lines.append(waiting[index])
    partition_keys = [] if ignore_partitions else [k for m, k in PARTITION_KEYS.items() if m in matches]
    node_key = _node_key(matches, release, exact)
    keys: dict[str, object] = {}
    for index, partition in partitions:
        own = tuple(key(partition) for key in partition_keys)
        names = frozenset(hostlist.expand(partition.node_list))
        for node in nodes:
            if node.name not in names:
                continue
            if each_node:
                line = None
                key: object = None
            else:
                if node.name not in keys:
                    keys[node.name] = node_key(node)
                key = (own, keys[node.name])
                line = found.get(key)
            if line is None:
                # A partition's own waiting line; with `ignore_partitions` whichever stands first.
                line = waiting.pop(next(iter(waiting), index) if ignore_partitions else index, None)
                if line is None:
                    line = Line(partition, index)
                    lines.append(line)
                if not each_node:
                    found[key] = line
            line.members.setdefault(node.name, node)
    return lines


def _node_key(matches: frozenset[str], release: Release, exact: bool) -> Callable[[Node], object]:
    compared = [key for match, (_, key) in NODE_KEYS.items() if match in matches]
    sizes = (
        [name for match, names in EXACT_KEYS.items() if match in matches for name in names] if exact else []
    )

    def key(node: Node) -> object:
        return (*[one(node, release) for one in compared], *[getattr(node, name) for name in sizes])

    return key
