"""What sbatch, salloc and srun have in common as commands: how they end, complain, and tell of themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from slurm_cli_proxy.commands import version
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault
from slurm_cli_proxy.options.spec import Option
from slurm_cli_proxy.options.values import BadValue, GresHelp, leading_number
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.request import Request

ANSWERS = ("help", "usage", "version")
"""Options that the command answers itself."""


class Done(Exception):
    """Nothing is left to do (help, version, a mistake already told of): exit with `status`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Refused(Exception):
    """No job was made; why has been said. `status`: the exit status, None for that of errors."""

    def __init__(self, status: int | None = None) -> None:
        super().__init__(status)
        self.status = status


PROBLEM: Final = "Problem with submit to cluster {}: "
_NO_REASON: Final = -1


def refuse(ctx: Context, prefix: str, error: RestError) -> None:
    """Say that the job was refused, as `Context.rest_error` does; another cluster may take it, where there are several.

    A job_submit plugin may refuse a job without a number; its words are not in the answer, and what stands there
    instead adds nothing.
    """
    if error.number == _NO_REASON and error.http_status:
        error.detail = None
    if ctx.cluster is not None and ctx.cluster.refused is not None and error.number and error.detail is None:
        ctx.cluster.refused = True
        prefix = PROBLEM.format(ctx.cluster.name)
    ctx.rest_error(f"{ctx.prog}: error: {prefix}", error)


def callers_folder(ctx: Context) -> str:
    """Where sbatch or srun was called; BadValue where that is gone, which ends them before they read an option."""
    try:
        return ctx.cwd
    except OSError as error:
        raise BadValue(f"{ctx.prog}: error: getcwd failed: {error.strerror}", status=255) from None


def search_path(ctx: Context) -> list[str]:
    """The folders of PATH; native says so where there is none."""
    path = ctx.environ.get("PATH")
    if path is None:
        ctx.error("No PATH environment variable")
    return (path or "").split(":")


_X11_NODES: Final = frozenset({"all", "batch", "first", "last"})


def refuse_x11(ctx: Context, request: Request) -> None:
    """BadValue where X11 is to be forwarded; other words after `--x11` mean nothing natively either."""
    if request.get("x11", "").lower() not in _X11_NODES:
        return
    if not ctx.environ.get("DISPLAY"):
        words = "No DISPLAY variable set, cannot setup x11 forwarding."
    else:
        words = "--x11 is not possible: it needs a live connection to the node, which the Slurm REST API does not offer"
    raise BadValue(f"{ctx.prog}: error: {words}", status=255)


def plugin_words(text: str | None) -> list[str]:
    """The lines that a job_submit plugin has for the user; empty ones are not shown."""
    return [line for line in (text or "").split("\n") if line]


def ended(ctx: Context, act: Callable[[], int]) -> int:
    """The exit status of `act`, which may end by Done, Refused or BadValue."""
    failure = _failure_status(ctx)
    try:
        return act()
    except BadValue as error:
        ctx.out(error.output)
        ctx.err("".join(f"{line}\n" for line in error.lines))
        return failure if error.status is None else error.status
    except GresHelp:
        from slurm_cli_proxy.commands.gres_help import gres_help

        return gres_help(ctx)
    except Refused as refused:
        return failure if refused.status is None else refused.status
    except Done as done:
        return done.status


def _failure_status(ctx: Context) -> int:
    """What SLURM_EXIT_ERROR says errors shall exit with; 1 otherwise."""
    number, _ = leading_number(ctx.environ.get("SLURM_EXIT_ERROR", "1"))
    if number == 0:
        ctx.error("SLURM_EXIT_ERROR has zero value")
        return 1
    return number & 0xFF


def complain(ctx: Context, fault: Fault) -> int:
    """Say what is wrong with a command line or a directive; the exit status."""
    ctx.err(fault.told(ctx.prog))
    return 1 if fault.unsupported else 255


def answer(ctx: Context, what: str, options: Sequence[Option], operands: str) -> None:
    """One of ANSWERS; `operands` is what follows the options on a command line."""
    from slurm_cli_proxy.options.usage import help_text, usage

    if what == "version":
        ctx.out(version.line(ctx))
    elif what == "usage":
        ctx.out(usage(ctx.prog, options, ctx.release, synopsis=operands))
    else:
        ctx.out(help_text(ctx.prog, options, ctx.release, synopsis=f"[OPTIONS] {operands}"))
