"""`scontrol create reservation`, `update ReservationName=`, `delete ReservationName=`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands.scontrol import unable
from slurm_cli_proxy.commands.scontrol.reservation_keys import OLD, Refused, read
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.reservation import Reservation
from slurm_cli_proxy.rest import allowed, endpoints
from slurm_cli_proxy.rest.answer import Bare
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.wire import quote

NOT_CREATED: Final = "No reservation created."
NOT_UPDATED: Final = "No reservation update."
NO_PARTITION: Final = 2000
INVALID: Final = 2053
DUPLICATE: Final = 2082
UNSPECIFIED: Final = -1

BUSY: Final = 2016
NO_SUCH_NODES: Final = 2014
INVALID_TRES: Final = 2115
ONE_PARTITION: Final = (
    "Note, unless nodes are directly requested a reservation must exist in a single partition.\n"
    "If no partition is requested the default partition is assumed.\n"
)
RECURRING: Final = frozenset({"HOURLY", "DAILY", "WEEKDAY", "WEEKEND", "WEEKLY"})
REPLACING: Final = frozenset({"REPLACE", "REPLACE_DOWN"})


class Note(msgspec.Struct, frozen=True):
    """What the controller says besides an error, where the request is such a one."""

    number: int
    applies: Callable[[Mapping[str, Any]], bool]
    text: str


def _recurs(fields: Mapping[str, Any]) -> bool:
    return len(RECURRING.intersection(fields.get("flags", ()))) > 1


def _replaces(fields: Mapping[str, Any]) -> bool:
    return not REPLACING.isdisjoint(fields.get("flags", ()))


NOTES_CREATED: Final = (
    Note(
        2036, _recurs, "Reservation has multiple reoccurring flags. Please specify only one reoccurring flag"
    ),
    Note(
        2018,
        lambda fields: _replaces(fields) and "node_list" in fields,
        "REPLACE or REPLACE_DOWN flags should be used with the NodeCnt reservation option; do not specify Nodes",
    ),
)
NOTES_UPDATED: Final = (
    Note(2109, lambda fields: True, "Updating core/node TRES not supported for core-based reservations"),
    Note(
        2036,
        _recurs,
        "Cannot update reservation to have multiple reoccurring flags. Please specify only one reoccurring flag",
    ),
    Note(
        2036,
        _replaces,
        "Reservation can't be updated with REPLACE or REPLACE_DOWN flags;"
        " they should be updated on a NodeCnt reservation",
    ),
)

_SIZES: Final = (
    "core_count",
    "node_list",
    "node_count",
    "tres",
    "tres_nodes",
    "bad_tres",
    "burst_buffer",
    "licenses",
)


def create(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the words after `create`."""
    try:
        fields = read(args, NOT_CREATED, ctx.server_clock, ctx.release)
        _check(ctx, fields)
    except Refused as refused:
        ctx.err(refused.lines)
        return 1
    name = fields.get("name", "")
    try:
        _agree(ctx, fields)
        can = endpoints.offers(ctx.client, "update_reservation")
        if not can:
            allowed.must_be_allowed(ctx.client)
        if _found(ctx, name):
            raise allowed.refusal(ctx.client, DUPLICATE)
        if not can:
            return unable.version_lacks(ctx, "create reservation")
        if not name:
            allowed.must_be_allowed(ctx.client)
            ctx.error("a reservation without a ReservationName cannot be created: the REST API wants one")
            return 1
        if _refuse_uncarried(ctx, fields):
            return 1
        allowed.must_be_nodes(ctx.client, fields.get("node_list"))
        ctx.client.post("slurm:reservation", body=fields, type=Bare, once=True)
    except RestError as error:
        _explain(ctx, "Error creating the reservation: ", error, NOTES_CREATED, fields)
        if error.number in (BUSY, NO_SUCH_NODES):
            ctx.out(ONE_PARTITION)
        return 1
    ctx.out(f"Reservation created: {name}\n")
    return 0


