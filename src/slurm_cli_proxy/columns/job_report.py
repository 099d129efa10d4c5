"""What `scontrol show job` prints of a job, and on which line of which release: `Key=text`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from slurm_cli_proxy.columns import job_details, job_files
from slurm_cli_proxy.columns import job_values as v
from slurm_cli_proxy.layout.report import Item
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.number import number


def _comment(key: str, field: str) -> Iterable[Item[Job]]:
    """A comment, behind which older releases leave a space."""
    render = v.word(field, None)
    return (Item(key, v.padded(render), until=(26, 5)), Item(key, render, since=(26, 5)))


LINES: Final[tuple[tuple[Item[Job], ...], ...]] = (
    (
        Item("JobId", v.count("job_id")),
        Item("ArrayJobId", v.only(v.array, v.count("array_job_id"))),
        Item("ArrayTaskId", v.only(v.array, v.task)),
        Item("ArrayTaskThrottle", v.only(v.throttled, v.count("array_max_tasks"))),
        Item("HetJobId", v.only(v.het, v.count("het_job_id"))),
        Item("HetJobOffset", v.only(v.het, v.count("het_job_offset"))),
        Item("JobName", v.word("name", "")),
    ),
    (Item("SLUID", v.only(v.details, v.word("sluid")), since=(26, 5)),),
    (Item("HetJobIdSet", v.only(v.het, v.word("het_job_id_set"))),),
    (
        Item("UserId", v.owner("user_name", "user_id")),
        Item("GroupId", v.owner("group_name", "group_id")),
        Item("MCS_label", v.word("mcs_label", "N/A")),
    ),
    (
        Item("Priority", v.count("priority")),
        Item("Nice", v.nice),
        Item("Account", v.word("account")),
        Item("QOS", v.word("qos")),
        Item("WCKey", v.only(v.keys_tracked, v.word("wckey", None))),
    ),
    (
        Item("JobState", v.word("state")),
        Item("Reason", v.reason),
        Item("FailedNode", v.failed_node),
        Item("Dependency", v.word("dependency")),
    ),
    (
        Item("Requeue", v.bit("requeue")),
        Item("Restarts", v.count("restart_cnt")),
        Item("BatchFlag", v.batch_flag),
        Item("Reboot", v.bit("reboot")),
        Item("ExitCode", v.exit_code("exit_code")),
    ),
    (Item("DerivedExitCode", v.only(v.details, v.exit_code("derived_exit_code"))),),
    (Item("RunTime", v.run_time), Item("TimeLimit", v.time_limit), Item("TimeMin", v.time_min)),
    (Item("SubmitTime", v.moment("submit_time")), Item("EligibleTime", v.moment("eligible_time"))),
    (Item("AccrueTime", v.moment("accrue_time")),),
    (Item("ResizeTime", v.only(lambda job, view: number(job.resize_time), v.moment("resize_time"))),),
    (
        Item("StartTime", v.moment("start_time")),
        Item("EndTime", v.end_time),
        Item("Deadline", v.deadline),
    ),
    (Item("CronJob", v.crontab),),
    (
        Item("PreemptEligibleTime", v.only(v.waited_for_preemption, v.moment("preemptable_time"))),
        Item("PreemptTime", v.only(v.waited_for_preemption, v.none_or_time("preempt_time"))),
    ),
    (
        Item("SuspendTime", v.none_or_time("suspend_time")),
        Item("SecsPreSuspend", v.count("pre_sus_time")),
        Item("LastSchedEval", v.moment("last_sched_evaluation")),
        Item("Scheduler", v.scheduler),
    ),
    # The API does not tell the session that a job was submitted from.
    (
        Item("Partition", v.word("partition")),
        Item("AllocNode:Sid", lambda job, view: f"{job.allocating_node or v.NULL}:0"),
    ),
    (Item("ReqNodeList", v.word("required_nodes")), Item("ExcNodeList", v.word("excluded_nodes"))),
    (Item("NodeList", v.word("nodes", "")), Item("SchedNodeList", v.word("scheduled_nodes", None))),
    (
        Item("FedOrigin", v.word("federation_origin", None)),
        Item("FedViableSiblings", v.only(v.federated, v.word("federation_siblings_viable"))),
        Item("FedActiveSiblings", v.only(v.federated, v.word("federation_siblings_active"))),
    ),
    (Item("BatchFeatures", v.word("batch_features", None)),),
    (Item("BatchHost", v.word("batch_host", None)),),
    (
        Item("NumNodes", v.nodes),
        Item("NumCPUs", v.cpus),
        Item("NumTasks", v.count("tasks", "N/A")),
        Item("CPUs/Task", v.cpus_per_task),
        Item("ReqB:S:C:T", v.geometry("sockets_per_board", "cores_per_socket", "threads_per_core")),
    ),
    (Item("TRES", v.tres, until=(23, 2)), Item("ReqTRES", v.word("tres_req_str"), since=(23, 2))),
    (Item("AllocTRES", v.word("tres_alloc_str"), since=(23, 2)),),
    (
        Item("Socks/Node", v.count("sockets_per_node", "*")),
        Item("NtasksPerN:B:S:C", v.tasks_per),
        Item("", v.core_spec),
    ),
    (Item("JOB_GRES", v.only(v.details, job_details.all_gres)),),
    (Item("", v.only(v.details, job_details.by_node)),),
    (
        Item("MinCPUsNode", v.count("minimum_cpus_per_node")),
        Item("", v.minimum_memory),
        Item("MinTmpDiskNode", v.temporary_disk),
        Item("MemUpdate", v.memory_update, since=(26, 5)),
    ),
    (Item("Features", v.word("features")), Item("DelayBoot", v.delay_boot)),
    (Item("ClusterFeatures", v.word("cluster_features", None)),),
    (Item("Prefer", v.word("prefer", None)),),
    (Item("Reservation", v.word("resv_name", None)),),
    (
        Item("OverSubscribe", v.oversubscribe),
        Item("Exclusive", v.exclusive, since=(26, 5)),
        Item("Contiguous", v.bit("contiguous")),
        Item("Licenses", v.word("licenses")),
        Item("LicensesAlloc", v.word("licenses_allocated"), since=(26, 5)),
        Item("Network", v.word("network")),
    ),
    (Item("Command", v.word("command")),),
    (Item("SubmitLine", v.word("submit_line"), since=(26, 5)),),
    (Item("WorkDir", v.word("current_working_directory")),),
    tuple(_comment("AdminComment", "admin_comment")),
    tuple(_comment("SystemComment", "system_comment")),
    tuple(_comment("Comment", "comment")),
    tuple(_comment("Extra", "extra")),
    (Item("StdErr", v.only(v.is_batch, job_files.standard_error)),),
    (Item("StdIn", v.only(v.is_batch, job_files.standard_input)),),
    (Item("StdOut", v.only(v.is_batch, job_files.standard_output)),),
    (
        Item("SegmentSize", v.only(v.segmented, v.count("segment_size"))),
        Item("ConsolidateSegments", v.only(v.segmented, v.yes("CONSOLIDATE_SEGMENTS"))),
        Item("SpreadSegments", v.only(v.segmented, v.yes("SPREAD_SEGMENTS"))),
    ),
    (Item("Switches", v.switches),),
    (Item("BurstBuffer", v.word("burst_buffer", None)),),
    (Item("BurstBufferState", v.word("burst_buffer_state", None)),),
    (Item("", job_details.frequency),),
    (Item("Power", v.blank, until=(23, 2)),),
    (Item("", v.remarks),),
    (Item("CpusPerTres", v.word("cpus_per_tres", None)),),
    (Item("MemPerTres", v.word("memory_per_tres", None)),),
    (Item("TresBind", v.word("tres_bind", None)),),
    (Item("TresFreq", v.word("tres_freq", None)),),
    (Item("TresPerJob", v.word("tres_per_job", None)),),
    (Item("TresPerNode", v.word("tres_per_node", None)),),
    (Item("TresPerSocket", v.word("tres_per_socket", None)),),
    (Item("TresPerTask", v.word("tres_per_task", None)),),
    (
        Item("MailUser", v.only(v.mails, v.mail_user)),
        Item("MailType", v.only(v.mails, v.mail_types)),
    ),
    (Item("NtasksPerTRES", v.only(lambda job, view: number(job.tasks_per_tres), v.count("tasks_per_tres"))),),
    (
        Item("ContainerType", v.only(v.contained, v.word("container_type")), since=(26, 5)),
        Item("Container", v.only(v.contained, v.word("container"))),
        Item("ContainerID", v.only(v.contained, v.word("container_id")), since=(23, 2)),
    ),
    (Item("SELinuxContext", v.word("selinux_context", None)),),
    (Item("", v.blank, until=(26, 5)),),
)
"""The lines of the report; which releases have an item stands with it."""
