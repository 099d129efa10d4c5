"""sacctmgr's columns, by the kind of record.  Records are the API's own, as dictionaries; a path leads to a value.

Limits that are not set print as nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from slurm_cli_proxy.columns.table import Kind
from slurm_cli_proxy.columns.table import TableColumn as Column
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.notation.memory import format_units

Record = dict[str, Any]
Render = Callable[[Record, Any], str | int | None]

_USE_PARENT: Final = 0x7FFFFFFF
_NEW: Final = (22, 11)
QOS_FLAGS: Final = {
    "DENY_LIMIT": "DenyOnLimit",
    "ENFORCE_USAGE_THRESHOLD": "EnforceUsageThreshold",
    "NO_DECAY": "NoDecay",
    "NO_RESERVE": "NoReserve",
    "OVERRIDE_PARTITION_QOS": "OverPartQOS",
    "PARTITION_MAXIMUM_NODE": "PartitionMaxNodes",
    "PARTITION_MINIMUM_NODE": "PartitionMinNodes",
    "PARTITION_TIME_LIMIT": "PartitionTimeLimit",
    "RELATIVE": "Relative",
    "REQUIRED_RESERVATION": "RequiresReservation",
    "USAGE_FACTOR_SAFE": "UsageFactorSafe",
}


def at(record: Record, path: str) -> Any:
    """The value that a path such as `max.jobs.total` leads to; None where there is none."""
    value: Any = record
    for key in path.split("."):
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    if isinstance(value, dict) and value.keys() >= {"set", "infinite", "number"}:
        return value["number"] if value["set"] and not value["infinite"] else None
    return value


def plain(path: str) -> Render:
    """A text or number."""
    return lambda record, view: _shown(at(record, path))


def _shown(value: Any) -> str | int | None:
    return value if isinstance(value, int) or value else None


def sorted_names(path: str) -> Render:
    """Names, sorted."""
    return lambda record, view: ",".join(sorted(at(record, path) or ())) or None


def words(path: str) -> Render:
    """Names as they come."""
    return lambda record, view: ",".join(at(record, path) or ()) or None


def minutes(path: str) -> Render:
    """A limit in minutes, as a duration."""

    def render(record: Record, view: Any) -> str | None:
        value = at(record, path)
        return None if value is None else duration.format_minutes(int(value))

    return render


def seconds(path: str) -> Render:
    """A time in seconds, as a duration."""

    def render(record: Record, view: Any) -> str | None:
        value = at(record, path)
        return None if value is None else duration.format_seconds(int(value))

    return render


def resources(path: str) -> Render:
    """Resources: `cpu=4,mem=1G`."""

    def render(record: Record, view: Any) -> str | None:
        found = []
        for one in at(record, path) or ():
            name = f"{one['type']}/{one['name']}" if one.get("name") else one["type"]
            count = one["count"]
            found.append(f"{name}={format_units(count, 'M') if one['type'] in ('mem', 'bb') else count}")
        return ",".join(found) or None

    return render


def count(path: str, kind: str) -> Render:
    """How many of one kind of resource."""

    def render(record: Record, view: Any) -> int | None:
        return next((one["count"] for one in at(record, path) or () if one["type"] == kind), None)

    return render


def _grace(record: Record, view: Any) -> str:
    return duration.format_seconds(int(at(record, "limits.grace_time") or 0))


def _factor(record: Record, view: Any) -> str | None:
    value = at(record, "usage_factor")
    return None if value is None else f"{float(value):.6f}"


def _limit_factor(record: Record, view: Any) -> str | None:
    value = at(record, "limits.factor")
    return None if value is None else f"{float(value):.6f}"


def _threshold(record: Record, view: Any) -> str | None:
    value = at(record, "usage_threshold")
    return None if value is None else f"{float(value):.6f}"


def _preempt_mode(record: Record, view: Any) -> str:
    modes = [mode.lower() for mode in at(record, "preempt.mode") or () if mode != "DISABLED"]
    return ",".join(modes) or "cluster"


def _qos_flags(record: Record, view: Any) -> str | None:
    return ",".join(QOS_FLAGS.get(flag, flag) for flag in at(record, "flags") or ()) or None


def _admin(record: Record, view: Any) -> str | None:
    told = at(record, "administrator_level")
    return told[0] if isinstance(told, list) and told else told or None


def _coordinators(record: Record, view: Any) -> str | None:
    return ",".join(one.get("name", "") for one in at(record, "coordinators") or ()) or None


def _share(record: Record, view: Any) -> str | int | None:
    value = at(record, "shares_raw")
    return "parent" if value == _USE_PARENT else value


def _account(record: Record, view: Any) -> str:
    return " " * int(record.get("depth", 0)) + (at(record, "account") or "")


def _nodes(record: Record, view: Any) -> int:
    from slurm_cli_proxy.notation import hostlist

    return len(hostlist.expand(at(record, "nodes") or ""))


def _cluster_flags(record: Record, view: Any) -> str | None:
    flags = at(record, "flags") or ()
    return ",".join(flag.title().replace("_", "") for flag in flags) or None


def _tres_type(record: Record, view: Any) -> str:
    return str(record.get("type") or "")


_LETTERS: Final = {
    2: "AdminLevel Cluster Fairshare Flags ID Name RPC TRES Type",
    3: "Account Classification Comment Coordinators Description GraceTime Priority QOS",
    4: "GrpJobs GrpMem GrpNodes GrpSubmit GrpWall MaxJobs MaxNodes MaxSubmit MaxWall MinPrioThreshold "
    "Partition",
    5: "NodeCount",
    6: "GrpCPUs LimitFactor UsageFactor UsageThreshold",
    7: "GrpCPUMins GrpTRES MaxCPUMins MaxCPUs MaxTRES MinTRES ParentID ParentName Preempt",
    8: "ClusterNodes ControlHost ControlPort DefaultAccount DefaultQOS DefaultWCKey GrpJobsAccrue "
    "GrpTRESMins GrpTRESRunMins MaxJobsAccrue MaxTRESMins MaxTRESRunMinsPU PreemptExemptTime "
    "PreemptMode",
    9: "MaxJobsPA MaxJobsPU MaxTRESPA MaxTRESPU",
    10: "MaxSubmitPU",
    11: "MaxSubmitPA MaxTRESPerNode",
    15: "MaxJobsAccruePA MaxJobsAccruePU MaxTRESRunMinsPA",
}
_LEAST: Final = {name: least for least, names in _LETTERS.items() for name in names.split()}
"""How many letters of a column's name sacctmgr must be given; 1 where it is not here."""


