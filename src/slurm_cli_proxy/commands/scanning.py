"""How most commands read their command line: options may stand among the operands, unless POSIXLY_CORRECT is set."""

from __future__ import annotations

from collections.abc import Sequence

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Scanner
from slurm_cli_proxy.options.spec import Option


def scanner(ctx: Context, argv: list[str], options: Sequence[Option]) -> Scanner:
    """What getopt finds in it."""
    permute = "POSIXLY_CORRECT" not in ctx.environ
    return Scanner(ctx.prog, argv, options, ctx.release, permute=permute, called=ctx.called)
