"""Reading the environment and the command line; what the command answers itself."""

from __future__ import annotations

import os
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

_NO_TERMINAL: Final = (
    "--pty is not possible: it needs a live connection to the node, which the Slurm REST API does not offer"
)
_NO_LIST: Final = "--mpi=list is not possible: the Slurm REST API does not tell"
_NO_NODES: Final = "must specify a node list with -Z, --no-allocate."
_NOT_WITHOUT: Final = (
    "--no-allocate is not possible: only the cluster's own administrators can do without an allocation"
)


class Line:
    """A component: what it asks for, the options as met (`dest`, words for another srun), the command.

    `last`: no other follows. `alone`: there is no other. `joins`: the step goes into another job's allocation.
    `warned`: the count of nodes asked for could not be had.
    """

    __slots__ = ("alone", "command", "joins", "last", "options", "request", "warned")

    def __init__(
        self, request: Request, options: list[tuple[str, str]], command: list[str], *, last: bool
    ) -> None:
        self.request = request
        self.options = options
        self.command = command
        self.last = last
        self.alone = False
        self.joins = self.warned = False

    def copy(self) -> Line:
        """Another component that asks for the same."""
        other = Line(self.request.copy(), list(self.options), list(self.command), last=self.last)
        other.joins, other.warned = self.joins, self.warned
        return other


def read(ctx: Context, argv: Sequence[str]) -> Iterator[Line]:
    """Each component: what is asked for, and the command to run. Done; BadValue."""
    met: list[tuple[str, str]] = []

    def see(option: SubmitOption, value: str | None) -> None:
        if option.dest == "pty" and _has_terminal(
            ctx
        ):  # without one it means nothing, as the step's srun will say
            raise BadValue(f"{ctx.prog}: error: {_NO_TERMINAL}")
        if option.dest == "mpi" and value == "list":
            raise BadValue(f"{ctx.prog}: error: {_NO_LIST}")
        met.append((option.dest, option.name if value is None else f"{option.name}={value}"))

    for part in parts(ctx, argv, SRUN, OPTIONS, OPERANDS, _separator, see):
        line = Line(part.request, list(met), part.command, last=part.last)
        line.alone = part.alone
        yield line
        met.clear()


def faults(line: Line) -> list[str]:
    """What is wrong with the options of a component, or cannot be honoured."""
    request = line.request
    found = []
    if request.get("verbose") and request.get("quiet"):
        found.append("don't specify both --verbose (-v) and --quiet (-Q)")
    if "no_allocate" in request:
        found.append(_NOT_WITHOUT if "nodelist" in request else _NO_NODES)
    if "parsable" in request and "async" not in request:
        found.append("--parsable requires --async.")
    elif "async" in request and not line.joins:
        found.append("--async is only valid for steps submitted within an existing job allocation.")
    return found


def _has_terminal(ctx: Context) -> bool:
    try:
        return ctx.stdin is not None and os.isatty(ctx.stdin.fileno())
    except (OSError, ValueError):
        return False


def _separator(words: Sequence[str]) -> int | None:
    """Anywhere, even among the arguments of a command."""
    return words.index(":") if ":" in words else None
