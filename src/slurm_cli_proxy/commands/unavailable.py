"""Commands that ask for what no version of the REST API tells: they say so, and print nothing else."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.context import Context

WHY: Final = {
    "sprio": "the Slurm REST API does not tell the factors of a job's priority (squeue -O priority shows their sum)",
    "sstat": "the Slurm REST API does not tell the use of running steps (sacct shows it once they have ended)",
}


def run(ctx: Context, argv: list[str]) -> int:
    """Say why; the version is told all the same."""
    if argv and argv[0] in ("-V", "--version"):
        from slurm_cli_proxy.commands import version

        ctx.out(version.line(ctx))
        return 0
    ctx.error(WHY[ctx.prog])
    return 1
