"""What commands say when the accounting's database daemon does not answer, the same for all of them."""

from __future__ import annotations

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest.errors import RestError

NO_CONNECTION = 7000
"""What slurmrestd answers when it cannot reach slurmdbd."""


def refused(ctx: Context, error: RestError, *, last: str = "") -> int:
    """Print native's lines (but the one with slurmdbd's address, which the API does not tell); the exit status.

    `last` is what the command says after the connection's own lines.
    """
    if error.number != NO_CONNECTION:
        ctx.rest_error(f"{ctx.prog}: error: ", error)
        return 1
    ctx.error("Sending PersistInit msg: Connection refused")
    if last:
        ctx.error(f"{last}: Connection refused")
    ctx.err(f"{ctx.prog}: {ctx.profile.url}: slurmrestd cannot reach slurmdbd\n")
    return 1
