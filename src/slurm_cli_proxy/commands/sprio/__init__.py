"""`sprio`: the priorities of jobs that wait, as far as the API tells them.

It tells a job's priority and what goes with it, and (from v0.0.45 on) what the factors weigh; the factors themselves
it does not tell.  So a format is printed whose columns are told, and any where no job is to be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from slurm_cli_proxy.columns.column import by_letter, for_release
from slurm_cli_proxy.columns.priority import COLUMNS, WEIGHED, Row, Untold, told_priority, weight
from slurm_cli_proxy.commands.listing import Done
from slurm_cli_proxy.commands.sprio.settings import Settings, read
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.percent import Format, cell, header, parse_letters, rows
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.number import number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.errors import RestError

_FIELDS: Final = frozenset(
    {"job_id", "job_state", "partition", "priority", "eligible_time", "priority_by_partition"}
)
_NAMED_SINCE: Final = (23, 2)


class Configuration(Answer):
    """What is wanted of the answer of /conf."""

    slurm_conf: dict[str, Any] | None = None


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sprio` with these arguments; returns the exit status."""
    try:
        settings = read(ctx, argv)
        weights = _weights(ctx) if settings.weights or not _fixed(settings) else {}
        layout = _layout(ctx, settings, weights)
        if settings.weights:
            if not settings.no_header:
                ctx.out(header(layout))
            ctx.out(_weights_line(layout, weights))
            return 0
        return _report(ctx, settings, layout)
    except Done as done:
        return done.status
    except Untold as untold:
        ctx.error(
            f"{untold}: the Slurm REST API does not tell it (of priorities, it tells -o '%i %r %u %Y %y %N')"
        )
        return 1
    except RestError as error:
        ctx.rest_error(f"{ctx.prog}: error: Couldn't get priority factors from controller: ", error)
        return 1


def _fixed(settings: Settings) -> bool:
    """Whether the columns do not depend on what the factors weigh."""
    return settings.long or settings.format_text is not None


def _weights(ctx: Context) -> dict[str, Any]:
    if not endpoints.offers(ctx.client, "conf"):
        raise Untold("what the factors weigh, which decides the columns")
    return ctx.client.get("slurm:conf", type=Configuration).slurm_conf or {}


def _layout(ctx: Context, settings: Settings, weights: dict[str, Any]) -> Format[Row]:
    """The row; unknown letters are told of, and are nothing."""
    text = settings.format_text
    if text is None or settings.long:
        text = _standard(ctx, settings, weights)
    columns = by_letter(for_release(COLUMNS, ctx.release))
    layout = parse_letters(
        text, columns, lambda letter: ctx.error(f"Invalid job format specification: {letter}")
    )
    return Format(tuple(one for one in layout.fields if one.column or not one.suffix.startswith("%")))


def _standard(ctx: Context, settings: Settings, weights: dict[str, Any]) -> str:
    """The columns where none are named: the factors that weigh anything, or all."""
    named = settings.long and ctx.release >= _NAMED_SINCE
    cells = ["%.15i", "%9r"]
    if settings.sibling and not settings.local and not settings.long:
        cells.append("%.8c")
    if settings.long or settings.users_text is not None:
        cells.append("%.8u")
    if named:
        cells.append("%.8o")
    cells += ["%10y"] if settings.norm else ["%.10Y", "%.10S"]
    for letter, name in WEIGHED.items():
        if letter == "q" and named:
            cells.append("%10n" if settings.norm else "%.10n")
        if not settings.long and not weights.get(name):
            continue
        if letter == "t":
            if settings.long and not settings.norm:
                cells.append("%.11N")
            cells.append("%20t" if settings.norm else "%.20T")
        else:
            cells.append(f"%10{letter}" if settings.norm else f"%.10{letter.upper()}")
    return " ".join(cells)


def _weights_line(layout: Format[Row], weights: dict[str, Any]) -> str:
    parts = (
        (cell(weight(one.column, weights), one.width, one.right) if one.column else "") + one.suffix
        for one in layout.fields
    )
    return "".join(parts) + "\n"