def _column(
    name: str, width: int, render: Render, header: str = "", kind: Kind = "text", **more: Any
) -> Column[Record]:
    return Column(name, width, (), render, kind, header or name, least=_LEAST.get(name, 1), **more)


_USER: Final = (
    _column("AdminLevel", 9, _admin, "Admin"),
    _column("Coordinators", 20, _coordinators, "Coord Accounts"),
    _column("DefaultAccount", 10, plain("default.account"), "Def Acct"),
    _column("DefaultWCKey", 10, plain("default.wckey"), "Def WCKey"),
    _column("Name", 10, lambda record, view: None),
    _column("User", 10, plain("name")),
)
_ACCOUNT: Final = (
    _column("Account", 10, plain("name")),
    _column("Coordinators", 20, _coordinators, "Coord Accounts"),
    _column("Description", 20, plain("description"), "Descr"),
    _column("Name", 10, lambda record, view: None),
    _column("Organization", 20, plain("organization"), "Org"),
)
TRES: Final = (
    _column("ID", 6, plain("id"), kind="number"),
    _column("Name", 15, plain("name")),
    _column("Type", 8, _tres_type),
)
CLUSTER: Final = (
    _column("Classification", 9, lambda record, view: None, "Class"),
    _column("Cluster", 10, plain("name")),
    _column("ClusterNodes", 20, plain("nodes"), "Cluster Nodes"),
    _column("ControlHost", 15, plain("controller.host")),
    _column("ControlPort", 12, plain("controller.port"), kind="number"),
    _column("Flags", 20, _cluster_flags),
    _column("Name", 10, lambda record, view: None),
    _column("NodeCount", 9, _nodes, kind="number"),
    _column("RPC", 5, plain("rpc_version"), kind="number"),
    _column("TRES", 20, resources("tres")),
)
ASSOCIATION: Final = (
    _column("Account", 10, _account),
    _column("Cluster", 10, plain("cluster")),
    _column("Comment", 20, plain("comment"), since=_NEW),
    _column("DefaultQOS", 9, plain("default.qos"), "Def QOS"),
    _column("Fairshare", 9, _share, "Share"),
    _column("GrpCPUMins", 11, count("max.tres.group.minutes", "cpu")),
    _column("GrpCPUs", 8, count("max.tres.total", "cpu")),
    _column("GrpJobs", 7, plain("max.jobs.per.count")),
    _column("GrpJobsAccrue", 13, plain("max.jobs.per.accruing")),
    _column("GrpMem", 7, count("max.tres.total", "mem")),
    _column("GrpNodes", 8, count("max.tres.total", "node")),
    _column("GrpSubmit", 9, plain("max.jobs.per.submitted")),
    _column("GrpTRES", 13, resources("max.tres.total")),
    _column("GrpTRESMins", 13, resources("max.tres.group.minutes")),
    _column("GrpTRESRunMins", 13, resources("max.tres.group.active")),
    _column("GrpWall", 11, minutes("max.per.account.wall_clock")),
    _column("ID", 6, plain("id"), kind="number"),
    _column("Lineage", 20, plain("lineage"), since=_NEW),
    _column("MaxCPUMins", 11, count("max.tres.minutes.per.job", "cpu")),
    _column("MaxCPUs", 8, count("max.tres.per.job", "cpu")),
    _column("MaxJobs", 7, plain("max.jobs.active")),
    _column("MaxJobsAccrue", 13, plain("max.jobs.accruing")),
    _column("MaxNodes", 8, count("max.tres.per.job", "node")),
    _column("MaxSubmit", 9, plain("max.jobs.total")),
    _column("MaxTRES", 13, resources("max.tres.per.job")),
    _column("MaxTRESMins", 13, resources("max.tres.minutes.per.job")),
    _column("MaxTRESPerNode", 14, resources("max.tres.per.node")),
    _column("MaxTRESRunMins", 14, resources("max.tres.minutes.total")),
    _column("MaxWall", 11, minutes("max.jobs.per.wall_clock")),
    _column("ParentID", 8, plain("parent_id"), kind="number"),
    _column("ParentName", 10, plain("parent_account")),
    _column("Partition", 10, plain("partition")),
    _column("Priority", 10, plain("priority")),
    _column("QOS", 20, sorted_names("qos")),
    _column("Share", 9, _share),
    _column("User", 10, plain("user")),
)


