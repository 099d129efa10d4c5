"""The limits of associations and QOS: how each is called, read, previewed, and where the API keeps it.

What a shortened key means is decided by the sequence of a table, as natively.  Facts: a number may be `-1` (no limit);
an empty one is 0; resources are previewed in the sequence of their names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands.scontrol.keyword import Keyword
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.notation.memory import UNITS, format_units

NONE: Final = -1
"""No limit: what `-1` stands for."""
USE_PARENT: Final = 0x7FFFFFFF
_NEW: Final = (22, 11)
_STRICT: Final = (25, 5)
"""Since when what follows a number of seconds or a factor is a mistake."""


class BadValue(Exception):
    """A value that is none: str() is what native says of it, with `sacctmgr: error: ` before if `error`."""

    def __init__(self, text: str, *, error: bool = True) -> None:
        super().__init__(text)
        self.error = error


class Limit(Keyword, frozen=True, kw_only=True):
    """A limit.

    `kind` is a key of `READ`; `label` stands in previews; `path` is the API's; `only`: the resource of an older key
    that takes just a number; `inherited`: whether what is below an account has it unless it has one of its own.
    """

    kind: str
    label: str
    path: str
    only: str = ""
    inherited: bool = False


def _limit(name: str, shortest: int, kind: str, label: str, path: str, only: str = "", **more: Any) -> Limit:
    return Limit(name=name, shortest=shortest, kind=kind, label=label, path=path, only=only, **more)


_MAX: Final[Mapping[str, Any]] = {"inherited": True}

ASSOCIATION: Final = (
    _limit("Comment", 2, "text", "Comment", "comment", since=_NEW),
    _limit("DefaultQOS", 8, "default_qos", "DefQOS", "default.qos", **_MAX),
    _limit("FairShare", 1, "share", "Fairshare", "shares_raw"),
    _limit("Shares", 1, "share", "Fairshare", "shares_raw"),
    _limit("GrpCPUMins", 7, "tres", "GrpTRESMins", "max.tres.group.minutes", "cpu"),
    _limit("GrpCPURunMins", 7, "tres", "GrpTRESRunMins", "max.tres.group.active", "cpu"),
    _limit("GrpCPUs", 7, "tres", "GrpTRES", "max.tres.total", "cpu"),
    _limit("GrpJobs", 4, "count", "GrpJobs", "max.jobs.per.count"),
    _limit("GrpJobsAccrue", 8, "count", "GrpJobsAccrue", "max.jobs.per.accruing"),
    _limit("GrpMemory", 4, "tres", "GrpTRES", "max.tres.total", "mem"),
    _limit("GrpNodes", 4, "tres", "GrpTRES", "max.tres.total", "node"),
    _limit("GrpSubmitJobs", 4, "count", "GrpSubmitJobs", "max.jobs.per.submitted"),
    _limit("GrpTRES", 7, "tres", "GrpTRES", "max.tres.total"),
    _limit("GrpTRESMins", 8, "tres", "GrpTRESMins", "max.tres.group.minutes"),
    _limit("GrpTRESRunMins", 8, "tres", "GrpTRESRunMins", "max.tres.group.active"),
    _limit("GrpWall", 4, "minutes", "GrpWall", "max.per.account.wall_clock"),
    _limit("MaxCPUMinsPerJob", 7, "tres", "MaxTRESMins", "max.tres.minutes.per.job", "cpu", **_MAX),
    _limit("MaxCPURunMins", 7, "tres", "MaxTRESRUNMins", "max.tres.minutes.total", "cpu", **_MAX),
    _limit("MaxCPUsPerJob", 7, "tres", "MaxTRES", "max.tres.per.job", "cpu", **_MAX),
    _limit("MaxJobs", 4, "count", "MaxJobs", "max.jobs.active", **_MAX),
    _limit("MaxJobsAccrue", 8, "count", "MaxJobsPrioAcc", "max.jobs.accruing", **_MAX),
    _limit("MaxNodesPerJob", 4, "tres", "MaxTRES", "max.tres.per.job", "node", **_MAX),
    _limit("MaxSubmitJobs", 4, "count", "MaxSubmitJobs", "max.jobs.total", **_MAX),
    _limit("MaxTRESPerJob", 11, "tres", "MaxTRES", "max.tres.per.job", **_MAX),
    _limit("MaxTRES", 7, "tres", "MaxTRES", "max.tres.per.job", **_MAX),
    _limit("MaxTRESPerNode", 11, "tres", "MaxTRESPerNode", "max.tres.per.node", **_MAX),
    _limit("MaxTRESMinsPerJob", 8, "tres", "MaxTRESMins", "max.tres.minutes.per.job", **_MAX),
    _limit("MaxTRESRunMins", 8, "tres", "MaxTRESRUNMins", "max.tres.minutes.total", **_MAX),
    _limit("MaxWallDurationPerJob", 4, "minutes", "MaxWall", "max.jobs.per.wall_clock", **_MAX),
    _limit("MinPrioThresh", 4, "count", "MinPrioThresh", "min.priority_threshold", **_MAX),
    _limit("Parent", 2, "parent", "Parent", "parent_account"),
    _limit("Priority", 3, "count", "Priority", "priority"),
    _limit("QosLevel", 1, "qos", "QOS", "qos"),
)  # fmt: skip
_L: Final = "limits.max."
_USER_RUN: Final = _L + "tres.minutes.per.user"
_ACCOUNT_RUN: Final = _L + "tres.minutes.per.account"
QOS: Final = (
    _limit("Description", 1, "text", "Description", "description"),
    _limit("Flags", 2, "flags", "Flags", "flags"),
    _limit("GraceTime", 3, "seconds", "GraceTime", "limits.grace_time"),
    _limit("GrpCPUMins", 7, "tres", "GrpTRESMins", _L + "tres.minutes.total", "cpu"),
    _limit("GrpCPURunMins", 7, "tres", "GrpTRESRunMins", _L + "tres.minutes.per.qos", "cpu"),
    _limit("GrpCPUs", 7, "tres", "GrpTRES", _L + "tres.total", "cpu"),
    _limit("GrpJobs", 4, "count", "GrpJobs", _L + "active_jobs.count"),
    _limit("GrpJobsAccrue", 8, "count", "GrpJobsAccrue", _L + "active_jobs.accruing"),
    _limit("GrpMemory", 4, "tres", "GrpTRES", _L + "tres.total", "mem"),
    _limit("GrpNodes", 4, "tres", "GrpTRES", _L + "tres.total", "node"),
    _limit("GrpSubmitJobs", 4, "count", "GrpSubmitJobs", _L + "jobs.count"),
    _limit("GrpTRES", 7, "tres", "GrpTRES", _L + "tres.total"),
    _limit("GrpTRESMins", 8, "tres", "GrpTRESMins", _L + "tres.minutes.total"),
    _limit("GrpTRESRunMins", 8, "tres", "GrpTRESRunMins", _L + "tres.minutes.per.qos"),
    _limit("GrpWall", 4, "minutes", "GrpWall", _L + "wall_clock.per.qos"),
    _limit("LimitFactor", 6, "factor", "LimitFactor", "limits.factor"),
    _limit("MaxCPUMinsPerJob", 7, "tres", "MaxTRESMins", _L + "tres.minutes.per.job", "cpu"),
    _limit("MaxCPUsPerJob", 7, "tres", "MaxTRESPerJob", _L + "tres.per.job", "cpu"),
    _limit("MaxCPUsPerUser", 11, "tres", "MaxTRESPerUser", _L + "tres.per.user", "cpu"),
    _limit("MaxJobsPerUser", 4, "count", "MaxJobsPerUser", _L + "jobs.active_jobs.per.user"),
    _limit("MaxJobsPU", 9, "count", "MaxJobsPerUser", _L + "jobs.active_jobs.per.user"),
    _limit("MaxJobsPerAccount", 11, "count", "MaxJobsPerAccount", _L + "jobs.active_jobs.per.account"),
    _limit("MaxJobsPA", 9, "count", "MaxJobsPerAccount", _L + "jobs.active_jobs.per.account"),
    _limit("MaxJobsAccruePA", 15, "count", "MaxJobsAccruePerAccount", _L + "accruing.per.account"),
    _limit("MaxJobsAccruePerAccount", 17, "count", "MaxJobsAccruePerAccount", _L + "accruing.per.account"),
    _limit("MaxJobsAccruePU", 15, "count", "MaxJobsAccruePerUser", _L + "accruing.per.user"),
    _limit("MaxJobsAccruePerUser", 17, "count", "MaxJobsAccruePerUser", _L + "accruing.per.user"),
    _limit("MaxNodesPerJob", 4, "tres", "MaxTRESPerJob", _L + "tres.per.job", "node"),
    _limit("MaxNodesPerUser", 12, "tres", "MaxTRESPerUser", _L + "tres.per.user", "node"),
    _limit("MaxSubmitJobsPerUser", 4, "count", "MaxSubmitJobsPerUser", _L + "jobs.per.user"),
    _limit("MaxSubmitJobsPU", 15, "count", "MaxSubmitJobsPerUser", _L + "jobs.per.user"),
    _limit("MaxSubmitJobsPerAccount", 17, "count", "MaxSubmitJobsPerAccount", _L + "jobs.per.account"),
    _limit("MaxSubmitJobsPA", 15, "count", "MaxSubmitJobsPerAccount", _L + "jobs.per.account"),
    _limit("MaxTRESPerAccount", 11, "tres", "MaxTRESPerAccount", _L + "tres.per.account"),
    _limit("MaxTRESPA", 9, "tres", "MaxTRESPerAccount", _L + "tres.per.account"),
    _limit("MaxTRESPerJob", 8, "tres", "MaxTRESPerJob", _L + "tres.per.job", until=_NEW),
    _limit("MaxTRESPerJob", 11, "tres", "MaxTRESPerJob", _L + "tres.per.job", since=_NEW),
    _limit("MaxTRESPJ", 9, "tres", "MaxTRESPerJob", _L + "tres.per.job", since=_NEW),
    _limit("MaxTRES", 7, "tres", "MaxTRESPerJob", _L + "tres.per.job"),
    _limit("MaxTRESPerNode", 11, "tres", "MaxTRESPerNode", _L + "tres.per.node"),
    _limit("MaxTRESPN", 9, "tres", "MaxTRESPerNode", _L + "tres.per.node", since=_NEW),
    _limit("MaxTRESPerUser", 11, "tres", "MaxTRESPerUser", _L + "tres.per.user"),
    _limit("MaxTRESPU", 9, "tres", "MaxTRESPerUser", _L + "tres.per.user"),
    _limit("MaxTRESMinsPerJob", 8, "tres", "MaxTRESMins", _L + "tres.minutes.per.job"),
    _limit("MaxTRESMinsPJ", 13, "tres", "MaxTRESMins", _L + "tres.minutes.per.job", since=_NEW),
    _limit("MaxTRESRunMinsPA", 16, "tres", "MaxTRESRUNMinsPerAccount", _ACCOUNT_RUN),
    _limit("MaxTRESRunMinsPerAccount", 20, "tres", "MaxTRESRUNMinsPerAccount", _ACCOUNT_RUN, since=_NEW),
    _limit("MaxTRESRunMinsPU", 8, "tres", "MaxTRESRUNMinsPerUser", _USER_RUN, until=_NEW),
    _limit("MaxTRESRunMinsPU", 16, "tres", "MaxTRESRUNMinsPerUser", _USER_RUN, since=_NEW),
    _limit("MaxTRESRunMinsPerUser", 20, "tres", "MaxTRESRUNMinsPerUser", _USER_RUN, since=_NEW),
    _limit("MaxWallDurationPerJob", 4, "minutes", "MaxWall", _L + "wall_clock.per.job"),
    _limit("MinCPUsPerJob", 7, "tres", "MinTRESPerJob", "limits.min.tres.per.job", "cpu"),
    _limit("MinPrioThreshold", 4, "count", "MinPrioThresh", "limits.min.priority_threshold"),
    _limit("MinTRESPerJob", 7, "tres", "MinTRESPerJob", "limits.min.tres.per.job"),
    _limit("Preempt", 7, "qos", "Preempt", "preempt.list"),
    _limit("PreemptExemptTime", 8, "minutes", "PreemptExemptTime", "preempt.exempt_time"),
    _limit("PreemptMode", 8, "mode", "PreemptMode", "preempt.mode"),
    _limit("Priority", 3, "count", "Priority", "priority"),
    _limit("UsageFactor", 6, "factor", "UsageFactor", "usage_factor"),
    _limit("UsageThreshold", 6, "factor", "UsageThreshold", "usage_threshold"),
)  # fmt: skip

_SHOWN_ASSOCIATION: Final = (
    "Comment", "Fairshare", "GrpJobs", "GrpJobsAccrue", "GrpSubmitJobs", "GrpTRES", "GrpTRESMins", "GrpTRESRunMins",
    "GrpWall", "MaxJobs", "MaxJobsPrioAcc", "MaxSubmitJobs", "MaxTRES", "MaxTRESPerNode", "MaxTRESMins",
    "MaxTRESRUNMins", "MaxWall", "MinPrioThresh", "Parent", "Priority", "QOS", "DefQOS",
)  # fmt: skip
_SHOWN_QOS: Final = (
    "Description", "Flags", "GraceTime", "GrpJobs", "GrpJobsAccrue", "GrpSubmitJobs", "GrpTRES", "GrpTRESMins",
    "GrpTRESRunMins", "GrpWall", "MaxJobsAccruePerAccount", "MaxJobsAccruePerUser", "MaxJobsPerAccount",
    "MaxJobsPerUser", "MaxSubmitJobsPerAccount", "MaxSubmitJobsPerUser", "MaxTRESPerAccount", "MaxTRESPerJob",
    "MaxTRESPerNode", "MaxTRESPerUser", "MinPrioThresh", "MinTRESPerJob", "MaxTRESMins", "MaxTRESRUNMinsPerAccount",
    "MaxTRESRUNMinsPerUser", "MaxWall", "Preempt", "PreemptMode", "PreemptExemptTime", "Priority", "UsageFactor",
    "UsageThreshold", "LimitFactor",
)  # fmt: skip
_WIDTHS: Final = {"GrpJobsAccrue": 25, "Description": 15, "MaxJobsPerUser": 15}


class Set(msgspec.Struct):
    """A limit that is set: its value as `READ` gave it, and `+` or `-` where it adds or takes away."""

    limit: Limit
    value: Any
    sign: str = ""


Settings = dict[str, Set]
"""What is set, by label."""


class Names:
    """What the cluster has to name: its QOS in the sequence of their ids, its resources.  Asked when first needed."""

    def __init__(self, qos: Callable[[], Sequence[str]], tres: Callable[[], Sequence[str]]) -> None:
        self._qos = qos
        self._tres = tres

    @property
    def qos(self) -> Sequence[str]:
        return self._qos()

    @property
    def tres(self) -> Sequence[str]:
        return self._tres()


def read(
    limit: Limit, key: str, text: str, names: Names, release: tuple[int, int], tell: Callable[[str], None]
) -> Any:
    """The value in `text`; `tell` is told of an amount that is read as far as it is a number.  BadValue."""
    if limit.kind == "count":
        return _count(limit.name.removesuffix("DurationPerJob"), text)
    if limit.kind == "seconds":
        return _count(limit.name, text if release >= _STRICT else _begin(text))
    if limit.kind in ("minutes",):
        try:
            value = duration.parse_minutes(text)
        except NotationError:
            raise BadValue(f" Bad {limit.label} time format: {key}={text}", error=False) from None
        return NONE if value == duration.INFINITE else value
    if limit.kind == "share":
        return USE_PARENT if text.lower() == "parent" else _count("FairShare", text)
    if limit.kind == "tres":
        return _resources(limit, text, names, tell)
    if limit.kind == "factor":
        return _factor(limit.name, text, release)
    if limit.kind == "default_qos":  # whether there is one of that name is asked later
        return [] if text == "-1" else [text.lower()]
    if limit.kind == "qos":
        return _qos(text, names)
    return text.lower()


def _begin(text: str) -> str:
    """The whole number that a text begins with."""
    import re

    found = re.match(r"\s*[+-]?[0-9]+", text)
    return found[0] if found else "0"


def _factor(name: str, text: str, release: tuple[int, int]) -> float:
    import re

    found = re.match(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", text, re.IGNORECASE)
    if release >= _STRICT and (found is None or found.end() != len(text)):
        raise BadValue(f"{name} value ({text}) is not a valid number")
    if found is None:
        raise BadValue(f"Invalid value for {name} ({text})")
    return float(found[0])


def _count(name: str, text: str) -> int:
    import re

    found = re.match(r"\s*([+-]?[0-9]*)", text)
    digits = found[1] if found else ""
    if found and found.end() != len(text):
        raise BadValue(f"Invalid value for {name} ({text})")
    value = int(digits) if digits not in ("", "+", "-") else 0
    return NONE if value < 0 else value


def _resources(limit: Limit, text: str, names: Names, tell: Callable[[str], None]) -> dict[str, int]:
    if limit.only:
        return {limit.only: _count(limit.name, text)}
    found: dict[str, int] = {}
    for part in text.split(","):
        name, equals, amount = part.partition("=")
        if not equals:
            raise BadValue(f"slurmdb_format_tres_str: no TRES id found for {part}")
        known = next((one for one in names.tres if one.lower() == name.lower()), None)
        if known is None:
            what = "type" if "/" in name or not name.isdigit() else "id"
            raise BadValue(f"slurmdb_format_tres_str: no TRES known by {what} {name}")
        found[known] = _amount(known, amount, tell)
    return found


def _amount(name: str, text: str, tell: Callable[[str], None]) -> int:
    import re

    digits = re.match(r"[+-]?[0-9]*", text)
    number = digits[0] if digits else ""
    value, unit = int(number) if number not in ("", "+", "-") else 0, text[len(number) :][:1].upper()
    if value < 0:
        return NONE
    own = "M" if name == "mem" or name.startswith("bb/") else ""
    if unit and unit not in UNITS[1:6]:
        tell(f"Invalid unit type '{text[len(number)]}'. Possible options are 'KMGTP'")
        unit = ""
    power = UNITS.index(unit or own) - UNITS.index(own)
    return value << (10 * power) if power >= 0 else value >> (-10 * power)


def _qos(text: str, names: Names) -> list[str]:
    """The QOS named, each with its sign; an empty text is no QOS."""
    found: list[str] = []
    for part in (part for part in text.lower().split(",") if part):
        name = part.lstrip("+-")
        if name not in names.qos:
            raise BadValue(f"You gave a bad qos '{name}'. Valid QOS's are {','.join(names.qos)}")
        found.append(part)
    return found


# Preview


def preview(table: tuple[Limit, ...], settings: Settings) -> str:
    """The lines that tell of what is set."""
    shown = _SHOWN_QOS if table is QOS else _SHOWN_ASSOCIATION
    width = 25 if table is QOS else 14
    lines = []
    for label in shown:
        one = settings.get(label)
        if one is not None and (text := _text(one)) is not None:
            lines.append(f"  {label:<{_WIDTHS.get(label, width)}}= {text}\n")
    return "".join(lines)


def _text(one: Set) -> str | None:
    value, kind = one.value, one.limit.kind
    if kind == "share" and value == USE_PARENT:
        return "parent"
    if value == NONE:
        return "NONE"
    if kind == "tres":
        return ",".join(f"{name}={_shown(name, count)}" for name, count in sorted(value.items())) or None
    if kind == "minutes":
        return duration.format_minutes(value)
    if kind == "factor":
        return f"{value:.4f}"
    if kind == "qos":
        words = [one.sign + word for word in value]
        words.sort()
        return ",".join(words)
    if kind == "default_qos":
        return ",".join(value)
    if kind == "mode":
        return ",".join(mode.upper() for mode in value) or None
    if kind == "flags":
        return ",".join(value) or None
    return str(value)


def _shown(name: str, count: int) -> str:
    if count == NONE:
        return "NONE"
    return format_units(count, "M") if name == "mem" or name.startswith("bb/") else str(count)
