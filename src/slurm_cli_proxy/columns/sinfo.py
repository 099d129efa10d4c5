"""What `sinfo` can print: a column for each letter of `--format` and name of `--Format`.

A column says what it needs of a node and of its partition, and in what nodes must agree to share a line once it is
printed (`match`; see commands/sinfo/lines.py).  In the order of the native command's own table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from slurm_cli_proxy.columns.column import Column as BaseColumn
from slurm_cli_proxy.columns.column import Release
from slurm_cli_proxy.notation import duration, hostlist, nodestate
from slurm_cli_proxy.notation.memory import format_units
from slurm_cli_proxy.records.number import INFINITE

if TYPE_CHECKING:
    from slurm_cli_proxy.commands.sinfo.lines import Line
    from slurm_cli_proxy.records.node import Node

TABLE: Final = (23, 2)  # the release in which native's own table of columns came, with a few changes

UNSET_LOAD: Final = 0xFFFFFFFE  # slurm.h: NO_VAL and NO_VAL64, larger than every value
UNSET_MEMORY: Final = 0xFFFFFFFFFFFFFFFE


class View(msgspec.Struct):
    """What columns need beside the line.  `preempt_mode` is the cluster's, "" if not told."""

    release: Release
    convert: bool
    default_partition: Callable[[], str]
    preempt_mode: str
    time_text: Callable[[int], str]
    uid_of: Callable[[str], int | None]


