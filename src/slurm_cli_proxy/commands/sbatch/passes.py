"""Reading the command line twice, and the script's directives and the environment in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slurm_cli_proxy.commands.submitting import ANSWERS, Done, answer, complain
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.spec import for_release
from slurm_cli_proxy.options.submission import VARIABLES_ONLY, SubmitOption, options_of
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.options.variables import SBATCH, Variable
from slurm_cli_proxy.submission.request import Request

OPTIONS = options_of("b")
_SETTLED = ("quiet", "verbose")
"""Options that only the first look at the command line (and a variable) can set."""
_PASSED_OVER = (*ANSWERS, *_SETTLED, "wrap")
"""Options that a script's directives cannot set."""
OPERANDS = "[SCRIPT [ARGUMENTS]]"


class Early:
    """What the first pass found."""

    __slots__ = ("operands", "request")

    def __init__(self, request: Request, operands: list[str]) -> None:
        self.request = request
        self.operands = operands


def early_pass(ctx: Context, argv: Sequence[str]) -> Early:
    """The command line by itself: where the script is, what the command answers itself, and what is wrong with it.

    Words that separate components are passed over, even where they are arguments of the script. Done for answers.
    """
    release = ctx.release
    request = Request()
    at = At(ctx.prog, release, ctx.clock, uid=ctx.uid)
    _variables(ctx, request, [variable for variable in SBATCH if variable.early])
    scanner = Scanner(ctx.prog, [word for word in argv if word != ":"], OPTIONS, release, permute=False)
    for event in scanner:
        if isinstance(event, Fault):
            raise Done(complain(ctx, event))
        option = event.option
        assert isinstance(option, SubmitOption)
        if option.dest in ANSWERS:
            answer(ctx, option.dest, OPTIONS, OPERANDS)
            raise Done(0)
        _take(request, option, event.value, at)
    operands = scanner.operands
    if operands and "wrap" in request:
        raise BadValue(f"{ctx.prog}: error: Script arguments not permitted with --wrap option")
    return Early(request, operands)


def full_pass(
    ctx: Context,
    request: Request,
    argv: Sequence[str],
    directives: Sequence[str] | None,
    script: bytes,
    name: str,
    *,
    ignore_pbs: bool,
) -> list[str]:
    """Everything that one component reads, in order of precedence; the words after its options.

    `directives` are those of the script that belong to it. BadValue, or Done for what is told of already.
    """
    release = ctx.release
    if directives:
        _options(ctx, request, directives, "script")
    if not ignore_pbs:
        _foreign_directives(ctx, request, script, name)
    _variables(ctx, request, [variable for variable in SBATCH if _exists(variable, release)])
    return _options(ctx, request, argv, "cli")


def _exists(variable: Variable, release: tuple[int, int]) -> bool:
    return variable.since <= release and (variable.until is None or release < variable.until)


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


def _options(ctx: Context, request: Request, argv: Iterable[str], where: str) -> list[str]:
    """Take the options of a command line; the words after them."""
    at = At(ctx.prog, ctx.release, ctx.clock, where, ctx.uid)
    scanner = Scanner(ctx.prog, list(argv), OPTIONS, ctx.release, permute=False)
    for event in scanner:
        if isinstance(event, Fault):
            raise Done(complain(ctx, event))
        option = event.option
        assert isinstance(option, SubmitOption)
        if option.dest in (_PASSED_OVER if where == "script" else _SETTLED):
            continue
        _take(request, option, event.value, at)
    if where == "script" and scanner.operands:
        raise BadValue(
            f"{ctx.prog}: error: Invalid directive found in batch script: {scanner.operands[0]}", status=255
        )
    return scanner.operands


def _variables(ctx: Context, request: Request, variables: Iterable[Variable]) -> None:
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
            raise Done(255)
        if not option.done:
            ctx.err(f"{ctx.prog}: error: {option.name} is not supported by this version of slurm-cli-proxy\n")
            raise Done(1)
        _take(request, option, text, at)


def _take(request: Request, option: SubmitOption, text: str | None, at: At) -> None:
    """As `Request.take`, but -v adds up."""
    before = request.get("verbose", 0)
    request.take(option, text, at)
    if option.dest == "verbose" and at.where != "env":
        request["verbose"] += before
