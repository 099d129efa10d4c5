"""`sacctmgr modify user`, `account`, `qos`, `cluster`.

What native lists is what slurmdbd changed before it asked; here the list is found beforehand, from the associations,
and the changes are sent when they are agreed to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from slurm_cli_proxy.columns.management import Record, at
from slurm_cli_proxy.commands.sacctmgr import confirm, limits
from slurm_cli_proxy.commands.sacctmgr.cluster import Accounting
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.commands.sacctmgr.words import USE_SET, USE_WHERE, Key, Reader, key, names, parts
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import accounting

USER_WHERE: Final = (
    key("Accounts", 2, "accounts"),
    key("Acct", 4, "accounts"),
    key("AdminLevel", 2, "level"),
    key("Clusters", 1, "clusters"),
    key("DefaultAccount", 8, "default"),
    key("Names", 1, "names"),
    key("Users", 1, "names"),
    key("Partitions", 3, "partitions"),
)
ACCOUNT_WHERE: Final = (
    key("Accounts", 1, "names"),
    key("Acct", 4, "names"),
    key("Clusters", 1, "clusters"),
    key("Descriptions", 3, "descriptions"),
    key("Names", 1, "names"),
    key("Organizations", 1, "organizations"),
    key("Parents", 1, "parents"),
)
QOS_WHERE: Final = (
    key("Descriptions", 1, "descriptions"),
    key("IDs", 1, "ids"),
    key("Names", 1, "names"),
    key("QOSLevel", 1, "names"),
)
CLUSTER_WHERE: Final = (key("Names", 1, "names"), key("Clusters", 1, "names"))
_USER_SET: Final = (
    key("AdminLevel", 2, "level"),
    key("DefaultAccount", 8, "default"),
    key("DefaultWCKey", 8, "wckey"),
    key("NewName", 1, "newname"),
    key("RawUsage", 7, "rawusage"),
)
_ACCOUNT_SET: Final = (
    key("Description", 1, "description"),
    key("Organization", 1, "organization"),
    key("RawUsage", 7, "rawusage"),
)
_CLUSTER_SET: Final = (key("Classification", 3, "classification"), key("Features", 2, "features"))
_QOS_SET: Final = (key("RawUsage", 7, "rawusage"),)
_UNABLE: Final = {
    "newname": "a user's name cannot be changed",
    "rawusage": "the raw usage cannot be reset",
    "wckey": "a default wckey cannot be set",
    "classification": "the classification of a cluster cannot be set",
    "features": "the features of a cluster cannot be set",
}
_HEADED_SINCE: Final = (25, 5)
"""Since when the heading of a list is printed before it is known whether there is anything in it."""

Take = Callable[[Reader, Any], bool]


class Change:
    """Words of a modification: conditions, and what is set."""

    def __init__(
        self, ctx: Context, words: Sequence[str], where: Sequence[Key], set_keys: Sequence[Key],
        table: tuple[limits.Limit, ...],
    ) -> None:  # fmt: skip
        self.ctx = ctx
        self.known = Accounting(ctx)
        self.where = Reader(ctx, where, (), self.known.names)
        self.set = Reader(ctx, set_keys, table, self.known.names)
        self._is_qos = table is limits.QOS
        self._of_user = where is USER_WHERE
        for setting, word in parts(words):
            if setting:
                self._take_setting(word)
            elif word.value is None:
                names(word.text, self.where.values.setdefault("names", []))
            elif not self.where.key(word):
                self.where.unknown(word, USE_SET)

    def _take_setting(self, word: Any) -> None:
        if self.set.key(word):
            return
        if self._is_qos:
            from slurm_cli_proxy.commands.sacctmgr import qos_words

            if word.value is not None and qos_words.take(self.ctx, word, self.set):
                return
        elif self.set.limit(word):
            return
        self.set.unknown(word, USE_WHERE, out=self._is_qos and word.value is not None)

    def refused(self, switches: Switches) -> int | None:
        """The exit status where the words make no change."""
        ctx = self.ctx
        if self.where.bad or self.set.bad:
            return 1
        bad = self._bad_default_qos()
        if bad:
            ctx.err(f"You gave a bad default qos '{bad}'.  Use 'list qos' to get complete list.\n")
            return 1
        if not self.set.settings and not self.set.plain:
            ctx.err(" You didn't give me anything to set\n")
            return 1
        for dest in self.set.plain:
            if dest == "rawusage" and self._of_user and not self.where.listed("accounts"):
                ctx.error("An account must be specified")
                return 1
            if dest in _UNABLE:
                ctx.error(f"{_UNABLE[dest]} by the Slurm REST API; nothing was changed")
                return 1
        if (
            not any(self.where.values.values())
            and not switches.immediate
            and not confirm.commit(ctx, confirm.UNCONDITIONAL)
        ):
            ctx.out("Aborted\n")
            return 0
        return None

    def _bad_default_qos(self) -> str:
        one = self.set.settings.get("DefQOS")
        return next((name for name in one.value if name not in self.known.names.qos), "") if one else ""

    def values(self, chosen: Sequence[Record]) -> list[tuple[Record, dict[str, Any]]]:
        """What each association is set to.  accounting.Unable."""
        found = [(one, self.known.values(self.set.settings, one)) for one in chosen]
        for one, values in found if self.set.settings else ():
            accounting.check(self.ctx.client, values)
            accounting.check_association(self.ctx.client, one)
        return found


def nothing(ctx: Context, heading: str) -> int:
    """What is said where nothing fits."""
    if ctx.release >= _HEADED_SINCE:
        ctx.out(f"{heading}  Nothing modified\n")
    elif ctx.release >= (23, 11):
        ctx.error("Request didn't affect anything")
        ctx.err(" Error with request: Data has not changed since time specified\n")
    else:
        ctx.out(" Nothing modified\n")
    return 1


def line(one: Record) -> str:
    """An association in a list of those that were changed."""
    text = f"  C = {one['cluster']:<10} A = {one['account']:<20}"
    if one.get("user"):
        text += f" U = {one['user']:<9}"
    return text + (f" P = {one['partition']}" if one.get("partition") else "") + "\n"


def user(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`modify user`."""
    change = Change(ctx, words, USER_WHERE, _USER_SET, limits.ASSOCIATION)
    status = change.refused(switches)
    if status is not None:
        return status
    known = change.known
    own = [known.own]
    chosen = [
        one
        for one in known.associations
        if one.get("user")
        and change.where.wanted("names", one["user"])
        and change.where.wanted("accounts", one["account"])
        and (one["cluster"] in (change.where.listed("clusters") or own))
        and change.where.wanted("partitions", one.get("partition"))
    ]
    change.values(chosen)
    users: list[str] = []
    plain = change.set.plain
    if plain and not accounting.together(ctx.client):
        raise accounting.Unable(
            "version v0.0.38 of the Slurm REST API cannot change a user's level or default account; nothing was changed"
        )
    if plain:
        if known.powerless() and not _own_default(change):
            ctx.out(" Modified users...\n" if ctx.release >= _HEADED_SINCE else "")
            return confirm.denied(ctx)
        users = [str(one["name"]) for one in known.users if change.where.wanted("names", one.get("name"))]
        if ctx.release < (23, 11) or change.where.listed("accounts"):
            users = [name for name in users if any(one["user"] == name for one in chosen)] or users
        default = plain.get("default", "").lower()
        strangers = [
            name
            for name in users
            if default and not any(
                one.get("user") == name and one["account"] == default for one in known.associations
            )
        ]  # fmt: skip
        if strangers:
            ctx.out(" Modified users...\n" if ctx.release >= _HEADED_SINCE else "")
            ctx.out(" Can't modify because these users aren't associated with new default account")
            ctx.out(f" '{default}'...\n" + "".join(f"  U = {name} C = {known.own}\n" for name in strangers))
            return 1
        if not users or not _known_level(change):
            return nothing(ctx, " Modified users...\n")
        ctx.out(" Modified users...\n" + "".join(f"  {name}\n" for name in sorted(users)))

        def send_users() -> None:
            accounting.change(ctx.client, "users", [_user_record(known, name, plain) for name in users])

        if ctx.release >= _HEADED_SINCE:  # each of the two is asked for by itself
            status = confirm.agree(ctx, switches, send_users)
            if status or not change.set.settings:
                return status
    if change.set.settings:
        if chosen and known.powerless() and change.where.listed("names") != [ctx.user]:
            ctx.out(" Modified user associations...\n" if ctx.release >= _HEADED_SINCE else "")
            return confirm.denied(ctx)
        if not chosen or known.powerless():
            return nothing(ctx, " Modified user associations...\n")
        ctx.out(" Modified user associations...\n" + "".join(map(line, chosen)))

    def send() -> None:
        if users and ctx.release < _HEADED_SINCE:
            send_users()
        _send_associations(change, chosen)

    return confirm.agree(ctx, switches, send)


