"""`scontrol show reservation [NAME]`."""

from __future__ import annotations

from collections.abc import Sequence

from slurm_cli_proxy.columns.job_values import View
from slurm_cli_proxy.columns.reservation_report import LINES
from slurm_cli_proxy.commands.scontrol.listing import told
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.report import for_release, report
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
    if switches.verbose and not switches.quiet:
        ctx.out(f"last_update_time={view.time(changed)}, records={len(found)}\n")
    lines = for_release(LINES, ctx.release)
    shown = 0
    for reservation in found:
        if name is not None and reservation.name != name:
            continue
        ctx.out(report(lines, reservation, view, one_line=switches.one_line))
        shown += 1
        if name is not None:
            break
    if shown:
        return 0
    if not switches.quiet:
        ctx.out("No reservations in the system\n" if name is None else f"Reservation {name} not found\n")
    return 0 if name is None else 1
