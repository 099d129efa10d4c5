"""What a submission or a change of a job looks like to each API version.

Callers speak the newest vocabulary: the fields of v0.0.45's job description, where a number that can be unset or
infinite is a plain number, INFINITE, or `{"set": …, "infinite": …, "number": …}`. Servers ignore fields they do not
know, or submit the job and complain afterwards; so what a version cannot carry is refused here, before anything is
sent (NotCarried). `version_for` looks for the newest version of the server that carries everything.

The tables were made from the OpenAPI documents of 22.05, 24.11 and 26.05 and tried on these servers field by field.
The translation to v0.0.38 is in `payload38`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slurm_cli_proxy.rest.versions import number

INFINITE = "INFINITE"
"""A number without an end, e.g. of `time_limit`."""


class NotCarried(Exception):
    """An API version has no place for a field, or for that value of it. `field` is the newest vocabulary's name.

    `value`: what has no place, where not the whole field has none. `why`: what is the matter instead.
    """

    def __init__(self, field: str, version: str, why: str = "", *, value: str = "") -> None:
        self.field = field
        self.version = version
        self.value = value
        self.why = why or (f"{value} has no place" if value else "")
        super().__init__(f"{field}: {self.why or 'has no place'} in version {version} of the Slurm REST API")


# fmt: off
FIELDS = frozenset(
    (
        "account", "account_gather_frequency", "admin_comment", "allocation_node_list",
        "allocation_node_port", "argv", "array", "batch_features", "begin_time", "burst_buffer",
        "cluster_constraint", "clusters", "comment", "constraints", "container", "container_id",
        "container_type", "contiguous", "core_specification", "cores_per_socket", "cpu_binding",
        "cpu_binding_flags", "cpu_frequency", "cpus_per_task", "cpus_per_tres", "crontab",
        "current_working_directory", "deadline", "delay_boot", "dependency", "distribution",
        "distribution_plane_size", "end_time", "environment", "excluded_nodes", "extra", "flags", "group_id",
        "hetjob_group", "hold", "immediate", "job_id", "kill_on_node_fail", "kill_warning_delay",
        "kill_warning_flags", "kill_warning_signal", "licenses", "mail_type", "mail_user", "maximum_cpus",
        "maximum_nodes", "mcs_label", "memory_binding", "memory_binding_type", "memory_per_cpu",
        "memory_per_node", "memory_per_tres", "memory_update_delay", "memory_update_margin",
        "minimum_boards_per_node", "minimum_cpus", "minimum_cpus_per_node", "minimum_nodes",
        "minimum_sockets_per_board", "name", "network", "nice", "nodes", "ntasks_per_tres", "oom_kill_step",
        "open_mode", "overcommit", "partition", "prefer", "priority", "profile", "qos", "reboot", "requeue",
        "required_nodes", "required_switches", "reservation", "reserve_ports", "rlimits", "script",
        "segment_size", "selinux_context", "shared", "site_factor", "sockets_per_node", "spank_environment",
        "standard_error", "standard_input", "standard_output", "step_id", "tasks", "tasks_per_board",
        "tasks_per_core", "tasks_per_node", "tasks_per_socket", "temporary_disk_per_node",
        "thread_specification", "threads_per_core", "time_limit", "time_minimum", "tres_bind", "tres_freq",
        "tres_per_job", "tres_per_node", "tres_per_socket", "tres_per_task", "user_id", "wait_all_nodes",
        "wait_for_switch", "wckey", "x11", "x11_magic_cookie", "x11_target_host", "x11_target_port",
    )
)
# fmt: on
"""The fields of v0.0.45."""

# fmt: off
NUMBERS = frozenset(
    (
        "begin_time", "distribution_plane_size", "kill_warning_delay", "memory_per_cpu", "memory_per_node",
        "priority", "required_switches", "segment_size", "time_limit", "time_minimum",
    )
)
# fmt: on
"""Fields that are `{set, infinite, number}`."""

ONLY: dict[str, tuple[int, ...]] = {
    "container_type": (45,),
    "cores_per_socket": (40, 45),
    "distribution": (41, 42, 43, 44, 45),  # v0.0.40 lists it, and ignores it with a warning
    "distribution_plane_size": (41, 42, 43, 44, 45),
    "memory_update_delay": (45,),
    "memory_update_margin": (45,),
    "oom_kill_step": (42, 43, 44, 45),
    "reserve_ports": (),  # every one lists it, and reserves none
    "segment_size": (41, 42, 43, 44, 45),
    "step_id": (44, 45),
}
"""Fields that not every version from v0.0.40 on carries, and the versions that do."""

DEFAULTS: dict[str, tuple[int, object]] = {"oom_kill_step": (42, 0xFFFE)}
"""Fields that a server takes for asked for when a submission leaves them out: since which version, and "unset"."""

VALUES: dict[str, dict[str, tuple[int, int]]] = {
    "flags": {
        "CONSOLIDATE_SEGMENTS": (44, 45),
        "EXPEDITED_REQUEUE": (44, 45),
        "EXTERNAL_JOB": (43, 45),
        "GRES_ALLOW_TASK_SHARING": (40, 40),
        "GRES_MULTIPLE_TASKS_PER_SHARING": (40, 40),
        "GRES_ONE_TASK_PER_SHARING": (40, 40),
        "JOB_IMPLICIT_MAX_NODES": (45, 45),
        "SAVE_BATCH_SCRIPT": (40, 40),
        "SPREAD_SEGMENTS": (44, 45),
        "STEPMGR_ENABLED": (41, 45),
    },
    "shared": {"topo": (41, 45)},
}
"""Values of lists of flags that not every version from v0.0.40 on knows: first and last version that does."""


def version_for(served: Sequence[str], *jobs: Mapping[str, Any], update: bool = False) -> str:
    """The newest of the served versions that carries the fields of all; NotCarried (for the newest) if none does."""
    first: NotCarried | None = None
    for version in served:
        try:
            for fields in jobs:
                _translated(version, fields, update)
        except NotCarried as refusal:
            first = first or refusal
            continue
        return version
    assert first is not None
    raise first


def submission(version: str, script: str, *jobs: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a `job/submit`, of several jobs for a heterogeneous one; NotCarried. No script is none at all."""
    wanted = [_translated(version, job, update=False) for job in jobs]
    body: dict[str, Any] = {"jobs": wanted} if len(wanted) > 1 else {"job": wanted[0]}
    return {"script": script, **body} if script else body


def update(version: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The body of a change of a job; NotCarried."""
    return _translated(version, fields, update=True)


def _translated(version: str, fields: Mapping[str, Any], update: bool) -> dict[str, Any]:
    if version == "v0.0.38":
        from slurm_cli_proxy.rest.payload38 import translated

        return translated(fields, update)
    minor = number(version)
    job: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in FIELDS or (name in ONLY and minor not in ONLY[name]):
            raise NotCarried(name, version)
        for flag, (first, last) in VALUES.get(name, {}).items():
            if flag in value and not first <= minor <= last:
                raise NotCarried(name, version, value=flag)
        job[name] = _number(value) if name in NUMBERS else value
    if not update:
        for name, (since, unset) in DEFAULTS.items():
            if minor >= since:
                job.setdefault(name, unset)
    return job


def _number(value: Any) -> Any:
    if value == INFINITE:
        return {"set": True, "infinite": True, "number": 0}
    if isinstance(value, int):
        return {"set": True, "infinite": False, "number": value}
    return value
