"""sbatch: submit a batch script."""

from __future__ import annotations

from slurm_cli_proxy.commands.sbatch.command import run

__all__ = ["run"]
