"""The words of `scontrol create partition` and `update PartitionName=`: each becomes fields of the request.

What is wrong with a word is said as the native command says it, before anything is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.scontrol.reservation_keys import MULTIPLES, OLD, Refused, amount
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.values import leading_number

Release = tuple[int, int]
Fields = Mapping[str, Any]

ERROR: Final = "scontrol: error: "
MAX16: Final = 0xFFFC
MAX32: Final = 0xFFFFFFFC
EXCLUSIVE_SINCE: Final = (25, 11)


class Word(msgspec.Struct, frozen=True):
    """A word of the command line: the whole, the key spelt out, the sign before `=` (or ""), the value."""

    text: str
    key: str
    sign: str
    value: str
    release: Release

    def refuse(self, *lines: str) -> Refused:
        return Refused("".join(f"{ERROR}{line}\n" for line in lines))


Read = Callable[[Word], Fields]


def at(path: str, value: Any) -> Fields:
    """`{"maximums": {"time": value}}` for `maximums.time`."""
    fields: Any = value
    for name in reversed(path.split(".")):
        fields = {name: fields}
    return fields  # type: ignore[no-any-return]


def text(path: str) -> Read:
    """A text or a list of names; `+=` and `-=` put the sign before each name."""

    def read(word: Word) -> Fields:
        if word.sign:
            return at(path, ",".join(f"{word.sign}{name}" for name in word.value.split(",")))
        return at(path, word.value)

    return read


def minutes(path: str) -> Read:
    def read(word: Word) -> Fields:
        try:
            found = duration.parse_minutes(word.value)
        except NotationError:
            found = -1
        if found < 0 or (found >> 31 and found != duration.INFINITE):
            raise word.refuse(f"Invalid input {word.text}")
        return at(path, amount(found))

    return read


def yes(flag: str, name: str) -> Read:
    """YES or NO, each short for nothing less than a letter."""

    def read(word: Word) -> Fields:
        value = word.value.upper()
        if value and "NO".startswith(value):
            return {"flags": [f"{flag}_CLEAR"]}
        if value and "YES".startswith(value):
            return {"flags": [flag]}
        raise word.refuse(f"Invalid input: {word.text}", f"Acceptable {name} values are YES and NO")

    return read


def number(path: str, name: str, highest: int, *, unlimited: bool = True, plain: bool = False) -> Read:
    """A whole number; `plain`: the API takes it as it is, else with what says whether it is set."""

    def read(word: Word) -> Fields:
        value = word.value
        if unlimited and value.upper() in ("UNLIMITED", "INFINITE"):
            return at(path, amount(duration.INFINITE))
        found, rest = leading_number(value)
        if not value or rest or not 0 <= found <= highest:
            raise word.refuse(f"Invalid {name} value: {value}")
        return at(path, found if plain else amount(found))

    return read


def priority(word: Word) -> Fields:
    """Both the tier and the factor."""
    found, rest = leading_number(word.value)
    if not word.value or rest or not 0 <= found <= MAX16:
        raise word.refuse(f"Invalid Priority value: {word.value}")
    return {"priority": {"tier": found, "job_factor": found}}


def state(word: Word) -> Fields:
    """The first state that begins so."""
    for name in ("INACTIVE", "DOWN", "UP", "DRAIN"):
        if word.value and name.startswith(word.value.upper()):
            return {"partition": {"state": [name]}}
    raise word.refuse(
        f"Invalid input: {word.text}", "Acceptable State values are UP, DOWN, DRAIN and INACTIVE"
    )


def oversubscribe(word: Word) -> Fields:
    found = re.fullmatch(r"(NO|EXCLUSIVE|YES|FORCE)(?::(\d+).*|:.*)?", word.value.upper())
    if not found:
        raise word.refuse(
            f"Invalid input: {word.text}",
            "Acceptable OverSubscribe values are NO, EXCLUSIVE, YES:#, and FORCE:#",
        )
    kind, jobs = found.groups()
    if kind == "EXCLUSIVE":
        return {"partition": {"exclusive": "NODE"}}
    return {"partition": {"oversubscribe": kind if kind == "NO" else f"{kind}:{jobs or 4}"}}


def exclusive(word: Word) -> Fields:
    value = word.value.upper()
    if word.release < EXCLUSIVE_SINCE:
        return yes("EXCLUSIVE_USER", "ExclusiveUser")(word)
    if value not in ("NO", "NODE", "USER", "TOPO"):
        raise word.refuse(
            f"Invalid input: {word.text}", "Acceptable Exclusive values are NO, NODE, USER, TOPO"
        )
    return {"partition": {"exclusive": value}}


def exclusive_to(kind: str) -> Read:
    """The older way of saying it."""

    def read(word: Word) -> Fields:
        said = yes(kind, word.key)(word)["flags"] == [kind]
        return {"partition": {"exclusive": kind if said else "NO"}}

    return read


def preempt_mode(word: Word) -> Fields:
    """One of a partition's own modes, or OFF."""
    modes = {
        "OFF": "DISABLED",
        "CANCEL": "CANCEL",
        "REQUEUE": "REQUEUE",
        "SUSPEND": "SUSPEND",
        "WITHIN": "WITHIN",
    }
    parts = word.value.upper().split(",")
    if "GANG" in parts and word.release >= OLD:
        raise word.refuse("PreemptMode=GANG is a cluster-wide option and cannot be set at partition level")
    found = [modes.get(part) for part in parts]
    if None in found:
        raise word.refuse(f"Invalid input: {word.text}")
    return {"preempt_mode": found}


