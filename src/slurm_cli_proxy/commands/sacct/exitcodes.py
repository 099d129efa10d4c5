"""Exit statuses that v0.0.38's accounting loses: the controller still knows those of jobs that ended lately.

What it no longer knows is shown as nothing: a 0 would be taken for success.
"""

from __future__ import annotations

from slurm_cli_proxy.records.accounting import AccountingJob, ExitCode, Step, state_name
from slurm_cli_proxy.records.job import Job, exit_pair
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.number import number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError

FIELDS = frozenset({"exit_code", "state", "time"})


def recall(client: Client, jobs: list[AccountingJob], needed: frozenset[str]) -> None:
    """Fill in what the controller knows; without it, or where it does not answer, nothing changes."""
    if not needed >= FIELDS:
        return
    lost = [job for job in jobs if _lost(job)]
    if not lost:
        return
    try:
        told = endpoints.jobs(client, narrow(Job, frozenset({"job_id", "exit_code", "end_time"})))
    except RestError:
        return
    known = {(job.job_id, number(job.end_time)): job for job in told}
    for job in lost:
        other = known.get((job.job_id, number(job.time.end) if job.time else None))
        if other is None:
            continue
        job.exit_code = ExitCode(["ERROR"], exit_pair(other.exit_code)[0])
        for step in getattr(job, "steps", None) or ():
            if step.step.part == "batch" and hasattr(step, "exit_code") and _lost(step):
                step.exit_code = job.exit_code


def _lost(record: AccountingJob | Step) -> bool:
    code = record.exit_code
    return code is not None and code.lost and state_name(record.state) == "FAILED"
