"""What the REST API has no request for: one sentence each, and nothing is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol import perror
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.commands.scontrol.wrong import Check
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import allowed
from slurm_cli_proxy.rest.errors import RestError

HASHES: Final = "cannot be done: slurm-cli-proxy does not compute the hashes of Slurm's plugins"
HERE_ONLY: Final = "is about Slurm's processes on this machine, which has none of the cluster's"
NO_REQUEST: Final = "cannot be done: Slurm's REST API has no request for it"
NOT_TOLD: Final = "cannot be done: Slurm's REST API does not tell it"

VERBS: Final = {
    "abort": NO_REQUEST,
    "callerid": HERE_ONLY,
    "fairsharedampeningfactor": NO_REQUEST,
    "fsdampeningfactor": NO_REQUEST,
    "getent": HERE_ONLY,
    "gethost": NOT_TOLD,
    "hash": HASHES,
    "hash_file": HASHES,
    "listjobs": HERE_ONLY,
    "listpids": HERE_ONLY,
    "liststeps": HERE_ONLY,
    "notify": NO_REQUEST,
    "pidinfo": HERE_ONLY,
    "power": NO_REQUEST,
    "reboot_nodes": NO_REQUEST,
    "resume": NO_REQUEST,
    "schedloglevel": NO_REQUEST,
    "setdebug": NO_REQUEST,
    "setdebugflags": NO_REQUEST,
    "shutdown": NO_REQUEST,
    "suspend": NO_REQUEST,
    "token": "cannot be done: Slurm's REST API gives no tokens; they come from `scontrol token` on the cluster",
    "top": NO_REQUEST,
}
"""Verb -> why it cannot be done."""

FORBIDDEN: Final = {
    "abort": ("slurm_shutdown error", 2010),
    "fairsharedampeningfactor": ("slurm_set_fs_dampeningfactor error", 13),
    "fsdampeningfactor": ("slurm_set_fs_dampeningfactor error", 13),
    "power": ("scontrol_power_nodes error", 2010),
    "reboot_nodes": ("scontrol_reboot_nodes error", 13),
    "schedloglevel": ("slurm_set_schedlog_level error", 13),
    "setdebug": ("slurm_set_debug_level error", 13),
    "setdebugflags": ("slurm_set_debug_flags error", 13),
    "shutdown": ("slurm_shutdown error", 2010),
}
"""What administrators alone may do: what others are told natively, and Slurm's number for it."""

NODES: Final = "nodes="
"""With which `setdebug` and `setdebugflags` ask nodes, not the controller."""

SUBJECTS: Final = {"FrontendName": 2010, "SlurmctldDebug": 13}
"""What the API cannot update -> Slurm's number of what others than administrators are told; 13 where none is given."""

ENTITIES: Final = {
    "assoc_mgr": NOT_TOLD,
    "bbstat": NOT_TOLD,
    "burstbuffer": NOT_TOLD,
    "cache": NOT_TOLD,
    "daemons": HERE_ONLY,
    "dwstat": NOT_TOLD,
    "federations": NOT_TOLD,
    "frontendname": NOT_TOLD,
    "slurmd": HERE_ONLY,
    "topoconf": NOT_TOLD,
    "topology": NOT_TOLD,
}
"""What `show` cannot show -> why."""


def verb(ctx: Context, name: str, args: Sequence[str], switches: Switches) -> int:
    """Say what is wrong with the words, or why that verb cannot be carried out; the exit status."""
    from slurm_cli_proxy.commands.scontrol import refused, verb_words

    status = complain(ctx, verb_words.CHECKS.get(name), args, switches)
    if status is not None:
        return status
    refuse = refused.REFUSALS.get(name)
    status = refuse(ctx, args, switches) if refuse else None
    if status is not None:
        return status
    if name in FORBIDDEN and not any(word.startswith(NODES) for word in args):
        what, number = FORBIDDEN[name]
        error = forbidden(ctx, number)
        if error is not None:
            return perror.complain(ctx, what, error, quiet=switches.quiet)
    ctx.error(f"{name} {VERBS[name]}")
    return 1


def complain(ctx: Context, check: Check | None, args: Sequence[str], switches: Switches) -> int | None:
    """Say what is wrong with the words; the exit status, None if nothing is."""
    wrong = check(args, ctx.release) if check else None
    if wrong is None:
        return None
    ctx.err(wrong.logged)
    if not (wrong.muted and switches.quiet):
        ctx.err(wrong.text)
    return wrong.status


def forbidden(ctx: Context, number: int) -> RestError | None:
    """What a user is told who may not do what administrators may; None for these."""
    try:
        allowed.must_be_allowed(ctx.client)
    except RestError:
        return ctx.client.slurm_error(number)
    return None


def show(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Say what is wrong with the words, or why that entity cannot be shown; the exit status."""
    from slurm_cli_proxy.commands.scontrol import show_words

    status = complain(ctx, show_words.CHECKS.get(args[0]), args[1:], switches)
    if status is not None:
        return status
    ctx.error(f"show {args[0]} {ENTITIES[args[0]]}")
    return 1


def update(ctx: Context, subject: str, args: Sequence[str], switches: Switches) -> int:
    """Say what is wrong with the words after `update`, or why that cannot be changed; the exit status."""
    from slurm_cli_proxy.commands.scontrol import update_words

    status = complain(ctx, update_words.CHECKS.get(subject), args, switches)
    if status is not None:
        return status
    error = forbidden(ctx, SUBJECTS.get(subject, 13)) if subject != "StepId" else None
    if error is not None:
        ctx.rest_error("slurm_update error: ", error)
    else:
        ctx.error(f"update {subject} {NO_REQUEST}")
    return 1


def lacking(ctx: Context, what: str) -> int:
    """Say that the API version has no request for a change; the exit status.

    RestError for a user to whom the controller would not grant it, either.
    """
    allowed.must_be_allowed(ctx.client)
    return version_lacks(ctx, what)


def version_lacks(ctx: Context, what: str) -> int:
    """Say that the API version in use has no request for something; the exit status."""
    ctx.error(
        f"{what} cannot be done: version {ctx.client.version} of Slurm's REST API has no request for it"
    )
    return 1
