"""`scancel`: signal jobs, or end them.

command line ──► settings ──► limits ──┬─► by_id          the ids go to the controller as they are
                                       ├─► by_controller  so do the filters (--ctld, -M, or where it comes to the same)
                                       └─► by_record      the jobs are looked at, chosen here, and signalled

As natively, nobody looks at a job that is just named: that it is unknown or has ended is no failure there, while
it is one beside any filter, `--signal`, `--batch` or `--interactive`.
"""

from __future__ import annotations

from slurm_cli_proxy.commands.scancel import by_id, limits
from slurm_cli_proxy.commands.scancel.settings import Done, read
from slurm_cli_proxy.context import Context


def run(ctx: Context, argv: list[str]) -> int:
    """Run `scancel` with these arguments; returns the exit status."""
    try:
        settings = read(ctx, argv)
    except Done as done:
        return done.status
    reason = limits.refusal(ctx, settings)
    if reason:
        ctx.error(reason)
        return 1
    if limits.left_to_controller(ctx, settings):
        from slurm_cli_proxy.commands.scancel import by_controller

        return by_controller.run(ctx, settings)
    if settings.plain:
        return by_id.run(ctx, settings)
    from slurm_cli_proxy.commands.scancel import by_record

    return by_record.run(ctx, settings)
