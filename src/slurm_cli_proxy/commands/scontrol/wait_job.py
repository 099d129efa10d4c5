"""`scontrol wait_job ID`: until the nodes of a job are ready for it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.values import leading_number
from slurm_cli_proxy.records.job import Job, fields
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

INVALID_JOB_ID: Final = 2017
READY: Final = frozenset({"RUNNING", "SUSPENDED", "COMPLETING"})
WAITING: Final = frozenset({"CONFIGURING", "POWER_UP_NODE"})
PAUSE: Final = 5.0


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """0 when the nodes are ready, 1 when the job is over, unknown or, as natively, has no nodes yet."""
    job_id = leading_number(args[0])[0] & 0xFFFFFFFF
    if not job_id:
        ctx.err(f"Invalid job_id {args[0]}")
        return 1
    record = narrow(Job, fields({"states"}))
    said = False
    while True:
        try:
            jobs = endpoints.job(ctx.client, str(job_id), record)
        except RestError as error:
            if error.number != INVALID_JOB_ID:
                raise
            jobs = []
        states = set(jobs[0].states) if jobs else set()
        if states & WAITING and states:
            if not said:
                ctx.err(f"{ctx.prog}: Waiting for nodes to boot\n")
                said = True
            time.sleep(PAUSE)
            continue
        if states & READY:
            ctx.err(f"{ctx.prog}: Nodes are ready for job {job_id}\n")
            return 0
        if jobs:
            ctx.err(f"{ctx.prog}: Job {job_id} no longer running\n")
        else:
            ctx.err(f"{ctx.prog}: Problem running job {job_id}\n")
        return 1
