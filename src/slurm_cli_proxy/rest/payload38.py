"""The newest vocabulary of jobs as v0.0.38 (Slurm 22.05) has it: close to sbatch's options, and with sbatch's values.

Each entry of JOB is a rule: it gets a field's value and the whole job, and gives the fields that v0.0.38 wants instead.
Tried field by field on 22.05.8. Found there, and therefore refused:

* `argv` and `batch_features`: the job is submitted, and then slurmrestd crashes (it frees them twice).
* `contiguous`, `cpu_binding`, `immediate`, `network`, `overcommit`, `reboot`, `required_switches` and others: "Disabled
  key".
* in a change of a job, `name`, `mail_type` and `mail_user` are accepted and nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from slurm_cli_proxy.rest.payload import INFINITE, NotCarried

VERSION = "v0.0.38"

Rule = Callable[[Any, Mapping[str, Any]], dict[str, Any]]


def translated(fields: Mapping[str, Any], update: bool) -> dict[str, Any]:
    """The job or the change in v0.0.38's words; NotCarried if it has none."""
    job: dict[str, Any] = {}
    for name, value in fields.items():
        rule = JOB.get(name)
        if rule is None or (update and name in NO_UPDATE):
            raise NotCarried(name, VERSION)
        job.update(rule(value, fields))
    return job


NO_UPDATE = frozenset(("environment", "mail_type", "mail_user", "name"))
"""Fields whose change is accepted and ignored."""


def _as(name: str, convert: Callable[[Any], Any] = lambda value: value) -> Rule:
    return lambda value, job: {name: convert(value)}