def counted(path: str, message: str) -> Read:
    """A number that the native command leaves out when it is none, after having said so."""

    def read(word: Word) -> Fields:
        value = word.value
        if value.upper() in ("UNLIMITED", "INFINITE"):
            return at(path, amount(duration.INFINITE))
        found = re.fullmatch(r"([0-9]+)([kKmM]?)", value)
        if not found:
            raise word.refuse(message.format(value=value))
        count = int(found[1]) * MULTIPLES[found[2].lower()]
        return at(path, count if path.startswith("minimums") else amount(count))

    return read


def unable(word: Word) -> Fields:
    raise word.refuse(f"{word.key} of a partition cannot be set through the REST API")


class Key(Keyword, frozen=True, kw_only=True):
    """A key, and how its value becomes fields of the request."""

    read: Read


NODE_COUNT: Final = '"{value}" is not a valid node count'
NUMERIC: Final = 'Invalid numeric value "{value}" for MaxNodes.'

KEYS: Final = (
    Key(name="PartitionName", shortest=1, read=text("name")),
    Key(name="MaxTime", shortest=4, read=minutes("maximums.time")),
    Key(name="DefaultTime", shortest=8, read=minutes("defaults.time")),
    Key(name="MaxCPUsPerNode", shortest=4, read=number("maximums.cpus_per_node", "MaxCPUsPerNode", MAX32)),
    Key(
        name="MaxCPUsPerSocket",
        shortest=11,
        read=number("maximums.cpus_per_socket", "MaxCPUsPerSocket", MAX32),
        since=OLD,
    ),
    Key(name="MaxNodes", shortest=4, read=counted("maximums.nodes", NUMERIC)),
    Key(name="MinNodes", shortest=2, read=counted("minimums.nodes", NODE_COUNT)),
    Key(name="Default", shortest=7, read=yes("DEFAULT", "Default")),
    Key(name="DisableRootJobs", shortest=1, read=yes("NO_ROOT", "DisableRootJobs")),
    Key(name="ExclusiveUser", shortest=1, read=exclusive, until=EXCLUSIVE_SINCE),
    Key(name="Exclusive", shortest=1, read=exclusive),
    Key(name="ExclusiveTopo", shortest=10, read=exclusive_to("TOPO"), since=EXCLUSIVE_SINCE),
    Key(name="ExclusiveUser", shortest=10, read=exclusive_to("USER"), since=EXCLUSIVE_SINCE),
    Key(name="Hidden", shortest=1, read=yes("HIDDEN", "Hidden")),
    Key(name="LLN", shortest=1, read=yes("LLN", "LLN")),
    Key(name="PowerDownOnIdle", shortest=2, read=yes("PDOI", "PowerDownOnIdle"), since=OLD),
    Key(name="RootOnly", shortest=3, read=yes("ROOT_ONLY", "RootOnly")),
    Key(name="ReqResv", shortest=3, read=yes("REQ_RESV", "ReqResv")),
    Key(name="Shared", shortest=2, read=oversubscribe),
    Key(name="OverSubscribe", shortest=5, read=oversubscribe),
    Key(name="OverTimeLimit", shortest=5, read=number("maximums.over_time_limit", "OverTimeLimit", MAX16)),
    Key(name="PreemptMode", shortest=3, read=preempt_mode),
    Key(name="Priority", shortest=3, read=priority),
    Key(
        name="PriorityJobFactor",
        shortest=9,
        read=number("priority.job_factor", "PriorityJobFactor", MAX16, unlimited=False, plain=True),
    ),
    Key(
        name="PriorityTier",
        shortest=9,
        read=number("priority.tier", "PriorityTier", MAX16, unlimited=False, plain=True),
    ),
    Key(name="State", shortest=2, read=state),
    Key(name="Nodes", shortest=5, read=text("nodes.configured")),
    Key(name="AllowGroups", shortest=6, read=text("groups.allowed")),
    Key(name="AllowAccounts", shortest=6, read=text("accounts.allowed")),
    Key(name="AllowQos", shortest=6, read=text("qos.allowed")),
    Key(name="DenyAccounts", shortest=5, read=text("accounts.deny")),
    Key(name="DenyQos", shortest=5, read=text("qos.deny")),
    Key(name="AllocNodes", shortest=6, read=text("nodes.allowed_allocation")),
    Key(name="Alternate", shortest=3, read=text("alternate")),
    Key(
        name="GraceTime",
        shortest=5,
        read=number("grace_time", "GraceTime", MAX32, unlimited=False, plain=True),
    ),
    Key(
        name="DefMemPerCPU",
        shortest=10,
        read=number("defaults.partition_memory_per_cpu", "DefMemPerCPU", 1 << 62, unlimited=False),
    ),
    Key(
        name="DefMemPerNode",
        shortest=10,
        read=number("defaults.partition_memory_per_node", "DefMemPerNode", 1 << 62, unlimited=False),
    ),
    Key(
        name="MaxMemPerCPU",
        shortest=10,
        read=number("maximums.partition_memory_per_cpu", "MaxMemPerCPU", 1 << 62, unlimited=False),
    ),
    Key(
        name="MaxMemPerNode",
        shortest=10,
        read=number("maximums.partition_memory_per_node", "MaxMemPerNode", 1 << 62, unlimited=False),
    ),
    Key(name="QOS", shortest=3, read=text("qos.assigned")),
    Key(name="TRESBillingWeights", shortest=1, read=text("tres.billing_weights")),
    Key(name="JobDefaults", shortest=4, read=text("defaults.job")),
    Key(name="CpuBind", shortest=7, read=unable),
    Key(name="Topology", shortest=4, read=text("topology"), since=OLD),
)
"""What a shortened key means is decided by this sequence."""


def read(words: Sequence[str], release: Release) -> dict[str, Any]:
    """The fields of the request; Refused where the native command refuses."""
    fields: dict[str, Any] = {}
    for text in words:
        name, equals, value = text.partition("=")
        if not equals:
            raise Refused(f"{ERROR}Invalid input: {text}  Request aborted\n")
        sign = name[-1] if name[-1:] in ("+", "-") and release >= OLD else ""
        key = find(KEYS, name.removesuffix(sign) if sign else name, release) if name else None
        if key is None:
            raise Refused(
                f"{ERROR}Update of this parameter is not supported: {text}\n\n{ERROR}Request aborted\n"
            )
        merge(fields, key.read(Word(text, key.name, sign, value, release)))
    return fields


def merge(fields: dict[str, Any], more: Fields) -> None:
    """Put nested fields together; lists of flags grow."""
    for name, value in more.items():
        if isinstance(value, Mapping) and isinstance(fields.get(name), dict) and "set" not in value:
            merge(fields[name], value)
        elif name == "flags":
            fields[name] = [*fields.get(name, ()), *value]
        else:
            fields[name] = dict(value) if isinstance(value, Mapping) else value
