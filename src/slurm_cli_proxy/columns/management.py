"""What sacctmgr prints of each kind of record.  Records are the API's own, as dictionaries; a path leads to a value.

Limits that are not set print as nothing, and so does what a kind of record does not have.  `management_names.py`
tells what everything is called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from slurm_cli_proxy.columns.management_names import NAMED
from slurm_cli_proxy.columns.table import Double, Release
from slurm_cli_proxy.columns.table import TableColumn as Column
from slurm_cli_proxy.notation import date, duration
from slurm_cli_proxy.notation.memory import format_units

Record = dict[str, Any]
Render = Callable[[Record, Any], str | int | None]

_USE_PARENT: Final = 0x7FFFFFFF
_FLAGS_SINCE: Final = (22, 11)
QOS_IDS: Final = "qos_ids"
"""Where an association's record has the ids of its QOS, which are added to it (see `joined.with_qos_ids`)."""
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


def moment(path: str) -> Render:
    """A point in time."""

    def render(record: Record, view: Any) -> str:
        return date.format_time(at(record, path) or 0)

    return render


def _grace(record: Record, view: Any) -> str:
    return duration.format_seconds(int(at(record, "limits.grace_time") or 0))


def double(path: str) -> Render:
    """A fraction."""

    def render(record: Record, view: Any) -> str | None:
        value = at(record, path)
        return None if value is None else Double(float(value))

    return render


def preempt_mode(record: Record, view: Any) -> str:
    """How a QOS preempts."""
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


def _association_flags(record: Record, view: Release) -> str | None:
    """An association's or account's flags; users have none of their own."""
    flags = at(record, "flags")
    if view < _FLAGS_SINCE or flags is None or flags == ["NONE"]:
        return None
    return _flags(flags) or "None"


def _flags(flags: Iterable[str]) -> str:
    return ",".join(flag.title().replace("_", "") for flag in flags)


def _cluster_flags(record: Record, view: Any) -> str | None:
    return _flags(at(record, "flags") or ()) or None


def _cluster_resources(record: Record, view: Any) -> str | None:
    return ",".join(sorted(str(resources("tres")(record, view) or "").split(","))) or None


def _tres_type(record: Record, view: Any) -> str:
    return str(record.get("type") or "")


def nothing(record: Record, view: Any) -> None:
    """What a kind of record does not have, or the API does not tell."""


def _just(value: str | int) -> Render:
    return lambda record, view: value


