"""`sacctmgr`: what the accounting knows of users, accounts, associations, QOS, clusters and resources."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.commands.sacctmgr import show
from slurm_cli_proxy.commands.sacctmgr.show import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.sacctmgr import OPTIONS
from slurm_cli_proxy.rest.errors import RestError

_TRY: Final = 'Try "sacctmgr --help" for more information\n'
_CHANGES: Final = (
    "add",
    "archive",
    "clear",
    "create",
    "delete",
    "dump",
    "load",
    "modify",
    "ping",
    "reconfigure",
)
_SHORTEST: Final = 3


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sacctmgr` with these arguments; returns the exit status."""
    switches = Switches()
    scanner = Scanner(ctx.prog, argv, OPTIONS, ctx.release, permute="POSIXLY_CORRECT" not in ctx.environ)
    for event in scanner:
        if isinstance(event, Fault):
            ctx.err("".join(f"{line}\n" for line in event.lines) + ("" if event.unsupported else _TRY))
            return 1
        dest = event.option.dest
        if dest in ("version", "help", "usage"):
            return tell(ctx, dest)
        switches.note(dest)
    words = scanner.operands
    if not words:
        ctx.error("commands from a terminal or a pipe are not supported by this version of slurm-cli-proxy")
        return 1
    return command(ctx, words, switches)


def command(ctx: Context, words: list[str], switches: Switches) -> int:
    """One command line's verb."""
    verb = words[0].lower()
    if verb == "version":
        return tell(ctx, verb)
    if len(verb) >= _SHORTEST and ("show".startswith(verb) or "list".startswith(verb)):
        try:
            return show.run(ctx, words[1:], switches)
        except RestError as error:
            from slurm_cli_proxy.commands import slurmdbd

            return slurmdbd.refused(ctx, error)
    known = next((name for name in _CHANGES if len(verb) >= _SHORTEST and name.startswith(verb)), None)
    if known:
        ctx.error(f"{known} is not supported by this version of slurm-cli-proxy")
        return 1
    ctx.err(f"invalid keyword: {words[0]}\n")
    return 1


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
