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
    line = read(ctx, argv)
    request = line.request
    request["name"] = request.values.setdefault("job_name", os.path.basename(line.command[0]))
    if request.get("verbose") and request.get("quiet"):
        raise BadValue(f"{ctx.prog}: error: don't specify both --verbose (-v) and --quiet (-Q)")
    joins = "jobid" in request or bool(ctx.environ.get("SLURM_JOB_ID"))
    at = At(ctx.prog, ctx.release, ctx.clock, uid=ctx.uid)
    folder = _folder(ctx, request.get("chdir"))
    words = carrier.step_words(line, folder, joins=joins)
    if joins:
        request = _smallest(request)
    else:
        warnings = settle(request, at)
        if warnings:
            words = carrier.settled_nodes(words, request["min_nodes"])
            if not request.get("quiet"):
                ctx.err("".join(f"{warning}\n" for warning in warnings))
        if request.get("verbose"):
            _report(ctx, request, at, folder)
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
        job = _job(ctx, request, at, folder, shared)
        fed = carrier.reads_input(line)
        script = carrier.script(
            shared.path,
            words,
            ctx.environ,
            fed=fed,
            joins=joins,
            group=ctx.release >= _GROUP_SINCE,
        )
        return _attend(ctx, line, request, job, script, shared, fed=fed, joins=joins)
    finally:
        shared.remove()


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


def _job(ctx: Context, request: Request, at: At, folder: str, shared: SharedFolder) -> dict[str, Any]:
    """The job that carries the step: what the caller asks for, without files of its own and never run twice."""
    limits = propagated(request["propagate"], at) if "propagate" in request else None
    job = request.copy()
    job.forget(*_STEPS_ALONE)
    job["requeue"] = False
    described = describe(
        job,
        ctx.release,
        arguments=[],
        folder=folder,
        environment=job_environment(job, ctx.environ, ctx.release, caller(folder), limits),
    )
    described |= {
        "standard_input": "/dev/null",
        "standard_output": "/dev/null",
        "standard_error": os.path.join(shared.path, "batch"),
    }
    return described


def _attend(
    ctx: Context,
    line: Line,
    request: Request,
    job: dict[str, Any],
    script: str,
    shared: SharedFolder,
    *,
    fed: bool,
    joins: bool,
) -> int:
    with held():
        watcher = Watcher(ctx, shared.remove)
        try:
            answer = submit(ctx, request, script, job)
            watcher.guard(answer.job_id or 0)
            waiting = Waiting(ctx, request, answer, shared, silent=joins)
            waiting.until_it_runs()
            return Relay(ctx, waiting, shared, fed=fed, verbose=bool(line.request.get("verbose"))).run()
        finally:
            watcher.dismiss()
