"""`scontrol update NodeName=...`: change nodes.

Read as the native command reads it, word by word, and then sent as one request.  API versions before v0.0.40 cannot
change nodes; that is said before anything is sent, after what is wrong with the command line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands.scontrol import unable
from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.values import leading_number
from slurm_cli_proxy.rest import allowed, endpoints
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.errors import RestError

_INVALID_STATE: Final = (
    "Invalid input: {word}\nRequest aborted\n"
    "Valid states are: NoResp DRAIN FAIL FUTURE RESUME POWER_DOWN POWER_UP UNDRAIN\n"
    "Not all states are valid given a node's prior state\n"
)
_NEEDS_REASON: Final = "You must specify a reason when DOWNING or DRAINING a node. Request denied\n"
_ONLY_DOWN: Final = "You can only specify a resume time when DOWNING or DRAINING a node. Request denied\n"
_OLD: Final = (23, 2)  # until then numbers are read in C's way, and some failures are told twice
_MAX_WEIGHT: Final = 0xFFFFFFF0  # of such releases
_HIGHEST: Final = 0xFFFFFFFD


class Refused(Exception):
    """A word is wrong; `lines` is what is said about it."""

    def __init__(self, lines: str) -> None:
        self.lines = lines


class _State(Keyword, frozen=True, kw_only=True):
    """A state to put a node into: the names that make it up in the API."""

    parts: tuple[str, ...]


_STATES: Final = (
    _State(name="NoResp", shortest=3, parts=("NOT_RESPONDING",)),
    _State(name="CANCEL_REBOOT", shortest=3, parts=("REBOOT_CANCELED",)),
    _State(name="DRAIN", shortest=3, parts=("DRAIN",)),
    _State(name="FAIL", shortest=3, parts=("FAIL",)),
    _State(name="FUTURE", shortest=3, parts=("FUTURE",)),
    _State(name="RESUME", shortest=3, parts=("RESUME",)),
    _State(name="POWER_DOWN_ASAP", shortest=12, parts=("POWER_DOWN", "POWER_DRAIN")),
    _State(name="POWER_DOWN_FORCE", shortest=12, parts=("POWER_DOWN", "POWERED_DOWN")),
    _State(name="POWER_DOWN", shortest=7, parts=("POWER_DOWN",)),
    _State(name="POWER_UP", shortest=7, parts=("POWER_UP",)),
    _State(name="UNDRAIN", shortest=3, parts=("UNDRAIN",)),
    *(
        _State(name=name, shortest=3, parts=(name,))
        for name in ("UNKNOWN", "DOWN", "IDLE", "ALLOCATED", "MIXED")
    ),
)


def _text(word: str, value: str, old: bool) -> str:
    return value


def _list(word: str, value: str, old: bool) -> list[str]:
    """Features: an empty list would mean no change, one empty feature means none."""
    return value.split(",")


def _reason(word: str, value: str, old: bool) -> str:
    return value.removeprefix('"').removesuffix('"')


def _weight(word: str, value: str, old: bool) -> int:
    if not value:
        return 0
    return _c_number(value) if old else _number(word, value, "Weight")


def _c_number(value: str) -> int:
    """A number as C's strtoul reads it, with k for 1024."""
    found = re.fullmatch(r"\s*\+?(0[xX][0-9a-fA-F]+|[0-9]+)([kK]?)", value)
    if value.lower() in ("unlimited", "infinite"):
        return 0xFFFFFFFF
    problem = ""
    if value.startswith("-"):
        problem = "is less than zero"
    elif not found:
        problem = "is not a valid number"
    if found:
        digits = found[1]
        base = 16 if digits[:2].lower() == "0x" else 8 if digits.startswith("0") else 10
        try:
            number = int(digits, base) * (1024 if found[2] else 1)
        except ValueError:
            number = -1
            problem = "is not a valid number"
        if number > _MAX_WEIGHT:
            problem = f"is greater than {_MAX_WEIGHT}"
        if not problem:
            return number
    raise Refused(f"scontrol: error: Weight value ({value}) {problem}\n")


def _seconds(word: str, value: str, old: bool) -> int | None:
    return None if value == "-1" else _number(word, value, "ResumeAfter")


def _number(word: str, value: str, name: str) -> int:
    """A number as releases since 23.02 read it; nothing is 0."""
    number, rest = leading_number(value)
    if rest or not 0 <= number <= _HIGHEST:
        raise Refused(f"scontrol: error: Invalid value {word} for {name}\n")
    return number


_BINDINGS: Final = {
    "verbose": 0x1,
    "thread": 0x2,
    "threads": 0x2,
    "core": 0x4,
    "cores": 0x4,
    "socket": 0x8,
    "sockets": 0x8,
    "ldom": 0x10,
    "ldoms": 0x10,
    "none": 0x20,
    "off": 0x80000,
}
_VERBOSE: Final = 0x1


def _binding(word: str, value: str, old: bool) -> int:
    """The bits of the words, of which one besides `verbose` may be there; 0 changes nothing."""
    bits = 0
    for name in filter(None, value.lower().split(",")):
        if name not in _BINDINGS or (bits & ~_VERBOSE and name != "verbose"):
            again = "slurm_update error: No error\n" if old else ""
            raise Refused(f"scontrol: error: Invalid input {word}\n{again}")
        bits |= _BINDINGS[name]
    return bits


