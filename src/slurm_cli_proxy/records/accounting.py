"""A job of the accounting database with its steps, as `/slurmdb/…/jobs` tells it.

Newest vocabulary; v0.0.38 differs in forms that the types admit (plain numbers, states as one text, step ids in parts).
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import UNSET, Struct, UnsetType, defstruct

from slurm_cli_proxy.notation import state as states
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.number import Number, number


class Tres(Struct):
    """A count of one resource; `task` and `node` where it is the least or greatest of a step's."""

    type: str | None = None
    name: str | None = None
    count: int | None = None
    task: int | None = None
    node: str | None = None

    @property
    def full_name(self) -> str:
        """`gres/gpu:a100`, `fs/disk`, `cpu`."""
        return f"{self.type}/{self.name}" if self.name else self.type or ""


class JobTres(Struct):
    """What a job has and what it asked for."""

    allocated: list[Tres] | None = None
    requested: list[Tres] | None = None


class Usage(Struct):
    """What the tasks of a step used of each resource."""

    max: list[Tres] | None = None
    min: list[Tres] | None = None
    average: list[Tres] | None = None
    total: list[Tres] | None = None


class StepTres(Struct):
    """A step's resources: `requested` is what it read or used, `consumed` what it wrote (the API's own names)."""

    requested: Usage | None = None
    consumed: Usage | None = None
    allocated: list[Tres] | None = None


class CpuTime(Struct):
    """CPU time."""

    seconds: int = 0
    microseconds: int = 0


class Time(Struct):
    """Points in time (epoch seconds) and durations (seconds; `limit` in minutes)."""

    elapsed: Number = None
    eligible: Number = None
    start: Number = None
    end: Number = None
    submission: Number = None
    suspended: Number = None
    planned: Number = None
    limit: Number = None
    system: CpuTime | None = None
    user: CpuTime | None = None
    total: CpuTime | None = None


class Signal(Struct):
    """The signal of an exit code; v0.0.38 calls the number `signal_id`."""

    id: Number = None
    signal_id: Number = None


class ExitCode(Struct):
    """How a job or step ended; v0.0.38 writes 0 for every exit status."""

    status: list[str] | str | None = None
    return_code: Number = None
    signal: Signal | None = None

    @property
    def lost(self) -> bool:
        """Whether a 0 may be another status."""
        return isinstance(self.status, str) and not self.signal

    @property
    def pair(self) -> tuple[int, int]:
        """(exit status, signal)."""
        signal = self.signal
        sent = (number(signal.id) or number(signal.signal_id) or 0) if signal else 0
        return number(self.return_code) or 0, sent


class State(Struct):
    """A job's state and why it waited."""

    current: list[str] | str | None = None
    reason: str | None = None


class Running(Struct):
    tasks: int | None = None


class Limit(Struct):
    running: Running | None = None


class Limits(Struct):
    max: Limit | None = None


class Array(Struct):
    """The place in an array: `task` is the set of tasks not yet started, as a hexadecimal bitmap."""

    job_id: int | None = None
    task_id: Number = None
    task: str | None = None
    limits: Limits | None = None


class Het(Struct):
    job_id: int | None = None
    job_offset: Number = None


class Association(Struct):
    id: int | None = None


class Comment(Struct):
    administrator: str | None = None
    job: str | None = None
    system: str | None = None


class Required(Struct):
    """`memory` is v0.0.38's."""

    CPUs: Number = None


class Reservation(Struct):
    id: Number = None
    name: str | int | None = None
    requested: str | None = None


class Wckey(Struct):
    wckey: str | None = None


class Mcs(Struct):
    label: str | None = None


class StepId(Struct):
    """`id` is `1.batch`; in v0.0.38 the part behind the dot."""

    id: str | int | None = None
    name: str | None = None
    stdin: str | None = None
    stdout: str | None = None
    stderr: str | None = None
    stdin_expanded: str | None = None
    stdout_expanded: str | None = None
    stderr_expanded: str | None = None

    @property
    def part(self) -> str:
        """`batch`, `0`, `0+1`."""
        return str(self.id if self.id is not None else "").rpartition(".")[2]


