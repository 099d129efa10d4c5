"""`scontrol create reservation`, `update ReservationName=`, `delete ReservationName=`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

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
INVALID: Final = 2053
DUPLICATE: Final = 2082
UNSPECIFIED: Final = -1

_SIZES: Final = ("core_count", "node_list", "node_count", "tres", "burst_buffer", "licenses")


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
        if not endpoints.offers(ctx.client, "update_reservation"):
            return unable.lacking(ctx, "create reservation")
        if not name:
            allowed.must_be_allowed(ctx.client)
            ctx.error("a reservation without a ReservationName cannot be created: the REST API wants one")
            return 1
        if _exists(ctx, name):
            raise allowed.refusal(ctx.client, DUPLICATE)
        allowed.must_be_nodes(ctx.client, fields.get("node_list"))
        ctx.client.post("slurm:reservation", body=fields, type=Bare, once=True)
    except RestError as error:
        _explain(ctx, "Error creating the reservation: ", error)
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
    emptied = [name for name, value in fields.items() if value in ("", []) and name not in ("name", "flags")]
    try:
        if not endpoints.offers(ctx.client, "update_reservation"):
            return unable.lacking(ctx, "update ReservationName")
        if emptied:
            allowed.must_be_allowed(ctx.client)
            ctx.error(f"{emptied[0]} of a reservation cannot be emptied through the REST API")
            return 1
        if not _exists(ctx, fields["name"]):
            raise allowed.refusal(ctx.client, INVALID)
        allowed.must_be_nodes(ctx.client, fields.get("node_list"))
        ctx.client.post("slurm:reservation", body=fields, type=Bare, once=endpoints.adds(fields))
    except RestError as error:
        if ctx.release < OLD:
            ctx.err(f"Error updating the reservation: {error.text}\n")
        _explain(ctx, "slurm_update error: ", error)
        return 1
    ctx.out("Reservation updated.\n")
    return 0


def delete(ctx: Context, name: str, command: str) -> int:
    """`command`: the words that ask for it, which introduce an error."""
    try:
        if ctx.release < (26, 5) or not endpoints.offers(ctx.client, "delete_reservation"):
            return unable.lacking(ctx, "delete ReservationName")
        if not name:
            raise allowed.refusal(ctx.client, INVALID)
        ctx.client.delete(f"slurm:reservation/{quote(name)}", type=Bare)
    except RestError as error:
        ctx.rest_error(f"delete_reservation {command}: ", error)
        return 1
    return 0


def _explain(ctx: Context, prefix: str, error: RestError) -> None:
    """The native line; of an error that the controller does not specify the API knows no more, either."""
    if error.number == UNSPECIFIED:
        error.detail = None
    ctx.rest_error(prefix, error)


def _exists(ctx: Context, name: str) -> bool:
    try:
        return bool(name) and bool(endpoints.reservation(ctx.client, name, Reservation))
    except RestError as error:
        if error.number == INVALID:
            return False
        raise


def _check(ctx: Context, fields: Mapping[str, Any]) -> None:
    """What a new reservation must have; Refused, in the native command's sequence."""
    new = ctx.release >= OLD
    if "start_time" not in fields:
        raise _lacking("A start time must be given.")
    if "duration" not in fields and "end_time" not in fields:
        raise _lacking("An end time or duration must be given.")
    if "end_time" in fields and fields["start_time"]["number"] > fields["end_time"]["number"]:
        raise _lacking("Start time cannot be after end time.")
    if not any(name in fields for name in _SIZES):
        parts = "TRES or Watts" if new else "BurstBuffer, Licenses or Watts"
        raise _lacking(f"CoreCnt, Nodes, NodeCnt, {parts} must be specified.")
    if not (fields.get("users") or fields.get("accounts") or fields.get("groups")):
        more = " AllowedPartitions, QOS" if ctx.release >= (26, 5) else ""
        raise _lacking(f"Either Users/Groups{',' if more else ''}{more} and/or Accounts must be specified.")
    if fields.get("users") and fields.get("groups"):
        raise _lacking(
            "Users and Groups are mutually exclusive.  You can have one or the other, but not both."
        )


def _lacking(what: str) -> Refused:
    return Refused(f"scontrol: error: {what}  {NOT_CREATED}\n")
