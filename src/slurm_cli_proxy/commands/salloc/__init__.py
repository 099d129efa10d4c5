"""salloc: obtain an allocation, run a command in it here, release it."""

from __future__ import annotations

from slurm_cli_proxy.commands.salloc.command import run

__all__ = ["run"]
