"""`--wait`: ask until the job (every task of an array) has ended; then exit as it did."""

from __future__ import annotations

import time
from typing import Final

import msgspec

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.number import Number, number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

_FIRST_PAUSE: Final = 0.5
_LONGEST_PAUSE: Final = 30.0
_NO_SUCH_JOB: Final = 2017
_ENDED: Final = frozenset(
    {
        "COMPLETED", "CANCELLED", "FAILED", "TIMEOUT", "NODE_FAIL", "PREEMPTED", "BOOT_FAIL", "DEADLINE",
        "OUT_OF_MEMORY",
    }
)  # fmt: skip
_NOT_YET: Final = frozenset({"COMPLETING", "REQUEUED", "REQUEUE_HOLD", "SPECIAL_EXIT"})


class _Signal(msgspec.Struct):
    """A signal's number; v0.0.39 calls it `signal_id`."""

    id: Number = None
    signal_id: Number = None


class _ExitCode(msgspec.Struct):
    """From v0.0.39 on: what the shell sees, or the signal that ended the job."""

    return_code: Number = None
    signal: _Signal | None = None


class _Job(msgspec.Struct):
    """What tells whether a job has ended, and how."""

    job_state: list[str] | str | None = None
    exit_code: int | _ExitCode | None = None


def wait_for(ctx: Context, job_id: int) -> int:
    """The exit status of the job once it has ended: its own, 1 if a signal ended it; of an array the highest."""
    pause = _FIRST_PAUSE
    told = False
    while True:
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE)
        try:
            jobs = endpoints.job(ctx.client, str(job_id), _Job)
        except RestError as error:
            if error.number == _NO_SUCH_JOB:
                ctx.error(f"Job {job_id} no longer found and exit code not found")
                return 1
            if not told:
                ctx.rest_error(
                    f"{ctx.prog}: error: Currently unable to load job state information, retrying: ", error
                )
            told = True
            continue
        told = False
        if all(_has_ended(job) for job in jobs):
            return max((_status(job) for job in jobs), default=0)


def _has_ended(job: _Job) -> bool:
    states = {job.job_state} if isinstance(job.job_state, str) else set(job.job_state or ())
    return bool(states & _ENDED) and not states & _NOT_YET


def _status(job: _Job) -> int:
    """Wait status as a number (v0.0.38), or taken apart."""
    code = job.exit_code
    if isinstance(code, int):
        return (code >> 8) & 0xFF if code & 0x7F == 0 else 1
    if code is None:
        return 0
    if code.signal is not None and (number(code.signal.id) or number(code.signal.signal_id)):
        return 1
    return (number(code.return_code) or 0) & 0xFF
