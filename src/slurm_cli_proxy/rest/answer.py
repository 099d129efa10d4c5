"""What every answer of slurmrestd has around its data: errors, warnings, meta."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Complaint(Struct):
    """An entry of `errors` or `warnings`. v0.0.38 calls the number `errno` or `error_code`, later `error_number`."""

    description: str | None = None
    error: str | None = None
    source: str | None = None
    error_number: int | None = None
    errno: int | None = None
    error_code: int | None = None

    @property
    def number(self) -> int:
        return self.error_number or self.errno or self.error_code or 0


class Slurm(Struct):
    """The server's Slurm, as `meta` tells it."""

    release: str | None = None
    cluster: str | None = None


class Meta(Struct):
    """`meta`; v0.0.38 writes `Slurm`, later versions `slurm`."""

    slurm: Slurm | None = None
    Slurm: Slurm | None = None

    @property
    def release(self) -> str:
        told = self.slurm or self.Slurm
        return (told.release or "") if told else ""


class Answer(Struct):
    """The parts every answer has; the type of an endpoint's answer is a subclass with its data."""

    errors: list[Complaint] | None = None
    warnings: list[Complaint] | None = None
    meta: Meta | None = None


class Bare(Answer):
    """An answer whose data does not matter."""


def lenient(value: dict[str, Any]) -> Answer:
    """The common parts of an answer that does not have the shape its type wants."""
    import msgspec

    answer = Answer()
    for name, kind in (("errors", list[Complaint]), ("warnings", list[Complaint]), ("meta", Meta)):
        try:
            setattr(answer, name, msgspec.convert(value.get(name), kind))
        except msgspec.ValidationError:
            continue
    return answer
