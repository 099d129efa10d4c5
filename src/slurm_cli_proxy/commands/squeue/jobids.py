"""The argument of `--jobs`, as each release reads it."""

from __future__ import annotations

import re

import msgspec

from slurm_cli_proxy.notation.errors import NotationError

Release = tuple[int, int]

STRICT_SINCE = (26, 5)
_HIGHEST_LOOSE = 0x7FFFFFFF
_LONG_MAX = 0x7FFFFFFFFFFFFFFF  # what C reads a higher number as
_NO_VAL = 0xFFFFFFFE


class JobId(msgspec.Struct, frozen=True):
    """One of the ids asked for: a job (or array, or heterogeneous job), one task of an array, or a SLUID."""

    job: int
    task: int | None = None
    sluid: str = ""

    @property
    def text(self) -> str:
        """How the REST API is asked for its state."""
        return self.path if self.task is None else f"{self.path}_{self.task}"

    @property
    def path(self) -> str:
        """How the REST API is asked for it."""
        return self.sluid or str(self.job)


def parse(text: str, release: Release) -> list[JobId]:
    """The ids of a comma-separated list, as often as they stand there: of two, even the same, native asks for all
    jobs, and does not mind that there is none such.  NotationError("Invalid job id: x") for what is none."""
    read = _strict if release >= STRICT_SINCE else _loose
    return [read(word) for word in text.split(",") if word]


def _loose(word: str) -> JobId:
    """Up to 24.11: a number, perhaps `_` and a number, and whatever follows."""
    match = re.match(r"\s*([+-]?[0-9]+)(_\s*([+-]?[0-9]*))?", word)
    job = min(int(match[1]), _LONG_MAX) & 0xFFFFFFFF if match else 0
    if not match or not 0 < job <= _HIGHEST_LOOSE:
        raise NotationError(f"Invalid job id: {word}")
    if match[2] is None:
        return JobId(job)
    return JobId(job, int(match[3]) & 0xFFFFFFFF if match[3].strip("+-") else 0)


def _strict(word: str) -> JobId:
    """26.05: ids of jobs, tasks, components and steps as Slurm writes them; a SLUID."""
    match = re.fullmatch(
        r"(?:\s*\+?([0-9]+)(?:_([0-9]+)|\+[0-9]+)?|(s[0-9A-HJKMNP-TV-Z]{13}))"
        r"(?:\.(?:[0-9]+(?:\+[0-9]+)?|batch|extern|interactive))?",
        word,
    )
    if match and match[3]:
        return JobId(0, None, match[3])
    if not match or not 0 < int(match[1]) < _NO_VAL or int(match[2] or 0) > _LONG_MAX:
        raise NotationError(f"Invalid job id: {word}")
    return JobId(int(match[1]), int(match[2]) if match[2] else None)
