"""The job that a request asks for, in the newest API's vocabulary (`job_desc_msg`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from slurm_cli_proxy.options.spec import Release
from slurm_cli_proxy.options.submission import OPTIONS
from slurm_cli_proxy.options.values import INFINITE, NO_VAL
from slurm_cli_proxy.submission.request import Request

Job = dict[str, Any]

_TRES_SINCE: Final = (23, 2)

_DIRECT: Final = tuple(
    (option.sets or option.dest, option.job, option.direct)
    for option in OPTIONS
    if option.direct and option.done
)
FLAGS: Final = {
    "yes_kill_on_invalid_dep": "KILL_INVALID_DEPENDENCY",
    "no_kill_on_invalid_dep": "NO_KILL_INVALID_DEPENDENCY",
    "external": "EXTERNAL_JOB",
    "spread_job": "SPREAD_JOB",
    "use_min_nodes": "PREFER_MINIMUM_NODE_COUNT",
    "stepmgr": "STEPMGR_ENABLED",
    "spread_segments": "SPREAD_SEGMENTS",
    "consolidate_segments": "CONSOLIDATE_SEGMENTS",
}
"""Settings that are a flag of the job."""


def number(value: int | None) -> dict[str, object]:
    """A number as the API writes one that can be unset or infinite."""
    if value is None or value == NO_VAL:
        return {"set": False, "infinite": False, "number": 0}
    if value in (INFINITE, (1 << 64) - 1):
        return {"set": True, "infinite": True, "number": 0}
    return {"set": True, "infinite": False, "number": value}


def describe(
    request: Request,
    release: Release,
    *,
    arguments: Sequence[str],
    folder: str,
    environment: Mapping[str, str],
) -> Job:
    """The job.  `arguments` begin with the script's own path; `folder` is where the job shall run."""
    job: Job = {
        "name": request["name"],
        "current_working_directory": folder,
        "environment": [f"{name}={value}" for name, value in environment.items()],
    }
    if arguments:
        job["argv"] = list(arguments)
    for setting, field, kind in _DIRECT:
        if setting in request and request[setting] != []:
            job[field] = number(request[setting]) if kind == "number" else request[setting]
    if "resources" in request:  # to the controller they are licences
        job["licenses"] = ",".join(request[name] for name in ("licenses", "resources") if name in request)
    _times(request, job)
    _counts(request, job, release)
    _memory(request, job)
    _tres(request, job, release)
    _nodes(request, job)
    _binding(request, job)
    _output(request, job, folder)
    _flags(request, job)
    _people(request, job)
    return job


def _times(request: Request, job: Job) -> None:
    for setting, field in (("time", "time_limit"), ("time_min", "time_minimum")):
        if setting in request:
            job[field] = number(request[setting] or INFINITE)
    if request.get("priority") and not request.get("hold"):
        job["priority"] = number(request["priority"])
    if "signal" in request:
        job["kill_warning_signal"] = str(request["signal"])
        job["kill_warning_delay"] = number(request["signal_delay"])
        job["kill_warning_flags"] = request["signal_flags"]
    if "switches" in request:
        job["required_switches"] = number(request["switches"])
    if request.get("wait_for_switch", NO_VAL) != NO_VAL:
        job["wait_for_switch"] = request["wait_for_switch"]


def _counts(request: Request, job: Job, release: Release) -> None:
    tasks: int = request.get("ntasks", 1)
    least: int = request.get("min_nodes", 1)
    if request["ntasks_set"] or tasks == 0:
        job["tasks"] = tasks
    if tasks == 0:
        job["minimum_nodes"] = 0
    elif request["nodes_set"]:
        job["minimum_nodes"] = least
        if request.get("max_nodes"):
            job["maximum_nodes"] = request["max_nodes"]
        if size := request.get("job_size"):
            job["nodes"] = f"{size},{size}" if size.isdigit() else size  # one number alone would be no list
    cpus: int = request.get("cpus_per_task", 1)
    if "cpus_per_task" in request:
        job["cpus_per_task"] = cpus if release < _TRES_SINCE else cpus & 0xFFFF  # as much as is kept
    if request.get("overcommit"):
        job["overcommit"] = True
    elif "gpu_tasks" in request and release < _TRES_SINCE:
        if (most := max(tasks, request["gpu_tasks"])) > 1:  # one is what the controller takes by itself
            job["tasks"] = most
    elif (
        "gpu_tasks" in request
        or max(cpus, request.get("ntasks_per_node", 0)) > 0xFFFF
        or (release >= _TRES_SINCE and _is_range(request))
    ):
        # The controller counts the tasks that GPUs ask for, but not their CPUs; of a range of nodes each has a CPU.
        least_cpus = tasks * cpus if least or "cpus_per_task" in request else 0
        job["minimum_cpus"] = max(least_cpus, request.get("gpu_tasks", 0))
    per_gpu = request.get("ntasks_per_gpu", request.get("ntasks_per_tres"))
    if per_gpu is not None:
        job["ntasks_per_tres"] = per_gpu & 0xFFFF
    if "wait_all_nodes" in request:
        job["wait_all_nodes"] = bool(request["wait_all_nodes"])


