"""How `scontrol show job` writes a job's values.

Where the API does not tell a value, the text is the one the native command prints for a value that is not set.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from slurm_cli_proxy.columns import job_files
from slurm_cli_proxy.notation import date, duration, exitcode, memory
from slurm_cli_proxy.records.job import Job, exit_pair
from slurm_cli_proxy.records.number import INFINITE, Number, number, number_or

Release = tuple[int, int]
Render = Callable[[Job, "View"], "str | None"]

NULL: Final = "(null)"


class View:
    """What a report depends on besides the job.

    `now`: epoch seconds; `style`: how times are written (SLURM_TIME_FORMAT).  `shape_of` a node: its cores on a
    socket and threads on a core.  `partition_sharing`: what OverSubscribe= says of a job in a partition that did not
    ask for anything.
    """

    __slots__ = ("details", "now", "one_line", "partition_sharing", "release", "shape_of", "style")

    def __init__(
        self,
        release: Release,
        now: float,
        *,
        details: bool = False,
        one_line: bool = False,
        style: str = "",
        shape_of: Callable[[str], tuple[int, int]] = lambda node: (1, 1),
        partition_sharing: Callable[[str], str] = lambda partition: "NO",
    ) -> None:
        self.release = release
        self.now = now
        self.details = details
        self.one_line = one_line
        self.style = style
        self.shape_of = shape_of
        self.partition_sharing = partition_sharing

    def time(self, when: Number) -> str:
        """A point in time; Unknown for none."""
        return date.format_time(number(when), self.style, now=self.now, release=self.release)


# Kinds of values


def word(field: str, absent: str | None = NULL) -> Render:
    """A text; `absent` for none (None: the item is left out)."""
    return lambda job, view: getattr(job, field) or absent


def count(field: str, unset: str = "0") -> Render:
    """A number; `unset` where it is not set."""

    def render(job: Job, view: View) -> str:
        value = number(getattr(job, field))
        return unset if value is None or value is INFINITE else str(value)

    return render


def bit(field: str) -> Render:
    return lambda job, view: str(int(bool(getattr(job, field))))


def moment(field: str) -> Render:
    return lambda job, view: view.time(getattr(job, field))


def only(when: Callable[[Job, View], object], render: Render) -> Render:
    """`render`, where `when` is true of the job."""
    return lambda job, view: render(job, view) if when(job, view) else None


def padded(render: Render) -> Render:
    """`render`, with a space behind it."""

    def padded(job: Job, view: View) -> str | None:
        text = render(job, view)
        return None if text is None else text + " "

    return padded


# Identity and state


def array(job: Job, view: View) -> object:
    return job.array_leader


def task(job: Job, view: View) -> str:
    return job.task_set or str(number_or(job.array_task_id, job_files.NO_VAL))


def throttled(job: Job, view: View) -> object:
    return job.array_leader and number(job.array_max_tasks)


def het(job: Job, view: View) -> object:
    return not job.array_leader and job.het_leader


def owner(name: str, identity: str) -> Render:
    def render(job: Job, view: View) -> str:
        numeric = number_or(getattr(job, identity), 0)
        return f"{getattr(job, name) or numeric}({numeric})"

    return render


def reason(job: Job, view: View) -> str:
    """The description, which is written in one word, else the reason."""
    return (job.state_description or "").replace(" ", "_") or job.state_reason or "None"


def nice(job: Job, view: View) -> str:
    """v0.0.38 gives a negative one as if it had no sign."""
    nice = number_or(job.nice, 0)
    return str(nice - (1 << 32) if nice >> 31 == 1 else nice)


def keys_tracked(job: Job, view: View) -> object:
    """Whether the cluster keeps account of workload keys, without which they are not shown.

    Known to be so where a job has a key that nobody gave it, which is marked.
    """
    return job.has_flag("USING_DEFAULT_WCKEY") and (job.wckey or "").startswith("*")


def failed_node(job: Job, view: View) -> str | None:
    return job.failed_node or None


def is_batch(job: Job, view: View) -> bool:
    """v0.0.38 says no of a batch job that lost its node and was queued again."""
    return bool(job.batch_flag) or _lost_node(job, view)


def _lost_node(job: Job, view: View) -> bool:
    return bool(view.release < (23, 2) and not job.batch_flag and job.restart_cnt)


def batch_flag(job: Job, view: View) -> str:
    """1 for a batch job; natively 1 more for each time it lost its node, which the API does not count."""
    if _lost_node(job, view):
        return str(1 + number_or(job.restart_cnt, 0))
    return "1" if job.batch_flag else "0"


def exit_code(field: str) -> Render:
    return lambda job, view: exitcode.format_pair(*exit_pair(getattr(job, field)))


# Times


def run_time(job: Job, view: View) -> str:
    start = number_or(job.start_time, 0)
    before = number_or(job.pre_sus_time, 0)
    if job.pending or not start:
        seconds = 0
    elif job.suspended:
        seconds = before
    else:
        end = number_or(job.end_time, 0)
        until = int(view.now) if "RUNNING" in job.states or not end else end
        suspended = number_or(job.suspend_time, 0)
        seconds = until - suspended + before if suspended else until - start
    return duration.format_seconds(max(seconds, 0))


def time_limit(job: Job, view: View) -> str:
    minutes = number(job.time_limit)
    if minutes is None:
        # v0.0.38 writes null for "unlimited", and Slurm's own mark where there is no limit yet.
        return "UNLIMITED" if job.time_limit is None else "Partition_Limit"
    return duration.format_minutes(minutes)


def time_min(job: Job, view: View) -> str:
    minutes = number(job.time_minimum)
    return duration.format_minutes(minutes) if minutes else "N/A"


def end_time(job: Job, view: View) -> str:
    unlimited = time_limit(job, view) == "UNLIMITED"
    if unlimited and number_or(job.end_time, 0) > view.now:
        return "Unknown"
    return view.time(job.end_time)


def deadline(job: Job, view: View) -> str:
    return view.time(job.deadline) if number(job.deadline) else "N/A"


def none_or_time(field: str) -> Render:
    return lambda job, view: view.time(getattr(job, field)) if number(getattr(job, field)) else "None"


def scheduler(job: Job, view: View) -> str:
    """Who looked at the job last; `:*` where it had been planned before the latest evaluation."""
    last = "Backfill" if job.has_flag("BACKFILL_ATTEMPTED") else "Main"
    return f"{last}:*" if job.has_flag("TESTING_BACKFILL") or job.has_flag("SCHEDULING_ATTEMPTED") else last


# What was asked for


def _range(low: int, high: int) -> str:
    return f"{low}-{high}" if high else str(low)


def nodes(job: Job, view: View) -> str:
    """The number of nodes; of a job that waits, what it may be: `2`, `2-4`, `1,3-5`."""
    if job.pending and job.job_size_str:
        return ",".join(job.job_size_str)
    low = number_or(job.node_count, 0)
    return _range(low, number_or(job.max_nodes, 0)) if job.pending else str(low)


_CPUS_IN_TRES = re.compile(r"(?:^|,)cpu=([0-9]+)")


def cpus(job: Job, view: View) -> str:
    low = number_or(job.cpus, 0)
    if not low:  # v0.0.38, of a job that ended without having begun
        told = _CPUS_IN_TRES.search(job.tres_req_str or "")
        low = int(told[1]) if told else 0
    return _range(low, number_or(job.max_cpus, 0))


def cpus_per_task(job: Job, view: View) -> str:
    value = number(job.cpus_per_task)
    if value is None and view.release < (23, 2) and number(job.minimum_cpus_per_node) == 1:
        return "1"  # v0.0.38 never tells, but a node's minimum is never less than a task's CPUs
    return "N/A" if value is None else str(value)


def geometry(*fields: str) -> Render:
    """Counts with colons between them, `*` for any; the first is of boards, of which the API never tells."""

    def render(job: Job, view: View) -> str:
        return "0:" + ":".join(count(field, "*")(job, view) or "" for field in fields)

    return render


def tasks_per(job: Job, view: View) -> str:
    counts = [count(f"tasks_per_{part}", unset)(job, view) or "" for part, unset in _TASKS_PER]
    return ":".join(counts)


_TASKS_PER: Final = (("node", "0"), ("board", "0"), ("socket", "*"), ("core", "*"))


def tres(job: Job, view: View) -> str:
    return job.tres_alloc_str or job.tres_req_str or NULL


def core_spec(job: Job, view: View) -> str:
    """`CoreSpec=n` or `ThreadSpec=n`, whichever was asked for."""
    threads = number(job.thread_spec)
    if threads and threads < _NO_SPEC:
        return f"ThreadSpec={threads}"
    cores = number(job.core_spec)
    return f"CoreSpec={cores}" if cores else "CoreSpec=*"


_NO_SPEC: Final = 0x7FFE


def minimum_memory(job: Job, view: View) -> str:
    per_cpu = number(job.memory_per_cpu)
    if per_cpu is not None:
        return f"MinMemoryCPU={memory.format_units(per_cpu)}"
    what = "TRES" if job.memory_per_tres else "Node"
    return f"MinMemory{what}={memory.format_units(number_or(job.memory_per_node, 0))}"


def memory_update(job: Job, view: View) -> str | None:
    delay = number(job.memory_update_delay)
    return f"{number_or(job.memory_update_margin, 0)}%@{delay}min" if delay else None


def temporary_disk(job: Job, view: View) -> str:
    return memory.format_units(number_or(job.minimum_tmp_disk_per_node, 0))


def delay_boot(job: Job, view: View) -> str:
    return duration.format_seconds(number_or(job.delay_boot, 0))


_SHARED: Final = {
    "none": "NO",
    "oversubscribe": "YES",
    "user": "USER",
    "mcs": "MCS",
    "topo": "TOPO",
    "": "OK",
}
_DECIDED: Final = {"none": "NO", "oversubscribe": "YES"}
_EXCLUSIVE: Final = {"none": "NODE", "user": "USER", "mcs": "MCS", "topo": "TOPO"}


def oversubscribe(job: Job, view: View) -> str:
    """Up to 24.11 what the job asked for (OK: nothing); since then, what comes of it in the job's partition."""
    if view.release < (26, 5):
        return _SHARED.get(job.sharing, job.sharing)
    if job.sharing in _DECIDED:
        return _DECIDED[job.sharing]
    return view.partition_sharing((job.partition or "").split(",")[0])


