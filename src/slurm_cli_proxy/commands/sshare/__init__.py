"""`sshare`: the associations' shares of the cluster, as a tree.

command line ──► settings ──► the API's shares ──► the rows asked for ──► table
"""

from __future__ import annotations

from typing import Final

import msgspec

from slurm_cli_proxy.columns.share import COLUMNS, Row
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.table import InvalidField, Table, parse
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.sshare import OPTIONS
from slurm_cli_proxy.records.share import Share
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

DEFAULT: Final = "account,user,{partition}rawshares,normshares,rawusage,effectvusage,fairshare"
LONG: Final = (
    "account,user,{partition}rawshares,normshares,rawusage,normusage,effectvusage,fairshare,levelfs,grptresmins,"
    "tresrunmins"
)
_TRY: Final = 'Try "sshare --help" for more information\n'


class Settings(msgspec.Struct):
    """What to list and how."""

    all: bool = False
    long: bool = False
    partition: bool = False
    no_header: bool = False
    parsable: int = 0
    users_only: bool = False
    verbose: bool = False
    format: str | None = None
    accounts: list[str] | None = None
    users: list[str] | None = None


class Done(Exception):
    """Everything is said; `status` is how to end."""

    def __init__(self, status: int) -> None:
        self.status = status


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sshare` with these arguments; returns the exit status."""
    try:
        settings = read(ctx, argv)
        fields = parse(format_of(settings), COLUMNS)
        if not endpoints.offers(ctx.client, "shares"):
            ctx.error(f"{ctx.client.version} of the API does not tell shares: v0.0.40 and later do")
            return 1
        shares = endpoints.shares(ctx.client)
    except Done as done:
        return done.status
    except InvalidField as error:
        ctx.error(f'Invalid field requested: "{error}"')
        return 1
    except RestError as error:
        ctx.rest_error("sshare: error: Couldn't get shares from controller: ", error)
        return 1
    table = Table(fields, ctx.release, settings.parsable > 0, settings.parsable == 1)
    if not settings.no_header:
        ctx.out(table.header())
    for text in table.rows(rows(shares, settings), None):
        ctx.out(text)
    if settings.verbose:
        ctx.err("".join(_listed(name, getattr(settings, name.lower())) for name in ("Users", "Accounts")))
    return 0


def _listed(name: str, words: list[str] | None) -> str:
    return f"{name} requested:\n" + "".join(f"\t: {word}\n" for word in words or ["all"])


def read(ctx: Context, argv: list[str]) -> Settings:
    """The command line; Done when nothing is left to do."""
    settings = Settings()
    scanner = Scanner(ctx.prog, argv, OPTIONS, ctx.release, permute="POSIXLY_CORRECT" not in ctx.environ)
    for event in scanner:
        if isinstance(event, Fault):
            ctx.err("".join(f"{line}\n" for line in event.lines) + ("" if event.unsupported else _TRY))
            raise Done(1)
        dest, value = event.option.dest, event.value or ""
        if dest in _FLAGS:
            name, kept = _FLAGS[dest]
            setattr(settings, name, kept)
        elif dest in ("accounts", "users"):
            found = [word for word in value.lower().split(",") if word]
            setattr(settings, dest, ([ctx.cluster_user(word) for word in found] if dest == "users" else found) or None)
        elif dest == "format":
            settings.format = value if settings.format is None else f"{settings.format},{value}"
        elif dest == "verbose":
            settings.verbose = True
        elif dest == "clusters":
            pass  # the call is for that cluster by now
        else:
            tell(ctx, dest)
    if settings.users is None and not settings.all:
        settings.users = [ctx.client.user]
    return settings


_FLAGS: Final[dict[str, tuple[str, bool | int]]] = {
    "all": ("all", True),
    "long": ("long", True),
    "partition": ("partition", True),
    "noheader": ("no_header", True),
    "parsable": ("parsable", 1),
    "parsable2": ("parsable", 2),
    "Users": ("users_only", True),
}


def tell(ctx: Context, what: str) -> None:
    """The options that end the command: always raises Done."""
    from slurm_cli_proxy.commands import version
    from slurm_cli_proxy.options import usage

    if what == "version":
        ctx.out(version.line(ctx))
    elif what == "helpformat":
        names = [column.name.ljust(17) for column in COLUMNS]
        ctx.out("\n".join(" ".join(names[at : at + 4]) for at in range(0, len(names), 4)) + "\n")
    elif what == "help":
        ctx.out(usage.help_text(ctx.prog, OPTIONS, ctx.release))
    else:
        ctx.out(usage.usage(ctx.prog, OPTIONS, ctx.release))
    raise Done(0)


def format_of(settings: Settings) -> str:
    """The columns asked for."""
    if settings.format is not None:
        return settings.format
    text = LONG if settings.long else DEFAULT
    return text.replace("{partition}", "partition," if settings.partition else "")


def rows(shares: list[Share], settings: Settings) -> list[Row]:
    """The rows asked for, with their depth in the tree."""
    found: list[Row] = []
    depths: dict[str, int] = {}
    for share in shares:
        if settings.accounts is not None and share.account.lower() not in settings.accounts:
            continue
        if share.is_user:
            if settings.users is None or share.name.lower() in settings.users:
                depth = 0 if settings.users_only else depths.get(share.parent, -1) + 1
                found.append(Row(share, depth))
            continue
        depths[share.name] = depths.get(share.parent, -1) + 1
        if not settings.users_only:
            found.append(Row(share, depths[share.name]))
    return found
