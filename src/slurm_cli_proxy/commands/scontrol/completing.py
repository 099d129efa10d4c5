"""`scontrol completing`: the jobs that are over but whose nodes are not, and which nodes keep them."""

from __future__ import annotations

from collections.abc import Sequence

from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import date, duration, hostlist, nodestate
from slurm_cli_proxy.records import node as nodes
from slurm_cli_proxy.records.job import Job, fields
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.records.number import number_or
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """A line for each such job."""
    record = narrow(Job, fields({"states", "job_id", "end_time", "nodes"}))
    try:
        jobs = [job for job in endpoints.jobs(ctx.client, record) if "COMPLETING" in job.states]
    except RestError as error:
        if not switches.quiet:
            ctx.rest_error("slurm_load_jobs error: ", error)
        return 1
    if not jobs:
        return 0
    try:
        known = endpoints.nodes(ctx.client, narrow(Node, nodes.fields(frozenset({"state_number"}))))
    except RestError as error:
        if not switches.quiet:
            ctx.rest_error("slurm_load_nodes error: ", error)
        return 1
    states = {node.name: node.state_number for node in known}
    style = ctx.environ.get("SLURM_TIME_FORMAT", "")
    now = ctx.clock()
    for job in jobs:
        names = hostlist.expand(job.nodes or "", ctx.release)
        completing = [name for name in names if states.get(name, 0) & nodestate.COMPLETING]
        down = [name for name in names if states.get(name, 0) & nodestate.BASE == nodestate.DOWN]
        end = number_or(job.end_time, 0)
        text = (
            f"JobId={job.job_id} EndTime={date.format_time(end, style, now=now, release=ctx.release)}"
            f" CompletingTime={duration.format_seconds(max(0, int(now) - end))} "
        )
        if completing:
            text += f"Nodes(COMPLETING)={hostlist.compress(completing)} "
        if down:
            text += f"Nodes(DOWN)={hostlist.compress(down)} "
        ctx.out(text + "\n")
    return 0
