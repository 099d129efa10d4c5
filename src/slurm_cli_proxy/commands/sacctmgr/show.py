"""`sacctmgr show ENTITY [where] [CONDITION...] [format=...]`.

Each entity is a row of `ENTITIES`: where the API keeps it, its columns, what it can be asked for by.  Conditions are
tested here: these lists are short.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.columns import management as columns
from slurm_cli_proxy.columns.management import Record
from slurm_cli_proxy.columns.table import TableColumn, for_release
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.table import Field, InvalidField, Table, parse
from slurm_cli_proxy.rest import endpoints, versions
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.untyped import untyped

_NO_ENTITY: Final = (
    "No valid entity in list command\n"
    'Input line must include "Account", "Association", "Cluster", "Configuration",\n'
    '"Event", "Federation", "Problem", "QOS", "Resource", "Reservation",\n'
    '"RunAwayJobs", "Stats", "Transaction", "TRES", "User", or "WCKey"\n'
)
_WORDS: Final = ("where", "set")
_TREE: Final = "tree"
_NOTHING: Final = 9003
_DENIED: Final = 2002
_LINEAGE: Final = (23, 11)
_UNABLE: Final = {"withrawqoslevel": 5, "withfed": 5, "withclusters": 5}
_SPELLED: Final = {
    ("accounts", "withdeleted"): (41, "with_deleted", "DELETED"),
    ("associations", "withdeleted"): (42, "with_deleted", "Include deleted associations"),
    **{
        ("associations", word): (42, "without_parent_limits", "Exclude limits from parents")
        for word in ("wopinfo", "woplimits", "wolimits")
    },
    ("qos", "withdeleted"): (42, "with_deleted", "Include deleted QOS"),
    ("users", "withdeleted"): (41, "with_deleted", "with_deleted"),
    ("wckeys", "withdeleted"): (40, "with_deleted", "with_deleted"),
}
"""What a word is called in the query: the API version since which, the name before, the name since."""
_COORDS: Final = {"with_coords": "true"}


class Entity(msgspec.Struct, frozen=True):
    """A kind of record.

    `least`: how many letters its name needs.  `path`, `name`, `old_name`: where the API has it, its list in the
    answer and in v0.0.38's.  `conditions`: what it can be asked for by, and the record's key; the first is what a word
    alone means ("" for none).  `query`: what later versions must be asked to tell all.  `user`: the key that is
    a user, who may be named as this machine names him.  `hint`: whether native explains an unknown condition.
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
    flags: Mapping[str, int] = {}
    narrow: Mapping[str, str] = {}
    owner: str = ""
    user: str = ""
    hint: bool = True


class Asked(msgspec.Struct):
    """What was asked for: values by the record's key, and by that of its associations; words; formats."""

    formats: list[str] = []
    wanted: dict[str, set[str]] = {}
    narrowed: dict[str, set[str]] = {}
    flags: set[str] = set()


_ASSOCIATION: Final = (
    "cluster,account,user,partition,share,priority,grpjobs,grptres,grpsubmit,grpwall,grptresmins,maxjobs,maxtres,"
    "maxtrespernode,maxsubmit,maxwall,maxtresmins,qos,defaultqos,grptresrunmins"
)
_LIMITED: Final = "cluster,account,user,partition"
_USER_ASSOCIATIONS: Final = (
    ",cluster,account,partition,share,priority,maxjobs,maxnodes,maxcpus,maxsubmit,maxwall,maxcpumins,qos,"
    "defaultqos"
)
_ACCOUNT_ASSOCIATIONS: Final = (
    ",cluster,parentname,user,share,priority,grpjobs,grpnodes,grpcpus,grpmem,grpsubmit,grpwall,grpcpumins,maxjobs,"
    "maxnodes,maxcpus,maxsubmit,maxwall,maxcpumins,qos,defaultqos"
)
_CLUSTER: Final = (
    "cluster,controlhost,controlport,rpc,share,grpjobs,grptres,grpsubmit,maxjobs,maxtres,maxsubmit,maxwall,qos,"
    "defaultqos"
)
_QOS: Final = (
    "name,priority,gracetime,preempt,preemptexempttime,preemptmode,flags%40,usagethreshold,usagefactor,grptres,"
    "grptresmins,grptresrunmins,grpjobs,grpsubmit,grpwall,maxtres,maxtrespernode,maxtresmins,maxwall,maxtrespu,"
    "maxjobspu,maxsubmitpu,maxtrespa,{new}maxjobspa,maxsubmitpa,mintres"
)
_NEW_QOS: Final = "maxtresrunminspa%22,maxtresrunminspu%22,"

