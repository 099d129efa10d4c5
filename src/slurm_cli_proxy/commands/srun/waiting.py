"""From the request to a running job, and what srun says meanwhile."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands import leaving_out
from slurm_cli_proxy.commands.refusal import refused
from slurm_cli_proxy.commands.salloc.allocate import ENDED, TELLS_ID_SINCE, cancel
from slurm_cli_proxy.commands.salloc.signals import next_signal
from slurm_cli_proxy.commands.srun.folder import SharedFolder
from slurm_cli_proxy.commands.submitting import Refused, plugin_words
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import endpoints, slurm_errors
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.request import Request

_FIRST_PAUSE: Final = 0.05
_LONGEST_PAUSE: Final = 3.0
_NO_SUCH_JOB: Final = 2017
_GONE: Final = 2021
_FORCED_FIRST_SINCE: Final = (23, 2)
_READY_TOLD_SINCE: Final = (23, 2)
_TOLD_AFTER: Final = 1.0
"""A job that could start at once is pending for a moment, too, until the scheduler has looked at it."""

_WORDS: Final = {"PartitionDown": 2101, "JobHeldUser": 2107, "JobHeldAdmin": 2107, "PartitionNodeLimit": 2015}
"""Reasons for waiting that native srun tells of: Slurm's error number."""
_BESIDE: Final = (2015, 2101)
_AT_ONCE: Final = frozenset({*_WORDS, "BeginTime", "Dependency"})
_HELD: Final = "Job is in held state, pending scheduler release"


class CarrierJob(msgspec.Struct):
    """What is to be known of the job."""

    job_state: list[str] | str | None = None
    state_reason: str | None = None
    nodes: str | None = None

    @property
    def states(self) -> frozenset[str]:
        """The state, and the flags beside it."""
        return frozenset([self.job_state] if isinstance(self.job_state, str) else self.job_state or ())


def submit(
    ctx: Context, requests: Sequence[Request], script: str, jobs: Sequence[dict[str, Any]]
) -> endpoints.Submitted:
    """The job is queued; Refused if it was not."""
    carried = list(jobs)
    try:
        return leaving_out.send(
            ctx, requests, carried, lambda: endpoints.submit(ctx.client, script, *carried)
        )
    except RestError as error:
        raise refused(ctx, requests, error, "Unable to allocate resources: ") from None


class Waiting:
    """A job that is queued, or runs."""

    def __init__(
        self,
        ctx: Context,
        requests: Sequence[Request],
        answer: endpoints.Submitted,
        shared: SharedFolder,
        *,
        silent: bool = False,
    ) -> None:
        request = requests[-1]  # which knows all that concerns the job as a whole
        self.job_id = answer.job_id or 0
        self._ctx = ctx
        self._answer = answer
        self._shared = shared
        self._silent = silent or bool(request.get("quiet"))
        self._heterogeneous = len(requests) > 1
        self._verbose = bool(request.get("verbose"))
        self._patience: int = request.get("immediate", 0)
        for line in plugin_words(answer.job_submit_user_msg):
            self._say(line)
        if self._verbose and ctx.release >= TELLS_ID_SINCE and not self._heterogeneous:
            self._say(f"JobId={self.job_id} returned by the controller")

    def _say(self, words: str) -> None:
        if not self._silent:
            self._ctx.err(f"{self._ctx.prog}: {words}\n")

    def until_it_runs(self) -> None:
        """Refused if it never will; RestError if it cannot be asked."""
        began = time.monotonic()
        pause = _FIRST_PAUSE
        told = False
        job: CarrierJob | None = None
        while not self._shared.has("started"):
            job = self.look() or job
            if job is not None and job.states & ENDED and not self._shared.has("started"):
                raise self._ended(job, told=told)
            waited = time.monotonic() - began
            if job is not None and "PENDING" in job.states and not told and self._waits(job, waited):
                told = True
                self._queued(job)
            if self._patience and told and waited >= self._patience:
                self._give_up()
            number = next_signal(pause)
            if number is not None and number != signal.SIGCHLD:
                self._revoke(number)
            pause = min(pause * 1.3, _LONGEST_PAUSE)
        if told:
            self._say(f"job {self.job_id} has been allocated resources")
        if self._verbose and self._ctx.release >= _READY_TOLD_SINCE:
            for component in self._components():
                self._say(f"Nodes {component.nodes} are ready for job")

    def look(self) -> CarrierJob | None:
        """The job (its first component); None when it cannot be asked just now."""
        return next(iter(self._components()), None)

    def _components(self) -> list[CarrierJob]:
        try:
            return endpoints.job(self._ctx.client, str(self.job_id), CarrierJob)
        except RestError as error:
            if error.number == _NO_SUCH_JOB:
                return [CarrierJob(job_state="COMPLETED")]
            if error.detail is not None:
                return []
            raise

    def _waits(self, job: CarrierJob, waited: float) -> bool:
        """Whether the job has to wait, and is not merely new."""
        if self._heterogeneous or job.state_reason in _AT_ONCE:
            return True
        return waited >= _TOLD_AFTER and job.state_reason not in (None, "", "None")

    def _queued(self, job: CarrierJob) -> None:
        for words in self._why(job) if not self._heterogeneous else ():
            self._say(words)
        if self._patience != 1:
            self._say(f"job {self.job_id} queued and waiting for resources")

    def _why(self, job: CarrierJob) -> list[str]:
        release = self._ctx.release
        number = _WORDS.get(job.state_reason or "", 0)
        if number == _WORDS["JobHeldUser"]:
            return [_HELD]
        if number:
            return [slurm_errors.text(number, release)]
        known = {slurm_errors.text(each, release) for each in _BESIDE}
        return [
            warning.description for warning in self._answer.warnings or () if warning.description in known
        ][:1]

    def _give_up(self) -> None:
        """`--immediate`: the resources were not there in time."""
        cancel(self._ctx, self.job_id)
        self._ctx.error("Unable to allocate resources: Requested nodes are busy")
        number, _ = leading(self._ctx.environ.get("SLURM_EXIT_IMMEDIATE", ""))
        raise Refused(number & 0xFF or None)

    def _revoke(self, number: int) -> None:
        cancel(self._ctx, self.job_id)
        words = [f"Job allocation {self.job_id} has been revoked"]
        if number != signal.SIGHUP:
            words.insert(self._ctx.release < _FORCED_FIRST_SINCE, f"Force Terminated JobId={self.job_id}")
        for word in words:
            self._say(word)
        raise Refused(1)

    def _ended(self, job: CarrierJob, *, told: bool) -> Refused:
        if "CANCELLED" in job.states and told:
            self._say("Job has been cancelled")
            self._ctx.error(f"Unable to allocate resources: {slurm_errors.text(_GONE, self._ctx.release)}")
            return Refused()
        if "CANCELLED" in job.states:
            self._say(f"Job allocation {self.job_id} has been revoked")
            return Refused(1)
        state = ", ".join(sorted(job.states))
        self._ctx.error(
            f"job {self.job_id} ended ({state}) before it could write into {self._shared.path}:"
            " is srun_folder shared with the cluster's nodes?"
        )
        return Refused(1)


def leading(text: str) -> tuple[int, str]:
    """The number at the beginning of a text."""
    from slurm_cli_proxy.options.values import leading_number

    return leading_number(text)
