"""`scontrol create partition`, `update PartitionName=`, `delete PartitionName=`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol import unable
from slurm_cli_proxy.commands.scontrol.partition_keys import read
from slurm_cli_proxy.commands.scontrol.reservation_keys import OLD, Refused
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.partition import Partition
from slurm_cli_proxy.rest import allowed, endpoints
from slurm_cli_proxy.rest.answer import Bare
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.wire import quote

INVALID: Final = 2000


def create(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the words after `create`."""
    try:
        fields = read(args, ctx.release)
    except Refused as refused:
        ctx.err(refused.lines)
        return 1
    try:
        if not endpoints.offers(ctx.client, "update_partition"):
            return unable.lacking(ctx, "create PartitionName")
        if _exists(ctx, fields["name"]):
            raise allowed.refusal(ctx.client, INVALID)
        ctx.client.post(
            "slurm:partitions/", body={"partitions": [fields]}, type=Bare, once=endpoints.adds(fields)
        )
    except RestError as error:
        ctx.rest_error("Error creating the partition: ", error)
        return 1
    return 0


def update(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the words after `update`.  A partition that there is not would be created: it is looked for first."""
    try:
        fields = read(args, ctx.release)
    except Refused as refused:
        ctx.err(refused.lines + ("slurm_update error: No error\n" if ctx.release < OLD else ""))
        return 1
    if len(fields) < 2:
        ctx.error("No changes specified")
        return 1
    try:
        if not endpoints.offers(ctx.client, "update_partition"):
            return unable.lacking(ctx, "update PartitionName")
        if not _exists(ctx, fields["name"]):
            raise allowed.refusal(ctx.client, INVALID)
        ctx.client.post(
            "slurm:partitions/", body={"partitions": [fields]}, type=Bare, once=endpoints.adds(fields)
        )
    except RestError as error:
        ctx.rest_error("slurm_update error: ", error)
        return 1
    return 0


def delete(ctx: Context, name: str, command: str) -> int:
    """`command`: the words that ask for it, which introduce an error."""
    try:
        if not endpoints.offers(ctx.client, "delete_partition"):
            return unable.lacking(ctx, "delete PartitionName")
        if not name:
            raise allowed.refusal(ctx.client, INVALID)
        ctx.client.delete(f"slurm:partition/{quote(name)}", type=Bare)
    except RestError as error:
        ctx.rest_error(f"delete_partition {command}: ", error)
        return 1
    return 0


def _exists(ctx: Context, name: str) -> bool:
    """Whether there is such a partition, be it hidden."""
    found = endpoints.partitions(ctx.client, Partition, flags=["ALL"])
    return any(partition.name == name for partition in found)
