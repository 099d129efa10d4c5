"""An association's share of the cluster, as `/slurm/…/shares` tells it (v0.0.40 and later)."""

from __future__ import annotations

from msgspec import Struct, field

from slurm_cli_proxy.records.number import Number, number
from slurm_cli_proxy.rest.answer import Answer

_INFINITE = 2.0**64  # as v0.0.45 writes an endless level


class TresValue(Struct):
    """How much of a resource."""

    name: str = ""
    value: Number = None


class ShareTres(Struct):
    """Running jobs' seconds, limits in minutes, and decayed use in seconds."""

    run_seconds: list[TresValue] | None = None
    group_minutes: list[TresValue] | None = None
    usage: list[TresValue] | None = None


class Fairshare(Struct):
    """A user's fair-share factor, and an association's level among its siblings."""

    factor: Number = None
    level: Number = None


class Share(Struct):
    """A row: an account, or a user in an account (`type` USER)."""

    id: int = 0
    cluster: str = ""
    name: str = ""
    parent: str = ""
    partition: str = ""
    shares_normalized: Number = None
    shares: Number = None
    tres: ShareTres = field(default_factory=ShareTres)
    effective_usage: Number = None
    usage_normalized: Number = None
    usage: int | float | None = None
    fairshare: Fairshare = field(default_factory=Fairshare)
    type: list[str] = field(default_factory=list)

    @property
    def is_user(self) -> bool:
        """Whether it is a user in an account."""
        return "USER" in self.type

    @property
    def account(self) -> str:
        """The account, also of a user's row."""
        return self.parent if self.is_user else self.name


def fraction(value: Number) -> float | None:
    """A fraction as it is, None where unset, inf where unlimited."""
    if value is None or isinstance(value, str):
        return None
    if isinstance(value, int | float):
        return float("inf") if value >= _INFINITE else float(value)
    if value.infinite or value.number >= _INFINITE:
        return float("inf")
    return float(value.number) if value.set else None


def whole(value: Number) -> int:
    """A count; 0 where unset."""
    return number(value) or 0


class Shares(Struct):
    """What the answer holds."""

    shares: list[Share] | None = None


class SharesAnswer(Answer):
    """The answer."""

    shares: Shares | None = None
