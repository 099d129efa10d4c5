"""Verbs about the controller and about error numbers: `reconfigure`, `errnumstr`, `cancel_reboot`."""

from __future__ import annotations

from collections.abc import Sequence

from slurm_cli_proxy.commands.scontrol import unable
from slurm_cli_proxy.commands.scontrol.perror import complain
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.values import int32, leading_number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Bare
from slurm_cli_proxy.rest.errors import RestError


def reconfigure(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Have the daemons read their configuration again; further words are ignored."""
    try:
        if not endpoints.offers(ctx.client, "reconfigure"):
            return unable.lacking(ctx, "reconfigure")
        ctx.client.get("slurm:reconfigure/", type=Bare)
    except RestError as error:
        return complain(ctx, "slurm_reconfigure error", error, quiet=switches.quiet)
    return 0


def take_over(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Have a backup controller take over, which the API cannot; one that there is not is told natively."""
    if len(args) > 1:
        ctx.err("takeover: too many arguments\n")
        return 1
    index = int32(leading_number(args[0])[0]) if args else -1
    if args and not 0 < index < len(endpoints.ping(ctx.client, dict)):
        ctx.err(f"takeover: invalid backup controller index ({index})\n")
    else:
        ctx.error(f"takeover {unable.NO_REQUEST}")
    return 1


def error_text(ctx: Context, args: Sequence[str], switches: Switches, verb: str = "errnumstr") -> int:
    """What an error number means."""
    from slurm_cli_proxy.rest import slurm_errors

    number, rest = leading_number(args[0])
    if rest:
        return switches.refuse(ctx, f"numeric arguments required for keyword:{verb}", loud=True)
    ctx.out(slurm_errors.text(int32(number), ctx.release) + "\n")
    return 0


def error_text_again(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """The same by its other name, `errnostr`."""
    return error_text(ctx, args, switches, "errnostr")


def cancel_reboot(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Take back that nodes are to be rebooted."""
    from slurm_cli_proxy.commands.scontrol import update_node

    try:
        if not endpoints.offers(ctx.client, "update_node"):
            return unable.lacking(ctx, "cancel_reboot")
        update_node.send(ctx, args[0], {"state": ["REBOOT_CANCELED"]})
    except RestError as error:
        ctx.rest_error("slurm_update error: ", error)
        return 1
    return 0
