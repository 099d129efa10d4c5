"""What the REST API has no request for: one sentence each, and nothing is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context

HASHES: Final = "cannot be done: slurm-cli-proxy does not compute the hashes of Slurm's plugins"
HERE_ONLY: Final = "is about Slurm's processes on this machine, which has none of the cluster's"
NO_REQUEST: Final = "cannot be done: Slurm's REST API has no request for it"
NOT_TOLD: Final = "cannot be done: Slurm's REST API does not tell it"

VERBS: Final = {
    "abort": NO_REQUEST,
    "callerid": HERE_ONLY,
    "fairsharedampeningfactor": NO_REQUEST,
    "fsdampeningfactor": NO_REQUEST,
    "getaddrs": NOT_TOLD,
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
    "takeover": NO_REQUEST,
    "token": "cannot be done: Slurm's REST API gives no tokens; they come from `scontrol token` on the cluster",
    "top": NO_REQUEST,
}
"""Verb -> why it cannot be done."""

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
    from slurm_cli_proxy.commands.scontrol import verb_words

    wrong = verb_words.wrong(name, args, ctx.release)
    if wrong is not None:
        ctx.err(wrong.logged)
        if not (wrong.muted and switches.quiet):
            ctx.err(wrong.text)
        return wrong.status
    ctx.error(f"{name} {VERBS[name]}")
    return 1


def show(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Say why that entity cannot be shown; the exit status."""
    ctx.error(f"show {args[0]} {ENTITIES[args[0]]}")
    return 1


def version_lacks(ctx: Context, what: str) -> int:
    """Say that the API version in use has no request for something; the exit status."""
    ctx.error(
        f"{what} cannot be done: version {ctx.client.version} of Slurm's REST API has no request for it"
    )
    return 1
