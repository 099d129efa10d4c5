"""A partition, as any API version answers it.

A cluster has few of them, so they are decoded whole.  Newer versions nest what v0.0.38 has side by side; the
properties give one meaning.
"""

from __future__ import annotations

from msgspec import Struct, field

from slurm_cli_proxy.records.number import Number, number, number_or


class _Nodes(Struct):
    configured: str | None = None
    allowed_allocation: str | None = None
    total: int = 0


class _Allowed(Struct):
    allowed: str | None = None


class _Oversubscribe(Struct):
    jobs: int = 0
    flags: list[str] | None = None


class _Rules(Struct):
    """Who is let in and who not; `assigned`: the QOS that goes with the partition."""

    allowed: str | None = None
    deny: str | None = None
    assigned: str | None = None


class _Tres(Struct):
    billing_weights: str | None = None
    configured: str | None = None


class _Cpus(Struct):
    """`task_binding`: a number before v0.0.45, words from there on."""

    task_binding: list[str] | int | None = None
    total: int = 0


class _Maximums(Struct):
    nodes: Number = None
    time: Number = None
    cpus_per_node: Number = None
    cpus_per_socket: Number = None
    partition_memory_per_cpu: Number = None
    partition_memory_per_node: Number = None
    over_time_limit: Number = None
    oversubscribe: _Oversubscribe | None = None


class _Minimums(Struct):
    nodes: int = 0


class _Defaults(Struct):
    time: Number = None
    partition_memory_per_cpu: Number = None
    partition_memory_per_node: Number = None
    job: str | None = None


class _Priority(Struct):
    job_factor: int = 0
    tier: int = 0


class _State(Struct):
    """`oversubscribe` and `exclusive` since v0.0.45."""

    state: list[str] | str | None = None
    oversubscribe: str | None = None
    exclusive: str | None = None


class _Timeouts(Struct):
    resume: Number = None
    suspend: Number = None


class Partition(Struct):
    """A partition's fields by their newest names; in the second block, v0.0.38's."""

    name: str = ""
    nodes: _Nodes | str | None = None
    partition: _State | None = None
    flags: list[str] | None = None
    groups: _Allowed | None = None
    maximums: _Maximums | None = None
    minimums: _Minimums | None = None
    defaults: _Defaults | None = None
    priority: _Priority | None = None
    preempt_mode: list[str] | None = None
    accounts: _Rules | None = None
    qos: _Rules | str | None = None
    tres: _Tres | str | None = None
    cpus: _Cpus | None = None
    alternate: str | None = None
    node_sets: str | None = None
    select_type: list[str] | None = None
    grace_time: int | None = None
    topology: str | None = None
    timeouts: _Timeouts | None = None
    suspend_time: Number = None

    state: str | None = None
    allowed_groups: str | None = None
    allowed_allocation_nodes: str | None = None
    max_time_limit: Number = None
    default_time_limit: Number = None
    maximum_nodes_per_job: Number = None
    maximum_cpus_per_node: Number = None
    min_nodes_per_job: int | None = field(default=None, name="min nodes per job")
    priority_job_factor: int = 0
    priority_tier: int = 0
    allowed_accounts: str | None = None
    denied_accounts: str | None = None
    allowed_qos: str | None = None
    denied_qos: str | None = None
    alternative: str | None = None
    billing_weights: str | None = None
    default_memory_per_cpu: Number = None
    default_memory_per_node: Number = None
    maximum_memory_per_cpu: Number = None
    maximum_memory_per_node: Number = None
    over_time_limit: Number = None
    preemption_grace_time: int = 0
    preemption_mode: list[str] | None = None
    total_cpus: int = 0
    total_nodes: int = 0

    @property
    def node_list(self) -> str:
        """The nodes, as a host list."""
        return (self.nodes if isinstance(self.nodes, str) else self.nodes and self.nodes.configured) or ""

    @property
    def states(self) -> tuple[str, ...]:
        """`UP`, `DOWN`, `DRAIN` or `INACTIVE`."""
        told = self.partition.state if self.partition else self.state
        return (told,) if isinstance(told, str) else tuple(told or ())

    @property
    def knows_flags(self) -> bool:
        """Whether the answer tells the flags: v0.0.38 and v0.0.45 do, versions in between do not."""
        return self.flags is not None

    def has_flag(self, name: str) -> bool:
        """Whether a flag such as `DEFAULT`, `HIDDEN`, `ROOT_ONLY` is set (False where the answer tells none)."""
        return any(flag.upper() == name for flag in self.flags or ())

    @property
    def max_minutes(self) -> int | None:
        """The longest time limit, in minutes."""
        return number(self.maximums.time if self.maximums else self.max_time_limit)

    @property
    def default_minutes(self) -> int | None:
        """The time limit of a job that asks for none, in minutes; None where no default is set."""
        return number(self.defaults.time if self.defaults else self.default_time_limit)

    @property
    def max_nodes(self) -> int | None:
        """The most nodes a job may have."""
        return number(self.maximums.nodes if self.maximums else self.maximum_nodes_per_job)

    @property
    def min_nodes(self) -> int:
        """The fewest nodes a job may have."""
        return self.minimums.nodes if self.minimums else number_or(self.min_nodes_per_job, 0)

    @property
    def max_cpus_per_node(self) -> int | None:
        """The most CPUs of a node that jobs of this partition may have."""
        return number(self.maximums.cpus_per_node if self.maximums else self.maximum_cpus_per_node)

    @property
    def group_text(self) -> str:
        """The groups that may use the partition, "" for all."""
        return (self.groups.allowed if self.groups else self.allowed_groups) or ""

    @property
    def allocation_nodes(self) -> str:
        """The nodes from which jobs may be submitted, "" for all."""
        if isinstance(self.nodes, _Nodes):
            return self.nodes.allowed_allocation or ""
        return self.allowed_allocation_nodes or ""

    @property
    def job_factor(self) -> int:
        """The partition's share in a job's priority."""
        return self.priority.job_factor if self.priority else self.priority_job_factor

    @property
    def tier(self) -> int:
        """The tier in which the partition's jobs are scheduled."""
        return self.priority.tier if self.priority else self.priority_tier

    @property
    def oversubscribe(self) -> tuple[str, int] | None:
        """How jobs may share CPUs: (`EXCLUSIVE`, `NO`, `YES` or `FORCE`, jobs a CPU); None: not told (v0.0.38)."""
        told = self.partition.oversubscribe if self.partition else None
        if told:
            word, _, jobs = told.partition(":")
            return word, int(jobs) if jobs.isdigit() else 1
        limits = self.maximums.oversubscribe if self.maximums else None
        if limits is None:
            return None
        if limits.jobs == 0:
            return "EXCLUSIVE", 0
        if any(flag.upper() == "FORCE" for flag in limits.flags or ()):
            return "FORCE", limits.jobs
        return ("NO", 1) if limits.jobs == 1 else ("YES", limits.jobs)
