"""The environment a job gets: the caller's, filtered as `--export` says, and the variables native sbatch adds.

Found by reading what the controller keeps of natively submitted jobs on each release.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any, Final

from slurm_cli_proxy.options.binding import RLIMITS, mem_bind_text
from slurm_cli_proxy.options.spec import Release
from slurm_cli_proxy.submission.policy import AS_NATIVE, Policy
from slurm_cli_proxy.submission.request import Request

MPI_LAUNCHERS: Final[tuple[dict[str, str], ...]] = (
    {"HYDRA_BOOTSTRAP": "slurm", "HYDRA_LAUNCHER_EXTRA_ARGS": "--external-launcher"},
    {"I_MPI_HYDRA_BOOTSTRAP": "slurm", "I_MPI_HYDRA_BOOTSTRAP_EXEC_EXTRA_ARGS": "--external-launcher"},
    {"OMPI_MCA_plm_slurm_args": "--external-launcher"},
    {"PRTE_MCA_plm_slurm_args": "--external-launcher"},
)
"""Makes mpirun start its daemons by srun; since 23.11 given to a job unless the caller has set the first of a row."""

_MPI_SINCE: Final = (23, 11)
_TRES_SINCE: Final = (23, 2)  # --gpus-per-task and --gpu-bind travel as TRES; several variables are gone
_NIL_SINCE: Final = (23, 2)  # to 22.05 it is the name of a variable
_FILE_NEEDS_EXPORT_SINCE: Final = (25, 5)
_UNLIMITED: Final = (1 << 64) - 1


class Caller:
    """What of the submitting process goes into a job's environment."""

    __slots__ = ("directory", "host", "limits", "mask", "niceness")

    def __init__(
        self, directory: str, host: str, niceness: int, mask: int, limits: Mapping[str, int]
    ) -> None:
        self.directory = directory
        self.host = host
        self.niceness = niceness
        self.mask = mask
        self.limits = limits


def caller(directory: str) -> Caller:
    """This very process, in that directory."""
    import resource

    limits: dict[str, int] = {}
    for name in RLIMITS:
        soft, _ = resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))
        limits[name] = _UNLIMITED if soft == resource.RLIM_INFINITY else soft
    host = os.uname().nodename.partition(".")[0]
    return Caller(directory, host, os.getpriority(os.PRIO_PROCESS, 0), _umask(), limits)


def _umask() -> int:
    """The process's umask, without changing it where the system tells it."""
    try:
        with open("/proc/self/status", "rb") as status:
            for line in status:
                if line.startswith(b"Umask:"):
                    return int(line.split()[1], 8)
    except (OSError, ValueError):
        pass
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def job_environment(
    request: Request,
    environ: Mapping[str, str],
    release: Release,
    process: Caller,
    limits: frozenset[str] | None,
    component: int | None = None,
    file: Mapping[str, str] | None = None,
    policy: Policy = AS_NATIVE,
) -> dict[str, str]:
    """The variables of the job.

    `limits`: the resource limits that the user asked to propagate, None where nothing was said (all go then).
    `component`: its number, of a heterogeneous job: what it asks for stands in `group_variables`.
    `file`: what `--export-file` has instead of the caller's own variables; where `--export` says nothing, newer
    releases pass over it.
    `policy`: what of the caller's own goes unless `--export` names it.
    """
    if file is None:
        mine = {name: value for name, value in environ.items() if policy.lets(name, value)}
        mine |= _limits(request, process, limits)
        if release < _TRES_SINCE:
            mine["SLURM_JOB_NAME"] = request["name"]
    else:
        mine = {}
    mine |= _added(request, mine, process)
    named = {**environ, **mine} if file is None else mine
    job = _exported(request.get("export"), mine, file, release, named)
    if release >= _MPI_SINCE and not component:
        for row in MPI_LAUNCHERS:
            if next(iter(row)) not in mine:
                job |= row
    asked = _asked_for(request, release)
    if file is not None:
        asked = {name: value for name, value in asked.items() if not name.startswith(_OF_SBATCH)}
    job |= asked if component is None else {name: asked[name] for name in _UNGROUPED if name in asked}
    if _wants_login(request, release) or (policy.kind != "all" and _lacks_login(request, job, file)):
        job["SLURM_GET_USER_ENV"] = "1"
    if str(request.get("distribution", "")).startswith("arbitrary"):
        job["SLURM_ARBITRARY_NODELIST"] = request.get("nodelist", "")
    return policy.without_ours(job)


