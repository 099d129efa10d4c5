"""What the controller tells native salloc beside an error, and REST leaves out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.request import Request

_UNKNOWN_PARTITION: Final = 2000


def words_beside(ctx: Context, request: Request, error: RestError) -> Iterator[str]:
    """The lines before the error's own."""
    if error.number == _UNKNOWN_PARTITION and "," not in request.get("partition", ","):
        yield f"invalid partition specified: {request['partition'] or '(null)'}"
