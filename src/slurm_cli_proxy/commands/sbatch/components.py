"""The components of a heterogeneous job, one for an ordinary job: each reads its own part of everything.

Found with `sbatch -v` of three releases, which behave alike:

* `:` as a word of its own separates components on the command line, `hetjob` in the script; the n-th component reads
  the n-th part of both.  Of parts that are not there, those of the script count as empty, and of the command line the
  last part is read again.
* Every component reads all foreign directives and all variables.
* An option outlives its component, unless it is one of PER_COMPONENT.  Those after a `:` even reach the components
  before it, which start with what the first look at the whole command line found (but a `--hint`).
* A component is checked before the next one is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from slurm_cli_proxy.commands.sbatch.passes import full_pass
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.values import BadValue
from slurm_cli_proxy.submission.request import PER_COMPONENT, Request


class Component:
    """What one component asks for; `alone` if it is the whole job."""

    __slots__ = ("alone", "number", "request")

    def __init__(self, request: Request, number: int, alone: bool) -> None:
        self.request = request
        self.number = number
        self.alone = alone


def components(
    ctx: Context, argv: Sequence[str], script: bytes, name: str, early: Request
) -> Iterator[Component]:
    """Each component in turn; BadValue or Done when its turn has come and something is wrong.

    `name` is what the script is called in errors; `early` what the first look at the command line found.
    The caller may take options away from a component's request: they are not asked for by later ones either.
    """
    parts = _parts(ctx, script, name, quiet=bool(early.get("quiet")))
    lasting = early
    lasting.undo({"hint"})
    lasting.as_variables()
    words, number, ended = list(argv), 0, False
    while True:
        lasting.undo(PER_COMPONENT)
        directives, more = (None, False) if ended else next(parts)
        ended = not more
        operands = full_pass(ctx, lasting, words, directives, script, name)
        another = operands[:1] == [":"]
        component = Component(lasting.copy(), number, alone=not (number or another or more))
        yield component
        lasting.undo(set(lasting.met()) - set(component.request.met()))
        if another:
            words = operands[1:]
        elif not more:
            return
        number += 1


def _parts(ctx: Context, script: bytes, name: str, *, quiet: bool) -> Iterator[tuple[list[str] | None, bool]]:
    """The command line that the directives of each part of the script make up, and whether there is another part."""
    if b"#SBATCH" not in script:
        yield None, False
        return
    from slurm_cli_proxy.script import directives

    warned = quiet
    try:
        for lines in directives.components(script, release=ctx.release, name=name):
            if not warned and any(line.ended_by == "packjob" for line in lines):
                ctx.err(f"{ctx.prog}: {directives.packjob_warning(ctx.release)}\n")
                warned = True
            yield directives.arguments(lines), bool(lines) and lines[-1].separates
    except directives.DirectiveError as error:
        raise BadValue(f"{ctx.prog}: fatal: {error}", status=1) from None
