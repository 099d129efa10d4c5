"""`scontrol getaddrs`: where the daemons of nodes listen."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import msgspec

from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.rest import endpoints


class Listening(msgspec.Struct):
    """A node's address and the port of its slurmd."""

    name: str = ""
    address: str = ""
    port: int = 0


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Print `NODE: ADDRESS:PORT` for each node; of those that there are not nothing is said, as natively."""
    try:
        names = set(hostlist.expand(args[0], ctx.release))
    except hostlist.HostlistError:
        return 0
    for node in endpoints.nodes(ctx.client, Listening):
        if node.name not in names:
            continue
        try:
            socket.inet_pton(socket.AF_INET, node.address)
        except OSError:
            ctx.error(
                f"getaddrs: the address of {node.name}, {node.address}, is a name, known to the cluster alone"
            )
            return 1
        ctx.out(f"{node.name}: {node.address}:{node.port}\n")
    return 0
