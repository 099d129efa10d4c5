"""`scontrol create NodeName=` and `delete NodeName=`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol import unable
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.rest import allowed, endpoints
from slurm_cli_proxy.rest.answer import Bare
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.wire import quote

NEW: Final = (23, 2)
INVALID: Final = 2018
INVALID_STATE: Final = 2028
EXISTS: Final = 2168
FULL: Final = 2169
UNSPECIFIED: Final = -1


def create(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the words after `create`, as a line of slurm.conf; the controller reads them."""
    line = " ".join(args)
    try:
        if not endpoints.offers(ctx.client, "create_node"):
            return unable.lacking(ctx, "create NodeName")
        ctx.client.post("slurm:new/node/", body={"node_conf": line}, type=Bare, once=True)
    except RestError as error:
        said = _said(ctx, error, line)
        if said:
            ctx.error(said)
            error.detail = None
        ctx.rest_error(f"Error creating {'the ' if ctx.release < NEW else ''}node(s): ", error)
        return 1
    return 0


def _said(ctx: Context, error: RestError, line: str) -> str:
    """What the controller says besides, which the API leaves out."""
    if error.number == UNSPECIFIED:
        return f"Failed to parse nodeline '{line}'"
    if error.number == INVALID_STATE:
        return "Only State=FUTURE, CLOUD, or EXTERNAL allowed for nodes created by scontrol"
    names = next(
        (word.partition("=")[2] for word in line.split() if word.lower().startswith("nodename=")), ""
    )
    if error.number == EXISTS:
        return f"Node already exists in the node table ({_taken(ctx, names)})"
    if error.number == FULL:
        return f"Unable to add node, node table is full ({_first(names)})"
    return ""


def _first(names: str) -> str:
    try:
        return hostlist.expand(names)[0]
    except (hostlist.HostlistError, IndexError):
        return names


def _taken(ctx: Context, names: str) -> str:
    """The first of the names that a node has."""
    found = endpoints.nodes(ctx.client, narrow(Node, frozenset({"name"})), flags=("FUTURE",))
    there = {node.name for node in found}
    return next((name for name in hostlist.expand(names) if name in there), _first(names))


def delete(ctx: Context, name: str, command: str) -> int:
    """`command`: the words that ask for it, which introduce an error."""
    try:
        if not endpoints.offers(ctx.client, "delete_node"):
            return unable.lacking(ctx, "delete NodeName")
        try:
            names = hostlist.expand(name, ctx.release)
        except hostlist.HostlistError:
            names = []
        if not names:
            raise allowed.refusal(ctx.client, INVALID)
    except RestError as error:
        return _failed(ctx, command, [name], error)
    failed: list[str] = []
    failure: RestError | None = None
    for one in names:
        try:
            ctx.client.delete(f"slurm:node/{quote(one)}", type=Bare)
        except RestError as error:
            failed.append(one)
            failure = error
            if error.detail is not None:  # the others would fare no better
                break
    return _failed(ctx, command, failed, failure) if failure else 0


def _failed(ctx: Context, command: str, names: list[str], error: RestError) -> int:
    listed = hostlist.compress(names)
    if listed and error.number != allowed.INVALID_USER_ID and error.detail is None:
        ctx.error(f"failed to delete nodes {listed}")
    ctx.rest_error(f"delete_node {command}: ", error)
    return 1
