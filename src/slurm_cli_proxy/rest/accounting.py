"""What the accounting can be changed by, in every API version; what differs between them stands here.

v0.0.38 calls the list of QOS `QOS` and writes plain numbers (4294967295: no limit).  It has no `accounts_association`
and `users_association`: a user is two requests there, and an account that it adds has no parent, so none is added.
v0.0.40 and later have both.  In all versions `max.jobs.per` holds a group's limits, `max.jobs` those of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.rest import endpoints, versions
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.wire import quote

Record = dict[str, Any]

_TOGETHER_SINCE: Final = 40
_UNCHANGED: Final = 304
_NOTHING: Final = 1900
"""Slurm's number for data that has not changed; slurmrestd tells it by the status alone."""
_NO_LIMIT: Final = 0xFFFFFFFF
_ADDED: Final = {
    "comment": "comment",
    "default.qos": "defaultqos",
    "max.jobs.per.accruing": "grpjobsaccrue",
    "max.jobs.per.count": "grpjobs",
    "max.jobs.accruing": "maxjobsaccrue",
    "max.jobs.active": "maxjobs",
    "max.jobs.total": "maxsubmitjobs",
    "max.jobs.per.wall_clock": "maxwalldurationperjob",
    "max.jobs.per.submitted": "grpsubmitjobs",
    "max.per.account.wall_clock": "grpwall",
    "max.tres.group.active": "grptresrunmins",
    "max.tres.group.minutes": "grptresmins",
    "max.tres.minutes.per.job": "maxtresminsperjob",
    "max.tres.minutes.total": "maxtresrunmins",
    "max.tres.per.job": "maxtresperjob",
    "max.tres.per.node": "maxtrespernode",
    "max.tres.total": "grptres",
    "min.priority_threshold": "minpriothresh",
    "parent_account": "parent",
    "priority": "priority",
    "qos": "qoslevel",
    "shares_raw": "fairshare",
}
"""Where an association's value stands, to what `accounts_association` and `users_association` call it."""
_UNKNOWN_TO_38: Final = {
    "limits.max.jobs.count": "GrpSubmitJobs",
    "limits.max.tres.minutes.total": "GrpTRESMins",
}
_RESOURCES: Final = frozenset(path for path in _ADDED if ".tres." in path)


class Unable(Exception):
    """The API version has no way to say it: str() is a sentence about it.  Nothing was sent."""


class _Removed(Answer):
    removed_users: list[str] | None = None
    removed_accounts: list[str] | None = None
    removed_associations: list[str] | None = None


def together(client: Client) -> bool:
    """Whether an account or user is added together with its associations."""
    return versions.number(client.version) >= _TOGETHER_SINCE


def count(client: Client, value: float) -> object:
    """A number as the version has it; below zero there is no limit."""
    if not together(client):
        return _NO_LIMIT if value < 0 else value
    return {"set": True, "infinite": value < 0, "number": 0 if value < 0 else value}


def nested(values: Mapping[str, Any]) -> Record:
    """`{"max.jobs.per.submitted": 3}` as `{"max": {"jobs": {"total": 3}}}`."""
    whole: Record = {}
    for path, value in values.items():
        *above, last = path.split(".")
        place = whole
        for key in above:
            place = place.setdefault(key, {})
        place[last] = value
    return whole


# Reading


def associations(client: Client, *, inherited: bool = False) -> list[Record]:
    """All associations in the server's sequence; unless `inherited` without the account's limits and QOS.

    v0.0.38 cannot leave them out.
    """
    newer = versions.number(client.version) >= 42 and not inherited
    query = {"Exclude limits from parents": "true"} if newer else None
    if versions.number(client.version) in (40, 41) and not inherited:
        query = {"without_parent_limits": "true"}
    return endpoints.listing(client, "slurmdb:associations/", "associations", dict, query)


def used(client: Client, start: int, end: int) -> list[Record]:
    """All associations with what was used between two points in time, hour by hour, since v0.0.40."""
    plain = versions.number(client.version) >= 42  # earlier ones read times as the commands do
    name, when = ("Include usage", "{}") if plain else ("with_usage", "uts{}")
    query = {name: "true", "usage_start": when.format(start), "usage_end": when.format(end)}
    return endpoints.listing(client, "slurmdb:associations/", "associations", dict, query)


