"""sbatch, top to bottom: look at the command line, read the script, read everything again, submit, answer, wait.

As in the native command a first pass over the command line settles where the script is and how much is said; the
options that shape the job are read afterwards, from the script's directives, the environment and the command line,
each overriding what came before.
"""

from __future__ import annotations

import os

from slurm_cli_proxy.commands.sbatch.passes import early_pass, full_pass
from slurm_cli_proxy.commands.sbatch.scriptfile import read_script, with_lines, wrapped
from slurm_cli_proxy.commands.sbatch.submit import Refused, submit
from slurm_cli_proxy.context import Context, decode, encode
from slurm_cli_proxy.options.binding import propagated
from slurm_cli_proxy.options.values import At, BadValue, leading_number
from slurm_cli_proxy.submission.environment import Caller, caller, job_environment
from slurm_cli_proxy.submission.job import describe
from slurm_cli_proxy.submission.request import Request
from slurm_cli_proxy.submission.settle import settle

_NO_ARGUMENTS = "v0.0.38"


class Done(Exception):
    """Nothing is left to do (help, version, a mistake already told of): exit with `status`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def run(ctx: Context, argv: list[str]) -> int:
    """Submit the job that `argv` asks for; the exit status, with `--wait` the job's."""
    failure = _failure_status(ctx)
    try:
        return _run(ctx, argv)
    except BadValue as error:
        ctx.out(error.output)
        ctx.err("".join(f"{line}\n" for line in error.lines))
        return failure if error.status is None else error.status
    except Refused as refused:
        return failure if refused.status is None else refused.status
    except Done as done:
        return done.status


def _failure_status(ctx: Context) -> int:
    """What SLURM_EXIT_ERROR says errors shall exit with; 1 otherwise."""
    wanted = ctx.environ.get("SLURM_EXIT_ERROR")
    if wanted is None:
        return 1
    number, _ = leading_number(wanted)
    if number == 0:
        ctx.error("SLURM_EXIT_ERROR has zero value")
        return 1
    return number & 0xFF


def _run(ctx: Context, argv: list[str]) -> int:
    early = early_pass(ctx, argv)
    if early.status is not None:
        raise Done(early.status)
    words = early.operands
    wrap = early.request.get("wrap")
    if wrap is not None:
        script, path, name = wrapped(wrap), "", "wrap"
    else:
        path = _find(ctx, words[0], early.request.get("chdir")) if words else ""
        script = read_script(ctx, path if words else None)
        name = os.path.basename(path) if words else "sbatch"
    ignored = bool(early.request.get("ignore_pbs"))
    request = full_pass(ctx, argv, script, os.path.basename(path) if path else "stdin", ignore_pbs=ignored)
    if isinstance(request, int):
        raise Done(request)
    request.values.setdefault("job_name", name)
    return _submit(ctx, request, script, [path, *words[1:]] if words and wrap is None else [])


def _find(ctx: Context, command: str, chdir: str | None) -> str:
    """The script's path: as it is where it begins with `.` or `/`, else in the working folder, else in PATH."""
    if command.startswith((".", "/")) or not command:
        return command
    folders = [_folder(ctx, chdir), *ctx.environ.get("PATH", "").split(":")]
    for folder in folders:
        path = f"{folder}/{command}"
        if os.path.isfile(path) and os.access(path, os.R_OK):
            return path
    return command


def _folder(ctx: Context, chdir: str | None) -> str:
    """The job's working folder."""
    if chdir is not None and chdir.startswith("/"):
        return chdir
    try:
        here = ctx.cwd
    except OSError:
        here = ""
    return here if chdir is None else f"{here}/{chdir}"


def _report(
    ctx: Context, request: Request, at: At, folder: str, process: Caller, limits: frozenset[str] | None
) -> None:
    """What `--verbose` adds, as far as it is not about the native command's own insides."""
    from slurm_cli_proxy.submission.report import defined_options, propagated_values

    request["chdir_path"] = folder
    lines = list(defined_options(request, at, folder))
    if request["verbose"] > 1:
        lines += propagated_values(request, process, limits)
    ctx.err("".join(f"{ctx.prog}: {line}\n" for line in lines))


def _hold_arguments(ctx: Context, script: bytes, arguments: list[str]) -> bytes:
    from slurm_cli_proxy.submission.arguments import with_arguments

    held = with_arguments(script, [encode(argument) for argument in arguments[1:]])
    if held is None:
        raise BadValue(
            f"{ctx.prog}: error: arguments of a script that is not a shell script cannot be honoured:"
            f" version {_NO_ARGUMENTS} of the Slurm REST API has no place for them"
        )
    return held


def _submit(ctx: Context, request: Request, script: bytes, arguments: list[str]) -> int:
    at = At(ctx.prog, ctx.release, ctx.clock, uid=ctx.uid)
    verbose, quiet = request.get("verbose", 0), bool(request.get("quiet"))
    if verbose and quiet:
        raise BadValue(f"{ctx.prog}: error: don't specify both --verbose (-v) and --quiet (-Q)")
    warnings = settle(request, at)
    if not quiet:
        ctx.err("".join(f"{line}\n" for line in warnings))
    limits = propagated(request["propagate"], at) if "propagate" in request else None
    process = caller(_folder(ctx, None))
    folder = _folder(ctx, request.get("chdir"))
    if verbose > 0:
        _report(ctx, request, at, folder, process, limits)
    request["name"] = request["job_name"]
    if "burst_buffer_lines" in request:
        script = with_lines(script, request["burst_buffer_lines"])
    if arguments and ctx.client.version == _NO_ARGUMENTS:
        script = _hold_arguments(ctx, script, arguments)
        arguments = []
    job = describe(
        request,
        ctx.release,
        script=decode(script),
        arguments=arguments,
        folder=folder,
        environment=job_environment(request, ctx.environ, ctx.release, process, limits),
    )
    job_id = submit(ctx, job, request)
    if not quiet:
        ctx.out(f"{job_id}\n" if request.get("parsable") else f"Submitted batch job {job_id}\n")
    if request.get("wait"):
        from slurm_cli_proxy.commands.sbatch.wait import wait_for

        ctx.flush()
        return wait_for(ctx, job_id)
    return 0
