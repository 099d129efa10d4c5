"""Job ids: `12`, `12_3` (array task), `12_[1-3,7]` and `12_*` (task sets), `12+1` (component of a heterogeneous
job), each perhaps with a step: `12.0`, `12_3.batch`.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from slurm_cli_proxy.notation import arrayset
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.notation.hostlist import HostlistError, expand

# C's strtol and friends skip blanks and take a plus sign; where no number need be, none is 0.
# Patterns are compiled by the first call that reads an id; writing them needs none.
_NUMBER: Final = r"\s*\+?[0-9]+"
_ID: Final = (
    rf"(?a)({_NUMBER})(?:_(?:\[([^]]*)\]|(\*)|({_NUMBER})?)|\+({_NUMBER})?)?"
    rf"(?:\.(?:({_NUMBER})|(batch|extern|interactive|TBD))?)?"
)
_MASK: Final = 0xFFFFFFFF
_HIGHEST: Final = 0xFFFFFFFFFFFFFFFF
NO_TASK: Final = 0xFFFFFFFE
"""From here on a number is no task of an array."""


class JobIdError(NotationError):
    """`log` is a line that native commands log before they call the id invalid ("" if none)."""

    def __init__(self, text: str, log: str = "") -> None:
        super().__init__(f"Invalid job id {text}")
        self.log = log


class JobId(msgspec.Struct, frozen=True):
    """A job, or a part of one.

    `task` is one array task (any number; see `kept`), `tasks` a set of them as written between the brackets ("1-3,7",
    or "*" for all), `het` the offset in a heterogeneous job, `step` a step's number or name; of the first three at most
    one is there.
    """

    job: int
    task: int | None = None
    tasks: str | None = None
    het: int | None = None
    step: str | None = None

    def __str__(self) -> str:
        return format_id(self)

    def task_ids(self) -> list[int] | None:
        """The tasks meant: one, the set's, or None where the id does not single any out."""
        if self.task is not None:
            return [self.task]
        if self.tasks is None or self.tasks == "*":
            return None
        try:  # as the controller writes sets: `1-19:3%2`
            return list(arrayset.parse(self.tasks).tasks)
        except NotationError:  # as scancel takes them
            return [int(number) for number in expand(f"[{self.tasks}]")]


def parse(text: str) -> JobId:
    """One id as scancel takes it (all releases alike).

    As there, a number that is missing after `_`, `+` or `.` is 0, one above 64 bits is the highest of these, and all
    but tasks wrap at 32 bits.  scancel itself knows no step names: it calls `12.batch` an invalid id.
    """
    found = re.fullmatch(_ID, text)
    if not found:
        raise JobIdError(text)
    job, tasks, every, task, het, step, name = found.groups()
    marked = "." in text
    if not _number(job) or (tasks is not None and marked):
        raise JobIdError(text)
    if tasks is not None:
        try:
            if any(not host.isdigit() for host in expand(f"[{tasks}]")):
                raise JobIdError(text)
        except HostlistError as error:
            raise JobIdError(text, error.log) from None
    has_task = "_" in text and tasks is None and not every
    return JobId(
        job=_wrap(job),
        task=_number(task) if has_task else None,
        tasks=every or tasks,
        het=_wrap(het) if found.end(1) < len(text) and text[found.end(1)] == "+" else None,
        step=(name or str(_wrap(step))) if marked else None,
    )


def _number(digits: str | None) -> int:
    return min(int(digits), _HIGHEST) if digits else 0


def _wrap(digits: str | None) -> int:
    return _number(digits) & _MASK


def kept(task: int) -> int | None:
    """The array task that a number means to a command that keeps 32 bits of it; None if none, so that all are meant."""
    number = task & _MASK
    return None if number == NO_TASK else number


def format_id(job_id: JobId) -> str:
    """The id as native commands write it."""
    text = str(job_id.job)
    if job_id.task is not None:
        text += f"_{job_id.task}"
    elif job_id.tasks is not None:
        text += "_*" if job_id.tasks == "*" else f"_[{job_id.tasks}]"
    elif job_id.het is not None:
        text += f"+{job_id.het}"
    return text if job_id.step is None else f"{text}.{job_id.step}"
