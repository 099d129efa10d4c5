"""A job, as every API version from v0.0.38 to v0.0.45 tells of it, in v0.0.45's vocabulary.

Fields hold what came over the wire.  What versions write differently (states, exit codes, numbers, flags, sharing)
has one meaning through the properties of `JobMeanings` and the functions here; `number` is for plain numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct, field

from slurm_cli_proxy.notation import exitcode, state
from slurm_cli_proxy.records.number import Number, number

Text = str | None
Flag = bool | None
Names = list[str] | str | None

FLAGS_V0_0_38: Final = {
    "EXACT_CPU_COUNT_REQUESTED": "JOB_CPUS_SET",
    "EXACT_MEMORY_REQUESTED": "JOB_MEM_SET",
    "NO_KILL_INVALID_DEPENDENCY": "NO_KILL_INV_DEP",
    "KILL_INVALID_DEPENDENCY": "KILL_INV_DEP",
    "HAS_STATE_DIRECTORY": "HAS_STATE_DIR",
    "TESTING_BACKFILL": "BACKFILL_TEST",
    "GRES_BINDING_ENFORCED": "GRES_ENFORCE_BIND",
    "GRES_BINDING_DISABLED": "GRES_DISABLE_BIND",
    "PREFER_MINIMUM_NODE_COUNT": "USE_MIN_NODES",
    "SKIP_TRES_STRING_ACCOUNTING": "TRES_STR_CALC",
    "SIBLING_CLUSTER_UPDATE_ONLY": "SIB_JOB_FLUSH",
    "HETEROGENEOUS_JOB": "HET_JOB_FLAG",
    "EXACT_TASK_COUNT_REQUESTED": "JOB_NTASKS_SET",
    "TOP_PRIORITY_JOB": "TOP_PRIO_TMP",
    "ACCRUE_COUNT_CLEARED": "JOB_ACCRUE_OVER",
}
"""What v0.0.38 calls job flags; the others have the same name there, or none."""

_SHARING: Final = {"shared": "oversubscribe"}  # v0.0.38's word
_IMPLIED: Final = {
    "COMPLETING": "COMPLETED",
    "CONFIGURING": "RUNNING",
    "REQUEUED": "PENDING",
    "REQUEUE_FED": "PENDING",
    "REQUEUE_HOLD": "PENDING",
    "RESIZING": "RUNNING",
    "RESV_DEL_HOLD": "PENDING",
    "REVOKED": "CANCELLED",
    "SIGNALING": "RUNNING",
    "SPECIAL_EXIT": "PENDING",
    "STAGE_OUT": "COMPLETED",
    "STOPPED": "RUNNING",
}
"""v0.0.38 gives one name, the one that is shown: a flag, if there is one.  The base state that goes with it most."""

_STILL_THERE: Final = frozenset({"PENDING", "RUNNING", "SUSPENDED"})


class Signal(Struct):
    """The signal that ended a process."""

    id: Number = None
    name: Text = None


class ExitCode(Struct):
    """How a process ended; v0.0.38 gives the `wait` status instead."""

    status: list[str] | None = None
    return_code: Number = None
    signal: Signal | None = None


class Counted(Struct):
    """A node's CPUs (`count`, `used`) or memory in MB (`allocated`, `used`) that a job has."""

    count: int | None = None
    used: int | None = None
    allocated: int | None = None


class Core(Struct):
    """A core of a socket, and what it is for the job (ALLOCATED, IN_USE)."""

    index: int = 0
    status: list[str] | None = None


class Socket(Struct):
    """A socket: its cores as a list, or (up to v0.0.40) by their number, with one word each."""

    index: int = 0
    cores: list[Core] | dict[str, str] | None = None


class NodeAllocation(Struct):
    """What a job has on one node.  `nodename`, `cpus_used`, `memory_*` are the names up to v0.0.40."""

    index: int | None = None
    name: Text = None
    nodename: Text = None
    cpus: Counted | None = None
    memory: Counted | None = None
    cpus_used: int | None = None
    memory_used: int | None = None
    memory_allocated: int | None = None
    sockets: list[Socket] | dict[str, Socket] | None = None


