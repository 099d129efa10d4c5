"""What `scontrol show job` prints of a job, and on which line of which release.

An `Item` reads `Key=text`.  Where the API does not tell a value, the text is the one the native command prints for a
value that is not set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from slurm_cli_proxy.columns import job_details, job_files
from slurm_cli_proxy.layout.report import Item
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


def _word(field: str, absent: str | None = NULL) -> Render:
    """A text; `absent` for none (None: the item is left out)."""
    return lambda job, view: getattr(job, field) or absent


def _count(field: str, unset: str = "0") -> Render:
    """A number; `unset` where it is not set."""

    def render(job: Job, view: View) -> str:
        value = number(getattr(job, field))
        return unset if value is None or value is INFINITE else str(value)

    return render


def _bit(field: str) -> Render:
    return lambda job, view: str(int(bool(getattr(job, field))))


def _time(field: str) -> Render:
    return lambda job, view: view.time(getattr(job, field))


def _only(when: Callable[[Job, View], object], render: Render) -> Render:
    """`render`, where `when` is true of the job."""
    return lambda job, view: render(job, view) if when(job, view) else None


def _padded(render: Render) -> Render:
    """`render`, with a space behind it."""

    def padded(job: Job, view: View) -> str | None:
        text = render(job, view)
        return None if text is None else text + " "

    return padded


# Identity and state


def _array(job: Job, view: View) -> object:
    return job.array_leader


def _task(job: Job, view: View) -> str:
    return job.task_set or str(number_or(job.array_task_id, job_files.NO_VAL))


def _throttled(job: Job, view: View) -> object:
    return job.array_leader and number(job.array_max_tasks)


def _het(job: Job, view: View) -> object:
    return not job.array_leader and job.het_leader


def _owner(name: str, identity: str) -> Render:
    def render(job: Job, view: View) -> str:
        numeric = number_or(getattr(job, identity), 0)
        return f"{getattr(job, name) or numeric}({numeric})"

    return render


def _reason(job: Job, view: View) -> str:
    """The description, which is written in one word, else the reason."""
    return (job.state_description or "").replace(" ", "_") or job.state_reason or "None"


def _nice(job: Job, view: View) -> str:
    """v0.0.38 gives a negative one as if it had no sign."""
    nice = number_or(job.nice, 0)
    return str(nice - (1 << 32) if nice >> 31 == 1 else nice)


def _keys_tracked(job: Job, view: View) -> object:
    """Whether the cluster keeps account of workload keys, without which they are not shown.

    Known to be so where a job has a key that nobody gave it, which is marked.
    """
    return job.has_flag("USING_DEFAULT_WCKEY") and (job.wckey or "").startswith("*")


def _failed_node(job: Job, view: View) -> str | None:
    return job.failed_node or None


def _is_batch(job: Job, view: View) -> bool:
    """v0.0.38 says no of a batch job that lost its node and was queued again."""
    return bool(job.batch_flag) or _lost_node(job, view)


def _lost_node(job: Job, view: View) -> bool:
    return bool(view.release < (23, 2) and not job.batch_flag and job.restart_cnt)


def _batch_flag(job: Job, view: View) -> str:
    """1 for a batch job; natively 1 more for each time it lost its node, which the API does not count."""
    if _lost_node(job, view):
        return str(1 + number_or(job.restart_cnt, 0))
    return "1" if job.batch_flag else "0"


def _exit(field: str) -> Render:
    return lambda job, view: exitcode.format_pair(*exit_pair(getattr(job, field)))


# Times


def _run_time(job: Job, view: View) -> str:
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


def _time_limit(job: Job, view: View) -> str:
    minutes = number(job.time_limit)
    if minutes is None:
        # v0.0.38 writes null for "unlimited", and Slurm's own mark where there is no limit yet.
        return "UNLIMITED" if job.time_limit is None else "Partition_Limit"
    return duration.format_minutes(minutes)


def _time_min(job: Job, view: View) -> str:
    minutes = number(job.time_minimum)
    return duration.format_minutes(minutes) if minutes else "N/A"


def _end_time(job: Job, view: View) -> str:
    unlimited = _time_limit(job, view) == "UNLIMITED"
    if unlimited and number_or(job.end_time, 0) > view.now:
        return "Unknown"
    return view.time(job.end_time)


def _deadline(job: Job, view: View) -> str:
    return view.time(job.deadline) if number(job.deadline) else "N/A"


def _none_or_time(field: str) -> Render:
    return lambda job, view: view.time(getattr(job, field)) if number(getattr(job, field)) else "None"


def _scheduler(job: Job, view: View) -> str:
    """Who looked at the job last; `:*` where it had been planned before the latest evaluation."""
    last = "Backfill" if job.has_flag("BACKFILL_ATTEMPTED") else "Main"
    return f"{last}:*" if job.has_flag("TESTING_BACKFILL") or job.has_flag("SCHEDULING_ATTEMPTED") else last


# What was asked for


def _range(low: int, high: int) -> str:
    return f"{low}-{high}" if high else str(low)


def _nodes(job: Job, view: View) -> str:
    low = number_or(job.node_count, 0)
    return _range(low, number_or(job.max_nodes, 0)) if job.pending else str(low)


_CPUS_IN_TRES = re.compile(r"(?:^|,)cpu=([0-9]+)")


def _cpus(job: Job, view: View) -> str:
    low = number_or(job.cpus, 0)
    if not low:  # v0.0.38, of a job that ended without having begun
        told = _CPUS_IN_TRES.search(job.tres_req_str or "")
        low = int(told[1]) if told else 0
    return _range(low, number_or(job.max_cpus, 0))


def _cpus_per_task(job: Job, view: View) -> str:
    value = number(job.cpus_per_task)
    if value is None and view.release < (23, 2) and number(job.minimum_cpus_per_node) == 1:
        return "1"  # v0.0.38 never tells, but a node's minimum is never less than a task's CPUs
    return "N/A" if value is None else str(value)


def _geometry(*fields: str) -> Render:
    """Counts with colons between them, `*` for any; the first is of boards, of which the API never tells."""

    def render(job: Job, view: View) -> str:
        return "0:" + ":".join(_count(field, "*")(job, view) or "" for field in fields)

    return render


def _tasks_per(job: Job, view: View) -> str:
    counts = [_count(f"tasks_per_{part}", unset)(job, view) or "" for part, unset in _TASKS_PER]
    return ":".join(counts)


_TASKS_PER: Final = (("node", "0"), ("board", "0"), ("socket", "*"), ("core", "*"))


def _tres(job: Job, view: View) -> str:
    return job.tres_alloc_str or job.tres_req_str or NULL


def _core_spec(job: Job, view: View) -> str:
    """`CoreSpec=n` or `ThreadSpec=n`, whichever was asked for."""
    threads = number(job.thread_spec)
    if threads and threads < _NO_SPEC:
        return f"ThreadSpec={threads}"
    cores = number(job.core_spec)
    return f"CoreSpec={cores}" if cores else "CoreSpec=*"


_NO_SPEC: Final = 0x7FFE


def _memory(job: Job, view: View) -> str:
    per_cpu = number(job.memory_per_cpu)
    if per_cpu is not None:
        return f"MinMemoryCPU={memory.format_units(per_cpu)}"
    what = "TRES" if job.memory_per_tres else "Node"
    return f"MinMemory{what}={memory.format_units(number_or(job.memory_per_node, 0))}"


def _memory_update(job: Job, view: View) -> str | None:
    delay = number(job.memory_update_delay)
    return f"{number_or(job.memory_update_margin, 0)}%@{delay}min" if delay else None


def _temporary_disk(job: Job, view: View) -> str:
    return memory.format_units(number_or(job.minimum_tmp_disk_per_node, 0))


def _delay_boot(job: Job, view: View) -> str:
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


def _oversubscribe(job: Job, view: View) -> str:
    """Up to 24.11 what the job asked for (OK: nothing); since then, what comes of it in the job's partition."""
    if view.release < (26, 5):
        return _SHARED.get(job.sharing, job.sharing)
    if job.sharing in _DECIDED:
        return _DECIDED[job.sharing]
    return view.partition_sharing((job.partition or "").split(",")[0])


