"""What the controller tells native salloc beside an error, and REST leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.request import Request

_UNKNOWN_PARTITION: Final = 2000
_ALL_SINCE: Final = (25, 5)


def words_beside(ctx: Context, requests: Sequence[Request], error: RestError) -> Iterator[str]:
    """The lines before the error's own."""
    if error.number == _UNKNOWN_PARTITION:
        for request in requests:
            unknown = _unknown(ctx, request["partition"]) if "partition" in request else None
            if unknown is not None:
                yield f"invalid partition specified: {unknown or '(null)'}"
                return


def _unknown(ctx: Context, text: str) -> str | None:
    """Those of the partitions that do not exist, before 25.05 the first of them; None if all do."""
    try:
        known = {partition.name for partition in endpoints.partitions(ctx.client, _Partition, flags=["ALL"])}
    except RestError:
        return None
    names = text.split(",")
    unknown = [name for name in names if name not in known and (name or not names[1:])]
    return ",".join(unknown if ctx.release >= _ALL_SINCE else unknown[:1]) if unknown else None


class _Partition(msgspec.Struct):
    name: str | None = None