_OF_SBATCH: Final = (
    "SLURM_CONTAINER",
    "SLURM_HINT",
    "SLURM_JOB_DEPENDENCY",
)  # variables of sbatch's own, which a file replaces
_UNGROUPED: Final = ("SLURM_HINT", "SLURM_JOB_DEPENDENCY")
_NEVER_GROUPED: Final = (*_UNGROUPED, "SLURM_OPEN_MODE", "SLURM_PROFILE")


def group_variables(request: Request, release: Release, component: int) -> dict[str, str]:
    """What a component of a heterogeneous job asks for: in the environment of the first, under two names each."""
    return {
        f"{name}_{group}_GROUP_{component}": value
        for name, value in _asked_for(request, release).items()
        if name not in _NEVER_GROUPED
        for group in ("PACK", "HET")
    }


def _lacks_login(request: Request, job: Mapping[str, str], file: Mapping[str, str] | None) -> bool:
    """Whether PATH and HOME have to come from the cluster."""
    return file is None and request.get("export", "").upper() != "NIL" and not {"PATH", "HOME"} <= job.keys()


def _added(request: Request, mine: Mapping[str, str], process: Caller) -> dict[str, str]:
    """What sbatch puts into its own environment before it looks at `--export`."""
    added = {
        "SLURM_PRIO_PROCESS": str(process.niceness),
        "SLURM_SUBMIT_DIR": process.directory,
        "SLURM_SUBMIT_HOST": process.host,
    }
    if "SLURM_UMASK" not in mine:
        added["SLURM_UMASK"] = f"{int(request['umask'], 8) if 'umask' in request else process.mask:04o}"
    return added


def _limits(request: Request, process: Caller, limits: frozenset[str] | None) -> dict[str, str]:
    """The resource limits that travel with the job."""
    if request.get("get_user_env"):
        return {}
    return {
        f"SLURM_RLIMIT_{name}": str(value) if limits is None else f"U{value}"
        for name, value in process.limits.items()
        if limits is None or name in limits
    }


def _wants_login(request: Request, release: Release) -> bool:
    export = request.get("export")
    if request.get("get_user_env"):
        return True
    if export is None or export.upper() == "ALL":
        return False
    return release < _TRES_SINCE or export.upper() != "NIL"


def _exported(
    export: str | None,
    mine: Mapping[str, str],
    file: Mapping[str, str] | None,
    release: Release,
    named: Mapping[str, str],
) -> dict[str, str]:
    """The variables of the file and of the caller that `--export` lets pass; those of Slurm's own always do.

    `named`: what there is to be named, which is more than goes by itself.
    """
    if export is None and file is not None and release >= _FILE_NEEDS_EXPORT_SINCE:
        return dict(mine)
    job = dict(file or ())
    if export is None or export.upper() == "ALL":
        return {**job, **mine}
    if export.upper() == "NONE" or (export.upper() == "NIL" and release >= _NIL_SINCE):
        job = {}
    elif export.upper() not in ("NONE", "NIL"):
        for word in split_export(export):
            name, equals, value = word.partition("=")
            if equals:
                job[name] = value
            elif word.upper() == "ALL":
                job |= mine
            elif word in named:
                job[word] = named[word]
    job |= {name: value for name, value in mine.items() if name.startswith("SLURM_")}
    if file is None:
        job["SLURM_EXPORT_ENV"] = export
    return job


