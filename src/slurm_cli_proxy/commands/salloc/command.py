"""salloc, top to bottom: read what is asked for, obtain the allocation, run the command, release."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.reading import parts
from slurm_cli_proxy.commands.salloc.allocate import AllocatedJob, Allocator, Release, cancel
from slurm_cli_proxy.commands.salloc.environment import command_environment
from slurm_cli_proxy.commands.salloc.running import (
    Attendant,
    Terminal,
    exit_status,
    find,
    ring,
    shell_of,
    start,
)
from slurm_cli_proxy.commands.salloc.signals import held
from slurm_cli_proxy.commands.salloc.watcher import Watcher
from slurm_cli_proxy.commands.submitting import Refused, ended, refuse_x11
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.submission import options_of
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.options.variables import SALLOC
from slurm_cli_proxy.rest import endpoints, slurm_errors
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.job import describe
from slurm_cli_proxy.submission.request import Request
from slurm_cli_proxy.submission.settle import burst_buffer, settle, settle_last

OPTIONS: Final = options_of("a")
OPERANDS: Final = "[COMMAND [ARGUMENTS]]"
_BELL_AFTER: Final = 10.0  # seconds of waiting
_NO_FOLDER: Final = 2063
_CHDIR_DOES_SINCE: Final = (25, 5)


def run(ctx: Context, argv: list[str]) -> int:
    """Run the command that `argv` names within a new allocation; its exit status."""
    return ended(ctx, lambda: _run(ctx, argv))


def _run(ctx: Context, argv: list[str]) -> int:
    folder = _folder(ctx)
    requests: list[Request] = []
    words: list[str] = []
    for part in parts(ctx, argv, SALLOC, OPTIONS, OPERANDS, _separator):
        _settle(ctx, part.request, folder)
        requests.append(part.request)
        words = part.command
    request = requests[-1]  # which knows all that concerns the job as a whole
    if not folder:
        _do_without_folder(ctx, request)
    if not _can_allocate(ctx):
        raise BadValue(
            f"{ctx.prog}: error: version {ctx.client.version} of the Slurm REST API cannot make allocations"
            f" (v0.0.{endpoints.SINCE['allocate']} or newer can)"
        )
    jobs = [
        describe(each, ctx.release, arguments=words[:1], folder=folder or "/", environment={})
        for each in requests
    ]
    if ctx.client.names is not None:
        from slurm_cli_proxy.submission import elsewhere

        jobs = [elsewhere.sent(ctx, job) for job in jobs]
    with held() as mask:
        watcher = None if request.get("no_shell") else Watcher(ctx)

        def release(job_id: int) -> None:
            if cancel(ctx, job_id) and watcher is not None:
                watcher.released()

        try:
            began = time.monotonic()
            allocation = Allocator(ctx, requests, jobs, watcher, release).obtain()
            bell = request.get("bell")
            if bell == "always" or (bell is None and time.monotonic() - began >= _BELL_AFTER):
                ring(ctx)
            if watcher is None:
                return 0
            return _attend(ctx, requests, allocation, words, mask, folder, release)
        finally:
            if watcher is not None:
                watcher.leave()


def _separator(words: Sequence[str]) -> int | None:
    """Only where a command would stand."""
    return 0 if words[:1] == [":"] else None


def _settle(ctx: Context, request: Request, folder: str) -> None:
    """Check and complete what a component asks for; BadValue."""
    verbose, quiet = request.get("verbose", 0), bool(request.get("quiet"))
    if verbose and quiet:
        raise BadValue(f"{ctx.prog}: error: don't specify both --verbose (-v) and --quiet (-Q)")
    at = At(ctx.prog, ctx.release, ctx.server_clock, uid=ctx.uid)
    if verbose:
        from slurm_cli_proxy.submission.report import choices

        ctx.err("".join(f"{ctx.prog}: {line}\n" for line in choices(request, at)))
    warnings = settle(request, at)
    burst_buffer(request, at)
    refuse_x11(ctx, request)
    ctx.err("".join(f"{line}\n" for line in warnings))
    if verbose:
        _report(ctx, request, at, folder)
    _check_folder(ctx, request, folder)
    ctx.err("".join(f"{line}\n" for line in settle_last(request, at)))
    request["name"] = request.get("job_name", "no-shell" if request.get("no_shell") else "interactive")


def _can_allocate(ctx: Context) -> bool:
    try:
        return endpoints.can_allocate(ctx.client)
    except RestError as error:
        ctx.rest_error(f"{ctx.prog}: error: Job submit/allocate failed: ", error)
        raise Refused from None


def _folder(ctx: Context) -> str:
    try:
        return ctx.cwd
    except OSError:
        return ""


def _do_without_folder(ctx: Context, request: Request) -> None:
    """What native salloc says of a folder that is gone; BadValue where the job needs one."""
    ctx.error(f"getcwd failed: {os.strerror(errno.ENOENT)}")
    if "chdir" not in request or ctx.release < _CHDIR_DOES_SINCE:
        no_folder = slurm_errors.text(_NO_FOLDER, ctx.release)
        raise BadValue(f"{ctx.prog}: error: Job submit/allocate failed: {no_folder}")


def _check_folder(ctx: Context, request: Request, folder: str) -> None:
    """Only the command runs in `--chdir`'s folder; the job's is where salloc was called."""
    if "chdir" not in request:
        return
    target = _workdir(request, folder)
    if not os.path.isdir(target):
        words = os.strerror(errno.ENOTDIR if os.path.exists(target) else errno.ENOENT)
    elif not os.access(target, os.X_OK):
        words = os.strerror(errno.EACCES)
    else:
        return
    raise BadValue(f"{ctx.prog}: error: chdir({target}): {words}")


def _workdir(request: Request, folder: str) -> str:
    chdir = request.get("chdir")
    return folder if chdir is None else chdir if chdir.startswith("/") else f"{folder}/{chdir}"


def _report(ctx: Context, request: Request, at: At, folder: str) -> None:
    from slurm_cli_proxy.submission.report import defined_options

    request["chdir_path"] = _workdir(request, folder)
    lines = defined_options(request, at, folder)
    ctx.err("".join(f"{ctx.prog}: {line}\n" for line in lines))


def _attend(
    ctx: Context,
    requests: list[Request],
    allocation: list[AllocatedJob],
    words: list[str],
    mask: frozenset[int],
    folder: str,
    release: Release,
) -> int:
    """Run the command; release what is left afterwards."""
    request = requests[-1]
    job_id = allocation[0].job_id or 0
    quiet = bool(request.get("quiet"))
    revoked = False
    try:
        words = words or [shell_of(ctx.uid)]
        program = find(ctx, words[0], folder)
        if program is None:
            ctx.error(f'_fork_command: Unable to find command "{words[0]}"')
            return 1
        host = os.uname().nodename.partition(".")[0]
        environ = command_environment(requests, allocation, ctx.environ, folder, host)
        terminal = Terminal(ctx)
        process = start(ctx, words, program, environ, request.get("chdir"), mask, terminal)
        attendant = Attendant(ctx, job_id, process, request.get("kill_command"), release, quiet=quiet)
        try:
            status = attendant.wait()
        finally:
            revoked = attendant.revoked
            terminal.take_back()
    finally:
        if not revoked:
            if not quiet:
                ctx.err(f"{ctx.prog}: Relinquishing job allocation {job_id}\n")
            release(job_id)
    if os.WIFSIGNALED(status) and request.get("verbose"):
        ctx.err(f'{ctx.prog}: Command "{words[0]}" was terminated by signal {os.WTERMSIG(status)}\n')
    return exit_status(status)
