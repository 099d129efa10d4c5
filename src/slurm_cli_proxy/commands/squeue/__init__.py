"""`squeue`: the jobs, and how they are.

command line ──► settings ──► ask ──► select ──► arrays ──► order ──► columns ──► text
"""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.columns.column import by_letter, by_name, for_release
from slurm_cli_proxy.columns.job import COLUMNS
from slurm_cli_proxy.columns.job_cells import View
from slurm_cli_proxy.commands.listing import PARSERS_SINCE, Done, repeat, times
from slurm_cli_proxy.commands.squeue import arrays, ask, order, select, states, users
from slurm_cli_proxy.commands.squeue.settings import Settings, read
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import percent
from slurm_cli_proxy.layout.percent import Format
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.rest.errors import RestError


def run(ctx: Context, argv: list[str]) -> int:
    """Run `squeue` with these arguments; returns the exit status."""
    try:
        settings = read(ctx, argv)
        if settings.nodes_text is not None:
            find_nodes(ctx, settings)
    except Done as done:
        return done.status
    if settings.verbose:
        from slurm_cli_proxy.commands.squeue import verbose

        ctx.out(verbose.options(settings, ctx.release))
    if settings.document and ctx.release < PARSERS_SINCE:
        return listing(ctx, settings)
    return repeat(ctx, settings, lambda: listing(ctx, settings))


def listing(ctx: Context, settings: Settings) -> int:
    """Print what was asked for once; the exit status."""
    try:
        if settings.steps:
            from slurm_cli_proxy.commands.squeue import steps

            return steps.report(ctx, settings)
        if settings.document:
            from slurm_cli_proxy.commands.squeue import document

            return document.report(ctx, settings)
        report(ctx, settings)
    except Done as done:
        settings.iterate = 0
        return done.status
    except RestError as error:
        ctx.rest_error("slurm_load_jobs error: ", error)
        return 1
    return 0


def find_nodes(ctx: Context, settings: Settings) -> None:
    """See that the nodes of `-w` are there."""
    try:
        missing = ask.check_nodes(ctx, settings)
    except RestError as error:
        ctx.rest_error("slurm_load_node error: ", error)
        raise Done(1) from None
    if missing:
        ctx.error(f"Invalid node name {missing}")
        raise Done(1)


def report(ctx: Context, settings: Settings) -> None:
    """Print the listing once.  Done where native ends while it does."""
    complaints: list[str] = []
    layout = layout_of(settings, ctx.release, complaints)
    assert settings.sort is not None
    needed = layout.needs | order.fields(settings.sort) | select.fields(settings) | {*arrays.FIELDS}
    if settings.users_said:
        needed |= {"user_name", "user_id"}
    if settings.priority:
        needed |= {"states", "partition", "priority_by_partition"}
    if settings.federation:
        needed |= {"federation_origin"}
    if settings.only_job_state:
        needed = ALONE
    if not complaints and states.suffice(ctx, settings, layout.needs):
        text = "".join(states.lines(ctx, settings, layout, view_of(ctx, settings, None, needed)))
        begin(ctx, settings, layout)
        ctx.out(text)
        return
    queue = ask.queue(ctx.client, settings, needed, singly=singly(ctx, settings))
    if settings.jobs is None:
        states.remember(ctx, len(queue.jobs))
    if settings.only_job_state:
        queue.jobs = [states_alone(job) for job in states.in_order(ctx.client, settings, queue.jobs)]
    users.tell_unknown(ctx, settings, queue.jobs)
    for complaint in complaints:
        ctx.error(f"Invalid job format specification: {complaint}")
    view = view_of(ctx, settings, queue.now, needed)
    if settings.verbose:
        ctx.out(f"last_update_time={view.now} records={len(queue.jobs)}\n")
    begin(ctx, settings, layout)
    if settings.federation and any(job.federation_origin for job in queue.jobs):
        ctx.error("--federation: the API tells of one cluster's jobs")
        raise Done(1)
    jobs = by_partition(queue.jobs) if settings.priority else queue.jobs
    shown = arrays_of(ctx, jobs)
    jobs = lines(ctx, settings, order.before(jobs, view), view, shown)
    try:
        order.by_keys(jobs, settings.sort, view, lambda text: ctx.err(f"{ctx.prog}: {text}\n"))
    except order.Invalid as invalid:
        ctx.error(f"Invalid sort specification: {invalid}")
        raise Done(1) from None
    end(ctx, layout, list(shown.one_by_one(jobs)) if settings.array else shown.worded(jobs), view)


def singly(ctx: Context, settings: Settings) -> bool:
    """Whether the jobs of `-j` are asked for one by one, so that one that is not there is no error."""
    if settings.jobs is None:
        return False
    count = len(settings.jobs)
    return (count == 1 and settings.only_job_state) or (1 < count <= states.FEW and states.is_long(ctx))


