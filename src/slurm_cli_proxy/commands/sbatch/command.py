"""sbatch, top to bottom: look at the command line, read the script, read everything again, submit, answer, wait.

As in the native command a first pass over the command line settles where the script is and how much is said; the
options that shape the job are read afterwards, from the script's directives, the environment and the command line,
each overriding what came before.
"""

from __future__ import annotations

import os

from slurm_cli_proxy.commands.sbatch.components import components
from slurm_cli_proxy.commands.sbatch.passes import early_pass
from slurm_cli_proxy.commands.sbatch.scriptfile import read_script, wrapped
from slurm_cli_proxy.commands.sbatch.submission import Submission, working_folder
from slurm_cli_proxy.commands.sbatch.submit import submit
from slurm_cli_proxy.commands.submitting import Refused, callers_folder, ended, search_path
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.values import BadValue


def run(ctx: Context, argv: list[str]) -> int:
    """Submit the job that `argv` asks for; the exit status, with `--wait` the job's."""
    return ended(ctx, lambda: _run(ctx, argv))


def _run(ctx: Context, argv: list[str]) -> int:
    callers_folder(ctx)
    early = early_pass(ctx, argv)
    words, request = early.operands, early.request
    wrap = request.get("wrap")
    if request.get("external"):
        _check_external(ctx, argv, words, wrap)
        script, path, name = b"", "", "external"
    elif wrap is not None:
        script, path, name = wrapped(wrap), "", "wrap"
    else:
        path = _find(ctx, words[0], request.get("chdir")) if words else ""
        script = read_script(ctx, path if words else None)
        name = os.path.basename(path) if words else "sbatch"
    if request.get("verbose") and request.get("quiet"):
        raise BadValue(f"{ctx.prog}: error: don't specify both --verbose (-v) and --quiet (-Q)")
    arguments = [path, *words[1:]] if words and wrap is None else []
    submission = Submission(ctx, script, name, arguments, debug=request.get("verbose", 0) > 1)
    called = os.path.basename(path) if path else "stdin"
    for component in components(ctx, argv, script, called, request):
        submission.add(component)
    if ctx.client.names is not None:
        from slurm_cli_proxy.submission import elsewhere

        submission.script = elsewhere.script(ctx, submission.script, verbose=request.get("verbose", 0) > 0)
    return _submit(ctx, submission, _cluster(ctx, submission))


def _check_external(ctx: Context, argv: list[str], words: list[str], wrap: str | None) -> None:
    """Such a job has no script."""
    if wrap is not None:
        first = " on the first component" if ":" in argv else ""
        raise BadValue(f"{ctx.prog}: error: --wrap option not permitted with --external option{first}")
    if words:
        raise BadValue(f"{ctx.prog}: error: Script arguments not permitted with --external option")
    if ":" in argv:
        raise BadValue(f"{ctx.prog}: error: --external cannot be honoured in a heterogeneous job")


def _find(ctx: Context, command: str, chdir: str | None) -> str:
    """The script's path: as it is where it begins with `.` or `/`, else in the working folder, else in PATH."""
    if command.startswith((".", "/")) or not command:
        return command
    for folder in (working_folder(ctx, chdir), *search_path(ctx)):
        path = f"{folder}/{command}"
        if os.path.isfile(path):
            return path
    return command


def _cluster(ctx: Context, submission: Submission) -> str:
    """The cluster's name, if the user named it; Refused if the user named none but others."""
    named = submission.requests[-1].get("clusters")
    if named is None:
        return ""
    from slurm_cli_proxy.commands import clusters

    try:
        return clusters.own(ctx, named, listing=False)
    except clusters.Unknown:
        raise Refused from None


def _submit(ctx: Context, submission: Submission, cluster: str) -> int:
    request = submission.requests[0]
    job_id = submit(ctx, submission)
    if not request.get("quiet"):
        if submission.asks("parsable"):
            ctx.out(f"{job_id};{cluster}\n" if cluster else f"{job_id}\n")
        else:
            ctx.out(f"Submitted batch job {job_id}" + (f" on cluster {cluster}\n" if cluster else "\n"))
    if submission.asks("wait"):
        from slurm_cli_proxy.commands.sbatch.wait import wait_for

        ctx.flush()
        return wait_for(ctx, job_id)
    return 0
