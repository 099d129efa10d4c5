"""`scontrol write batch_script ID [FILE]`: the script of a job, as the accounting keeps it.

The API tells it nowhere else; a cluster that does not store scripts (AccountingStoreFlags=job_script) has none.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.commands.scontrol import unable
from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context, encode
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.values import leading_number
from slurm_cli_proxy.rest import endpoints, versions
from slurm_cli_proxy.rest.errors import RestError

INVALID_JOB_ID: Final = 2017
INVALID_USER_ID: Final = 2010
FATAL_SINCE: Final = (26, 5)


class Thing(Keyword, frozen=True, kw_only=True):
    """What `write` can be asked for, in at most so many words."""

    most: int


BATCH_SCRIPT: Final = Thing(name="batch_script", shortest=5, most=3)
CONFIG: Final = Thing(name="config", shortest=6, most=2)
THINGS: Final = (BATCH_SCRIPT, CONFIG)


class Stored(msgspec.Struct):
    """A job in the accounting; of several with one number the newest comes last."""

    job_id: int = 0
    user: str | None = None
    script: str | None = None


def write(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: what to write, of which job, and where (`-` is standard output)."""
    what, *rest = args
    thing = find(THINGS, what, ctx.release)
    if thing is None:
        return switches.refuse(ctx, f"invalid write argument:{what}", loud=True)
    if len(args) > thing.most:
        return switches.refuse(ctx, f"too many arguments for keyword:{switches.word}", loud=True)
    if thing is CONFIG:
        ctx.error(f"write config {unable.NOT_TOLD}")
        return 1
    if not rest:
        return 0
    try:
        job = _job(ctx, rest[0])
    except NotationError as error:
        ctx.err(f"{ctx.prog}: fatal: {error}\n")
        return 1
    if versions.number(ctx.client.version) < endpoints.SINCE["kill_jobs"]:
        return unable.version_lacks(ctx, "write batch_script")
    target = rest[1] if len(rest) > 1 else f"slurm-{job}.sh"
    return _write(ctx, job, target)


def _job(ctx: Context, text: str) -> str:
    """The number of the job that an id is about.  NotationError at what is none, since 26.05."""
    if ctx.release >= FATAL_SINCE:
        from slurm_cli_proxy.commands.sacct import jobids

        word = text.lstrip(" +")
        if not word[:1].isdigit():
            why = "JobID can not be zero" if word else "JobID must not be an empty string"
            raise NotationError(f"Bad job/step specified: {text}: {why}")
        jobids.strict(word)
    return str(leading_number(text)[0] & 0xFFFFFFFF)


def _write(ctx: Context, job: str, target: str) -> int:
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
        text = _script(ctx, job)
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
