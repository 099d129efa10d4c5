"""What `squeue` can print of a job: a column for each letter of `--format` and name of `--Format`.

In the order of the native command's own table, which shows in `--helpformat`, `--helpFormat` and ``%5`` (a missing
letter).
"""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.columns import job_cells as cells
from slurm_cli_proxy.columns.column import Column
from slurm_cli_proxy.records.job import Job

TABLE: Final = (23, 2)  # the release in which native's own table of columns came

_ID: Final = ("id_text",)
_USED: Final = ("states", "start_time", "end_time", "pre_sus_time", "suspend_time")
_REASON: Final = ("state_description", "state_reason")
_COUNT: Final = ("node_count", "required_nodes", "states")
_FILES: Final = (
    "standard_output",
    "current_working_directory",
    "array_leader",
    "array_task",
    "user_name",
    "user_id",
    "name",
)
_NONE: Final = ()

COLUMNS: Final[tuple[Column[Job], ...]] = (
    Column("a", ("Account",), "ACCOUNT", ("account",), cells.text("account")),
    Column("", ("AccrueTime",), "ACCRUE_TIME", ("accrue_time",), cells.moment("accrue_time")),
    Column("", ("admin_comment",), "ADMIN_COMMENT", ("admin_comment",), cells.text("admin_comment")),
    Column("", ("AllocNodes",), "ALLOC_NODES", ("allocating_node",), cells.text("allocating_node")),
    Column("", ("AllocSID",), "ALLOC_SID", _NONE, cells.fixed("0")),
    Column("F", ("ArrayJobId",), "ARRAY_JOB_ID", ("array_leader",), cells.array_job_id),
    Column("K", ("ArrayTaskId",), "ARRAY_TASK_ID", _ID, cells.array_task),
    Column("", ("AssocId",), "ASSOC_ID", ("association_id",), cells.count("association_id")),
    Column("", ("BatchFlag",), "BATCH_FLAG", ("batch_flag",), cells.flag("batch_flag")),
    Column("B", ("BatchHost",), "EXEC_HOST", ("batch_host",), cells.text("batch_host", "n/a")),
    Column("", ("BoardsPerNode",), "BOARDS_PER_NODE", _NONE, cells.fixed("0")),
    Column("", ("BurstBuffer",), "BURST_BUFFER", ("burst_buffer",), cells.text("burst_buffer")),
    Column(
        "",
        ("BurstBufferState",),
        "BURST_BUFFER_STATE",
        ("burst_buffer_state",),
        cells.text("burst_buffer_state"),
    ),
    Column("", ("Cluster",), "CLUSTER", ("cluster",), cells.text("cluster")),
    Column(
        "", ("ClusterFeature",), "CLUSTER_FEATURES", ("cluster_features",), cells.text("cluster_features")
    ),
    Column("o", ("Command",), "COMMAND", ("command",), cells.text("command")),
    Column("k", ("Comment",), "COMMENT", ("comment",), cells.text("comment")),
    Column("", ("Container",), "CONTAINER", ("container",), cells.text("container")),
    Column("", ("ContainerId",), "CONTAINERID", ("container_id",), cells.text("container_id"), since=(23, 2)),
    Column(
        "",
        ("ContainerType",),
        "CONTAINERTYPE",
        ("container_type",),
        cells.text("container_type"),
        since=(26, 5),
    ),
    Column("O", ("Contiguous",), "CONTIGUOUS", ("contiguous",), cells.flag("contiguous")),
    Column(
        "I", ("Cores",), "CORES_PER_SOCKET", ("cores_per_socket",), cells.count16("cores_per_socket", "*")
    ),
    Column("X", ("CoreSpec",), "CORE_SPEC", ("core_spec", "thread_spec"), cells.core_spec),
    Column(
        "",
        ("CPUsPerTask",),
        "CPUS_PER_TASK",
        ("cpus_per_task",),
        cells.count16("cpus_per_task", "N/A"),
    ),
    Column(
        "", ("cpus-per-task",), "CPUS_PER_TASK", ("cpus_per_task",), cells.count16("cpus_per_task", "N/A")
    ),
    Column("", ("cpus-per-tres",), "CPUS_PER_TRES", ("cpus_per_tres",), cells.text("cpus_per_tres", "N/A")),
    Column("", ("CronJob",), "CRON_JOB", ("flags",), cells.cron, since=(26, 5)),
    Column("", ("Deadline",), "DEADLINE", ("deadline",), cells.moment("deadline")),
    Column("", ("DelayBoot",), "DELAY_BOOT", ("delay_boot",), cells.seconds("delay_boot")),
    Column("E", ("Dependency",), "DEPENDENCY", ("dependency",), cells.text("dependency")),
    Column("", ("DerivedEC",), "DERIVED_EC", ("derived_exit_code",), cells.exit_code("derived_exit_code")),
    Column("", ("EligibleTime",), "ELIGIBLE_TIME", ("eligible_time",), cells.moment("eligible_time")),
    Column("e", ("EndTime",), "END_TIME", ("end_time", "time_limit"), cells.time_end),
    Column("x", (), "EXC_NODES", ("excluded_nodes",), cells.requested("excluded_nodes"), until=TABLE),
    Column(
        "x", ("ExcNodes",), "EXC_NODES", ("excluded_nodes",), cells.requested("excluded_nodes"), since=TABLE
    ),
    Column("", ("Exclusive",), "EXCLUSIVE", ("sharing", "partition"), cells.exclusive, since=(26, 5)),
    Column("", ("exit_code",), "EXIT_CODE", ("exit_code",), cells.exit_code("exit_code")),
    Column("f", ("Feature",), "FEATURES", ("features",), cells.text("features")),
    Column("G", ("GroupId",), "GROUP", ("group_id",), cells.count("group_id")),
    Column("g", ("GroupName",), "GROUP", ("group_name", "group_id"), cells.group),
    Column("", ("HetJobId", "PackJobId"), "HET_JOB_ID", ("het_leader",), cells.het_job_id),
    Column(
        "",
        ("HetJobIdSet", "PackJobIdSet"),
        "HET_JOB_ID_SET",
        ("het_job_id_set",),
        cells.text("het_job_id_set", "N/A"),
    ),
    Column(
        "",
        ("HetJobOffset", "PackJobOffset"),
        "HET_JOB_OFFSET",
        ("het_leader", "het_component"),
        cells.het_offset,
    ),
    Column("i", ("JobArrayId",), "JOBID", _ID, cells.shown_id),
    Column("A", ("JobId",), "JOBID", _NONE, cells.job_id),
    Column(
        "",
        ("LastSchedEval",),
        "LAST_SCHED_EVAL",
        ("last_sched_evaluation",),
        cells.moment("last_sched_evaluation"),
    ),
    Column("W", ("Licenses",), "LICENSES", ("licenses",), cells.text("licenses")),
    Column(
        "",
        ("LicensesAlloc",),
        "LICENSES_ALLOC",
        ("licenses_allocated",),
        cells.text("licenses_allocated"),
        since=(26, 5),
    ),
    Column("", ("MaxCPUs",), "MAX_CPUS", ("max_cpus", "cpu_count"), cells.max_cpus),
    Column("", ("MaxNodes",), "MAX_NODES", ("max_nodes", *_COUNT), cells.max_nodes),
    Column("", ("mem-per-tres",), "MEM_PER_TRES", ("memory_per_tres",), cells.text("memory_per_tres", "N/A")),
    Column("", ("MCSLabel",), "MCSLABEL", ("mcs_label",), cells.text("mcs_label")),
    Column("c", ("MinCPUs",), "MIN_CPUS", ("minimum_cpus_per_node",), cells.count("minimum_cpus_per_node")),
    Column("m", ("MinMemory",), "MIN_MEMORY", ("memory_per_node", "memory_per_cpu"), cells.memory),
    Column("", ("MinTime",), "TIME_MIN", ("time_minimum",), cells.seconds("time_minimum")),
    Column("d", ("MinTmpDisk",), "MIN_TMP_DISK", ("minimum_tmp_disk_per_node",), cells.disk),
    Column("j", ("Name",), "NAME", ("name",), cells.text("name", "")),
    Column("", ("Network",), "NETWORK", ("network",), cells.text("network")),
    Column("y", ("Nice",), "NICE", ("nice",), cells.count("nice")),
    Column("N", ("NodeList",), "NODELIST", ("nodes",), cells.nodes, True),
    Column(
        "", ("NTPerCore",), "NTASKS_PER_CORE", ("tasks_per_core",), cells.count16("tasks_per_core", "N/A")
    ),
    Column("", ("NTPerNode",), "NTASKS_PER_NODE", ("tasks_per_node",), cells.count("tasks_per_node")),
    Column(
        "",
        ("NTPerSocket",),
        "NTASKS_PER_SOCKET",
        ("tasks_per_socket",),
        cells.count16("tasks_per_socket", "N/A"),
    ),
    Column("", ("NTPerBoard",), "NTASKS_PER_BOARD", ("tasks_per_board",), cells.count("tasks_per_board")),
    Column("C", ("NumCPUs",), "CPUS", ("cpu_count",), cells.cpus),
    Column("D", ("NumNodes",), "NODES", _COUNT, cells.node_count),
    Column("", ("NumTasks",), "TASKS", ("tasks",), cells.count("tasks", "4294967294")),
    Column("", ("Origin",), "ORIGIN", ("federation_origin",), cells.text("federation_origin", "NA")),
    Column("", ("OriginRaw",), "ORIGIN_RAW", _NONE, cells.fixed("NA")),
    Column("h", ("OverSubscribe", "Shared"), "OVER_SUBSCRIBE", ("sharing", "partition"), cells.shares),
    Column("P", ("Partition",), "PARTITION", ("partition",), cells.text("partition", "")),
    Column(
        "", ("PendingTime",), "PENDING_TIME", ("submit_time", "start_time", "states"), cells.pending_seconds
    ),
    Column("", ("PreemptTime",), "PREEMPT_TIME", ("preempt_time",), cells.moment("preempt_time")),
    Column("", ("Prefer",), "PREFER", ("prefer",), cells.text("prefer")),
    Column("p", ("Priority",), "PRIORITY", ("priority",), cells.priority),
    Column("Q", ("PriorityLong",), "PRIORITY", ("priority",), cells.priority_long),
    Column("", ("Profile",), "PROFILE", ("profile",), cells.profile),
    Column("q", ("QOS",), "QOS", ("qos",), cells.text("qos")),
    Column("r", ("Reason",), "REASON", _REASON, cells.reason),
    Column(
        "R", ("ReasonList",), "NODELIST(REASON)", (*_REASON, "states", "nodes"), cells.nodes_or_reason, True
    ),
    Column("", ("Reboot",), "REBOOT", ("reboot",), cells.flag("reboot")),
    Column("n", ("ReqNodes",), "REQ_NODES", ("required_nodes",), cells.requested("required_nodes")),
    Column("", ("ReqSwitch",), "REQ_SWITCH", ("switches",), cells.count("switches")),
    Column("", ("Requeue",), "REQUEUE", ("requeue",), cells.flag("requeue")),
    Column("v", ("Reservation",), "RESERVATION", ("resv_name",), cells.text("resv_name")),
    Column("", ("ResizeTime",), "RESIZE_TIME", ("resize_time",), cells.moment("resize_time")),
    Column("", ("RestartCnt",), "RESTART_COUNT", ("restart_cnt",), cells.count("restart_cnt")),
    Column("Y", ("SchedNodes",), "SCHEDNODES", ("scheduled_nodes",), cells.scheduled_nodes, True),
    Column(
        "z", ("SCT",), "S:C:T", ("sockets_per_node", "cores_per_socket", "threads_per_core"), cells.geometry
    ),
    Column("", ("SegmentSize",), "SEGMENT_SIZE", ("segment_size",), cells.segment, since=(26, 5)),
    Column("s", ("SelectJobInfo",), "", _NONE, cells.fixed(""), until=TABLE),
    Column(
        "",
        ("SiblingsActive",),
        "ACTIVE_SIBLINGS",
        ("federation_siblings_active",),
        cells.text("federation_siblings_active", "NA"),
    ),
    Column("", ("SiblingsActiveRaw",), "ACTIVE_SIBLINGS_RAW", _NONE, cells.fixed("NA")),
    Column(
        "",
        ("SiblingsViable",),
        "VIABLE_SIBLINGS",
        ("federation_siblings_viable",),
        cells.text("federation_siblings_viable", "NA"),
    ),
    Column("", ("SiblingsViableRaw",), "VIALBLE_SIBLINGS_RAW", _NONE, cells.fixed("NA")),
    Column("s", ("SLUID",), "SLUID", ("sluid",), cells.sluid, since=(26, 5)),
    Column(
        "H", ("Sockets",), "SOCKETS_PER_NODE", ("sockets_per_node",), cells.count16("sockets_per_node", "*")
    ),
    Column("", ("SPerBoard",), "SOCKETS_PER_BOARD", ("sockets_per_board",), cells.count("sockets_per_board")),
    Column("S", ("StartTime",), "START_TIME", ("start_time",), cells.moment("start_time")),
    Column("T", ("State",), "STATE", ("state",), cells.state),
    Column("t", ("StateCompact",), "ST", ("state",), cells.state_compact),
    Column("", ("StdErr",), "STDERR", (*_FILES, "standard_error", "stderr_expanded"), cells.error_file),
    Column("", ("StdIn",), "STDIN", ("standard_input", "stdin_expanded"), cells.input_file),
    Column("", ("StdOut",), "STDOUT", (*_FILES, "stdout_expanded"), cells.output_file),
    Column("V", ("SubmitTime",), "SUBMIT_TIME", ("submit_time",), cells.moment("submit_time")),
    Column("", ("system_comment",), "SYSTEM_COMMENT", ("system_comment",), cells.text("system_comment")),
    Column(
        "J", ("Threads",), "THREADS_PER_CORE", ("threads_per_core",), cells.count16("threads_per_core", "*")
    ),
    Column("L", ("TimeLeft",), "TIME_LEFT", ("time_limit", *_USED), cells.time_left),
    Column("l", ("TimeLimit",), "TIME_LIMIT", ("time_limit",), cells.time_limit),
    Column("M", ("TimeUsed",), "TIME", _USED, cells.time_used),
    Column("", ("tres-alloc", "Tres"), "TRES_ALLOC", ("tres_alloc_str", "tres_req_str"), cells.tres),
    Column("", ("tres-bind",), "TRES_BIND", ("tres_bind",), cells.text("tres_bind", "N/A")),
    Column("", ("tres-freq",), "TRES_FREQ", ("tres_freq",), cells.text("tres_freq", "N/A")),
    Column("", ("tres-per-job",), "TRES_PER_JOB", ("tres_per_job",), cells.text("tres_per_job", "N/A")),
    Column(
        "b",
        ("tres-per-node", "Gres"),
        "TRES_PER_NODE",
        ("tres_per_node",),
        cells.text("tres_per_node", "N/A"),
    ),
    Column(
        "",
        ("tres-per-socket",),
        "TRES_PER_SOCKET",
        ("tres_per_socket",),
        cells.text("tres_per_socket", "N/A"),
    ),
    Column("", ("tres-per-task",), "TRES_PER_TASK", ("tres_per_task",), cells.text("tres_per_task", "N/A")),
    Column("U", ("UserId",), "UID", ("user_id",), cells.count("user_id")),
    Column("u", ("UserName",), "USER", ("user_name", "user_id"), cells.user),
    Column(
        "",
        ("Wait4Switch",),
        "WAIT4SWITCH",
        ("maximum_switch_wait_time",),
        cells.seconds("maximum_switch_wait_time"),
    ),
    Column("w", ("WCKey",), "WCKEY", ("wckey",), cells.text("wckey")),
    Column(
        "Z", ("WorkDir",), "WORK_DIR", ("current_working_directory",), cells.text("current_working_directory")
    ),
)