class Frequency(Struct):
    min: Number = None
    max: Number = None


class StepCpu(Struct):
    requested_frequency: Frequency | None = None
    governor: str | list[str] | None = None


class CpuStatistics(Struct):
    """`actual_frequency`: kHz, as the bits of a double."""

    actual_frequency: int | float | None = None


class Energy(Struct):
    consumed: Number = None


class Statistics(Struct):
    CPU: CpuStatistics | None = None
    energy: Energy | None = None


class Tasks(Struct):
    count: int | None = None


class Task(Struct):
    distribution: str | None = None


class StepNodes(Struct):
    count: int | None = None
    range: str | None = None


class Step(Struct):
    """A step of a job."""

    time: Time | None = None
    exit_code: ExitCode | None = None
    nodes: StepNodes | None = None
    tasks: Tasks | None = None
    CPU: StepCpu | None = None
    kill_request_user: str | None = None
    state: list[str] | str | None = None
    statistics: Statistics | None = None
    step: StepId | None = None
    task: Task | None = None
    tres: StepTres | None = None
    submit_line: str | None = None


class AccountingJob(Struct):
    """A job as the accounting keeps it; one record for each run of a requeued job."""

    account: str | None = None
    comment: Comment | None = None
    allocation_nodes: int | None = None
    array: Array | None = None
    association: Association | None = None
    block: str | None = None
    cluster: str | None = None
    constraints: str | None = None
    container: str | None = None
    derived_exit_code: ExitCode | None = None
    time: Time | None = None
    exit_code: ExitCode | None = None
    exclusive: str | None = None
    extra: str | None = None
    failed_node: str | None = None
    flags: list[str] | None = None
    group: str | None = None
    het: Het | None = None
    job_id: int = 0
    name: str | None = None
    licenses: str | None = None
    mcs: Mcs | None = None
    nodes: str | None = None
    oversubscribe: str | None = None
    partition: str | None = None
    priority: Number = None
    qos: str | None = None
    qosreq: str | None = None
    required: Required | None = None
    kill_request_user: str | None = None
    restart_cnt: int | None = None
    reservation: Reservation | None = None
    script: str | None = None
    segment_size: int | None = None
    sluid: str | UnsetType = UNSET
    original_sluid: str | UnsetType = UNSET
    stdin: str | None = None
    stdout: str | None = None
    stderr: str | None = None
    stdin_expanded: str | None = None
    stdout_expanded: str | None = None
    stderr_expanded: str | None = None
    state: State | None = None
    submit_line: str | None = None
    tres: JobTres | None = None
    user: str | None = None
    wckey: Wckey | None = None
    working_directory: str | None = None


def cpu_time(steps: Iterable[Step], kind: str) -> int:
    """What steps used together, microseconds; `kind` is system, user or total."""
    used = (getattr(step.time, kind) for step in steps if getattr(step, "time", None))
    return sum(one.seconds * 1000000 + one.microseconds for one in used if one)


def job_type(fields: frozenset[str]) -> type[AccountingJob]:
    """A job of just these fields; those of steps are named `step.FIELD`, and without any no step is decoded."""
    of_steps = frozenset(name[5:] for name in fields if name.startswith("step."))
    job = narrow(AccountingJob, frozenset(name for name in fields if not name.startswith("step.")))
    if not of_steps:
        return job
    step = narrow(Step, of_steps)
    kind = list[step] | None  # type: ignore[valid-type]
    return defstruct("AccountingJob", [("steps", kind, None)], bases=(job,), gc=False)  # type: ignore[return-value]


def state_name(value: State | list[str] | str | None) -> str:
    """The one name a job or step is shown with."""
    current = value.current if isinstance(value, State) else value
    return states.long(current or [])


def count_of(tres: list[Tres] | None, name: str) -> int | None:
    """How much of a resource there is in a list; None where it is not told."""
    for one in tres or ():
        if one.full_name == name:
            return one.count if one.count is not None and one.count >= 0 else None
    return None
