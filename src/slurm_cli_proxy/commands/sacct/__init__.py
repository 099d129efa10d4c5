"""`sacct`: jobs and their steps, as the accounting keeps them.

command line ──► settings ──► ask ──► select ──► columns ──► table
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from slurm_cli_proxy.columns import table as columns
from slurm_cli_proxy.columns.accounting import COLUMNS
from slurm_cli_proxy.columns.accounting_line import Line, View
from slurm_cli_proxy.commands.listing import Done, times
from slurm_cli_proxy.commands.sacct import ask, numbers, select
from slurm_cli_proxy.commands.sacct.reading import read
from slurm_cli_proxy.commands.sacct.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.table import Field, InvalidField, Table, parse
from slurm_cli_proxy.records.accounting import AccountingJob
from slurm_cli_proxy.rest.errors import RestError

_HEADER_FIRST_SINCE: Final = (23, 2)
"""Since then headings are printed before the accounting is asked for jobs."""

_ASSOCIATIONS_PACKED_SINCE: Final = (25, 5)
"""Since then slurmdbd cannot read a question with an association that is no number."""


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sacct` with these arguments; returns the exit status."""
    try:
        settings = read(ctx, argv)
        if settings.verbose:
            from slurm_cli_proxy.commands.sacct import verbose

            ctx.err(verbose.window(settings, ctx.release))
        numbers.check_qos(ctx, settings)
        fields = fields_of(ctx, settings)  # a wrong format is told of, whatever is printed
        if settings.document:
            from slurm_cli_proxy.commands.sacct import document

            return document.report(ctx, settings)
        if settings.batch_script or settings.env_vars:
            from slurm_cli_proxy.commands.sacct import attachments

            return attachments.show(ctx, settings)
        report(ctx, settings, fields)
    except Done as done:
        return done.status
    except RestError as error:
        from slurm_cli_proxy.commands import slurmdbd

        return slurmdbd.refused(ctx, error, last="Problem talking to the database")
    return 0


def fields_of(ctx: Context, settings: Settings) -> list[Field[Line]]:
    """The fields of the format asked for."""
    table = columns.for_release(COLUMNS, ctx.release)
    text = settings.format or ""
    try:
        return parse(text, table, everything=True)
    except InvalidField as error:
        ctx.error(f'Invalid field requested: "{error}"')
        raise Done(1) from None


def report(ctx: Context, settings: Settings, fields: list[Field[Line]]) -> None:
    """Print the listing."""
    table = Table(fields, ctx.release, settings.parsable > 0, settings.parsable == 1, settings.delimiter)
    old = ask.old(ctx.client)
    needed = needed_fields(fields, settings) | select.fields(settings, old)
    header = "" if settings.no_header else table.header()
    try:
        jobs = ask.jobs(ctx, settings, needed)
    except RestError as error:
        from slurm_cli_proxy.commands.slurmdbd import NO_CONNECTION

        if ctx.release >= _HEADER_FIRST_SINCE and error.number not in (0, NO_CONNECTION):
            ctx.out(header)
            if ctx.release >= _ASSOCIATIONS_PACKED_SINCE and not all(
                map(str.isdigit, settings.associations or ())
            ):
                ctx.error("Failed to unpack DBD_GET_JOBS_COND message")
                raise Done(1) from None
        raise
    if old:
        from slurm_cli_proxy.commands.sacct import exitcodes

        exitcodes.recall(ctx.client, jobs, needed)
    ctx.out(header)
    view = view_of(ctx, settings, fields, needed, jobs)
    jobs = select.chosen(jobs, settings, old=old, user_ids=view.user_ids, group_ids=view.group_ids)
    for text in table.rows(lines(jobs, settings, ctx.release), view):
        ctx.out(text)


def needed_fields(fields: list[Field[Line]], settings: Settings) -> frozenset[str]:
    """The record fields that the columns need; those of steps (`step.NAME`) only where steps are shown or told of."""
    names = {name for field in fields for name in field.column.fields}
    if settings.allocations:
        names = {name for name in names if not name.startswith("step.")}
    else:
        names.add("step.step")
    return frozenset(name.replace("steps.", "step.", 1) for name in names)


def lines(jobs: list[AccountingJob], settings: Settings, release: tuple[int, int]) -> Iterator[Line]:
    """A line for each job and each of its steps; for the step alone where only it was asked for."""
    asked = () if settings.allocations else settings.jobs or ()
    whole = {job.id for job in asked if not job.step}
    alone = {job.id for job in asked if job.step} - whole
    for job in jobs:
        steps = () if settings.allocations else getattr(job, "steps", None) or ()
        tasks = pending_tasks(job) if settings.array else None
        if tasks:
            for one in tasks:
                yield Line(one)
            continue
        if not alone or not _ids(job) & alone or _ids(job) & whole:
            yield Line(job)
        for step in steps:
            yield Line(job, step)


def _ids(job: AccountingJob) -> frozenset[str]:
    """The ids by which a job can be asked for; a task and a component by their array's and leader's, too."""
    from slurm_cli_proxy.columns.accounting_cells import job_id

    above = (group.job_id for group in (job.array, job.het) if group and group.job_id)
    return frozenset((str(job.job_id), job_id(Line(job)), *map(str, above)))


def pending_tasks(job: AccountingJob) -> list[AccountingJob]:
    """A record for each task of an array that has not started."""
    from msgspec.structs import replace

    from slurm_cli_proxy.records.number import number

    array = job.array
    if (
        not array
        or not array.job_id
        or number(array.task_id) is not None
        or not (array.task or "").startswith("0x")
    ):
        return []
    bits = int(array.task or "0", 16)
    ids = [at for at in range(bits.bit_length()) if bits >> at & 1]
    return [replace(job, array=replace(array, task_id=task)) for task in ids]


def view_of(
    ctx: Context,
    settings: Settings,
    fields: list[Field[Line]],
    needed: frozenset[str],
    jobs: list[AccountingJob],
) -> View:
    """What the columns need beside the jobs."""
    release = ctx.release
    shown = {field.column.name for field in fields}
    return View(
        release=release,
        now=int(ctx.clock()),
        time_text=times(ctx),
        convert=not settings.noconvert,
        unit=settings.unit,
        expand=settings.expand,
        user_ids=numbers.user_ids(ctx, settings, needed, jobs),
        group_ids=numbers.group_ids(needed, jobs),
        qos_ids=numbers.qos_ids(ctx) if "QOSRAW" in shown else {},
        wckey_ids=numbers.wckey_ids(ctx, jobs) if "WCKeyID" in shown else {},
    )
