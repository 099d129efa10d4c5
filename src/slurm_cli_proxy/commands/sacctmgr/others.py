"""Verbs that the REST API has nothing for: what native says of wrong words and to those who may not, then why not."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.sacctmgr import confirm
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import accounting

_WHY: Final = {
    "archive": "the Slurm REST API cannot archive or restore the accounting",
    "clear": "the Slurm REST API cannot clear the statistics of slurmdbd",
    "dump": "sacctmgr dump is not supported by this version of slurm-cli-proxy; show tells what a dump would hold",
    "load": "a dump cannot be loaded through the Slurm REST API",
    "reconfigure": "the Slurm REST API cannot reconfigure slurmdbd",
    "shutdown": "the Slurm REST API cannot shut slurmdbd down",
}
_DENIED: Final = {
    "clear": ("", 1),
    "dump": (" Your user does not have sufficient privileges to dump clusters.\n", 1),
    "reconfigure": ("", 0),
    "shutdown": (" Problem shutting down server: Access/permission denied\n", 1),
}
"""What is told those who may not, and the exit status."""
_QUESTION: Final = (
    "This may result in loss of accounting database records (if Purge* options enabled).\n"
    "Are you sure you want to continue?"
)
_OPTIONS_OF_LOAD: Final = ("clean", "cluster", "file")


def run(ctx: Context, verb: str, words: Sequence[str], switches: Switches) -> int:
    """Tell why it is not done; the exit status.  RestError."""
    status = _CHECKS[verb](ctx, words, switches) if verb in _CHECKS else None
    if status is not None:
        return status
    if verb in _DENIED and not accounting.privileged(ctx.client, ctx.user):
        text, status = _DENIED[verb]
        ctx.err(text)
        return status
    ctx.error(_WHY[verb])
    return 1


def _archive(ctx: Context, words: Sequence[str], switches: Switches) -> int | None:
    kind = words[0].lower() if words else ""
    if not kind or not any(full.startswith(kind) for full in ("dump", "load")):
        ctx.err('No valid entity in archive command\nInput line must include, "Dump", or "load"\n')
        return 1
    if kind.startswith("d") and not switches.immediate and not confirm.commit(ctx, _QUESTION):
        ctx.out(" Changes Discarded\n")
        return 0
    return None


def _clear(ctx: Context, words: Sequence[str], switches: Switches) -> int | None:
    if words and "stats".startswith(words[0].lower()):
        return None
    ctx.err('No valid entity in list command\nInput line must include "Stats"\n')
    return 1


def _dump(ctx: Context, words: Sequence[str], switches: Switches) -> int | None:
    name = ""
    for word in words:
        key, equals, value = word.partition("=")
        if equals and "file".startswith(key.lower()):
            continue
        if equals and not "cluster".startswith(key.lower()):
            ctx.err(f" Unknown option: {word}\n")
        elif name:
            ctx.err(f" Can only do one cluster at a time.  Already doing {name}\n")
        else:
            name = value if equals else word
    if not name:
        ctx.err(" We need a cluster to dump.\n")
        return 1
    if name not in [one.get("name") for one in accounting.listing(ctx.client, "clusters")]:
        ctx.err(f" Cluster {name} doesn't exist.\n")
        return 1
    return None


def _load(ctx: Context, words: Sequence[str], switches: Switches) -> int | None:
    if switches.readonly:
        ctx.err("Can't run this command in readonly mode.\n")
        return 1
    name = next((word for word in words if word.lower() not in _OPTIONS_OF_LOAD[:1]), "")
    if not name:
        ctx.err(" No filename given, specify one with file=''\n")
        return 1
    try:
        with open(os.path.join(ctx.cwd, name), "rb"):
            return None
    except OSError as error:
        ctx.err(f' Unable to read "{name}": {error.strerror}\n')
        return 1


_CHECKS: Final = {"archive": _archive, "clear": _clear, "dump": _dump, "load": _load}
