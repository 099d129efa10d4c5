"""What the options tell that end a command: `--version`, `--help`, `--usage`."""

from __future__ import annotations

from collections.abc import Sequence

from slurm_cli_proxy.commands import version
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options import usage
from slurm_cli_proxy.options.spec import Option


def tell(ctx: Context, what: str, options: Sequence[Option]) -> int:
    """Print `what` ("version", "help", else the usage); returns the exit status."""
    if what == "version":
        ctx.out(version.line(ctx))
    else:
        text = usage.help_text if what == "help" else usage.usage
        ctx.out(text(ctx.prog, options, ctx.release))
    return 0
