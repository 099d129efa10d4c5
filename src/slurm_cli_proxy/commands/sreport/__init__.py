"""`sreport`: reports that follow exactly from what the API tells of associations' usage; why not, for the others.

slurmdbd keeps usage by the hour; `GET /slurmdb/associations` tells it from v0.0.40 on.  What the clusters themselves
had (down, idle, planned) it does not tell, so there are neither shares of the whole nor the cluster's utilization.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.commands import scanning
from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault
from slurm_cli_proxy.options.sreport import OPTIONS
from slurm_cli_proxy.rest.errors import RestError

_VERBS: Final = (
    Keyword(name="cluster", shortest=2),
    Keyword(name="exit", shortest=1),
    Keyword(name="help", shortest=2),
    Keyword(name="job", shortest=1),
    Keyword(name="parsable", shortest=9),
    Keyword(name="quiet", shortest=4),
    Keyword(name="quit", shortest=4),
    Keyword(name="reservation", shortest=2),
    Keyword(name="time", shortest=1),
    Keyword(name="user", shortest=1),
    Keyword(name="verbose", shortest=4),
    Keyword(name="version", shortest=4),
)
_FEW_WORDS: Final = {
    **dict.fromkeys(("exit", "help", "quiet", "quit"), "too many arguments for keyword:{}"),
    **dict.fromkeys(("verbose", "version"), "too many arguments for {} keyword"),
}
"""Verbs that are followed by nothing, and what is told where something follows."""
_LEAVING: Final = ("exit", "quit")
_BY_QOS: Final = (24, 5)
_REPORTS: Final = {
    "cluster": (
        Keyword(name="AccountUtilizationByQOS", shortest=21, since=_BY_QOS),
        Keyword(name="AccountUtilizationByUser", shortest=21, since=_BY_QOS),
        Keyword(name="AccountUtilizationByUser", shortest=1, until=_BY_QOS),
        Keyword(name="UserUtilizationByAccount", shortest=18),
        Keyword(name="UserUtilizationByWckey", shortest=18),
        Keyword(name="Utilization", shortest=2),
        Keyword(name="WCKeyUtilizationByUser", shortest=1),
    ),
    "user": (Keyword(name="TopUsage", shortest=1),),
    "job": (
        Keyword(name="SizesByAccount", shortest=1),
        Keyword(name="SizesByAccountAndWckey", shortest=15),
        Keyword(name="SizesByWckey", shortest=8),
    ),
    "reservation": (Keyword(name="Utilization", shortest=1),),
}
_VALID: Final = {
    "cluster": '"AccountUtilizationByUser", "AccountUtilizationByQOS", "UserUtilizationByAccount", '
    '"UserUtilizationByWckey", "Utilization", and "WCKeyUtilizationByUser"',
    "user": '"Top"',
    "job": '"SizesByAccount, SizesByAccountAndWcKey, and  SizesByWckey"',
    "reservation": '"Utilization"',
}
_OF_USAGE: Final = ("AccountUtilizationByUser", "UserUtilizationByAccount", "TopUsage")
_WHY: Final = {
    "AccountUtilizationByQOS": "the usage of each QOS",
    "UserUtilizationByWckey": "enough of wckeys' usage",
    "WCKeyUtilizationByUser": "enough of wckeys' usage",
    "Utilization": "how long a cluster's resources were down, planned or idle",
    "SizesByAccountAndWckey": "enough of wckeys' usage",
    "SizesByWckey": "enough of wckeys' usage",
    "reservation": "the use of past reservations",
}


class Settings(msgspec.Struct):
    """The options' values; `tres` in lower case, None where CPUs are told of; `clusters` None for the own one."""

    noheader: bool = False
    parsable: int = 0
    time: str = "minutes"
    tres: list[str] | None = None
    clusters: set[str] | None = None
    all_clusters: bool = False


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sreport` with these arguments; returns the exit status."""
    settings = Settings()
    scanner = scanning.scanner(ctx, argv, OPTIONS)
    for event in scanner:
        if isinstance(event, Fault):
            ctx.err(event.told(ctx.prog))
            return 1
        dest, value = event.option.dest, event.value or ""
        if dest in ("version", "help", "usage"):
            from slurm_cli_proxy.commands import about

            return about.tell(ctx, dest, OPTIONS)
        if dest == "noheader":
            settings.noheader = True
        elif dest in ("parsable", "parsable2"):
            settings.parsable = 1 if dest == "parsable" else 2
        elif dest == "time":
            settings.time = value.lower()
        elif dest == "clusters":
            settings.clusters = {name for name in value.lower().split(",") if name}
        elif dest == "all_clusters":
            settings.all_clusters = True
        elif dest == "tres":
            settings.tres = [name for name in value.lower().split(",") if name]
    words = scanner.operands
    if not words:
        return _prompt(ctx, settings)
    return _obey(ctx, words, settings)


def _prompt(ctx: Context, settings: Settings) -> int:
    from slurm_cli_proxy.commands.scontrol.prompt import carry_out

    def leaves(word: str) -> bool:
        verb = find(_VERBS, word, ctx.release)
        return verb is not None and verb.name in _LEAVING

    return carry_out(ctx, lambda words: _obey(ctx, words, settings), leaves)


def _obey(ctx: Context, words: Sequence[str], settings: Settings) -> int:
    """One command line; the exit status."""
    try:
        return _command(ctx, words, settings)
    except RestError as error:
        from slurm_cli_proxy.commands import slurmdbd

        return slurmdbd.refused(ctx, error)


def _command(ctx: Context, words: Sequence[str], settings: Settings) -> int:
    verb = find(_VERBS, words[0], ctx.release)
    if verb is None:
        ctx.err(f"invalid keyword: {words[0]}\n")
        return 1
    surplus = len(words) > 1 and verb.name in _FEW_WORDS
    if surplus:
        ctx.err(_FEW_WORDS[verb.name].format(words[0]) + "\n")
    if verb.name in ("version", "help"):
        from slurm_cli_proxy.commands import about

        return about.tell(ctx, verb.name, OPTIONS) or (1 if surplus else 0)
    if verb.name in ("cluster", "user", "job", "reservation", "time") and len(words) == 1:
        ctx.err(f"too few arguments for keyword:{words[0]}\n")
        return 1
    name = verb.name
    if name == "parsable":
        settings.parsable = 1
    if name == "time":
        from slurm_cli_proxy.commands.sreport import usage

        if not words[1].lower().startswith(usage.SHARES):
            usage.unit_of(ctx, words[1].lower())
        settings.time = words[1].lower()
        return 0
    if reports := _REPORTS.get(name):
        report = find(reports, words[1], ctx.release)
        if report is None:
            ctx.err(f"Not valid report {words[1]}\nValid {name} reports are, {_valid(ctx, name)}\n")
            return 1
        if name != "reservation":
            name = report.name
    if name == "SizesByAccount":
        from slurm_cli_proxy.commands.sreport import sizes

        return sizes.show(ctx, words[2:], settings)
    if name in _OF_USAGE:
        from slurm_cli_proxy.commands.sreport import usage

        return usage.show(ctx, name, words[2:], settings)
    if name in _WHY:
        ctx.error(f"the Slurm REST API does not tell {_WHY[name]}")
        return 1
    return 1 if surplus else 0


def _valid(ctx: Context, kind: str) -> str:
    told = _VALID[kind]
    return told if ctx.release >= _BY_QOS else told.replace('"AccountUtilizationByQOS", ', "")
