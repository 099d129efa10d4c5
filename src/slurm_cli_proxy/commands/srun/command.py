"""srun, top to bottom: read what is asked for, submit the job that carries the step, relay, exit as the step did."""

from __future__ import annotations

import os
from typing import Any

from slurm_cli_proxy.commands.salloc.allocate import ask
from slurm_cli_proxy.commands.salloc.signals import OF_STEPS, held
from slurm_cli_proxy.commands.salloc.watcher import Watcher
from slurm_cli_proxy.commands.srun import carrier
from slurm_cli_proxy.commands.srun.folder import SharedFolder
from slurm_cli_proxy.commands.srun.passes import Line, faults, read
from slurm_cli_proxy.commands.srun.relay import Relay
from slurm_cli_proxy.commands.srun.waiting import Waiting, submit
from slurm_cli_proxy.commands.submitting import callers_folder, ended, refuse_x11
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.binding import propagated
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.environment import caller, job_environment
from slurm_cli_proxy.submission.job import describe
from slurm_cli_proxy.submission.policy import policy_of
from slurm_cli_proxy.submission.request import Request
from slurm_cli_proxy.submission.settle import burst_buffer, settle, settle_last

_GROUP_SINCE = (23, 11)
_PER_NODE_KEPT_SINCE = (23, 2)
_GROUPS_NEED_ONE_SINCE = (25, 5)
_STEPS_ALONE = ("output", "error", "input", "open_mode", "export", "propagate")
"""Settings that concern the step, and would mean something else to the job that carries it."""


def run(ctx: Context, argv: list[str]) -> int:
    """Run the command that `argv` names on the cluster; its exit status."""
    return ended(ctx, lambda: _run(ctx, argv))


def _run(ctx: Context, argv: list[str]) -> int:
    callers_folder(ctx)
    at = At(ctx.prog, ctx.release, ctx.server_clock, uid=ctx.uid)
    lines: list[Line] = []
    for line in read(ctx, argv):
        line.joins = "jobid" in line.request or bool(ctx.environ.get("SLURM_JOB_ID"))
        if line.last and not line.command:
            raise BadValue(f"{ctx.prog}: fatal: No command given to execute.", status=1)
        _settle(ctx, line, at)
        groups = [] if line.joins else line.request.get("het_group", [])
        if groups and at.release >= _GROUPS_NEED_ONE_SINCE:
            outside = f"{ctx.prog}: error: --het-group expected to be used within an HetJob allocation"
            raise BadValue(*([] if line.request.get("quiet") else [outside]), status=1)
        lines += [line, *(line.copy() for _ in groups[1:])]
    joins = lines[-1].joins
    for line, following in zip(lines[-2::-1], lines[:0:-1], strict=True):
        line.command = line.command or following.command
    if not joins and any("relative" in line.request for line in lines):
        raise BadValue(f"{ctx.prog}: fatal: --relative option invalid for job allocation request", status=1)
    requests = [_smallest(ctx, lines[0].request)] if joins else [line.request for line in lines]
    for request, line in zip(requests, lines, strict=False):
        request["name"] = request.values.setdefault("job_name", os.path.basename(line.command[0]))
    shared = _shared(ctx)
    try:
        jobs = [
            _job(ctx, request, at, number if requests[1:] else None, shared)
            for number, request in enumerate(requests)
        ]
        if ctx.client.names is not None:
            from slurm_cli_proxy.submission import elsewhere

            for line in lines:
                line.options = elsewhere.step_options(ctx, line.options)
                line.command = elsewhere.arguments(ctx, line.command)
        words: list[str] = []
        for number, line in enumerate(lines):
            folder = jobs[min(number, len(jobs) - 1)]["current_working_directory"]
            words += [*([":"] if number else []), *carrier.step_words(line, folder)]
        names = ctx.client.names

        def over_there(path: str) -> str:
            return path if names is None or names.paths is None else names.paths.to_cluster(path)

        script = carrier.script(
            over_there(shared.path),
            words,
            ctx.environ,
            fed=any(map(carrier.reads_input, lines)),
            joins=joins,
            group=ctx.release >= _GROUP_SINCE,
            niceness=os.getpriority(os.PRIO_PROCESS, 0),
            components=len(requests),
            caller=over_there(_folder(ctx, None)) if any("chdir" in line.request for line in lines) else "",
        )
        return _attend(ctx, lines, requests, jobs, script, shared)
    finally:
        shared.remove()


