"""Reading the environment and the command line; what the command answers itself."""

from __future__ import annotations

from collections.abc import Sequence

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.spec import for_release
from slurm_cli_proxy.options.submission import VARIABLES_ONLY, SubmitOption, options_of
from slurm_cli_proxy.options.values import At
from slurm_cli_proxy.options.variables import SALLOC
from slurm_cli_proxy.submission.request import Request

OPTIONS = options_of("a")
SYNOPSIS = "[OPTIONS] [COMMAND [ARGUMENTS]]"


class Done(Exception):
    """Nothing is left to do (help, version, a mistake already told of): exit with `status`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def read(ctx: Context, argv: Sequence[str]) -> tuple[Request, list[str]]:
    """What is asked for, and the command to run. Done; BadValue."""
    request = Request()
    _variables(ctx, request)
    release = ctx.release
    at = At(ctx.prog, release, ctx.clock, "cli", ctx.uid)
    scanner = Scanner(ctx.prog, argv, OPTIONS, release, permute=False)
    for event in scanner:
        if isinstance(event, Fault):
            raise Done(_complain(ctx, event))
        option = event.option
        assert isinstance(option, SubmitOption)
        answer = _ANSWERS.get(option.dest)
        if answer is not None:
            answer(ctx)
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


def _complain(ctx: Context, fault: Fault) -> int:
    ctx.err("".join(f"{line}\n" for line in fault.lines))
    if fault.unsupported:
        return 1
    ctx.err(f'Try "{ctx.prog} --help" for more information\n')
    return 255


def _version(ctx: Context) -> None:
    ctx.out(f"{ctx.profile.package_name or 'slurm'} {ctx.release_text}\n")


def _usage(ctx: Context) -> None:
    from slurm_cli_proxy.options.usage import usage

    ctx.out(usage(ctx.prog, OPTIONS, ctx.release, synopsis="[COMMAND [ARGUMENTS]]"))


def _help(ctx: Context) -> None:
    from slurm_cli_proxy.options.usage import help_text

    ctx.out(help_text(ctx.prog, OPTIONS, ctx.release, synopsis=SYNOPSIS))


_ANSWERS = {"help": _help, "usage": _usage, "version": _version}