ASSOCIATIONS: Final = Entity(
    ("associations",), 2, "slurmdb:associations/", "associations", columns.ASSOCIATION, _ASSOCIATION,
    {"users": "user", "accounts": "account", "clusters": "cluster", "partitions": "partition", "ids": "id",
     "parents": "parent_account", "qos": "qos", "defaultqos": "default.qos"},
    user="user",
    flags={_TREE: 4, "wopinfo": 4, "woplimits": 4, "wolimits": 3, "onlydefaults": 4, "withsubaccounts": 5,
           "withdeleted": 5},
)  # fmt: skip
ENTITIES: Final = (
    Entity(
        ("accounts",), 2, "slurmdb:accounts/", "accounts", columns.ACCOUNT, "account,description,organization",
        {"names": "name", "accounts": "name", "descriptions": "description", "organizations": "organization"},
        alone="name", flags={"withassoc": 5, "withcoordinators": 5, "withdeleted": 5}, owner="account",
        narrow={"users": "user", "clusters": "cluster", "parents": "parent_account"}, user="user",
    ),
    ASSOCIATIONS,
    Entity(
        ("clusters",), 2, "slurmdb:clusters/", "clusters", columns.CLUSTER_LIMITS, _CLUSTER,
        {"names": "name", "clusters": "name"}, alone="name",
    ),
    Entity(
        ("qos",), 1, "slurmdb:qos/", "qos", columns.QOS, _QOS,
        {"names": "name", "ids": "id", "qos": "name", "descriptions": "description"}, "QOS", alone="name",
        flags={"withdeleted": 5},
    ),
    Entity(
        ("tres",), 2, "slurmdb:tres/", "TRES", columns.TRES, "type,name%15,id",
        {"types": "type", "names": "name", "ids": "id"}, alone="type",
    ),
    Entity(
        ("users",), 1, "slurmdb:users/", "users", columns.USER, "user,defaultaccount,adminlevel",
        {"names": "name", "users": "name", "defaultaccounts": "default.account"},
        query={"with_assocs": "true", "with_coords": "true"}, alone="name", user="name",
        flags={"withassoc": 5, "withcoordinators": 5, "withdeleted": 5}, owner="user",
        narrow={"accounts": "account", "clusters": "cluster", "partitions": "partition"},
    ),
    Entity(
        ("wckeys",), 1, "slurmdb:wckeys/", "wckeys", columns.WCKEY, "wckey,cluster,user",
        {"names": "name", "wckeys": "name", "ids": "id", "users": "user", "clusters": "cluster"},
        alone="name", user="user", flags={"withdeleted": 5}, hint=False,
    ),
)  # fmt: skip
_UNTOLD: Final = {
    "configuration": "the configuration of slurmdbd",
    "events": "the accounting's events (scontrol show node tells why nodes are down)",
    "federations": "federations",
    "problems": "the accounting's problems",
    "resources": "the accounting's resources (scontrol show licenses tells the licences of this cluster)",
    "reservations": "past reservations (scontrol show reservation tells those there are)",
    "stats": "when and for how long slurmdbd has rolled up each cluster's usage (sdiag shows the controller's)",
    "runawayjobs": "which jobs the controller has lost",
    "transactions": "the accounting's transactions",
    "txn": "the accounting's transactions",
}


