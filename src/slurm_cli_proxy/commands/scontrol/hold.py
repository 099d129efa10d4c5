"""`scontrol hold`, `uhold` (also called `holdu`) and `release`: by ids, or by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol import joblist
from slurm_cli_proxy.commands.scontrol.change import Record, Result, change, look_up, report
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.number import number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

NO_SPACE_SINCE: Final = (26, 5)

BY_NAME: Final = ("name=", "jobname=")
BY_ID: Final = ("jobid=", "job=")


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
    """One argument of the verb.  `last` is the outcome of the job tried last, which the closing line is about."""

    def __init__(self, ctx: Context, switches: Switches, held: bool, as_user: bool) -> None:
        self.ctx = ctx
        self.quiet = switches.quiet
        self.wanted = {"hold": held}
        self.as_user = as_user
        self.known: list[Job] | None = None
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
                return [name_of(job) for job in self.known if (job.name or "") == name]
        for prefix in BY_ID:
            if lower.startswith(prefix):
                argument = argument[len(prefix) :]
                break
        found = joblist.ids(argument)
        if found is None:
            self.note(argument, Result(self.ctx.client.slurm_error(2017)))
            return []
        return found

    def one(self, job_id: str) -> None:
        """Change one job."""
        if self.as_user and not self.permits_user_hold(job_id):
            return
        self.note(job_id, change(self.ctx, job_id, self.wanted, self.known))

    def note(self, job_id: str, result: Result) -> None:
        """Keep what became of a job, and say what went wrong."""
        self.last = result.error
        self.failed = self.failed or result.error is not None
        self.said = self.said or result.failed
        if result.apart or not self.quiet:
            report(self.ctx, job_id, result, successes=True)

    def permits_user_hold(self, job_id: str) -> bool:
        """Whether a hold by this user is a user's hold: the API cannot place one on another's job.

        Who may not change the job at all is told so by the controller, asked for no change.
        """
        try:
            jobs = look_up(self.ctx, job_id.partition("_")[0].partition("+")[0])
        except RestError:
            return True  # the attempt itself will tell
        if all(job.user_name == self.ctx.user or number(job.user_id) == 0 for job in jobs):
            return True
        result = change(self.ctx, job_id, {})
        if result.failed:
            self.note(job_id, result)
        else:
            self.ctx.error(f"{job_id}: this server's REST API cannot place a user hold on another user's job")
            self.said = True
        return False

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
    """The id under which the native command holds a job that it found by name."""
    if not job.array_leader:
        return str(job.job_id)
    tasks = job.task_set.partition("%")[0]
    return f"{job.array_leader}_{tasks or job.array_task}"
