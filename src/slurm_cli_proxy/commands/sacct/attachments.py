"""`-B`: the script that a job was submitted with."""

from __future__ import annotations

from slurm_cli_proxy.columns.accounting_cells import job_id
from slurm_cli_proxy.columns.accounting_line import Line
from slurm_cli_proxy.commands.sacct import ask, select
from slurm_cli_proxy.commands.sacct.settings import Settings
from slurm_cli_proxy.context import Context

_RULE = "-" * 80


def show(ctx: Context, settings: Settings) -> int:
    """Print the scripts; the exit status."""
    if settings.env_vars or ask.old(ctx.client):
        if not ask.jobs(ctx, settings, select.ORDER):
            return 0
        option = "--env-vars" if settings.env_vars else "--batch-script"
        ctx.error(f"{option}: the API of this server does not tell it")
        return 1
    fields = frozenset({"script"}) | select.ORDER
    settings.allocations = True
    jobs = select.chosen(ask.jobs(ctx, settings, fields), settings, old=False, user_ids={}, group_ids={})
    for job in jobs:
        name = job_id(Line(job))
        if not settings.no_header:
            ctx.out(f"Batch Script for {name}\n{_RULE}\n")
        ctx.out(job.script or "NONE\n")
    return 0
