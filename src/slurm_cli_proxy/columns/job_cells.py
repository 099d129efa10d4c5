"""How squeue's columns render a job: every function gives the text of a cell, None for C's null pointer."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Final

import msgspec

from slurm_cli_proxy.columns.column import NO_NODES, Whole
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.notation.memory import format_units
from slurm_cli_proxy.records.job import ExitCode, Job, exit_pair
from slurm_cli_proxy.records.number import INFINITE, number, number_or

Release = tuple[int, int]
Render = Callable[[Job, "View"], str | None]

NOT_AVAILABLE: Final = "N/A"
_ID_LENGTH: Final = 31  # native's buffer for an id, unless SLURM_BITSTR_LEN tells it to make one that fits
_PAIRS_SINCE: Final = (23, 2)
_EXPANDED_APART_SINCE: Final = (25, 5)
_LONE_SHARES_SINCE: Final = (26, 5)  # since then exclusiveness is a column of its own
_UNSET_THREADS: Final = 32766  # what is left of NO_VAL16 without its highest bit


class View(msgspec.Struct):
    """What columns need beside the job.

    `now`: the server's clock, epoch seconds.  `time_text`: a time as the user wants it.
    `convert`: whether 2048M may be shown as 2G.  `whole_ids`: whether an array's id may be longer than 31 bytes.
    `oversubscribing`: the partitions whose jobs may share resources without asking for it.
    `exclusive`: the partitions that are exclusive, with how.  `tiers`: the partitions' tiers.
    `by_partition`: whether a job shows the priority that it has in its (one) partition.
    `expand_patterns`: whether file names have their patterns filled in.
    """

    now: int
    release: Release
    time_text: Callable[[int], str]
    convert: bool = True
    whole_ids: bool = False
    oversubscribing: frozenset[str] = frozenset()
    exclusive: dict[str, str] = {}
    tiers: dict[str, int] = {}
    by_partition: bool = False
    expand_patterns: bool = False


# Makers, for what many columns do alike


def text(name: str, absent: str | None = None) -> Render:
    """A text field; `absent` where it is empty."""
    get = attrgetter(name)

    def render(job: Job, view: View) -> str | None:
        return get(job) or absent

    return render


def count(name: str, absent: str = "0") -> Render:
    """A number."""
    get = attrgetter(name)

    def render(job: Job, view: View) -> str:
        value = number(get(job))
        return absent if value is None else str(value)

    return render


def count16(name: str, absent: str) -> Render:
    """A number that Slurm keeps in 16 bits, where infinite means that nobody asked for anything."""
    get = attrgetter(name)

    def render(job: Job, view: View) -> str:
        value = number(get(job))
        return absent if value is None or value >= 0xFFFE else str(value)

    return render


def flag(name: str) -> Render:
    """`1` or `0`."""
    get = attrgetter(name)

    def render(job: Job, view: View) -> str:
        return "1" if get(job) else "0"

    return render


def moment(name: str) -> Render:
    """A time."""
    get = attrgetter(name)

    def render(job: Job, view: View) -> str:
        when = number(get(job))
        return view.time_text(when) if when else NOT_AVAILABLE

    return render


def seconds(name: str) -> Render:
    """A duration kept in seconds."""
    get = attrgetter(name)

    def render(job: Job, view: View) -> str:
        return clock(number_or(get(job), 0))

    return render


def requested(name: str) -> Render:
    """A list of nodes that a user wrote, in order and without repetitions."""
    get = attrgetter(name)

    def render(job: Job, view: View) -> str:
        told: str = get(job) or ""
        if "," in told:
            from slurm_cli_proxy.notation import hostlist

            told = hostlist.compress_sorted(hostlist.expand(told), unique=True)
        return Whole(told)

    return render


def clock(total: int) -> str:
    """A duration."""
    return Whole(duration.format_elapsed(total))


def exit_code(name: str) -> Render:
    """`status:signal`; 22.05 shows the `wait` status."""
    get = attrgetter(name)

    def render(job: Job, view: View) -> str:
        told = get(job)
        if view.release < _PAIRS_SINCE and not isinstance(told, ExitCode):
            return str(told or 0)
        status, signal = exit_pair(told)
        return f"{status}:{signal}"

    return render


def fixed(value: str | None) -> Render:
    """What is the same for every job."""

    def render(job: Job, view: View) -> str | None:
        return value

    return render


# Ids


def shown_id(job: Job, view: View) -> str:
    """`123`, `123_4`, `123_[1-5,7%2]`, `123+1`."""
    return job.id_text if view.whole_ids else job.id_text[:_ID_LENGTH]


def job_id(job: Job, view: View) -> str:
    return str(job.job_id)


def array_job_id(job: Job, view: View) -> str:
    return str(job.array_leader or job.job_id)


def array_task(job: Job, view: View) -> str:
    if job.task_set:
        return job.task_set
    task = job.array_task
    return NOT_AVAILABLE if task is None or not job.array_leader else str(task)


def het_job_id(job: Job, view: View) -> str:
    return str(job.het_leader) if job.het_leader else NOT_AVAILABLE


def het_offset(job: Job, view: View) -> str:
    return str(job.het_component) if job.het_leader else NOT_AVAILABLE


def sluid(job: Job, view: View) -> str | None:
    return job.sluid or None


# State and reason


def state(job: Job, view: View) -> str:
    return job.state


def state_compact(job: Job, view: View) -> str:
    return job.state_compact


def reason(job: Job, view: View) -> str:
    """The reason, in words if the controller has some."""
    return job.state_description or job.state_reason or ""


_EXPLAINED: Final = frozenset({"PENDING", "TIMEOUT", "OUT_OF_MEMORY", "DEADLINE", "FAILED"})


def nodes_or_reason(job: Job, view: View) -> str:
    """The reason in brackets for jobs that wait or have failed, the nodes of the others."""
    states = job.states
    if "COMPLETING" not in states and not states.isdisjoint(_EXPLAINED):
        return f"({reason(job, view)})"
    return Whole(job.nodes or "")


def nodes(job: Job, view: View) -> str:
    return Whole(job.nodes or "")


def scheduled_nodes(job: Job, view: View) -> str:
    return Whole(job.scheduled_nodes) if job.scheduled_nodes else NO_NODES


# Time


def used_seconds(job: Job, now: int) -> int:
    """How long the job has run, without the time it was suspended."""
    start = number_or(job.start_time, 0)
    states = job.states
    if not start or "PENDING" in states:
        return 0
    before = number_or(job.pre_sus_time, 0)
    if "SUSPENDED" in states:
        return before
    end = number_or(job.end_time, 0)
    if "RUNNING" in states or not end:
        end = now
    suspended = number_or(job.suspend_time, 0)
    return end - suspended + before if suspended else end - start


def time_used(job: Job, view: View) -> str:
    return clock(used_seconds(job, view.now))


def limit_minutes(job: Job, view: View) -> int | None:
    """The time limit, None where there is none yet; v0.0.38 tells that and "no limit" with the same null."""
    limit = number(job.time_limit)
    return INFINITE if limit is None and view.release < _PAIRS_SINCE else limit


def time_limit(job: Job, view: View) -> str:
    limit = limit_minutes(job, view)
    if limit is None:
        return "NOT_SET"
    return "UNLIMITED" if limit >= INFINITE else clock(limit * 60)


def time_left(job: Job, view: View) -> str:
    limit = limit_minutes(job, view)
    if limit is None:
        return "NOT_SET"
    if limit >= INFINITE:
        return "UNLIMITED"
    return clock(limit * 60 - used_seconds(job, view.now))


def time_end(job: Job, view: View) -> str:
    limit = limit_minutes(job, view)
    end = number_or(job.end_time, 0)
    if limit == INFINITE and end > view.now:
        return "NONE"
    return view.time_text(end) if end else NOT_AVAILABLE


def pending_seconds(job: Job, view: View) -> str:
    """How long the job waited, or has been waiting; a start that is only expected does not count."""
    start = 0 if "PENDING" in job.states else number_or(job.start_time, 0)
    return str((start or view.now) - number_or(job.submit_time, 0))


# Size


def megabytes(value: int, view: View) -> str:
    """Native's buffer holds nine bytes."""
    return format_units(value, "M", convert=view.convert)[:9]


