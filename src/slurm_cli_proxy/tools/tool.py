"""`slurm-cli-proxy`: its own sub-commands, its version, and the Slurm commands by way of it (see `main`)."""

from __future__ import annotations

import sys
from typing import Final

from slurm_cli_proxy import __version__
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.main import COMMANDS

TOOLS: Final[dict[str, str]] = {
    "login": "ask for a server and a token, try them, and keep them in the configuration",
    "doctor": "check everything between here and the cluster, and say what to do about it",
    "link": "put the Slurm commands, and nothing else, into a folder",
    "clusters": "the clusters of the configuration",
    "whoami": "who you are there, and until when",
    "completion": "what makes bash, zsh or fish complete the commands' options",
}
"""Sub-command to what it does; each is a module of this package with `run(ctx, argv) -> int`."""

_USAGE = """\
Usage: slurm-cli-proxy COMMAND [ARGUMENT ...]

The Slurm commands on a machine that is not part of the cluster, through the Slurm REST API.

{tools}
  {commands}
        a Slurm command, as if called by its own name
  help, --help
        this text; slurm-cli-proxy COMMAND --help tells more of one
  --version
        the version of slurm-cli-proxy (of Slurm: slurm-cli-proxy squeue --version)
"""


def run(ctx: Context, argv: list[str]) -> int:
    """Run `slurm-cli-proxy argv`; 1 when that is no sub-command."""
    word = argv[0] if argv else ""
    if word in TOOLS:
        name = f"slurm_cli_proxy.tools.{word}"
        __import__(name)
        status: int = sys.modules[name].run(ctx, argv[1:])
        return status
    if word in ("--version", "-V"):
        ctx.out(f"slurm-cli-proxy {__version__}\n")
        return 0
    usage = _USAGE.format(
        commands=", ".join(sorted(COMMANDS)),
        tools="".join(f"  {name}\n        {what}\n" for name, what in TOOLS.items()).rstrip("\n"),
    )
    if word in ("help", "--help", "-h"):
        ctx.out(usage)
        return 0
    if word:
        ctx.error(f"unknown command: {word}")
    ctx.err(usage)
    return 1