class AllocatedNodes(Struct):
    """The nodes of an allocation, from v0.0.41 on."""

    count: int | None = None
    hosts: Text = field(default=None, name="list")
    whole: Flag = None
    select_type: Names = None
    allocation: list[NodeAllocation] | None = None


class JobResources(Struct):
    """What is allocated to a job.  Up to v0.0.40 `nodes` is the host list and `allocated_nodes` the nodes."""

    nodes: AllocatedNodes | str | None = None
    cpus: int | None = None
    threads_per_core: Number = None
    select_type: Names = None
    allocated_cores: int | None = None
    allocated_cpus: int | None = None
    allocated_hosts: int | None = None
    allocated_nodes: list[NodeAllocation] | None = None


class PartitionPriority(Struct):
    """A pending job's priority in one of its partitions."""

    partition: Text = None
    priority: int | None = None


class StepId(Struct):
    """The id of a job or step; `sluid` is 26.05's lasting id of the job."""

    sluid: Text = None
    job_id: Number = None
    step_het_component: Number = None
    step_id: Text = None


class JobMeanings:
    """What the fields mean, whatever the version; `FIELDS_OF` names the fields that each one reads."""

    __slots__ = ()

    @property
    def states(self: Job) -> frozenset[str]:  # type: ignore[misc]
        """Base state and flags, long names."""
        told = self.job_state
        if not told:
            return frozenset()
        if isinstance(told, str):
            return frozenset((told, _IMPLIED.get(told, told)))
        return frozenset(told)

    @property
    def state(self: Job) -> str:  # type: ignore[misc]
        """The one long name that the job is shown with."""
        return state.long(self.states)

    @property
    def state_compact(self: Job) -> str:  # type: ignore[misc]
        """The short name that the job is shown with."""
        return state.compact(self.states)

    @property
    def pending(self: Job) -> bool:  # type: ignore[misc]
        """Whether the base state is PENDING."""
        return "PENDING" in self.states

    @property
    def running(self: Job) -> bool:  # type: ignore[misc]
        """Whether the base state is RUNNING."""
        return "RUNNING" in self.states

    @property
    def suspended(self: Job) -> bool:  # type: ignore[misc]
        """Whether the base state is SUSPENDED."""
        return "SUSPENDED" in self.states

    @property
    def completing(self: Job) -> bool:  # type: ignore[misc]
        """Whether the flag COMPLETING is set."""
        return "COMPLETING" in self.states

    @property
    def finished(self: Job) -> bool:  # type: ignore[misc]
        """Whether the base state is one after the end."""
        return self.states.isdisjoint(_STILL_THERE)

    @property
    def array_leader(self: Job) -> int:  # type: ignore[misc]
        """The array's job id, 0 for no array."""
        return number(self.array_job_id) or 0

    @property
    def array_task(self: Job) -> int | None:  # type: ignore[misc]
        """The task's number in its array; None for no array, or several tasks in one."""
        return number(self.array_task_id)

    @property
    def task_set(self: Job) -> str:  # type: ignore[misc]
        """The tasks of a record that stands for several: `1-5,7%2`, "" for none.

        The server cuts a long one (``1,3,5,...``): it has at most 64 bytes.
        """
        return self.array_task_string or ""

    @property
    def het_leader(self: Job) -> int:  # type: ignore[misc]
        """The heterogeneous job's id, 0 for none."""
        return number(self.het_job_id) or 0

    @property
    def het_component(self: Job) -> int:  # type: ignore[misc]
        """The component's number in its heterogeneous job."""
        return number(self.het_job_offset) or 0

    @property
    def id_text(self: Job) -> str:  # type: ignore[misc]
        """`123`, `123_4`, `123_[1-5,7%2]`, `123+1`."""
        leader = self.array_leader
        if leader:
            tasks, task = self.task_set, self.array_task
            if tasks or task is not None:  # an array that was cancelled before a task began has neither
                return f"{leader}_[{tasks}]" if tasks else f"{leader}_{task}"
        leader = self.het_leader
        return f"{leader}+{self.het_component}" if leader else str(self.job_id)

    @property
    def cpu_count(self: Job) -> int:  # type: ignore[misc]
        """The CPUs it has or asks for.  v0.0.38 does not tell of jobs cancelled before they began: from the TRES."""
        told = number(self.cpus)
        if told is None:
            for part in (self.tres_req_str or "").split(","):
                if part.startswith("cpu="):
                    return int(part[4:]) if part[4:].isdigit() else 0
        return told or 0

    def has_flag(self: Job, name: str) -> bool:  # type: ignore[misc]
        """Whether a job flag, by its newest name, is set."""
        flags = self.flags or ()
        return name in flags or FLAGS_V0_0_38.get(name) in flags

    @property
    def sharing(self: Job) -> str:  # type: ignore[misc]
        """`none`, `oversubscribe`, `user`, `mcs`, `topo`, or "" where the job asked for nothing.

        v0.0.45 does not tell: always "".
        """
        told = self.shared
        word = told if isinstance(told, str) else ",".join(told or ())
        return _SHARING.get(word, word)

    @property
    def sluid(self: Job) -> str:  # type: ignore[misc]
        """26.05's lasting id, "" where not told."""
        return (self.step_id.sluid or "") if self.step_id else ""

    @property
    def switches(self: Job) -> int:  # type: ignore[misc]
        """The largest number of switches wanted, 0 for any."""
        return number(self.required_switches) or number(self.minimum_switches) or 0


