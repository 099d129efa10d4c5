"""`scontrol show partition [NAME]`."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from slurm_cli_proxy.columns.partition_report import LINES, View
from slurm_cli_proxy.commands.default_partition import DefaultPartition
from slurm_cli_proxy.commands.scontrol.listing import heading, show, told
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.partition import Partition
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.errors import RestError


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the entity's name, and a partition's if one is asked for."""
    name = args[1] if len(args) > 1 else None
    try:
        found, changed = partitions(ctx, switches)
    except RestError as error:
        if not switches.quiet:
            ctx.rest_error("slurm_load_partitions error: ", error)
        return 1
    heading(ctx, switches, changed, len(found))
    view = View(DefaultPartition(ctx), ClusterMode(ctx))
    return show(ctx, switches, "partition", found, LINES, view, name)


def partitions(ctx: Context, switches: Switches) -> tuple[list[Partition], int]:
    """Those the user may see (-a: all), and when they changed; before v0.0.40 the answer has all."""
    flags = ["ALL"] if switches.all else []
    found, changed = told(ctx, "slurm:partitions/", "partitions", Partition, flags)
    if not switches.all and ctx.client.user != "root" and not endpoints.offers(ctx.client, "listing_flags"):
        found = [partition for partition in found if not partition.has_flag("HIDDEN")]
    return found, changed


class _Configured(Struct):
    PreemptMode: list[str] | None = None


class _Configuration(Answer):
    slurm_conf: _Configured | None = None


class ClusterMode:
    """The cluster's PreemptMode, asked for when first needed; "" where the API does not tell it."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: str | None = None

    def __call__(self) -> str:
        if self._known is None:
            self._known = ""
            if endpoints.offers(self._ctx.client, "conf"):
                told = self._ctx.client.get("slurm:conf", type=_Configuration).slurm_conf
                self._known = ",".join((told.PreemptMode if told else None) or ())
        return self._known