def exclusive(job: Job, view: View) -> str:
    return _EXCLUSIVE.get(job.sharing, "NO")


def switches(job: Job, view: View) -> str | None:
    if not job.switches:
        return None
    return f"{job.switches}@{duration.format_seconds(number_or(job.maximum_switch_wait_time, 0))}"


# Odds and ends

_REMARKS: Final = (
    ("GRES_BINDING_DISABLED", "GresEnforceBind=No"),
    ("GRES_BINDING_ENFORCED", "GresEnforceBind=Yes"),
    ("KILL_INVALID_DEPENDENCY", "{kill}=Yes"),
    ("NO_KILL_INVALID_DEPENDENCY", "{kill}=No"),
    ("SPREAD_JOB", "SpreadJob=Yes"),
    ("STEPMGR_ENABLED", "StepMgrEnabled=Yes"),
    ("EXPEDITED_REQUEUE", "ExpeditedRequeue=Yes"),
)
"""Job flag -> what the report says of it."""

_BETWEEN: Final = (((26, 5), " "), ((24, 5), ","), ((0, 0), ""))


def remarks(job: Job, view: View) -> str | None:
    kill = "KillOnInvalidDependent" if view.release >= (26, 5) else "KillOInInvalidDependent"
    said = [text.format(kill=kill) for flag, text in _REMARKS if job.has_flag(flag)]
    between = next(text for since, text in _BETWEEN if view.release >= since)
    return between.join(said) or None


