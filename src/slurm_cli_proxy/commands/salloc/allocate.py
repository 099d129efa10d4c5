"""From the request to a granted allocation.

`POST /job/allocate` answers when the allocation is granted, and one of slurmrestd's few threads waits until then: some
pending allocations, and a server answers nobody any more (seen with 3 on a machine of 2 CPUs with 26.05, with 20 on
24.11). So it is only asked for what can be had at once (`immediate`). What has to wait is queued as a job whose script
merely sleeps: that answers at once with the job's id, and becomes an allocation like the other, with a batch step that
does nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands import leaving_out
from slurm_cli_proxy.commands.salloc.signals import next_signal
from slurm_cli_proxy.commands.salloc.watcher import Watcher
from slurm_cli_proxy.commands.submitting import Refused, plugin_words
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import endpoints, slurm_errors
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.request import Request

_PLACEHOLDER: Final = (
    "#!/bin/sh\n# Holds the allocation of an salloc that runs elsewhere; it is cancelled when that ends.\n"
    "exec sleep 2147483647\n"
)
_CARRIED: Final[dict[str, Any]] = {
    **dict.fromkeys(("standard_input", "standard_output", "standard_error"), "/dev/null"),
    "requeue": False,  # a second life would find nobody here
    "environment": ["PATH=/usr/local/bin:/usr/bin:/bin"],
}
_FIRST_PAUSE: Final = 0.2
_LONGEST_PAUSE: Final = 5.0
_GONE: Final = (
    2021  # "Job/step already completing or completed", which native gets for a job cancelled meanwhile
)
_NO_SUCH_JOB: Final = 2017
_NOT_AT_ONCE: Final = 2078
ENDED: Final = frozenset(
    {
        "COMPLETED", "CANCELLED", "FAILED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "BOOT_FAIL", "DEADLINE",
        "OUT_OF_MEMORY", "COMPLETING",
    }
)  # fmt: skip

_WORDS: Final = {"PartitionDown": 2101, "JobHeldUser": 2107, "JobHeldAdmin": 2107, "PartitionNodeLimit": 2015}
"""Reasons for waiting that native salloc tells of when it is told that its job waits: Slurm's error number."""
_TOLD: Final = (2101, 2015)

TELLS_ID_SINCE: Final = (25, 5)


class AllocatedJob(msgspec.Struct):
    """What is to be known of a job while it waits, and when it runs."""

    job_id: int | None = None
    job_state: list[str] | str | None = None
    state_reason: str | None = None
    account: str | None = None
    partition: str | None = None
    qos: str | None = None
    nodes: str | None = None
    cluster: str | None = None
    job_resources: Any = None

    @property
    def states(self) -> frozenset[str]:
        """The state, and the flags beside it."""
        return frozenset([self.job_state] if isinstance(self.job_state, str) else self.job_state or ())


def ask(ctx: Context, job_id: int) -> list[AllocatedJob]:
    """The job as it is now, component by component; RestError."""
    return endpoints.job(ctx.client, str(job_id), AllocatedJob, flags=["DETAIL"])


def cancel(ctx: Context, job_id: int) -> bool:
    """Release the allocation, or take it out of the queue; False where that failed, and was told."""
    try:
        endpoints.kill_jobs(ctx.client, [str(job_id)])
    except RestError as error:
        if error.detail is None:  # the controller's word: it has ended already
            return True
        ctx.rest_error(f"{ctx.prog}: error: Unable to clean up job allocation {job_id}: ", error)
        return False
    return True


_COUNTS: Final = ("maximum_nodes", "nodes", "tasks")


def _of_no_node(job: dict[str, Any]) -> dict[str, Any]:
    """The job; of one from no node on only that is told: with other counts the queue would make a job of it."""
    if job.get("minimum_nodes") != 0:
        return job
    return {name: value for name, value in job.items() if name not in _COUNTS}


Release = Callable[[int], None]
"""How a job is given back."""


