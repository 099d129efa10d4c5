"""`sacctmgr` without a command: commands from a terminal or a pipe, as `scontrol` reads them."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.commands.scontrol.prompt import carry_out
from slurm_cli_proxy.context import Context

LEAVING: Final = ("exit", "quit")


def run(ctx: Context, switches: Switches) -> int:
    """Carry out what is typed; the exit status."""
    from slurm_cli_proxy.commands.sacctmgr import command, verb_of

    return carry_out(
        ctx,
        lambda words: command(ctx, words, switches),
        lambda word: switches.ended or verb_of(ctx, word) in LEAVING,
    )
