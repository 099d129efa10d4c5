"""`sshare`: the associations' shares of the cluster, as a tree.

command line ──► settings ──► the API's shares ──► the rows asked for ──► table
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from slurm_cli_proxy.columns.share import COLUMNS, Row
from slurm_cli_proxy.commands import scanning
from slurm_cli_proxy.commands.listing import Done
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.table import Field, InvalidField, Table, parse
from slurm_cli_proxy.notation import wordlist
from slurm_cli_proxy.options.getopt import Fault
from slurm_cli_proxy.options.sshare import OPTIONS
from slurm_cli_proxy.records.share import Share
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

if TYPE_CHECKING:
    from slurm_cli_proxy.commands.documents import Form

DEFAULT: Final = "account,user,{partition}rawshares,normshares,rawusage,effectvusage,fairshare"
LONG: Final = (
    "account,user,{partition}rawshares,normshares,rawusage,normusage,effectvusage,fairshare,levelfs,grptresmins,"
    "tresrunmins"
)


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
    document: Form | None = None


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sshare` with these arguments; returns the exit status."""
    try:
        settings = read(ctx, argv)
        fields = fields_of(settings)
        if not endpoints.offers(ctx.client, "shares"):
            ctx.error(f"{ctx.client.version} of the API does not tell shares: v0.0.40 and later do")
            return 1
        if settings.document:
            from slurm_cli_proxy.commands.sshare import document

            return document.report(ctx, settings, argv)
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
    scanner = scanning.scanner(ctx, argv, OPTIONS)
    for event in scanner:
        if isinstance(event, Fault):
            ctx.err(event.told(ctx.prog))
            raise Done(1)
        dest, value = event.option.dest, event.value or ""
        if dest in _FLAGS:
            name, kept = _FLAGS[dest]
            setattr(settings, name, kept)
        elif dest == "accounts":
            settings.accounts = wordlist.parse(value.lower(), settings.accounts)
        elif dest == "users":
            settings.all = value == "-1"
            if not settings.all:
                names = (ctx.cluster_user(_name(ctx, word)) for word in wordlist.names(value))
                settings.users = _each_once([*(settings.users or ()), *names])
        elif dest in ("json", "yaml"):
            from slurm_cli_proxy.commands import documents

            settings.document = documents.requested(ctx, dest, event.value)
            if settings.document is None:
                raise Done(1)
        elif dest == "format":
            settings.format = value if settings.format is None else f"{settings.format},{value}"
        elif dest == "verbose":
            settings.verbose = True
        elif dest == "clusters":
            pass  # the call is for that cluster by now
        else:
            tell(ctx, dest)
    if settings.all:
        settings.users = None
    elif not settings.users:
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
    if what == "helpformat":
        names = [column.name.ljust(17) for column in COLUMNS]
        ctx.out("\n".join(" ".join(names[at : at + 4]) for at in range(0, len(names), 4)) + "\n")
        raise Done(0)
    from slurm_cli_proxy.commands import about

    raise Done(about.tell(ctx, what, OPTIONS))


def _each_once(names: list[str]) -> list[str]:
    """Names without those that are there already in other letters."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.lower(), name)
    return list(found.values())


def _name(ctx: Context, word: str) -> str:
    """The name of a user who may be given by number, as C's strtol reads it; Done if nobody has the number."""
    if not "0" <= word[0] <= "9":
        return word
    import pwd
    import re

    found = re.match(r"(?i)0x[0-9a-f]+|0[0-7]*|[0-9]+", word)
    assert found
    digits = found[0]
    base = 10 if digits[0] != "0" else 16 if digits[1:2] in "xX" and digits[1:] else 8
    uid = int(digits, base) & 0xFFFFFFFF
    try:
        return pwd.getpwuid(uid).pw_name
    except (KeyError, OverflowError):
        ctx.err(f"Invalid user id: {uid}\n")
        raise Done(1) from None


def fields_of(settings: Settings) -> list[Field[Row]]:
    """The columns asked for: of nothing, the first; a width of 0 is no width.  InvalidField."""
    if settings.format is None:
        text = LONG if settings.long else DEFAULT
        return parse(text.replace("{partition}", "partition," if settings.partition else ""), COLUMNS)
    text = ",".join(wordlist.parse(settings.format)) or COLUMNS[0].name
    return [Field(field.column, field.width or field.column.width) for field in parse(text, COLUMNS)]


def rows(shares: list[Share], settings: Settings) -> list[Row]:
    """The rows asked for, with their depth in the tree."""
    found: list[Row] = []
    depths: dict[str, int] = {}
    users = None if settings.users is None else {name.lower() for name in settings.users}
    for share in shares:
        if settings.accounts is not None and share.account.lower() not in settings.accounts:
            continue
        if share.is_user:
            if users is None or share.name.lower() in users:
                depth = 0 if settings.users_only else depths.get(share.parent, -1) + 1
                found.append(Row(share, depth))
            continue
        depths[share.name] = depths.get(share.parent, -1) + 1
        if not settings.users_only:
            found.append(Row(share, depths[share.name]))
    return found