class Allocator:
    """Obtains the allocation of one request, or of all those of a heterogeneous job."""

    def __init__(
        self,
        ctx: Context,
        requests: Sequence[Request],
        jobs: Sequence[dict[str, Any]],
        watcher: Watcher | None,
        release: Release,
    ) -> None:
        self._ctx = ctx
        self._requests = requests
        self._request = request = requests[-1]  # which knows all that concerns the job as a whole
        self._jobs = [_of_no_node(job) for job in jobs]
        self._watcher = watcher
        self._release = release
        self._quiet = bool(request.get("quiet"))

    def obtain(self) -> list[AllocatedJob]:
        """The job's components, running; Refused when there is none, and it has been told why."""
        patience = self._request.get("immediate", 0)
        began = time.monotonic()
        if len(self._jobs) > 1 and patience == 1:  # components never start at once
            self._ctx.error(
                f"Job submit/allocate failed: {slurm_errors.text(_NOT_AT_ONCE, self._ctx.release)}"
            )
            raise Refused
        if (patience == 1 and not self._nowhere()) or not self._must_wait():
            try:
                answer = self._allocate()
            except RestError as error:
                if patience == 1 or error.detail is not None:
                    raise self._refused(error) from None
            else:
                job_id = answer.job_id or 0
                self._user_message(answer.job_submit_user_msg)
                self._guard(job_id)
                jobs = ask(self._ctx, job_id)
                if "PENDING" not in jobs[0].states:
                    return self._ready(job_id, jobs)
                if patience == 1:
                    raise self._granted_nothing(job_id)
                return self._wait(job_id, answer, began + patience if patience else None)
        answer = self._queue()
        job_id = answer.job_id or 0
        self._user_message(answer.job_submit_user_msg)
        self._guard(job_id)
        return self._wait(job_id, answer, began + patience if patience > 1 else None)

    def _must_wait(self) -> bool:
        """Whether it cannot start at once, so that the queue is all there is to ask for."""
        request = self._request
        later = "begin" in request and request["begin"] > self._ctx.server_clock()
        return len(self._jobs) > 1 or bool(self._jobs[0].get("hold")) or self._nowhere() or later

    def _nowhere(self) -> bool:
        """Whether no node would do, which `/job/allocate` takes for one; the queue gives native's answer."""
        return self._jobs[0].get("minimum_nodes") == 0

    def _say(self, words: str) -> None:
        if not self._quiet:
            self._ctx.err(f"{self._ctx.prog}: {words}\n")

    def _guard(self, job_id: int) -> None:
        if self._watcher is not None:
            self._watcher.guard(job_id)
        if self._request.get("verbose") and self._ctx.release >= TELLS_ID_SINCE and len(self._jobs) == 1:
            self._say(f"JobId={job_id} returned by the controller")

    def _user_message(self, text: str | None) -> None:
        for line in plugin_words(text):
            self._say(line)

    def _allocate(self) -> endpoints.Submitted:
        def ask() -> endpoints.Submitted:
            fields = {name: value for name, value in self._jobs[0].items() if name != "script"}
            return endpoints.allocate(self._ctx.client, fields | {"immediate": True})

        return leaving_out.send(self._ctx, self._requests, self._jobs, ask)

    def _queue(self) -> endpoints.Submitted:
        def ask() -> endpoints.Submitted:
            jobs = [job | _CARRIED for job in self._jobs]
            return endpoints.submit(self._ctx.client, _PLACEHOLDER, *jobs)

        try:
            return leaving_out.send(self._ctx, self._requests, self._jobs, ask)
        except RestError as error:
            raise self._refused(error) from None

    def _refused(self, error: RestError) -> Refused:
        from slurm_cli_proxy.commands.refusal import refused

        return refused(self._ctx, self._requests, error, "Job submit/allocate failed: ")

    def _immediate_status(self) -> int:
        """Of an allocation that did not come in time: SLURM_EXIT_IMMEDIATE, or 1."""
        from slurm_cli_proxy.options.values import leading_number

        number, _ = leading_number(self._ctx.environ.get("SLURM_EXIT_IMMEDIATE", ""))
        return number & 0xFF or 1

    # Waiting

    def _wait(self, job_id: int, answer: endpoints.Submitted, until: float | None) -> list[AllocatedJob]:
        jobs = self._look(job_id)
        if not jobs or "RUNNING" not in jobs[0].states or len(self._jobs) > 1:
            for words in self._why(answer, jobs) if len(self._jobs) == 1 else ():
                self._say(words)
            self._say(f"Pending job allocation {job_id}")
            self._say(f"job {job_id} queued and waiting for resources")
            jobs = self._until_it_runs(job_id, jobs, until)
            self._say(f"job {job_id} has been allocated resources")
        return self._ready(job_id, jobs)

    def _until_it_runs(
        self, job_id: int, jobs: list[AllocatedJob], until: float | None
    ) -> list[AllocatedJob]:
        pause = _FIRST_PAUSE
        while not jobs or not all(job.states & {"RUNNING", "SUSPENDED"} for job in jobs):
            if any(job.states & ENDED for job in jobs):
                raise self._cancelled(job_id)
            if until is not None and time.monotonic() >= until:
                self._release(job_id)
                self._ctx.error("Unable to allocate resources: Connection timed out")
                raise Refused(self._immediate_status())
            left = pause if until is None else min(pause, until - time.monotonic())
            if next_signal(left) is not None:
                self._release(job_id)
                self._say(f"Job allocation {job_id} has been revoked.")
                self._say("Job aborted due to signal")
                raise Refused
            pause = min(pause * 1.3, _LONGEST_PAUSE)
            try:
                jobs = self._look(job_id)
            except RestError as error:
                if error.number == _NO_SUCH_JOB:
                    raise self._cancelled(job_id) from None
                raise
        return jobs

    def _look(self, job_id: int) -> list[AllocatedJob]:
        """The job's components; none when the server cannot be asked just now."""
        try:
            return ask(self._ctx, job_id)
        except RestError as error:
            if error.detail is not None:
                return []
            raise

    def _why(self, answer: endpoints.Submitted, jobs: list[AllocatedJob]) -> list[str]:
        """Why the job waits, where native tells it: in the answer's warnings, or by the job's reason."""
        release = self._ctx.release
        number = _WORDS.get(jobs[0].state_reason or "", 0) if jobs else 0
        if number == _WORDS["JobHeldUser"]:
            return ["Job is in held state, pending scheduler release"]
        if number:
            return [slurm_errors.text(number, release)]
        told = {slurm_errors.text(each, release) for each in _TOLD}
        return [warning.description for warning in answer.warnings or () if warning.description in told][:1]

    def _cancelled(self, job_id: int) -> Refused:
        self._say(f"Job allocation {job_id} has been revoked.")
        self._say("Job has been cancelled")
        self._ctx.error(f"Job submit/allocate failed: {slurm_errors.text(_GONE, self._ctx.release)}")
        return Refused()

    def _granted_nothing(self, job_id: int) -> Refused:
        """What its partition's limits forbid is not refused, though it was to start at once."""
        self._say(f"Granted job allocation {job_id}")
        self._ctx.error(f"Job allocation {job_id} has been revoked")
        self._say(f"Relinquishing job allocation {job_id}")
        self._release(job_id)
        return Refused(1)

    def _ready(self, job_id: int, jobs: list[AllocatedJob]) -> list[AllocatedJob]:
        """Wait until the nodes are booted and prepared."""
        self._say(f"Granted job allocation {job_id}")
        pause = _FIRST_PAUSE
        told = False
        while any("CONFIGURING" in job.states for job in jobs):
            if not told:
                self._say("Waiting for resource configuration")
            told = True
            if next_signal(pause) is not None:
                self._release(job_id)
                self._say(f"Job allocation {job_id} has been revoked.")
                raise Refused
            pause = min(pause * 1.3, _LONGEST_PAUSE)
            jobs = self._look(job_id) or jobs
        if any(job.states & ENDED for job in jobs):
            self._say(f"Job allocation {job_id} has been revoked.")
            raise Refused
        for job in jobs:
            self._say(f"Nodes {job.nodes} are ready for job")
        return jobs