def memory(job: Job, view: View) -> str:
    """What is asked for on a node, or else for each CPU."""
    asked = number(job.memory_per_node)
    return megabytes(number_or(job.memory_per_cpu, 0) if asked is None else asked, view)


def disk(job: Job, view: View) -> str:
    return megabytes(number_or(job.minimum_tmp_disk_per_node, 0), view)


def cpus(job: Job, view: View) -> str:
    return str(job.cpu_count)


def node_count(job: Job, view: View) -> str:
    return str(nodes_number(job))


def nodes_number(job: Job) -> int:
    """The nodes it has; of a pending job those it needs, the ones it has named at least."""
    told = number_or(job.node_count, 0)
    if job.required_nodes and "PENDING" in job.states:
        from slurm_cli_proxy.notation import hostlist

        return max(told, len(hostlist.expand(job.required_nodes)))
    return told


def geometry(job: Job, view: View) -> str:
    return ":".join(
        _sockets_and_such(value)
        for value in (job.sockets_per_node, job.cores_per_socket, job.threads_per_core)
    )


def _sockets_and_such(value: object) -> str:
    told = number(value)  # type: ignore[arg-type]
    return "*" if told is None or told >= 0xFFFE else str(told)


def core_spec(job: Job, view: View) -> str:
    """`N/A`, cores, or `2 Threads`."""
    threads, cores = number(job.thread_spec), number(job.core_spec)
    if threads == _UNSET_THREADS or (threads is None and cores is None):
        return NOT_AVAILABLE
    return f"{threads} Threads" if threads else str(cores or 0)


