"""`scontrol show node [NODES]`: all nodes, or those of a host list, in its order."""

from __future__ import annotations

from collections.abc import Sequence

from slurm_cli_proxy.columns.job_values import View
from slurm_cli_proxy.columns.node_report import LINES
from slurm_cli_proxy.commands.scontrol.listing import heading, told
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.report import for_release, report
from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.rest.errors import RestError

NO_LIST_SINCE = (23, 2)
"""From here on a list that cannot be read is complained about twice."""


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the entity's name, and the host list if there is one."""
    try:
        nodes, changed = told(ctx, "slurm:nodes/", "nodes", Node, flags(switches))
    except RestError as error:
        if not switches.quiet:
            ctx.rest_error("slurm_load_node error: ", error)
        return 1
    view = View(
        ctx.release,
        ctx.clock(),
        details=switches.details,
        one_line=switches.one_line,
        style=ctx.environ.get("SLURM_TIME_FORMAT", ""),
    )
    heading(ctx, switches, changed, len(nodes))
    lines = for_release(LINES, ctx.release)
    if len(args) < 2:
        for node in nodes:
            ctx.out(report(lines, node, view, one_line=switches.one_line))
        return 0
    try:
        names = hostlist.expand(args[1], ctx.release)
    except hostlist.HostlistError as error:
        return unreadable(ctx, args[1], error)
    status = 0
    known = {node.name: node for node in nodes}
    for name in names:
        found = known.get(name)
        if found is not None:
            ctx.out(report(lines, found, view, one_line=switches.one_line))
            continue
        status = 1
        if not switches.quiet:
            ctx.out(f"Node {name} not found\n")
    return status


def flags(switches: Switches) -> list[str]:
    """What to ask for, in the API's words."""
    wanted = ["MIXED"]
    for name, asked in (("ALL", switches.all), ("DETAIL", switches.details), ("FUTURE", switches.future)):
        if asked:
            wanted.append(name)
    return wanted


def unreadable(ctx: Context, text: str, error: hostlist.HostlistError) -> int:
    """A list that is none."""
    if error.log:
        ctx.error(error.log)
    ctx.err(f"unable to parse node list {text}\n")
    if ctx.release >= NO_LIST_SINCE:
        ctx.error("hostlist_shift_dims: no hostlist given")
    return 1
