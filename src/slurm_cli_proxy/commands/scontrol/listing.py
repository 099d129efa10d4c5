"""A listing, and when anything in it changed last, which `-v` tells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.report import Line, for_release, report
from slurm_cli_proxy.notation import date
from slurm_cli_proxy.records.number import Number, number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Answer

R = TypeVar("R")


def told(
    ctx: Context, path: str, name: str, record: type[R], flags: Sequence[str] = ()
) -> tuple[list[R], int]:
    """The records `name` of the answer to GET `path`, and epoch seconds; RestError if there are none.

    v0.0.38 does not say when; what it answers is of this moment.
    """
    answer_type = msgspec.defstruct(
        "Listing",
        [(name, list[record] | None, None), ("last_update", Number, None)],  # type: ignore[valid-type]
        bases=(Answer,),
    )
    query = {"flags": list(flags)} if flags and endpoints.offers(ctx.client, "listing_flags") else None
    answer = ctx.client.get(path, query=query, type=answer_type)
    return getattr(answer, name) or [], number(getattr(answer, "last_update", None)) or int(ctx.clock())


def heading(ctx: Context, switches: Switches, changed: int, records: int) -> None:
    """What `-v` tells before a listing."""
    if switches.verbose and not switches.quiet:
        style = ctx.environ.get("SLURM_TIME_FORMAT", "")
        when = date.format_time(changed, style, now=ctx.clock(), release=ctx.release)
        ctx.out(f"last_update_time={when}, records={records}\n")


def show(
    ctx: Context,
    switches: Switches,
    kind: str,
    found: Sequence[Any],
    lines: Iterable[Line[Any]],
    view: object,
    name: str | None,
) -> int:
    """Report all records, or the first of that `name`; the exit status.  `kind`: what they are, "partition"."""
    chosen = found if name is None else [one for one in found if one.name == name][:1]
    here = for_release(lines, ctx.release)
    for one in chosen:
        ctx.out(report(here, one, view, one_line=switches.one_line))
    if chosen:
        return 0
    if not switches.quiet:
        ctx.out(f"No {kind}s in the system\n" if name is None else f"{kind.capitalize()} {name} not found\n")
    return 0 if name is None else 1