def _is_range(request: Request) -> bool:
    """Whether the number of nodes is left open, and that of tasks as well."""
    open_ended = request.get("max_nodes", 0) not in (0, request.get("min_nodes", 1))
    return open_ended and not request["ntasks_set"] and "ntasks_per_node" not in request


def _memory(request: Request, job: Job) -> None:
    if "mem_per_cpu" in request:
        job["memory_per_cpu"] = number(request["mem_per_cpu"])
    elif "mem" in request:
        job["memory_per_node"] = number(request["mem"])
    elif "mem_per_gpu" in request:
        job["memory_per_tres"] = f"gres/gpu:{request['mem_per_gpu']}"
    for setting in ("memory_update_margin", "memory_update_delay"):
        if setting in request:
            job[setting] = request[setting]


def _tres(request: Request, job: Job, release: Release) -> None:
    """Generic resources; 22.05 keeps the parts of --tres-per-task apart."""
    if "cpus_per_gpu" in request:
        job["cpus_per_tres"] = f"gres/gpu:{request['cpus_per_gpu']}"
    for setting, field in (("gpus", "tres_per_job"), ("gpus_per_socket", "tres_per_socket")):
        if gpus := _gpus(request.get(setting)):
            job[field] = gpus
    node = []
    if gpus := _gpus(request.get("gpus_per_node")):
        node.append(gpus)
    if "gres" in request and request["gres"].lower() != "none":
        node.append(each("gres/", request["gres"]))
    if node:
        job["tres_per_node"] = ",".join(node)
    if "tres_per_task" in request:
        job["tres_per_task"] = request["tres_per_task"]
    elif (gpus := _gpus(request.get("gpus_per_task"))) and release < _TRES_SINCE:
        job["tres_per_task"] = gpus
    if "tres_bind" in request:
        job["tres_bind"] = request["tres_bind"]
    elif "gpu_bind" in request:
        job["tres_bind"] = f"gpu:{request['gpu_bind']}"
    if "gpu_freq" in request:
        job["tres_freq"] = f"gpu:{request['gpu_freq']}"


def _gpus(listing: str | None) -> str:
    """GPUs as TRES; parts without anything in them count for nothing."""
    return ",".join(f"gres/gpu:{part}" for part in (listing or "").split(",") if part)


def each(prefix: str, listing: str) -> str:
    """`2,a100:1` with the prefix before each part; `gres/gpu:1` as it is."""
    return ",".join(part if part.startswith("gres/") else prefix + part for part in listing.split(","))


def _nodes(request: Request, job: Job) -> None:
    for setting, field in (("nodelist", "required_nodes"), ("exclude", "excluded_nodes")):
        if setting in request:
            job[field] = request[setting]
    if "shared" in request:
        job["shared"] = [request["shared"]]
    if "resv_ports" in request:
        job["reserve_ports"] = request["resv_ports"]


def _binding(request: Request, job: Job) -> None:
    if "distribution" in request:
        plane = f"={request['plane_size']}" if request["distribution"] == "plane" else ""
        job["distribution"] = request["distribution"] + plane
    if "mem_bind_type" in request:
        job["memory_binding_type"] = request["mem_bind_type"]
        if request.get("mem_bind"):
            job["memory_binding"] = request["mem_bind"]
    if request.get("power"):
        job["power_flags"] = request["power"]


def _file(name: str, folder: str) -> str:
    """A file as natively meant: `none` is /dev/null, and no name at all the folder (24.11 crashes on an empty one)."""
    return "/dev/null" if name == "none" else name or f"{folder}/"


def _output(request: Request, job: Job, folder: str) -> None:
    for setting, field in (
        ("output", "standard_output"),
        ("error", "standard_error"),
        ("input", "standard_input"),
    ):
        if setting in request:
            job[field] = _file(request[setting], folder)
    if "open_mode" in request:
        job["open_mode"] = [request["open_mode"]]


def _flags(request: Request, job: Job) -> None:
    flags = [name for setting, name in FLAGS.items() if request.get(setting)]
    flags += request.get("gres_flags", [])
    if "requeue" in request:
        job["requeue"] = bool(request["requeue"])
        if request["requeue"] == "expedite":
            flags.append("EXPEDITED_REQUEUE")
    if request.get("no_kill"):
        job["kill_on_node_fail"] = False
    if flags:
        job["flags"] = flags


def _people(request: Request, job: Job) -> None:
    for setting, field in (("uid", "user_id"), ("gid", "group_id")):
        if setting in request:
            job[field] = str(request[setting])
