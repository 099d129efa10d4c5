"""`sacctmgr show ENTITY [where] [CONDITION...] [format=...]`.

Each entity is a row of `ENTITIES`: where the API keeps it, its columns, what it can be asked for by.  Conditions are
tested here: these lists are short.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.columns import management as columns
from slurm_cli_proxy.columns.management import Record
from slurm_cli_proxy.columns.table import TableColumn, for_release
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.table import Field, InvalidField, Table, parse
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.untyped import untyped

_NO_ENTITY: Final = (
    "No valid entity in list command\n"
    'Input line must include "Account", "Association", "Cluster", "Configuration",\n'
    '"Event", "Federation", "Problem", "QOS", "Resource", "Reservation",\n'
    '"RunAwayJobs", "Stats", "Transaction", "TRES", "User", or "WCKey"\n'
)
_WORDS: Final = ("where", "set")
_TREE: Final = "tree"


class Entity(msgspec.Struct, frozen=True):
    """A kind of record.

    `least`: how many letters its name needs.  `path`, `name`, `old_name`: where the API has it, its list in the
    answer and in v0.0.38's.  `conditions`: what it can be asked for by, and the record's key; the first is what a word
    alone means ("" for none).  `query`: what later versions must be asked to tell all.  `user`: the key that is
    a user, who may be named as this machine names him.
    """

    names: tuple[str, ...]
    least: int
    path: str
    name: str
    columns: tuple[TableColumn[Record], ...]
    default: str
    conditions: Mapping[str, str]
    old_name: str = ""
    query: Mapping[str, str] = {}
    alone: str = ""
    user: str = ""


_ASSOCIATION: Final = (
    "cluster,account,user,partition,share,priority,grpjobs,grptres,grpsubmit,grpwall,grptresmins,maxjobs,maxtres,"
    "maxtrespernode,maxsubmit,maxwall,maxtresmins,qos,defaultqos,grptresrunmins"
)
_QOS: Final = (
    "name,priority,gracetime,preempt,preemptexempttime,preemptmode,flags%40,usagethreshold,usagefactor,grptres,"
    "grptresmins,grptresrunmins,grpjobs,grpsubmit,grpwall,maxtres,maxtrespernode,maxtresmins,maxwall,maxtrespu,"
    "maxjobspu,maxsubmitpu,maxtrespa,{new}maxjobspa,maxsubmitpa,mintres"
)
_NEW_QOS: Final = "maxtresrunminspa%22,maxtresrunminspu%22,"

ENTITIES: Final = (
    Entity(
        ("accounts",), 2, "slurmdb:accounts/", "accounts", columns.ACCOUNT, "account,description,organization",
        {"names": "name", "accounts": "name", "descriptions": "description", "organizations": "organization"},
        alone="name",
    ),
    Entity(
        ("associations",), 2, "slurmdb:associations/", "associations", columns.ASSOCIATION, _ASSOCIATION,
        {"users": "user", "accounts": "account", "clusters": "cluster", "partitions": "partition", "ids": "id"},
        user="user",
    ),
    Entity(
        ("clusters",), 2, "slurmdb:clusters/", "clusters", columns.CLUSTER, "",
        {"names": "name", "clusters": "name"}, alone="name",
    ),
    Entity(
        ("qos",), 1, "slurmdb:qos/", "qos", columns.QOS, _QOS,
        {"names": "name", "ids": "id", "qos": "name", "descriptions": "description"}, "QOS", alone="name",
    ),
    Entity(
        ("tres",), 2, "slurmdb:tres/", "TRES", columns.TRES, "type,name%15,id",
        {"types": "type", "names": "name", "ids": "id"}, alone="type",
    ),
    Entity(
        ("users",), 1, "slurmdb:users/", "users", columns.USER, "user,defaultaccount,adminlevel",
        {"names": "name", "users": "name", "defaultaccounts": "default.account"},
        query={"with_assocs": "true"}, alone="name", user="name",
    ),
)  # fmt: skip
_UNTOLD: Final = (
    "configuration", "events", "federations", "problems", "resources", "reservations", "runawayjobs", "stats",
    "transactions", "txn", "wckeys",
)  # fmt: skip


def run(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """Print the records; the exit status."""
    name = words[0].lower() if words else ""
    entity = next((one for one in ENTITIES if _fits(name, one)), None)
    if entity is None:
        untold = next((one for one in _UNTOLD if len(name) > 2 and one.startswith(name)), None)
        if untold:
            ctx.error(f"show {untold} is not supported by this version of slurm-cli-proxy")
            return 1
        ctx.err(_NO_ENTITY)
        return 1
    return listing(ctx, entity, words[1:], switches)


def _fits(name: str, entity: Entity) -> bool:
    return len(name) >= entity.least and any(full.startswith(name) for full in entity.names)


@untyped
def listing(ctx: Context, entity: Entity, words: Sequence[str], switches: Switches) -> int:
    """The records of one entity."""
    formats: list[str] = []
    wanted: dict[str, set[str]] = {}
    tree = False
    for word in words:
        key, equals, value = word.partition("=")
        key = key.lower()
        if not equals and key in _WORDS:
            continue
        if not equals and entity.path.endswith("associations/") and key == _TREE:
            tree = True
            continue
        if equals and len(key) > 1 and "format".startswith(key):
            formats.append(value)
            continue
        if key.startswith(("with", "only")):
            ctx.error(f"{word} is not supported by this version of slurm-cli-proxy")
            return 1
        path = entity.alone if not equals else next(
            (path for full, path in entity.conditions.items() if len(key) > 1 and full.startswith(key)), ""
        )  # fmt: skip
        if not path:
            if not equals and not entity.alone and not word.isdigit():
                ctx.error(f"Invalid value for AssocId ({word})")
                return 1
            hint = " Use keyword 'set' to modify value\n" if entity.alone else ""
            ctx.err(f" Unknown condition: {word}\n{hint}")
            return 1
        given = (value if equals else word).lower().split(",")
        wanted.setdefault(path, set()).update(map(ctx.cluster_user, given) if path == entity.user else given)
    fields = fields_of(ctx, entity, formats, tree=tree)
    if isinstance(fields, int):
        return fields
    everything = records(ctx.client, entity)
    if entity.path.endswith("associations/") and ctx.client.version == "v0.0.38":
        everything = ordered(everything)
    found = [record for record in everything if _passes(record, wanted)]
    if tree:
        found = in_tree(found)
    table = Table(fields, ctx.release, switches.parsable > 0, switches.parsable == 1, headings=True)
    if not switches.no_header:
        ctx.out(table.header())
    for text in table.rows(found, None):
        ctx.out(text)
    return 0


def fields_of(ctx: Context, entity: Entity, formats: list[str], *, tree: bool) -> list[Field[Record]] | int:
    """The fields asked for, or the exit status where they cannot be shown."""
    text = ",".join(formats)
    if not formats:
        text = entity.default.format(new=_NEW_QOS if ctx.release >= (22, 11) else "")
        if not text:
            ctx.error(
                "without format= a cluster's limits belong to the list, which the API does not tell of it"
            )
            return 1
    known = for_release(entity.columns, ctx.release)
    try:
        fields = parse(text, known)
        if not fields:
            raise InvalidField(text)
    except InvalidField as error:
        ctx.err(f"Unknown field '{error}'\n")
        return 1
    if tree:
        return [Field(f.column, -20 if f.column.name == "Account" else f.width) for f in fields]
    return fields


def records(client: Client, entity: Entity) -> list[Record]:
    """All records of a kind."""
    old = client.version == "v0.0.38"
    query = None if old or not entity.query else dict(entity.query)
    name = entity.old_name if old and entity.old_name else entity.name
    found: list[Record] = endpoints.listing(client, entity.path, name, dict, query)
    return [one for one in found if one.get("type") != "dynamic_offset"]


def _passes(record: Record, wanted: Mapping[str, set[str]]) -> bool:
    return all(_text(columns.at(record, path)) in values for path, values in wanted.items())


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower()


def ordered(found: list[Record]) -> list[Record]:
    """The associations as later versions give them: each account with its users, then the accounts below it."""
    below: dict[str, list[Record]] = {}
    for record in found:
        above = record.get("account") if record.get("user") else record.get("parent_account")
        below.setdefault(above or "", []).append(record)
    result: list[Record] = []

    def visit(name: str) -> None:
        users = [one for one in below.get(name, ()) if one.get("user")]
        accounts = [one for one in below.get(name, ()) if not one.get("user")]
        result.extend(sorted(users, key=lambda one: str(one["user"])))
        for one in sorted(accounts, key=lambda one: str(one["account"])):
            result.append(one)
            visit(str(one["account"]))

    visit("")
    return result if len(result) == len(found) else found


def in_tree(found: list[Record]) -> list[Record]:
    """The associations with their depth."""
    depths: dict[str, int] = {}
    for record in found:
        account, parent = record.get("account") or "", record.get("parent_account") or ""
        if record.get("user"):
            record["depth"] = depths.get(account, -1) + 1
        else:
            record["depth"] = depths[account] = depths.get(parent, -1) + 1
    return found
