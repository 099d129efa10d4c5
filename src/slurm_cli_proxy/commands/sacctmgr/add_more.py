"""`sacctmgr add qos`, `add cluster`, `add coordinator`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.sacctmgr import confirm, limits
from slurm_cli_proxy.commands.sacctmgr.add import take
from slurm_cli_proxy.commands.sacctmgr.cluster import DENIED, Accounting
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.commands.sacctmgr.words import USE_SET, USE_WHERE, Reader, key, names, split
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import accounting
from slurm_cli_proxy.rest.errors import RestError

_QOS: Final = (key("Names", 1, "names"),)
_CLUSTER: Final = (
    key("Classification", 3, "classification"),
    key("Federation", 3, "federation"),
    key("Features", 2, "features"),
    key("FedState", 2, "fedstate"),
    key("ID", 2, "id"),
    key("Names", 1, "names"),
    key("Clusters", 1, "names"),
)
COORDINATOR: Final = (
    key("Accounts", 1, "accounts"),
    key("Acct", 4, "accounts"),
    key("Names", 1, "names"),
    key("Users", 1, "names"),
)


def done(ctx: Context, switches: Switches, what: str, send: object) -> int:
    """Ask, then `send`; the exit status.  `what` stands in the complaint of what is not permitted."""
    if not switches.immediate and not confirm.commit(ctx):
        ctx.out(" Changes Discarded\n")
        return 0
    try:
        send()  # type: ignore[operator]
    except RestError as error:
        if error.number != DENIED:
            raise
        ctx.err(f" Problem adding {what}: Access/permission denied\n")
        return 1
    return 0


def qos(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`add qos`."""
    known = Accounting(ctx)
    reader = Reader(ctx, _QOS, limits.QOS, known.names)
    if not take_qos(ctx, words, reader):
        return 1
    wanted = reader.listed("names")
    if not wanted:
        ctx.err(" Need name of qos to add.\n")
        return 1
    new = [name for name in wanted if name not in known.names.qos]
    if not new:
        ctx.out(" Nothing new added.\n")
        return 1
    values = known.values(reader.settings)
    accounting.check(ctx.client, {path: value for path, value in values.items() if path != "preempt.list"})
    text = " Adding QOS(s)\n" + "".join(f"  {name}\n" for name in new) + " Settings\n"
    if "Description" not in reader.settings:
        text += f"  Description    = {new[-1]}\n"
    ctx.out(text + limits.preview(limits.QOS, reader.settings))

    def send() -> None:
        records = [accounting.nested({"description": name, **values, "name": name}) for name in new]
        accounting.change(ctx.client, "qos", records)

    return done(ctx, switches, "QOS", send)


def take_qos(ctx: Context, words: Sequence[str], reader: Reader) -> bool:
    """Read what a QOS is set to; whether it can be."""
    from slurm_cli_proxy.commands.sacctmgr import qos_words

    for text in words:
        word = split(text)
        if word.value is None:
            if text.lower() not in ("where", "set"):
                names(text, reader.values.setdefault("names", []))
        elif not reader.key(word) and not qos_words.take(ctx, word, reader):
            reader.unknown(word, USE_WHERE, out=True)
    return not reader.bad


def cluster(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`add cluster`."""
    known = Accounting(ctx)
    reader = Reader(ctx, _CLUSTER, limits.ASSOCIATION, known.names)
    take(ctx, words, reader)
    if reader.bad:
        return 1
    wanted = reader.listed("names")
    if not wanted:
        ctx.err(" Need name of cluster to add.\n")
        return 1
    for dest in ("classification", "federation", "features", "fedstate", "id"):
        if dest in reader.plain:
            ctx.error(f"{dest}= of a cluster cannot be set by the Slurm REST API; nothing was changed")
            return 1
    new = []
    for name in wanted:
        if name in known.clusters:
            ctx.out(f" This cluster {name} already exists.  Not adding.\n")
        else:
            new.append(name)
    if not new:
        return 1
    ctx.out(" Adding Cluster(s)\n" + "".join(f"  Name           = {name}\n" for name in new))
    shown = limits.preview(limits.ASSOCIATION, reader.settings)
    if shown:
        ctx.out(f" Setting\n  Default Limits:\n{shown}")
    values = known.values(reader.settings)

    def send() -> None:
        accounting.add_clusters(ctx.client, new, values)

    return done(ctx, switches, "clusters", send)


def coordinator(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """`add coordinator`."""
    known = Accounting(ctx)
    reader = Reader(ctx, COORDINATOR, (), known.names)
    take(ctx, words, reader, USE_SET)
    if reader.bad:
        return 1
    users, accounts = reader.listed("names"), reader.listed("accounts")
    if not users and not accounts:
        ctx.err(" You need to specify conditions to to add the coordinator.\n")
        return 1
    if not users or not accounts:
        ctx.err(f" You need to specify {'a user' if not users else 'an account'} list here.\n")
        return 1
    there = {one.get("name"): one for one in known.accounts}
    strangers = [f"account '{name}'" for name in accounts if name not in there]
    strangers += [f"user '{name}'" for name in users if known.user(name) is None]
    for name in strangers:
        ctx.err(f" You specified a non-existent {name}.\n")
    if strangers:
        return 1
    if not accounting.together(ctx.client):
        ctx.error(
            "coordinators cannot be changed by version v0.0.38 of the Slurm REST API; nothing was changed"
        )
        return 1
    lines = [" Adding Coordinator User(s)", *(f"  {name}" for name in users)]
    lines += [" To Account(s) and all sub-accounts", *(f"  {name}" for name in accounts)]
    ctx.out("".join(f"{line}\n" for line in lines))

    def send() -> None:
        for name in accounts:
            accounting.change(ctx.client, "accounts", [coordinated(there[name], users, ())])

    return done(ctx, switches, "coordinator", send)


def coordinated(account: dict[str, object], more: Sequence[str], less: Sequence[str]) -> dict[str, object]:
    """An account's record with other coordinators: its own ones, those added, without those taken away."""
    now = account.get("coordinators")
    own = [one["name"] for one in now if one.get("direct")] if isinstance(now, list) else []
    kept = [name for name in [*own, *(name for name in more if name not in own)] if name not in less]
    record = {key: account.get(key) for key in ("name", "description", "organization")}
    return {**record, "coordinators": [{"name": name, "direct": True} for name in kept]}
