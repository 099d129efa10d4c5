"""What `--verbose` says: the options in force, and the variables that travel with the job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from slurm_cli_proxy.notation.date import format_time
from slurm_cli_proxy.notation.duration import INFINITE, format_minutes, format_seconds
from slurm_cli_proxy.notation.signal import format_name
from slurm_cli_proxy.options.binding import RLIMITS, mem_bind_text
from slurm_cli_proxy.options.submission import OPTIONS
from slurm_cli_proxy.options.values import At
from slurm_cli_proxy.submission.environment import Caller
from slurm_cli_proxy.submission.nodes import GEOMETRY
from slurm_cli_proxy.submission.request import Request
from slurm_cli_proxy.submission.settle import hint_rivals

_RULE: Final = "-" * 20
_SIGNAL_LETTERS: Final = (("R", "RESERVATION_JOB"), ("B", "BATCH_JOB"))
_SIGNAL_DELAY: Final = 60  # seconds before the end, which go without saying
_SPELT_SINCE: Final = (23, 2)
_IMPLIED: Final = {
    "sbatch": "Number of tasks implicitly set to {}.",
    "salloc": "Number of tasks implicitly set to {}",
}
Shown = Callable[[Request, At], str]


_HINT: Final = (
    "Following options are mutually exclusive with --hint: --ntasks-per-core, {}--threads-per-core, {}-B and"
    " --cpu-bind"
)
_MORE_RIVALS: Final = ("--cores-per-socket, ", "--sockets-per-node, ")


def choices(request: Request, at: At) -> Iterator[str]:
    """The lines about options that settle others, to be told before they do."""
    if "threads_per_core" in request.met():
        yield "Setting --cpu-bind=threads as a default of --threads-per-core use"
    rivals = hint_rivals(at)
    text = _HINT.format(*(_MORE_RIVALS if "cores_per_socket" in rivals else ("", "")))
    if request.by_user("hint") and request.by_user(*rivals):
        than = "then" if at.release < _SPELT_SINCE else "than"
        yield f"{text} (other {than} --cpu-bind=verbose). Ignoring --hint."
    elif request.by_environment("hint") and request.by_environment(*rivals) and not request.by_user(*rivals):
        yield f"{text}, but more than one set by environment variables. Ignoring SLURM_HINT."


def defined_options(request: Request, at: At, folder: str) -> Iterator[str]:
    """The lines about the options, without `PROG: `."""
    implied = _IMPLIED.get(at.prog)
    if implied and "implied_tasks" in request:
        yield implied.format(request["implied_tasks"])
    yield "defined options"
    yield f"{_RULE} {_RULE}"
    met = request.met()
    said: set[str] = set()
    for option in OPTIONS:
        if option.dest not in met or option.dest in said:
            continue
        said.add(option.dest)
        show = _SHOWN.get(option.dest)
        if option.dest in ("output", "error", "input"):
            text = _path(request[option.dest], folder)
        elif show is not None:
            text = show(request, at)
        elif option.arg == "none":
            text = "set"
        else:
            text = request.texts[option.dest]
        yield f"{option.long:<20}: {text}"
    yield f"{_RULE} {_RULE}"
    yield "end of defined options"


def propagated_values(
    request: Request, process: Caller, limits: frozenset[str] | None, *, first: bool = True
) -> Iterator[str]:
    """The lines about what travels with the job, from `-vv` on; the umask only with the first component."""
    if not request.get("get_user_env"):
        for name in RLIMITS:
            if limits is None or name in limits:
                yield f"debug:  propagating RLIMIT_{name}={process.limits[name]}"
    yield f"debug:  propagating SLURM_PRIO_PROCESS={process.niceness}"
    if first:
        yield f"debug:  propagating UMASK={process.mask:04o}"


def _path(name: str, folder: str) -> str:
    return name if name.startswith("/") or name == "none" else f"{folder}/{name}"


def _memory(name: str) -> Shown:
    def show(request: Request, at: At) -> str:
        size: int = request.get(name, 0)
        for unit in ("", "G", "T"):
            if not size or size % 1024 or unit == "T":
                return f"{size}{unit}"
            size //= 1024
        return str(size)

    return show


def _minutes(name: str) -> Shown:
    return lambda request, at: format_minutes(request[name] or INFINITE)


def _moment(name: str) -> Shown:
    return lambda request, at: format_time(request[name], release=at.release)


def _nodes(request: Request, at: At) -> str:
    least, most = request.get("min_nodes"), request.get("max_nodes")
    return str(least) if least == most else f"{least}-{most}"


def _value(name: str) -> Shown:
    return lambda request, at: str(request.get(name, ""))


def _extra_node_info(request: Request, at: At) -> str:
    sockets, *others = (request.get(name) for name in GEOMETRY)
    return f"{sockets or ''}" + "".join(f":{number}" for number in others if number)


def _gres(request: Request, at: At) -> str:
    if request["gres"].lower() == "none":
        return "none"
    prefix = "gres/" if at.release >= (23, 2) else "gres:"
    return ",".join(prefix + part for part in request["gres"].split(","))


def _mail(request: Request, at: At) -> str:
    names = {"INVALID_DEPENDENCY": "INVALID_DEPEND", "TIME=100%": "TIME_LIMIT"}
    shown = [names.get(event, event) for event in request["mail_type"]]
    return ",".join(name.replace("TIME=", "TIME_LIMIT_").removesuffix("%") for name in shown) or "NONE"


def _priority(request: Request, at: At) -> str:
    number: int = request["priority"]
    return str(number - (1 << 32) if number >> 31 else number)


def _signal(request: Request, at: At) -> str:
    letters = "".join(letter for letter, flag in _SIGNAL_LETTERS if flag in request["signal_flags"])
    delay: int = request["signal_delay"]
    text = format_name(request["signal"], at.release) + ("" if delay == _SIGNAL_DELAY else f"@{delay}")
    return f"{letters}:{text}" if letters else text


def _switches(request: Request, at: At) -> str:
    wait: Any = request.get("wait_for_switch")
    return (
        f"{request['switches']}@{format_minutes(wait // 60)}"
        if wait is not None
        else str(request["switches"])
    )


_SHOWN: Final[dict[str, Shown]] = {
    "immediate": lambda request, at: str(request["immediate"]),
    "kill_command": lambda request, at: format_name(request["kill_command"], at.release),
    "begin": _moment("begin"),
    "deadline": _moment("deadline"),
    "chdir": lambda request, at: request["chdir_path"],
    "cpu_freq": _value("cpu_freq"),
    "cpus_per_task": _value("cpus_per_task"),
    "extra_node_info": _extra_node_info,
    "delay_boot": lambda request, at: format_seconds(request["delay_boot"]),
    "distribution": lambda request, at: (
        request["distribution"] + (f"={request['plane_size']}" if request.get("plane_size") else "")
    ),
    "exclusive": lambda request, at: {"none": "exclusive"}.get(request["shared"], request["shared"]),
    "gres": _gres,
    "mail_type": _mail,
    "mem": _memory("mem"),
    "mem_per_cpu": _memory("mem_per_cpu"),
    "mem_per_gpu": _memory("mem_per_gpu"),
    "tmp": _memory("tmp"),
    "mem_bind": lambda request, at: mem_bind_text(request["mem_bind_type"], request.get("mem_bind")),
    "nice": _value("nice"),
    "no_kill": lambda request, at: "set" if request["no_kill"] else "unset",
    "no_requeue": lambda request, at: "requeue" if request.get("requeue") else "no-requeue",
    "requeue": lambda request, at: "requeue" if request.get("requeue") else "no-requeue",
    "nodefile": lambda request, at: request.get("nodefile", "(null)"),
    "nodes": _nodes,
    "ntasks": _value("ntasks"),
    "oom_kill_step": _value("oom_kill_step"),
    "open_mode": lambda request, at: request["open_mode"][0].lower(),
    "oversubscribe": lambda request, at: {"none": "exclusive"}.get(request["shared"], request["shared"]),
    "priority": _priority,
    "profile": lambda request, at: ",".join(name.capitalize() for name in request["profile"]),
    "propagate": _value("propagate"),
    "signal": _signal,
    "switches": _switches,
    "time": _minutes("time"),
    "time_min": _minutes("time_min"),
    "verbose": _value("verbose"),
}
"""Options whose value is not shown as it was written."""
