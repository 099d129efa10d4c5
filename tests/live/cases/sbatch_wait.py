"""`sbatch`: waiting for the job's end, and what is said and asked besides."""

from __future__ import annotations

from tests.live.case import Case


def waits(line: str, **rest: object) -> Case:
    """A job that is waited for; its output does not matter."""
    return Case(f"sbatch -W -o /dev/null {line}", **rest)  # type: ignore[arg-type]


STATUS = [
    waits("--wrap 'exit 0'"),
    waits("--wrap 'exit 1'"),
    waits("--wrap 'exit 127'"),
    waits("--wrap 'exit 128'"),
    waits("--wrap 'exit 255'"),
    waits("--wrap 'exit 256'"),
    waits("--wrap 'kill -TERM $$'"),
    waits("--wrap 'kill -SEGV $$'"),
    waits("--wrap nosuchcommand"),
    waits("job.sh", files={"job.sh": b"#!/nowhere/sh\n"}),
    waits("-D /nowhere --wrap 'pwd; exit 4'"),
    waits("-o /nowhere/out --wrap 'exit 4'"),
    waits("-a 0-2 --wrap 'exit $SLURM_ARRAY_TASK_ID'"),
    waits("-a 1,5,3 --wrap 'exit $SLURM_ARRAY_TASK_ID'"),
    waits("-a 0-3%1 --wrap 'exit $((3 - SLURM_ARRAY_TASK_ID))'"),
    waits("-a 1-2 --wrap '[ $SLURM_ARRAY_TASK_ID = 1 ] && kill -9 $$; exit 3'"),
    waits("-a 1-2 --wrap '[ $SLURM_ARRAY_TASK_ID = 1 ] && kill -9 $$; exit 0'"),
    waits("-a 7 --wrap 'exit 7'"),
    waits("-d afterok:1 --kill-on-invalid-dep=yes --wrap 'exit 3'"),
    # no job that cancels itself: native may look before the exit status is known, and return 0 or 1
    waits("--wrap 'scancel --signal=USR1 --batch $SLURM_JOB_ID; sleep 20'"),
    waits("-N 2 --wrap 'srun -n 2 sh -c \"exit 5\"'"),
]

ANSWERS = [
    waits("--parsable --wrap 'exit 3'"),
    waits("-Q --wrap 'exit 3'"),
    waits("-Q --parsable --wrap true"),
    waits("-p nowhere --wrap true"),
    waits("-t soon --wrap true"),
    waits("job.sh", files={"job.sh": b"#!/bin/sh\nexit 6\n"}),
    Case("sbatch", stdin=b"#!/bin/sh\n#SBATCH --wait -o /dev/null\nexit 6\n"),
    Case("sbatch", stdin=b"#!/bin/sh\n#SBATCH --parsable -H\n"),
    Case("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH -Q -v\n#SBATCH -n 2 -N 3\n"),
    Case("sbatch -o /dev/null --wrap 'exit 6'", env={"SBATCH_WAIT": ""}),
    Case("sbatch -o /dev/null --wrap 'exit 6'", env={"SBATCH_WAIT": "yes", "SLURM_EXIT_ERROR": "9"}),
    Case(
        "sbatch -o /dev/null -p nowhere --wrap 'exit 6'", env={"SBATCH_WAIT": "yes", "SLURM_EXIT_ERROR": "9"}
    ),
    Case("sbatch -H --parsable -p short,main --wrap true", env={"SBATCH_WAIT": "no"}),
]

WARNED = [
    Case("sbatch -p closed --wrap true"),
    Case("sbatch -p closed --parsable --wrap true"),
    Case("sbatch -Q -p closed --wrap true"),
    Case("sbatch -N 4 --exclusive -p main,closed -b now+1day --wrap true"),
    Case("sbatch -N 4 -p short --wrap true"),
    Case("sbatch -t 60 -p short --wrap true"),
    Case("sbatch --mem=500G --wrap true"),
    Case("sbatch -n 4000 --wrap true"),
    Case("sbatch -H -w node1 -x node1 --wrap true"),
    Case("sbatch -H -p closed : -p short --wrap true"),
]

ABSENT = "the REST API cannot be asked when a job would start"
ASKED = [
    Case("sbatch --test-only --wrap true", cannot={"*": ABSENT}),
    Case("sbatch --test-only -p nowhere --wrap true", cannot={"*": ABSENT}),
]

CASES = [*STATUS, *ANSWERS, *WARNED, *ASKED]
