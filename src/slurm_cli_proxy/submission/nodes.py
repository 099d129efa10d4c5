"""Node lists, and the counts of nodes and tasks that follow from one another."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.options.values import At, BadValue, int32, invalid
from slurm_cli_proxy.submission.request import Request

_TRES_SINCE: Final = (23, 2)
GEOMETRY: Final = ("sockets_per_node", "cores_per_socket", "threads_per_core")


def settle_nodes(request: Request, at: At) -> list[str]:
    """Complete the counts; returns warnings. BadValue when they contradict each other."""
    nodes_set = "min_nodes" in request
    request["ntasks_set"] = "ntasks" in request
    request["nodes_set"] = nodes_set
    if "nodefile" in request:
        request["nodelist"] = read_nodefile(request["nodefile"], at)
    for name in ("nodelist", "exclude"):
        if name in request:
            _read_list(request, name, at)
    if _is_arbitrary(request) and nodes_set and at.release >= _TRES_SINCE:
        raise BadValue(f"{at.prog}: error: --nodes is incompatible with --distribution=arbitrary")
    _adopt_list(request, at)
    _refuse_nonsense(request, at)
    _check_plane(request, at)
    return _massage(request, at)


def check_arbitrary(request: Request, at: At) -> None:
    """That tasks to be laid out as a list says have a list; BadValue."""
    if _is_arbitrary(request) and "nodelist" not in request:
        raise BadValue(
            f"{at.prog}: error: With Arbitrary distribution you need to specify a nodelist or hostfile with the -w"
            " option"
        )


def _read_list(request: Request, name: str, at: At) -> None:
    """The nodes of a list, or of the file that it names; compressed, as the controller shows it."""
    text: str = request[name]
    if "/" in text:
        text = _nodes_in_file(text, at)
    try:
        names = hostlist.expand(text, at.release)
    except hostlist.HostlistError as error:
        log = [f"{at.prog}: error: {error.log}"] if error.log else []
        if name == "nodelist" and at.release >= _TRES_SINCE:
            raise BadValue(*log, f"{at.prog}: fatal: Invalid node list specified", status=1) from None
        if name == "nodelist":  # slurmrestd would die of it
            raise BadValue(*log, f"{at.prog}: error: memory allocation failure") from None
        return
    if name == "nodelist" and _is_arbitrary(request):
        # The order of the nodes is that of the tasks.
        ordered = names if at.release >= _TRES_SINCE else sorted(dict.fromkeys(names))
        text = hostlist.compress(ordered)
    elif name == "nodelist" and at.release >= _TRES_SINCE:
        text = hostlist.compress_sorted(
            names, unique=False
        )  # whether 24.11 objects to a name depends on the order
    request[name] = text
    request[f"{name}_names"] = names


def _nodes_in_file(path: str, at: At) -> str:
    """The host list in a file: lines, with `#` comments."""
    from slurm_cli_proxy.context import decode

    try:
        with open(path, "rb") as file:
            data = decode(file.read())
    except IsADirectoryError:
        data = ""
    except OSError as error:
        raise BadValue(
            f"{at.prog}: error: slurm_allocate_resources error opening file {path}, {error.strerror}"
        ) from None
    lines = [line.partition("#")[0].strip() for line in data.splitlines()]
    if not any(lines):
        raise BadValue(f"{at.prog}: error: Hostlist is empty!")
    return ",".join(line for line in lines if line)


def read_nodefile(path: str, at: At) -> str:
    """`--nodefile`: the host list in the file; a failure is told of twice, as native does."""
    if not path:
        raise invalid(at, "Invalid --nodefile node file")
    try:
        return _nodes_in_file(path, at)
    except BadValue as error:
        raise invalid(at, "Invalid --nodefile node file", *error.lines) from None


def _adopt_list(request: Request, at: At) -> None:
    """A node list says how many nodes there are at least; since 23.02 only where nothing else does."""
    names = request.get("nodelist_names")
    if names is None:
        return
    count = len(set(names))
    if not request["nodes_set"] or (at.release < _TRES_SINCE and count > request["min_nodes"]):
        request.values.update(min_nodes=count, nodes_set=True)
        request.values.setdefault("max_nodes", 0)
    if _is_arbitrary(request) and not request["ntasks_set"]:
        tasks = count if at.release < _TRES_SINCE else len(names)
        request.values.update(ntasks=tasks, ntasks_set=True)


def _is_arbitrary(request: Request) -> bool:
    return str(request.get("distribution", "")).startswith("arbitrary")


def _refuse_nonsense(request: Request, at: At) -> None:
    lines = []
    tasks, cpus = request.get("ntasks", 1), request.get("cpus_per_task", 1)
    least, most = request.get("min_nodes", 1), request.get("max_nodes", 0)
    if tasks < 0:
        lines.append(f"invalid number of tasks (-n {tasks})")
    if cpus <= 0:
        lines.append(f"invalid number of cpus per task (-c {cpus})")
    if least < 0 or most < 0 or (most and least > most):
        lines.append(f"invalid number of nodes (-N {least}-{most})")
    if lines:
        raise BadValue(*(f"{at.prog}: error: {line}" for line in lines))


def _check_plane(request: Request, at: At) -> None:
    if request.get("distribution") != "plane" or not request["nodes_set"]:
        return
    tasks, least, size = request.get("ntasks", 1), request["min_nodes"], request["plane_size"]
    if tasks // size < least and (least - 1) * size >= tasks:
        raise BadValue(f"{at.prog}: error: Too few processes for the requested {{plane,node}} distribution")


def _massage(request: Request, at: At) -> list[str]:
    """One task a node by default, more where each node shall have several sockets, cores or threads."""
    least, most = request.get("min_nodes", 1), request.get("max_nodes", 0)
    if request["ntasks_set"]:
        return _fit_nodes(request, request["ntasks"], least, most, at)
    request.values.setdefault("ntasks", 1)
    if "ntasks_per_node" in request:
        request["ntasks"] = max(least, 1) * request["ntasks_per_node"]
        request["ntasks_set"] = at.release < _TRES_SINCE and most in (0, least)
    elif (request["nodes_set"] or "extra_node_info" in request) and most in (0, least):
        request["ntasks"] = max(least, 1) if request["nodes_set"] else 1
        for name in GEOMETRY:
            if name in request:
                request["ntasks"] = int32(request["ntasks"] * request[name])
                request["ntasks_set"] = request["ntasks"] > 0
                request["implied_tasks"] = request["ntasks"]
    return []


def _fit_nodes(request: Request, tasks: int, least: int, most: int, at: At) -> list[str]:
    """No more nodes than tasks; since 23.02 no fewer than the tasks a node may have ask for."""
    if request["nodes_set"]:
        if 0 < tasks < least:
            request.values.update(min_nodes=tasks, max_nodes=tasks, job_size=None)
            return _too_few_tasks(request, tasks, least, at)
        if most > tasks > 0:
            request.values.update(max_nodes=tasks, job_size=None)
    elif "ntasks_per_node" in request and at.release >= _TRES_SINCE:
        request.values.update(min_nodes=-(-tasks // request["ntasks_per_node"]), nodes_set=True)
    return []


def _too_few_tasks(request: Request, tasks: int, least: int, at: At) -> list[str]:
    words = f"can't run {tasks} processes on {least} nodes, setting nnodes to {tasks}"
    if at.release < _TRES_SINCE:
        _shorten_list(request, tasks)
        return [f"{at.prog}: Warning: {words}"]
    return [f"{at.prog}: warning: {words}"]


def _shorten_list(request: Request, count: int) -> None:
    """22.05 drops nodes from a list that is longer than the count of nodes."""
    names = request.get("nodelist_names")
    if names is not None and len(set(names)) > count:
        request["nodelist"] = ",".join(hostlist.expand(hostlist.compress_sorted(names, unique=True))[:count])
