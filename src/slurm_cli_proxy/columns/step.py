"""What `squeue --steps` can print of a running step: a column for each letter of `--format`."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from slurm_cli_proxy.columns.column import Column, Whole
from slurm_cli_proxy.notation import duration


class RunningStep(msgspec.Struct):
    """A step at work.  `number` is the job's own id, `place` where the step stands among those of its job."""

    id: str
    number: int
    place: int
    name: str
    partition: str
    user: str
    elapsed: int
    start: int
    tasks: int
    nodes: str
    user_id: int | None = None


def _duration(step: RunningStep, view: Any) -> str:
    return Whole(duration.format_elapsed(step.elapsed))


COLUMNS: Final[tuple[Column[RunningStep], ...]] = (
    Column("A", ("NumTasks",), "TASKS", (), lambda step, _: str(step.tasks)),
    Column("b", (), "TRES_PER_JOB", (), lambda step, _: None),
    Column("i", ("StepId",), "STEPID", (), lambda step, _: step.id),
    Column("j", ("StepName",), "NAME", (), lambda step, _: step.name),
    Column("l", ("TimeLimit",), "TIME_LIMIT", (), lambda step, _: "UNLIMITED"),
    Column("M", ("TimeUsed",), "TIME", (), _duration),
    Column("N", ("Nodes",), "NODELIST", (), lambda step, _: Whole(step.nodes), True),
    Column("P", ("Partition",), "PARTITION", (), lambda step, _: step.partition),
    Column("S", ("StartTime",), "START_TIME", (), lambda step, view: view.time_text(step.start)),
    Column("u", ("UserName",), "USER", (), lambda step, _: step.user),
    Column("U", ("UserId",), "UID", ("user_id",), lambda step, _: str(step.user_id or 0)),
)
