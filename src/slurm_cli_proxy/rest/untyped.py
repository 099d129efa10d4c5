"""For answers that are taken as they come, instead of being decoded into records, which finds what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from msgspec import MsgspecError

from slurm_cli_proxy.context import Context

P = ParamSpec("P")
R = TypeVar("R")

_MISFIT = (MsgspecError, LookupError, TypeError, AttributeError, ValueError, RecursionError)


def untyped(run: Callable[Concatenate[Context, P], R]) -> Callable[Concatenate[Context, P], R]:
    """A function that works on such answers: what fails there for their shape is a RestError that says so."""

    @wraps(run)
    def guarded(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return run(ctx, *args, **kwargs)
        except _MISFIT as error:
            what = f"no {error}" if isinstance(error, KeyError) else str(error)
            raise ctx.client.unexpected(what) from error

    return guarded