def run(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """Print the records; the exit status."""
    name = words[0].lower() if words else ""
    entity = next((one for one in ENTITIES if _fits(name, one)), None)
    if entity is None:
        untold = next((one for one in _UNTOLD if len(name) > 1 and one.startswith(name)), None)
        if untold:
            ctx.error(f"the Slurm REST API does not tell {_UNTOLD[untold]}")
            return 1
        ctx.err(_NO_ENTITY)
        return 1
    return listing(ctx, entity, words[1:], switches)


def _fits(name: str, entity: Entity) -> bool:
    return len(name) >= entity.least and any(full.startswith(name) for full in entity.names)


@untyped
def listing(ctx: Context, entity: Entity, words: Sequence[str], switches: Switches) -> int:
    """The records of one entity."""
    asked = Asked(formats=[], wanted={}, narrowed={}, flags=set())
    if switches.associations and entity.owner:
        asked.flags.add("withassoc")
    for word in words:
        if complaint := _take(ctx, entity, word, asked):
            ctx.err(complaint)
            return 1
    if entity.user in asked.wanted:
        asked.wanted[entity.user] = set(map(ctx.cluster_user, asked.wanted[entity.user]))
    if asked.narrowed and "withassoc" not in asked.flags:
        ctx.error("conditions of associations need withassoc")
        return 1
    fields = fields_of(ctx, entity, asked)
    if isinstance(fields, int):
        return fields
    if ctx.client.version == "v0.0.38" and (missing := asked.flags & {"withdeleted", "wopinfo"}):
        ctx.error(f"v0.0.38 of the Slurm REST API does not tell what {min(missing)} asks for")
        return 1
    try:
        found = _records(ctx, entity, asked, fields)
    except RestError as error:
        if error.number != _DENIED:
            raise
        from slurm_cli_proxy.commands.sacctmgr import confirm

        return confirm.denied(ctx)
    table = Table(fields, ctx.release, switches.parsable > 0, switches.parsable == 1, headings=True)
    if not switches.no_header:
        ctx.out(table.header())
    for text in table.rows(found, None):
        ctx.out(text)
    return 0


def _take(ctx: Context, entity: Entity, word: str, asked: Asked) -> str:
    """Note what a word asks for; what is said of one that cannot be taken."""
    key, equals, value = word.partition("=")
    key = key.lower()
    if not equals and key in _WORDS:
        return ""
    flag = next(
        (full for full, least in entity.flags.items() if len(key) >= least and full.startswith(key)), ""
    )
    if flag and not equals:
        asked.flags.add(flag)
        return ""
    if equals and len(key) > 1 and "format".startswith(key):
        asked.formats.append(value)
        return ""
    if any(len(key) >= least and full.startswith(key) for full, least in _UNABLE.items()):
        return f"{ctx.prog}: error: {word} is not supported by this version of slurm-cli-proxy\n"
    path = _path(entity.conditions, key) if equals else entity.alone
    narrow = _path(entity.narrow, key) if equals else ""
    if not path and not narrow:
        if not equals and not entity.alone and not word.isdigit():
            return f"{ctx.prog}: error: Invalid value for AssocId ({word})\n"
        told = "SLURM_PRINT_VALUE" if entity.name == "qos" else "value"
        hint = f" Use keyword 'set' to modify {told}\n" if entity.alone and entity.hint else ""
        return f" Unknown condition: {word}\n{hint}"
    values = asked.wanted if path else asked.narrowed
    given = (value if equals else word).lower().split(",")
    values.setdefault(path or narrow, set()).update(
        map(ctx.cluster_user, given) if (path or narrow) == entity.user else given
    )
    return ""


def _path(conditions: Mapping[str, str], key: str) -> str:
    return next((path for full, path in conditions.items() if len(key) > 1 and full.startswith(key)), "")


def fields_of(ctx: Context, entity: Entity, asked: Asked) -> list[Field[Record]] | int:
    """The fields asked for, or the exit status where they cannot be shown."""
    text = ",".join(asked.formats) if asked.formats else _default(ctx, entity, asked.flags)
    known = for_release(entity.columns, ctx.release)
    try:
        fields = parse(text, known)
        if not fields:
            raise InvalidField(text)
    except InvalidField as error:
        ctx.err(f"Unknown field '{error}'\n")
        return 1
    if _TREE in asked.flags:
        return [Field(f.column, -20 if f.column.name == "Account" else f.width) for f in fields]
    return fields


def _default(ctx: Context, entity: Entity, flags: set[str]) -> str:
    """The format where none is asked for."""
    text = entity.default.format(new=_NEW_QOS if ctx.release >= (22, 11) else "")
    if flags & {"woplimits", "wolimits"}:
        return _LIMITED
    coordinators = ",coordinators" if "withcoordinators" in flags else ""
    if "withassoc" not in flags:
        return text + coordinators
    return text + (
        coordinators + _USER_ASSOCIATIONS if entity.owner == "user" else _ACCOUNT_ASSOCIATIONS + coordinators
    )


def _records(ctx: Context, entity: Entity, asked: Asked, fields: list[Field[Record]]) -> list[Record]:
    """The records asked for, in native's order."""
    client, flags, wanted = ctx.client, asked.flags, asked.wanted
    everything = records(client, entity, flags)
    shown = {field.column.name for field in fields}
    if entity.name == "clusters" and shown - {column.name for column in columns.CLUSTER}:
        from slurm_cli_proxy.commands.sacctmgr import joined

        everything = joined.with_root(everything, records(client, ASSOCIATIONS))
    if "withsubaccounts" in flags and "account" in wanted:
        from slurm_cli_proxy.commands.sacctmgr import joined

        if ctx.release >= _LINEAGE:  # nothing is below root then
            wanted["account"].discard("root")
        wanted["account"] = joined.below(wanted["account"], everything)
    found = [record for record in everything if _passes(record, wanted)]
    if "onlydefaults" in flags:
        found = [record for record in found if record.get("is_default") and record.get("user")]
    if "wopinfo" in flags:
        found = [record | {"parent_account": ""} for record in found]
    if entity.name == "associations" and client.version == "v0.0.38":
        found = ordered(found)
    if "withcoordinators" in flags and entity.owner == "account" and client.version != "v0.0.38":
        from slurm_cli_proxy.commands.sacctmgr import joined

        found = joined.with_coordinators(
            found, endpoints.listing(client, "slurmdb:users/", "users", dict, _COORDS)
        )
    if "withassoc" in flags:
        from slurm_cli_proxy.commands.sacctmgr import joined

        told = [one for one in records(client, ASSOCIATIONS, flags) if _passes(one, asked.narrowed)]
        found = joined.with_associations(found, told, entity.owner, all_told=not asked.narrowed)
    return in_tree(found) if _TREE in flags else found


def records(client: Client, entity: Entity, flags: Iterable[str] = ()) -> list[Record]:
    """All records of a kind; v0.0.38 takes no flags."""
    old = client.version == "v0.0.38"
    spelled = [_SPELLED[entity.name, flag] for flag in flags if (entity.name, flag) in _SPELLED]
    number = versions.number(client.version)
    told = {late if number >= since else early: "true" for since, early, late in spelled}
    query = None if old else {**entity.query, **told} or None
    name = entity.old_name if old and entity.old_name else entity.name
    try:
        found: list[Record] = endpoints.listing(client, entity.path, name, dict, query)
    except RestError as error:
        if error.number != _NOTHING:  # v0.0.38's word for an empty list
            raise
        return []
    return [one for one in found if one.get("type") != "dynamic_offset"]


def _passes(record: Record, wanted: Mapping[str, set[str]]) -> bool:
    return all(_texts(columns.at(record, path)) & values for path, values in wanted.items())


def _texts(value: Any) -> set[str]:
    return {
        "" if one is None else str(one).lower() for one in (value if isinstance(value, list) else [value])
    }


def ordered(found: list[Record]) -> list[Record]:
    """The associations as later versions give them: each account with its users, then the accounts below it.

    What belongs to none of the accounts stands at the top.
    """
    accounts = {record.get("account") for record in found if not record.get("user")}
    below: dict[str, list[Record]] = {}
    for record in found:
        above = record.get("account") if record.get("user") else record.get("parent_account")
        below.setdefault(above if above and above in accounts else "", []).append(record)
    result: list[Record] = []

    def visit(name: str) -> None:
        members = below.pop(name, ())
        result.extend(sorted((one for one in members if one.get("user")), key=lambda one: str(one["user"])))
        for one in sorted(
            (one for one in members if not one.get("user")), key=lambda one: str(one["account"])
        ):
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