def _report(ctx: Context, settings: Settings, layout: Format[Row]) -> int:
    """Print the listing; the exit status.  Untold where a column of a job is not told."""
    needed = set(_FIELDS | layout.needs)
    if settings.users is not None:
        needed |= {"user_name", "user_id"}
    keys = _keys(settings)
    needed.update(field for letter, _ in keys for field in _SORTS.get(letter, ((), None))[0])
    known = [
        row
        for job in endpoints.jobs(ctx.client, narrow(Job, frozenset(needed)))
        if _waits(job, ctx.clock())
        for row in _rows(job)
    ]
    found = [row for row in known if _wanted(row, settings)]
    found.sort(key=lambda row: row.job.job_id)
    shown = found if settings.jobs is not None and ctx.release < _NAMED_SINCE else known
    if settings.jobs is not None and not shown:
        ctx.out("Unable to find jobs matching user/id(s) specified\n")
        return 0
    texts = list(rows(layout, found, None))
    if not settings.no_header:
        ctx.out(header(layout))
    known_letters = {column.letter for column in for_release(COLUMNS, ctx.release)} - {"s"}
    for letter, _ in reversed(keys):
        if letter not in known_letters:
            ctx.error(f"Invalid sort specification: {letter}")
            return 1
    if keys:
        texts = _sorted(found, texts, keys)
    for text in texts:
        ctx.out(text)
    return 0


def _keys(settings: Settings) -> list[tuple[str, bool]]:
    """The letters to sort by, each with whether it is reversed."""
    found, reverse = [], False
    for letter in settings.sort or "":
        if letter in ",+-":
            reverse = letter == "-"
        else:
            found.append((letter, reverse))
            reverse = False
    return found


_SORTS: Final[dict[str, tuple[tuple[str, ...], Callable[[Row], Any] | None]]] = {
    "c": ((), None),
    "i": ((), lambda row: row.job.job_id),
    "n": (("qos",), lambda row: row.job.qos or ""),
    "N": (("nice",), lambda row: number(row.job.nice) or 0),
    "o": (("account",), lambda row: row.job.account or ""),
    "r": ((), lambda row: row.partition),
    "u": (("user_name",), lambda row: row.job.user_name or ""),
    "y": ((), told_priority),
    "Y": ((), told_priority),
}
"""Letter to the fields it reads, and what it compares; None for what is the same everywhere."""


def _sorted(found: Iterable[Row], texts: Iterable[str], keys: list[tuple[str, bool]]) -> list[str]:
    pairs = list(zip(found, texts, strict=True))
    for letter, reverse in reversed(keys):
        if letter not in _SORTS:
            raise Untold(f"the order by {letter}")
        compared = _SORTS[letter][1]
        if compared:
            pairs = _ordered(pairs, compared, reverse)
    return [text for _, text in pairs]


def _ordered(
    pairs: list[tuple[Row, str]], compared: Callable[[Row], Any], reverse: bool
) -> list[tuple[Row, str]]:
    return sorted(pairs, key=lambda pair: compared(pair[0]), reverse=reverse)


def _waits(job: Job, now: float) -> bool:
    """Whether the controller gives the job a priority by its factors: it may start, and is not held."""
    return job.pending and bool(number(job.priority)) and 0 < (number(job.eligible_time) or 0) <= now


def _rows(job: Job) -> list[Row]:
    """The job in each of its partitions."""
    names = (job.partition or "").split(",")
    if len(names) == 1:
        return [Row(job, names[0], number(job.priority))]
    told = getattr(job, "priority_by_partition", None) or ()
    by_name = {one.partition: one.priority for one in told}
    return [Row(job, name, by_name.get(name)) for name in names]


def _wanted(row: Row, settings: Settings) -> bool:
    job = row.job
    if settings.users is not None and not settings.users & {job.user_name, str(number(job.user_id))}:
        return False
    if settings.partitions is not None and row.partition not in settings.partitions:
        return False
    return settings.jobs is None or job.job_id in settings.jobs
