"""`srun` of several components, and how a step ends when others end it."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.srun import run, waits

MIXED = {r"\A(?:[ab]\n){3}": "which task is first"}


def het(line: str, **rest: object) -> Case:
    """Several components, which never start at once."""
    return waits(line, **rest)


CASES = [
    het("-n1 hostname : -n2 hostname", core=True),
    het("-n1 echo a : -n2 echo b", differs=MIXED),
    het("-l -n1 echo a"),
    het("-n1 : -n2 echo b"),
    het(": true"),
    het("-n1 -Q : -n2 true"),
    het("true :"),
    het("-n1 echo a : -n2"),
    het("-Q echo a : b"),
    het("-n1 echo a : -n x echo b"),
    het("-n1 sh -c 'exit 3' : -n1 true"),
    het("-n1 true : -n1 sh -c 'exit 5'"),
    het("-Q -n1 sh -c 'exit 3' : -n2 sh -c 'exit 5'"),
    het("-n1 -p nowhere true : -n2 true", core=True),
    het("-n1 true : -n2 -p nowhere true"),
    het("-p main,nowhere true"),
    het(
        "-w node1 printenv SLURMD_NODENAME : -w node2 -n1 -o out printenv SLURMD_NODENAME",
        after=("file out",),
    ),
    het("-H -I2 true : true"),
    het("-Q -n1 cat : -n1 -i none true", stdin=b"what stands there\n"),
    het("--mem=100 true : --mem-per-cpu=10 true"),
    het("-J given -Q -n1 printenv SLURM_JOB_NAME : -n1 true"),
    het("-Q -n1 : -n1 printenv SLURM_JOB_NAME"),
    het("-Q -n2 --mem=100 true : printenv SLURM_NTASKS SLURM_GTIDS SLURM_MEM_PER_NODE"),
    het("-Q -n1 true : -N2 hostname"),
    het("-Q -n1 --gpus=1 true : printenv SLURM_GPUS"),
    het("-Q -n1 true : printenv SLURM_NTASKS", env={"SLURM_NTASKS": "2"}),
    het(
        "-Q -n1 -c2 true : sh -c 'env | grep -e _GROUP_ -e CPUS_PER_TASK | grep -v -e NODELIST -e JOB_ID | sort'"
    ),
    run("-v true", differs={r"(?<=jobid )\d+": "the job's id", r"node\d": "where it ran"}),
    run("-Q -v true"),
    run("-Q -n2 -W 1 sh -c 'test $SLURM_PROCID = 0 && exit 4; sleep 30'"),
    run("-Q sh -c 'exec 2>&-; exit 9'"),
    run("--het-group=0,1 true", releases=("26.05",)),
    run("-Q --het-group=0-2 echo ran"),
    run("--het-group=1 -n2 echo ran"),
    run("-n1 --het-group=0,2 echo ran"),
    run("--het-group=0,x true"),
    run("--het-group= true"),
    run("--pack-group=2-1 true"),
    run("--het-group=100-200 true"),
    run("--het-group=3- -p nowhere true"),
    run("-r 1 true"),
    run("-v --relative=0 -N2 true"),
    run("-c 100 true"),
    run("--mem=999999999 true"),
    run("-n 1 --ntasks-per-node=100 -N1 true"),
    run("-n 1 --ntasks-per-node=100 --mem=999999999 true"),
    run("-n 7 -N 2-3 --ntasks-per-node=5 -p nowhere true"),
    run("-Q -n 3 -N 4 --ntasks-per-node=2 -p nowhere true"),
    run("-Q -n 2 -N 1 --ntasks-per-node=5 sh -c 'echo is-$SLURM_NTASKS_PER_NODE'"),
]
