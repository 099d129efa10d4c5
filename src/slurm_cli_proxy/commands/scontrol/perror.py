"""How the native command introduces the text of an error."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest.errors import RestError

NO_SPACE_SINCE: Final = (26, 5)


def complain(ctx: Context, what: str, error: RestError, *, quiet: bool = False) -> int:
    """`what error: TEXT`, of which 26.05 leaves the space out, unless `quiet`; the exit status."""
    if not quiet:
        ctx.rest_error(f"{what}:{'' if ctx.release >= NO_SPACE_SINCE else ' '}", error)
    return 1
