"""`--gres=help` of sbatch, salloc and srun: the generic resources of the cluster."""

from __future__ import annotations

import msgspec

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError


class _Node(msgspec.Struct):
    gres: str | None = None


def gres_help(ctx: Context) -> int:
    """Print them; the exit status.

    Native reads GresTypes in its configuration, which the API does not tell: here they are those that nodes have.
    """
    try:
        nodes = endpoints.nodes(ctx.client, _Node, flags=("ALL",))
    except RestError as error:
        ctx.rest_error(f"{ctx.prog}: error: ", error)
        return 1
    names = dict.fromkeys(
        item.partition(":")[0] for node in nodes for item in (node.gres or "").split(",") if item
    )
    ctx.out("Valid gres options are:\n" + "".join(f"{name}[[:type]:count]\n" for name in names))
    return 0
