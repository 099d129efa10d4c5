"""`scontrol update`: which kind of thing a command line is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context


class Subject(Keyword, frozen=True, kw_only=True):
    """A key that says what is to be changed; `does` names what changes it, "" if the API cannot.

    Of several on a command line the one of the lowest `rank` counts.
    """

    does: str = ""
    rank: int


SUBJECTS: Final = (
    Subject(name="NodeName", shortest=3, rank=3, does="update.nodes"),
    Subject(name="PartitionName", shortest=3, rank=4, does="partition_record.update"),
    Subject(name="JobId", shortest=3, rank=0, does="update_job.run"),
    Subject(name="JobName", shortest=3, rank=0, does="update_job.run"),
    Subject(name="StepId", shortest=4, rank=1),
    Subject(name="FrontendName", shortest=2, rank=5, until=(25, 5)),
    Subject(name="ReservationName", shortest=3, rank=2, does="reservation.update"),
    Subject(name="SlurmctldDebug", shortest=2, rank=6),
    Subject(name="SuspendExcNodes", shortest=11, rank=6, since=(23, 2)),
    Subject(name="SuspendExcParts", shortest=11, rank=6, since=(23, 2)),
    Subject(name="SuspendExcStates", shortest=11, rank=6, since=(23, 2)),
)
"""In the native command's sequence, which decides what a shortened word means."""

SIGNED_SINCE: Final = (23, 2)

NOTHING: Final = (
    "No valid entity in update command\n"
    'Input line must include "NodeName", "PartitionName", "Reservation", "JobId", or "SlurmctldDebug"\n'
)


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Change what the first word that names a subject says."""
    from slurm_cli_proxy.commands.scontrol import handler

    subjects = named(args, ctx.release)
    if not subjects:
        ctx.err(NOTHING)
        return 1
    subject = min(subjects, key=lambda one: one.rank)
    if not subject.does:
        from slurm_cli_proxy.commands.scontrol import unable

        return unable.update(ctx, subject.name, args, switches)
    return handler(subject.does)(ctx, args, switches)


def named(args: Sequence[str], release: tuple[int, int]) -> list[Subject]:
    """The subjects on a command line: `Key=value`, or a key and its value as two words."""
    found = []
    words = iter(args)
    for word in words:
        subject = find(SUBJECTS, tag(word, release), release)
        if subject:
            found.append(subject)
        if "=" not in word:
            next(words, None)
    return found


def tag(word: str, release: tuple[int, int]) -> str:
    """What stands before `=`, `+=` or `-=` (22.05 does not know the signs here)."""
    name, equals, _ = word.partition("=")
    if equals and release >= SIGNED_SINCE and name.endswith(("+", "-")):
        return name[:-1]
    return name


def nodes(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """`update NodeName=…`."""
    from slurm_cli_proxy.commands.scontrol import update_node

    return update_node.run(ctx, list(args))