def _crashes(name: str) -> Rule:
    """Carried only if empty."""

    def rule(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
        if value:
            raise NotCarried(name, VERSION, "makes slurmrestd crash")
        return {}

    return rule


def plain(value: Any) -> int | str:
    """A number that may be `{set, infinite, number}`: plain, or INFINITE."""
    if isinstance(value, Mapping):
        return INFINITE if value.get("infinite") else int(value.get("number", 0))
    return INFINITE if value == INFINITE else int(value)


def _minutes(value: Any) -> int | str:
    """Plain; a number below zero (as unsigned 32 bits) in seconds that are rounded up to it, not away from it."""
    number = plain(value)
    if isinstance(number, str):
        return "UNLIMITED"
    return number if number < 1 << 31 else f"0:{(number * 60 - 59) % (1 << 32)}"


def _seconds(value: Any) -> str:
    """Seconds as a duration: a plain number would be minutes."""
    minutes, seconds = divmod(int(plain(value)), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _moment(value: Any) -> str:
    """Seconds since the epoch, in the form that needs no time zone."""
    return f"uts{plain(value)}"


def _listed(value: Any) -> str:
    return value if isinstance(value, str) else ",".join(value)


def _tres(field: str, name: str, *, gpus: bool = True) -> Rule:
    """A TRES field as v0.0.38's `name`, which puts the TRES name there itself.

    `gres/gpu:a100:2` becomes `a100:2`, and nothing but GPUs can be said; or, without `gpus`, `gpu:a100:2`.
    """

    def rule(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
        items = []
        for item in str(value).split(","):
            rest = item.removeprefix("gres/").removeprefix("gres:")
            name_, equals, count = rest.partition("=")
            if equals and ":" not in name_:  # after a type it stays, as the native command leaves it
                rest = f"{name_}:{count}"
            if gpus and rest:
                if rest.startswith("cpu:") and job.get("cpus_per_task"):
                    continue  # said by that field already
                if not rest.startswith("gpu:"):
                    raise NotCarried(field, VERSION, value=item)
                rest = rest.removeprefix("gpu:")
            items.append(rest)
        return {name: ",".join(items)}

    return rule


def _gpu_words(field: str, name: str) -> Rule:
    """`gpu:verbose,single:2` as v0.0.38's `name`, which puts `gpu:` there itself."""

    def rule(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
        words = str(value).removeprefix("gres/")
        if not words.startswith("gpu:"):
            raise NotCarried(field, VERSION, value=value)
        return {name: words.removeprefix("gpu:")}

    return rule


def _environment(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return {"environment": dict(value)}
    return {"environment": dict(item.split("=", 1) for item in value if "=" in item)}


_FLAGS: dict[str, dict[str, Any]] = {
    "KILL_INVALID_DEPENDENCY": {"kill_on_invalid_dependency": True},
    "NO_KILL_INVALID_DEPENDENCY": {"kill_on_invalid_dependency": False},
    "GRES_BINDING_ENFORCED": {"gres_flags": "enforce-binding"},
    "GRES_BINDING_DISABLED": {"gres_flags": "disable-binding"},
    "SPREAD_JOB": {"spread_job": True},
    "PREFER_MINIMUM_NODE_COUNT": {"minimum_nodes": True},
    # What the server finds out by itself:
    "EXACT_TASK_COUNT_REQUESTED": {},
    "EXACT_CPU_COUNT_REQUESTED": {},
    "EXACT_MEMORY_REQUESTED": {},
    "USING_DEFAULT_ACCOUNT": {},
    "USING_DEFAULT_PARTITION": {},
    "USING_DEFAULT_QOS": {},
    "USING_DEFAULT_WCKEY": {},
}


def _flags(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for flag in value:
        if flag not in _FLAGS:
            raise NotCarried("flags", VERSION, value=flag)
        words.update(_FLAGS[flag])
    return words


_SHARED: dict[str, dict[str, Any]] = {
    "none": {"exclusive": "exclusive"},
    "user": {"exclusive": "user"},
    "mcs": {"exclusive": "mcs"},
    "oversubscribe": {"oversubscribe": True},
}


def _shared(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for flag in [value] if isinstance(value, str) else value:
        if flag not in _SHARED:
            raise NotCarried("shared", VERSION, value=flag)
        words.update(_SHARED[flag])
    return words


_MAIL = {
    "INVALID_DEPENDENCY": "INVALID_DEPEND",
    "TIME=100%": "TIME_LIMIT",
    "TIME=90%": "TIME_LIMIT_90",
    "TIME=80%": "TIME_LIMIT_80",
    "TIME=50%": "TIME_LIMIT_50",
}


def _mail(value: Any) -> str:
    return ",".join(_MAIL.get(item, item) for item in ([value] if isinstance(value, str) else value))


def _warning(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    """`kill_warning_*`, all three of them, as `[R:]SIGNAL@SECONDS`."""
    words = {"RESERVATION_JOB": "R:"}
    prefix = ""
    for flag in job.get("kill_warning_flags") or ():
        if flag not in words:
            raise NotCarried("kill_warning_flags", VERSION, value=flag)
        prefix = words[flag]
    delay = job.get("kill_warning_delay")
    signal = job.get("kill_warning_signal", "")
    return {"signal": f"{prefix}{signal}" + (f"@{plain(delay)}" if delay is not None else "")}


def _node_count(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    """`nodes` as it is; else from the bounds."""
    if job.get("nodes"):
        return {"nodes": str(job["nodes"])}
    least, most = job.get("minimum_nodes"), job.get("maximum_nodes")
    if least is None:
        return {"nodes": f"1-{most}"}
    return {"nodes": str(least) if most == least else f"{least}-{most or 0}"}  # 0 is no maximum


def _derived_cpus(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    """`minimum_cpus` follows from tasks, CPUs a task and nodes; the server computes it from them."""
    tasks, each, nodes = (int(job.get(name) or 1) for name in ("tasks", "cpus_per_task", "minimum_nodes"))
    if int(value) > max(tasks * each, nodes * each):
        raise NotCarried("minimum_cpus", VERSION)
    return {}


def _memory_binding(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    types = [item.lower() for item in job.get("memory_binding_type") or ()]
    mapped = job.get("memory_binding") or ""
    words = [f"{item}_mem:{mapped}" if item in ("map", "mask") else item for item in types]
    said = ",".join(words) or mapped
    return {"memory_binding": said} if said else {}  # an empty one cannot be read


def _requeue(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    return {"requeue": True} if value else {"no_requeue": True}  # `requeue: false` does nothing


def _plane(value: Any, job: Mapping[str, Any]) -> dict[str, Any]:
    return {"distribution": f"plane={plain(value)}"}


JOB: dict[str, Rule] = {
    "account": _as("account"),
    "account_gather_frequency": _as("account_gather_frequency"),
    "argv": _crashes("argv"),
    "array": _as("array"),
    "batch_features": _crashes("batch_features"),
    "begin_time": _as("begin_time", _moment),
    "burst_buffer": _as("burst_buffer"),
    "cluster_constraint": _as("cluster_constraint"),
    "comment": _as("comment"),
    "constraints": _as("constraints"),
    "container": _as("container"),
    "core_specification": _as("core_specification"),
    "cores_per_socket": _as("cores_per_socket"),
    "cpu_frequency": _as("cpu_frequency"),
    "cpus_per_task": _as("cpus_per_task"),
    "cpus_per_tres": _tres("cpus_per_tres", "cpus_per_gpu"),
    "current_working_directory": _as("current_working_directory"),
    "deadline": _as("deadline", _moment),
    "delay_boot": _as("delay_boot", _seconds),
    "dependency": _as("dependency"),
    "distribution": _as("distribution"),
    "distribution_plane_size": _plane,
    "environment": _environment,
    "excluded_nodes": _as("exclude_nodes", _listed),
    "flags": _flags,
    "hold": _as("hold"),
    "kill_on_node_fail": _as("no_kill", lambda value: "off" if value else "set"),
    "kill_warning_delay": _warning,
    "kill_warning_flags": _warning,
    "kill_warning_signal": _warning,
    "licenses": _as("licenses"),
    "mail_type": _as("mail_type", _mail),
    "mail_user": _as("mail_user"),
    "maximum_nodes": _node_count,
    "mcs_label": _as("mcs_label"),
    "memory_binding": _memory_binding,
    "memory_binding_type": _memory_binding,
    "memory_per_cpu": _as("memory_per_cpu", plain),
    "memory_per_node": _as("memory_per_node", plain),
    "memory_per_tres": _tres("memory_per_tres", "memory_per_gpu"),
    "minimum_cpus": _derived_cpus,
    "minimum_cpus_per_node": _as("minimum_cpus_per_node"),
    "minimum_nodes": _node_count,
    "name": _as("name"),
    "nice": _as("nice"),
    "nodes": _node_count,
    "ntasks_per_tres": _as("ntasks_per_tres"),
    "open_mode": _as("open_mode", lambda value: _listed(value).lower()),
    "partition": _as("partition"),
    "prefer": _as("prefer"),
    "priority": _as("priority", lambda value: str(plain(value))),
    "profile": _as("profile", lambda value: _listed(value).lower()),
    "qos": _as("qos"),
    "requeue": _requeue,
    "required_nodes": _as("nodelist", _listed),
    "reservation": _as("reservation"),
    "shared": _shared,
    "sockets_per_node": _as("sockets_per_node"),
    "standard_error": _as("standard_error"),
    "standard_input": _as("standard_input"),
    "standard_output": _as("standard_output"),
    "tasks": lambda value, job: {"tasks": value} if value else {},  # no task at all follows from no node
    "tasks_per_core": _as("tasks_per_core"),
    "tasks_per_node": _as("tasks_per_node"),
    "tasks_per_socket": _as("tasks_per_socket"),
    "temporary_disk_per_node": _as("temporary_disk_per_node"),
    "thread_specification": _as("thread_specification"),
    "threads_per_core": _as("threads_per_core"),
    "time_limit": _as("time_limit", _minutes),
    "time_minimum": _as("time_minimum", _minutes),
    "tres_bind": _gpu_words("tres_bind", "gpu_binding"),
    "tres_freq": _gpu_words("tres_freq", "gpu_frequency"),
    "tres_per_job": _tres("tres_per_job", "gpus"),
    "tres_per_node": _tres("tres_per_node", "gres", gpus=False),
    "tres_per_socket": _tres("tres_per_socket", "gpus_per_socket"),
    "tres_per_task": _tres("tres_per_task", "gpus_per_task"),
    "wait_all_nodes": _as("wait_all_nodes", int),
    "wckey": _as("wckey"),
}
"""Fields of the newest vocabulary that v0.0.38 can carry, and how."""
