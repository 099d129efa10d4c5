"""`sinfo`: partitions and nodes, and how they are.

command line ──► settings ──► ask ──► lines ──► order ──► formats ──► text
"""

from __future__ import annotations

from slurm_cli_proxy.columns.sinfo import View
from slurm_cli_proxy.commands.default_partition import DefaultPartition
from slurm_cli_proxy.commands.listing import PARSERS_SINCE, Done, repeat, times
from slurm_cli_proxy.commands.sinfo import ask, formats, lines, order, states
from slurm_cli_proxy.commands.sinfo.settings import Settings, read
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import percent
from slurm_cli_proxy.notation import nodestate
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.records.partition import Partition
from slurm_cli_proxy.rest.errors import RestError


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sinfo` with these arguments; returns the exit status."""
    try:
        settings = read(ctx, argv)
    except Done as done:
        return done.status
    if settings.verbose:
        from slurm_cli_proxy.commands.sinfo import verbose

        ctx.out(verbose.options(settings, ctx.release))
    if settings.document and ctx.release < PARSERS_SINCE:
        settings.iterate = 0
        settings.reservation = False
        settings.cluster = ""
    return repeat(ctx, settings, lambda: int(not report(ctx, settings)), dated=not settings.document)


def report(ctx: Context, settings: Settings) -> bool:
    """Print the listing once; False when the server did not answer it, which is said on standard error."""
    if settings.reservation:
        from slurm_cli_proxy.commands.sinfo import reservations

        return reservations.report(ctx, settings)
    assert settings.layout
    keys = settings.sort if settings.sort is not None else ("N" if settings.node else "#P,-t")
    prefix = "slurm_load_partitions: "
    try:
        if settings.document:
            from slurm_cli_proxy.commands.sinfo import document

            return not document.report(ctx, settings, keys, wanted=is_wanted, chosen=chosen_partitions)
        partitions = ask.partitions(ctx.client, settings)
        fields = ask.needed_fields(settings, keys)
        prefix = "slurm_load_node: "
        nodes = ask.node_records(ctx.client, settings, fields) if fields else []
        preempt_mode = ask.preempt_mode(ctx.client, settings, partitions)
    except RestError as error:
        ctx.rest_error(prefix, error)
        return False
    listing = lines.build(
        chosen_partitions(partitions, settings),
        [node for node in nodes if is_wanted(node, settings)],
        settings.layout.matches,
        ctx.release,
        exact=settings.exact,
        each_node=settings.node,
        ignore_partitions=settings.list_reasons,
    )
    order.sort(listing, keys, settings.layout.matches)
    show(ctx, settings, listing, preempt_mode)
    return True


def chosen_partitions(partitions: list[Partition], settings: Settings) -> list[tuple[int, Partition]]:
    """The partitions asked for, with their places in the configuration."""
    wanted = settings.partitions
    return [
        (index, partition)
        for index, partition in enumerate(partitions)
        if wanted is None or partition.name in wanted
    ]


def is_wanted(node: Node, settings: Settings) -> bool:
    """Whether the options let a node through."""
    if settings.node_text is not None and node.name not in (settings.nodes or ()):
        return False
    if settings.dead and not node.state_number & nodestate.NO_RESPOND:
        return False
    if settings.responding and node.state_number & nodestate.NO_RESPOND:
        return False
    return settings.states is None or states.chooses(settings.states, node)


def show(ctx: Context, settings: Settings, listing: list[lines.Line], preempt_mode: str) -> None:
    """Print the lines, under a heading if there is to be one."""
    layout = settings.layout
    assert layout
    view = View(
        release=ctx.release,
        convert=not settings.noconvert,
        default_partition=DefaultPartition(ctx),
        preempt_mode=preempt_mode,
        time_text=times(ctx),
        uid_of=uid_of,
    )
    format = formats.fitted(layout, listing, view, partitions=settings.part_field, nodes=settings.node_field)
    if not settings.no_header:
        ctx.out(percent.header(format))
    for row in percent.rows(format, listing, view):
        ctx.out(row)


def uid_of(name: str) -> int | None:
    """A user's number: the REST API gives names only, so it is this system's, None where there is none."""
    import pwd

    try:
        return pwd.getpwnam(name).pw_uid
    except (KeyError, ValueError):
        return None
