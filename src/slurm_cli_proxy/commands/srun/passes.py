"""Reading the environment and the command line; what the command answers itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from slurm_cli_proxy.commands.reading import parts
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.submission import SubmitOption, options_of
from slurm_cli_proxy.options.values import BadValue
from slurm_cli_proxy.options.variables import SRUN
from slurm_cli_proxy.submission.request import Request

OPTIONS = options_of("r")
OPERANDS = "COMMAND [ARGUMENTS]"

LIVE: Final = {
    "pty": "a terminal needs a live connection to the node, which the Slurm REST API does not offer",
    "no_allocate": "only the cluster's own administrators can do without an allocation",
}
"""Options that cannot be honoured from afar, and why."""


class Line:
    """A component: what it asks for, the options as met (`dest`, words for another srun), the command.

    `joins`: the step goes into another job's allocation. `warned`: the count of nodes asked for could not be had.
    """

    __slots__ = ("command", "joins", "options", "request", "warned")

    def __init__(self, request: Request, options: list[tuple[str, str]], command: list[str]) -> None:
        self.request = request
        self.options = options
        self.command = command
        self.joins = self.warned = False

    def copy(self) -> Line:
        """Another component that asks for the same."""
        other = Line(self.request.copy(), list(self.options), list(self.command))
        other.joins, other.warned = self.joins, self.warned
        return other


def read(ctx: Context, argv: Sequence[str]) -> Iterator[Line]:
    """Each component: what is asked for, and the command to run. Done; BadValue."""
    met: list[tuple[str, str]] = []

    def see(option: SubmitOption, value: str | None) -> None:
        if option.dest in LIVE:
            raise BadValue(f"{ctx.prog}: error: {option.name} is not possible: {LIVE[option.dest]}")
        if option.dest == "mpi" and value == "list":
            raise BadValue(f"{ctx.prog}: error: --mpi=list is not possible: the Slurm REST API does not tell")
        met.append((option.dest, option.name if value is None else f"{option.name}={value}"))

    for part in parts(ctx, argv, SRUN, OPTIONS, OPERANDS, _separator, see):
        yield Line(part.request, list(met), part.command)
        met.clear()


def _separator(words: Sequence[str]) -> int | None:
    """Anywhere, even among the arguments of a command."""
    return words.index(":") if ":" in words else None
