"""What is said of a job that was not made: natively, the controller tells more beside an error than REST does, but it
follows from the request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.commands.submitting import Refused, refuse
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import endpoints, slurm_errors
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.request import Request

_UNKNOWN_PARTITION: Final = 2000
_NO_SUCH_NODES: Final = 2014
_ALL_SINCE: Final = (25, 5)

_FOUND_BY_CLIENT: Final[dict[int, tuple[int, int]]] = {
    2072: (0, 0),
    2115: (23, 2),
    2119: (0, 0),
    2122: (0, 0),
}
"""Errors that native commands (since a release) find themselves, and word without the prefix."""

_BAD_TRES: Final = 2115
_TASK_TRES: Final = ("cpu", "gres/", "license/")
_UNREADABLE: Final = 9001
"""All that v0.0.38 says of generic resources that make no sense; newer versions give the reason."""

_LICENSES: Final = 2048
_LEADS_SINCE: Final = (23, 2)  # 22.05 lets every component have licences


def refused(ctx: Context, requests: Sequence[Request], error: RestError, prefix: str) -> Refused:
    """What is said of a job that was not made; `prefix` goes before what native commands hear of the controller."""
    request = requests[0]
    if "cpu_freq" in request and (
        error.description == "Invalid cpu_frequency" or b"cpu_frequency" in error.body
    ):
        ctx.error(f"governor of {request.texts['cpu_freq']} is not allowed in slurm.conf")
        ctx.error("Invalid --cpu-freq argument")
        return Refused(255)
    if error.number == _UNREADABLE and any(each.has_gpus() for each in requests):
        mixed = any(_is_mixed(each) for each in requests)
        ctx.error(slurm_errors.text(2119 if mixed else 2072, ctx.release))
        return Refused()
    for line in _controllers_words(ctx, requests, error):
        ctx.error(line)
    since = _FOUND_BY_CLIENT.get(error.number)
    nameless = ",:" in f",{request.get('gres', '')}"  # which the controller has to find out
    of_gres = (request.has_gpus() and not nameless) or ",gres/" in f",{request.get('tres_per_task', '')}"
    unknown = any(
        part and not part.startswith(_TASK_TRES) for part in request.get("tres_per_task", "").split(",")
    )
    if error.number == _BAD_TRES and (not of_gres or unknown or "tres_bind" in request.met()):
        since = None  # native sbatch looks at generic resources only
    if since is not None and ctx.release >= since and error.detail is None:
        refuse(ctx, "", error)
    else:
        refuse(ctx, prefix, error)
    return Refused()


def _is_mixed(request: Request) -> bool:
    """Whether GPUs are asked for both with and without a type."""
    parts = [
        part.removeprefix("gpu:")
        for name in ("gres", "gpus", "gpus_per_node", "gpus_per_socket", "gpus_per_task")
        for part in request.get(name, "").split(",")
        if part and part[0] != ":"
    ]
    return len({part.isdigit() for part in parts}) > 1


def _controllers_words(ctx: Context, requests: Sequence[Request], error: RestError) -> Iterator[str]:
    """What the controller tells native sbatch beside the error, and REST leaves out: it follows from the request."""
    for number, request in enumerate(requests):
        if error.number == 2002 and request.get("reboot"):
            component = f"{number}: " if len(requests) > 1 else ""
            yield f"{component}rebooting of nodes is only allowed for admins"
            return
        licensed = "licenses" in request or "resources" in request
        if error.number == _LICENSES and number and licensed and ctx.release >= _LEADS_SINCE:
            yield f"{number}: license request allowed only on leader job"
            return
    yield from _words_beside(ctx, requests, error)


def _words_beside(ctx: Context, requests: Sequence[Request], error: RestError) -> Iterator[str]:
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