ASSOCIATION: Final[dict[str, Render]] = {
    "Account": _account,
    "Cluster": plain("cluster"),
    "Comment": plain("comment"),
    "DefaultQOS": plain("default.qos"),
    "Fairshare": _share,
    "Flags": _association_flags,
    "GrpCPUMins": count("max.tres.group.minutes", "cpu"),
    "GrpCPURunMins": count("max.tres.group.active", "cpu"),
    "GrpCPUs": count("max.tres.total", "cpu"),
    "GrpJobs": plain("max.jobs.per.count"),
    "GrpJobsAccrue": plain("max.jobs.per.accruing"),
    "GrpMemory": count("max.tres.total", "mem"),
    "GrpNodes": count("max.tres.total", "node"),
    "GrpSubmitJobs": plain("max.jobs.per.submitted"),
    "GrpTRES": resources("max.tres.total"),
    "GrpTRESMins": resources("max.tres.group.minutes"),
    "GrpTRESRunMins": resources("max.tres.group.active"),
    "GrpWall": minutes("max.per.account.wall_clock"),
    "ID": plain("id"),
    "Lineage": plain("lineage"),
    "MaxCPUMinsPerJob": count("max.tres.minutes.per.job", "cpu"),
    "MaxCPURunMins": count("max.tres.minutes.total", "cpu"),
    "MaxCPUsPerJob": count("max.tres.per.job", "cpu"),
    "MaxJobs": plain("max.jobs.active"),
    "MaxJobsAccrue": plain("max.jobs.accruing"),
    "MaxNodesPerJob": count("max.tres.per.job", "node"),
    "MaxSubmitJobs": plain("max.jobs.total"),
    "MaxTRES": resources("max.tres.per.job"),
    "MaxTRESMins": resources("max.tres.minutes.per.job"),
    "MaxTRESPerNode": resources("max.tres.per.node"),
    "MaxTRESRunMinsPU": resources("max.tres.minutes.total"),
    "MaxWallDurationPerJob": minutes("max.jobs.per.wall_clock"),
    "MinPrioThreshold": plain("min.priority_threshold"),
    "ParentID": plain("parent_id"),
    "ParentName": plain("parent_account"),
    "Partition": plain("partition"),
    "Priority": plain("priority"),
    "QOSLevel": sorted_names("qos"),
    "QOSRAW": words(QOS_IDS),
    "Share": _share,
    "User": plain("user"),
}
USER: Final[dict[str, Render]] = ASSOCIATION | {
    "AdminLevel": _admin,
    "Coordinators": _coordinators,
    "DefaultAccount": plain("default.account"),
    "DefaultWCKey": plain("default.wckey"),
    "User": plain("name"),
}
ACCOUNT: Final[dict[str, Render]] = ASSOCIATION | {
    "Account": plain("name"),
    "Coordinators": _coordinators,
    "Description": plain("description"),
    "Organization": plain("organization"),
}
TRES: Final[dict[str, Render]] = {"ID": plain("id"), "Name": plain("name"), "Type": _tres_type}
CLUSTER: Final[dict[str, Render]] = {
    "Classification": nothing,
    "Cluster": plain("name"),
    "ClusterNodes": plain("nodes"),
    "ControlHost": plain("controller.host"),
    "ControlPort": plain("controller.port"),
    "Features": nothing,
    "Federation": nothing,
    "FedState": _just("NA"),
    "FedStateRaw": _just(0),
    "Flags": _cluster_flags,
    "ID": _just(0),
    "NodeCount": _nodes,
    "ParentID": _just(0),
    "RPC": plain("rpc_version"),
    "TRES": _cluster_resources,
}
"""What clusters have of their own; the API does not tell of federations."""
CLUSTER_LIMITS: Final[dict[str, Render]] = ASSOCIATION | {"User": nothing} | CLUSTER
_L: Final = "limits.max."
QOS: Final[dict[str, Render]] = {
    "Description": plain("description"),
    "Flags": _qos_flags,
    "GraceTime": _grace,
    "GrpCPUMins": count(_L + "tres.minutes.total", "cpu"),
    "GrpCPURunMins": count(_L + "tres.minutes.per.qos", "cpu"),
    "GrpCPUs": count(_L + "tres.total", "cpu"),
    "GrpJobs": plain(_L + "active_jobs.count"),
    "GrpJobsAccrue": plain(_L + "active_jobs.accruing"),
    "GrpMemory": count(_L + "tres.total", "mem"),
    "GrpNodes": count(_L + "tres.total", "node"),
    "GrpSubmitJobs": plain(_L + "jobs.count"),
    "GrpTRES": resources(_L + "tres.total"),
    "GrpTRESMins": resources(_L + "tres.minutes.total"),
    "GrpTRESRunMins": resources(_L + "tres.minutes.per.qos"),
    "GrpWall": minutes(_L + "wall_clock.per.qos"),
    "ID": plain("id"),
    "LimitFactor": double("limits.factor"),
    "MaxCPUMinsPerJob": count(_L + "tres.minutes.per.job", "cpu"),
    "MaxCPURunMins": count(_L + "tres.minutes.per.user", "cpu"),
    "MaxCPUsPerJob": count(_L + "tres.per.job", "cpu"),
    "MaxCPUsPerUser": count(_L + "tres.per.user", "cpu"),
    "MaxJobs": plain(_L + "jobs.active_jobs.per.user"),
    "MaxJobsAccruePA": plain(_L + "accruing.per.account"),
    "MaxJobsAccruePU": plain(_L + "accruing.per.user"),
    "MaxJobsPA": plain(_L + "jobs.active_jobs.per.account"),
    "MaxJobsPU": plain(_L + "jobs.active_jobs.per.user"),
    "MaxNodesPerJob": count(_L + "tres.per.job", "node"),
    "MaxNodesPerUser": count(_L + "tres.per.user", "node"),
    "MaxSubmitJobs": plain(_L + "jobs.per.user"),
    "MaxSubmitPA": plain(_L + "jobs.per.account"),
    "MaxSubmitPU": plain(_L + "jobs.per.user"),
    "MaxTRES": resources(_L + "tres.per.job"),
    "MaxTRESMins": resources(_L + "tres.minutes.per.job"),
    "MaxTRESPA": resources(_L + "tres.per.account"),
    "MaxTRESPerNode": resources(_L + "tres.per.node"),
    "MaxTRESPU": resources(_L + "tres.per.user"),
    "MaxTRESRunMinsPA": resources(_L + "tres.minutes.per.account"),
    "MaxTRESRunMinsPU": resources(_L + "tres.minutes.per.user"),
    "MaxWallDurationPerJob": minutes(_L + "wall_clock.per.job"),
    "MinCPUsPerJob": count("limits.min.tres.per.job", "cpu"),
    "MinPrioThreshold": plain("limits.min.priority_threshold"),
    "MinTRESPerJob": resources("limits.min.tres.per.job"),
    "Name": plain("name"),
    "Preempt": words("preempt.list"),
    "PreemptExemptTime": seconds("preempt.exempt_time"),
    "PreemptMode": preempt_mode,
    "Priority": plain("priority"),
    "UsageFactor": double("usage_factor"),
    "UsageThreshold": double("usage_threshold"),
}
WCKEY: Final = (
    Column("Cluster", 10, ("Cluster",), plain("cluster"), least=2),
    Column("ID", 6, ("ID",), plain("id"), "number", least=2),
    Column("Name", 10, ("Name",), plain("name"), header="WCKey", least=2),
    Column("User", 10, ("User",), plain("user")),
    Column("WCKey", 10, ("WCKey",), plain("name")),
)
"""Wckeys, whose table has nothing but these."""


def columns(
    renders: dict[str, Render] | tuple[Column[Record], ...], release: Release
) -> list[Column[Record]]:
    """The columns that a release has for a kind of record; `fields` of each holds its first name."""
    if isinstance(renders, tuple):
        return list(renders)
    found: list[Column[Record]] = []
    for one in NAMED:
        if not one.since <= release < one.until:
            continue
        key = _SAME.get(first := one.names.partition(":")[0], first)
        render = renders.get(key, nothing)
        for spelled in one.names.split():
            name, _, least = spelled.partition(":")
            found.append(Column(name, one.width, (key,), render, one.kind, one.header, least=int(least)))
    return found


_SAME: Final = {
    "MaxTRESPJ": "MaxTRES",
    "MaxTRESMinsPJ": "MaxTRESMins",
    "MaxTRESPN": "MaxTRESPerNode",
    "MaxTRESRunMins": "MaxTRESRunMinsPU",
}
"""Names that only later releases have, of what has others as well."""
