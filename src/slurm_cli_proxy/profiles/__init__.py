"""Configuration: which cluster a call speaks to, and how. `load(environ)` gives the Profile."""

from __future__ import annotations

from slurm_cli_proxy.profiles.errors import ConfigError
from slurm_cli_proxy.profiles.layers import load
from slurm_cli_proxy.profiles.profile import PathMap, Profile

__all__ = ["ConfigError", "PathMap", "Profile", "load"]
