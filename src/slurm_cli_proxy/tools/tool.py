"""`slurm-cli-proxy`: what it can do, its version, and the Slurm commands by way of it (see `main`)."""

from __future__ import annotations

from slurm_cli_proxy import __version__
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.main import COMMANDS

_USAGE = """\
Usage: slurm-cli-proxy COMMAND [ARGUMENT ...]

The Slurm commands on a machine that is not part of the cluster, through the Slurm REST API.

  {commands}
        a Slurm command, as if called by its own name
  help, --help
        this text
  --version
        the version of slurm-cli-proxy (of Slurm: slurm-cli-proxy squeue --version)
"""


def run(ctx: Context, argv: list[str]) -> int:
    """Run `slurm-cli-proxy argv`; 1 when that is no sub-command."""
    word = argv[0] if argv else ""
    if word in ("--version", "-V"):
        ctx.out(f"slurm-cli-proxy {__version__}\n")
        return 0
    usage = _USAGE.format(commands=", ".join(sorted(COMMANDS)))
    if word in ("help", "--help", "-h"):
        ctx.out(usage)
        return 0
    if word:
        ctx.error(f"unknown command: {word}")
    ctx.err(usage)
    return 1
