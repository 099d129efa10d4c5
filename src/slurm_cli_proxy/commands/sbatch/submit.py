"""Sending the job, and what is said when it is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from slurm_cli_proxy.commands import leaving_out
from slurm_cli_proxy.commands.sbatch.submission import Submission
from slurm_cli_proxy.commands.submitting import Refused, plugin_words, refuse
from slurm_cli_proxy.context import Context, decode
from slurm_cli_proxy.rest import endpoints, slurm_errors
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.request import Request

_RETRIES: Final = 15
_TRY_AGAIN: Final[dict[int, tuple[str, str]]] = {
    11: ("error: ", "Slurm temporarily unable to accept job, sleeping and retrying"),
    2007: ("error: ", "Slurm job queue full, sleeping and retrying"),
    2016: ("", "Job creation temporarily disabled, retrying"),
}
"""Errors of a controller that will take the job a little later, and what native sbatch says (once) meanwhile."""

_FOUND_BY_CLIENT: Final[dict[int, tuple[int, int]]] = {
    2072: (0, 0),
    2115: (23, 2),
    2119: (0, 0),
    2122: (0, 0),
}
"""Errors that native sbatch (since a release) finds itself, and words without "Batch job submission failed"."""


_BAD_TRES: Final = 2115
_TASK_TRES: Final = ("cpu", "gres/", "license/")
_UNREADABLE: Final = 9001
"""All that v0.0.38 says of generic resources that make no sense; newer versions give the reason."""


_LICENSES: Final = 2048
_LEADS_SINCE: Final = (23, 2)  # 22.05 lets every component have licences


def submit(ctx: Context, submission: Submission) -> int:
    """The new job's id; Refused if there is none."""
    script = decode(submission.script)
    quiet = bool(submission.requests[0].get("quiet"))
    jobs = list(submission.jobs)
    for attempt in range(1, _RETRIES + 2):
        try:
            answer = leaving_out.send(
                ctx, submission.requests, jobs, lambda: endpoints.submit(ctx.client, script, *jobs)
            )
        except RestError as error:
            again = _TRY_AGAIN.get(error.number)
            if again is None or attempt > _RETRIES or error.detail is not None:
                raise _refused(ctx, submission.requests, error) from None
            if attempt == 1 and not (quiet and not again[0]):
                ctx.err(f"{ctx.prog}: {again[0]}{again[1]}\n")
            time.sleep(attempt)
            continue
        if not quiet:
            ctx.err("".join(f"{ctx.prog}: {line}\n" for line in plugin_words(answer.job_submit_user_msg)))
        if answer.job_id:
            return answer.job_id
        break
    ctx.error("Batch job submission failed: Unspecified error")
    raise Refused


def _refused(ctx: Context, requests: list[Request], error: RestError) -> Refused:
    request = requests[0]
    if "cpu_freq" in request and (
        error.description == "Invalid cpu_frequency" or b"cpu_frequency" in error.body
    ):
        ctx.error(f"governor of {request.texts['cpu_freq']} is not allowed in slurm.conf")
        ctx.error("Invalid --cpu-freq argument")
        return Refused(255)
    if error.number == _UNREADABLE and any(each.has_gpus() for each in requests):
        mixed = any(_is_mixed(each) for each in requests)
        ctx.error(slurm_errors.text(2119 if mixed else 2072, ctx.release))
        return Refused()
    for line in _controllers_words(ctx, requests, error):
        ctx.error(line)
    since = _FOUND_BY_CLIENT.get(error.number)
    nameless = ",:" in f",{request.get('gres', '')}"  # which the controller has to find out
    of_gres = (request.has_gpus() and not nameless) or ",gres/" in f",{request.get('tres_per_task', '')}"
    unknown = any(
        part and not part.startswith(_TASK_TRES) for part in request.get("tres_per_task", "").split(",")
    )
    if error.number == _BAD_TRES and (not of_gres or unknown or "tres_bind" in request.met()):
        since = None  # native sbatch looks at generic resources only
    if since is not None and ctx.release >= since and error.detail is None:
        refuse(ctx, "", error)
    else:
        refuse(ctx, "Batch job submission failed: ", error)
    return Refused()


def _is_mixed(request: Request) -> bool:
    """Whether GPUs are asked for both with and without a type."""
    parts = [
        part.removeprefix("gpu:")
        for name in ("gres", "gpus", "gpus_per_node", "gpus_per_socket", "gpus_per_task")
        for part in request.get(name, "").split(",")
        if part and part[0] != ":"
    ]
    return len({part.isdigit() for part in parts}) > 1


def _controllers_words(ctx: Context, requests: list[Request], error: RestError) -> Iterator[str]:
    """What the controller tells native sbatch beside the error, and REST leaves out: it follows from the request."""
    for number, request in enumerate(requests):
        if error.number == 2002 and request.get("reboot"):
            component = f"{number}: " if len(requests) > 1 else ""
            yield f"{component}rebooting of nodes is only allowed for admins"
            return
        licensed = "licenses" in request or "resources" in request
        if error.number == _LICENSES and number and licensed and ctx.release >= _LEADS_SINCE:
            yield f"{number}: license request allowed only on leader job"
            return
    from slurm_cli_proxy.commands.refusal import words_beside

    yield from words_beside(ctx, requests, error)