def update(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the words after `update`.  A reservation that there is not would be created: it is looked for first."""
    try:
        fields = read(args, NOT_UPDATED, ctx.server_clock, ctx.release)
    except Refused as refused:
        ctx.err(refused.lines)
        if refused.number or ctx.release < OLD:
            ctx.err(f"slurm_update error: {ctx.client.slurm_error(refused.number).text}\n")
        return 1
    if "name" not in fields:
        ctx.error(f"Reservation must be given.  {NOT_UPDATED}")
        return 1
    try:
        _agree(ctx, fields)
        known = _found(ctx, fields["name"])
        if known is None:
            raise allowed.refusal(ctx.client, INVALID)
        if not endpoints.offers(ctx.client, "update_reservation"):
            return unable.lacking(ctx, "update ReservationName")
        if _refuse_uncarried(ctx, fields) or _cannot_empty(ctx, fields, known):
            return 1
        allowed.must_be_nodes(ctx.client, fields.get("node_list"))
        ctx.client.post("slurm:reservation", body=fields, type=Bare, once=endpoints.adds(fields))
    except RestError as error:
        if ctx.release < OLD:
            ctx.err(f"Error updating the reservation: {error.text}\n")
        _explain(ctx, "slurm_update error: ", error, NOTES_UPDATED, fields)
        return 1
    ctx.out("Reservation updated.\n")
    return 0


def delete(ctx: Context, name: str, command: str) -> int:
    """`command`: the words that ask for it, which introduce an error."""
    try:
        can = ctx.release >= (26, 5) and endpoints.offers(ctx.client, "delete_reservation")
        if not name or (not can and _found(ctx, name) is None):
            raise allowed.refusal(ctx.client, INVALID)
        if not can:
            return unable.lacking(ctx, "delete ReservationName")
        ctx.client.delete(f"slurm:reservation/{quote(name)}", type=Bare)
    except RestError as error:
        ctx.rest_error(f"delete_reservation {command}: ", error)
        return 1
    return 0


def _explain(
    ctx: Context, prefix: str, error: RestError, notes: Sequence[Note], fields: Mapping[str, Any]
) -> None:
    """The native lines; of an error that the controller does not specify the API knows no more, either."""
    if error.number == UNSPECIFIED:
        error.detail = None
    for note in notes:
        if note.number == error.number and note.applies(fields):
            ctx.error(note.text)
    ctx.rest_error(prefix, error)


def _found(ctx: Context, name: str) -> Reservation | None:
    try:
        found = endpoints.reservation(ctx.client, name, Reservation) if name else []
    except RestError as error:
        if error.number == INVALID:
            return None
        raise
    return found[0] if found else None


def _agree(ctx: Context, fields: dict[str, Any]) -> None:
    """RestError, as natively since 23.02, where TRES say what another key says, or what cannot be.

    The number of nodes among them is given as `node_count`.
    """
    count = fields.pop("tres_nodes", None)
    kinds = {one["type"] for one in fields.get("tres", ())}
    clashes = (
        (2069, "TRES=cpu=<num> and CoreCnt=<num>", "cpu" in kinds and "core_count" in fields),
        (2006, "TRES=node=<num> and Nodes=<num>", count is not None and "node_count" in fields),
        (
            2048,
            "TRES=license/<name>=<num> and Licenses=<name>:<num>",
            "license" in kinds and "licenses" in fields,
        ),
    )
    if ctx.release >= OLD:
        for number, what, clash in clashes:
            if clash:
                error = allowed.refusal(ctx.client, number)
                ctx.error(f"{what} are mutually exclusive")
                raise error
    if count is not None:
        fields["node_count"] = count
    if fields.pop("bad_tres", False):
        raise allowed.refusal(ctx.client, INVALID_TRES)


def _refuse_uncarried(ctx: Context, fields: dict[str, Any]) -> bool:
    """Whether there is something that the API has no field for, having told it."""
    key = fields.pop("unable", "")
    if key:
        allowed.must_be_allowed(ctx.client)
        ctx.error(f"{key} of a reservation cannot be set through the REST API")
    return bool(key)


def _cannot_empty(ctx: Context, fields: dict[str, Any], known: Reservation) -> bool:
    """Whether there is something to be emptied that the API would leave as it is, having told it.

    Users and accounts are emptied by taking away each.
    """
    for name in [one for one, value in fields.items() if value in ("", []) and one not in ("name", "flags")]:
        there: str | None = getattr(known, name, None)
        if not there and name not in ("comment", "partition"):
            del fields[name]
        elif there and name in ("users", "accounts") and not there.startswith("-"):
            fields[name] = [f"-{one}" for one in there.split(",")]
        elif name == "partition":
            error = allowed.refusal(ctx.client, NO_PARTITION)
            ctx.error("Reservation partition cannot be removed")
            raise error
        else:
            allowed.must_be_allowed(ctx.client)
            ctx.error(f"{name} of a reservation cannot be emptied through the REST API")
            return True
    return False


def _check(ctx: Context, fields: Mapping[str, Any]) -> None:
    """What a new reservation must have; Refused, in the native command's sequence."""
    new = ctx.release >= OLD
    if "start_time" not in fields:
        raise _lacking("A start time must be given.")
    if "duration" not in fields and "end_time" not in fields:
        raise _lacking("An end time or duration must be given.")
    start, end = fields["start_time"]["number"], fields.get("end_time", {}).get("number")
    length = fields.get("duration", {})
    if end is not None and length and (length["infinite"] or start + 60 * length["number"] != end):
        raise _lacking("StartTime + Duration does not equal EndTime.")
    if end is not None and start > end:
        raise _lacking("Start time cannot be after end time.")
    flags = fields.get("flags", ())
    nodes = [name.upper() for name in fields.get("node_list", ())]
    if "PART_NODES" in flags and not ("partition" in fields and nodes == ["ALL"]):
        raise _lacking("PART_NODES flag requires specifying a Partition and ALL nodes.")
    if "FORCE_START" in flags and RECURRING.isdisjoint(flags):
        raise Refused(f"scontrol: error: FORCE_START flag requires a reoccuring reservation. {NOT_CREATED}\n")
    lone = fields.get("unable")
    if not (any(fields.get(name, []) != [] for name in _SIZES) or lone in ("TRESPerNode", "Watts")):
        parts = "TRES or Watts" if new else "BurstBuffer, Licenses or Watts"
        raise _lacking(f"CoreCnt, Nodes, NodeCnt, {parts} must be specified.")
    users = any(fields.get(name) for name in ("users", "accounts", "groups"))
    if not (users or lone in ("QOS", "AllowedPartitions")):
        more = " AllowedPartitions, QOS" if ctx.release >= (26, 5) else ""
        raise _lacking(f"Either Users/Groups{',' if more else ''}{more} and/or Accounts must be specified.")
    if fields.get("users") and fields.get("groups"):
        raise _lacking(
            "Users and Groups are mutually exclusive.  You can have one or the other, but not both."
        )


def _lacking(what: str) -> Refused:
    return Refused(f"scontrol: error: {what}  {NOT_CREATED}\n")