def _own_default(change: Change) -> bool:
    """Everybody may set the own default account."""
    return set(change.set.plain) == {"default"} and change.where.listed("names") == [change.ctx.user]


def _known_level(change: Change) -> bool:
    """Whether something is set beside a level that there is not."""
    from slurm_cli_proxy.commands.sacctmgr.levels import level

    return set(change.set.plain) != {"level"} or bool(level(change.set.plain["level"]))


def _user_record(known: Accounting, name: str, plain: dict[str, str]) -> Record:
    from slurm_cli_proxy.commands.sacctmgr.levels import level

    record: Record = {"name": name}
    if "level" in plain and (found := level(plain["level"])):
        record["administrator_level"] = [found] if accounting.together(known.client) else found
    if "default" in plain:
        record["default"] = {"account": plain["default"].lower()}
    return record


def _send_associations(change: Change, chosen: Sequence[Record]) -> None:
    if not change.set.settings:
        return
    accounting.change_associations(change.ctx.client, change.values(chosen))


def account(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`modify account`."""
    change = Change(ctx, words, ACCOUNT_WHERE, _ACCOUNT_SET, limits.ASSOCIATION)
    status = change.refused(switches)
    if status is not None:
        return status
    known, plain = change.known, change.set.plain
    chosen = [
        one
        for one in known.associations
        if not one.get("user")
        and change.where.wanted("names", one["account"])
        and change.where.wanted("parents", one.get("parent_account"))
        and one["cluster"] in (change.where.listed("clusters") or [known.own])
    ]
    change.values(chosen)
    records: list[Record] = []
    if plain:
        if known.powerless():
            ctx.out(" Modified accounts...\n" if ctx.release >= _HEADED_SINCE else "")
            return confirm.denied(ctx)
        records = [
            one
            for one in known.accounts
            if change.where.wanted("names", one.get("name"))
            and change.where.wanted("descriptions", one.get("description"))
            and change.where.wanted("organizations", one.get("organization"))
        ]
        if not records:
            return nothing(ctx, " Modified accounts...\n")
        found = sorted(str(one["name"]) for one in records)
        ctx.out(" Modified accounts...\n" + "".join(f"  {name}\n" for name in found))

        def send_accounts() -> None:
            told: Record = {
                name: plain[name].lower() for name in ("description", "organization") if name in plain
            }
            kept = ("name", "description", "organization")
            accounting.change(
                ctx.client, "accounts", [{**{k: one.get(k) for k in kept}, **told} for one in records]
            )

        if ctx.release >= _HEADED_SINCE:
            status = confirm.agree(ctx, switches, send_accounts)
            if status or not change.set.settings:
                return status
    if change.set.settings:
        if not chosen or known.powerless():
            return nothing(ctx, " Modified account associations...\n")
        ctx.out(" Modified account associations...\n")
        for one in chosen:
            above = one.get("parent_account")
            ctx.out(
                f"  C = {one['cluster']:<10} A = {one['account']}" + (f" of {above}\n" if above else "\n")
            )
            for below in _below(change, one):
                ctx.out(line(below))

    def send() -> None:
        if records and ctx.release < _HEADED_SINCE:
            send_accounts()
        _send_associations(change, chosen)

    return confirm.agree(ctx, switches, send)


def _below(change: Change, above: Record) -> list[Record]:
    """What has no limit of its own and so gets the account's; whatever stands below where the account moves."""
    paths = [one.limit.path for one in change.set.settings.values() if one.limit.inherited]
    moved = "Parent" in change.set.settings and change.ctx.release >= (22, 11)
    if not paths and not moved:
        return []
    found: list[Record] = []
    deep = change.ctx.release >= _HEADED_SINCE or change.ctx.release < (22, 11)
    for one in change.known.associations:
        mine = one.get("account") == above["account"] if one.get("user") else (
            one.get("parent_account") == above["account"]
        )  # fmt: skip
        if one.get("cluster") != above["cluster"] or not mine:
            continue
        if not moved and all(_own(one, path, above) for path in paths):
            continue
        if one.get("user"):
            found.append(one)
            continue
        if change.ctx.release >= (22, 11):
            found.append(one)
        if deep:
            found += _below(change, one)
    return found


def _own(one: Record, path: str, above: Record) -> bool:
    value = at(one, path)
    if value in (None, [], ""):
        return False
    return bool(value != at(above, path))


def qos(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`modify qos`."""
    change = Change(ctx, words, QOS_WHERE, _QOS_SET, limits.QOS)
    status = change.refused(switches)
    if status is not None:
        return status
    known = change.known
    chosen = [
        one
        for one in known.qos
        if change.where.wanted("names", one.get("name"))
        and change.where.wanted("ids", one.get("id"))
        and change.where.wanted("descriptions", one.get("description"))
    ]
    if not chosen:
        ctx.out("  Nothing modified\n" if ctx.release >= _HEADED_SINCE else " Nothing modified\n")
        return 1
    if known.powerless():
        return confirm.denied(ctx)
    values = [(one, known.values(change.set.settings, one)) for one in chosen]
    for _, value in values:
        accounting.check(ctx.client, value)
    found = sorted(str(one["name"]) for one in chosen)
    ctx.out(" Modified qos...\n" + "".join(f"  {name}\n" for name in found))

    return confirm.agree(ctx, switches, lambda: accounting.change_qos(ctx.client, values))


def cluster(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`modify cluster`: the limits of its root association."""
    change = Change(ctx, words, CLUSTER_WHERE, _CLUSTER_SET, limits.ASSOCIATION)
    status = change.refused(switches)
    if status is not None:
        return status
    known = change.known
    chosen = [
        one
        for one in known.associations
        if one["account"] == "root" and not one.get("user") and change.where.wanted("names", one["cluster"])
    ]
    if not chosen:
        ctx.out(" Nothing modified\n")
        return 1
    shown = limits.preview(limits.ASSOCIATION, change.set.settings)
    ctx.out(f" Setting\n  Default Limits:\n{shown} Modified cluster defaults for associations...\n")
    ctx.out("".join(f"  C = {one['cluster']:<10} A = root\n" for one in chosen))
    return confirm.agree(ctx, switches, lambda: _send_associations(change, chosen))