def _joined(first: tuple[Column[Record], ...]) -> tuple[Column[Record], ...]:
    """Columns together with those of associations, in order."""
    own = {column.name for column in first}
    both = [*first, *(column for column in ASSOCIATION if column.name not in own)]
    return tuple(sorted(both, key=lambda column: column.name.lower()))


WCKEY: Final = (
    _column("Cluster", 10, plain("cluster")),
    _column("ID", 6, plain("id"), kind="number"),
    _column("Name", 10, plain("name"), "WCKey"),
    _column("User", 10, plain("user")),
    _column("WCKey", 10, plain("name")),
)
USER: Final = _joined(_USER)
ACCOUNT: Final = _joined(_ACCOUNT)
CLUSTER_LIMITS: Final = _joined(CLUSTER)
_L: Final = "limits.max."
QOS: Final = (
    _column("Description", 20, plain("description"), "Descr"),
    _column("Flags", 20, _qos_flags),
    _column("GraceTime", 10, _grace),
    _column("GrpJobs", 7, plain(_L + "active_jobs.count")),
    _column("GrpJobsAccrue", 13, plain(_L + "active_jobs.accruing")),
    _column("GrpSubmit", 9, plain(_L + "jobs.count")),
    _column("GrpTRES", 13, resources(_L + "tres.total")),
    _column("GrpTRESMins", 13, resources(_L + "tres.minutes.total")),
    _column("GrpTRESRunMins", 13, resources(_L + "tres.minutes.per.qos")),
    _column("GrpWall", 11, minutes(_L + "wall_clock.per.qos")),
    _column("ID", 6, plain("id"), kind="number"),
    _column("LimitFactor", 11, _limit_factor),
    _column("MaxJobsAccruePA", 15, plain(_L + "accruing.per.account")),
    _column("MaxJobsAccruePU", 15, plain(_L + "accruing.per.user")),
    _column("MaxJobsPA", 9, plain(_L + "jobs.active_jobs.per.account")),
    _column("MaxJobsPU", 9, plain(_L + "jobs.active_jobs.per.user")),
    _column("MaxSubmitPA", 11, plain(_L + "jobs.per.account")),
    _column("MaxSubmitPU", 11, plain(_L + "jobs.per.user")),
    _column("MaxTRES", 13, resources(_L + "tres.per.job")),
    _column("MaxTRESMins", 13, resources(_L + "tres.minutes.per.job")),
    _column("MaxTRESPA", 13, resources(_L + "tres.per.account")),
    _column("MaxTRESPerJob", 13, resources(_L + "tres.per.job"), "MaxTRES"),
    _column("MaxTRESPerNode", 14, resources(_L + "tres.per.node")),
    _column("MaxTRESPU", 13, resources(_L + "tres.per.user")),
    _column("MaxTRESRunMinsPA", 16, resources(_L + "tres.minutes.per.account")),
    _column("MaxTRESRunMinsPU", 16, resources(_L + "tres.minutes.per.user")),
    _column("MaxWall", 11, minutes(_L + "wall_clock.per.job")),
    _column("MinPrioThreshold", 12, plain("limits.min.priority_threshold"), "MinPrioThres"),
    _column("MinTRES", 13, resources("limits.min.tres.per.job")),
    _column("Name", 10, plain("name")),
    _column("Preempt", 10, words("preempt.list")),
    _column("PreemptExemptTime", 19, seconds("preempt.exempt_time")),
    _column("PreemptMode", 11, _preempt_mode),
    _column("Priority", 10, plain("priority"), kind="number"),
    _column("UsageFactor", 11, _factor),
    _column("UsageThreshold", 10, _threshold, "UsageThres"),
)
