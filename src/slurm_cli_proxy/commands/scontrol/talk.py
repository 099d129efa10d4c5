"""Verbs about scontrol itself: help, version, and those that mean an option for the commands after them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context

API_NUMBERS: Final = {(22, 5): 38, (24, 11): 42, (26, 5): 45}
"""The number of the release's library, which `-vV` tells."""


def set_all(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Show everything."""
    switches.all = True
    return 0


def set_hide(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Show no hidden partitions."""
    switches.all = False
    return 0


def set_details(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Show more of each record."""
    switches.details = True
    return 0


def set_one_line(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Print each record on one line."""
    switches.one_line = True
    return 0


def set_quiet(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Print no message about what is wrong."""
    switches.quiet = True
    return 0


def set_verbose(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Print more."""
    switches.quiet = False
    switches.verbose += 1
    return _surplus(ctx, args, f"{switches.word} keyword")


def leave(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """End."""
    return 0


def tell_version(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Print the server's version of Slurm."""
    status = _surplus(ctx, args, f"{switches.word} keyword")
    ctx.out(f"{ctx.profile.package_name or 'slurm'} {ctx.release_text}\n")
    number = API_NUMBERS.get(ctx.release)
    if switches.verbose and not switches.quiet and number:
        ctx.out(f"slurm_api_version: {number << 16}, {number}.0.0\n")
    return status


def give_help(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Print what there is."""
    from slurm_cli_proxy.commands.scontrol import VERBS
    from slurm_cli_proxy.options.scontrol import OPTIONS
    from slurm_cli_proxy.options.usage import help_text

    status = _surplus(ctx, args, f"keyword:{switches.word}")
    ctx.out(help_text("scontrol", OPTIONS, ctx.release, synopsis="[OPTIONS] VERB [WORDS]"))
    ctx.out("\nVerbs:\n")
    for name, words, text in VERB_HELP:
        ctx.out(f"  {f'{name} {words}'.rstrip():<28}{text}\n")
    known = {name for name, _, _ in VERB_HELP}
    rest = [v.name for v in VERBS if v.exists_in(ctx.release) and v.name not in known and not v.does]
    ctx.out("\nVerbs of the native command that are not supported yet:\n")
    ctx.out(_wrapped(dict.fromkeys(rest)))
    return status


VERB_HELP: Final = (
    ("show", "job [ID]", "print a job, or all jobs"),
    ("show", "hostnames [LIST]", "print the names in a host list, one a line"),
    ("show", "hostlist NAMES", "print names as a host list"),
    ("show", "hostlistsorted NAMES", "the same, sorted"),
    ("hold", "IDS | Name=NAME", "keep jobs from starting"),
    ("uhold", "IDS | Name=NAME", "keep jobs from starting; their owner may release them"),
    ("release", "IDS | Name=NAME", "let held jobs start"),
    ("update", "JobId=IDS KEY=VALUE", "change jobs"),
    ("update", "JobName=NAME KEY=VALUE", "change all jobs of that name"),
    ("update", "NodeName=NODES KEY=VALUE", "change nodes"),
    ("ping", "", "print whether the controllers answer"),
    ("version", "", "print the version of Slurm"),
    ("help", "", "print this text"),
    ("details, oneliner, all, hide", "", "as the options of these names"),
    ("quiet, verbose", "", "as the options of these names"),
    ("exit, quit", "", "end"),
)


def _wrapped(names: dict[str, None]) -> str:
    lines = ["  "]
    for name in names:
        if len(lines[-1]) + len(name) > 76:
            lines.append("  ")
        lines[-1] += name + " "
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _surplus(ctx: Context, args: Sequence[str], what: str) -> int:
    if not args:
        return 0
    ctx.err(f"too many arguments for {what}\n")
    return 1


def ping(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Whether the controllers answer."""
    from slurm_cli_proxy.commands.scontrol import ping as module

    return module.run(ctx, host=switches.host)
