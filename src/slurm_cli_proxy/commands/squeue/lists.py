"""What `--helpformat` and `--helpFormat` list."""

from __future__ import annotations

from slurm_cli_proxy.columns.column import for_release
from slurm_cli_proxy.columns.job import COLUMNS

Release = tuple[int, int]
_UNLISTED = ("b",)


def letters(release: Release) -> str:
    """The letters, eight to a line."""
    found = [f"%{column.letter}".ljust(6) for column in for_release(COLUMNS, release)]
    shown = [text for text in found if text.strip() not in ("%", *(f"%{letter}" for letter in _UNLISTED))]
    return "\n".join("".join(shown[at : at + 8]) for at in range(0, len(shown), 8)) + "\n"


def names(release: Release) -> str:
    """The names, four to a line."""
    shown = [
        column.names[0].ljust(20)
        for column in for_release(COLUMNS, release)
        if column.letter not in _UNLISTED
    ]
    return "\n".join("".join(shown[at : at + 4]) for at in range(0, len(shown), 4)) + "\n"
