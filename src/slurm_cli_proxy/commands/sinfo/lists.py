"""`--helpformat` and `--helpFormat`: what can be printed, in native's layout."""

from __future__ import annotations

from collections.abc import Iterable

from slurm_cli_proxy.columns.sinfo import Release, for_release


def letters(release: Release) -> str:
    """The letters of `--format`, eight to a line."""
    return _rows((f"%{c.letter:<5}" for c in for_release(release) if c.letter and not c.hidden), 8)


def names(release: Release) -> str:
    """The names of `--Format`, four to a line."""
    return _rows((f"{c.name:<20}" for c in for_release(release) if not c.hidden), 4)


def _rows(words: Iterable[str], count: int) -> str:
    found = list(words)
    return "".join("".join(found[at : at + count]) + "\n" for at in range(0, len(found), count))
