"""`scontrol show config`: from v0.0.45 on the API tells the configuration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slurm_cli_proxy.columns.config_report import rows
from slurm_cli_proxy.commands.scontrol import ping, unable
from slurm_cli_proxy.commands.scontrol.perror import complain
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import date
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.untyped import untyped

WIDTH = 23


class Configuration(Answer):
    """The answer of /conf, with slurm.conf's own names."""

    slurm_conf: dict[str, Any] | None = None


@untyped
def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """The configuration, and whether the controllers answer.  A name is ignored, as natively."""
    if not endpoints.offers(ctx.client, "conf"):
        return unable.version_lacks(ctx, "show config")
    try:
        conf = ctx.client.get("slurm:conf", type=Configuration).slurm_conf or {}
    except RestError as error:
        return complain(ctx, "slurm_load_ctl_conf error", error)
    style = ctx.environ.get("SLURM_TIME_FORMAT", "")
    now = ctx.clock()
    ctx.out(f"Configuration data as of {date.format_time(int(now), style, now=now, release=ctx.release)}\n")
    for name, text in rows(conf, ctx.release_text):
        ctx.out(f"{name:<{WIDTH}} = {text}\n")
    ctx.out("\n")
    ping.run(ctx)
    return 0
