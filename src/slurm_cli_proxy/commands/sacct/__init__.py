"""`sacct`: jobs and their steps, as the accounting keeps them.

command line ──► settings ──► ask ──► select ──► columns ──► table
"""

from __future__ import annotations

from collections.abc import Iterator

from slurm_cli_proxy.columns import table as columns
from slurm_cli_proxy.columns.accounting import COLUMNS
from slurm_cli_proxy.columns.accounting_line import Line, View
from slurm_cli_proxy.commands.sacct import ask, numbers, select
from slurm_cli_proxy.commands.sacct.settings import Done, Settings, read
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.table import Field, InvalidField, Table, parse
from slurm_cli_proxy.records.accounting import AccountingJob
from slurm_cli_proxy.rest.errors import RestError

_ENERGY = frozenset({"step.statistics", "step.step"})
"""What a job's energy is told by, even where steps are not listed."""


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sacct` with these arguments; returns the exit status."""
    try:
        settings = read(ctx, argv)
        if settings.verbose:
            from slurm_cli_proxy.commands.sacct import verbose

            ctx.err(verbose.window(settings, ctx.release))
        if settings.document:
            ctx.error("--json and --yaml are not supported by this version of slurm-cli-proxy")
            return 1
        numbers.check_qos(ctx, settings)
        if settings.batch_script or settings.env_vars:
            from slurm_cli_proxy.commands.sacct import attachments

            return attachments.show(ctx, settings)
        report(ctx, settings, fields_of(ctx, settings))
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
    needed = frozenset(name for field in fields for name in field.column.fields)
    old = ask.old(ctx.client)
    needed |= select.fields(settings, old)
    if settings.allocations:
        whole = {name for name in needed if not name.startswith("step.")}
        needed = frozenset(whole | (_ENERGY & needed if needed >= _ENERGY else set()))
    else:
        needed |= {"step.step"}
    jobs = ask.jobs(ctx, settings, needed)
    if old:
        from slurm_cli_proxy.commands.sacct import exitcodes

        exitcodes.recall(ctx.client, jobs, needed)
    if not settings.no_header:
        ctx.out(table.header())
    view = view_of(ctx, settings, fields, needed, jobs)
    jobs = select.chosen(jobs, settings, old=old, user_ids=view.user_ids, group_ids=view.group_ids)
    for text in table.rows(lines(jobs, settings, ctx.release), view):
        ctx.out(text)


def lines(jobs: list[AccountingJob], settings: Settings, release: tuple[int, int]) -> Iterator[Line]:
    """A line for each job and each of its steps; for the step alone where only it was asked for."""
    alone = {job.id for job in settings.jobs or () if job.step} - {
        job.id for job in settings.jobs or () if not job.step
    }
    for job in jobs:
        steps = () if settings.allocations else getattr(job, "steps", None) or ()
        tasks = pending_tasks(job) if settings.array else None
        if tasks:
            for one in tasks:
                yield Line(one)
            continue
        if not (alone and _ids(job) & alone):
            yield Line(job)
        for step in steps:
            yield Line(job, step)


def _ids(job: AccountingJob) -> frozenset[str]:
    """The ids by which a job can be asked for."""
    from slurm_cli_proxy.columns.accounting_cells import job_id

    return frozenset((str(job.job_id), job_id(Line(job))))


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
    from slurm_cli_proxy.notation import date

    release = ctx.release
    style = ctx.environ.get("SLURM_TIME_FORMAT", "")

    told = False

    def time_text(when: int | None) -> str:
        nonlocal told
        if when and not (date.valid_style(style) or (told and release < (23, 2))):
            ctx.error(f"invalid SLURM_TIME_FORMAT = '{style}'")
            told = True
        return date.format_time(when, style, now=ctx.clock(), release=release)

    return View(
        release=release,
        now=int(ctx.clock()),
        time_text=time_text,
        convert=not settings.noconvert,
        unit=settings.unit,
        expand=settings.expand,
        user_ids=numbers.user_ids(ctx, settings, needed, jobs),
        group_ids=numbers.group_ids(needed, jobs),
        qos_ids=numbers.qos_ids(ctx) if any(field.column.name == "QOSRAW" for field in fields) else {},
    )
