"""What a change has to know of the accounting beforehand, asked for when it is needed; who may change it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from slurm_cli_proxy.columns.management import Record, at
from slurm_cli_proxy.commands.sacctmgr.limits import NONE, Names, Set, Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import accounting
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.client import Client

DENIED: Final = 2002
"""Slurm's number for what the user may not do."""
_PLACE: Final = ("cluster", "account", "user", "partition")
_ALWAYS: Final = ("root", "slurm")


class Accounting:
    """The accounting, as far as it is asked for."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.client: Client = ctx.client

    @cached_property
    def own(self) -> str:
        """The cluster's name; v0.0.38 does not tell it, but where accounting has one cluster it is that one."""
        if len(self.clusters) == 1:
            return self.clusters[0]
        meta = self.client.get("slurm:ping/", type=Answer).meta
        return (meta.slurm.cluster if meta and meta.slurm else None) or ""

    @cached_property
    def clusters(self) -> list[str]:
        return [one.get("name") or "" for one in accounting.listing(self.client, "clusters")]

    @cached_property
    def associations(self) -> list[Record]:
        return accounting.associations(self.client)

    @cached_property
    def _effective(self) -> list[Record]:
        return accounting.associations(self.client, inherited=True)

    def _inherited_qos(self, record: Record) -> list[str]:
        """An association's QOS, where it has none of its own."""
        if "account" not in record:
            return []
        where = [record.get(key) or "" for key in _PLACE]
        return next(
            (
                one.get("qos") or []
                for one in self._effective
                if [one.get(key) or "" for key in _PLACE] == where
            ),
            [],
        )

    @cached_property
    def accounts(self) -> list[Record]:
        return accounting.listing(
            self.client, "accounts", {"WithCoordinators": "true", "with_coords": "true"}
        )

    @cached_property
    def users(self) -> list[Record]:
        return accounting.listing(self.client, "users", {"with_assocs": "true", "with_coords": "true"})

    @cached_property
    def qos(self) -> list[Record]:
        return sorted(accounting.listing(self.client, "qos"), key=lambda one: int(one.get("id") or 0))

    @cached_property
    def names(self) -> Names:
        """What limits may name."""
        return Names(lambda: [str(one.get("name")) for one in self.qos], lambda: self._tres)

    @cached_property
    def _tres(self) -> list[str]:
        found = accounting.listing(self.client, "tres")
        return [f"{one['type']}/{one['name']}" if one.get("name") else str(one["type"]) for one in found]

    def user(self, name: str) -> Record | None:
        """A user's record."""
        return next((one for one in self.users if one.get("name") == name), None)

    def powerless(self) -> bool:
        """Whether the caller surely may not change the accounting: no administrator, operator or coordinator."""
        if self.ctx.user in _ALWAYS:
            return False
        told = self.user(self.ctx.user)
        if told is None:
            return False
        level = told.get("administrator_level")
        level = level[0] if isinstance(level, list) and level else level
        return level in (None, "None", "Not Set") and not told.get("coordinators")

    # Values as the API takes them

    def values(self, settings: Settings, record: Record | None = None) -> dict[str, Any]:
        """What is set, by path; `record` is what it changes, for values that add or take away."""
        return {one.limit.path: self._value(one, record or {}) for one in settings.values()}

    def _value(self, one: Set, record: Record) -> Any:
        value, kind = one.value, one.limit.kind
        if one.limit.path == "preempt.exempt_time" and value != NONE:
            value *= 60
        if kind in ("count", "minutes", "factor"):
            return accounting.count(self.client, value)
        if kind == "seconds":
            return max(value, 0)
        if kind == "flags":
            from slurm_cli_proxy.commands.sacctmgr import qos_words

            return qos_words.changed(at(record, "flags") or [], one)
        if kind == "share":
            return 1 if value == NONE else value
        if kind == "tres":
            return [_resource(name, count) for name, count in value.items()]
        if kind == "qos":
            return _changed(at(record, one.limit.path) or self._inherited_qos(record), value)
        if kind == "default_qos":
            return value[0] if value else ""
        return value


def _resource(name: str, count: int) -> Record:
    kind, _, rest = name.partition("/")
    return {"type": kind, "name": rest, "count": count} if rest else {"type": kind, "count": count}


def _changed(now: list[str], words: list[str]) -> list[str]:
    """A list after `+name`, `-name`; names without a sign are the list."""
    plain = [word for word in words if word[0] not in "+-"]
    result = list(plain) if plain or not words else list(now)
    for word in words:
        name = word[1:]
        if word[0] == "+" and name not in result:
            result.append(name)
        elif word[0] == "-" and name in result:
            result.remove(name)
    return result
