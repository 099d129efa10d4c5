"""`scontrol hold`, `uhold` (also called `holdu`) and `release`: by ids, or by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from slurm_cli_proxy.commands.scontrol import joblist
from slurm_cli_proxy.commands.scontrol.change import FINISHED, Record, Result, change, look_up, report
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.number import number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

NO_SPACE_SINCE: Final = (26, 5)

HELD_BY_ADMIN: Final = "JobHeldAdmin"
CANNOT: Final = "this server's REST API cannot place a user hold on another user's job"
OVER_ADMIN: Final = " that an administrator holds"

BY_NAME: Final = ("name=", "jobname=")


def hold(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Keep jobs from starting, as the user or (for an administrator) as the administrator."""
    return _each(ctx, args, switches, held=True)


def user_hold(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Keep jobs from starting until their owner lets them."""
    return _each(ctx, args, switches, held=True, as_user=True)


def release(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Let held jobs start."""
    return _each(ctx, args, switches, held=False)


def _each(ctx: Context, args: Sequence[str], switches: Switches, *, held: bool, as_user: bool = False) -> int:
    status = 0
    for argument in args:
        work = _Work(ctx, switches, held, as_user)
        try:
            work.do(argument)
        except RestError as error:
            work.failed, work.last = True, error
            work.unexplained = error.detail
        if work.failed:
            status = 1
            work.complain()
        elif work.said:
            status = 1
    return status


class _Work:
    """One argument of the verb.

    `last` is the outcome of the job tried last, which the closing line is about; `over` has ids of the user's own
    jobs that have ended, of which it is known what the controller would say.
    """

    def __init__(self, ctx: Context, switches: Switches, held: bool, as_user: bool) -> None:
        self.ctx = ctx
        self.quiet = switches.quiet
        self.wanted: dict[str, Any] = {"hold": held}
        self.as_user = as_user
        self.known: list[Job] | None = None
        self.over: set[str] = set()
        self.failed = False
        self.said = False
        self.last: RestError | None = None
        self.unexplained: str | None = None

    def do(self, argument: str) -> None:
        """Change every job the argument names."""
        for job_id in self.targets(argument):
            self.one(job_id)

    def targets(self, argument: str) -> list[str]:
        """The ids of jobs in the controller's terms; RestError if the jobs cannot be listed."""
        lower = argument.lower()
        for prefix in BY_NAME:
            if lower.startswith(prefix):
                name = argument[len(prefix) :]
                self.known = endpoints.jobs(self.ctx.client, Record)
                mine = {
                    text: job for job in self.known if (job.name or "") == name and (text := name_of(job))
                }
                # Natively one that does not wait is a failure, though it is held; not so a task of an array.
                self.failed = any(not job.pending and job.array_task is None for job in mine.values())
                self.over = {
                    text
                    for text, job in mine.items()
                    if job.finished and not job.array_leader and job.user_name == self.ctx.user
                }
                return list(mine)
        argument = joblist.without_key(argument)
        found = joblist.ids(argument)
        if found is None:
            self.note(argument, Result(self.ctx.client.slurm_error(2017)))
            return []
        return found

    def one(self, job_id: str) -> None:
        """Change one job."""
        if job_id in self.over:
            self.note(job_id, Result(self.ctx.client.slurm_error(FINISHED)))
            return
        wanted = self.wanted
        jobs = self.others(job_id) if self.as_user else []
        if jobs:
            result = change(self.ctx, job_id, {})  # who may not change the job at all is told so
            if result.failed:
                self.note(job_id, result)
                return
            held = any(job.state_reason == HELD_BY_ADMIN for job in jobs)
            if held or not endpoints.offers(self.ctx.client, "on_behalf"):
                self.ctx.error(f"{job_id}: {CANNOT}{OVER_ADMIN if held else ''}")
                self.said = True
                return
            wanted = {**wanted, "user_id": str(number(jobs[0].user_id))}
        self.note(job_id, change(self.ctx, job_id, wanted, self.known))

    def note(self, job_id: str, result: Result) -> None:
        """Keep what became of a job, and say what went wrong."""
        self.last = result.error
        self.failed = self.failed or result.error is not None
        self.said = self.said or result.failed
        if result.apart or not self.quiet:
            report(self.ctx, job_id, result, successes=True)

    def others(self, job_id: str) -> list[Job]:
        """The records of a job that is another user's; none of the user's own, or where nobody knows it.

        A hold is a user's hold if the job's owner places it, or somebody on the owner's behalf.
        """
        try:
            jobs = look_up(self.ctx, job_id.partition("_")[0].partition("+")[0])
        except RestError:
            return []  # the attempt will tell
        return [job for job in jobs if job.user_name != self.ctx.user and number(job.user_id)]

    def complain(self) -> None:
        """The closing line, about the job tried last (which may have gone well)."""
        if self.quiet:
            return
        text = self.last.text if self.last else "No error"
        if self.ctx.release >= NO_SPACE_SINCE:
            self.ctx.err(f"slurm_suspend error:{text}\n" if self.last else "slurm_suspend error\n")
        else:
            self.ctx.err(f"slurm_suspend error: {text}\n")
        if self.unexplained:
            self.ctx.err(f"{self.ctx.prog}: {self.unexplained}\n")


def name_of(job: Job) -> str:
    """The id under which the native command holds a job that it found by name; "" for an array without tasks.

    What is left of an array when its last tasks were cancelled has none; native says nothing of it.
    """
    if not job.array_leader:
        return str(job.job_id)
    tasks = job.task_set.partition("%")[0] or job.array_task
    return "" if tasks is None else f"{job.array_leader}_{tasks}"