def split_export(text: str) -> list[str]:
    """The parts of an `--export` list: commas within quotes belong to a value; quotes around all of a part go."""
    return [part[1:-1] if re.fullmatch("(['\"]).*\\1", part, re.DOTALL) else part for part in _parts(text)]


def _parts(text: str) -> list[str]:
    """Single and double quotes are opened and closed each by themselves, also within the others."""
    words: list[str] = []
    word = ""
    for character in text:
        if character == "," and not _is_open(word):
            words.append(word)
            word = ""
            continue
        word += character
    return [part for part in (*words, word) if part]


def _is_open(word: str) -> bool:
    return bool(word.count('"') % 2 or word.count("'") % 2)


def unclosed(export: str | None) -> str:
    """The part of an `--export` list that leaves a quote open, which native complains of and takes as it is; or ""."""
    last = _parts(export or "")[-1:]
    return last[0] if last and _is_open(last[0]) else ""


_PLAIN: Final = (
    ("cpus_per_task", "CPUS_PER_TASK"),
    ("ntasks_per_node", "NTASKS_PER_NODE"),
    ("ntasks_per_socket", "NTASKS_PER_SOCKET"),
    ("ntasks_per_core", "NTASKS_PER_CORE"),
    ("ntasks_per_gpu", "NTASKS_PER_GPU"),
    ("ntasks_per_tres", "NTASKS_PER_TRES"),
    ("threads_per_core", "THREADS_PER_CORE"),
    ("gpus", "GPUS"),
    ("gpus_per_node", "GPUS_PER_NODE"),
    ("gpus_per_socket", "GPUS_PER_SOCKET"),
    ("gpu_freq", "GPU_FREQ"),
    ("cpus_per_gpu", "CPUS_PER_GPU"),
    ("mem_per_gpu", "MEM_PER_GPU"),
    ("distribution", "DISTRIBUTION"),
    ("plane_size", "DIST_PLANESIZE"),
    ("hint", "HINT"),
    ("dependency", "JOB_DEPENDENCY"),
    ("container", "CONTAINER"),
    ("container_id", "CONTAINER_ID"),
    ("container_type", "CONTAINER_TYPE"),
)
"""Settings whose value stands in the variable SLURM_NAME of the job."""


def _asked_for(request: Request, release: Release) -> dict[str, str]:
    """The variables that say what the job asked for."""
    found: dict[str, Any] = {name: request[key] for key, name in _PLAIN if request.get(key) is not None}
    if "THREADS_PER_CORE" in found:
        found["THREADS_PER_CORE"] &= 0xFFFF
    if request.get("ntasks_set"):
        found |= {"NTASKS": request["ntasks"], "NPROCS": request["ntasks"]}
    if "mem_bind_type" in request:
        flags = request["mem_bind_type"]
        if request.by_user("mem_bind"):
            found["MEM_BIND"] = mem_bind_text(flags, request.get("mem_bind"))
        found["MEM_BIND_VERBOSE"] = "verbose" if "VERBOSE" in flags else "quiet"
        if "SORT" in flags:
            found["MEM_BIND_SORT"] = "sort"
    found |= _of_old(request) if release < _TRES_SINCE else _of_tres(request)
    return {f"SLURM_{name}": str(value) for name, value in found.items()}


def _of_old(request: Request) -> dict[str, Any]:
    """Variables that 22.05 sets, and newer releases leave to the job's own record."""
    found: dict[str, Any] = {}
    for key, name in (
        ("gpus_per_task", "GPUS_PER_TASK"),
        ("gpu_bind", "GPU_BIND"),
        ("cpu_freq", "CPU_FREQ_REQ"),
    ):
        if key in request:
            found[name] = request[key]
    if "open_mode" in request:
        found["OPEN_MODE"] = request["open_mode"][0].lower()
    if "profile" in request:
        found["PROFILE"] = ",".join(name.capitalize() for name in request["profile"])
    return found


def _of_tres(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, name in (("tres_per_task", "TRES_PER_TASK"), ("tres_bind", "TRES_BIND")):
        if key in request:
            found[name] = request[key]
    return found
