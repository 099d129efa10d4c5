"""What `scontrol show partition` prints of a partition, and on which line of which release.

What no API version of a release tells stands in docs/fidelity.md; here it prints as a value that is not set.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from slurm_cli_proxy.columns.job_values import NULL
from slurm_cli_proxy.layout.report import Item
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.records.number import INFINITE, Number, number, number16
from slurm_cli_proxy.records.partition import Partition

ALL: Final = "ALL"
UNLIMITED: Final = "UNLIMITED"
NONE: Final = "NONE"

PREEMPT_MODES: Final = {"DISABLED": "OFF", "OFF": "OFF"}
NOT_TOLD: Final = "n/a"
CLUSTER: Final = "CLUSTER_GLOBAL"

_BINDINGS: Final = (
    (1, "VERBOSE", "verbose"),
    (2, "CPU_BIND_TO_THREADS", "threads"),
    (4, "CPU_BIND_TO_CORES", "cores"),
    (8, "CPU_BIND_TO_SOCKETS", "sockets"),
    (16, "CPU_BIND_TO_LDOMS", "ldoms"),
    (32, "CPU_BIND_NONE", "none"),
    (1 << 11, "CPU_BIND_OFF", "off"),
)
"""How tasks are bound: as a number, as the API's word, and as it is printed."""

V38_FLAGS: Final = {
    "LLN": "LEAST_LOADED_NODES",
    "REQ_RESV": "RESERVATION_REQUIRED",
    "EXCLUSIVE_USER": "EXCLUSIVE_USER",
}
"""What v0.0.38 calls flags of a partition."""


class View:
    """What the report depends on besides the partition.

    `default_partition` tells its name, for answers that do not tell flags, `preempt_mode` the cluster's own; "" if not
    known.  `saves_power`: whether the cluster is known to power nodes down and up.
    """

    __slots__ = ("default_partition", "preempt_mode", "saves_power")

    def __init__(
        self,
        default_partition: Callable[[], str],
        preempt_mode: Callable[[], str],
        saves_power: Callable[[], bool],
    ) -> None:
        self.default_partition = default_partition
        self.preempt_mode = preempt_mode
        self.saves_power = saves_power


Render = Callable[[Partition, View], "str | None"]


def rules(kind: str) -> Render:
    """`AllowX=` with who is let in, or `DenyX=` with who is not."""

    def render(partition: Partition, view: View) -> str:
        told: Any = getattr(partition, kind.lower())
        if told is None or isinstance(told, str):
            allowed = getattr(partition, f"allowed_{kind.lower()}")
            denied = getattr(partition, f"denied_{kind.lower()}")
        else:
            allowed, denied = told.allowed, told.deny
        if allowed or not denied:
            return f"Allow{kind}={allowed or ALL}"
        return f"Deny{kind}={denied}"

    return render


def flag(name: str) -> Render:
    def render(partition: Partition, view: View) -> str:
        return yes(partition.has_flag(name) or partition.has_flag(V38_FLAGS.get(name, name)))

    return render


def yes(value: object) -> str:
    return "YES" if value else "NO"


def default(partition: Partition, view: View) -> str:
    if partition.knows_flags:
        return yes(partition.has_flag("DEFAULT"))
    return yes(partition.name == view.default_partition())


def binding(partition: Partition, view: View) -> str | None:
    """How tasks are bound to CPUs, with a space behind; None where nothing is set."""
    told = partition.cpus.task_binding if partition.cpus else None
    if not told:
        return None
    if isinstance(told, int):
        words = [word for bit, _, word in _BINDINGS if told & bit]
    else:
        words = [word for _, name, word in _BINDINGS if name in told]
    return ",".join(words) + " "


def qos(partition: Partition, view: View) -> str:
    told = (
        partition.qos if isinstance(partition.qos, str) or partition.qos is None else partition.qos.assigned
    )
    return told or "N/A"


def minutes(value: int | None, absent: str) -> str:
    if value is None:
        return absent
    return UNLIMITED if value == INFINITE else duration.format_minutes(value)


def limit(value: Number) -> str:
    n = number(value)
    return UNLIMITED if n is None or n == INFINITE else str(n)


def per_socket(partition: Partition, view: View) -> str:
    return limit(partition.maximums.cpus_per_socket if partition.maximums else None)


def exclusive(partition: Partition, view: View) -> str:
    """v0.0.45 has the word itself."""
    return (partition.partition.exclusive if partition.partition else None) or "NO"


def oversubscribe(partition: Partition, view: View) -> str:
    word, jobs = partition.oversubscribe or (NOT_TOLD, 1)
    return f"{word}:{jobs}" if word in ("FORCE", "YES") else word


def over_time(partition: Partition, view: View) -> str:
    value = number16(partition.maximums.over_time_limit if partition.maximums else partition.over_time_limit)
    if value is None:
        return NONE
    return UNLIMITED if value is INFINITE else str(value)


def preempt_mode(partition: Partition, view: View) -> str:
    """The partition's own mode, or the cluster's; v0.0.38 has one word for "off" and for "not set"."""
    if partition.preemption_mode is not None:
        words = [word.upper() for word in partition.preemption_mode if word != "disabled"]
        return ",".join(words) or NOT_TOLD
    words = partition.preempt_mode or []
    if not words or CLUSTER in words:
        return view.preempt_mode() or NOT_TOLD
    return ",".join(PREEMPT_MODES.get(word, word) for word in words)


