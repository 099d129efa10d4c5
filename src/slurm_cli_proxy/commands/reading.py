"""Reading variables of the environment and command lines into a request: the same for sbatch, salloc and srun."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from slurm_cli_proxy.commands.submitting import ANSWERS, Done, answer, complain
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.spec import for_release
from slurm_cli_proxy.options.submission import VARIABLES_ONLY, SubmitOption
from slurm_cli_proxy.options.values import At
from slurm_cli_proxy.options.variables import Variable
from slurm_cli_proxy.submission.request import PER_COMPONENT, Request

Met = Callable[[SubmitOption, str | None], None]


class Part(NamedTuple):
    """What one component of a heterogeneous job asks for; `alone` if it is the whole job.

    `command` are its words after the options.  `last`: no other component follows.
    """

    request: Request
    command: list[str]
    alone: bool
    last: bool


def parts(
    ctx: Context,
    argv: Sequence[str],
    variables: Sequence[Variable],
    options: Sequence[SubmitOption],
    operands: str,
    separator: Callable[[Sequence[str]], int | None],
    met: Met | None = None,
) -> Iterator[Part]:
    """Each component of a command line in turn, so that one can be checked before the next is read. Done; BadValue.

    Every component reads all variables; an option outlives its component unless it is one of PER_COMPONENT, and --mem
    even so.
    `separator` finds the `:` among the words after a component's options.
    """
    lasting = Request()
    words, number = list(argv), 0
    while True:
        lasting.undo(PER_COMPONENT - {"mem"})
        take_variables(ctx, lasting, variables, options)
        # getopt takes the word before a component's options for the program
        called = ":" if number else ctx.called
        rest = take_line(ctx, lasting, words, options, operands, met=met, called=called)
        place = separator(rest)
        yield Part(lasting.copy(), rest[:place], alone=not number and place is None, last=place is None)
        if place is None:
            return
        words = rest[place + 1 :]
        number += 1


def take_line(
    ctx: Context,
    request: Request,
    argv: Iterable[str],
    options: Sequence[SubmitOption],
    operands: str = "",
    where: str = "cli",
    *,
    passed_over: Collection[str] = (),
    met: Met | None = None,
    called: str = "",
) -> list[str]:
    """Take the options of a command line; the words after them. Done; BadValue.

    `operands` is what the command's help shows to follow its options; `passed_over` are options (by `dest`) without
    effect here. `met` is told of each option before it is read. `called` is the program's name in getopt's messages.
    """
    at = At(
        ctx.prog, ctx.release, ctx.server_clock, where, ctx.uid, lambda name: ctx.same_user(name) == ctx.user
    )
    scanner = Scanner(ctx.prog, list(argv), options, ctx.release, permute=False, called=called)
    for event in scanner:
        if isinstance(event, Fault):
            raise Done(complain(ctx, event))
        option = event.option
        assert isinstance(option, SubmitOption)
        if option.dest in passed_over:
            continue
        if option.dest in ANSWERS:
            answer(ctx, option.dest, options, operands)
            raise Done(0)
        if met is not None:
            met(option, event.value)
        _take(request, option, event.value, at)
    return scanner.operands


def take_variables(
    ctx: Context, request: Request, variables: Iterable[Variable], options: Sequence[SubmitOption]
) -> None:
    """Take the options that variables of the environment stand for. Done; BadValue."""
    environ, release = ctx.environ, ctx.release
    at: At | None = None
    by_dest: dict[str, SubmitOption] = {}
    for variable in variables:
        text = environ.get(variable.name)
        if text is None or not variable.exists_in(release):
            continue
        if at is None:
            at = At(ctx.prog, release, ctx.server_clock, "env", ctx.uid)
            known = [*for_release(options, release), *VARIABLES_ONLY]
            by_dest = {option.dest: option for option in known if isinstance(option, SubmitOption)}
        option = by_dest.get(variable.dest)
        if option is None:  # native exits without a word where the variable has outlived its option
            raise Done(255)
        if not option.done:
            ctx.error(f"{option.name} is not supported by this version of slurm-cli-proxy")
            raise Done(1)
        _take(request, option, text, at)


def _take(request: Request, option: SubmitOption, text: str | None, at: At) -> None:
    """As `Request.take`, but -v adds up."""
    before = request.get("verbose", 0)
    request.take(option, text, at)
    if option.dest == "verbose" and at.where != "env":
        request["verbose"] += before
