"""How the counts of GPUs for the job, a node, a socket and a task go together, and with tasks and nodes.

Native sbatch finds these contradictions before it submits; the controller would find them too, and say less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from slurm_cli_proxy.options.values import At, BadValue, leading_number
from slurm_cli_proxy.submission.request import Request

_TRES_SINCE: Final = (23, 2)
_IN_NEW_WORDS: Final = re.compile(r"(?:^|,)[^:,]*=|gres/")
_UNKNOWN: Final = "Invalid generic resource (gres) specification"
_BAD: Final = "Failed to validate job spec"
_VALIDATE: Final = "gres_job_state_validate"
_NODE: Final = "--gres=gpu/--gpus-per-node"


class _Counts:
    """GPUs of one type: 0 where nothing is asked for."""

    __slots__ = ("job", "node", "socket", "task")

    def __init__(self) -> None:
        self.job = self.node = self.socket = self.task = 0


def settle_gpus(request: Request, at: At) -> list[str]:
    """Check the counts of GPUs, and set `gpu_tasks` where they settle the number of tasks; returns lines to print.

    BadValue where they contradict each other.
    """
    if at.release < _TRES_SINCE and _IN_NEW_WORDS.search(request.get("gres", "")):
        raise BadValue(f"{at.prog}: error: {_UNKNOWN}")
    counts = _counts(request, nameless=at.release >= _TRES_SINCE)
    if counts is None:  # not a number in sight: for the controller to judge
        return []
    for problem in _problems(request, counts, at):
        raise BadValue(f"{at.prog}: error: {problem}", f"{at.prog}: error: {_UNKNOWN}")
    if counts or not request["ntasks_set"] or _tasks_per_gpu(request) <= request["ntasks"]:
        return []
    name = "gres/gpu" if at.release >= _TRES_SINCE else "gres:gpu"
    return [
        f"{at.prog}: error: {_VALIDATE}: Failed to add generated GRES {name}:0 (via ntasks_per_tres) to gres_list"
    ]


def _counts(request: Request, *, nameless: bool) -> dict[str, _Counts] | None:
    """By type ("" without one); `nameless`: whether a colon without a name before it counts, too."""
    found: dict[str, _Counts] = {}
    gres = ",".join(
        part[4:]
        for part in request.get("gres", "").replace("gres/", "").split(",")
        if part.startswith(("gpu:", "gpu=")) or part == "gpu"
    )
    if request.get("gres", "") in ("gpu", "gres/gpu"):
        gres = "1"
    task = request.get("gpus_per_task") or ",".join(
        re.sub("^gres/gpu:(-.*)", r":\1:1", part).removeprefix("gres/gpu")[1:].replace("=", ":") or "1"
        for part in request.get("tres_per_task", "").split(",")
        if re.match("gres/gpu(?![^:=])", part)
    )
    sources = (
        ("job", request.get("gpus")),
        ("node", request.get("gpus_per_node")),
        ("node", gres),
        ("socket", request.get("gpus_per_socket")),
        ("task", task),
    )
    for place, text in sources:
        for part in (text or "").split(","):
            if not part:
                continue
            kind, _, amount = part.rpartition(":")
            number, rest = leading_number(amount)
            if rest == amount and not kind:
                kind, number, rest = amount, 1, ""
            if rest or number < 0 or part == ":" or (part[0] == ":" and not nameless):
                return None
            entry = found.setdefault(kind, _Counts())
            setattr(entry, place, getattr(entry, place) + number)
    return found


def _problems(request: Request, counts: dict[str, _Counts], at: At) -> Iterator[str]:
    if at.release < _TRES_SINCE and "cpus_per_gpu" in request and "cpus_per_task" in request:
        yield "--cpus-per-gpu is mutually exclusive with --cpus-per-task"
    yield from _without_gpus(request, counts, at)
    for entry in counts.values():
        yield from _of_job(request, entry)
        yield from _of_node(request, entry)
        yield from _of_task(request, entry, at)
    yield from _of_tasks_per_gpu(request, counts, at)


def _without_gpus(request: Request, counts: dict[str, _Counts], at: At) -> Iterator[str]:
    if counts:
        return
    name = "gres/gpu" if at.release >= _TRES_SINCE else "gres:gpu"
    if request.get("mem_per_gpu"):
        yield f"Requested mem_per_tres={name}:{request['mem_per_gpu']} but did not request any GPU."
    if "cpus_per_gpu" in request and at.release >= _TRES_SINCE:
        yield f"Requested cpus_per_tres={name}:{request['cpus_per_gpu']} but did not request any GPU."


def _of_job(request: Request, gpus: _Counts) -> Iterator[str]:
    if not gpus.job:
        return
    if gpus.job < max(gpus.node, gpus.socket, gpus.task):
        yield f"Failed to ensure --gpus >= {_NODE} >= --gpus-per-socket"
    least = request.get("min_nodes", 1) if request["nodes_set"] else 1
    if gpus.node:
        nodes, rest = divmod(gpus.job, gpus.node)
        if rest:
            yield f"{_BAD}, --gpus is not multiple of {_NODE}"
        most = request.get("max_nodes", 0)
        if request["nodes_set"] and not least <= nodes <= (most or nodes):
            yield (
                f"{_BAD}. Based on --gpu and {_NODE} required nodes ({nodes}) doesn't fall between min_nodes ({least})"
                f" and max_nodes ({most}) boundaries."
            )
        request.values.update(min_nodes=nodes, max_nodes=nodes, nodes_set=True)
        request.values.setdefault("gpu_tasks", request.get("ntasks", 1))
    elif gpus.job < least:
        yield f"{_BAD}, --gpus < -N"


def _of_node(request: Request, gpus: _Counts) -> Iterator[str]:
    if gpus.node and gpus.node < max(gpus.socket, gpus.task):
        yield "Failed to ensure --gpus >= --gpus-per-task"
    if not gpus.socket:
        return
    if "sockets_per_node" not in request:
        yield "--gpus-per-socket option requires --sockets-per-node specification"
        return
    if gpus.node:
        sockets, rest = divmod(gpus.node, gpus.socket)
        if rest:
            yield f"{_BAD}, {_NODE} not multiple of --gpus-per-socket."
        if sockets != request["sockets_per_node"]:
            yield (
                f"{_BAD}. Based on {_NODE} and --gpus-per-socket required number of sockets differ from"
                " --sockets-per-node."
            )


def _of_task(request: Request, gpus: _Counts, at: At) -> Iterator[str]:
    if not gpus.task:
        return
    if gpus.job:
        tasks, rest = divmod(gpus.job, gpus.task)
        if rest:
            yield f"{_BAD}, --gpus not multiple of --gpus-per-task"
        if request["ntasks_set"] and tasks != request["ntasks"]:
            yield f"{_BAD}. Based on --gpus and --gpus-per-task number of requested tasks differ from -n/--ntasks."
        request["gpu_tasks"] = tasks
    elif not request["ntasks_set"] and not _nodes_are_fixed(request):
        either = "--gpus-per-task or --tres-per-task" if at.release >= _TRES_SINCE else "--gpus-per-task"
        yield f"{_BAD}. {either} used without either --gpus or -n/--ntasks is not allowed."
    for number, name, rival, words in (
        (gpus.node, _NODE, "ntasks_per_node", "number of tasks per node differ from --ntasks-per-node."),
        (gpus.socket, "--gpus-per-socket", "ntasks_per_socket", "number of tasks per sockets differ from"),
    ):
        if not number:
            continue
        tasks, rest = divmod(number, gpus.task)
        if rest:
            yield f"{_BAD}, {name} not multiple of --gpus-per-task."
        if request.get(rival, tasks) != tasks:
            ending = words if words.endswith(".") else f"{words} --ntasks-per-socket."
            yield f"{_BAD}. Based on {name} and --gpus-per-task requested {ending}"


def _nodes_are_fixed(request: Request) -> bool:
    """Whether one number of nodes was asked for; 0 is none."""
    least = request.get("min_nodes")
    return bool(request["nodes_set"] and least) and least == request.get("max_nodes")


def _tasks_per_gpu(request: Request) -> int:
    """0 where nothing is asked for."""
    each: int = request.get("ntasks_per_gpu", request.get("ntasks_per_tres", 0))
    return each & 0xFFFF


def _of_tasks_per_gpu(request: Request, counts: dict[str, _Counts], at: At) -> Iterator[str]:
    if "ntasks_per_gpu" not in request and "ntasks_per_tres" not in request:
        return
    each = _tasks_per_gpu(request)
    nodes: int = request.get("min_nodes", 1) if request["nodes_set"] else 1
    gpus = sum(entry.job or entry.node * nodes for entry in counts.values())
    if gpus:
        request["gpu_tasks"] = gpus * each
    elif request["ntasks_set"]:
        if 0 < each < request["ntasks"] and request["ntasks"] % each:  # more is told, and let pass
            yield f"{_BAD}, -n/--ntasks has to be a multiple of --ntasks-per-gpu."
    elif _nodes_are_fixed(request):
        request["gpu_tasks"] = nodes * each
    else:
        yield (
            f"{_VALIDATE}: --ntasks-per-tres needs either a GRES GPU specification or a node/ntask"
            " specification"
        )
