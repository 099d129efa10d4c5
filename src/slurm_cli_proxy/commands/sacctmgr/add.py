"""`sacctmgr add account` and `add user`.

Facts: 22.05 looks for itself what is there and tells before it changes; later releases let slurmdbd add, and tell what
it did.  Both are told in the same place here: beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.sacctmgr import confirm, limits
from slurm_cli_proxy.commands.sacctmgr.cluster import DENIED, Accounting
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.commands.sacctmgr.words import UNKNOWN, USE_WHERE, Reader, key, names, split
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import accounting
from slurm_cli_proxy.rest.errors import RestError

TOGETHER: Final = (23, 11)
"""Since when slurmdbd adds accounts and users with their associations."""

_ACCOUNT: Final = (
    key("Accounts", 1, "names"),
    key("Acct", 4, "names"),
    key("Clusters", 1, "clusters"),
    key("Description", 1, "description"),
    key("Names", 1, "names"),
    key("Organization", 1, "organization"),
)
_USER: Final = (
    key("Accounts", 2, "accounts"),
    key("Acct", 4, "accounts"),
    key("AdminLevel", 2, "level"),
    key("Clusters", 1, "clusters"),
    key("DefaultAccount", 8, "default"),
    key("Names", 1, "names"),
    key("Users", 1, "names"),
    key("Partitions", 3, "partitions"),
    key("DefaultWCKey", 8, "wckey"),
    key("WCKeys", 1, "wckeys"),
)
_DENIED: Final = " error: Only admins/operators/coordinators can add accounts\n"


def take(ctx: Context, words: Sequence[str], reader: Reader, unknown: str = USE_WHERE) -> None:
    """Read the words of an addition; `unknown` is what is told of a word that means nothing."""
    for text in words:
        word = split(text)
        if word.value is None:
            if text.lower() not in ("where", "set"):
                names(text, reader.values.setdefault("names", []))
        elif not (reader.key(word) or reader.limit(word)):
            reader.unknown(word, unknown)


def account(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`add account`."""
    known = Accounting(ctx)
    reader = Reader(ctx, _ACCOUNT, limits.ASSOCIATION, known.names)
    take(ctx, words, reader)
    if reader.bad:
        return 1
    wanted = reader.listed("names")
    if not wanted:
        ctx.err(" Need name of account to add.\n")
        return 1
    later = ctx.release >= TOGETHER
    for name in reader.listed("clusters"):
        if name not in known.clusters:
            ctx.err(_no_cluster_later(name) if later else _no_cluster(name))
            return 1
    clusters = reader.listed("clusters") or [known.own]
    if later and known.powerless():
        ctx.err(_DENIED)
        return 1
    if not accounting.together(ctx.client):
        ctx.error(
            "version v0.0.38 of the Slurm REST API cannot place an account below another; nothing was changed"
        )
        return 1
    parent = reader.settings["Parent"].value if "Parent" in reader.settings else "root"
    there = {(one.get("cluster"), one.get("account")) for one in known.associations}
    for cluster in clusters:
        if (cluster, parent) not in there:
            ctx.err(
                f" error: No parent account '{parent}' on cluster '{cluster}'\n" if later else
                f" Parent account '{parent}' doesn't exist on cluster {cluster}\n"
                "        Contact your admin to add this account.\n No associations created.\n"
            )  # fmt: skip
            return 1
    pairs = [(cluster, name) for cluster in clusters for name in wanted]
    new = [pair for pair in pairs if pair not in there]
    if not new:
        last = pairs[-1]
        ctx.out(
            f" Already existing account {last[1]} on cluster {last[0]}\n"
            if later
            else " Nothing new added.\n"
        )
        return 1
    fresh = [name for name in wanted if name not in {one.get("name") for one in known.accounts}]
    ctx.out(_account_preview(reader, later, pairs, new, fresh, known))
    if not switches.immediate and not confirm.commit(ctx):
        ctx.out(" Changes Discarded\n")
        return 0
    told = {"description": reader.plain.get("description", "").lower()}
    told["organization"] = reader.plain.get("organization", "").lower()
    try:
        for cluster in clusters:
            added = [name for where, name in new if where == cluster]
            if added:
                accounting.add_accounts(ctx.client, cluster, added, told, known.values(reader.settings))
    except RestError as error:
        if error.number != DENIED:
            raise
        ctx.err(" Problem adding accounts: Access/permission denied\n")
        return 1
    return 0


def _account_preview(
    reader: Reader,
    later: bool,
    pairs: list[tuple[str, str]],
    new: list[tuple[str, str]],
    fresh: list[str],
    known: Accounting,
) -> str:
    text = ""
    if fresh:
        text += " Adding Account(s)\n" + "".join(f"  {name}\n" for name in fresh)
        description = reader.plain.get("description", "").lower() or "Account Name"
        organization = reader.plain.get("organization", "").lower() or "Parent/Account Name"
        text += f" Settings\n  Description     = {description}\n  Organization    = {organization}\n"
    lines = ""
    for cluster, name in pairs:
        if (cluster, name) in new:
            if later:
                lines += "" if lines else " Associations =\n"
                lines += f"  C = {cluster:<10} A = {name:<20}\n"
            else:
                lines += f"  A = {name:<10} C = {cluster:<10}\n"
        elif later:
            lines += f"Already existing account {name} on cluster {cluster}\n"
    text += lines if later else f" Associations\n{lines}"
    if reader.settings or {"description", "organization"} & reader.plain.keys():
        shown = dict(reader.settings)
        if not later and "Parent" not in shown:
            parent = next(one for one in limits.ASSOCIATION if one.label == "Parent")
            shown["Parent"] = limits.Set(parent, "root")
        text += " Settings\n" + limits.preview(limits.ASSOCIATION, shown)
    return text


