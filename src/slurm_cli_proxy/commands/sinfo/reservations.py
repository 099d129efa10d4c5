"""`sinfo -T`: the reservations."""

from __future__ import annotations

from slurm_cli_proxy.commands.listing import times
from slurm_cli_proxy.commands.sinfo import ask
from slurm_cli_proxy.commands.sinfo.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.rest.errors import RestError


def report(ctx: Context, settings: Settings) -> bool:
    """Print them; False when the server did not answer."""
    try:
        found = ask.reservations(ctx.client)
    except RestError as error:
        ctx.rest_error("slurm_load_reservations: ", error)
        return False
    if not found:
        ctx.out("No reservations in the system\n")
        return True
    width = 9
    if not settings.no_header:
        width = max([width, *(_bytes(one.name) for one in found)])
        ctx.out(_line("RESV_NAME", width, "STATE", "START_TIME", "END_TIME", "DURATION", "NODELIST"))
    now = int(ctx.clock())
    time_text = times(ctx)
    for one in found:
        active = one.start <= now <= one.end
        ctx.out(
            _line(
                one.name,
                width,
                "ACTIVE" if active else "INACTIVE",
                time_text(one.start),
                time_text(one.end),
                duration.format_seconds((one.end - one.start) & 0xFFFFFFFF),
                one.node_list or "(null)",
            )
        )
    return True


def _line(name: str, width: int, state: str, start: str, end: str, length: str, nodes: str) -> str:
    blanks = " " * (width - _bytes(name))
    return f"{name}{blanks}  {state:>8}  {start:>19}  {end:>19}  {length:>11}  {nodes}\n"


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))