def select_type(partition: Partition, view: View) -> str:
    return ",".join(partition.select_type or ()) or NONE


def state(partition: Partition, view: View) -> str:
    return partition.states[0] if partition.states else "UNKNOWN"


def total(kind: str) -> Render:
    def render(partition: Partition, view: View) -> str:
        nested: Any = getattr(partition, kind)
        if nested is None or isinstance(nested, str):
            return str(getattr(partition, f"total_{kind}"))
        return str(nested.total)

    return render


def memory(what: str) -> Render:
    """`DefMemPerCPU=` or `DefMemPerNode=`, whichever is set; likewise `MaxMem…`."""

    def render(partition: Partition, view: View) -> str:
        nested: Any = partition.defaults if what == "Def" else partition.maximums
        if nested is not None:
            per_cpu, per_node = nested.partition_memory_per_cpu, nested.partition_memory_per_node
        elif what == "Def":
            per_cpu, per_node = partition.default_memory_per_cpu, partition.default_memory_per_node
        else:
            per_cpu, per_node = partition.maximum_memory_per_cpu, partition.maximum_memory_per_node
        for unit, value in (("CPU", number(per_cpu)), ("Node", number(per_node))):
            if value and value is not INFINITE:
                return f"{what}MemPer{unit}={value}"
        return f"{what}MemPerNode={UNLIMITED}"

    return render


def tres(partition: Partition, view: View) -> str:
    told = partition.tres
    return (told if isinstance(told, str) else told and told.configured) or NULL


def weights(partition: Partition, view: View) -> str | None:
    told = partition.tres
    return (
        partition.billing_weights
        or (told.billing_weights if told and not isinstance(told, str) else None)
        or None
    )


def seconds(read: Callable[[Partition], Number]) -> Render:
    """A time of power saving: the partition's own, or the cluster's."""

    def render(partition: Partition, view: View) -> str | None:
        if not view.saves_power():
            return None
        value = number(read(partition))
        return "GLOBAL" if value is None else "INFINITE" if value is INFINITE else str(value)

    return render


def powered_down(partition: Partition, view: View) -> str | None:
    return flag("PDOI")(partition, view) if view.saves_power() else None


LINES: Final[tuple[tuple[Item[Partition], ...], ...]] = (
    (Item("PartitionName", lambda p, view: p.name),),
    (
        Item("AllowGroups", lambda p, view: p.group_text or ALL),
        Item("", rules("Accounts")),
        Item("", rules("Qos")),
    ),
    (
        Item("AllocNodes", lambda p, view: p.allocation_nodes or ALL),
        Item("Alternate", lambda p, view: p.alternate or p.alternative or None),
        Item("Default", default),
        Item("CpuBind", binding),
        Item("QoS", qos),
    ),
    (
        Item("DefaultTime", lambda p, view: minutes(p.default_minutes, NONE)),
        Item("DisableRootJobs", flag("NO_ROOT")),
        Item("ExclusiveUser", flag("EXCLUSIVE_USER"), until=(25, 11)),
        Item("ExclusiveTopo", flag("EXCLUSIVE_TOPO"), since=(24, 11), until=(25, 11)),
        Item("Exclusive", exclusive, since=(25, 11)),
        Item(
            "GraceTime",
            lambda p, view: str(p.preemption_grace_time if p.grace_time is None else p.grace_time),
        ),
        Item("Hidden", flag("HIDDEN")),
    ),
    (
        Item("MaxNodes", lambda p, view: limit(p.max_nodes)),
        Item("MaxTime", lambda p, view: minutes(p.max_minutes, UNLIMITED)),
        Item("MinNodes", lambda p, view: str(p.min_nodes)),
        Item("LLN", flag("LLN")),
        Item("MaxCPUsPerNode", lambda p, view: limit(p.max_cpus_per_node)),
        Item("MaxCPUsPerSocket", per_socket, since=(23, 2)),
    ),
    (Item("NodeSets", lambda p, view: p.node_sets or None),),
    (Item("Nodes", lambda p, view: p.node_list or NULL),),
    (
        Item("PriorityJobFactor", lambda p, view: str(p.job_factor)),
        Item("PriorityTier", lambda p, view: str(p.tier)),
        Item("RootOnly", flag("ROOT_ONLY")),
        Item("ReqResv", flag("REQ_RESV")),
        Item("OverSubscribe", oversubscribe),
    ),
    (Item("OverTimeLimit", over_time), Item("PreemptMode", preempt_mode)),
    (
        Item("State", state),
        Item("TotalCPUs", total("cpus")),
        Item("TotalNodes", total("nodes")),
        Item("SelectTypeParameters", select_type),
    ),
    (Item("JobDefaults", lambda p, view: (p.defaults.job if p.defaults else None) or NULL),),
    (Item("", memory("Def")), Item("", memory("Max"))),
    (Item("TRES", tres),),
    (Item("TRESBillingWeights", weights),),
    (
        Item("ResumeTimeout", seconds(lambda p: p.timeouts.resume if p.timeouts else None), since=(24, 11)),
        Item("SuspendTimeout", seconds(lambda p: p.timeouts.suspend if p.timeouts else None), since=(24, 11)),
        Item("SuspendTime", seconds(lambda p: p.suspend_time), since=(24, 11)),
        Item("PowerDownOnIdle", powered_down, since=(24, 11)),
    ),
)
