"""What `sinfo` can print: a column for each letter of `--format` and name of `--Format`.

A column says what it needs of a node and of its partition, and in what nodes must agree to share a line once it is
printed (`match`; see commands/sinfo/lines.py).  In the order of the native command's own table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from slurm_cli_proxy.notation import duration, hostlist, nodestate
from slurm_cli_proxy.notation.memory import format_units
from slurm_cli_proxy.records.number import INFINITE

if TYPE_CHECKING:
    from slurm_cli_proxy.commands.sinfo.lines import Line
    from slurm_cli_proxy.records.node import Node

Release = tuple[int, int]
TABLE: Final = (23, 2)  # the release in which native's own table of columns came, with a few changes

UNSET_LOAD: Final = 0xFFFFFFFE  # slurm.h: NO_VAL and NO_VAL64, larger than every value
UNSET_MEMORY: Final = 0xFFFFFFFFFFFFFFFE


class View(msgspec.Struct):
    """What columns need beside the line.  `preempt_mode` is the cluster's, "" if not told."""

    release: Release
    convert: bool
    default_partition: str
    preempt_mode: str
    time_text: Callable[[int], str]
    uid_of: Callable[[str], int | None]


class Column(msgspec.Struct, frozen=True):
    """`render` gives None for what C calls a null pointer.

    `node`: the node fields (or meanings) that it reads.  `whole_header`: a heading that is not cut when aligned to
    the right.  `width_of`: "partition" or "nodes" for columns that default listings make as wide as needed.
    """

    name: str
    letter: str
    header: str
    render: Callable[[Line, View], str | None]
    match: str = ""
    node: tuple[str, ...] = ()
    whole_header: bool = False
    width_of: str = ""
    starred: bool = False
    hidden: bool = False
    since: Release = (0, 0)
    until: Release = (99, 0)
    own_row: bool = False


def _number(value: int, view: View) -> str:
    return format_units(value, "", convert=view.convert)


def _span(low: str, high: str, *, whole: bool = False) -> str:
    """`4` if all are alike, else `4+`, or with `whole` `4-8`."""
    if low == high:
        return high
    return f"{low}-{high}" if whole else f"{low}+"


def _sizes(meaning: str) -> Callable[[Line, View], str]:
    def render(line: Line, view: View) -> str:
        low, high = line.lowest(meaning), line.highest(meaning)
        return _number(high, view) if low == high else f"{_number(low, view)}+"

    return render


def _plain_sizes(meaning: str) -> Callable[[Line, View], str]:
    def render(line: Line, view: View) -> str:
        low, high = line.lowest(meaning), line.highest(meaning)
        digits = 7 if view.release < TABLE else 20  # native's buffer was that short
        return str(high)[:digits] if low == high else f"{str(low)[:digits]}+"

    return render


def _of_first(read: Callable[[Node], str | None]) -> Callable[[Line, View], str | None]:
    def render(line: Line, view: View) -> str | None:
        first = line.first
        return None if first is None else read(first)

    return render


def _avail(line: Line, view: View) -> str:
    states = line.partition.states
    return states[0].lower() if states and states[0] in ("UP", "DOWN", "DRAIN", "INACTIVE") else "unknown"


def _load(line: Line, view: View) -> str:
    texts = [
        "N/A" if value == UNSET_LOAD else f"{value / 100:.2f}"[:7]
        for value in (line.lowest("load", UNSET_LOAD), line.highest("load", UNSET_LOAD))
    ]
    return _span(*texts, whole=True)


def _free_memory(line: Line, view: View) -> str:
    low = line.lowest("free_memory_mb", UNSET_MEMORY)
    high = line.highest("free_memory_mb", UNSET_MEMORY)
    return _span(*("N/A" if value == UNSET_MEMORY else str(value) for value in (low, high)), whole=True)


def _memory(line: Line, view: View) -> str:
    return _span(str(line.lowest("real_memory")), str(line.highest("real_memory")))


def _cpu_states(line: Line, view: View) -> str:
    return "/".join(map(str, line.cpu_counts()))


def _minutes(minutes: int | None) -> str:
    if minutes is None:
        return "n/a"
    return "infinite" if minutes == INFINITE else duration.format_elapsed(minutes * 60)


def _max_cpus(line: Line, view: View) -> str:
    limit = line.partition.max_cpus_per_node
    if limit == INFINITE:
        return "UNLIMITED"
    return str(limit or 0) if line.members else "0"


def _hosts(read: Callable[[Node], str | None]) -> Callable[[Line, View], str]:
    def render(line: Line, view: View) -> str:
        names = dict.fromkeys(read(node) or "" for node in line.members.values())
        return hostlist.compress(name for name in names if name)

    return render


def _nodes_ai(line: Line, view: View) -> str:
    allocated, idle, _ = line.node_counts()
    return f"{allocated}/{idle}"