def _exclusive(job: Job, view: View) -> str:
    return _EXCLUSIVE.get(job.sharing, "NO")


def _switches(job: Job, view: View) -> str | None:
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


def _remarks(job: Job, view: View) -> str | None:
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


def _mails(job: Job, view: View) -> object:
    return job.mail_type


def _mail_types(job: Job, view: View) -> str:
    told = job.mail_type or ()
    return ",".join(_MAIL_NAMES.get(one, one) for one in _MAIL_ORDER if one in told)


def _segmented(job: Job, view: View) -> object:
    return number(job.segment_size)


def _yes(flag: str) -> Render:
    return lambda job, view: "Yes" if job.has_flag(flag) else None


def _crontab(job: Job, view: View) -> str | None:
    if not job.has_flag("CRON_JOB"):
        return None
    return "Yes " + (f'CrontabSpec="{job.cron}"' if job.cron else "")


def _blank(job: Job, view: View) -> str:
    """The line that older releases end a report with, of which nothing but the indent is seen."""
    return ""


def _details(job: Job, view: View) -> object:
    return view.details


def _federated(job: Job, view: View) -> object:
    return job.federation_origin


def _waited_for_preemption(job: Job, view: View) -> object:
    return number(job.preemptable_time)


def _contained(job: Job, view: View) -> object:
    return job.container or job.container_id or job.container_type


