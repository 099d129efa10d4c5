"""`srun` within another job's allocation, named by --jobid; and files beside --chdir."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.srun import run


def joined(line: str, **rest: object) -> Case:
    """A step of a job that runs."""
    job = {"joined": "!-n2 -J srun-joined -o /dev/null --wrap 'sleep 60'"}
    return run(f"--jobid={{joined}} --overlap -n1 {line}", jobs=job, **rest)


CASES = [
    joined("-D /tmp pwd"),
    joined("-D / -o out pwd", after=("file out",)),
    joined("-D /nonexistent pwd"),
    joined("-A nope -p nowhere -q nothing --reservation=none echo hello"),
    run("--jobid=99999999 -A nope true"),
    run("--jobid=1_1 true"),
    run("-p nowhere true", env={"SLURM_JOB_ID": "99999999"}),
    run("--jobid=99999999 true"),
    run("--jobid=x true"),
    run("-D / -o out pwd", after=("file out",)),
    run("-D /tmp -i in cat", files={"in": b"the caller's\n"}),
    run("-D /tmp --multi-prog programs", files={"programs": b"0 pwd\n"}),
    run("pwd", env={"SLURM_WORKING_DIR": "/tmp"}),
    run("-D / pwd", env={"SLURM_WORKING_DIR": "/tmp"}),
    run("-i - cat", stdin=b"what stands there\n"),
    run("-i ALL cat", stdin=b"what stands there\n"),
]
