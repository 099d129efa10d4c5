"""What the controller tells the native commands beside an error, and REST leaves out: it follows from the request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.request import Request

_UNKNOWN_PARTITION: Final = 2000
_NO_SUCH_NODES: Final = 2014
_ALL_SINCE: Final = (25, 5)


def words_beside(ctx: Context, requests: Sequence[Request], error: RestError) -> Iterator[str]:
    """The lines before the error's own."""
    if error.number == _UNKNOWN_PARTITION:
        asked = [request["partition"] for request in requests if "partition" in request]
        sure = len(asked) == 1 and "," not in asked[0]
        unknown = asked[0] if sure else next(filter(None, (_unknown(ctx, text) for text in asked)), None)
        if unknown is not None:
            yield f"invalid partition specified: {unknown or '(null)'}"
    elif error.number == _NO_SUCH_NODES:
        yield from _too_much(ctx, requests)


def _too_much(ctx: Context, requests: Sequence[Request]) -> Iterator[str]:
    """Of what no node has as much as is asked for on each."""
    cpus = max(map(_cpus, requests))
    memory = max(max(request.get("mem", 0), request.get("mem_per_cpu", 0)) for request in requests)
    if cpus <= 1 and not memory:
        return
    try:
        nodes = endpoints.nodes(ctx.client, _Node)
    except RestError:
        return
    if cpus > max((node.cpus for node in nodes), default=cpus):
        yield "CPU count per node can not be satisfied"
    elif memory > max((node.real_memory for node in nodes), default=memory):
        yield "Memory specification can not be satisfied"


def _cpus(request: Request) -> int:
    """CPUs on each node at least; the controller looks at tasks a node only where there are several."""
    least: int = request.get("mincpus", 1)
    each: int = request.get("cpus_per_task", 1)
    tasks: int = request.get("ntasks_per_node", 1) if request.get("ntasks", 1) > 1 else 1
    return max(least, each * tasks)


def _unknown(ctx: Context, text: str) -> str:
    """Those of the partitions that do not exist, before 25.05 the first of them."""
    try:
        known = {partition.name for partition in endpoints.partitions(ctx.client, _Partition, flags=["ALL"])}
    except RestError:
        return ""
    unknown = [name for name in text.split(",") if name and name not in known]
    return ",".join(unknown if ctx.release >= _ALL_SINCE else unknown[:1])


class _Partition(msgspec.Struct):
    name: str | None = None


class _Node(msgspec.Struct):
    cpus: int = 0
    real_memory: int = 0
