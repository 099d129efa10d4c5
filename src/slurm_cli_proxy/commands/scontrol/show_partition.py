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
    wide = ClusterWide(ctx)
    view = View(DefaultPartition(ctx), wide.preempt_mode, wide.saves_power)
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
    ResumeProgram: str | None = None
    SuspendProgram: str | None = None


class _Configuration(Answer):
    slurm_conf: _Configured | None = None


class ClusterWide:
    """What the report has of the cluster's configuration, asked for when first needed; nothing where the API does not
    tell it."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._known: _Configured | None = None

    def _told(self) -> _Configured:
        if self._known is None:
            self._known = _Configured()
            if endpoints.offers(self._ctx.client, "conf"):
                told = self._ctx.client.get("slurm:conf", type=_Configuration).slurm_conf
                self._known = told or self._known
        return self._known

    def preempt_mode(self) -> str:
        """The cluster's PreemptMode, "" if not known."""
        return ",".join(self._told().PreemptMode or ())

    def saves_power(self) -> bool:
        """Whether nodes are powered down and up, for which there have to be programs."""
        return bool(self._told().SuspendProgram and self._told().ResumeProgram)
