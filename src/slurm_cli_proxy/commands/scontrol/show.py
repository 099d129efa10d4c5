"""`scontrol show ENTITY [ID]`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context


class Entity(Keyword, frozen=True, kw_only=True):
    """What can be shown; `does` names what shows it, `most` is the number of words that may follow (None: any)."""

    does: str = "unable.show"
    most: int | None = 1


ENTITIES: Final = (
    Entity(name="topology", shortest=4, since=(26, 5), most=None),
    Entity(name="aliases", shortest=1, does="show_small.aliases"),
    Entity(name="bbstat", shortest=2, most=None),
    Entity(name="dwstat", shortest=2, most=None),
    Entity(name="burstbuffer", shortest=2),
    Entity(name="assoc_mgr", shortest=2, most=None),
    Entity(name="cache", shortest=2, most=None),
    Entity(name="config", shortest=1, does="show_config.run"),
    Entity(name="daemons", shortest=1, most=0),
    Entity(name="federations", shortest=1),
    Entity(name="frontendname", shortest=1, until=(25, 5)),
    Entity(name="hostnames", shortest=5, does="show.hosts"),
    Entity(name="hostlist", shortest=5, does="show.hosts"),
    Entity(name="hostlistsorted", shortest=9, does="show.hosts"),
    Entity(name="jobs", shortest=1, does="show_job.run"),
    Entity(name="jobid", shortest=1, does="show_job.run"),
    Entity(name="licenses", shortest=2, does="show_license.run"),
    Entity(name="nodes", shortest=1, does="show_node.run"),
    Entity(name="partitions", shortest=2, does="show_partition.run"),
    Entity(name="partitionname", shortest=2, does="show_partition.run"),
    Entity(name="reservations", shortest=1, does="show_reservation.run"),
    Entity(name="reservationname", shortest=1, does="show_reservation.run"),
    Entity(name="resources", shortest=4, since=(26, 5), does="show_small.resources"),
    Entity(name="slurmd", shortest=2),
    Entity(name="steps", shortest=2, does="show_step.run"),
    Entity(name="topoconf", shortest=5, since=(26, 5), most=None),
    Entity(name="topology", shortest=1),
)
"""In the native command's sequence, which decides what a shortened word means."""

_SPACE_UNTIL: Final = (26, 5)


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """One entity, all of its kind or the one that is named: `job 5`, or `job=5`."""
    from slurm_cli_proxy.commands.scontrol import handler

    word, equals, attached = args[0].partition("=")
    entity = find(ENTITIES, word, ctx.release)
    named = [attached, *args[1:]] if equals else list(args[1:])
    most = entity.most if entity else 1
    if most is not None and (len(named) > most if most == 0 else len(args) > 2):
        return switches.refuse(ctx, "too many arguments for keyword:show")
    if entity is None:
        space = " " if ctx.release < _SPACE_UNTIL else ""
        return switches.refuse(ctx, f"invalid entity:{word} for keyword:show{space}")
    named = named[:most]
    if switches.document is not None:
        from slurm_cli_proxy.commands.scontrol import document

        if entity.name in document.KINDS:
            return document.run(ctx, entity.name, named[0] if named else None, switches)
    return handler(entity.does)(ctx, [entity.name, *named], switches)


def hosts(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`show hostnames`, `hostlist`, `hostlistsorted`; the usage, too, where there is nothing to compress."""
    from slurm_cli_proxy.commands.scontrol import hostlists, talk

    status = hostlists.run(ctx, list(args))
    if len(args) == 1 and args[0] != "hostnames":
        talk.give_help(ctx, (), switches)
    return status
