"""`scontrol show licenses [NAME]`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.commands.scontrol.listing import told
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import date
from slurm_cli_proxy.rest.errors import RestError


class License(msgspec.Struct):
    """A license, as every API version answers it; the last three from v0.0.40 on, of remote ones."""

    LicenseName: str = ""
    Total: int = 0
    Used: int = 0
    Free: int = 0
    Reserved: int = 0
    Remote: bool = False
    LastConsumed: int = 0
    LastDeficit: int = 0
    LastUpdate: int = 0


UNKNOWN_FAILS_SINCE: Final = (26, 5)


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`args`: the entity's name, and a license's if one is asked for (before 26.05 an unknown one is no failure)."""
    try:
        found, _ = told(ctx, "slurm:licenses/", "licenses", License)
    except RestError as error:
        if not switches.quiet:
            ctx.rest_error("slurm_load_license error: ", error)
        return 1
    style = ctx.environ.get("SLURM_TIME_FORMAT", "")
    if not found:
        if not switches.quiet:
            ctx.out("No licenses configured in Slurm.\n")
        return 0
    if len(args) > 1:
        found = [one for one in found if one.LicenseName == args[1]]
        if not found and ctx.release >= UNKNOWN_FAILS_SINCE:
            ctx.error(f'query "{args[1]}" matched zero licenses.')
            return 1
    between = " " if switches.one_line else "\n    "
    for one in sorted(found, key=lambda one: one.LicenseName):
        text = (
            f"LicenseName={one.LicenseName}{between}Total={one.Total} Used={one.Used} Free={one.Free}"
            f" Reserved={one.Reserved} Remote={'yes' if one.Remote else 'no'}"
        )
        if one.Remote and one.LastUpdate:
            when = date.format_time(one.LastUpdate, style, now=ctx.clock(), release=ctx.release)
            text += (
                f"{between}LastConsumed={one.LastConsumed} LastDeficit={one.LastDeficit} LastUpdate={when}"
            )
        ctx.out(text + "\n")
    return 0
