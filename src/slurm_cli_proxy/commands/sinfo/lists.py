"""`--helpformat` and `--helpFormat`: what can be printed, in native's layout."""

from __future__ import annotations

from collections.abc import Iterable

from slurm_cli_proxy.columns.column import Release, for_release
from slurm_cli_proxy.columns.sinfo import COLUMNS, Column


def letters(release: Release) -> str:
    """The letters of `--format`, eight to a line."""
    return _rows((f"%{column.letter:<5}" for column in _listed(release) if column.letter), 8)


def names(release: Release) -> str:
    """The names of `--Format`, four to a line."""
    return _rows((f"{column.names[0]:<20}" for column in _listed(release)), 4)


def _listed(release: Release) -> Iterable[Column]:
    return (one for one in for_release(COLUMNS, release) if isinstance(one, Column) and not one.hidden)


def _rows(words: Iterable[str], count: int) -> str:
    found = list(words)
    return "".join("".join(found[at : at + count]) + "\n" for at in range(0, len(found), count))
