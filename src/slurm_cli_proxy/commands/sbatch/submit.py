"""Sending the job, and what is said when it is refused."""

from __future__ import annotations

import time
from typing import Final

from slurm_cli_proxy.commands import leaving_out
from slurm_cli_proxy.commands.sbatch.submission import Submission
from slurm_cli_proxy.commands.submitting import Refused, plugin_words
from slurm_cli_proxy.context import Context, decode
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

_RETRIES: Final = 15
_TRY_AGAIN: Final[dict[int, tuple[str, str]]] = {
    11: ("error: ", "Slurm temporarily unable to accept job, sleeping and retrying"),
    2007: ("error: ", "Slurm job queue full, sleeping and retrying"),
    2016: ("", "Job creation temporarily disabled, retrying"),
}
"""Errors of a controller that will take the job a little later, and what native sbatch says (once) meanwhile."""


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
                from slurm_cli_proxy.commands.refusal import refused

                raise refused(ctx, submission.requests, error, "Batch job submission failed: ") from None
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
