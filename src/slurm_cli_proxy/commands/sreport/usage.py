"""The reports of associations' usage: by account and user, by user and account, the users with the most."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.columns.table import TableColumn as Column
from slurm_cli_proxy.commands.sacctmgr.cluster import Accounting
from slurm_cli_proxy.commands.sreport import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.table import Field, InvalidField, Table, parse, parse_names
from slurm_cli_proxy.notation import date
from slurm_cli_proxy.rest import accounting
from slurm_cli_proxy.rest.untyped import untyped

_HOUR: Final = 3600
_RULE: Final = "-" * 80 + "\n"
_UP_TO_THE_HOUR: Final = (25, 0)
_UNITS: Final = {"seconds": 1, "minutes": 60, "hours": 3600}
SHARES: Final = ("p", "secp", "minp", "hourp")
_TITLES: Final = {
    "AccountUtilizationByUser": "Cluster/Account/User Utilization",
    "UserUtilizationByAccount": "Cluster/User/Account Utilization",
    "TopUsage": "Top {count} Users",
}
_BY_ACCOUNT: Final = "cluster,account,login,proper"
_BY_USER: Final = "cluster,login,proper,account"
_CPU: Final = "cpu"
_DATES: Final = ("start", "end")
_LISTS: Final = ("accounts", "users", "clusters")


class Row(msgspec.Struct):
    """What one account or user has used, in seconds by the resource's name; `depth` in the tree of accounts."""

    cluster: str
    account: str
    user: str
    used: dict[str, int]
    depth: int = 0
    tres: str = _CPU


class Asked(msgspec.Struct):
    """What follows the report's name."""

    dates: dict[str, int] = {}
    lists: dict[str, set[str]] = {}
    format: str | None = None
    count: int = 10
    group: bool = False
    tree: bool = False


def show(ctx: Context, report: str, words: Sequence[str], settings: Settings) -> int:
    """Print a report; the exit status.  RestError."""
    asked = Asked(dates={}, lists={})
    status = 0
    for word in words:
        if not take(ctx, report, word, asked):
            status = 1
    if settings.time.startswith(SHARES):
        ctx.error(f"the Slurm REST API does not tell the whole of which -t {settings.time} shows the share")
        return 1
    unit, seconds = unit_of(ctx, settings.time)
    if not accounting.together(ctx.client):
        ctx.error(
            f"{ctx.client.version} of the Slurm REST API does not tell the hourly usage of associations"
        )
        return 1
    named = _named(ctx, settings.tres)
    if named is None:
        return 1
    start, end = window(asked.dates, ctx.server_clock(), ctx.release)
    choose_clusters(ctx, settings, asked)
    rows = _rows(ctx, start, end, asked)
    if report != "AccountUtilizationByUser":
        rows = _by_user(rows, asked.group)
        rows.sort(key=lambda row: (-row.used.get(_CPU, 0), row.user))
    if report == "TopUsage":
        rows = rows[: asked.count]
    if settings.tres is not None:
        rows = [msgspec.structs.replace(row, tres=name) for row in rows for name in named]
    fields = _BY_ACCOUNT if report == "AccountUtilizationByUser" else _BY_USER
    ending = ",used,energy" if settings.tres is None else ",tresname,used"
    parsed, unknown = _fields(
        fields + ending if asked.format is None else asked.format, _columns(seconds, asked.tree)
    )
    for name in unknown:
        ctx.err(f" Unknown field '{name}'\n")
        status = 1
    table = Table(parsed, ctx.release, settings.parsable > 0, settings.parsable == 1, headings=True)
    if not settings.noheader:
        what = "CPU" if settings.tres is None else "TRES"
        named_report = _TITLES[report].format(count=asked.count)
        ctx.out(title(named_report, start, end, f"Usage reported in {what} {unit}"))
        ctx.out(table.header())
    for text in table.rows(rows, None):
        ctx.out(text)
    return status


def unit_of(ctx: Context, text: str) -> tuple[str, int]:
    """The unit of time that a word stands for and its seconds; minutes where it stands for none, which is told."""
    unit = next((one for one in _UNITS if one.startswith(text)), "") if text else "minutes"
    if not unit:
        ctx.err(f"unknown time format {text}")
        unit = "minutes"
    return unit.title(), _UNITS[unit]


def title(report: str, start: int, end: int, what: str) -> str:
    """The lines above the table."""
    span = f"{_moment(start)} - {_moment(end - 1)} ({end - start} secs)"
    return f"{_RULE}{report} {span}\n{what}\n{_RULE}"


def _fields(text: str, columns: Sequence[Column[Row]]) -> tuple[list[Field[Row]], list[str]]:
    """The columns of a format, and what is none; the widths of amounts are native's, whatever is asked for."""
    found: list[Field[Row]] = []
    unknown = []
    for part in text.split(","):
        try:
            [field] = parse_names(part, columns) or parse(part or " ", columns)
        except InvalidField as error:
            unknown.append(str(error).strip())
            continue
        amount = field.column.kind == "number"
        found.append(Field(field.column, field.column.width) if amount else field)
    return found, unknown


def _moment(when: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(when))


