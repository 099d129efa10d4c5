"""sshare's columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from slurm_cli_proxy.columns.table import Double
from slurm_cli_proxy.columns.table import TableColumn as Column
from slurm_cli_proxy.records.number import INFINITE, Number, number
from slurm_cli_proxy.records.share import Share, TresValue, fraction

_USE_PARENT: Final = 0x7FFFFFFF


class Row(msgspec.Struct):
    """A line: the association, and how deep it stands in the tree."""

    share: Share
    depth: int = 0


def _account(row: Row, view: object) -> str:
    return " " * row.depth + row.share.account


def _user(row: Row, view: object) -> str | None:
    return row.share.name if row.share.is_user else None


def _raw_shares(row: Row, view: object) -> str | int | None:
    value = number(row.share.shares)
    return "parent" if value in (_USE_PARENT, INFINITE) else value


def _is_root(share: Share) -> bool:
    return not share.parent


def _six(get: Callable[[Share], Number], *, root: bool = True) -> Callable[[Row, object], str | None]:
    def render(row: Row, view: object) -> str | None:
        if _is_root(row.share) and not root:
            return None
        value = fraction(get(row.share))
        return None if value is None else Double(value)

    return render


def _fair_share(row: Row, view: object) -> str | None:
    if not row.share.is_user:
        return None
    value = fraction(row.share.fairshare.factor)
    return None if value is None else Double(value)


def _group_minutes(row: Row, view: object) -> str | None:
    found = [one for one in row.share.tres.group_minutes or () if (number(one.value) or INFINITE) < INFINITE]
    return ",".join(f"{one.name}={number(one.value)}" for one in found) or None


def _minutes(values: list[TresValue] | None) -> str | None:
    return ",".join(f"{one.name}={int((fraction(one.value) or 0) // 60)}" for one in values or ()) or None


COLUMNS: tuple[Column[Row], ...] = (
    Column("Account", -20, (), _account),
    Column("Cluster", 10, (), lambda row, view: row.share.cluster),
    Column("EffectvUsage", 13, (), _six(lambda share: share.effective_usage), "double"),
    Column("FairShare", 10, (), _fair_share, "double"),
    Column("GrpTRESMins", 30, (), _group_minutes),
    Column("GrpTRESRaw", 30, (), lambda row, view: _minutes(row.share.tres.usage)),
    Column("ID", 6, (), lambda row, view: row.share.id, "number"),
    Column("LevelFS", 10, (), _six(lambda share: share.fairshare.level, root=False), "double"),
    Column("NormShares", 11, (), _six(lambda share: share.shares_normalized), "double"),
    Column("NormUsage", 11, (), _six(lambda share: share.usage_normalized, root=False), "double"),
    Column("Partition", 12, (), lambda row, view: row.share.partition or None),
    Column("RawShares", 10, (), _raw_shares),
    Column("RawUsage", 11, (), lambda row, view: int(row.share.usage or 0), "number"),
    Column("TRESRunMins", 30, (), lambda row, view: _minutes(row.share.tres.run_seconds)),
    Column("User", 10, (), _user),
)
