"""Reading the environment and the command line; what the command answers itself."""

from __future__ import annotations

from collections.abc import Sequence

from slurm_cli_proxy.commands.submitting import ANSWERS, Done, answer, complain
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.spec import for_release
from slurm_cli_proxy.options.submission import VARIABLES_ONLY, SubmitOption, options_of
from slurm_cli_proxy.options.values import At
from slurm_cli_proxy.options.variables import SALLOC
from slurm_cli_proxy.submission.request import Request

OPTIONS = options_of("a")
OPERANDS = "[COMMAND [ARGUMENTS]]"


def read(ctx: Context, argv: Sequence[str]) -> tuple[Request, list[str]]:
    """What is asked for, and the command to run. Done; BadValue."""
    request = Request()
    _variables(ctx, request)
    release = ctx.release
    at = At(ctx.prog, release, ctx.clock, "cli", ctx.uid)
    scanner = Scanner(ctx.prog, argv, OPTIONS, release, permute=False)
    for event in scanner:
        if isinstance(event, Fault):
            raise Done(complain(ctx, event))
        option = event.option
        assert isinstance(option, SubmitOption)
        if option.dest in ANSWERS:
            answer(ctx, option.dest, OPTIONS, OPERANDS)
            raise Done(0)
        before = request.get("verbose", 0)
        request.take(option, event.value, at)
        if option.dest == "verbose":
            request["verbose"] += before
    operands = list(scanner.operands)
    if ":" in operands:
        ctx.error("heterogeneous jobs (:) are not supported by this version of slurm-cli-proxy")
        raise Done(1)
    return request, operands


def _variables(ctx: Context, request: Request) -> None:
    release, environ = ctx.release, ctx.environ
    at = At(ctx.prog, release, ctx.clock, "env", ctx.uid)
    known = [*for_release(OPTIONS, release), *VARIABLES_ONLY]
    by_dest = {option.dest: option for option in known if isinstance(option, SubmitOption)}
    for variable in SALLOC:
        text = environ.get(variable.name)
        if text is None or variable.since > release:
            continue
        option = by_dest.get(variable.dest)
        if option is None:
            raise Done(255)
        if not option.done:
            ctx.error(f"{option.name} is not supported by this version of slurm-cli-proxy")
            raise Done(1)
        request.take(option, text, at)