def listing(client: Client, kind: str, query: Mapping[str, str] | None = None) -> list[Record]:
    """All records of `accounts`, `users`, `clusters`, `tres` or `qos`."""
    name = {"tres": "TRES"}.get(kind, kind)
    if not together(client):
        return endpoints.listing(client, f"slurmdb:{kind}/", {"qos": "QOS"}.get(kind, name), dict)
    return endpoints.listing(client, f"slurmdb:{kind}/", name, dict, query)


def privileged(client: Client, user: str) -> bool:
    """Whether a user may do what needs an operator or administrator of the accounting."""
    told = (one.get("administrator_level") for one in listing(client, "users") if one.get("name") == user)
    return any({"Operator", "Administrator"} & set(one if isinstance(one, list) else [one]) for one in told)


# Changing


def check(client: Client, values: Mapping[str, Any]) -> None:
    """Unable for values, by path, that the version cannot carry.

    An empty list changes nothing, and one of an empty name ends slurmrestd of 24.11 and 26.05.
    """
    if together(client):
        for path, what in (
            ("qos", "the list of QOS of an association"),
            ("preempt.list", "what a QOS preempts"),
        ):
            if values.get(path) == []:
                raise Unable(f"the Slurm REST API cannot empty {what}; nothing was changed")
        return
    for path, what in _UNKNOWN_TO_38.items():
        if path in values:
            raise Unable(f"version v0.0.38 of the Slurm REST API has no {what} of a QOS; nothing was changed")
    if values.get("default.qos") == "":
        raise Unable(
            "version v0.0.38 of the Slurm REST API cannot take a default QOS away; nothing was changed"
        )


def check_association(client: Client, one: Record) -> None:
    """Unable for an association that the version does not always change: v0.0.38 an account's, but the root's."""
    if not together(client) and not one.get("user") and one["account"] != "root":
        raise Unable(
            "version v0.0.38 of the Slurm REST API takes changes of an account's association and does not always "
            "make them; nothing was changed"
        )


