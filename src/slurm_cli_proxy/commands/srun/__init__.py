"""srun: run a command as a step of a job of its own, whose script calls the cluster's srun."""

from __future__ import annotations

from slurm_cli_proxy.commands.srun.command import run

__all__ = ["run"]
