"""The variables that the command gets: what was asked for, and what was granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from slurm_cli_proxy.commands.salloc.allocate import AllocatedJob
from slurm_cli_proxy.options.binding import mem_bind_text
from slurm_cli_proxy.records.number import number
from slurm_cli_proxy.submission.environment import MPI_LAUNCHERS
from slurm_cli_proxy.submission.request import Request

_PLAIN: Final = (
    ("cpus_per_gpu", "CPUS_PER_GPU"),
    ("gpus", "GPUS"),
    ("gpu_freq", "GPU_FREQ"),
    ("gpus_per_node", "GPUS_PER_NODE"),
    ("gpus_per_socket", "GPUS_PER_SOCKET"),
    ("cpus_per_task", "CPUS_PER_TASK"),
    ("mem_per_gpu", "MEM_PER_GPU"),
    ("ntasks_per_node", "NTASKS_PER_NODE"),
    ("ntasks_per_socket", "NTASKS_PER_SOCKET"),
    ("ntasks_per_core", "NTASKS_PER_CORE"),
    ("ntasks_per_gpu", "NTASKS_PER_GPU"),
    ("ntasks_per_tres", "NTASKS_PER_TRES"),
    ("threads_per_core", "THREADS_PER_CORE"),
    ("distribution", "DISTRIBUTION"),
    ("plane_size", "DIST_PLANESIZE"),
    ("hint", "HINT"),
    ("container", "CONTAINER"),
    ("container_id", "CONTAINER_ID"),
    ("container_type", "CONTAINER_TYPE"),
    ("tres_per_task", "TRES_PER_TASK"),
    ("tres_bind", "TRES_BIND"),
)
"""Settings whose value stands in the variable SLURM_NAME."""

_MEMORY: Final = (("mem_per_cpu", "MEM_PER_CPU"), ("mem", "MEM_PER_NODE"))
"""The same, but for 0, which means all there is."""

_OVERRIDABLE: Final = ("HYDRA_BOOTSTRAP", "I_MPI_HYDRA_BOOTSTRAP")
"""Launchers that stay as the caller has set them; the others salloc sets anyway."""


_GROUPS: Final = ("HET", "PACK")
_UNGROUPED: Final = ("HINT", "CLUSTER_NAME")
"""Variables that no component has of its own."""


def command_environment(
    requests: Sequence[Request],
    jobs: Sequence[AllocatedJob],
    environ: Mapping[str, str],
    folder: str,
    host: str,
) -> dict[str, str]:
    """The caller's environment with the job's variables; `folder` and `host` are where salloc was called."""
    found: dict[str, Any] = {}
    if len(jobs) == 1:
        found |= _component(requests[0], jobs[0])
    else:
        for place, (request, job) in enumerate(zip(requests, jobs, strict=True)):
            for key, value in _component(request, job).items():
                names = (key,) if key in _UNGROUPED else (f"{key}_{group}_GROUP_{place}" for group in _GROUPS)
                found |= dict.fromkeys(names, value)
        found |= {f"{group}_SIZE": len(jobs) for group in _GROUPS}
        found["JOB_ID"] = jobs[0].job_id
        if all(request.get("ntasks_set") for request in requests):
            found |= dict.fromkeys(("NTASKS", "NPROCS"), sum(request["ntasks"] for request in requests))
    found |= {"SUBMIT_DIR": folder, "SUBMIT_HOST": host}
    variables = dict(environ)
    for row in MPI_LAUNCHERS:
        if next(iter(row)) not in _OVERRIDABLE or next(iter(row)) not in variables:
            variables |= row
    return variables | {f"SLURM_{key}": str(value) for key, value in found.items()}


def _component(request: Request, job: AllocatedJob) -> dict[str, Any]:
    found: dict[str, Any] = {
        key: request[setting] for setting, key in _PLAIN if request.get(setting) is not None
    }
    found |= {key: request[setting] for setting, key in _MEMORY if request.get(setting)}
    tasks = request["ntasks"] if request.get("ntasks_set") else request.get("gpu_tasks")
    if tasks is not None:
        found |= {"NTASKS": tasks, "NPROCS": tasks}
    if request.get("overcommit"):
        found["OVERCOMMIT"] = 1
    if "profile" in request:
        found["PROFILE"] = ",".join(kind.capitalize() for kind in request["profile"])
    if "cpu_freq" in request:
        found["CPU_FREQ_REQ"] = _frequency(request["cpu_freq"])
    if "mem_bind_type" in request:
        flags = request["mem_bind_type"]
        if "mem_bind" in request.met():
            found["MEM_BIND"] = mem_bind_text(flags, request.get("mem_bind"))
        found["MEM_BIND_VERBOSE"] = "verbose" if "VERBOSE" in flags else "quiet"
        if "SORT" in flags:
            found["MEM_BIND_SORT"] = "sort"
    return found | _granted(request, job) | {"JOB_NAME": request["name"]}


def _frequency(text: str) -> str:
    """`high` as `High`, as the native command writes a frequency again."""
    return ":".join(
        "-".join(word.capitalize() if word.isalpha() else word for word in part.split("-"))
        for part in text.split(":")
    )


def _granted(request: Request, job: AllocatedJob) -> dict[str, object]:
    cpus = _cpus(job, request.get("threads_per_core"))
    found: dict[str, object] = {
        "JOBID": job.job_id,
        "JOB_ID": job.job_id,
        "JOB_NODELIST": job.nodes or "",
        "NODELIST": job.nodes or "",
        "JOB_NUM_NODES": len(cpus),
        "NNODES": len(cpus),
        "JOB_CPUS_PER_NODE": repeated(cpus),
        "TASKS_PER_NODE": repeated(tasks_per_node(request, cpus)),
    }
    told = {
        "JOB_PARTITION": job.partition,
        "JOB_ACCOUNT": job.account,
        "JOB_QOS": job.qos,
        "CLUSTER_NAME": job.cluster,
    }
    return found | {key: value for key, value in told.items() if value}


def _cpus(job: AllocatedJob, threads: int | None) -> list[int]:
    """CPUs on each node, in the order of the node list; of each core only so many threads, where that was asked."""
    nodes = (job.job_resources or {}).get("nodes") or {}
    found = []
    for node in nodes.get("allocation") or ():
        count = number((node.get("cpus") or {}).get("count")) or 0
        if threads:
            cores = sum(
                "ALLOCATED" in core.get("status", ())
                for socket in node.get("sockets") or ()
                for core in socket.get("cores") or ()
            )
            count = min(count, cores * threads)
        found.append(count)
    return found


def repeated(counts: Sequence[int]) -> str:
    """`2(x3),1`: how often each number stands in a row."""
    parts = [(value, len(list(run))) for value, run in groupby(counts)]
    return ",".join(f"{value}(x{times})" if times > 1 else str(value) for value, times in parts)


def tasks_per_node(request: Request, cpus: Sequence[int]) -> list[int]:
    """How many tasks a step of the whole job would have on each node: dealt out in turn, as far as there is room."""
    each = max(int(request.get("cpus_per_task", 1)), 1)
    room = [max(count // each, 1) for count in cpus]
    if not request.get("ntasks_set"):
        return room
    if request.get("ntasks_per_node"):
        room = [min(count, request["ntasks_per_node"]) for count in room]
    total: int = request["ntasks"]
    placed = [0] * len(room)
    while sum(placed) < total and room:
        full = all(count >= most for count, most in zip(placed, room, strict=True))
        for index, most in enumerate(room):
            if sum(placed) < total and (full or placed[index] < most):
                placed[index] += 1
    return placed
