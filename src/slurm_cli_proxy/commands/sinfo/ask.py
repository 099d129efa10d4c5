"""What to ask the server for, and the least that answers it.

| what is printed, sorted by, filtered by                                    | requests                        |
| --- | --- |
| reservations (-T)                                                          | reservations                    |
| partitions' names and what they have, nothing of nodes, no -N, no -n       | partitions                      |
| a single node (-n NAME)                                                    | partitions, that node           |
| anything else                                                              | partitions, nodes               |

All on one connection.  Of nodes only the fields printed, compared or filtered by are decoded.

Versions: v0.0.38 answers every partition, hidden ones too (the user's right to see them is decided here, by the flag
alone), and knows no `flags`; from v0.0.40 on the server decides, asked by `flags`.
"""

from __future__ import annotations

from typing import Any

import msgspec

from slurm_cli_proxy.commands.sinfo import lines, order
from slurm_cli_proxy.commands.sinfo.settings import Settings
from slurm_cli_proxy.records import node as nodes
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.records.partition import Partition
from slurm_cli_proxy.records.reservation import Reservation
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.client import Client, quote
from slurm_cli_proxy.rest.errors import RestError

_INVALID_NODE_NAME = 2018
_NO_SUCH_NODE = "Failure to query node"


class Partitions(Answer):
    partitions: list[Partition] | None = None


class Reservations(Answer):
    reservations: list[Reservation] | None = None


def needed_fields(settings: Settings, keys: str) -> frozenset[str]:
    """The fields of nodes that the listing depends on; none where it depends on no node."""
    assert settings.layout
    matches = settings.layout.matches
    fields = settings.layout.node_fields | lines.fields_for(matches, settings.exact) | order.fields_for(keys)
    named = "partition" in matches and not settings.node
    whole = any(column.own_row for column in settings.layout.columns)
    if named and not fields and not whole and settings.node_text is None:
        return frozenset()  # every partition has its line, whatever its nodes
    if settings.dead or settings.responding:
        fields |= {"state_number"}
    if settings.states:
        fields |= {"state_number", "alloc_cpus"}
    return fields | {"name"}


def partitions(client: Client, settings: Settings) -> list[Partition]:
    """The partitions the user may see, or with -a all, in the order of the configuration."""
    told = client.get(
        "slurm:partitions/" + _flags(client, "ALL" if settings.all else ""), type=Partitions
    ).partitions
    found = told or []
    if settings.all or client.user == "root" or _has_flags(client):
        return found
    return [partition for partition in found if not partition.has_flag("HIDDEN")]


def node_records(client: Client, settings: Settings, fields: frozenset[str]) -> list[Node]:
    """The nodes, each with `fields` alone; just the one that was asked for, or none if there is none such."""
    record = narrow(Node, nodes.fields(fields))
    answer: Any = msgspec.defstruct("Nodes", [("nodes", list[record] | None, None)], bases=(Answer,))  # type: ignore[valid-type]
    flags = _flags(
        client,
        "MIXED",
        "ALL" if settings.all else "",
        "FUTURE" if settings.future else "",
        "DETAIL" if "gres_used" in fields else "",
    )
    if not settings.nodes or len(settings.nodes) > 1:
        return client.get("slurm:nodes/" + flags, type=answer).nodes or []
    try:
        return client.get(f"slurm:node/{quote(settings.nodes[0])}{flags}", type=answer).nodes or []
    except RestError as error:
        if error.number == _INVALID_NODE_NAME or error.description.startswith(_NO_SUCH_NODE):
            return []
        raise


def reservations(client: Client) -> list[Reservation]:
    """The reservations."""
    return client.get("slurm:reservations/", type=Reservations).reservations or []


def _has_flags(client: Client) -> bool:
    return client.version not in ("v0.0.38", "v0.0.39")


def _flags(client: Client, *names: str) -> str:
    """The query that sets these flags: each is a parameter of its own."""
    chosen = [f"flags={name}" for name in names if name]
    return "?" + "&".join(chosen) if chosen and _has_flags(client) else ""
