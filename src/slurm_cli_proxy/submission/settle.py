"""What follows from all options together: conflicts, what one option makes of another, the counts of tasks and nodes.

In the order in which native sbatch looks, so that of several mistakes the same one is reported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from slurm_cli_proxy.options.geometry import hint as read_hint
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.submission.gpus import settle_gpus
from slurm_cli_proxy.submission.nodes import check_arbitrary, settle_nodes
from slurm_cli_proxy.submission.request import Request
from slurm_cli_proxy.submission.task_tres import bind_gpus, settle_task_tres

_MEMORY: Final = ("mem_per_cpu", "mem_per_gpu", "mem")
_TRES_SINCE: Final = (23, 2)
_GRES_CONFLICT_SINCE: Final = (25, 5)


def settle(request: Request, at: At) -> list[str]:
    """Check and complete what was asked for; returns warnings to print. BadValue when it cannot be.

    What native looks at when all is told that `--verbose` tells is `settle_last`'s, and `burst_buffer`'s for sbatch.
    """
    for step in _STEPS:
        step(request, at)
    warnings = settle_nodes(request, at)
    if 0 < request.get("deadline", 0) < request.get("begin", 0):
        raise BadValue(*warnings, f"{at.prog}: error: Incompatible begin and deadline time specification")
    return warnings


def settle_last(request: Request, at: At) -> list[str]:
    """Check what native checks right before it submits; returns lines to print. BadValue when it cannot be."""
    check_arbitrary(request, at)
    return settle_gpus(request, at)


def fatal(at: At, message: str) -> BadValue:
    """`PROG: fatal: MESSAGE`, exit status 1 whatever SLURM_EXIT_ERROR says."""
    return BadValue(f"{at.prog}: fatal: {message}", status=1)


def _rivals(request: Request, at: At, names: tuple[str, ...], by_user: str, by_environment: str) -> None:
    """Of options that exclude each other one may be given; the command line's wins over variables'."""
    mine = request.by_user(*names)
    theirs = request.by_environment(*names)
    if len(mine) > 1:
        raise fatal(at, by_user)
    if not mine and len(theirs) > 1:
        raise fatal(at, by_environment)
    if mine:
        request.forget(*theirs)


_HINT_DETAILS: Final = (
    "ntasks_per_core",
    "threads_per_core",
    "extra_node_info",
    "cores_per_socket",
    "sockets_per_node",
)
_HINT_RIVALS_UNTIL_24_11: Final = _HINT_DETAILS[:3]
_HINT_RIVALS_SINCE: Final = (25, 5)


def hint_rivals(at: At) -> tuple[str, ...]:
    """The options that `--hint` gives way to."""
    return _HINT_DETAILS if at.release >= _HINT_RIVALS_SINCE else _HINT_RIVALS_UNTIL_24_11


def _hint(request: Request, at: At) -> None:
    """`--hint` gives way to the options that say the same in detail, if both come from the same place.

    Natively the counts of sockets and cores are among these since 25.05; before, the hint replaces them.
    """
    if "hint" not in request:
        return
    rivals = hint_rivals(at)
    if request.by_user(*rivals) or (request.by_environment("hint") and request.by_environment(*rivals)):
        request.forget("hint")
        return
    if request.by_user("hint"):
        request.forget(*_HINT_DETAILS)
    for name, value in read_hint(request["hint"], at).items():
        if value is None:
            request.forget(name)
        else:
            request.values[name] = value


def _ntasks_per_gpu(request: Request, at: At) -> None:
    per_gpu, per_tres = request.get("ntasks_per_gpu"), request.get("ntasks_per_tres")
    if per_gpu is not None and per_tres is not None and per_gpu != per_tres:
        raise fatal(
            at, f"Inconsistent values set to --ntasks-per-gpu={per_gpu} and --ntasks-per-tres={per_tres} "
        )
    if per_gpu is None and per_tres is None:
        return
    options = ["gpus_per_task", "gpus_per_socket", "ntasks_per_node"]
    if at.release >= _TRES_SINCE:
        options.insert(0, "tres_per_task")
    for name in options:
        option = f"--{name.replace('_', '-')}"
        if request.by_user(name):
            raise fatal(at, f"{option} is mutually exclusive with --ntasks-per-gpu and SLURM_NTASKS_PER_GPU")
        if request.by_environment(name):
            raise fatal(
                at,
                f"SLURM_{name.upper()} is mutually exclusive with --ntasks-per-gpu and SLURM_NTASKS_PER_GPU",
            )


def _specialized_cores(request: Request, at: At) -> None:
    _rivals(
        request,
        at,
        ("core_spec", "thread_spec"),
        "-S/--core-spec and --thred-spec options are mutually exclusive",
        "Both --core-spec and --thread-spec set using environment variables."
        " Those options are mutually exclusive.",
    )
    if "core_spec" in request:
        _settle_specialized(request, request["core_spec"] & 0xFFFF)
    elif "thread_spec" in request:
        _settle_specialized(request, (request["thread_spec"] | _OF_THREADS) & 0xFFFF)


_OF_THREADS: Final = 0x8000
_NO_VAL16: Final = 0xFFFE


def _settle_specialized(request: Request, kept: int) -> None:
    """Natively both are one number of 16 bits, whose highest bit says that it counts threads."""
    request.values.pop("core_spec", None)
    request.values.pop("thread_spec", None)
    if kept == _NO_VAL16:
        return
    if not kept & _OF_THREADS:
        request["core_spec"] = kept
    elif threads := kept & ~_OF_THREADS:  # no threads at all cannot be sent
        request["thread_spec"] = threads


def _threads_per_core(request: Request, at: At) -> None:
    per_core, threads = request.get("ntasks_per_core"), request.get("threads_per_core")
    if at.release < _TRES_SINCE or per_core is None or threads is None or per_core <= threads:
        return
    raise BadValue(
        f"{at.prog}: error: --ntasks-per-core ({per_core}) can not be bigger than --threads-per-core ({threads})"
    )


def _memory(request: Request, at: At) -> None:
    _rivals(
        request,
        at,
        _MEMORY,
        "--mem, --mem-per-cpu, and --mem-per-gpu are mutually exclusive.",
        "SLURM_MEM_PER_CPU, SLURM_MEM_PER_GPU, and SLURM_MEM_PER_NODE are mutually exclusive.",
    )


def _sharing(request: Request, at: At) -> None:
    if at.release >= _TRES_SINCE and len(request.by_user("exclusive", "oversubscribe")) > 1:
        raise fatal(at, "--exclusive and --oversubscribe options are mutually exclusive")


def _gres_and_gpus(request: Request, at: At) -> None:
    if at.release < _GRES_CONFLICT_SINCE or "gpus_per_node" not in request:
        return
    names = [part.partition(":")[0].partition("=")[0] for part in request.get("gres", "").split(",")]
    if "gpu" in names:
        raise fatal(at, "--gpus-per-node and --gres=gpu are mutually exclusive.")


def _cpus_per_gpu(request: Request, at: At) -> None:
    if at.release < _TRES_SINCE:
        return
    names = ("cpus_per_task", "tres_per_task", "cpus_per_gpu")
    mine = request.by_user(*names)
    if "tres_per_task" in mine and "cpu" not in request.texts.get("tres_per_task", ""):
        mine.remove("tres_per_task")
    if "cpus_per_gpu" in mine and len(mine) > 1:
        raise fatal(at, "--cpus-per-task, --tres-per-task=cpu:#, and --cpus-per-gpu are mutually exclusive")
    if request.by_environment("cpus_per_gpu") and mine:
        request.forget("cpus_per_gpu")


def burst_buffer(request: Request, at: At) -> None:
    """`--bbf`: the specification stands in the file, and will be part of the script."""
    if "bbf" not in request:
        return
    try:
        with open(request["bbf"], "rb") as file:
            request["burst_buffer_lines"] = file.read()
    except OSError:
        raise BadValue(f"{at.prog}: error: Invalid --bbf specification") from None


def _reserved_ports(request: Request, at: At) -> None:
    if "resv_ports" in request and not request.get("stepmgr"):
        raise BadValue(
            f"{at.prog}: error: Slurmstepd step management must be enabled to use --resv-ports for job allocations"
        )


_STEPS: Final[tuple[Callable[[Request, At], None], ...]] = (
    _hint,
    _ntasks_per_gpu,
    _specialized_cores,
    _threads_per_core,
    _memory,
    _sharing,
    _gres_and_gpus,
    _cpus_per_gpu,
    settle_task_tres,
    bind_gpus,
    _reserved_ports,
)
