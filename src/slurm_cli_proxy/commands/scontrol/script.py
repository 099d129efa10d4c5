"""`scontrol write batch_script ID [FILE]`: the script of a job, as the accounting keeps it.

The API tells it nowhere else; a cluster that does not store scripts (AccountingStoreFlags=job_script) has none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.commands.scontrol import unable
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context, encode
from slurm_cli_proxy.rest import endpoints, versions
from slurm_cli_proxy.rest.errors import RestError

INVALID_JOB_ID: Final = 2017
INVALID_USER_ID: Final = 2010
FATAL_SINCE: Final = (26, 5)


class Stored(msgspec.Struct):
    """A job in the accounting; of several with one number the newest comes last."""

    job_id: int = 0
    user: str | None = None
    script: str | None = None


def write(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: what to write, of which job, and where (`-` is standard output)."""
    what, *rest = args
    if what.lower() != "batch_script":
        if what.lower() == "config":
            ctx.error(f"write config {unable.NOT_TOLD}")
            return 1
        return switches.refuse(ctx, f"invalid write argument:{what}", loud=True)
    if not rest:
        return 0
    if versions.number(ctx.client.version) < endpoints.SINCE["kill_jobs"]:
        return unable.version_lacks(ctx, "write batch_script")
    job = rest[0]
    leader = re.match(r"\d+", job)
    if not leader or not int(leader[0]):
        if ctx.release >= FATAL_SINCE:
            ctx.err(f"{ctx.prog}: fatal: Bad job/step specified: {job}: JobID can not be zero\n")
            return 1
        leader = re.match("0", "0")
    assert leader
    target = rest[1] if len(rest) > 1 else f"slurm-{job if leader[0] != '0' else 0}.sh"
    return _write(ctx, leader[0], job, target)


def _write(ctx: Context, job_id: str, job: str, target: str) -> int:
    to_stdout = target == "-"
    descriptor = -1
    if not to_stdout:
        try:
            path = os.path.join(ctx.cwd, target)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        except OSError as error:
            ctx.err(f"failed to open file `{target}`: {error.strerror}\n")
            return 0
    try:
        text = _script(ctx, job_id)
    except RestError as error:
        if descriptor >= 0:
            os.close(descriptor)
            os.unlink(os.path.join(ctx.cwd, target))
        ctx.rest_error("job script retrieval failed: ", error)
        return 0
    if to_stdout:
        ctx.out(text)
        return 0
    with os.fdopen(descriptor, "wb") as file:
        file.write(encode(text))
    ctx.out(f"batch script for job {job} written to {target}\n")
    return 0


def _script(ctx: Context, job_id: str) -> str:
    """The script; RestError as natively where the job is unknown or somebody else's."""
    if not int(job_id) or not _is_known(
        ctx, job_id
    ):  # the accounting remembers jobs that the controller forgot
        raise ctx.client.slurm_error(INVALID_JOB_ID)
    query = {"step": job_id, "show_batch_script": "true"}
    found = endpoints.listing(ctx.client, "slurmdb:jobs/", "jobs", Stored, query)
    stored = [job for job in found if str(job.job_id) == job_id.lstrip("0")]
    if not stored:  # somebody else's, which users do not see in the accounting
        raise ctx.client.slurm_error(INVALID_USER_ID)
    script = stored[-1].script
    if script:
        return script
    if stored[-1].user not in (None, ctx.user):
        raise ctx.client.slurm_error(INVALID_USER_ID)
    detail = (
        "this cluster's accounting does not keep the job's script, and the REST API tells it nowhere else"
    )
    raise RestError(INVALID_JOB_ID, ctx.client.slurm_error(INVALID_JOB_ID).text, detail)


def _is_known(ctx: Context, job_id: str) -> bool:
    """Whether the controller knows the job."""
    try:
        return bool(endpoints.job(ctx.client, job_id, Stored))
    except RestError as error:
        if error.number == INVALID_JOB_ID:
            return False
        raise
