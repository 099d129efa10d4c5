"""`sacctmgr`: what the accounting knows of users, accounts, associations, QOS, clusters and resources."""

from __future__ import annotations

import sys
from typing import Final

from slurm_cli_proxy.commands import scanning
from slurm_cli_proxy.commands.sacctmgr import show
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault
from slurm_cli_proxy.options.sacctmgr import OPTIONS
from slurm_cli_proxy.rest.errors import RestError

_VERBS: Final = (
    Keyword(name="add", shortest=3),
    Keyword(name="archive", shortest=3),
    Keyword(name="associations", shortest=3),
    Keyword(name="clear", shortest=3),
    Keyword(name="create", shortest=3),
    Keyword(name="delete", shortest=3),
    Keyword(name="dump", shortest=3),
    Keyword(name="exit", shortest=4),
    Keyword(name="help", shortest=2),
    Keyword(name="list", shortest=3),
    Keyword(name="load", shortest=2),
    Keyword(name="modify", shortest=1),
    Keyword(name="oneliner", shortest=1),
    Keyword(name="ping", shortest=4, since=(24, 5)),
    Keyword(name="quiet", shortest=4),
    Keyword(name="quit", shortest=4),
    Keyword(name="readonly", shortest=4),
    Keyword(name="reconfigure", shortest=4),
    Keyword(name="remove", shortest=3),
    Keyword(name="show", shortest=3),
    Keyword(name="shutdown", shortest=4),
    Keyword(name="update", shortest=1),
    Keyword(name="verbose", shortest=4),
    Keyword(name="version", shortest=4),
)
_PING_SINCE: Final = 42
_SAME: Final = {"create": "add", "remove": "delete", "update": "modify", "list": "show"}
_OTHERS: Final = ("archive", "clear", "dump", "load", "reconfigure", "shutdown")
"""Verbs that the API has nothing for (`others.py`)."""
_SETTINGS: Final = ("associations", "oneliner", "quiet", "readonly", "verbose")
_FEW_WORDS: Final = {
    "exit": "too many arguments for keyword:{}",
    "help": "too many arguments for keyword:{}",
    "oneliner": "too many arguments for keyword:{}",
    "ping": "too many arguments for {} keyword",
    "quiet": "too many arguments for keyword:{}",
    "quit": "too many arguments for keyword:{}",
    "readonly": "too many arguments for {} keyword",
    "reconfigure": "too many arguments for {} keyword",
    "shutdown": "too many arguments for {} keyword",
    "verbose": "too many arguments for {} keyword",
    "version": "too many arguments for {} keyword",
}
"""Verbs that are followed by nothing, and what is told where something follows."""
_ENTITIES: Final = (
    Keyword(name="accounts", shortest=1),
    Keyword(name="acct", shortest=4),
    Keyword(name="clusters", shortest=2),
    Keyword(name="coordinators", shortest=2),
    Keyword(name="federations", shortest=1),
    Keyword(name="jobs", shortest=1),
    Keyword(name="qos", shortest=1),
    Keyword(name="resources", shortest=1),
    Keyword(name="users", shortest=1),
)
_HANDLERS: Final = {
    "add": {
        "accounts": "add.account", "clusters": "add_more.cluster", "coordinators": "add_more.coordinator",
        "federations": "", "qos": "add_more.qos", "resources": "", "users": "add.user",
    },
    "delete": {
        "accounts": "remove.account", "clusters": "remove.cluster", "coordinators": "remove.coordinator",
        "federations": "", "qos": "remove.qos", "resources": "", "users": "remove.user",
    },
    "modify": {
        "accounts": "modify.account", "clusters": "modify.cluster", "federations": "", "jobs": "",
        "qos": "modify.qos", "resources": "", "users": "modify.user",
    },
}  # fmt: skip
_NAMED: Final = {
    "add": '"Account", "Cluster", "Coordinator", "Federation", "QOS", "Resource", or "User"',
    "delete": '"Account", "Cluster", "Coordinator", "Federation", "QOS", "Resource", or "User"',
    "modify": '"Account", "Cluster", "Federation", "Job", "QOS", "Resource" or "User"',
}


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sacctmgr` with these arguments; returns the exit status."""
    switches = Switches()
    scanner = scanning.scanner(ctx, argv, OPTIONS)
    for event in scanner:
        if isinstance(event, Fault):
            ctx.err(event.told(ctx.prog))
            return 1
        dest = event.option.dest
        if dest in ("version", "help", "usage"):
            from slurm_cli_proxy.commands import about

            return about.tell(ctx, dest, OPTIONS)
        if dest in ("json", "yaml"):
            from slurm_cli_proxy.commands import documents

            switches.document = documents.requested(ctx, dest, event.value)
            if switches.document is None:
                return 1
        else:
            switches.note(dest)
    words = scanner.operands
    switches.argv, switches.operands = argv, words
    if not words:
        from slurm_cli_proxy.commands.sacctmgr import prompt

        return prompt.run(ctx, switches)
    return command(ctx, words, switches)


def verb_of(ctx: Context, word: str) -> str:
    """The verb that a word stands for; "" for none."""
    found = find(_VERBS, word, ctx.release)
    return _SAME.get(found.name, found.name) if found else ""


def command(ctx: Context, words: list[str], switches: Switches) -> int:
    """One command line's verb."""
    verb = verb_of(ctx, words[0])
    if not verb:
        ctx.err(f"invalid keyword: {words[0]}\n")
        return 1
    surplus = len(words) > 1 and verb in _FEW_WORDS
    status = 1 if surplus else 0
    if surplus and verb != "ping":
        ctx.err(_FEW_WORDS[verb].format(words[0]) + "\n")
    if verb in _SETTINGS:
        switches.note(verb)
        return status
    try:
        if verb == "show":
            return show.run(ctx, words[1:], switches)
        if verb in _HANDLERS:
            return _change(ctx, verb, words[1:], switches)
        if verb == "ping":
            done = _ping(ctx, switches)
            if surplus:
                ctx.err(_FEW_WORDS[verb].format(words[0]) + "\n")
            return status if switches.document else done
        if verb in _OTHERS:
            from slurm_cli_proxy.commands.sacctmgr import others

            return others.run(ctx, verb, words[1:], switches) or status
    except RestError as error:
        from slurm_cli_proxy.commands import slurmdbd

        return slurmdbd.refused(ctx, error)
    if verb in ("version", "help"):
        from slurm_cli_proxy.commands import about

        return about.tell(ctx, verb, OPTIONS) or status
    return status


def _ping(ctx: Context, switches: Switches) -> int:
    """Tell which daemons of the accounting answer."""
    if switches.document:
        from slurm_cli_proxy.commands.sacctmgr import document

        return document.report(ctx, switches, "ping/", "pings")
    from slurm_cli_proxy.rest import versions
    from slurm_cli_proxy.rest.endpoints import listing

    if versions.number(ctx.client.version) < _PING_SINCE:
        ctx.error(f"{ctx.client.version} of the Slurm REST API cannot ping slurmdbd")
        return 1
    told: list[dict[str, object]] = listing(ctx.client, "slurmdb:ping/", "pings", dict)
    for one in told:
        which = "primary" if one.get("primary") else "backup"
        state = "UP" if one.get("responding") else "DOWN"
        ctx.out(f"slurmdbd({which}) at {one.get('hostname')} is {state}\n")
    return 0


def _change(ctx: Context, verb: str, words: list[str], switches: Switches) -> int:
    """Add, modify, delete."""
    if switches.readonly:
        ctx.err("Can't run this command in readonly mode.\n")
        return 1
    found = find(_ENTITIES, words[0], ctx.release) if words else None
    name = {"acct": "accounts"}.get(found.name, found.name) if found else ""
    handlers = _HANDLERS[verb]
    if name not in handlers:
        ctx.err(f"No valid entity in {verb} command\nInput line must include {_NAMED[verb]}\n")
        return 1
    module, _, function = handlers[name].partition(".")
    if not module:
        ctx.error(f"the Slurm REST API cannot {verb} {name}")
        return 1
    full = f"{__name__}.{module}"
    __import__(full)
    from slurm_cli_proxy.rest.accounting import Unable

    try:
        status: int = getattr(sys.modules[full], function)(ctx, words[1:], switches)
    except Unable as error:
        ctx.error(str(error))
        return 1
    return status
