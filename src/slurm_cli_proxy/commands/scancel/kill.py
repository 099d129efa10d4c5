"""Signalling: what is sent, and what became of it.

From v0.0.40 on the controller takes any number of ids, and flags, in one request (`DELETE /jobs/`), which does what
the native command's request for each job does.  v0.0.38 signals one job at a time, and always the batch shell with
its children and all steps, as `--full` does; what needs less than that cannot be sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from slurm_cli_proxy.commands.scancel.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation.jobid import NO_TASK, JobId, JobIdError, format_id, parse
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.endpoints import Killed
from slurm_cli_proxy.rest.errors import RestError

ACCESS_DENIED: Final = 2002
INVALID_JOB_ID: Final = 2017
TRANSITION: Final = 2020
ALREADY_DONE: Final = 2021
NOT_HET_JOB: Final = 2106
NOT_WHOLE_HET_JOB: Final = 2108
QUIET: Final = (INVALID_JOB_ID, ALREADY_DONE)
"""Not worth a word without `--verbose`, and no failure where the job was to end."""

UNREADABLE: Final = range(2136, 2149)
"""What is wrong with an id, as a set of tasks beyond the cluster's MaxArraySize; no job of the request is signalled."""

SIGKILL: Final = 9


def flags(settings: Settings) -> list[str]:
    """The flags of the request that the options stand for."""
    chosen = (
        ("BATCH_JOB", settings.batch),
        ("FULL_JOB", settings.full),
        ("HURRY", settings.hurry),
        ("CRON_JOBS", settings.cron),
    )
    return [name for name, wanted in chosen if wanted]


def signal_text(settings: Settings) -> str:
    """The signal as it is sent; "" where the job is to end."""
    return str(settings.signal) if settings.signal else ""


def send(client: Client, ids: Sequence[JobId], settings: Settings, **filters: Any) -> list[int]:
    """Signal jobs in one request; Slurm's error number for each id, 0 for success.  RestError when none was sent."""
    wire = [format_id(_whole(one)) for one in ids]
    told = [*flags(settings), "VERBOSE"]  # so that what went well is known, too
    try:
        statuses = endpoints.kill_jobs(client, wire, signal=signal_text(settings), flags=told, **filters)
    except RestError as error:
        if error.number not in UNREADABLE:
            raise
        if len(ids) == 1:
            return [INVALID_JOB_ID]
        half = len(ids) // 2
        return [code for part in (ids[:half], ids[half:]) for code in send(client, part, settings, **filters)]
    return outcomes(ids, statuses)


def send_one(client: Client, one: JobId, settings: Settings) -> int:
    """Signal one job where there is no request for many; see `send`."""
    signal = signal_text(settings) if settings.signal != SIGKILL else ""
    return code(endpoints.kill_jobs(client, [format_id(one)], signal=signal)[0])


def refusal_of_part(client: Client, part: JobId) -> int:
    """Why a part of a heterogeneous job that has not begun cannot be ended: it never can, but permission comes first.

    A signal that does nothing to a waiting job tells whether the user may.
    """
    (status,) = endpoints.kill_jobs(client, [format_id(part)], signal="CONT", flags=["VERBOSE"]) or [Killed()]
    return ACCESS_DENIED if code(status) == ACCESS_DENIED else NOT_WHOLE_HET_JOB


def _whole(one: JobId) -> JobId:
    """`12_*` as `12`, which is the same and what this request understands."""
    return JobId(one.job) if one.tasks == "*" else one


def impossible(one: JobId) -> bool:
    """Whether no job has such an id, ever; the controller takes some of these numbers for something else."""
    return not 0 < one.job < endpoints.NO_JOB or names_no_task(one)


def names_no_task(one: JobId) -> bool:
    """Whether it names a task by a number that no task has."""
    return any(task >= NO_TASK for task in one.task_ids() or ())


def code(killed: Killed) -> int:
    """The error number of an entry of the answer."""
    return killed.error.code or 0


def outcomes(ids: Sequence[JobId], statuses: Iterable[Killed]) -> list[int]:
    """The error number for each id, from an answer that lists jobs and tasks one by one."""
    by_job: dict[int, list[tuple[JobId | None, int]]] = {}
    for status in statuses:
        try:
            told = parse(status.step_id or "")
        except JobIdError:
            told = None
        numbers = {told.job if told else 0, status.number} - {0}
        for number in numbers:
            by_job.setdefault(number, []).append((told, code(status)))
    return [_outcome(one, by_job.get(one.job, ())) for one in ids]


def _outcome(one: JobId, statuses: Iterable[tuple[JobId | None, int]]) -> int:
    wanted = one.task_ids()
    codes = []
    for told, number in statuses:
        if told is None or _same_part(one, wanted, told):
            codes.append(number)
    whole = wanted is None and one.het is None
    if not codes or (whole and 0 in codes):
        return 0  # what had ended before does not matter then
    return ACCESS_DENIED if ACCESS_DENIED in codes else max(codes)


def _same_part(one: JobId, wanted: Sequence[int] | None, told: JobId) -> bool:
    if one.het is not None:
        return (told.het or 0) == one.het
    if wanted is None:
        return True
    tasks = told.task_ids()
    return tasks is None or not set(tasks).isdisjoint(wanted)


class Tally:
    """The words about each job, and the exit status that they come to."""

    def __init__(self, ctx: Context, settings: Settings) -> None:
        self.ctx = ctx
        self.settings = settings
        self.worst = 0
        self.explained = ""

    @property
    def status(self) -> int:
        """The exit status: the largest error number, as much of it as a status holds."""
        return self.worst & 0xFF

    def announce(self, text: str) -> None:
        """With `-v`: that a job is about to be signalled."""
        settings = self.settings
        if settings.verbose > 0:
            kind = "full " if settings.full else "batch " if settings.batch else ""
            doing = f"Signal {settings.signal} to" if settings.signal else "Terminating"
            self.ctx.err(f"{self.ctx.prog}: {doing} {kind}job {text}\n")

    def report(self, text: str, number: int, reason: str = "") -> None:
        """What became of a job, where it is worth a word; `reason` is better than the error number's text."""
        if number and (self.settings.verbose > 0 or number not in QUIET):
            self.say(text, reason or self.ctx.client.slurm_error(number).text)
        if number in QUIET and self.settings.signal in (0, SIGKILL):
            number = 0
        self.worst = max(self.worst, number)

    def say(self, text: str, reason: str, what: str = "job") -> None:
        """The line about a job (or a job step) that could not be signalled."""
        self.ctx.error(f"Kill job error on {what} id {text}: {reason}")

    def failed(self, texts: Iterable[str], error: RestError) -> None:
        """The request itself failed: so did each of its jobs."""
        for text in texts:
            self.say(text, error.text)
        if error.detail and error.detail != self.explained:
            self.explained = error.detail
            self.ctx.err(f"{self.ctx.prog}: {error.detail}\n")
        self.worst = max(self.worst, error.number or 1)