def take(ctx: Context, report: str, word: str, asked: Asked) -> bool:
    """Note a word; False where it means nothing, which is told."""
    key, equals, value = word.partition("=")
    key = key.lower()
    if not equals:
        if key == "tree":
            asked.tree = True
        elif key == "group" and report == "TopUsage":
            asked.group = True
        elif key not in ("where", "withdeleted"):
            asked.lists.setdefault("users" if report == "TopUsage" else "clusters", set()).update(
                key.split(",")
            )
        return True
    if name := next((one for one in _DATES if len(key) > 1 and one.startswith(key)), ""):
        try:
            asked.dates[name] = date.parse(value, ctx.server_clock, ctx.release, past=True)
        except date.DateError as error:
            ctx.err(f"{error.log or error}\n")
    elif name := next((one for one in _LISTS if len(key) > 1 and one.startswith(key)), ""):
        asked.lists.setdefault(name, set()).update(value.lower().split(","))
    elif len(key) > 1 and "format".startswith(key):
        asked.format = value
    elif len(key) > 1 and "topcount".startswith(key) and report == "TopUsage":
        if value.isdigit():
            asked.count = int(value)
        else:
            ctx.error(f"Invalid value for TopCount ({value})")
            return False
    else:
        ctx.err(f" Unknown condition: {word}\nUse keyword set to modify value\n")
        return False
    return True


def choose_clusters(ctx: Context, settings: Settings, asked: Asked) -> None:
    """Settle which clusters are told of: those named, else the own one."""
    if settings.all_clusters:
        return
    if settings.clusters:
        asked.lists.setdefault("clusters", set()).update(settings.clusters)
    elif "clusters" not in asked.lists and (own := Accounting(ctx).own.lower()):
        asked.lists["clusters"] = {own}


def window(dates: dict[str, int], now: float, release: tuple[int, int]) -> tuple[int, int]:
    """From when (full hour) to when; without dates yesterday, and never beyond now nor less than an hour.

    Releases from 25 on take the hour that runs as a whole, also where the end is today's first moment; earlier ones
    take it from its half on.
    """
    today = time.localtime(now)
    midnight = int(time.mktime((*today[:3], 0, 0, 0, 0, 0, -1)))
    within = int(now) - int(now) % _HOUR
    late = release >= _UP_TO_THE_HOUR
    if "end" in dates:
        end = min(dates["end"], int(now)) + (_HOUR - 1 if late else _HOUR // 2)
        end -= end % _HOUR
    else:
        end = midnight + (_HOUR if late and int(now) > within else 0)
    start = dates.get("start", int(time.mktime((*today[:2], today[2] - 1, 0, 0, 0, 0, 0, -1))))
    start -= start % _HOUR
    return start, max(end, start + _HOUR)


def _named(ctx: Context, wanted: list[str] | None) -> list[str] | None:
    """The names of the resources asked for, as the accounting lists them; None where there is none of them."""
    if wanted is None:
        return [_CPU]
    known = [_name(one) for one in accounting.listing(ctx.client, "tres")]
    named = known if "all" in wanted else [name for name in dict.fromkeys(wanted) if name in known]
    if not named:
        ctx.err(f"{ctx.prog}: fatal: No valid TRES given\n")
        return None
    return named


def _name(tres: accounting.Record) -> str:
    return f"{tres['type']}/{tres['name']}" if tres.get("name") else str(tres["type"])


@untyped
def _rows(ctx: Context, start: int, end: int, asked: Asked) -> list[Row]:
    """Accounts and users that have used anything, in the tree's order."""
    rows: list[Row] = []
    depths: dict[str, int] = {}
    wanted = {"accounts": "account", "users": "user", "clusters": "cluster"}
    lists = {wanted[key]: values for key, values in asked.lists.items()}
    if "user" in lists:
        lists["user"] = set(map(ctx.cluster_user, lists["user"]))
    for one in accounting.used(ctx.client, start, end):
        account, user = one["account"], one.get("user") or ""
        if not user:
            depths[account] = depths.get(one.get("parent_account") or "", -1) + 1
        told = one.get("accounting") or ()
        if not told or not all((one.get(key) or "").lower() in values for key, values in lists.items()):
            continue
        used: dict[str, int] = {}
        for part in told:
            name = _name(part["TRES"])
            used[name] = used.get(name, 0) + part["allocated"]["seconds"]
        depth = depths.get(account, 0) + (1 if user else 0)
        rows.append(Row(one["cluster"], account, user, used, depth))
    return rows


def _by_user(rows: Sequence[Row], group: bool) -> list[Row]:
    """What each user has used, of each account or (`group`) of all together."""
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        if not row.user:
            continue
        key = (row.cluster, row.user) if group else (row.cluster, row.user, row.account)
        earlier = found.get(key)
        if earlier is None:
            found[key] = row
            continue
        for name, seconds in row.used.items():
            earlier.used[name] = earlier.used.get(name, 0) + seconds
        if row.account not in earlier.account.split(","):
            earlier.account += f",{row.account}"
    return list(found.values())


def _columns(unit: int, tree: bool) -> tuple[Column[Row], ...]:
    def time_of(name: Callable[[Row], str]) -> Callable[[Row, object], str]:
        return lambda row, view: f"{row.used.get(name(row), 0) / unit:.0f}"

    def account(row: Row, view: object) -> str:
        return " " * row.depth + row.account if tree else row.account

    return (
        Column("Account", -20 if tree else 15, (), account),
        Column("Cluster", 9, (), lambda row, view: row.cluster),
        Column("Energy", 8, (), time_of(lambda row: "energy"), "number"),
        Column("Login", 9, (), lambda row, view: row.user),
        Column("Proper", 15, (), lambda row, view: _proper(row.user), header="Proper Name"),
        Column("TresName", 14, (), lambda row, view: row.tres, header="TRES Name"),
        Column("Used", 8, (), time_of(lambda row: row.tres), "number"),
    )


def _proper(user: str) -> str:
    """The user's own name, as this machine knows it."""
    import pwd

    try:
        return pwd.getpwnam(user).pw_gecos.split(",")[0] if user else ""
    except KeyError:
        return ""