def _nodes_aiot(line: Line, view: View) -> str:
    allocated, idle, other = line.node_counts()
    return f"{allocated}/{idle}/{other}/{line.total}"


def _oversubscribe(line: Line, view: View) -> str:
    told = line.partition.oversubscribe
    if told is None:
        return "n/a"
    word, jobs = told
    return f"{word}:{jobs}" if word in ("YES", "FORCE") else word


def is_default(line: Line, view: View) -> bool:
    """Whether the line's partition is the default one: as the server tells, or where it does not, as configured."""
    partition = line.partition
    if partition.knows_flags:
        return partition.has_flag("DEFAULT")
    return bool(view.default_partition) and partition.name == view.default_partition


def _partition(line: Line, view: View) -> str:
    return line.partition.name + ("*" if is_default(line, view) else "")


_PREEMPT_MODES: Final = {"DISABLED": "OFF"}


def _preempt_mode(line: Line, view: View) -> str:
    modes = [_PREEMPT_MODES.get(mode, mode) for mode in line.partition.preempt_mode or ()]
    if "CLUSTER_GLOBAL" in modes:
        return view.preempt_mode or "n/a"
    return ",".join(modes) or "n/a"


def _reason(line: Line, view: View) -> str:
    reason = line.first.reason if line.first else None
    return "none" if not reason or reason.startswith("(null)") else reason


def _user(line: Line, view: View) -> str:
    if line.first is None:
        return "root"
    name = line.first.reason_set_by_user
    if not name:
        return "Unknown"
    return f"Unk({name})" if name.isdigit() else name


def _user_long(line: Line, view: View) -> str:
    if line.first is None:
        return "root(0)"
    name = line.first.reason_set_by_user
    if not name:
        return "Unknown"
    if name.isdigit():
        return f"Unk({name})"
    uid = view.uid_of(name)
    return name if uid is None else f"{name}({uid})"


def _timestamp(line: Line, view: View) -> str:
    when = line.first.reason_time if line.first else 0
    return view.time_text(when) if when else "Unknown"


def _job_size(line: Line, view: View) -> str:
    partition = line.partition
    low, high = partition.min_nodes, partition.max_nodes
    if high is None:
        high = INFINITE
    if low < 1 and high > 0:
        low = 1
    if low == high:
        return _number(high, view)
    return f"{_number(low, view)}-{'infinite' if high == INFINITE else _number(high, view)}"


def _sct(line: Line, view: View) -> str:
    return ":".join(_sizes(meaning)(line, view) for meaning in ("sockets", "cores", "threads"))


def _state(word: Callable[[int, Release], str]) -> Callable[[Line, View], str]:
    def render(line: Line, view: View) -> str:
        return word(line.first.state_number, view.release).lower() if line.first else "n/a"

    return render


