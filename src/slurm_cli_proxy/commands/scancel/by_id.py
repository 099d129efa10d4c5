"""Ending jobs that are just named, without looking at them: one request, whatever their number (before v0.0.40, one
for each).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from slurm_cli_proxy.commands.scancel import kill
from slurm_cli_proxy.commands.scancel.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation.jobid import JobId
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

if TYPE_CHECKING:
    from slurm_cli_proxy.records.job import Job


def run(ctx: Context, settings: Settings) -> int:
    """End the jobs named; returns the exit status."""
    tally = kill.Tally(ctx, settings)
    for operand in settings.operands:
        tally.announce(operand.text)
    ids = [operand.id for operand in settings.operands]
    texts = [operand.text for operand in settings.operands]
    if settings.sibling is not None:
        return _in_no_federation(ctx, ids, texts, tally)
    try:
        together = endpoints.offers(ctx.client, "kill_jobs")
        if together:
            codes = _together(ctx, ids, settings)
    except RestError as error:
        tally.failed(texts, error)
        return tally.status
    if not together:
        return _one_by_one(ctx, settings, tally)
    for text, number in zip(texts, codes, strict=True):
        tally.report(text, number)
    return tally.status


def _in_no_federation(ctx: Context, ids: Sequence[JobId], texts: Sequence[str], tally: kill.Tally) -> int:
    from slurm_cli_proxy.commands.scancel import sibling

    try:
        codes = sibling.codes(ctx, ids)
    except RestError as error:
        tally.failed(texts, error)
        return tally.status
    if codes is None:
        ctx.error(sibling.REFUSAL)
        return 1
    for text, number in zip(texts, codes, strict=True):
        tally.report(text, number)
    return tally.status


def _together(ctx: Context, ids: Sequence[JobId], settings: Settings) -> list[int]:
    sent = {one: _to_send(ctx, one) for one in ids}
    wanted = list(dict.fromkeys(wire for wire in sent.values() if isinstance(wire, JobId)))
    codes: dict[JobId, int] = {}
    if wanted:
        codes.update(zip(wanted, kill.send(ctx.client, wanted, settings), strict=True))
    found = []
    for one in ids:
        wire = sent[one]
        if not isinstance(wire, JobId):
            found.append(wire)
            continue
        found.append(codes[wire])
        codes[wire] = codes[wire] or kill.ALREADY_DONE  # to whoever names it again
    return found


def _to_send(ctx: Context, one: JobId) -> JobId | int:
    """What to send for an id, or the error number that it has natively."""
    if kill.impossible(one):
        return kill.INVALID_JOB_ID
    return one if one.het is None else _het_part(ctx, one)


def _het_part(ctx: Context, part: JobId) -> JobId | int:
    """The same for a part of a heterogeneous job.

    The first part stands for the whole job, the others can be ended by themselves once they have begun; the request
    for many jobs would end them before.
    """
    parts = [
        job for job in _jobs(ctx, part.job, {"het_leader", "het_component", "pending"}) if job.het_leader
    ]
    if not part.het:
        return JobId(part.job) if parts else kill.NOT_HET_JOB
    for job in parts:
        if job.het_component == part.het:
            return kill.refusal_of_part(ctx.client, part) if job.pending else part
    return kill.INVALID_JOB_ID


def _one_by_one(ctx: Context, settings: Settings, tally: kill.Tally) -> int:
    for operand in settings.operands:
        if kill.impossible(operand.id):
            tally.report(operand.text, kill.INVALID_JOB_ID)
            continue
        try:
            ended = settings.verbose > 0 and _has_ended(ctx, operand.id)
            number = kill.send_one(ctx.client, operand.id, settings)
        except RestError as error:
            tally.failed([operand.text], error)
            continue
        tally.report(operand.text, number or (kill.ALREADY_DONE if ended else 0))
    return tally.status


def _has_ended(ctx: Context, one: JobId) -> bool:
    """Whether a job is known and over; v0.0.38 does not say so when it is signalled."""
    if one.het is not None or one.task_ids() is not None:
        return False
    jobs = _jobs(ctx, one.job, {"finished"})
    return bool(jobs) and all(job.finished for job in jobs)


def _jobs(ctx: Context, job_id: int, wanted: set[str]) -> list[Job]:
    """The records of a job; none if it is not known."""
    from slurm_cli_proxy.records.job import Job, fields
    from slurm_cli_proxy.records.narrow import narrow

    try:
        return endpoints.job(ctx.client, str(job_id), narrow(Job, fields(wanted)))
    except RestError as error:
        if error.number == kill.INVALID_JOB_ID:
            return []
        raise
