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
from slurm_cli_proxy.commands.sacctmgr.entities import (
    ACCOUNT_ASSOCIATIONS,
    ASSOCIATIONS,
    CLUSTER,
    ENTITIES,
    FEDERATION,
    LIMITED,
    NEW_QOS,
    OF_ASSOCIATIONS,
    TREE,
    USER_ASSOCIATIONS,
    Condition,
    Entity,
)
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.table import Field, InvalidField, Table, parse_names
from slurm_cli_proxy.rest import accounting, endpoints, versions
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.untyped import untyped

_NO_ENTITY: Final = (
    "No valid entity in list command\n"
    'Input line must include "Account", "Association", "Cluster", "Configuration",\n'
    '"Event", "Federation", "Problem", "QOS", "Resource", "Reservation",\n'
    '"RunAwayJobs", "Stats", "Transaction", "TRES", "User", or "WCKey"\n'
)
_WORDS: Final = (Keyword(name="where", shortest=5), Keyword(name="set", shortest=3))
_WITHOUT: Final = (
    "You requested options that are only valid when querying with the withassoc option.\n"
    "Are you sure you want to continue?"
)
_IDENTIFIED: Final = {"ID", "ParentID"}
_TREE_WIDTH: Final = -20
_HIDDEN: Final = "dynamic_offset"
_IDS: Final = {"qos": "QOS ID", "associations": "AssocId", "wckeys": "WCKeyID"}
_NOTHING: Final = 9003
_DENIED: Final = 2002
_LINEAGE: Final = (23, 11)
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
_LATE_ACCOUNTS: Final = 41
_OF_ACCOUNTS: Final = (
    ("withassoc", "with_assocs", "WithAssociations"),
    ("withcoordinators", "with_coords", "WithCoordinators"),
)
"""What documents of accounts need: the word, what it is called in the query, and in later ones."""


class _Untold(Keyword, frozen=True, kw_only=True):
    """What the API does not tell; `denied` is what native tells those who may not ask.

    `document`: where it is told as a document, its member there, and since which release it is natively.
    """

    what: str
    denied: str = ""
    document: tuple[str, str, tuple[int, int]] = ("", "", (99, 0))


class Asked(msgspec.Struct):
    """What was asked for: values by the record's key, and by that of its associations; words; formats."""

    formats: list[str] = []
    wanted: dict[str, set[str]] = {}
    narrowed: dict[str, set[str]] = {}
    flags: set[str] = set()


_UNTOLD: Final = (
    _Untold(
        name="configuration",
        shortest=2,
        what="the configuration of slurmdbd",
        document=("conf", "slurmdbd_conf", (25, 5)),
    ),
    _Untold(
        name="events",
        shortest=1,
        what="the accounting's events (scontrol show node tells why nodes are down)",
    ),
    _Untold(name="federations", shortest=1, what="federations"),
    _Untold(
        name="instances",
        shortest=1,
        since=(23, 2),
        what="when nodes of the cloud ran as which instances, as far as slurmdbd lists it",
    ),
    _Untold(
        name="problems",
        shortest=1,
        what="the accounting's problems",
        denied="{prog}: error: Access/permission denied\n Error with request: Access/permission denied\n",
    ),
    _Untold(
        name="resources",
        shortest=4,
        what="the accounting's resources (scontrol show licenses tells the licences of this cluster)",
    ),
    _Untold(
        name="reservations",
        shortest=4,
        what="past reservations (scontrol show reservation tells those there are)",
    ),
    _Untold(
        name="runawayjobs",
        shortest=2,
        what="which jobs the controller has lost",
        denied="{prog}: error: You must have an AdminLevel>=Operator to fix runaway jobs\n",
    ),
    _Untold(
        name="stats",
        shortest=1,
        what="when and for how long slurmdbd has rolled up each cluster's usage (sdiag shows the controller's)",
        denied="{prog}: accounting_storage/slurmdbd: acct_storage_p_get_stats: RC:2002 Your user doesn't have "
        "privilege to perform this action\n",
        document=("diag/", "statistics", (23, 2)),
    ),
    _Untold(name="transactions", shortest=1, what="the accounting's transactions"),
    _Untold(name="txn", shortest=1, what="the accounting's transactions"),
)