_MAIL_NAMES: Final = {
    "TIME=100%": "TIME_LIMIT",
    "TIME=90%": "TIME_LIMIT_90",
    "TIME=80%": "TIME_LIMIT_80",
    "TIME=50%": "TIME_LIMIT_50",
    "INVALID_DEPENDENCY": "INVALID_DEPEND",
}
_MAIL_ORDER: Final = (
    "ARRAY_TASKS",
    "INVALID_DEPENDENCY",
    "BEGIN",
    "END",
    "FAIL",
    "REQUEUE",
    "STAGE_OUT",
    "TIME=50%",
    "TIME=80%",
    "TIME=90%",
    "TIME=100%",
)


def mails(job: Job, view: View) -> object:
    return job.mail_type


def mail_user(job: Job, view: View) -> str:
    from slurm_cli_proxy.rest import marks

    return marks.unmarked(job.mail_user or "") or NULL


def mail_types(job: Job, view: View) -> str:
    told = job.mail_type or ()
    return ",".join(_MAIL_NAMES.get(one, one) for one in _MAIL_ORDER if one in told)


def segmented(job: Job, view: View) -> object:
    return number(job.segment_size)


def yes(flag: str) -> Render:
    return lambda job, view: "Yes" if job.has_flag(flag) else None


def crontab(job: Job, view: View) -> str | None:
    if not job.has_flag("CRON_JOB"):
        return None
    return "Yes " + (f'CrontabSpec="{job.cron}"' if job.cron else "")


def blank(job: Job, view: View) -> str:
    """The line that older releases end a report with, of which nothing but the indent is seen."""
    return ""


def details(job: Job, view: View) -> object:
    return view.details


def federated(job: Job, view: View) -> object:
    return job.federation_origin


def waited_for_preemption(job: Job, view: View) -> object:
    return number(job.preemptable_time)


def contained(job: Job, view: View) -> object:
    return job.container or job.container_id or job.container_type
