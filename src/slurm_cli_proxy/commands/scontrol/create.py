"""`scontrol create` and `delete`: which kind of thing a command line is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context


class Kind(Keyword, frozen=True, kw_only=True):
    """Something that can be created and deleted, and the module that does it."""

    module: str


KINDS: Final = (
    Kind(name="NodeName", shortest=3, module="node_record"),
    Kind(name="PartitionName", shortest=3, module="partition_record"),
    Kind(name="ReservationName", shortest=3, module="reservation"),
)

FORMAT: Final = "Proper format is 'delete <ENTITY>=<ID>' or 'delete <ENTITY> <ID>'"


def create(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`create ENTITY=NAME …` or `create ENTITY …`."""
    from slurm_cli_proxy.commands.scontrol import handler

    for word in args:
        kind = find(KINDS, word.partition("=")[0], ctx.release) if not word.startswith("=") else None
        if kind is not None:
            return handler(f"{kind.module}.create")(ctx, args, switches)
    ctx.error(f"Invalid creation entity: {args[0]}")
    return 1


def delete(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`delete ENTITY=NAME` or `delete ENTITY NAME`."""
    import sys

    word, equals, name = args[0].partition("=")
    if len(args) > 2 or (len(args) == 1 and not equals):
        ctx.error(FORMAT)
        return 1
    if len(args) == 2:
        word, name = args
    kind = find(KINDS, word, ctx.release) if word else None
    if kind is None:
        ctx.err(f"Invalid deletion entity: {args[0]}\n")
        return 1
    module = f"slurm_cli_proxy.commands.scontrol.{kind.module}"
    __import__(module)
    status: int = sys.modules[module].delete(ctx, name, args[0])
    return status
