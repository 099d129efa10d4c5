"""What the controller looks at before it looks at a change of nodes, partitions or reservations, or of itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.wire import quote

INVALID_USER_ID: Final = 2010
NO_NODE: Final = "no-node-has-this-name"
NONE: Final = "None"


def must_be_allowed(client: Client) -> None:
    """RestError (Invalid user id), as natively, if the user may change no node, partition or reservation.

    A change of a node that there is not tells.  v0.0.38 changes no nodes: there the accounting tells who is no
    administrator.  What cannot be found out forbids nothing.
    """
    try:
        if endpoints.offers(client, "update_node"):
            endpoints.update_node(client, NO_NODE, {"comment": ""})
        elif client.user != "root" and _level(client) == NONE:
            raise client.slurm_error(INVALID_USER_ID)
    except RestError as error:
        if error.number == INVALID_USER_ID:
            raise


def refusal(client: Client, number: int) -> RestError:
    """The error of that number, to be raised; RestError for a user who may change nothing anyway."""
    must_be_allowed(client)
    return client.slurm_error(number)


class _Known(msgspec.Struct):
    administrator_level: str | None = None


def _level(client: Client) -> str | None:
    users = endpoints.listing(client, f"slurmdb:user/{quote(client.user)}", "users", _Known)
    return users[0].administrator_level if users else None


def must_be_nodes(client: Client, names: Sequence[str] | None) -> list[str]:
    """The nodes that a list of host lists names; RestError, as natively, if one cannot be read or is empty.

    The API would complain of the question.
    """
    from slurm_cli_proxy.notation import hostlist

    found: list[str] = []
    try:
        for text in names or ():
            some = hostlist.expand(text, client.release)
            if not some:
                raise hostlist.HostlistError(text)
            found += some
    except hostlist.HostlistError:
        raise refusal(client, endpoints.ABSENT["node"]) from None
    return found
