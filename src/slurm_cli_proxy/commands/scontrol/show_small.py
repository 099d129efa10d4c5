"""`scontrol show aliases` and `show resources`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.commands.scontrol import unable
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError


def aliases(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """The names of the nodes that are on a host: the one named, or this machine."""
    import platform

    host = args[1] if len(args) > 1 else platform.node().partition(".")[0]
    try:
        nodes = endpoints.nodes(ctx.client, narrow(Node, frozenset({"name", "hostname"})))
    except RestError as error:
        if not switches.quiet:
            ctx.rest_error("slurm_load_node error: ", error)
        return 1
    names = [node.name for node in nodes if node.hostname == host]
    if names:
        ctx.out(" ".join(names) + "\n")
    return 0


INVALID_JOB_ID: Final = 2017
NOT_RUNNING: Final = 2085


class Allocated(msgspec.Struct):
    """What a job has of a node: cores as a bitmap of the node's own, memory in MB, and its generic resources."""

    node: str = ""
    core_bitmap: str = ""
    mem_alloc: int = 0


def resources(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """What a job has of each of its nodes."""
    if len(args) < 2:
        ctx.err("missing JobId: No error\n")
        return 0
    job = args[1]
    if not endpoints.offers(ctx.client, "resources"):
        return unable.version_lacks(ctx, "show resources")
    found = re.match(r"\d+", job)
    if not found:
        text = ctx.client.slurm_error(INVALID_JOB_ID).text
        ctx.error(f"JobId=Invalid SLUID=Invalid lookup failed: {text}")
        return 1
    try:
        nodes = endpoints.listing(ctx.client, f"slurm:resources/{found[0]}", "nodes", Allocated)
    except RestError as error:
        if error.number == NOT_RUNNING:
            ctx.error(f"JobId={job} not running")
        else:
            ctx.rest_error(f"{ctx.prog}: error: JobId={job} lookup failed: ", error)
        return 1
    for node in nodes:
        ctx.out(f"Node={node.node} AbstractCores={node.core_bitmap} Memory={node.mem_alloc}\n")
    return 0
