"""`scontrol create NodeName=` and `delete NodeName=`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol import unable
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.rest import allowed, endpoints
from slurm_cli_proxy.rest.answer import Bare
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.wire import quote

NEW: Final = (23, 2)
INVALID: Final = 2018
INVALID_USER_ID: Final = 2010
INVALID_STATE: Final = 2028
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
        said = _said(error, line)
        if said:
            ctx.error(said)
            error.detail = None
        ctx.rest_error(f"Error creating {'the ' if ctx.release < NEW else ''}node(s): ", error)
        return 1
    return 0


def _said(error: RestError, line: str) -> str:
    """What the controller says besides, which the API leaves out."""
    if error.number == UNSPECIFIED:
        return f"Failed to parse nodeline '{line}'"
    if error.number == INVALID_STATE:
        return "Only State=FUTURE, CLOUD, or EXTERNAL allowed for nodes created by scontrol"
    if error.number == FULL:
        names = next(
            (word.partition("=")[2] for word in line.split() if word.lower().startswith("nodename=")), ""
        )
        try:
            first = hostlist.expand(names)[0]
        except (hostlist.HostlistError, IndexError):
            first = names
        return f"Unable to add node, node table is full ({first})"
    return ""


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
            allowed.must_be_allowed(ctx.client)
            raise ctx.client.slurm_error(INVALID)
        for one in names:
            ctx.client.delete(f"slurm:node/{quote(one)}", type=Bare)
    except RestError as error:
        if name and error.number != INVALID_USER_ID and error.detail is None:
            ctx.error(f"failed to delete nodes {name}")
        ctx.rest_error(f"delete_node {command}: ", error)
        return 1
    return 0