class Job(JobMeanings, Struct, gc=False):
    """A job of the controller."""

    job_id: int = 0
    account: Text = None
    accrue_time: Number = None
    admin_comment: Text = None
    allocating_node: Text = None
    array_job_id: Number = None
    array_max_tasks: Number = None
    array_task_id: Number = None
    array_task_string: Text = None
    association_id: Number = None
    batch_features: Text = None
    batch_flag: Flag = None
    batch_host: Text = None
    billable_tres: Number = None
    burst_buffer: Text = None
    burst_buffer_state: Text = None
    cluster: Text = None
    cluster_features: Text = None
    command: Text = None
    comment: Text = None
    container: Text = None
    container_id: Text = None
    container_type: Text = None
    contiguous: Flag = None
    core_spec: Number = None
    cores_per_socket: Number = None
    cpu_frequency_governor: Number = None
    cpu_frequency_maximum: Number = None
    cpu_frequency_minimum: Number = None
    cpu_frequency_minimum_v38: Number = field(default=None, name="cpu_frequency_minumum")
    cpus: Number = None
    cpus_per_task: Number = None
    cpus_per_tres: Text = None
    cron: Text = None
    current_working_directory: Text = None
    deadline: Number = None
    delay_boot: Number = None
    dependency: Text = None
    derived_exit_code: ExitCode | int | None = None
    eligible_time: Number = None
    end_time: Number = None
    excluded_nodes: Text = None
    exclusive: Names = None
    exit_code: ExitCode | int | None = None
    extra: Text = None
    failed_node: Text = None
    features: Text = None
    federation_origin: Text = None
    federation_siblings_active: Text = None
    federation_siblings_viable: Text = None
    flags: list[str] | None = None
    gres_detail: list[str] | None = None
    group_id: Number = None
    group_name: Text = None
    het_job_id: Number = None
    het_job_id_set: Text = None
    het_job_offset: Number = None
    hold: Flag = None
    job_resources: JobResources | None = None
    job_size_str: list[str] | None = None
    job_state: Names = None
    last_sched_evaluation: Number = None
    licenses: Text = None
    licenses_allocated: Text = None
    mail_type: Names = None
    mail_user: Text = None
    max_cpus: Number = None
    max_nodes: Number = None
    maximum_switch_wait_time: Number = None
    mcs_label: Text = None
    memory_per_cpu: Number = None
    memory_per_node: Number = None
    memory_per_tres: Text = None
    memory_update_delay: Number = None
    memory_update_margin: Number = None
    minimum_cpus_per_node: Number = None
    minimum_switches: Number = None
    minimum_tmp_disk_per_node: Number = None
    name: Text = None
    network: Text = None
    nice: Number = None
    node_count: Number = None
    nodes: Text = None
    oversubscribe: Flag = None
    partition: Text = None
    pre_sus_time: Number = None
    preempt_time: Number = None
    preemptable_time: Number = None
    prefer: Text = None
    priority: Number = None
    priority_by_partition: list[PartitionPriority] | None = None
    profile: Names = None
    qos: Text = None
    reboot: Flag = None
    requeue: Flag = None
    required_nodes: Text = None
    required_switches: Number = None
    resize_time: Number = None
    restart_cnt: Number = None
    resv_name: Text = None
    scheduled_nodes: Text = None
    segment_size: Number = None
    selinux_context: Text = None
    shared: Names = None
    show_flags: Names = None
    sockets_per_board: Number = None
    sockets_per_node: Number = None
    standard_error: Text = None
    standard_input: Text = None
    standard_output: Text = None
    start_time: Number = None
    state_description: Text = None
    state_reason: Text = None
    stderr_expanded: Text = None
    stdin_expanded: Text = None
    stdout_expanded: Text = None
    step_id: StepId | None = None
    submit_line: Text = None
    submit_time: Number = None
    suspend_time: Number = None
    system_comment: Text = None
    tasks: Number = None
    tasks_per_board: Number = None
    tasks_per_core: Number = None
    tasks_per_node: Number = None
    tasks_per_socket: Number = None
    tasks_per_tres: Number = None
    thread_spec: Number = None
    threads_per_core: Number = None
    time_limit: Number = None
    time_minimum: Number = None
    tres_alloc_str: Text = None
    tres_bind: Text = None
    tres_freq: Text = None
    tres_per_job: Text = None
    tres_per_node: Text = None
    tres_per_socket: Text = None
    tres_per_task: Text = None
    tres_req_str: Text = None
    user_id: Number = None
    user_name: Text = None
    wckey: Text = None