def priority_number(job: Job, view: View) -> int:
    if view.by_partition and job.priority_by_partition:
        return job.priority_by_partition[0].priority or 0
    return number_or(job.priority, 0)


def priority_long(job: Job, view: View) -> str:
    return str(priority_number(job, view))


def priority(job: Job, view: View) -> str:
    """The priority between 0 and 1."""
    return f"{priority_number(job, view) / 0xFFFFFFFF:16.14f}"


_SHARES: Final = {"none": "NO", "oversubscribe": "YES", "user": "USER", "mcs": "MCS", "topo": "TOPO"}
_EXCLUSIVE: Final = {"none": "NODE", "user": "USER", "mcs": "MCS", "topo": "TOPO"}


def shares(job: Job, view: View) -> str:
    sharing = job.sharing
    if view.release < _LONE_SHARES_SINCE:
        return _SHARES.get(sharing, "OK")
    if sharing in ("none", "oversubscribe"):
        return _SHARES[sharing]
    partitions = (job.partition or "").split(",")
    return "OK" if not view.oversubscribing.isdisjoint(partitions) else "NO"


def exclusive(job: Job, view: View) -> str:
    told = _EXCLUSIVE.get(job.sharing)
    if told:
        return told
    partitions = (job.partition or "").split(",")
    return next((view.exclusive[name] for name in partitions if name in view.exclusive), "NO")


# Who


def user(job: Job, view: View) -> str:
    return job.user_name or str(number_or(job.user_id, 0))


def group(job: Job, view: View) -> str:
    return job.group_name or str(number_or(job.group_id, 0))


# Files: 22.05 fills their patterns in; later releases do when asked to


def output_file(job: Job, view: View) -> str | None:
    if view.release >= _PAIRS_SINCE:
        return (view.expand_patterns and job.stdout_expanded) or job.standard_output or None
    from slurm_cli_proxy.columns.job_files import filled

    return filled(job.standard_output or "slurm-%j.out", job)


def error_file(job: Job, view: View) -> str | None:
    if view.release >= _EXPANDED_APART_SINCE:
        return (view.expand_patterns and job.stderr_expanded) or job.standard_error or None
    if view.release >= _PAIRS_SINCE:
        # The same file is what the server says of a job that named none for it.
        return job.standard_error if job.standard_error != job.standard_output else None
    from slurm_cli_proxy.columns.job_files import filled

    return filled(job.standard_error, job) if job.standard_error else output_file(job, view)


def input_file(job: Job, view: View) -> str | None:
    return (view.expand_patterns and job.stdin_expanded) or job.standard_input or None


# The rest


def profile(job: Job, view: View) -> str:
    told = job.profile
    words = [told] if isinstance(told, str) else told or ["NOT_SET"]
    return ",".join("NotSet" if word == "NOT_SET" else word.capitalize() for word in words)


def tres(job: Job, view: View) -> str:
    return job.tres_alloc_str or job.tres_req_str or NOT_AVAILABLE


def max_cpus(job: Job, view: View) -> str:
    """The most that may be used; of a job without such a bound the CPUs it has or asks for."""
    return str(number_or(job.max_cpus, 0) or job.cpu_count)


def max_nodes(job: Job, view: View) -> str:
    return str(number_or(job.max_nodes, 0) or nodes_number(job))


def cron(job: Job, view: View) -> str:
    return "Yes" if job.has_flag("CRON_JOB") else "No"


def segment(job: Job, view: View) -> str:
    return str(number(job.segment_size) or NOT_AVAILABLE)
