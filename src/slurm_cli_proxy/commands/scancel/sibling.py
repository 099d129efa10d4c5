"""`--sibling`: ends a federated job's part on one cluster, which the API cannot name.

A job of no federation has no such part, and the controller says so whatever its state and whoever's it is: that can be
told from the jobs' records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from slurm_cli_proxy.commands.scancel import kill
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation.jobid import JobId
from slurm_cli_proxy.records.job import Job, fields
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.rest import endpoints

NOT_FEDERATED: Final = 7103
REFUSAL: Final = "--sibling: the REST API cannot name a federated job's cluster"


def federated(jobs: Iterable[Job]) -> bool:
    """Whether any of the jobs belongs to a federation."""
    return any(job.federation_origin for job in jobs)


def codes(ctx: Context, ids: Sequence[JobId]) -> list[int] | None:
    """The error number of each job named; None if one belongs to a federation.  RestError."""
    jobs = endpoints.jobs(ctx.client, narrow(Job, fields({"id_text", "federation_origin"})))
    meant = [
        [job for job in jobs if one.job in (job.job_id, job.array_leader, job.het_leader)] for one in ids
    ]
    if any(federated(found) for found in meant):
        return None
    return [NOT_FEDERATED if found else kill.INVALID_JOB_ID for found in meant]
