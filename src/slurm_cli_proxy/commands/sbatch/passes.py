"""Reading the command line twice, and the script's directives and the environment in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.spec import for_release
from slurm_cli_proxy.options.submission import VARIABLES_ONLY, SubmitOption, options_of
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.options.variables import SBATCH, Variable
from slurm_cli_proxy.submission.request import Request

OPTIONS = options_of("b")
_ANSWERS = ("help", "usage", "version")
_PASSED_OVER = (*_ANSWERS, "wrap")
"""Options that a script's directives cannot set."""
SYNOPSIS = "[OPTIONS] [SCRIPT [ARGUMENTS]]"


class Early:
    """What the first pass found; `status` is the exit status if nothing is left to do."""

    __slots__ = ("operands", "request", "status")

    def __init__(self, request: Request, operands: list[str], status: int | None = None) -> None:
        self.request = request
        self.operands = operands
        self.status = status


def early_pass(ctx: Context, argv: Sequence[str]) -> Early:
    """The command line by itself: where the script is, what the command answers itself, and what is wrong with it.

    Only the settings of `early` options are for use; all are read again in their turn.
    """
    release = ctx.release
    request = Request()
    at = At(ctx.prog, release, ctx.clock, uid=ctx.uid)
    _variables(ctx, request, [variable for variable in SBATCH if variable.early])
    scanner = Scanner(ctx.prog, argv, OPTIONS, release, permute=False)
    for event in scanner:
        if isinstance(event, Fault):
            return Early(request, [], complain(ctx, event))
        option = event.option
        assert isinstance(option, SubmitOption)
        if option.dest in _ANSWERS:
            _answer(ctx, option.dest)
            return Early(request, [], 0)
        _take(request, option, event.value, at)
    operands = scanner.operands
    if ":" in operands[:1]:
        ctx.error("heterogeneous jobs (:) are not supported by this version of slurm-cli-proxy")
        return Early(request, [], 1)
    if operands and "wrap" in request:
        raise BadValue(f"{ctx.prog}: error: Script arguments not permitted with --wrap option")
    return Early(request, operands)


def complain(ctx: Context, fault: Fault) -> int:
    """Say what is wrong with a command line or a directive; the exit status."""
    ctx.err("".join(f"{line}\n" for line in fault.lines))
    if fault.unsupported:
        return 1
    ctx.err(f'Try "{ctx.prog} --help" for more information\n')
    return 255


def _answer(ctx: Context, what: str) -> None:
    from slurm_cli_proxy.options.usage import help_text, usage

    if what == "version":
        ctx.out(f"{ctx.profile.package_name or 'slurm'} {ctx.release_text}\n")
    elif what == "usage":
        ctx.out(usage(ctx.prog, OPTIONS, ctx.release, synopsis="[SCRIPT [ARGUMENTS]]"))
    else:
        ctx.out(help_text(ctx.prog, OPTIONS, ctx.release, synopsis=SYNOPSIS))


def full_pass(
    ctx: Context, argv: Sequence[str], script: bytes, name: str, *, ignore_pbs: bool
) -> Request | int:
    """Everything, in order of precedence; the exit status instead where something is wrong and told of."""
    release = ctx.release
    request = Request()
    status = _directives(ctx, request, script, name)
    if status is not None:
        return status
    if not ignore_pbs:
        _foreign_directives(ctx, request, script, name)
    status = _variables(ctx, request, [variable for variable in SBATCH if _exists(variable, release)])
    if status is not None:
        return status
    return _options(ctx, request, argv, "cli") or request


def _exists(variable: Variable, release: tuple[int, int]) -> bool:
    return variable.since <= release and (variable.until is None or release < variable.until)


def _directives(ctx: Context, request: Request, script: bytes, name: str) -> int | None:
    """The script's `#SBATCH` lines: one command line, whose options the user's own override."""
    if b"#SBATCH" not in script:
        return None
    from slurm_cli_proxy.script import directives

    try:
        components = list(directives.components(script, release=ctx.release, name=name))
    except directives.DirectiveError as error:
        raise BadValue(f"{ctx.prog}: fatal: {error}", status=1) from None
    if len(components) > 1:
        ctx.error("heterogeneous jobs (#SBATCH hetjob) are not supported by this version of slurm-cli-proxy")
        return 1
    return _options(ctx, request, directives.arguments(components[0]), "script")


def _foreign_directives(ctx: Context, request: Request, script: bytes, name: str) -> None:
    """The script's `#BSUB` lines, or else its `#PBS` lines; they override its `#SBATCH` lines."""
    if b"#BSUB" not in script and b"#PBS" not in script:
        return
    from slurm_cli_proxy.options.foreign import ForeignError, translate
    from slurm_cli_proxy.script import directives

    at = At(ctx.prog, ctx.release, ctx.clock, "script", ctx.uid)
    by_dest = {
        option.dest: option
        for option in for_release(OPTIONS, ctx.release)
        if isinstance(option, SubmitOption) and option.done
    }
    magics: tuple[directives.Magic, ...] = ("#BSUB", "#PBS")
    for magic in magics:
        try:
            lines = list(directives.read_directives(script, magic=magic, release=ctx.release, name=name))
        except directives.DirectiveError as error:
            raise BadValue(f"{ctx.prog}: fatal: {error}", status=1) from None
        if not lines:
            continue
        try:
            for dest, text in translate(magic, directives.arguments(lines), ctx.prog, ctx.release):
                if dest in by_dest:
                    request.take(by_dest[dest], text, at)
                else:
                    request[dest] = text
        except ForeignError as error:
            raise BadValue(*error.before, *(f"{ctx.prog}: error: {line}" for line in error.lines)) from None
        return


def _options(ctx: Context, request: Request, argv: Iterable[str], where: str) -> int | None:
    at = At(ctx.prog, ctx.release, ctx.clock, where, ctx.uid)
    scanner = Scanner(ctx.prog, list(argv), OPTIONS, ctx.release, permute=False)
    for event in scanner:
        if isinstance(event, Fault):
            return complain(ctx, event)
        option = event.option
        assert isinstance(option, SubmitOption)
        if where == "script" and option.dest in _PASSED_OVER:
            continue
        _take(request, option, event.value, at)
    if where == "script" and scanner.operands:
        raise BadValue(
            f"{ctx.prog}: error: Invalid directive found in batch script: {scanner.operands[0]}", status=255
        )
    return None


def _variables(ctx: Context, request: Request, variables: Iterable[Variable]) -> int | None:
    environ = ctx.environ
    at: At | None = None
    by_dest: dict[str, SubmitOption] = {}
    for variable in variables:
        text = environ.get(variable.name)
        if text is None:
            continue
        if at is None:
            at = At(ctx.prog, ctx.release, ctx.clock, "env", ctx.uid)
            known = [*for_release(OPTIONS, ctx.release), *VARIABLES_ONLY]
            by_dest = {option.dest: option for option in known if isinstance(option, SubmitOption)}
        option = by_dest.get(variable.dest)
        if option is None:
            return 255
        if not option.done:
            ctx.err(f"{ctx.prog}: error: {option.name} is not supported by this version of slurm-cli-proxy\n")
            return 1
        _take(request, option, text, at)
    return None


def _take(request: Request, option: SubmitOption, text: str | None, at: At) -> None:
    """As `Request.take`, but -v adds up."""
    before = request.get("verbose", 0)
    request.take(option, text, at)
    if option.dest == "verbose" and at.where != "env":
        request["verbose"] += before