COLUMNS: Final = (
    Column(
        "AllocMem",
        "",
        "ALLOCMEM",
        lambda line, _: str(line.last.alloc_memory if line.last else 0),
        "alloc_mem",
        ("alloc_memory",),
    ),
    Column("AllocNodes", "S", "ALLOCNODES", lambda line, _: line.partition.allocation_nodes or "all"),
    Column("Available", "a", "AVAIL", _avail, "avail"),
    Column("Cluster", "V", "CLUSTER", lambda line, _: "N/A"),
    Column("Comment", "", "COMMENT", _of_first(lambda n: n.comment or None), "comment", ("comment",)),
    Column("Cores", "Y", "CORES", _sizes("cores"), "cores", ("cores",)),
    Column("CPUs", "c", "CPUS", _sizes("cpus"), "cpus", ("cpus",)),
    Column("CPUsLoad", "O", "CPU_LOAD", _load, "cpu_load", ("load",)),
    Column("CPUsState", "C", "CPUS(A/I/O/T)", _cpu_states, "cpus", ("cpus", "alloc_cpus", "state_number")),
    Column(
        "DefaultTime",
        "L",
        "DEFAULTTIME",
        lambda line, _: _minutes(line.partition.default_minutes),
        "default_time",
    ),
    Column("Disk", "d", "TMP_DISK", _plain_sizes("temporary_disk"), "disk", ("temporary_disk",)),
    Column("Extra", "", "EXTRA", _of_first(lambda n: n.extra or None), "extra", ("extra",)),
    Column(
        "Features", "f", "AVAIL_FEATURES", _of_first(lambda n: n.feature_text), "features", ("feature_text",)
    ),
    Column(
        "features_act",
        "b",
        "ACTIVE_FEATURES",
        _of_first(lambda n: n.active_feature_text),
        "features_act",
        ("active_feature_text",),
    ),
    Column("FreeMem", "e", "FREE_MEM", _free_memory, "free_mem", ("free_memory_mb",)),
    Column("Gres", "G", "GRES", _of_first(lambda n: n.gres or None), "gres", ("gres",)),
    Column(
        "GresUsed", "G", "GRES_USED", _of_first(lambda n: n.gres_used or None), "gres_used", ("gres_used",)
    ),
    Column("Groups", "g", "GROUPS", lambda line, _: line.partition.group_text or "all", "groups"),
    Column("MaxCPUsPerNode", "B", "MAX_CPUS_PER_NODE", _max_cpus, "max_cpus_per_node", own_row=True),
    Column("Memory", "m", "MEMORY", _memory, "memory", ("real_memory",)),
    Column(
        "NodeAddr",
        "o",
        "NODE_ADDR",
        _hosts(lambda n: n.address),
        "node_addr",
        ("address",),
        whole_header=True,
    ),
    Column("NodeAI", "A", "NODES(A/I)", _nodes_ai, "", ("state_number",)),
    Column("NodeAIOT", "F", "NODES(A/I/O/T)", _nodes_aiot, "", ("state_number",)),
    Column(
        "NodeHost",
        "n",
        "HOSTNAMES",
        _hosts(lambda n: n.hostname),
        "hostnames",
        ("hostname",),
        whole_header=True,
        width_of="nodes",
    ),
    Column(
        "NodeList",
        "N",
        "NODELIST",
        lambda line, _: line.node_list(),
        "",
        ("name",),
        whole_header=True,
        width_of="nodes",
    ),
    Column("Nodes", "D", "NODES", lambda line, _: str(line.total), "", ("name",)),
    # Since it has a table, native forgets to tell nodes of differing partitions apart by this one.
    Column("OverSubscribe", "h", "OVERSUBSCRIBE", _oversubscribe, "oversubscribe", until=TABLE),
    Column("OverSubscribe", "h", "OVERSUBSCRIBE", _oversubscribe, since=TABLE),
    Column("Partition", "P", "PARTITION", _partition, "partition", width_of="partition", starred=True),
    Column(
        "PartitionName",
        "R",
        "PARTITION",
        lambda line, _: line.partition.name,
        "partition",
        width_of="partition",
    ),
    Column(
        "Port",
        "",
        "PORT",
        lambda line, view: _number(line.first.port if line.first else 0, view),
        "port",
        ("port",),
    ),
    Column("PreemptMode", "M", "PREEMPT_MODE", _preempt_mode, "preempt_mode"),
    Column(
        "PriorityJobFactor",
        "I",
        "PRIO_JOB_FACTOR",
        lambda line, view: _number(line.partition.job_factor, view),
        "priority_job_factor",
    ),
    Column(
        "PriorityTier",
        "p",
        "PRIO_TIER",
        lambda line, view: _number(line.partition.tier, view),
        "priority_tier",
    ),
    Column("Reason", "E", "REASON", _reason, "reason", ("reason",)),
    Column(
        "Reservation",
        "i",
        "RESERVATION",
        lambda line, _: (line.first.reservation if line.first else None) or "",
        "resv_name",
        ("reservation",),
        since=TABLE,
    ),
    Column(
        "Root", "r", "ROOT", lambda line, _: "yes" if line.partition.has_flag("ROOT_ONLY") else "no", "root"
    ),
    Column("Share", "h", "OVERSUBSCRIBE", _oversubscribe, "oversubscribe", hidden=True),
    Column("Size", "s", "JOB_SIZE", _job_size, "job_size"),
    Column("Sockets", "X", "SOCKETS", _sizes("sockets"), "sockets", ("sockets",)),
    Column("SocketCoreThread", "z", "S:C:T", _sct, "sct", ("sockets", "cores", "threads")),
    Column("StateCompact", "t", "STATE", _state(nodestate.compact), "state", ("state_number",)),
    Column(
        "StateComplete", "", "STATECOMPLETE", _state(nodestate.complete), "statecomplete", ("state_number",)
    ),
    Column("StateLong", "T", "STATE", _state(nodestate.long), "state", ("state_number",)),
    Column("Threads", "Z", "THREADS", _sizes("threads"), "threads", ("threads",)),
    Column("Time", "l", "TIMELIMIT", lambda line, _: _minutes(line.partition.max_minutes), "max_time"),
    Column("TimeStamp", "H", "TIMESTAMP", _timestamp, "reason_timestamp", ("reason_time",)),
    Column("User", "u", "USER", _user, "reason_user", ("reason_set_by_user",)),
    Column("UserLong", "U", "USER", _user_long, "reason_user", ("reason_set_by_user",)),
    Column(
        "Version",
        "v",
        "VERSION",
        lambda line, _: (line.first.slurmd_release if line.first else None) or "N/A",
        "version",
        ("slurmd_release",),
    ),
    Column("Weight", "w", "WEIGHT", _plain_sizes("weight"), "weight", ("weight",)),
)


def for_release(release: Release) -> list[Column]:
    """The columns that the native command of a release has, in its order."""
    return [column for column in COLUMNS if column.since <= release < column.until]