def _settle(ctx: Context, line: Line, at: At) -> None:
    """Check and complete what a component asks for; BadValue."""
    request = line.request
    wrong = [f"{ctx.prog}: error: {words}" for words in faults(line)]
    if request.get("verbose") and not line.joins and "cpu_bind" not in request:
        from slurm_cli_proxy.submission.report import choices

        ctx.err("".join(f"{ctx.prog}: {text}\n" for text in choices(request, at)))
    warnings = [] if line.joins else settle(request, at)
    if wrong:
        raise BadValue(*wrong, *warnings)
    if line.joins:
        return
    burst_buffer(request, at)
    refuse_x11(ctx, request)
    line.warned = bool(warnings)
    if at.release < _PER_NODE_KEPT_SINCE:
        warnings += _forget_tasks_per_node(line, at)
    ctx.err("".join(f"{warning}\n" for warning in warnings))
    if request.get("verbose"):
        _report(ctx, request, at, _folder(ctx, request.get("chdir")))
    propagated(request.get("propagate"), at)
    ctx.err("".join(f"{text}\n" for text in settle_last(request, at)))


def _forget_tasks_per_node(line: Line, at: At) -> list[str]:
    """Tasks a node that do not fit the counts of tasks and nodes are dropped; told where there are more tasks."""
    request = line.request
    each = request.get("ntasks_per_node", 0)
    if not (each and request["ntasks_set"] and request["nodes_set"]):
        return []
    tasks, nodes = request["ntasks"], request["min_nodes"]
    if tasks // max(nodes, 1) == each:
        return []
    request.forget("ntasks_per_node")
    line.options = [(dest, word) for dest, word in line.options if dest != "ntasks_per_node"]
    if tasks <= each:
        return []
    return [
        f"{at.prog}: Warning: can't honor --ntasks-per-node set to {each} which doesn't match the requested tasks"
        f" {tasks} with the number of requested nodes {nodes}. Ignoring --ntasks-per-node."
    ]


def _shared(ctx: Context) -> SharedFolder:
    """A new folder for this call; BadValue."""
    parent = ctx.profile.srun_folder
    if not parent:
        raise BadValue(
            f"{ctx.prog}: error: srun needs a folder that this machine and the cluster's nodes share: set srun_folder"
            " in the cluster's section of config.toml, or SLURM_CLI_PROXY_SRUN_FOLDER"
        )
    if not parent.startswith("/"):
        raise BadValue(f"{ctx.prog}: error: srun_folder: not an absolute path: {parent}")
    try:
        return SharedFolder(parent)
    except OSError as error:
        raise BadValue(f"{ctx.prog}: error: srun_folder: {error.strerror}: {parent}") from None


def _folder(ctx: Context, chdir: str | None) -> str:
    """Where the step shall run."""
    return os.path.join(ctx.cwd, chdir) if chdir else ctx.cwd


def _smallest(ctx: Context, request: Request) -> Request:
    """What carries a step of another job: a task that does nothing but wait, where that job could run.

    Natively a step has neither an account nor a partition: those asked for mean nothing.
    """
    small = Request()
    for name in ("quiet", "verbose", "chdir"):
        if name in request:
            small[name] = request[name]
    joined = str(request.get("jobid") or ctx.environ.get("SLURM_JOB_ID", ""))
    try:
        job = ask(ctx, int(joined))[0] if joined.isascii() and joined.isdigit() else None
    except RestError:  # the step's own srun will tell of a job that is none
        job = None
    if job is not None:
        small.values.update(partition=job.partition, account=job.account)
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
        environment=job_environment(
            job, ctx.environ, ctx.release, caller(folder), limits, component, policy=policy_of(ctx)
        ),
    )
    described |= {
        "standard_input": "/dev/null",
        "standard_output": "/dev/null",
        "standard_error": os.path.join(shared.path, "batch"),
    }
    if ctx.client.names is not None:
        from slurm_cli_proxy.submission import elsewhere

        described = elsewhere.sent(ctx, described, chdir="chdir" in request)
    return described


def _attend(
    ctx: Context,
    lines: list[Line],
    requests: list[Request],
    jobs: list[dict[str, Any]],
    script: str,
    shared: SharedFolder,
) -> int:
    fed = any(map(carrier.reads_input, lines))
    reports = sum(bool(line.request.get("verbose")) for line in lines if not line.joins)
    with held(OF_STEPS):
        watcher = Watcher(ctx, shared.remove)
        try:
            answer = submit(ctx, requests, script, jobs)
            watcher.guard(answer.job_id or 0)
            waiting = Waiting(ctx, requests, answer, shared, silent=lines[-1].joins)
            waiting.until_it_runs()
            status = Relay(ctx, waiting, shared, fed=fed, reports=reports).run()
            watcher.released()
            return status
        except OSError as error:
            ctx.error(f"srun_folder: {error.strerror}: {shared.path}")
            return 1
        finally:
            watcher.leave()  # which ends a job that has not been brought to its end here
