"""`--admin-comment`: the controller leaves it on the jobs before it signals them.

The API's request to signal jobs has no place for it, so it is a change of each job that comes before.
"""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.commands.scancel import kill
from slurm_cli_proxy.commands.scancel.choose import choose, needed_fields
from slurm_cli_proxy.commands.scancel.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

INVALID_USER_ID: Final = 2010
FORBIDDEN: Final = (kill.ACCESS_DENIED, INVALID_USER_ID)


def leave(ctx: Context, settings: Settings) -> None:
    """Leave the comment on the jobs that are meant.

    RestError, of Slurm's number 2010 where the user may not: only administrators may, even with their own jobs.
    """
    jobs = endpoints.jobs(ctx.client, narrow(Job, needed_fields(settings)))
    meant = dict.fromkeys(target.job.job_id for target in choose(ctx, settings, jobs).targets)
    for job_id in meant:
        try:
            endpoints.update_job(ctx.client, str(job_id), {"admin_comment": settings.admin_comment})
        except RestError as error:
            if error.number in FORBIDDEN:
                raise ctx.client.slurm_error(INVALID_USER_ID) from None
            raise