def _comment(key: str, field: str) -> Iterable[Item[Job]]:
    """A comment, behind which older releases leave a space."""
    render = _word(field, None)
    return (Item(key, _padded(render), until=(26, 5)), Item(key, render, since=(26, 5)))


LINES: Final[tuple[tuple[Item[Job], ...], ...]] = (
    (
        Item("JobId", _count("job_id")),
        Item("ArrayJobId", _only(_array, _count("array_job_id"))),
        Item("ArrayTaskId", _only(_array, _task)),
        Item("ArrayTaskThrottle", _only(_throttled, _count("array_max_tasks"))),
        Item("HetJobId", _only(_het, _count("het_job_id"))),
        Item("HetJobOffset", _only(_het, _count("het_job_offset"))),
        Item("JobName", _word("name", "")),
    ),
    (Item("SLUID", _only(_details, _word("sluid")), since=(26, 5)),),
    (Item("HetJobIdSet", _only(_het, _word("het_job_id_set"))),),
    (
        Item("UserId", _owner("user_name", "user_id")),
        Item("GroupId", _owner("group_name", "group_id")),
        Item("MCS_label", _word("mcs_label", "N/A")),
    ),
    (
        Item("Priority", _count("priority")),
        Item("Nice", _nice),
        Item("Account", _word("account")),
        Item("QOS", _word("qos")),
        Item("WCKey", _only(_keys_tracked, _word("wckey", None))),
    ),
    (
        Item("JobState", _word("state")),
        Item("Reason", _reason),
        Item("FailedNode", _failed_node),
        Item("Dependency", _word("dependency")),
    ),
    (
        Item("Requeue", _bit("requeue")),
        Item("Restarts", _count("restart_cnt")),
        Item("BatchFlag", _batch_flag),
        Item("Reboot", _bit("reboot")),
        Item("ExitCode", _exit("exit_code")),
    ),
    (Item("DerivedExitCode", _only(_details, _exit("derived_exit_code"))),),
    (Item("RunTime", _run_time), Item("TimeLimit", _time_limit), Item("TimeMin", _time_min)),
    (Item("SubmitTime", _time("submit_time")), Item("EligibleTime", _time("eligible_time"))),
    (Item("AccrueTime", _time("accrue_time")),),
    (Item("ResizeTime", _only(lambda job, view: number(job.resize_time), _time("resize_time"))),),
    (
        Item("StartTime", _time("start_time")),
        Item("EndTime", _end_time),
        Item("Deadline", _deadline),
    ),
    (Item("CronJob", _crontab),),
    (
        Item("PreemptEligibleTime", _only(_waited_for_preemption, _time("preemptable_time"))),
        Item("PreemptTime", _only(_waited_for_preemption, _none_or_time("preempt_time"))),
    ),
    (
        Item("SuspendTime", _none_or_time("suspend_time")),
        Item("SecsPreSuspend", _count("pre_sus_time")),
        Item("LastSchedEval", _time("last_sched_evaluation")),
        Item("Scheduler", _scheduler),
    ),
    # The API does not tell the session that a job was submitted from.
    (
        Item("Partition", _word("partition")),
        Item("AllocNode:Sid", lambda job, view: f"{job.allocating_node or NULL}:0"),
    ),
    (Item("ReqNodeList", _word("required_nodes")), Item("ExcNodeList", _word("excluded_nodes"))),
    (Item("NodeList", _word("nodes", "")), Item("SchedNodeList", _word("scheduled_nodes", None))),
    (
        Item("FedOrigin", _word("federation_origin", None)),
        Item("FedViableSiblings", _only(_federated, _word("federation_siblings_viable"))),
        Item("FedActiveSiblings", _only(_federated, _word("federation_siblings_active"))),
    ),
    (Item("BatchFeatures", _word("batch_features", None)),),
    (Item("BatchHost", _word("batch_host", None)),),
    (
        Item("NumNodes", _nodes),
        Item("NumCPUs", _cpus),
        Item("NumTasks", _count("tasks", "N/A")),
        Item("CPUs/Task", _cpus_per_task),
        Item("ReqB:S:C:T", _geometry("sockets_per_board", "cores_per_socket", "threads_per_core")),
    ),
    (Item("TRES", _tres, until=(23, 2)), Item("ReqTRES", _word("tres_req_str"), since=(23, 2))),
    (Item("AllocTRES", _word("tres_alloc_str"), since=(23, 2)),),
    (
        Item("Socks/Node", _count("sockets_per_node", "*")),
        Item("NtasksPerN:B:S:C", _tasks_per),
        Item("", _core_spec),
    ),
    (Item("JOB_GRES", _only(_details, job_details.all_gres)),),
    (Item("", _only(_details, job_details.by_node)),),
    (
        Item("MinCPUsNode", _count("minimum_cpus_per_node")),
        Item("", _memory),
        Item("MinTmpDiskNode", _temporary_disk),
        Item("MemUpdate", _memory_update, since=(26, 5)),
    ),
    (Item("Features", _word("features")), Item("DelayBoot", _delay_boot)),
    (Item("ClusterFeatures", _word("cluster_features", None)),),
    (Item("Prefer", _word("prefer", None)),),
    (Item("Reservation", _word("resv_name", None)),),
    (
        Item("OverSubscribe", _oversubscribe),
        Item("Exclusive", _exclusive, since=(26, 5)),
        Item("Contiguous", _bit("contiguous")),
        Item("Licenses", _word("licenses")),
        Item("LicensesAlloc", _word("licenses_allocated"), since=(26, 5)),
        Item("Network", _word("network")),
    ),
    (Item("Command", _word("command")),),
    (Item("SubmitLine", _word("submit_line"), since=(26, 5)),),
    (Item("WorkDir", _word("current_working_directory")),),
    tuple(_comment("AdminComment", "admin_comment")),
    tuple(_comment("SystemComment", "system_comment")),
    tuple(_comment("Comment", "comment")),
    tuple(_comment("Extra", "extra")),
    (Item("StdErr", _only(_is_batch, job_files.standard_error)),),
    (Item("StdIn", _only(_is_batch, job_files.standard_input)),),
    (Item("StdOut", _only(_is_batch, job_files.standard_output)),),
    (
        Item("SegmentSize", _only(_segmented, _count("segment_size"))),
        Item("ConsolidateSegments", _only(_segmented, _yes("CONSOLIDATE_SEGMENTS"))),
        Item("SpreadSegments", _only(_segmented, _yes("SPREAD_SEGMENTS"))),
    ),
    (Item("Switches", _switches),),
    (Item("BurstBuffer", _word("burst_buffer", None)),),
    (Item("BurstBufferState", _word("burst_buffer_state", None)),),
    (Item("", job_details.frequency),),
    (Item("Power", _blank, until=(23, 2)),),
    (Item("", _remarks),),
    (Item("CpusPerTres", _word("cpus_per_tres", None)),),
    (Item("MemPerTres", _word("memory_per_tres", None)),),
    (Item("TresBind", _word("tres_bind", None)),),
    (Item("TresFreq", _word("tres_freq", None)),),
    (Item("TresPerJob", _word("tres_per_job", None)),),
    (Item("TresPerNode", _word("tres_per_node", None)),),
    (Item("TresPerSocket", _word("tres_per_socket", None)),),
    (Item("TresPerTask", _word("tres_per_task", None)),),
    (
        Item("MailUser", _only(_mails, _word("mail_user"))),
        Item("MailType", _only(_mails, _mail_types)),
    ),
    (Item("NtasksPerTRES", _only(lambda job, view: number(job.tasks_per_tres), _count("tasks_per_tres"))),),
    (
        Item("ContainerType", _only(_contained, _word("container_type")), since=(26, 5)),
        Item("Container", _only(_contained, _word("container"))),
        Item("ContainerID", _only(_contained, _word("container_id")), since=(23, 2)),
    ),
    (Item("SELinuxContext", _word("selinux_context", None)),),
    (Item("", _blank, until=(26, 5)),),
)
"""The lines of the report; which releases have an item stands with it."""
