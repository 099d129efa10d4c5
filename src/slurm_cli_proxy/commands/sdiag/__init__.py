"""`sdiag`: the controller's statistics."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.commands.sdiag.report import report
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.sdiag import OPTIONS
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

_TRY: Final = 'Try "sdiag --help" for more information\n'
_SORTS: Final = ("sort_by_id", "sort_by_time", "sort_by_time2")


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sdiag` with these arguments; returns the exit status."""
    sort, whole = "", False
    for event in Scanner(ctx.prog, argv, OPTIONS, ctx.release, permute="POSIXLY_CORRECT" not in ctx.environ):
        if isinstance(event, Fault):
            ctx.err("".join(f"{line}\n" for line in event.lines) + ("" if event.unsupported else _TRY))
            return 1
        dest = event.option.dest
        if dest in _SORTS:
            sort = dest
        elif dest == "no_trunc":
            whole = True
        elif dest not in ("all", "clusters"):  # the call is for that cluster by now
            return tell(ctx, dest)
    try:
        statistics = endpoints.diag(ctx.client)
    except RestError as error:
        ctx.rest_error("slurm_get_statistics: ", error)
        return 1
    ctx.out(report(statistics, ctx.release, sort, whole=whole))
    return 0


def tell(ctx: Context, what: str) -> int:
    """The options that end the command."""
    from slurm_cli_proxy.commands import version
    from slurm_cli_proxy.options import usage

    if what == "version":
        ctx.out(version.line(ctx))
    else:
        text = usage.help_text if what == "help" else usage.usage
        ctx.out(text(ctx.prog, OPTIONS, ctx.release))
    return 0
