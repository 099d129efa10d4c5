"""`sacctmgr` without a command: commands from a terminal or a pipe, as `scontrol` reads them.

An error does not end the prompt, but is remembered: the exit status is 1 from then on.
"""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.commands.scontrol.prompt import AGAIN, lines, split
from slurm_cli_proxy.context import Context

LEAVING: Final = ("exit", "quit")


def run(ctx: Context, switches: Switches) -> int:
    """Carry out what is typed; the exit status."""
    from slurm_cli_proxy.commands.sacctmgr import command, verb_of

    worst = 0
    last: list[str] = []
    for line in lines(ctx):
        words = split(line)
        if words == [AGAIN]:
            words = last
        last = words
        if not words:
            continue
        worst |= 1 if command(ctx, words, switches) else 0
        ctx.flush()
        if switches.ended or verb_of(ctx, words[0]) in LEAVING:
            break
    return worst
