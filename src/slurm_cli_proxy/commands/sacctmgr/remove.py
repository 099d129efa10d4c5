"""`sacctmgr delete user`, `account`, `qos`, `cluster`, `coordinator`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.columns.management import Record, at
from slurm_cli_proxy.commands.sacctmgr import confirm
from slurm_cli_proxy.commands.sacctmgr.add_more import COORDINATOR, coordinated
from slurm_cli_proxy.commands.sacctmgr.cluster import Accounting
from slurm_cli_proxy.commands.sacctmgr.modify import ACCOUNT_WHERE, CLUSTER_WHERE, QOS_WHERE, USER_WHERE
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.commands.sacctmgr.words import USE_SET, Key, Reader, names, parts
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import accounting

_KEPT_BEFORE: Final = (23, 2)
"""Until then an account that is somebody's default cannot be removed."""
_DEFAULT: Final = " Error with request: You can not remove the default account of a user\n"


class Removal:
    """Words of a removal."""

    def __init__(self, ctx: Context, words: Sequence[str], where: Sequence[Key]) -> None:
        self.ctx = ctx
        self.known = Accounting(ctx)
        self.where = Reader(ctx, where, (), self.known.names)
        for _, word in parts(words):
            if word.value is None:
                names(word.text, self.where.values.setdefault("names", []))
            elif not self.where.key(word):
                self.where.unknown(word, USE_SET)

    def refused(self) -> bool:
        """Whether the words remove nothing, which is told."""
        if not any(self.where.values.values()):
            self.ctx.err(" No conditions given to remove, not executing.\n")
            return True
        return self.where.bad


def _delete(removal: Removal, kind: str, heading: str, found: Sequence[str], switches: Switches) -> int:
    """Lists what is to go, and removes it one by one when that is agreed to."""
    ctx = removal.ctx
    ctx.out(f" Deleting {heading}...\n" + "".join(f"  {name}\n" for name in found))

    def send() -> None:
        for name in found:
            accounting.remove(ctx.client, kind, name)

    return confirm.agree(ctx, switches, send)