def begin(ctx: Context, settings: Settings, layout: Format[Job]) -> None:
    """Print the listing's header."""
    if not settings.no_header:
        ctx.out(percent.header(layout))


def end(ctx: Context, layout: Format[Job], jobs: list[Job], view: View) -> None:
    """Print the listing's lines."""
    for line in percent.rows(layout, jobs, view):
        ctx.out(line)


ALONE: Final = frozenset({"id_text", "states", *arrays.FIELDS}) - {"name", "partition"}
"""What `--only-job-state` knows."""

ZEROES: Final = {
    **dict.fromkeys(("user_id", "group_id", "time_limit", "core_spec", "cpus_per_task", "tasks"), 0),
    **dict.fromkeys(("cores_per_socket", "sockets_per_node", "threads_per_core"), 0),
    **dict.fromkeys(("tasks_per_core", "tasks_per_socket"), 0),
    **dict.fromkeys(("user_name", "group_name"), "root"),
    **dict.fromkeys(("partition", "name"), "(null)"),
    "nice": -0x80000000,
    "shared": "none",
    "state_reason": "None",
}
"""What native takes everything else for then: the zeroes of a record that nobody filled in."""


def states_alone(job: Job) -> Job:
    """A job of which nothing but id and state is known; native asks for all tasks of a set, not for their limit."""
    told = {name: getattr(job, name) for name in job.__struct_fields__}
    whole = Job(**told | ZEROES)
    if whole.task_set:
        from slurm_cli_proxy.notation import arrayset

        whole.array_task_string = arrayset.format_ranges(arrayset.parse(whole.task_set).tasks)
    return whole


def layout_of(settings: Settings, release: tuple[int, int], complaints: list[str]) -> Format[Job]:
    """The format asked for; `complaints` gets the columns that there are not."""
    columns = for_release(COLUMNS, release)
    if settings.by_name:
        return percent.parse_names(settings.format, by_name(columns), complaints.append)
    unnamed = next((column for column in columns if not column.letter), None) if release >= (23, 2) else None
    return percent.parse_letters(settings.format, by_letter(columns), complaints.append, unnamed=unnamed)


def view_of(ctx: Context, settings: Settings, now: int | None, needed: frozenset[str]) -> View:
    """What the columns need beside the jobs.  Elapsed times follow the server's clock, where it tells it."""
    view = View(
        now=int(ctx.clock()) if now is None else now,
        release=ctx.release,
        time_text=times(ctx),
        convert=not settings.noconvert,
        by_partition=settings.priority,
        expand_patterns=settings.expand_patterns,
        whole_ids="SLURM_BITSTR_LEN" in ctx.environ,
    )
    if "sharing" in needed and ctx.release >= (26, 5):
        view.oversubscribing, view.exclusive = ask.sharing_partitions(ctx.client)
    if settings.priority and order.needs_tiers(settings.sort or ""):
        view.tiers = ask.partition_tiers(ctx.client)
    return view


def lines(ctx: Context, settings: Settings, jobs: list[Job], view: View, shown: arrays.Arrays) -> list[Job]:
    """The jobs to be shown in the order that `jobs` have, a record for each line but with `-r`."""
    found = select.chosen(jobs, settings, ctx.user, view.now)
    if settings.jobs is not None:
        found = list(shown.asked_for(found, settings.jobs))
    if not (settings.array or settings.array_unique):
        found = shown.joined(found)
    return found


def arrays_of(ctx: Context, jobs: list[Job]) -> arrays.Arrays:
    """How the arrays among the jobs are shown."""
    apart = tasks_apart(jobs)
    return arrays.Arrays(
        ctx.environ.get("SLURM_BITSTR_LEN"),
        lambda job: ask.array_tasks(ctx.client, job, apart.get(job.array_leader, frozenset())),
    )


def tasks_apart(jobs: list[Job]) -> dict[int, frozenset[int]]:
    """By array, the tasks that have a record of their own."""
    apart: dict[int, set[int]] = {}
    for job in jobs:
        task = job.array_task
        if job.array_leader and task is not None:
            apart.setdefault(job.array_leader, set()).add(task)
    return {leader: frozenset(tasks) for leader, tasks in apart.items()}


def by_partition(jobs: list[Job]) -> list[Job]:
    """A pending job as often as it has partitions, each time with its priority there."""
    import msgspec

    found = []
    for job in jobs:
        names = (job.partition or "").split(",")
        if len(names) == 1 or not job.pending:
            found.append(job)
            continue
        for name in names:
            there = [one for one in job.priority_by_partition or () if one.partition == name]
            found.append(msgspec.structs.replace(job, partition=name, priority_by_partition=there))
    return found
