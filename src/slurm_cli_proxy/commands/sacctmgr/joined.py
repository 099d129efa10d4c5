"""Records of users, accounts and clusters together with those of their associations, for `show ... withassoc`."""

from __future__ import annotations

from collections.abc import Iterable

from slurm_cli_proxy.columns.management import QOS_IDS, Record, at
from slurm_cli_proxy.rest import accounting, versions
from slurm_cli_proxy.rest.client import Client

_UNTOLD = (41, 42)
"""The API versions whose associations all have the id 0, though those of users and accounts do not."""


def with_associations(
    owners: Iterable[Record], found: Iterable[Record], key: str, *, all_told: bool
) -> list[Record]:
    """A record for each association of an owner, `key` being what names the owner in it; one for who has none.

    Native takes a user's default account from the associations: one that is not told of is none (`all_told` says
    whether conditions left any out).
    """
    by_owner: dict[str, list[Record]] = {}
    for record in found:
        by_owner.setdefault(record.get(key) or "", []).append(record)
    rows: list[Record] = []
    for owner in owners:
        own = by_owner.get(owner.get("name") or "", [])
        default = dict(owner.get("default") or {})
        if not all_told and default.get("account") not in [record.get("account") for record in own]:
            default["account"] = ""
        rows += [owner | one | {"default": default | (one.get("default") or {})} for one in own] or [
            owner | {"default": default}
        ]
    return rows


def with_root(clusters: Iterable[Record], found: Iterable[Record]) -> list[Record]:
    """Clusters with the limits of their root associations."""
    roots = {
        one.get("cluster"): one for one in found if not one.get("user") and not one.get("parent_account")
    }
    return [roots.get(cluster.get("name"), {}) | cluster for cluster in clusters]


def with_coordinators(accounts: Iterable[Record], users: Iterable[Record]) -> list[Record]:
    """Accounts with their coordinators, which later versions tell of users alone."""
    named: dict[str, list[Record]] = {}
    for user in users:
        for one in at(user, "coordinators") or ():
            if one.get("direct"):
                named.setdefault(one.get("name") or "", []).append({"name": user.get("name")})
    return [account | {"coordinators": named.get(account.get("name") or "", [])} for account in accounts]


def below(accounts: set[str], found: Iterable[Record]) -> set[str]:
    """These accounts and all below them."""
    parents = {
        str(one["account"]).lower(): str(one.get("parent_account") or "").lower()
        for one in found
        if not one.get("user")
    }
    result = set(accounts)
    while more := {name for name, parent in parents.items() if parent in result and name not in result}:
        result |= more
    return result


def with_qos_ids(client: Client, found: list[Record]) -> list[Record]:
    """Associations with the ids of their QOS, the lowest first."""
    ids = {one["name"]: int(one["id"]) for one in accounting.listing(client, "qos")}
    return [
        one
        | {QOS_IDS: [str(told) for told in sorted(ids[name] for name in one.get("qos") or () if name in ids)]}
        for one in found
    ]


def with_default_qos(client: Client, found: list[Record]) -> list[Record]:
    """Users with the name of their default QOS, of which later versions tell the id."""
    names = {one["id"]: one["name"] for one in accounting.listing(client, "qos")}
    return [
        one | {"default": {**one["default"], "qos": names.get(one["default"].get("qos"))}} for one in found
    ]


def with_ids(client: Client, found: list[Record]) -> list[Record]:
    """Associations with their ids and those of the associations above them, as far as the version tells them."""
    if not accounting.together(client):
        return found
    told: dict[tuple[str, ...], int] = {}
    if versions.number(client.version) in _UNTOLD:
        for kind, query in (("users", "with_assocs"), ("accounts", "WithAssociations")):
            for owner in accounting.listing(client, kind, {query: "true"}):
                told.update((_place(one), one["id"]) for one in owner.get("associations") or ())
    else:
        told.update((_place(one), _id(one)) for one in found)
    rows = []
    for one in found:
        above = one["account"] if one.get("user") else one.get("parent_account") or ""
        parent = told.get((one["cluster"], above, "", ""), 0)
        rows.append(one | {"id": told.get(_place(one), 0), "parent_id": parent})
    return rows


def _place(one: Record) -> tuple[str, ...]:
    return one["cluster"], one["account"], one.get("user") or "", one.get("partition") or ""


def _id(one: Record) -> int:
    """An id, which v0.0.40 tells together with the association's place."""
    told = one.get("id")
    return told["id"] if isinstance(told, dict) else told or 0
