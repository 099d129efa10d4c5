"""`sreport job SizesByAccount`: how long the resources of jobs of each size were taken, by account.

slurmdbd has no sums of this: native, too, counts the jobs themselves, each with its time within the window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.columns.table import TableColumn as Column
from slurm_cli_proxy.commands.sacctmgr.joined import below
from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.sreport import Settings, usage
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.table import Field, Table
from slurm_cli_proxy.records.accounting import AccountingJob, count_of, job_type
from slurm_cli_proxy.records.number import number
from slurm_cli_proxy.rest import accounting, endpoints

_SIZES: Final = (50, 250, 500, 1000)
_ROOT: Final = "root"
_WHOLE: Final = "Percentage of Total"
_TOTALS: Final = (23, 11)
_FIELDS: Final = frozenset({"account", "cluster", "job_id", "partition", "user", "time", "tres"})
_WORDS: Final = (Keyword(name="flatview", shortest=2), Keyword(name="printjobcount", shortest=2))
_KEYS: Final = (
    Keyword(name="grouping", shortest=2),
    Keyword(name="jobs", shortest=1),
    Keyword(name="partitions", shortest=2),
)
_UNABLE: Final = tuple(
    Keyword(name=name, shortest=shortest)
    for name, shortest in (("acctasparent", 5), ("gid", 2), ("nodes", 1))
)


class Sized(msgspec.Struct):
    """The jobs of an account: what they used and how many they are, by their size's place."""

    cluster: str
    account: str
    used: list[int]
    jobs: list[int]


class Asked(usage.Asked):
    """What follows the report's name."""

    sizes: tuple[int, ...] = _SIZES
    flat: bool = False
    counting: bool = False
    partitions: set[str] | None = None
    jobs: frozenset[int] = frozenset()


def show(ctx: Context, words: Sequence[str], settings: Settings) -> int:
    """Print the report; the exit status.  RestError."""
    asked = Asked(dates={}, lists={})
    status = 0
    for word in words:
        key, _, value = word.partition("=")
        if find(_UNABLE, key, ctx.release):
            ctx.error(f"{word} is not supported by this version of slurm-cli-proxy")
            return 1
        if not _take(ctx, key, value, asked) and not usage.take(ctx, "SizesByAccount", word, asked):
            status = 1
    if asked.format is not None:
        ctx.error("format is not supported by this version of slurm-cli-proxy for sizes of jobs")
        return 1
    share, plain = settings.time.startswith(usage.SHARES), settings.time.startswith("p")
    unit, seconds = usage.unit_of(ctx, settings.time.partition("p")[0] if share else settings.time)
    kind = settings.tres[0] if settings.tres else "cpu"
    start, end = usage.window(asked.dates, ctx.server_clock(), ctx.release)
    usage.choose_clusters(ctx, settings, asked)
    rows = _rows(ctx, asked, kind, start, end)
    whole = sum(sum(row.jobs if asked.counting else row.used) for row in rows)
    cell = _cell(seconds, share and not asked.counting, plain)
    noun = "TRES" if settings.tres else "CPUs"
    columns = _columns(asked, cell, whole, noun, 20 if share and not plain else 13, ctx.release)
    table = Table(columns, ctx.release, settings.parsable > 0, settings.parsable == 1, headings=True)
    if not settings.noheader:
        shown = _WHOLE if plain else f"{unit}/{_WHOLE}" if share else unit
        what = "Units are in number of jobs ran" if asked.counting else f"Time reported in {shown}"
        if settings.tres:
            what = f"TRES type is {kind}\n{what}"
        ctx.out(usage.title("Job Sizes", start, end, what))
        ctx.out(table.header())
    for text in table.rows(rows, None):
        ctx.out(text)
    return status


def _take(ctx: Context, key: str, value: str, asked: Asked) -> bool:
    """Note a word that only this report has; whether it is one."""
    found = find(_KEYS if value else _WORDS, key, ctx.release)
    if found is None:
        return False
    if found.name == "flatview":
        asked.flat = True
    elif found.name == "printjobcount":
        asked.counting = True
    elif found.name == "jobs":
        asked.jobs = frozenset(int(one) for one in value.split(",") if one.isdigit())
    elif found.name == "partitions":
        asked.partitions = set(value.split(","))
    else:
        asked.sizes = tuple(int(one) if one.isdigit() else 0 for one in value.split(","))
    return True


