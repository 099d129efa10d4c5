"""`--version`, the same for every command."""

from __future__ import annotations

from slurm_cli_proxy.context import Context


def line(ctx: Context) -> str:
    """`slurm-wlm 24.11.5`: the package's name and the server's release.

    The REST API tells the release, not the name that the server's packager gave Slurm: Debian calls it `slurm-wlm`,
    SchedMD and others `slurm`.  The profile's `package_name` says which; `slurm` if it says nothing.
    """
    return f"{ctx.profile.package_name or 'slurm'} {ctx.release_text}\n"
