"""`sinfo --json` and `--yaml`: 22.05 prints the nodes as the API answers them, later releases a record for each line.

Facts (24.11, 26.05): the lines are those of the listing that the other options ask for, kept apart by the generic
resources in use as well; a record has what any column could print of the line, and the whole partition.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands import documents
from slurm_cli_proxy.commands.listing import PARSERS_SINCE
from slurm_cli_proxy.commands.sinfo import lines, order
from slurm_cli_proxy.commands.sinfo.lines import Line
from slurm_cli_proxy.commands.sinfo.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import document
from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.records.partition import Partition
from slurm_cli_proxy.rest import endpoints, versions
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.untyped import untyped
from slurm_cli_proxy.rest.wire import decode

_UNSET_LOAD: Final = 0xFFFFFFFE  # NO_VAL
_UNSET_MEMORY: Final = 0xFFFFFFFFFFFFFFFE  # NO_VAL64
_SPECIALIZED_SINCE: Final = 42  # the API version since which a line tells of specialized resources
_USER_APART_SINCE: Final = 45  # the API version since which the user of a reason stands beside it
Number = dict[str, object]


@untyped
def report(ctx: Context, settings: Settings, keys: str, *, wanted: Any, chosen: Any) -> int:
    """Print the document; the exit status.  RestError if the server does not answer.

    `wanted(node, settings)` and `chosen(partitions, settings)` are the listing's filters.
    """
    form = settings.document
    assert form and settings.layout
    if ctx.release < PARSERS_SINCE:
        documents.show_as_answered(ctx, form, "nodes")
        return 0
    version = form.version(ctx.client)
    asked = version or ctx.client.version
    answer = documents.ask(ctx.client, asked, "partitions/", {"flags": "ALL"} if settings.all else None)
    texts = document.elements(answer, "partitions")
    partitions = decode(bytes(answer["partitions"]), list[Partition])
    nodes = decode(bytes(_nodes(ctx.client, asked, settings)["nodes"]), list[Node])
    if not version:
        return documents.complain(ctx, form)
    matches = settings.layout.matches | {"gres_used"}
    listing = lines.build(
        chosen(partitions, settings),
        [node for node in nodes if wanted(node, settings)],
        matches,
        ctx.release,
        exact=settings.exact,
        each_node=settings.node,
        ignore_partitions=settings.list_reasons,
    )
    order.sort(listing, keys, matches)
    if settings.cluster:
        name = document.raw(settings.cluster)
        texts = [
            msgspec.Raw(bytes(text).replace(b'"cluster": ""', b'"cluster": ' + bytes(name), 1))
            for text in texts
        ]
    found = [_record(line, texts[line.index], version, matches, settings.cluster) for line in listing]
    members = {
        "sinfo": document.array(found),
        "meta": answer["meta"],
        "errors": document.raw([]),
        "warnings": document.raw([]),
    }
    documents.show(ctx, form, version, members, settings.argv, settings.operands)
    return 0


def _nodes(client: Client, version: str, settings: Settings) -> document.Members:
    flags = ["MIXED", "DETAIL"] + ["ALL"] * settings.all + ["FUTURE"] * settings.future
    query = {"flags": flags} if endpoints.offers(client, "listing_flags") else None
    return documents.ask(client, version, "nodes/", query)


def _record(
    line: Line, partition: msgspec.Raw, version: str, matches: frozenset[str], cluster: str
) -> msgspec.Raw:
    first = line.first or Node()
    last = line.last or Node()
    allocated, idle, other = line.node_counts()
    cpus = line.cpu_counts()
    number = versions.number(version)
    apart = number >= _USER_APART_SINCE
    user = (first.reason_set_by_user or "") if line.members or apart else "root"
    reason: dict[str, object] = {"description": first.reason or "", "time": first.reason_time}
    members = {
        "port": first.port,
        "node": {"state": first.state or ["UNKNOWN"]},
        "nodes": {
            "allocated": allocated,
            "idle": idle,
            "other": other,
            "total": line.total,
            "hostnames": _hosts(line, "hostname") if "hostnames" in matches else [],
            "addresses": _hosts(line, "address") if "node_addr" in matches else [],
            "nodes": hostlist.expand(line.node_list()) if line.members else [],
        },
        "cpus": {
            "allocated": cpus[0],
            "idle": cpus[1],
            "other": cpus[2],
            "total": cpus[3],
            **_span(line, "cpus"),
            "load": _span(line, "load", _UNSET_LOAD),
            "per_node": {"max": _limit(line, partition)},
        },
        "sockets": _span(line, "sockets"),
        "cores": _span(line, "cores"),
        "threads": _span(line, "threads"),
        "disk": _span(line, "temporary_disk"),
        "memory": {
            **_span(line, "real_memory"),
            "free": {
                name: _number(value, _UNSET_MEMORY)
                for name, value in _span(line, "free_memory_mb", _UNSET_MEMORY).items()
            },
            "allocated": last.alloc_memory,
        },
        "weight": _span(line, "weight"),
        "features": {"total": first.feature_text or "", "active": first.active_feature_text or ""},
        "gres": {"total": first.gres or "", "used": first.gres_used or ""},
        "cluster": cluster,
        "comment": first.comment or "",
        "extra": first.extra or "",
        "reason": reason if apart else {**reason, "user": user},
        "reservation": first.reservation or "",
        **({"reason_set_by_user": user} if apart else {}),
        **({"resource_spec": {"cpus": "", "memory": 0}} if number >= _SPECIALIZED_SINCE else {}),
        "partition": partition,
    }
    return msgspec.Raw(
        b"{"
        + b",".join(
            b'"%s":%s' % (name.encode(), value if isinstance(value, msgspec.Raw) else document.raw(value))
            for name, value in members.items()
        )
        + b"}"
    )


def _span(line: Line, meaning: str, unset: int = 0) -> dict[str, int]:
    return {"minimum": line.lowest(meaning, unset), "maximum": line.highest(meaning, unset)}


def _number(value: int, unset: int) -> Number:
    there = value != unset
    return {"set": there, "infinite": False, "number": value if there else 0}


def _limit(line: Line, partition: msgspec.Raw) -> object:
    """The partition's; nothing is known of it where no node has told."""
    if not line.members:
        return _number(0, 1)
    return document.plain(partition)["maximums"]["cpus_per_node"]


def _hosts(line: Line, field: str) -> list[str]:
    names = dict.fromkeys(getattr(node, field) or "" for node in line.members.values())
    return hostlist.expand(hostlist.compress(name for name in names if name))