class Column(BaseColumn["Line"], frozen=True):
    """A column of `sinfo`.

    `fields`: the node fields (or meanings) that it reads.  `match`: in what nodes must agree to share a line.
    `width_of`: "partition" or "nodes" for columns that default listings make as wide as needed.  `starred`: a star at
    the end is kept when the text is cut.  `hidden`: not listed by --helpFormat.  `own_row`: depends on whether the
    partition has nodes at all.
    """

    match: str = ""
    width_of: str = ""
    starred: bool = False
    hidden: bool = False
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
    return partition.name == view.default_partition()


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
        "",
        ("AllocMem",),
        "ALLOCMEM",
        ("alloc_memory",),
        lambda line, _: str(line.last.alloc_memory if line.last else 0),
        match="alloc_mem",
    ),
    Column("S", ("AllocNodes",), "ALLOCNODES", (), lambda line, _: line.partition.allocation_nodes or "all"),
    Column("a", ("Available",), "AVAIL", (), _avail, match="avail"),
    Column("V", ("Cluster",), "CLUSTER", (), lambda line, _: "N/A"),
    Column(
        "", ("Comment",), "COMMENT", ("comment",), _of_first(lambda n: n.comment or None), match="comment"
    ),
    Column("Y", ("Cores",), "CORES", ("cores",), _sizes("cores"), match="cores"),
    Column("c", ("CPUs",), "CPUS", ("cpus",), _sizes("cpus"), match="cpus"),
    Column("O", ("CPUsLoad",), "CPU_LOAD", ("load",), _load, match="cpu_load"),
    Column(
        "C",
        ("CPUsState",),
        "CPUS(A/I/O/T)",
        ("cpus", "alloc_cpus", "state_number"),
        _cpu_states,
        match="cpus",
    ),
    Column(
        "L",
        ("DefaultTime",),
        "DEFAULTTIME",
        (),
        lambda line, _: _minutes(line.partition.default_minutes),
        match="default_time",
    ),
    Column("d", ("Disk",), "TMP_DISK", ("temporary_disk",), _plain_sizes("temporary_disk"), match="disk"),
    Column("", ("Extra",), "EXTRA", ("extra",), _of_first(lambda n: n.extra or None), match="extra"),
    Column(
        "f",
        ("Features",),
        "AVAIL_FEATURES",
        ("feature_text",),
        _of_first(lambda n: n.feature_text),
        match="features",
    ),
    Column(
        "b",
        ("features_act",),
        "ACTIVE_FEATURES",
        ("active_feature_text",),
        _of_first(lambda n: n.active_feature_text),
        match="features_act",
    ),
    Column("e", ("FreeMem",), "FREE_MEM", ("free_memory_mb",), _free_memory, match="free_mem"),
    Column("G", ("Gres",), "GRES", ("gres",), _of_first(lambda n: n.gres or None), match="gres"),
    Column(
        "G",
        ("GresUsed",),
        "GRES_USED",
        ("gres_used",),
        _of_first(lambda n: n.gres_used or None),
        match="gres_used",
    ),
    Column(
        "g", ("Groups",), "GROUPS", (), lambda line, _: line.partition.group_text or "all", match="groups"
    ),
    Column(
        "B", ("MaxCPUsPerNode",), "MAX_CPUS_PER_NODE", (), _max_cpus, match="max_cpus_per_node", own_row=True
    ),
    Column("m", ("Memory",), "MEMORY", ("real_memory",), _memory, match="memory"),
    Column(
        "o",
        ("NodeAddr",),
        "NODE_ADDR",
        ("address",),
        _hosts(lambda n: n.address),
        match="node_addr",
        whole_header=True,
    ),
    Column("A", ("NodeAI",), "NODES(A/I)", ("state_number",), _nodes_ai),
    Column("F", ("NodeAIOT",), "NODES(A/I/O/T)", ("state_number",), _nodes_aiot),
    Column(
        "n",
        ("NodeHost",),
        "HOSTNAMES",
        ("hostname",),
        _hosts(lambda n: n.hostname),
        match="hostnames",
        whole_header=True,
        width_of="nodes",
    ),
    Column(
        "N",
        ("NodeList",),
        "NODELIST",
        ("name",),
        lambda line, _: line.node_list(),
        whole_header=True,
        width_of="nodes",
    ),
    Column("D", ("Nodes",), "NODES", ("name",), lambda line, _: str(line.total)),
    Column("h", ("OverSubscribe",), "OVERSUBSCRIBE", (), _oversubscribe, match="oversubscribe", until=TABLE),
    Column("h", ("OverSubscribe",), "OVERSUBSCRIBE", (), _oversubscribe, since=TABLE),
    Column(
        "P",
        ("Partition",),
        "PARTITION",
        (),
        _partition,
        match="partition",
        width_of="partition",
        starred=True,
    ),
    Column(
        "R",
        ("PartitionName",),
        "PARTITION",
        (),
        lambda line, _: line.partition.name,
        match="partition",
        width_of="partition",
    ),
    Column(
        "",
        ("Port",),
        "PORT",
        ("port",),
        lambda line, view: _number(line.first.port if line.first else 0, view),
        match="port",
    ),
    Column("M", ("PreemptMode",), "PREEMPT_MODE", (), _preempt_mode, match="preempt_mode"),
    Column(
        "I",
        ("PriorityJobFactor",),
        "PRIO_JOB_FACTOR",
        (),
        lambda line, view: _number(line.partition.job_factor, view),
        match="priority_job_factor",
    ),
    Column(
        "p",
        ("PriorityTier",),
        "PRIO_TIER",
        (),
        lambda line, view: _number(line.partition.tier, view),
        match="priority_tier",
    ),
    Column("E", ("Reason",), "REASON", ("reason",), _reason, match="reason"),
    Column(
        "i",
        ("Reservation",),
        "RESERVATION",
        ("reservation",),
        lambda line, _: (line.first.reservation if line.first else None) or "",
        match="resv_name",
        since=TABLE,
    ),
    Column(
        "r",
        ("Root",),
        "ROOT",
        (),
        lambda line, _: "yes" if line.partition.has_flag("ROOT_ONLY") else "no",
        match="root",
    ),
    Column("h", ("Share",), "OVERSUBSCRIBE", (), _oversubscribe, match="oversubscribe", hidden=True),
    Column("s", ("Size",), "JOB_SIZE", (), _job_size, match="job_size"),
    Column("X", ("Sockets",), "SOCKETS", ("sockets",), _sizes("sockets"), match="sockets"),
    Column("z", ("SocketCoreThread",), "S:C:T", ("sockets", "cores", "threads"), _sct, match="sct"),
    Column("t", ("StateCompact",), "STATE", ("state_number",), _state(nodestate.compact), match="state"),
    Column(
        "",
        ("StateComplete",),
        "STATECOMPLETE",
        ("state_number",),
        _state(nodestate.complete),
        match="statecomplete",
    ),
    Column("T", ("StateLong",), "STATE", ("state_number",), _state(nodestate.long), match="state"),
    Column("Z", ("Threads",), "THREADS", ("threads",), _sizes("threads"), match="threads"),
    Column(
        "l",
        ("Time",),
        "TIMELIMIT",
        (),
        lambda line, _: _minutes(line.partition.max_minutes),
        match="max_time",
    ),
    Column("H", ("TimeStamp",), "TIMESTAMP", ("reason_time",), _timestamp, match="reason_timestamp"),
    Column("u", ("User",), "USER", ("reason_set_by_user",), _user, match="reason_user"),
    Column("U", ("UserLong",), "USER", ("reason_set_by_user",), _user_long, match="reason_user"),
    Column(
        "v",
        ("Version",),
        "VERSION",
        ("slurmd_release",),
        lambda line, _: (line.first.slurmd_release if line.first else None) or "N/A",
        match="version",
    ),
    Column("w", ("Weight",), "WEIGHT", ("weight",), _plain_sizes("weight"), match="weight"),
)