def _rows(ctx: Context, asked: Asked, kind: str, start: int, end: int) -> list[Sized]:
    """The accounts that had jobs, by name."""
    wanted = asked.lists.get("accounts")
    users = asked.lists.get("users")
    if users is not None:
        users = set(map(ctx.cluster_user, users))
    tree: list[accounting.Record] = accounting.associations(ctx.client) if wanted else []
    trees = {name: below({name}, tree) for name in wanted or ()}
    query = {"start_time": [f"uts{start}"], "end_time": [f"uts{end}"], "skip_steps": ["true"]}
    if accounting.together(ctx.client):  # v0.0.38 tells each run of a requeued job anyway
        query["show_duplicates"] = ["true"]
    rows: dict[tuple[str, str], Sized] = {}
    for job in endpoints.accounting_jobs(ctx.client, job_type(_FIELDS), query):
        taken = _within(job, start, end)
        if asked.jobs and job.job_id not in asked.jobs:
            continue
        if taken <= 0 or (users is not None and job.user not in users):
            continue
        if asked.partitions is not None and job.partition not in asked.partitions:
            continue
        account, cluster = job.account or "", job.cluster or ""
        if "clusters" in asked.lists and cluster.lower() not in asked.lists["clusters"]:
            continue
        owners = [name for name, members in trees.items() if account.lower() in members]
        if not wanted:
            owners = [account if asked.flat else _ROOT]
        allocated = job.tres.allocated if job.tres else None
        place = sum(1 for size in asked.sizes if (count_of(allocated, "cpu") or 0) >= size)
        for owner in owners:
            none = [0] * (len(asked.sizes) + 1)
            row = rows.setdefault((cluster, owner), Sized(cluster, owner, none, none[:]))
            row.used[place] += taken * (count_of(allocated, kind) or 0)
            row.jobs[place] += 1
    return [rows[key] for key in sorted(rows)]


def _within(job: AccountingJob, start: int, end: int) -> int:
    """How many seconds of the window the job ran."""
    began = number(job.time.start) if job.time else None
    if not job.time or not began:
        return 0
    return min(number(job.time.end) or end, end) - max(began, start)


def _cell(unit: int, share: bool, plain: bool) -> Callable[[int, int], str]:
    """How a time is written beside the whole of its row."""

    def written(value: int, whole: int) -> str:
        told = f"{value / unit:.0f}"
        part = f"{100 * value / whole if whole else 0:.2f}%"
        return told if not share else part if plain else f"{told}({part})"

    return written


def _columns(
    asked: Asked,
    cell: Callable[[int, int], str],
    whole: int,
    noun: str,
    width: int,
    release: tuple[int, int],
) -> list[Field[Sized]]:
    def numbers(row: Sized) -> list[int]:
        return row.jobs if asked.counting else row.used

    def sized(place: int) -> Callable[[Sized, object], str]:
        if asked.counting:
            return lambda row, view: str(row.jobs[place])
        return lambda row, view: cell(row.used[place], sum(row.used))

    def total(row: Sized, view: object) -> str:
        return str(sum(row.jobs)) if asked.counting else cell(sum(row.used), 1)

    bounds = [f"{low}-{high - 1} {noun}" for low, high in zip((0, *asked.sizes), asked.sizes, strict=False)]
    bounds.append(f">= {asked.sizes[-1]} {noun}")
    columns: list[Column[Sized]] = [
        Column("Cluster", 9, (), lambda row, view: row.cluster),
        Column("Account", 9, (), lambda row, view: row.account),
        *(Column(name, width, (), sized(place)) for place, name in enumerate(bounds)),
    ]
    if release >= _TOTALS:
        columns.append(Column("Total Count", 11, (), total))
    columns.append(
        Column(
            "% of cluster",
            12,
            (),
            lambda row, view: f"{100 * sum(numbers(row)) / whole if whole else 0:.2f}%",
        )
    )
    return [Field(column, column.width) for column in columns]
