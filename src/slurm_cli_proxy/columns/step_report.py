"""What `scontrol show step` prints of a running step.

The accounting tells neither the submitting `srun` (host and process), nor reserved ports, network and, before v0.0.45,
the step's own time limit: these print as of a step that has none.
"""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.columns.job_values import NULL, View
from slurm_cli_proxy.columns.step import RunningStep
from slurm_cli_proxy.layout.report import Item
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.notation.tres import format_tres
from slurm_cli_proxy.records.number import number

UNLIMITED: Final = "UNLIMITED"


def limit(step: RunningStep, view: View) -> str:
    minutes = number(step.told.time.limit) if step.told and step.told.time else None
    return UNLIMITED if minutes is None else duration.format_seconds(minutes * 60)


def node_count(step: RunningStep, view: View) -> str:
    return str((step.told.nodes.count if step.told and step.told.nodes else None) or 0)


def tres(step: RunningStep, view: View) -> str:
    """Of a batch script and the like there is none."""
    told = step.told.tres if step.told and step.cpus else None
    counts = {one.full_name: one.count or 0 for one in (told.allocated if told else None) or ()}
    return format_tres(counts) or NULL


def frequency(step: RunningStep, view: View) -> str:
    task = step.told.task if step.told and step.cpus else None
    return f"Default Dist={task.distribution}" if task and task.distribution else "Default"


LINES: Final[tuple[tuple[Item[RunningStep], ...], ...]] = (
    (
        Item("StepId", lambda step, view: step.id),
        Item("UserId", lambda step, view: str(step.user_id or 0)),
        Item("StartTime", lambda step, view: view.time(step.start)),
        Item("TimeLimit", limit),
    ),
    (
        Item("State", lambda step, view: "RUNNING"),  # of a suspended job, too
        Item("Partition", lambda step, view: step.partition),
        Item("NodeList", lambda step, view: step.nodes),
    ),
    (
        Item("Nodes", node_count),
        Item("CPUs", lambda step, view: str(step.cpus)),
        Item("Tasks", lambda step, view: str(step.tasks)),
        Item("Name", lambda step, view: step.name),
        Item("Network", lambda step, view: NULL),
    ),
    (Item("TRES", tres),),
    (Item("ResvPorts", lambda step, view: NULL),),
    (Item("CPUFreqReq", frequency),),
    (Item("SrunHost:Pid", lambda step, view: f"{NULL}:0"),),
)