def _state(word: str, value: str, old: bool) -> list[str]:
    state = find(_STATES, value, (0, 0))
    if state is None or len(value) < 3:
        raise Refused(_INVALID_STATE.format(word=word))
    return list(state.parts)


class _Key(Keyword, frozen=True, kw_only=True):
    """A key of the update: the API's field for it ("" if it has none), and how its value is read."""

    field: str = ""
    read: Callable[[str, str, bool], Any] = _text


_KEYS: Final = (
    _Key(name="NodeAddr", shortest=5, field="address", read=_list),
    _Key(name="NodeHostName", shortest=5, field="hostname", read=_list),
    _Key(name="NodeName", shortest=1, field="name"),
    _Key(name="ActiveFeatures", shortest=3, field="features_act", read=_list),
    _Key(name="CertToken", shortest=1, since=(24, 5)),
    _Key(name="CpuBind", shortest=7, field="cpu_bind", read=_binding),
    _Key(name="Extra", shortest=1, field="extra"),
    _Key(name="Features", shortest=1, field="features", read=_list),
    _Key(name="AvailableFeatures", shortest=3, field="features", read=_list),
    _Key(name="Gres", shortest=1, field="gres"),
    _Key(name="InstanceId", shortest=9, since=(23, 2)),
    _Key(name="InstanceType", shortest=9, since=(23, 2)),
    _Key(name="Weight", shortest=1, field="weight", read=_weight),
    _Key(name="Comment", shortest=2, field="comment"),
    _Key(name="Reason", shortest=1, field="reason", read=_reason),
    _Key(name="ResumeAfter", shortest=4, field="resume_after", read=_seconds, since=(23, 2)),
    _Key(name="State", shortest=1, field="state", read=_state),
    _Key(name="Topology", shortest=4, field="topology_str", since=(25, 5)),
)
"""In the native command's sequence, which decides what a shortened key means."""


def run(ctx: Context, args: Sequence[str]) -> int:
    """`args`: the words after `update`, `NodeName=` among them.  Returns the exit status."""
    try:
        nodes, fields = read(ctx, args)
    except Refused as refused:
        ctx.err(refused.lines)
        return 1
    try:
        if not endpoints.offers(ctx.client, "update_node"):
            return unable.lacking(ctx, "update NodeName")
        if "topology_str" in fields and not endpoints.offers(ctx.client, "node_topology"):
            return unable.lacking(ctx, "update NodeName Topology")
        send(ctx, nodes, fields)
    except RestError as error:
        ctx.rest_error("slurm_update error: ", error)
        return 1
    return 0


def read(ctx: Context, args: Sequence[str]) -> tuple[str, Mapping[str, Any]]:
    """The nodes, as written, and the fields to change, in the API's words; Refused where native refuses."""
    old = ctx.release < _OLD
    fields: dict[str, Any] = {}
    for word in args:
        name, equals, value = word.partition("=")
        if not equals:
            again = "slurm_update error: No error\n" if old else ""
            raise Refused(f"scontrol: error: Invalid input: {word}  Request aborted\n{again}")
        key = find(_KEYS, name, ctx.release) if name else None
        if key is None:
            raise Refused(f"Update of this parameter is not supported: {word}\nRequest aborted\n")
        if not key.field:
            raise Refused(f"scontrol: error: {key.name} of a node cannot be set through the REST API\n")
        try:
            fields[key.field] = key.read(word, value, old)
        except Refused as refused:
            if not (old and key.field == "weight"):
                raise
            ctx.err(refused.lines)  # 22.05 goes on with what it has read so far
            break
    nodes: str = fields.pop("name", "")
    state = fields.get("state")
    if state in (["DOWN"], ["DRAIN"], ["FAIL"]):
        if not fields.get("reason"):
            raise Refused(_NEEDS_REASON)
    elif "resume_after" in fields:
        raise Refused(_ONLY_DOWN)
    if not fields:
        raise Refused("No changes specified\n")
    return nodes, fields


class _Numbers(msgspec.Struct):
    """A number as the API wants it: set, or with `infinite` none."""

    set: bool
    number: int
    infinite: bool = False


def send(ctx: Context, nodes: str, fields: Mapping[str, Any]) -> None:
    """Change the nodes; RestError if they were not changed."""
    names = allowed.must_be_nodes(ctx.client, [nodes])
    for name in ("address", "hostname"):
        allowed.must_be_nodes(ctx.client, fields.get(name))
    body = dict(fields)
    if "weight" in body:
        body["weight"] = _Numbers(True, body["weight"])
    if "resume_after" in body:
        seconds = body["resume_after"]
        body["resume_after"] = _Numbers(seconds is not None, seconds or 0, seconds is None)
    if len(names) == 1:
        endpoints.update_node(ctx.client, names[0], body)
    else:
        ctx.client.post("slurm:nodes/", body={**body, "name": names}, type=Answer)
