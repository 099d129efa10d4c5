"""What no API version of the server has a place for: left out where the profile says so (`leave_out`), else refused.

And what the cluster does not allow and native leaves out by itself: it reads so in the cluster's configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from slurm_cli_proxy.commands.submitting import Refused
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.submission import OPTIONS, SubmitOption
from slurm_cli_proxy.rest import payload
from slurm_cli_proxy.rest.endpoints import Submitted
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.submission.job import FLAGS, Job
from slurm_cli_proxy.submission.request import Request

_CORES: Final = "core_specification"
_INCONSISTENT_CORES: Final = 2111
"""What the controller says to `--core-spec=0` where specialized cores are not the users' affair; it ignores others."""


def send(
    ctx: Context, requests: Sequence[Request], jobs: list[Job], ask: Callable[[], Submitted]
) -> Submitted:
    """What `ask` answers, which sends `jobs`: the components that `requests` describe, here less what is left out.

    Refused if something has no place that may not be left out; it has been told.
    """
    while True:
        try:
            return ask()
        except payload.NotCarried as error:
            option = _option(requests, error)
            name = option.name if option else error.field
            if option is None or option.long not in ctx.profile.leave_out:
                ctx.error(f"{name} cannot be honoured: {error}")
                raise Refused from None
            ctx.err(f"{ctx.prog}: warning: {name} is left out: {error}\n")
            jobs[:] = [_without(job, option, error) for job in jobs]
        except RestError as error:
            if error.number != _INCONSISTENT_CORES or not any(str(job.get(_CORES)) == "0" for job in jobs):
                raise
            ctx.error("Ignoring -S since it's not allowed by configuration (AllowSpecResourcesUsage = No)")
            jobs[:] = [{name: value for name, value in job.items() if name != _CORES} for job in jobs]


def _option(requests: Sequence[Request], error: payload.NotCarried) -> SubmitOption | None:
    """The option that asked for it."""
    met = {dest for request in requests for dest in request.met()}
    for option in OPTIONS:
        of_another_flag = error.field == "flags" and FLAGS.get(option.dest, error.value) != error.value
        if option.dest in met and error.field in option.job.split() and not of_another_flag:
            return option
    return None


def _without(job: Job, option: SubmitOption, error: payload.NotCarried) -> Job:
    """The job without all that the option asked for; of the flags, which many options share, without that one."""
    if error.field == "flags":
        return {**job, "flags": [flag for flag in job.get("flags", ()) if flag != error.value]}
    return {name: value for name, value in job.items() if name not in option.job.split()}