FIELDS_OF: Final[dict[str, tuple[str, ...]]] = {
    "states": ("job_state",),
    "state": ("job_state",),
    "state_compact": ("job_state",),
    "pending": ("job_state",),
    "running": ("job_state",),
    "suspended": ("job_state",),
    "completing": ("job_state",),
    "finished": ("job_state",),
    "array_leader": ("array_job_id",),
    "array_task": ("array_task_id",),
    "task_set": ("array_task_string",),
    "het_leader": ("het_job_id",),
    "het_component": ("het_job_offset",),
    "id_text": ("array_job_id", "array_task_id", "array_task_string", "het_job_id", "het_job_offset"),
    "cpu_count": ("cpus", "tres_req_str"),
    "sharing": ("shared",),
    "sluid": ("step_id",),
    "switches": ("required_switches", "minimum_switches"),
}
"""Meaning -> the fields it is made of."""


def fields(wanted: Iterable[str]) -> frozenset[str]:
    """The fields behind fields and meanings, always with the id."""
    return frozenset({"job_id"}.union(*(FIELDS_OF.get(one, (one,)) for one in wanted)))


def exit_pair(value: ExitCode | int | None) -> tuple[int, int]:
    """(exit status, signal) of `exit_code` or `derived_exit_code`."""
    if isinstance(value, ExitCode):
        return number(value.return_code) or 0, (number(value.signal.id) or 0) if value.signal else 0
    return exitcode.split_status(value or 0)


class NodeShare(Struct):
    """What a job has on one node: memory in MB, the numbers of its cores by socket."""

    name: str
    memory: int
    cores: dict[int, list[int]]


def node_shares(resources: JobResources | None) -> list[NodeShare]:
    """What a job has on each of its nodes, in one shape for all versions; [] where nothing is allocated."""
    if resources is None:
        return []
    nodes = resources.nodes
    told = nodes.allocation if isinstance(nodes, AllocatedNodes) else resources.allocated_nodes
    return [_share(node) for node in told or ()]


def _share(node: NodeAllocation) -> NodeShare:
    memory = node.memory.allocated if node.memory else node.memory_allocated
    sockets = node.sockets or ()
    if isinstance(sockets, dict):
        numbered = {int(key): socket.cores for key, socket in sockets.items()}
    else:
        numbered = {socket.index: socket.cores for socket in sockets}
    return NodeShare(
        node.name or node.nodename or "",
        memory or 0,
        {index: sorted(_core_numbers(cores)) for index, cores in sorted(numbered.items())},
    )


def _core_numbers(cores: list[Core] | dict[str, str] | None) -> list[int]:
    if isinstance(cores, dict):
        return [int(key) for key in cores]
    return [core.index for core in cores or () if "ALLOCATED" in (core.status or ())]
