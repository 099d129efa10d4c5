"""Reading the environment and the command line; what the command answers itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.submitting import ANSWERS, Done, answer, complain
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.spec import for_release
from slurm_cli_proxy.options.submission import VARIABLES_ONLY, SubmitOption, options_of
from slurm_cli_proxy.options.values import At, BadValue
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
    """The command line: what it asks for, the options as met (`dest`, words for another srun), the command."""

    __slots__ = ("command", "options", "request")

    def __init__(self, request: Request, options: list[tuple[str, str]], command: list[str]) -> None:
        self.request = request
        self.options = options
        self.command = command


def read(ctx: Context, argv: Sequence[str]) -> Line:
    """What is asked for, and the command to run. Done; BadValue."""
    request = Request()
    _variables(ctx, request)
    at = At(ctx.prog, ctx.release, ctx.clock, "cli", ctx.uid)
    scanner = Scanner(ctx.prog, argv, OPTIONS, ctx.release, permute=False)
    options: list[tuple[str, str]] = []
    for event in scanner:
        if isinstance(event, Fault):
            raise Done(complain(ctx, event))
        option = event.option
        assert isinstance(option, SubmitOption)
        if option.dest in ANSWERS:
            answer(ctx, option.dest, OPTIONS, OPERANDS)
            raise Done(0)
        if option.dest in LIVE:
            raise BadValue(f"{ctx.prog}: error: {option.name} is not possible: {LIVE[option.dest]}")
        if option.dest == "mpi" and event.value == "list":
            raise BadValue(f"{ctx.prog}: error: --mpi=list is not possible: the Slurm REST API does not tell")
        before = request.get("verbose", 0)
        request.take(option, event.value, at)
        if option.dest == "verbose":
            request["verbose"] += before
        options.append((option.dest, option.name if event.value is None else f"{option.name}={event.value}"))
    command = list(scanner.operands)
    if ":" in command:
        ctx.error("heterogeneous jobs (:) are not supported by this version of slurm-cli-proxy")
        raise Done(1)
    if not command:
        raise BadValue(f"{ctx.prog}: fatal: No command given to execute.", status=1)
    return Line(request, options, command)


def _variables(ctx: Context, request: Request) -> None:
    release, environ = ctx.release, ctx.environ
    at = At(ctx.prog, release, ctx.clock, "env", ctx.uid)
    by_dest: dict[str, SubmitOption] = {}
    for variable in SRUN:
        text = environ.get(variable.name)
        if text is None or variable.since > release or (variable.until and variable.until <= release):
            continue
        if not by_dest:
            known = [*for_release(OPTIONS, release), *VARIABLES_ONLY]
            by_dest = {option.dest: option for option in known if isinstance(option, SubmitOption)}
        option = by_dest.get(variable.dest)
        if option is None:
            continue
        if not option.done:
            ctx.error(f"{option.name} is not supported by this version of slurm-cli-proxy")
            raise Done(1)
        request.take(option, text, at)