def user(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`delete user`: users, or their associations with accounts."""
    removal = Removal(ctx, words, USER_WHERE)
    if removal.refused():
        return 1
    known, where = removal.known, removal.where
    if known.powerless():
        return confirm.denied(ctx)
    if any(where.listed(dest) for dest in ("accounts", "partitions", "clusters")):
        return _user_associations(removal, switches)
    found = sorted(str(one["name"]) for one in known.users if removal.where.wanted("names", one.get("name")))
    if not found:
        ctx.out(" Nothing deleted\n")
        return 1
    return _delete(removal, "user", "users", found, switches)


def _user_associations(removal: Removal, switches: Switches) -> int:
    ctx, known = removal.ctx, removal.known
    theirs = [one for one in known.associations if one.get("user")]
    chosen = [
        one
        for one in theirs
        if removal.where.wanted("names", one["user"])
        and removal.where.wanted("accounts", one["account"])
        and removal.where.wanted("clusters", one["cluster"])
        and removal.where.wanted("partitions", one.get("partition"))
    ]
    if not chosen:
        ctx.out(" Nothing deleted\n")
        return 1
    defaults = [
        one for one in chosen if at(known.user(one["user"]) or {}, "default.account") == one["account"]
    ]
    told = [
        one
        for one in defaults
        if any(other["user"] == one["user"] and other not in chosen for other in theirs)
    ]
    if ctx.release < _KEPT_BEFORE:
        told = told or defaults
    if told:
        ctx.err(_DEFAULT + "".join(_default_line(one) for one in told))
        ctx.err(
            " You must change the default account of these users or remove the users completely from the "
            "affected clusters to allow these changes.\n Changes Discarded\n"
        )
        return 1
    lines = (f"  C = {one['cluster']:<10} A = {one['account']:<10} U = {one['user']:<9}" for one in chosen)
    ctx.out(" Deleting user associations...\n" + "".join(f"{text}\n" for text in lines))
    left = {one["user"] for one in theirs if one not in chosen}
    lonely = sorted({str(one["user"]) for one in chosen} - left)
    if lonely:
        ctx.out(" Deleting users (No Associations)...\n" + "".join(f"  {name}\n" for name in lonely))

    def send() -> None:
        for one in chosen:
            accounting.remove_association(ctx.client, one)
        for name in lonely:
            accounting.remove(ctx.client, "user", name)

    return confirm.agree(ctx, switches, send)


def _default_line(one: Record) -> str:
    return f"  C = {one['cluster']:<15} A = {one['account']:<10} U = {one['user']:<9}\n"


def account(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`delete account`."""
    removal = Removal(ctx, words, ACCOUNT_WHERE)
    if removal.refused():
        return 1
    known = removal.known
    if "root" in removal.where.listed("names"):
        ctx.err(" You are not allowed to remove the root account.\n Use remove cluster instead.\n")
        return 1
    if known.powerless():
        return confirm.denied(ctx)
    placed = {
        one["account"]
        for one in known.associations
        if not one.get("user")
        and removal.where.wanted("clusters", one["cluster"])
        and removal.where.wanted("parents", one.get("parent_account"))
    }
    narrowed = bool(removal.where.listed("clusters") or removal.where.listed("parents"))
    found = sorted(
        str(one["name"])
        for one in known.accounts
        if removal.where.wanted("names", one.get("name"))
        and removal.where.wanted("descriptions", one.get("description"))
        and removal.where.wanted("organizations", one.get("organization"))
        and (one["name"] in placed or not narrowed)
        and one["name"] != "root"
    )
    if not found:
        ctx.out(" Nothing deleted\n")
        return 1
    gone = _with_below(known, found)
    defaults = [
        one
        for one in known.associations
        if one.get("user")
        and one["account"] in gone
        and at(known.user(one["user"]) or {}, "default.account") == one["account"]
    ]
    if ctx.release < _KEPT_BEFORE and defaults:
        ctx.err(_DEFAULT + "".join(map(_default_line, defaults)))
        ctx.err(
            " Please either remove the accounts listed above from list and resubmit,\n"
            " or change these users' default accounts to remove the account(s).\n Changes Discarded\n"
        )
        return 1
    return _delete(removal, "account", "accounts", found, switches)


def _with_below(known: Accounting, found: Sequence[str]) -> set[str]:
    """Accounts, and those below them."""
    gone = set(found)
    while True:
        more = {
            str(one["account"])
            for one in known.associations
            if not one.get("user") and one.get("parent_account") in gone
        }
        if more <= gone:
            return gone
        gone |= more


def qos(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`delete qos`."""
    removal = Removal(ctx, words, QOS_WHERE)
    if removal.refused():
        return 1
    known = removal.known
    if known.powerless():
        return confirm.denied(ctx)
    chosen = [
        one
        for one in known.qos
        if removal.where.wanted("names", one.get("name"))
        and removal.where.wanted("ids", one.get("id"))
        and removal.where.wanted("descriptions", one.get("description"))
    ]
    found = sorted(str(one["name"]) for one in chosen)
    if not found:
        ctx.out("  Nothing deleted\n" if ctx.release >= (25, 5) else " Nothing deleted\n")
        return 1
    used = [
        one for one in known.associations if one.get("user") and at(one, "default.qos") in found
    ]  # fmt: skip
    if used:
        ctx.err(" Associations listed below have these as their Default QOS.\n")
        for one in used:
            place = f"C = {one['cluster']:<10} A = {one['account']:<20} U = {one['user']:<9}"
            ctx.err(f"  DefQOS = {at(one, 'default.qos'):<10} {place}\n")
        ctx.err(
            " Please either remove the qos' listed above from list and resubmit,\n"
            " or change the default qos to remove the qos.\n Changes Discarded\n"
        )
        return 1
    return _delete(removal, "qos", "QOS(s)", found, switches)


def cluster(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`delete cluster`."""
    removal = Removal(ctx, words, CLUSTER_WHERE)
    if removal.refused():
        return 1
    known = removal.known
    if known.powerless():
        return confirm.denied(ctx)
    found = [name for name in sorted(known.clusters) if removal.where.wanted("names", name)]
    if not found:
        ctx.out(" Nothing deleted\n")
        return 1
    if not accounting.together(ctx.client):
        raise accounting.Unable(
            "version v0.0.38 of the Slurm REST API cannot delete a cluster; nothing was changed"
        )
    return _delete(removal, "cluster", "clusters", found, switches)


def coordinator(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`delete coordinator`."""
    removal = Removal(ctx, words, COORDINATOR)
    known, where = removal.known, removal.where
    users, accounts = where.listed("names"), where.listed("accounts")
    if not users and not accounts:
        ctx.err(" You need to specify a user list or account list here.\n")
        return 1
    if where.bad:
        return 1
    if not accounting.together(ctx.client):
        ctx.error(
            "coordinators cannot be changed by version v0.0.38 of the Slurm REST API; nothing was changed"
        )
        return 1
    text = " Removing Coordinators" + (" with user name\n" if users else "\n")
    text += "".join(f"  {name}\n" for name in users)
    text += " From Account(s)\n" if accounts else " From all accounts\n"
    ctx.out(text + "".join(f"  {name}\n" for name in accounts))
    gone = [
        (str(coord["name"]), one)
        for one in known.accounts
        if not accounts or one.get("name") in accounts
        for coord in one.get("coordinators") or ()
        if coord.get("direct") and (not users or coord["name"] in users)
    ]
    if not gone:
        ctx.out(" Nothing removed\n")
        return 1
    if known.powerless():
        return confirm.denied(ctx)
    ctx.out(" Removed Coordinators (sub accounts not listed)...\n")
    ctx.out("".join(f"  U = {name:<9} A = {one['name']:<10}\n" for name, one in gone))

    def send() -> None:
        for one in {str(one["name"]): one for _, one in gone}.values():
            less = [name for name, other in gone if other is one]
            accounting.change(ctx.client, "accounts", [coordinated(one, (), less)])

    return confirm.agree(ctx, switches, send)