def _carried(client: Client, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Values as the version takes them: v0.0.38's empty list of QOS holds an empty name."""
    if together(client):
        return values
    return {
        path: [""] if path in ("qos", "preempt.list") and not value else value
        for path, value in values.items()
    }


def add_accounts(
    client: Client, cluster: str, names: Sequence[str], account: Mapping[str, str], limits: Mapping[str, Any]
) -> None:
    """Accounts with their associations (see `together`); `limits` by path."""
    body = {
        "association_condition": {
            "accounts": list(names), "clusters": [cluster],
            "association": {_ADDED[path]: value for path, value in limits.items()},
        },
        "account": {key: value for key, value in account.items() if value},
    }  # fmt: skip
    _post(client, "slurmdb:accounts_association/", body)


def place(cluster: str, account: str, user: str = "", partition: str = "") -> Record:
    """What tells an association from others."""
    return {"account": account, "cluster": cluster, "user": user, "partition": partition}


def add_users(
    client: Client,
    places: Sequence[tuple[str, str, str, str]],
    user: Mapping[str, Any],
    limits: Mapping[str, Any],
    new: Sequence[str],
) -> None:
    """Users' associations, each of cluster, account, user and partition, and the users that are `new` themselves.

    `user`: `default_account` and `administrator_level` of the new ones.
    """
    if together(client):
        told: Record = {"defaultaccount": user["default_account"]} if new else {}
        if user.get("administrator_level"):
            told["adminlevel"] = [user["administrator_level"]]
        added = {_ADDED[path]: value for path, value in limits.items()}
        for cluster in dict.fromkeys(one[0] for one in places):
            here = [one for one in places if one[0] == cluster]
            condition: Record = {
                "clusters": [cluster],
                "accounts": list(dict.fromkeys(one[1] for one in here)),
                "users": list(dict.fromkeys(one[2] for one in here)),
                "association": added,
            }
            partitions = [name for name in dict.fromkeys(one[3] for one in here) if name]
            if partitions:  # an empty list is no partition, and nothing is added
                condition["partitions"] = partitions
            body = {"association_condition": condition, "user": told}
            _post(client, "slurmdb:users_association/", body)
        return
    change(client, "users", [
        {
            "name": name, "default": {"account": user["default_account"]},
            "administrator_level": user.get("administrator_level") or "None",
        }
        for name in new
    ])  # fmt: skip
    first = sorted(
        places, key=lambda one: one[1] != user["default_account"]
    )  # which becomes the default account
    change(client, "associations", [{**nested(limits), **place(*one)} for one in first])


def change_qos(client: Client, changes: Sequence[tuple[Record, Mapping[str, Any]]]) -> None:
    """Give QOS, each as the server told it, new values by path.  What they preempt, and how, is sent along."""
    records = []
    for one, values in changes:
        kept = {
            path: found for path in ("preempt.mode", "preempt.list", "flags") if (found := _at(one, path))
        }
        records.append(nested({**kept, **_carried(client, values), "name": one["name"], "id": one["id"]}))
    change(client, "qos", records)


def add_clusters(client: Client, names: Sequence[str], limits: Mapping[str, Any]) -> None:
    """Clusters, with `limits` of their root associations, which get a priority of 0 from the API, natively none."""
    change(client, "clusters", [{"name": name} for name in names])
    plain = {"priority": count(client, -1)}
    roots = [{**nested({**plain, **limits}), **place(name, "root")} for name in names]
    change(client, "associations", [*roots, *({**plain, **place(name, "root", "root")} for name in names)])


def change(client: Client, kind: str, records: Sequence[Record]) -> None:
    """Add records of `accounts`, `users`, `associations`, `qos` or `clusters`, or change those that are there."""
    if not records:
        return
    key = "QOS" if kind == "qos" and not together(client) else kind
    body = msgspec.json.encode({key: list(records)})
    _post(client, f"slurmdb:{kind}/", body)


def change_associations(client: Client, changes: Sequence[tuple[Record, Mapping[str, Any]]]) -> None:
    """Give associations, each as the server told it, new values by path; -1 of a resource takes its limit away.

    slurmrestd drops those lists of resources of an association that are not sent, and 22.05's dies of one that is not;
    so those that are there are sent along.
    """
    records: list[Record] = []
    for one, values in changes:
        check_association(client, one)
        lists = {path: found for path in _RESOURCES if (found := _at(one, path))}
        lists |= {path: _merged(lists.get(path, []), values[path]) for path in values.keys() & _RESOURCES}
        where = place(one["cluster"], one["account"], one.get("user") or "", one.get("partition") or "")
        records.append({**nested({**_carried(client, values), **lists}), **where})
    change(client, "associations", records)


def _at(one: Record, path: str) -> Any:
    value: Any = one
    for key in path.split("."):
        value = (value or {}).get(key)
    return value


def _merged(now: Sequence[Record], values: Sequence[Record]) -> list[Record]:
    """Resources with their counts, those of `values` over those of `now`."""
    found = {(one["type"], one.get("name") or ""): one["count"] for one in (*now, *values)}
    return [
        {"type": kind, "name": name, "count": count} if name else {"type": kind, "count": count}
        for (kind, name), count in found.items()
    ]


def _post(client: Client, path: str, body: object) -> None:
    try:
        client.post(path, body=body, type=Answer, once=True)
    except RestError as error:
        if error.http_status == _UNCHANGED:
            raise client.slurm_error(_NOTHING) from None
        raise


def remove(client: Client, kind: str, name: str) -> None:
    """Remove a `user`, `account`, `qos` or `cluster`."""
    _delete(client, f"slurmdb:{kind}/{quote(name)}", {})


def remove_association(client: Client, one: Mapping[str, Any]) -> None:
    """Remove one association."""
    query = {key: str(one[key]) for key in ("cluster", "account", "user", "partition") if one.get(key)}
    _delete(client, "slurmdb:association/", query)


def _delete(client: Client, path: str, query: Mapping[str, str]) -> None:
    try:
        client.delete(path, query=query or None, type=_Removed)
    except RestError as error:
        if error.http_status == _UNCHANGED:
            raise client.slurm_error(_NOTHING) from None
        raise
