"""The paths of a job's standard streams, as `scontrol show job` prints them.

From 24.11 on the server fills the patterns in (`%j` and the like); v0.0.38 gives what was asked for, if anything.
"""

from __future__ import annotations

import re
from typing import Any, Final

from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.number import number, number_or

NO_VAL: Final = 0xFFFFFFFE

_PATTERN = re.compile(r"%([Aajux])")


def standard_output(job: Job, view: Any) -> str:
    """What StdOut= says."""
    if job.stdout_expanded is not None:
        return job.stdout_expanded
    if view.release >= (23, 2):
        return job.standard_output or ""
    return filled(job.standard_output or _default(job), job)


def standard_error(job: Job, view: Any) -> str:
    """What StdErr= says; up to 24.11 the file of standard output where there is no other."""
    if job.stderr_expanded is not None:
        return job.stderr_expanded
    if view.release >= (23, 2):
        return job.standard_error or ""
    return filled(job.standard_error, job) if job.standard_error else standard_output(job, view)


def standard_input(job: Job, view: Any) -> str:
    """What StdIn= says."""
    if job.stdin_expanded is not None:
        return job.stdin_expanded or "/dev/null"
    text = job.standard_input or ""
    return text if view.release >= (23, 2) else filled(text or "/dev/null", job)


def _default(job: Job) -> str:
    return "slurm-%A_%a.out" if job.array_leader else "slurm-%j.out"


def filled(path: str, job: Job) -> str:
    """22.05 knows these patterns, without a width, and leaves all others as they are."""
    words = {
        "A": str(job.array_leader or job.job_id),
        "a": str(number_or(job.array_task_id, NO_VAL)),
        "j": str(job.job_id),
        "u": job.user_name or str(number(job.user_id)),
        "x": job.name or "",
    }
    full = path if path.startswith("/") else f"{job.current_working_directory or ''}/{path}"
    return _PATTERN.sub(lambda found: words[found[1]], full)
