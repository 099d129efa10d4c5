"""`scontrol show reservation [NAME]`."""

from __future__ import annotations

from collections.abc import Sequence

from slurm_cli_proxy.columns.job_values import View
from slurm_cli_proxy.columns.reservation_report import LINES
from slurm_cli_proxy.commands.scontrol.listing import heading, show, told
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.reservation import Reservation
from slurm_cli_proxy.rest.errors import RestError


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the entity's name, and a reservation's if one is asked for."""
    name = args[1] if len(args) > 1 else None
    try:
        found, changed = told(ctx, "slurm:reservations/", "reservations", Reservation)
    except RestError as error:
        if not switches.quiet:
            ctx.rest_error("slurm_load_reservations error: ", error)
        return 1
    style = ctx.environ.get("SLURM_TIME_FORMAT", "")
    view = View(ctx.release, ctx.clock(), one_line=switches.one_line, style=style)
    heading(ctx, switches, changed, len(found))
    return show(ctx, switches, "reservation", found, LINES, view, name)