def _no_cluster(name: str) -> str:
    return f" This cluster '{name}' doesn't exist.\n        Contact your admin to add it to accounting.\n"


def _no_cluster_later(name: str) -> str:
    return f" error: Cluster '{name}' has not been added yet, please contact your admin before adding accounts to it\n"


def user(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`add user`."""
    known = Accounting(ctx)
    reader = Reader(ctx, _USER, limits.ASSOCIATION, known.names)
    take(ctx, words, reader, UNKNOWN)
    if reader.bad:
        return 1
    wanted, accounts = reader.listed("names"), reader.listed("accounts")
    if not wanted:
        ctx.err(" Need name of user to add.\n")
        return 1
    if reader.listed("wckeys"):
        ctx.error("wckeys cannot be added by the Slurm REST API as natively; nothing was changed")
        return 1
    default = reader.plain.get("default", "").lower()
    if default and default not in accounts:
        accounts = [*accounts, default]
    later = ctx.release >= TOGETHER
    if not accounts:
        ctx.err(
            " Need name of account or wckey to add.\n" if later else " Need name of account to add user to.\n"
        )
        return 1
    clusters = reader.listed("clusters") or [known.own]
    if not later:
        for name in clusters:
            if name not in known.clusters:
                ctx.err(_no_cluster(name))
                return 1
    if not _may_go_on(ctx, wanted, switches, known):
        return 1
    if later and known.powerless():
        more = " (Only admins/operators/coordinators can add accounts)" if ctx.release >= (25, 5) else ""
        ctx.err(f" error: Problem adding user associations: Access/permission denied{more}\n")
        return 1
    there = {_place(one) for one in known.associations}
    partitions = reader.listed("partitions") or [""]
    missing = [(a, c) for c in clusters for a in accounts if (c, a, "", "") not in there]
    if missing and not later:
        for name, _ in missing:
            ctx.err(
                f" This account '{name}' doesn't exist.\n        Contact your admin to add this account.\n"
            )
        accounts = [name for name in accounts if (name, clusters[0]) not in missing]
        if not accounts:
            if all(known.user(name) for name in wanted):
                ctx.out(" Nothing new added.\n")
            else:
                ctx.err(" No associations or wckeys created.\n")
            return 1
    gaps = "".join(f"No account {a} on cluster {c}, skipping.\n" for a, c in missing) if later else ""
    new = [
        (cluster, account, name, partition)
        for cluster in clusters
        for name in wanted
        for account in accounts
        if (account, cluster) not in missing
        for partition in partitions
        if (cluster, account, name, partition) not in there
    ]
    if not new:
        if not later:
            ctx.out(" Nothing new added.\n")
            return 1
        first = gaps or "Request didn't affect anything\n"
        ctx.out(
            f"{first}Nothing added.\nMake sure the accounts requested here have been added to the system/cluster. "
            "(sacctmgr add account...)\n"
        )
        return 1
    fresh = [name for name in wanted if known.user(name) is None]
    ctx.out(_user_preview(reader, later, new, fresh, gaps, default, known))
    if not switches.immediate and not confirm.commit(ctx):
        ctx.out(" Changes Discarded\n")
        return 0
    told = {
        "default_account": default or accounts[0 if later else -1],
        "administrator_level": _level(reader) if fresh else "",
    }
    try:
        accounting.add_users(ctx.client, new, told, known.values(reader.settings), fresh)
    except RestError as error:
        if error.number != DENIED:
            raise
        ctx.err(" Problem adding users: Access/permission denied\n")
        return 1
    return 0


def _place(one: dict[str, object]) -> tuple[object, ...]:
    return one.get("cluster"), one.get("account"), one.get("user") or "", one.get("partition") or ""


def _level(reader: Reader) -> str:
    from slurm_cli_proxy.commands.sacctmgr.levels import level

    return level(reader.plain.get("level", "")) or ""


def _may_go_on(ctx: Context, wanted: Sequence[str], switches: Switches, known: Accounting) -> bool:
    """As natively, a user whom the machine does not know is asked about."""
    if switches.immediate:
        return True
    import pwd

    for name in wanted:
        if known.user(name) is not None:
            continue
        try:
            pwd.getpwnam(name)
        except KeyError:
            question = f"There is no uid for user '{name}'\nAre you sure you want to continue?"
            if not confirm.commit(ctx, question):
                return False
    return True


def _user_preview(
    reader: Reader,
    later: bool,
    new: list[tuple[str, str, str, str]],
    fresh: list[str],
    gaps: str,
    default: str,
    known: Accounting,
) -> str:
    text = ""
    level = _level(reader)
    if fresh:
        text += " Adding User(s)\n" + "".join(f"  {name}\n" for name in fresh)
        if later or default or level:
            text += " Settings\n" if later else " Settings =\n"
            text += f"  Default Account = {default}\n" if default else ""
            text += f"  Admin Level     = {level}\n" if level else ""
    text += gaps
    text += "" if gaps else " Associations =\n"
    for cluster, account, name, partition in new:
        if later:
            text += f"  C = {cluster:<10} A = {account:<20} U = {name:<9}"
            text += f" P = {partition}\n" if partition else "\n"
        else:
            text += f"  U = {name:<9} A = {account:<10} C = {cluster:<10}"
            text += f" P = {partition:<10}\n" if partition else "\n"
    if reader.settings or not later:
        text += " Non Default Settings\n" + limits.preview(limits.ASSOCIATION, reader.settings)
    return text
