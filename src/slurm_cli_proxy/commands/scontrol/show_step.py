"""`scontrol show step [ID]`: the steps at work, which the accounting tells (`commands/squeue/steps.py`).

Facts (22.05, 24.11, 26.05):

* 22.05 reads an id as C's `strtol` does: ``12.batch`` is step 0 of job 12, ``12_3.0`` is task 3 of array 12, and what
  is no number at all is every step, of which it shows those of no array.
* Later releases say what is wrong with an id, and find no step of an array's task by its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.columns.job_values import View
from slurm_cli_proxy.columns.step import RunningStep
from slurm_cli_proxy.columns.step_report import LINES
from slurm_cli_proxy.commands.scontrol.listing import heading
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.commands.squeue import steps
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.report import for_release, report
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.number import number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

CHECKED_SINCE: Final = (23, 2)
SLUIDS_SINCE: Final = (26, 5)
_HIGHEST: Final = 0xFFFFFFEF
_HIGHEST_JOB: Final = 0xFFFFFFFD
_TELLS: Final = (
    (r"", 2136),
    (r"(?![0-9]).*|0+(?![0-9]).*", 2137),
    (r"[0-9]+_", 2141),
    (r"[0-9]+_(?![0-9]).*", 2144),
    (r"[0-9]+\+", 2146),
    (r"[0-9]+\+(?![0-9]).*", 2149),
    (r"[0-9]+([_+][0-9]+)?[^0-9._+].*", 2140),
    (r"[0-9]+([_+][0-9]+)?\.", 2150),
    (r"[0-9]+([_+][0-9]+)?\.[0-9]+\+[^0-9].*", 2154),
)
"""What is wrong with an id that looks so: the number of Slurm's error."""
_ID: Final = re.compile(
    r"([0-9]+)(?:_([0-9]+)|\+([0-9]+))?(\.(?:([0-9]+)(?:\+[0-9]*)?|batch|extern|interactive|TBD))?",
    re.IGNORECASE,
)
_SLUID: Final = re.compile(r"s[0-9A-HJKMNP-TV-Z]{13}(\.\w+)?")


class Which(msgspec.Struct, frozen=True):
    """The steps to show.

    `asked`: what the server is asked for, a job's number or SLUID; "" for all jobs.  `job` is that number, `part` of a
    het job; `step` the part of a step's id behind the dot, None for all.
    """

    asked: str = ""
    job: int = 0
    task: int | None = None
    part: int | None = None
    step: str | None = None

    @property
    def text(self) -> str:
        """As in `Job step 12_3.0 not found`."""
        task = "" if self.task is None else f"_{self.task}"
        return f"{self.job}{task}.{self.step or ''}"


class BadId(ValueError):
    """An id that cannot be read; `number` is that of Slurm's error."""

    def __init__(self, number: int) -> None:
        self.number = number


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the entity's name, and the id if there is one."""
    word = args[1] if len(args) > 1 else None
    try:
        which = parse(word, ctx.release)
        jobs = _jobs(ctx, which)
        found = [step for step in steps.running(ctx.client) if _is_wanted(step, which, jobs, ctx.release)]
        steps.tell_numbers(ctx.client, found)
    except BadId as bad:
        return _refuse(ctx, switches, word, ctx.client.slurm_error(bad.number))
    except RestError as error:
        return _refuse(ctx, switches, word, error)
    heading(ctx, switches, int(ctx.clock()), len(found))
    style = ctx.environ.get("SLURM_TIME_FORMAT", "")
    view = View(ctx.release, ctx.clock(), one_line=switches.one_line, style=style)
    lines = for_release(LINES, ctx.release)
    for step in found:
        ctx.out(report(lines, step, view, one_line=switches.one_line))
    if found or not which.asked:
        return 0
    if not switches.quiet:
        ctx.out(f"Job step {which.text} not found\n")
    return 1


def _refuse(ctx: Context, switches: Switches, word: str | None, error: RestError) -> int:
    if not switches.quiet:
        prefix = "slurm_get_job_steps error: "
        if ctx.release >= CHECKED_SINCE:
            prefix = f"{ctx.prog}: error: scontrol_print_step: slurm_get_job_steps({word or ''}) failed: "
        ctx.rest_error(prefix, error)
    return 1


def parse(word: str | None, release: tuple[int, int]) -> Which:
    """What an id asks for, as that release reads it; BadId if it cannot."""
    if word is None:
        return Which()
    if release < CHECKED_SINCE:
        return _loose(word)
    if release >= SLUIDS_SINCE and word.startswith("s"):
        if not _SLUID.fullmatch(word):
            raise BadId(2185)
        sluid, _, step = word.partition(".")
        return Which(asked=sluid, step=step or None)
    for pattern, error in _TELLS:
        if re.fullmatch(pattern, word, re.DOTALL):
            raise BadId(error)
    job = re.match("[0-9]+", word)
    if job and int(job[0]) >= _HIGHEST_JOB:
        raise BadId(2139)
    found = _ID.fullmatch(word)
    if not found:
        raise BadId(2153)
    if found[5] and int(found[5]) >= _HIGHEST:
        raise BadId(2152)
    step = found[5] or (found[4] or ".")[1:].lower()
    task, part = (int(text) if text else None for text in found.group(2, 3))
    return Which(found[1], int(found[1]), task, part, step or None)


def _loose(word: str) -> Which:
    found = re.match(r"\s*\+?([0-9]*)(_([0-9]*))?(\.\s*([0-9]*))?", word)
    job = int(found[1] or 0) & 0xFFFFFFFF if found else 0
    if not found or not job:
        return Which()
    if found[2]:
        return Which(str(job), job, int(found[3] or 0))
    return Which(str(job), job, step=str(int(found[5] or 0) & 0xFFFFFFFF) if found[4] else None)


def _jobs(ctx: Context, which: Which) -> set[int | None]:
    """The numbers of the jobs asked for (for all, none are looked up); RestError if there is no such job."""
    if not which.asked:
        return set()
    record = narrow(Job, frozenset({"job_id", "het_job_id", "het_job_offset"}))
    found = endpoints.job(ctx.client, which.asked, record)
    parts = {number(job.het_job_offset): job.job_id for job in found if number(job.het_job_id)}
    if which.part is None or not parts:  # of what is no het job the part does not count
        return {job.job_id for job in found}
    return {parts[which.part]} if which.part in parts else set()


def _is_wanted(step: RunningStep, which: Which, jobs: set[int | None], release: tuple[int, int]) -> bool:
    if not which.asked:
        return release >= CHECKED_SINCE or not step.leader
    if which.step is not None and (which.task is not None or which.step != step.id.rpartition(".")[2]):
        return False
    if which.task is not None and which.task != step.task:
        return False
    return step.number in jobs or step.leader in jobs
