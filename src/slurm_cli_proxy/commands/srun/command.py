"""srun, top to bottom: read what is asked for, submit the job that carries the step, relay, exit as the step did."""

from __future__ import annotations

import os
from typing import Any

from slurm_cli_proxy.commands.salloc.signals import held
from slurm_cli_proxy.commands.salloc.watcher import Watcher
from slurm_cli_proxy.commands.srun import carrier
from slurm_cli_proxy.commands.srun.folder import SharedFolder
from slurm_cli_proxy.commands.srun.passes import Line, read
from slurm_cli_proxy.commands.srun.relay import Relay
from slurm_cli_proxy.commands.srun.waiting import Waiting, submit
from slurm_cli_proxy.commands.submitting import ended
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.binding import propagated
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.submission.environment import caller, job_environment
from slurm_cli_proxy.submission.job import describe
from slurm_cli_proxy.submission.request import Request
from slurm_cli_proxy.submission.settle import settle

_GROUP_SINCE = (23, 11)
_STEPS_ALONE = ("output", "error", "input", "open_mode", "export", "resv_ports", "propagate")
"""Settings that concern the step, and would mean something else to the job that carries it."""


def run(ctx: Context, argv: list[str]) -> int:
    """Run the command that `argv` names on the cluster; its exit status."""
    return ended(ctx, lambda: _run(ctx, argv))


def _run(ctx: Context, argv: list[str]) -> int:
    at = At(ctx.prog, ctx.release, ctx.clock, uid=ctx.uid)
    lines: list[Line] = []
    words: list[str] = []
    joins = False
    for line in read(ctx, argv):
        joins = "jobid" in line.request or bool(ctx.environ.get("SLURM_JOB_ID"))
        words += [":"] if lines else []
        words += _settled(ctx, line, at, joins=joins)
        lines.append(line)
    if not lines[-1].command:
        raise BadValue(f"{ctx.prog}: fatal: No command given to execute.", status=1)
    for line, following in zip(lines[-2::-1], lines[:0:-1], strict=True):
        line.command = line.command or following.command
    requests = [_smallest(lines[0].request)] if joins else [line.request for line in lines]
    for request, line in zip(requests, lines, strict=False):
        request["name"] = request.values.setdefault("job_name", os.path.basename(line.command[0]))
    parent = ctx.profile.srun_folder
    if not parent:
        raise BadValue(
            f"{ctx.prog}: error: srun needs a folder that this machine and the cluster's nodes share: set srun_folder"
            " in the cluster's section of config.toml, or SLURM_CLI_PROXY_SRUN_FOLDER"
        )
    try:
        shared = SharedFolder(parent)
    except OSError as error:
        raise BadValue(f"{ctx.prog}: error: srun_folder: {error.strerror}: {parent}") from None
    try:
        jobs = [
            _job(ctx, request, at, number if requests[1:] else None, shared)
            for number, request in enumerate(requests)
        ]
        fed = any(map(carrier.reads_input, lines))
        script = carrier.script(
            shared.path,
            words,
            ctx.environ,
            fed=fed,
            joins=joins,
            group=ctx.release >= _GROUP_SINCE,
        )
        return _attend(ctx, lines, requests, jobs, script, shared, fed=fed, joins=joins)
    finally:
        shared.remove()


def _settled(ctx: Context, line: Line, at: At, *, joins: bool) -> list[str]:
    """The arguments for the cluster's srun, of a component that is checked and completed; BadValue."""
    request = line.request
    verbose, quiet = request.get("verbose"), request.get("quiet")
    if verbose and quiet:
        raise BadValue(f"{ctx.prog}: error: don't specify both --verbose (-v) and --quiet (-Q)")
    folder = _folder(ctx, request.get("chdir"))
    words = carrier.step_words(line, folder, joins=joins)
    if joins:
        return words
    warnings = settle(request, at)
    if warnings:
        words = carrier.settled_nodes(words, request["min_nodes"])
        if not quiet:
            ctx.err("".join(f"{warning}\n" for warning in warnings))
    if verbose:
        _report(ctx, request, at, folder)
    return words


def _folder(ctx: Context, chdir: str | None) -> str:
    """Where the step shall run."""
    try:
        here = ctx.cwd
    except OSError:
        here = "/"
    return os.path.join(here, chdir) if chdir else here


def _smallest(request: Request) -> Request:
    """What carries a step of another job: a task that does nothing but wait."""
    small = Request()
    for name in ("quiet", "verbose", "partition", "account", "qos", "reservation"):
        if name in request:
            small[name] = request[name]
    small.values.update(ntasks=1, ntasks_set=True, nodes_set=False, job_name="srun", name="srun")
    return small


def _report(ctx: Context, request: Request, at: At, folder: str) -> None:
    from slurm_cli_proxy.submission.report import defined_options

    request["chdir_path"] = folder
    ctx.err("".join(f"{ctx.prog}: {text}\n" for text in defined_options(request, at, folder)))


def _job(
    ctx: Context, request: Request, at: At, component: int | None, shared: SharedFolder
) -> dict[str, Any]:
    """The job that carries the step: what the caller asks for, without files of its own and never run twice."""
    limits = propagated(request["propagate"], at) if "propagate" in request else None
    folder = _folder(ctx, request.get("chdir"))
    job = request.copy()
    job.forget(*_STEPS_ALONE)
    job["requeue"] = False
    described = describe(
        job,
        ctx.release,
        arguments=[],
        folder=folder,
        environment=job_environment(job, ctx.environ, ctx.release, caller(folder), limits, component),
    )
    described |= {
        "standard_input": "/dev/null",
        "standard_output": "/dev/null",
        "standard_error": os.path.join(shared.path, "batch"),
    }
    return described


def _attend(
    ctx: Context,
    lines: list[Line],
    requests: list[Request],
    jobs: list[dict[str, Any]],
    script: str,
    shared: SharedFolder,
    *,
    fed: bool,
    joins: bool,
) -> int:
    reports = sum(bool(line.request.get("verbose")) for line in lines)
    with held():
        watcher = Watcher(ctx, shared.remove)
        try:
            answer = submit(ctx, requests, script, jobs)
            watcher.guard(answer.job_id or 0)
            waiting = Waiting(ctx, requests, answer, shared, silent=joins)
            waiting.until_it_runs()
            return Relay(ctx, waiting, shared, fed=fed, reports=reports).run()
        finally:
            watcher.dismiss()
