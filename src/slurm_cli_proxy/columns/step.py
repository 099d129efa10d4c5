"""What `squeue --steps` can print of a running step: a column for each letter of `--format` and name of `--Format`.

What the accounting does not tell prints as native prints it of a step that asked for nothing: no limit of its own, no
resources for each task, no frequency.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec

from slurm_cli_proxy.columns.column import Column, Release, Whole
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.records.accounting import Step


class RunningStep(msgspec.Struct):
    """A step at work.

    `number` is the job's own id, `leader` its array's (0 for none) and `task` its place there.  `step` is the step's
    number as Slurm sorts it, `id` all of that in one text.  `cpus` is 0 of a batch script and the like, `user_id` None
    where nobody asked for it.  `told` is the accounting's record of it.
    """

    id: str
    number: int
    step: int
    name: str
    partition: str
    user: str
    elapsed: int
    start: int
    tasks: int
    nodes: str
    leader: int = 0
    task: int | None = None
    cpus: int = 0
    cluster: str = ""
    user_id: int | None = None
    told: Step | None = None


def _duration(step: RunningStep, view: Any) -> str:
    return Whole(duration.format_elapsed(step.elapsed))


def _task(step: RunningStep, view: Any) -> str:
    return "N/A" if step.task is None else str(step.task)


def _frequency(step: RunningStep, view: Any) -> str:
    return "Unknown-Unknown:Unknown" if step.cpus else "0-0:0"


def _null(
    *names: str, header: str, letter: str = "", since: Release = (0, 0), until: Release = (99, 0)
) -> Column[RunningStep]:
    return Column(letter, names, header, (), lambda step, _: None, since=since, until=until)


def _empty(name: str) -> Column[RunningStep]:
    return Column("", (name,), name.upper(), (), lambda step, _: "", since=(25, 5))


_TABLE: Final = (23, 2)

COLUMNS: Final[tuple[Column[RunningStep], ...]] = (
    Column("", ("ArrayJobId",), "ARRAY_JOB_ID", (), lambda step, _: str(step.leader)),
    Column("", ("ArrayTaskId",), "ARRAY_TASK_ID", (), _task),
    Column("", ("Cluster",), "CLUSTER", (), lambda step, _: step.cluster),
    _null("Container", header="CONTAINER"),
    _null("ContainerId", "Container-Id", "ContainerType", header="CONTAINER", until=_TABLE),
    _null("ContainerId", header="CONTAINERID", since=_TABLE),
    _null("ContainerType", header="CONTAINERTYPE", since=(26, 5)),
    Column("", ("CpuFreq",), "CPU_FREQ", (), _frequency),
    _null("cpus-per-tres", header="CPUS_PER_TRES"),
    Column("", ("JobId",), "JOB_ID", (), lambda step, _: str(step.number)),
    _null("mem-per-tres", header="MEM_PER_TRES"),
    _null("Network", header="NETWORK"),
    Column("", ("NumCPUs",), "NUM_CPUS", (), lambda step, _: str(step.cpus)),
    Column("A", ("NumTasks",), "TASKS", (), lambda step, _: str(step.tasks)),
    _null("ResvPorts", header="RESERVED_PORTS"),
    Column("i", ("StepId",), "STEPID", (), lambda step, _: step.id),
    Column("j", ("StepName",), "NAME", (), lambda step, _: step.name),
    Column("", ("StepState",), "STATE", (), lambda step, _: "RUNNING"),
    _empty("StdErr"),
    _empty("StdIn"),
    _empty("StdOut"),
    Column("l", ("TimeLimit",), "TIME_LIMIT", (), lambda step, _: "UNLIMITED"),
    Column("M", ("TimeUsed",), "TIME", (), _duration),
    _null("tres-bind", header="TRES_BIND"),
    _null("tres-freq", header="TRES_FREQ"),
    _null("tres-per-job", "tres-per-step", header="TRES_PER_STEP"),
    _null("tres-per-node", header="TRES_PER_JOB", letter="b"),
    _null("tres-per-socket", header="TRES_PER_SOCKET"),
    _null("tres-per-task", header="TRES_PER_TASK"),
    Column("N", ("Nodes",), "NODELIST", (), lambda step, _: Whole(step.nodes), True),
    Column("P", ("Partition",), "PARTITION", (), lambda step, _: step.partition),
    Column("S", ("StartTime",), "START_TIME", (), lambda step, view: view.time_text(step.start)),
    Column("u", ("UserName",), "USER", (), lambda step, _: step.user),
    Column("U", ("UserId",), "UID", ("user_id",), lambda step, _: str(step.user_id or 0)),
)
