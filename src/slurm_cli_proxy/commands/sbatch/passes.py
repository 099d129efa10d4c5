"""Reading the command line twice, and the script's directives and the environment in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slurm_cli_proxy.commands.reading import take_line, take_variables
from slurm_cli_proxy.commands.submitting import ANSWERS
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.spec import for_release
from slurm_cli_proxy.options.submission import SubmitOption, options_of
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.options.variables import SBATCH
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
    request = Request()
    take_variables(ctx, request, [variable for variable in SBATCH if variable.early], OPTIONS)
    words = [word for word in argv if word != ":"]
    operands = take_line(ctx, request, words, OPTIONS, OPERANDS, called=ctx.called)
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
) -> list[str]:
    """Everything that one component reads, in order of precedence; the words after its options.

    `directives` are those of the script that belong to it. BadValue, or Done for what is told of already.
    """
    if directives:
        _options(ctx, request, directives, "script")
    if not request.get("ignore_pbs"):
        _foreign_directives(ctx, request, script, name)
    take_variables(ctx, request, SBATCH, OPTIONS)
    return _options(ctx, request, argv, "cli")


def _foreign_directives(ctx: Context, request: Request, script: bytes, name: str) -> None:
    """The script's `#BSUB` lines, or else its `#PBS` lines; they override its `#SBATCH` lines."""
    if b"#BSUB" not in script and b"#PBS" not in script:
        return
    from slurm_cli_proxy.options.foreign import ForeignError, translate
    from slurm_cli_proxy.script import directives

    at = At(ctx.prog, ctx.release, ctx.server_clock, "script", ctx.uid)
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
            lines_told = (f"{ctx.prog}: error: {line}" for line in error.lines)
            raise BadValue(*error.before, *lines_told, status=error.status) from None
        return


def _options(ctx: Context, request: Request, argv: Iterable[str], where: str) -> list[str]:
    """Take the options of a command line; the words after them."""
    passed_over = _PASSED_OVER if where == "script" else _SETTLED
    operands = take_line(ctx, request, argv, OPTIONS, where=where, passed_over=passed_over)
    if where == "script" and operands:
        raise BadValue(
            f"{ctx.prog}: error: Invalid directive found in batch script: {operands[0]}", status=255
        )
    return operands