def run(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """Print the records; the exit status."""
    name = words[0].lower() if words else ""
    entity = next((one for one in ENTITIES if _fits(name, one)), None)
    if entity is not None:
        return listing(ctx, entity, words[1:], switches)
    untold = find(_UNTOLD, name, ctx.release) if name else None
    if untold is None:
        ctx.err(_NO_ENTITY)
    elif untold.denied and not accounting.privileged(ctx.client, ctx.user):
        ctx.err(untold.denied.format(prog=ctx.prog))
    elif switches.document and ctx.release >= untold.document[2]:
        from slurm_cli_proxy.commands.sacctmgr import document

        return document.report(ctx, switches, *untold.document[:2])
    else:
        ctx.error(f"the Slurm REST API does not tell {untold.what}")
    return 1


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
    fields = fields_of(ctx, entity, asked)
    if isinstance(fields, int):
        switches.ended = True
        return fields
    if asked.narrowed and "withassoc" not in asked.flags and not switches.immediate:
        from slurm_cli_proxy.commands.sacctmgr import confirm

        if not confirm.commit(ctx, _WITHOUT):
            ctx.out("Aborted\n")
            return 0
    if "withdeleted" in asked.flags and entity.name == "clusters":
        ctx.error("the Slurm REST API does not tell deleted clusters")
        return 1
    unable = asked.flags & {"withdeleted", "wopinfo"} if entity.name != "TRES" else None
    if ctx.client.version == "v0.0.38" and (missing := unable):
        ctx.error(f"v0.0.38 of the Slurm REST API does not tell what {min(missing)} asks for")
        return 1
    if switches.document:
        return _document(ctx, entity, asked, switches)
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
    if entity.bare:
        table.fields = [field for field in fields if field.column.render is not columns.nothing]
    for text in table.rows(found, ctx.release):
        ctx.out(text)
    return 0


def _document(ctx: Context, entity: Entity, asked: Asked, switches: Switches) -> int:
    """The records as a document."""
    from slurm_cli_proxy.commands.sacctmgr import document

    def chosen(found: list[Record]) -> list[Record]:
        return _found(entity, [one for one in found if _told(one, asked.flags)], asked.wanted)

    path = entity.path.removeprefix("slurmdb:")
    query = {name: [value] for name, value in _query(ctx.client, entity, asked.flags).items()}
    if entity.owner == "account":
        late = versions.number(ctx.client.version) >= _LATE_ACCOUNTS
        query |= {new if late else old: ["true"] for flag, old, new in _OF_ACCOUNTS if flag in asked.flags}
    flags = asked.flags if entity.owner else None
    return document.report(ctx, switches, path, entity.name, query, chosen=chosen, flags=flags)


def _take(ctx: Context, entity: Entity, word: str, asked: Asked) -> str:
    """Note what a word asks for; what is said of one that cannot be taken."""
    key, equals, value = word.partition("=")
    if not equals and find(_WORDS, key, ctx.release):
        return ""
    flag = None if equals else find(entity.flags, key, ctx.release)
    if flag:
        asked.flags.add(flag.name)
        return ""
    if equals and len(key) >= entity.format and "format".startswith(key.lower()):
        asked.formats.append(value)
        return ""
    if not equals:
        if entity.alone:
            alone = next(one for one in entity.conditions if one.path == entity.alone)
            return _wanted(ctx, entity, asked.wanted, alone, f"={word}")
        return _wanted(ctx, entity, asked.wanted, OF_ASSOCIATIONS[2], f"id={word}")
    if own := find(entity.conditions, key, ctx.release):
        return _wanted(ctx, entity, asked.wanted, own, word)
    if entity.owner and (narrow := find(OF_ASSOCIATIONS, key, ctx.release)):
        return _wanted(ctx, entity, asked.narrowed, narrow, word)
    return _unknown(entity, word)


def _unknown(entity: Entity, word: str) -> str:
    told = "SLURM_PRINT_VALUE" if entity.name == "qos" else "value"
    hint = f" Use keyword 'set' to modify {told}\n" if entity.alone and entity.hint else ""
    return f" Unknown condition: {word}\n{hint}"


def _wanted(
    ctx: Context, entity: Entity, wanted: dict[str, set[str]], condition: Condition, word: str
) -> str:
    """Add the values of a condition; what is said of one that is none."""
    value = word.partition("=")[2]
    path = condition.path
    read = condition.read(value)
    given = [name for name in read.split(",") if name] or ([""] if not value else [])
    bad = next((one for one in given if path == "id" and not one.isdigit()), None)
    kind = _IDS.get("associations" if entity.owner else entity.name)
    if bad is not None and kind:
        return f"{ctx.prog}: error: Invalid value for {kind} ({bad})\n"
    if condition.known and (bad := next((one for one in given if one not in condition.known), None)):
        return f"{ctx.prog}: error: Unknown preempt_mode given '{bad}'\n Bad Preempt Mode given: {word}\n"
    if path in ("qos", "default.qos"):
        known = [str(one["name"]) for one in accounting.listing(ctx.client, "qos")]
        if bad := next((one for one in given if one not in known), None):
            told = f"You gave a bad qos '{bad}'. Valid QOS's are {','.join(known)}"
            return f"{ctx.prog}: error: {told}\n{_unknown(entity, word)}"
    if path == "id" and kind == _IDS["associations"] and not accounting.together(ctx.client):
        return (
            f"{ctx.prog}: error: {ctx.client.version} of the Slurm REST API does not tell associations' ids\n"
        )
    if given:
        mine = path in ("user", entity.user)
        wanted.setdefault(path, set()).update(map(ctx.cluster_user, given) if mine else given)
    return ""


def fields_of(ctx: Context, entity: Entity, asked: Asked) -> list[Field[Record]] | int:
    """The fields asked for, or the exit status where they cannot be shown."""
    text = ",".join(asked.formats) if asked.formats else _default(ctx, entity, asked.flags)
    known = columns.columns(entity.columns, ctx.release)
    try:
        fields = parse_names(text, known)
        if not fields:
            raise InvalidField(text)
    except InvalidField as error:
        ctx.err(f"Unknown field '{error}'\n")
        return 1
    if TREE in asked.flags:
        return [Field(f.column, _TREE_WIDTH if _wide(f) else f.width) for f in fields]
    return fields


def _wide(field: Field[Record]) -> bool:
    return field.column.fields == ("Account",) and field.width == field.column.width


def _default(ctx: Context, entity: Entity, flags: set[str]) -> str:
    """The format where none is asked for."""
    if "withfed" in flags:
        return f"{_default(ctx, entity, set(flags) - {'withfed'})},{FEDERATION}"
    text = entity.default.format(new=NEW_QOS if ctx.release >= (22, 11) else "")
    if flags & {"woplimits", "wolimits"}:
        return CLUSTER if entity.name == "clusters" else LIMITED
    coordinators = ",coordinators" if "withcoordinators" in flags else ""
    if "withassoc" not in flags:
        return text + coordinators
    return text + (
        coordinators + USER_ASSOCIATIONS if entity.owner == "user" else ACCOUNT_ASSOCIATIONS + coordinators
    )


def _records(ctx: Context, entity: Entity, asked: Asked, fields: list[Field[Record]]) -> list[Record]:
    """The records asked for, in native's order."""
    client, flags, wanted = ctx.client, asked.flags, asked.wanted
    everything = records(client, entity, flags)
    shown = {name for field in fields for name in field.column.fields}
    if entity.name == "clusters" and shown & columns.ASSOCIATION.keys() - columns.CLUSTER.keys():
        from slurm_cli_proxy.commands.sacctmgr import joined

        everything = joined.with_root(everything, records(client, ASSOCIATIONS))
    if entity.name == "associations" and (shown & _IDENTIFIED or "id" in wanted):
        from slurm_cli_proxy.commands.sacctmgr import joined

        everything = joined.with_ids(client, everything)
    if "withsubaccounts" in flags and "account" in wanted:
        from slurm_cli_proxy.commands.sacctmgr import joined

        if ctx.release >= _LINEAGE:  # nothing is below root then
            wanted["account"].discard("root")
        wanted["account"] = joined.below(wanted["account"], everything)
    found = _found(entity, everything, wanted)
    if entity.name == "users" and "DefaultQOS" in shown and "withassoc" not in flags:
        from slurm_cli_proxy.commands.sacctmgr import joined

        found = joined.with_default_qos(client, found)
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
    if "withassoc" in flags or (asked.narrowed and entity.owner == "user"):
        from slurm_cli_proxy.commands.sacctmgr import joined

        told = records(client, ASSOCIATIONS, flags)
        if shown & _IDENTIFIED or "id" in asked.narrowed:
            told = joined.with_ids(client, told)
        told = [one for one in told if _passes(one, asked.narrowed)]
        found = joined.with_associations(found, told, entity.owner, all_told=not asked.narrowed)
        if "withassoc" not in flags:
            found = list({record["name"]: record for record in found}.values())
    if "QOSRAW" in shown:
        from slurm_cli_proxy.commands.sacctmgr import joined

        found = joined.with_qos_ids(client, found)
    return in_tree(found) if TREE in flags else found


def _query(client: Client, entity: Entity, flags: Iterable[str]) -> dict[str, str]:
    """What is asked of the server."""
    spelled = [_SPELLED[entity.name, flag] for flag in flags if (entity.name, flag) in _SPELLED]
    number = versions.number(client.version)
    told = {late if number >= since else early: "true" for since, early, late in spelled}
    return {**entity.query, **told}


def records(client: Client, entity: Entity, flags: Iterable[str] = ()) -> list[Record]:
    """All records of a kind; v0.0.38 takes no flags."""
    old = client.version == "v0.0.38"
    query = None if old else _query(client, entity, flags) or None
    name = entity.old_name if old and entity.old_name else entity.name
    try:
        found: list[Record] = endpoints.listing(client, entity.path, name, dict, query)
    except RestError as error:
        if error.number != _NOTHING:  # v0.0.38's word for an empty list
            raise
        return []
    return [one for one in found if _told(one, flags)]


def _told(one: Record, flags: Iterable[str]) -> bool:
    return one.get("type") != _HIDDEN or "withdeleted" in flags


def _found(entity: Entity, everything: list[Record], wanted: Mapping[str, set[str]]) -> list[Record]:
    """The records that are wanted, in native's order."""
    found = [record for record in everything if _passes(record, wanted)]
    if entity.name == "qos" and 2 * len(wanted.get("name", everything)) <= len(everything):
        # the database takes the index of names for a few of them
        found.sort(key=lambda record: str(record["name"]))
    return found


def _passes(record: Record, wanted: Mapping[str, set[str]]) -> bool:
    return all(_texts(_value(record, path)) & values for path, values in wanted.items())


def _value(record: Record, path: str) -> Any:
    if path == "preempt.mode":
        return columns.preempt_mode(record, None).split(",")
    return columns.at(record, path)


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
