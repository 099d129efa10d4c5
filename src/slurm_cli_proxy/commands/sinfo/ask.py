"""What to ask the server for, and the least that answers it.

| what is printed, sorted by, filtered by                                    | requests                        |
| --- | --- |
| reservations (-T)                                                          | reservations                    |
| partitions' names and what they have, nothing of nodes, no -N, no -n       | partitions                      |
| a single node (-n NAME)                                                    | partitions, that node           |
| anything else                                                              | partitions, nodes               |
| PreemptMode of a partition that has none of its own, from v0.0.45 on       | configuration, beside the above |

All on one connection.  Of nodes only the fields printed, compared or filtered by are decoded.

Before v0.0.40 every partition is answered, hidden ones too, and the user's right to see them is decided here, by the
flag alone; from then on the server decides, and is asked for all with a flag.
"""

from __future__ import annotations

from msgspec import Struct

from slurm_cli_proxy.commands.sinfo import lines, order
from slurm_cli_proxy.commands.sinfo.settings import Settings
from slurm_cli_proxy.records import node as nodes
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.records.partition import Partition
from slurm_cli_proxy.records.reservation import Reservation
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError

_INVALID_NODE_NAME = 2018


class _Configured(Struct):
    PreemptMode: list[str] | None = None


class _Configuration(Answer):
    slurm_conf: _Configured | None = None


def needed_fields(settings: Settings, keys: str) -> frozenset[str]:
    """The fields of nodes that the listing depends on; none where it depends on no node."""
    assert settings.layout
    matches = settings.layout.matches
    fields = settings.layout.format.needs | lines.fields_for(matches, settings.exact) | order.fields_for(keys)
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
    found = endpoints.partitions(client, Partition, flags=["ALL"] if settings.all else [])
    if settings.all or client.user == "root" or endpoints.offers(client, "listing_flags"):
        return found
    return [partition for partition in found if not partition.has_flag("HIDDEN")]


def node_records(client: Client, settings: Settings, fields: frozenset[str]) -> list[Node]:
    """The nodes, each with `fields` alone; just the one that was asked for, or none if there is none such."""
    record = narrow(Node, nodes.fields(fields))
    flags = ["MIXED"]
    if settings.all:
        flags.append("ALL")
    if settings.future:
        flags.append("FUTURE")
    if "gres_used" in fields:
        flags.append("DETAIL")
    if (
        not settings.nodes or len(settings.nodes) > 1 or not settings.nodes[0].isascii()
    ):  # slurmrestd wants UTF-8
        return endpoints.nodes(client, record, flags=flags)
    try:
        return endpoints.node(client, settings.nodes[0], record, flags=flags)
    except RestError as error:
        if error.number == _INVALID_NODE_NAME:
            return []
        raise


def preempt_mode(client: Client, settings: Settings, found: list[Partition]) -> str:
    """The cluster's own preemption mode, if a column shows it and the API tells it; else ""."""
    assert settings.layout
    needed = "preempt_mode" in settings.layout.matches and any(
        "CLUSTER_GLOBAL" in (partition.preempt_mode or ()) for partition in found
    )
    if not needed or not endpoints.offers(client, "conf"):
        return ""
    configured = client.get("slurm:conf", type=_Configuration).slurm_conf
    return ",".join((configured.PreemptMode if configured else None) or ())


def reservations(client: Client) -> list[Reservation]:
    """The reservations."""
    return endpoints.reservations(client, Reservation)
