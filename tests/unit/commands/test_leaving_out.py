"""What no API version has a place for."""

from __future__ import annotations

import io

from tests.unit.submission.test_settle import request

from slurm_cli_proxy.commands.leaving_out import send
from slurm_cli_proxy.commands.submitting import Refused
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.profiles.profile import Profile
from slurm_cli_proxy.rest import payload
from slurm_cli_proxy.rest.endpoints import Submitted
from slurm_cli_proxy.submission.job import Job, describe

NO_PLACE = "has no place in version v0.0.38 of the Slurm REST API"


def submit(line: str, leave_out: list[str]) -> tuple[Job | None, str]:
    """The job that v0.0.38 would get (None if none), and standard error."""
    asked = request(line)
    jobs = [describe(asked, (26, 5), arguments=[], folder="/f", environment={})]
    said = io.BytesIO()
    profile = Profile(name="c", url="http://localhost", leave_out=leave_out)
    ctx = Context("sbatch", {}, stdin=None, stdout=io.BytesIO(), stderr=said, profile=profile)
    sent: list[Job] = []

    def ask() -> Submitted:
        sent.append(payload.submission("v0.0.38", "", *jobs)["job"])
        return Submitted(job_id=7)

    try:
        assert send(ctx, [asked], jobs, ask).job_id == 7
    except Refused:
        return None, said.getvalue().decode()
    return sent[0], said.getvalue().decode()


def test_refused() -> None:
    job, said = submit("--signal=B:USR2@30 -n 2", ["contiguous"])
    assert job is None
    assert said == f"sbatch: error: --signal cannot be honoured: kill_warning_flags: BATCH_JOB {NO_PLACE}\n"


def test_left_out() -> None:
    job, said = submit("--signal=B:USR2@30 --contiguous -n 2 --spread-job", ["contiguous", "signal"])
    assert job is not None and job["tasks"] == 2 and job["spread_job"] is True
    assert not {"signal", "contiguous"} & job.keys()
    assert sorted(said.splitlines()) == [
        f"sbatch: warning: --contiguous is left out: contiguous: {NO_PLACE}",
        f"sbatch: warning: --signal is left out: kill_warning_flags: BATCH_JOB {NO_PLACE}",
    ]


def test_one_flag_of_many() -> None:
    """Options that share a field are told apart by what has no place; the others' flags stay."""
    line = "--spread-job --gres-flags=one-task-per-sharing --use-min-nodes"
    said = f"--gres-flags is left out: flags: GRES_ONE_TASK_PER_SHARING {NO_PLACE}\n"
    job, told = submit(line, ["gres-flags"])
    assert told == f"sbatch: warning: {said}"
    assert job is not None and job["spread_job"] is True
    job, told = submit(line, ["spread-job"])
    assert job is None and told == f"sbatch: error: {said.replace('is left out', 'cannot be honoured')}"
