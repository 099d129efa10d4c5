"""A listing, and when anything in it changed last, which `-v` tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from slurm_cli_proxy.context import Context
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
