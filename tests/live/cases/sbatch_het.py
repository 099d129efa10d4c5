"""`sbatch`: heterogeneous jobs, of the command line and of the script."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.submission import DIFFERS, OLD_OOM, OOM, SCRIPT, SHOW

IDS = {
    r"\bJobId=\d+": "the id of a component",
    r"HetJobIdSet=\S+": "the ids of the components",
    r"slurm-\d+\.out": "the id of a component",
    r"_ID_(?:HET|PACK)_GROUP_\d=\d+": "the id of a component",
}
"""Ids of components after the first, which the harness does not know."""


ADDED = "slurmrestd adds SLURM_DISTRIBUTION to the environment by itself"


def held(line: str, *, stdin: bytes = b"", **rest: object) -> Case:
    """A held job, compared by what the controller shows of all components."""
    return Case(f"sbatch -H {line}", stdin=stdin, after=(SHOW, SCRIPT), differs=DIFFERS | IDS, **rest)  # type: ignore[arg-type]


def refused(line: str, **rest: object) -> Case:
    """No job, or one that does not matter."""
    return Case(f"sbatch -H {line}", **rest)  # type: ignore[arg-type]


LINE = [
    held("-n 1 : -n 2 --wrap true", core=True, cannot=OLD_OOM),
    held(": --wrap true"),
    held(": -n 2 : -n 3 : -c 4 --wrap true"),
    held("-n 1 : : --wrap true"),
    held("--wrap true : -n 2"),
    held("--wrap true : --wrap false"),
    held("--wrap true :"),
    held("-J first : -n 2 --wrap true"),
    held("-n 2 : -J second --wrap true"),
    held("-J first : -J second --wrap true"),
    held("-n 2 : -J second : -J third : -n 4 --wrap true"),
    held("-t 5 : -n 2 --wrap true"),
    held("-n 2 : -t 5 --wrap true"),
    held("-t 5 : -t 6 --wrap true"),
    held("--mem=100 : -n 2 --wrap true"),
    held("-n 2 : --mem=100 --wrap true"),
    held("--mem-per-cpu=77 : --mem=100 --wrap true"),
    held("--mem-per-cpu=77 : -n 2 : --mem=100 --wrap true"),
    refused("--mem=77 : --mem-per-cpu=100 --wrap true"),
    held(
        "-c 3 --mincpus=4 -C big -p short -N 1 --ntasks-per-node=1 --exclusive -B 1:2:1 : -n 2 --wrap true",
        cannot={"24.11": OOM},
    ),
    held(
        "--comment=c --nice=5 -A physics -q high -D /tmp -d singleton --deadline=2037-01-01 -o x : -n 2 --wrap true"
    ),
    held("-w node1 : -w node2 : -x node3 : -n 2 --wrap true"),
    held("-p short : -p shared : -p main,short --wrap true"),
    held("--gpus-per-node=a100:2 : --gres=gpu:1 : --gpus=3 : --mem-per-cpu=7 --wrap true"),
    held("-L matlab : -n 2 --wrap true"),
    held("-n 2 : -L matlab:2 --wrap true"),
    held("-n 2 --ntasks-per-node=1 : -N 2-3 : -n 4 -N 2 --wrap true"),
    held(
        "-m block : -m plane=2 -n 4 : -m cyclic:block --wrap true", cannot={"v0.0.40": "v0.0.40 ignores it"}
    ),
    held("--hint=nomultithread : -n 2 --wrap true"),
    held("-n 2 : --hint=nomultithread --wrap true"),
    held("-n 2 : -n 3 : --hint=nomultithread : -n 4 --wrap true"),
    held("-o out-%j -e err : -o other -i in --wrap true"),
    held("--no-requeue : --requeue --wrap true"),
    held("--exclude=node1 : -n 2 --wrap true"),
    held("--mail-type=END --mail-user=bob : -n 2 --wrap true"),
    held("--time-min=3 -t 5 : -t 6 --wrap true"),
    held("-b 2037-01-01 : -n 2 --wrap true"),
    held("--signal=USR1@30 : -n 2 --wrap true"),
    held("-n 2 -N 3 : -n 2 -N 4 --wrap true"),
    held("-Q -n 2 -N 3 : -n 2 -N 4 --wrap true"),
    held("-k : -n 2 --wrap true"),
    held("--prefer=fast : -n 2 --wrap true"),
    held("-n 2 : --tmp=5G --wrap true", env={"SBATCH_TIMELIMIT": "9", "SBATCH_PARTITION": "short"}),
    held("-t 3 : --tmp=5G --wrap true", env={"SBATCH_TIMELIMIT": "9", "SBATCH_PARTITION": "short"}),
]

ANSWERS = [
    refused("-n 1 : --parsable --wrap true"),
    refused("--parsable : -n 2 --wrap true", core=True),
    refused("-Q : -n 2 --wrap true"),
    refused(": -Q -n 2 --wrap true"),
    refused("-n 1 : -n 2 --version"),
    refused("-n 1 :"),
    refused("-n 1 : nosuch.sh"),
    refused("-n 1 : -n 2 -- : x"),
    refused("-n 1 : -t soon --wrap true"),
    refused("-n 1 : -n 2 -Z --wrap true"),
    refused("-n 1 : -p nowhere --wrap true", core=True),
    refused("-p nowhere : -n 1 --wrap true"),
    refused("-p nowhere : -p neither --wrap true"),
    refused("-n 1 : -A nobody --wrap true"),
    refused("-a 1-2 : -n 2 --wrap true"),
    refused("-n 1 : -a 1-2 --wrap true"),
    refused("-n 1 : -N 5000 --wrap true"),
    refused("-n 1 : -w nosuch --wrap true"),
    refused("-n 1 : --gres=nothing --wrap true"),
    refused("-n 1 : --wrap true job.sh"),
    refused("-v -n 1 : -n 2 -t 5 --wrap true", releases=("24.11", "26.05")),
    refused("-v -t 7 : -n 2 : --mem=5 --wrap true", releases=("24.11", "26.05")),
    refused("-vv -n 1 : -n 2 -t 5 --wrap true", releases=("24.11", "26.05")),
    refused("-v -Q : --wrap true"),
]

TWO = b"#!/bin/sh\n#SBATCH -n 2 -t 5 --mem=100\n#SBATCH hetjob\n#SBATCH -n 3 -c 2 -J b\n#SBATCH hetjob\n#SBATCH -n 4\n"
PACK = b"#!/bin/sh\n#SBATCH -n 2\n#SBATCH packjob\n#SBATCH -n 3\n#SBATCH PackJob\n#SBATCH -c 2\n"

SCRIPTS = [
    held("", stdin=TWO, core=True, cannot=OLD_OOM),
    held("-c 3", stdin=TWO),
    held("-c 3 : -c 5", stdin=TWO),
    held("-c 3 : -c 5 : -c 6 : -c 7", stdin=TWO),
    held("-t 9", stdin=TWO),
    held("-n 1 : -t 9 :", stdin=TWO),
    held("", stdin=TWO, env={"SBATCH_TIMELIMIT": "8", "SBATCH_MEM_PER_NODE": "50"}),
    held("", stdin=PACK),
    held("-Q", stdin=PACK),
    held("-N 1 :", stdin=PACK),
    held("", stdin=PACK + b"#PBS -N pbs -l mem=50mb\n"),
    held("--ignore-pbs", stdin=PACK + b"#PBS -N pbs -l mem=50mb\n"),
    held(
        "", stdin=b"#!/bin/sh\n#SBATCH -n 1\n#SBATCH packjob\n#SBATCH packjob\n#SBATCH hetjob\n#SBATCH -n 3\n"
    ),
    held("", stdin=b"#!/bin/sh\n#SBATCH -n 1\n#SBATCH hetjob -n 7\n#SBATCH -n 2 hetjob -n 9\n#SBATCH -c 2\n"),
    held("", stdin=b"#!/bin/sh\n#SBATCH hetjob\n"),
    held("", stdin=b"#!/bin/sh\n#SBATCH -n 1\n#SBATCH hetjob\necho\n#SBATCH hetjob\n"),
    refused("", stdin=b"#!/bin/sh\n#SBATCH hetjob\n#SBATCH --parsable\n"),
    refused("", stdin=b"#!/bin/sh\n#SBATCH -v\n#SBATCH hetjob\n#SBATCH -Q\n"),
    refused("", stdin=b"#!/bin/sh\n#SBATCH -n 1\n#SBATCH hetjob\n#SBATCH -t soon\n"),
    refused("", stdin=b"#!/bin/sh\n#SBATCH -n 1\n#SBATCH hetjob\n#SBATCH 'open\n"),
    refused("", stdin=b"#!/bin/sh\n#SBATCH -n 5 -N 6\n#SBATCH hetjob\n#SBATCH -t soon\n"),
    refused("-p nowhere", stdin=TWO),
]

ENVIRONMENT = (
    b'#!/bin/sh\nexport LC_ALL=C\necho "$@"\n'
    b"env | grep -v -e '^XDG_CACHE_HOME=' -e '^SLURM_SUBMIT_HOST=' -e '^SLURM_TASK_PID=' -e _TIME= -e SLUID=  -e '^_='"
    b" | sort\nulimit -a\numask\n"
)


def environment(line: str, cannot: dict[str, str] | None = None, **variables: str) -> Case:
    """A job that prints its variables, limits and umask; on the same nodes both times."""
    return Case(
        f"sbatch -W -t 3 {line} job.sh a : b", files={"job.sh": ENVIRONMENT}, env=variables, after=("file out",),
        differs=IDS, cannot=cannot or {},
    )  # fmt: skip


RUNNING = [
    environment("-o out -w node1 : -w node2"),
    environment("-o out -w node1 -n 2 -c 2 --mem=100 : -n 3 --gpus-per-node=1 -w node4"),
    environment("-o out -w node1 : -N 2 -w node2,node4 --hint=nomultithread"),
    environment(
        "-o out -w node1 --ntasks-per-node=2 -m cyclic : -w node2 -m plane=2 -n 4 --cpus-per-task=2",
        {"24.11": ADDED, "26.05": ADDED},
    ),
    environment("-o out -w node1 --export=NONE : -w node2"),
    environment("-o out -w node1 : -w node2 --export=FOO,BAR=1", FOO="x"),
    environment("-o out -w node4 --gpus=1 --cpus-per-gpu=2 --mem-per-gpu=50 : -w node2 --mem-bind=local"),
    environment("-o out -w node4 --gpus-per-task=1 -n 1 : -w node4 --gpus-per-node=1"),
    environment("-o out -w node4 --gpus=1 : -w node4 --gpu-bind=closest --gpus=1"),
    environment("-o out -w node1 -J hetdep : -w node2 --open-mode=append --profile=task"),
    environment("-o out -w node1 --propagate=NONE : -w node2 -J other"),
    environment(
        "-o out -w node1 --threads-per-core=1 --ntasks-per-core=1 : -w node2 --ntasks-per-socket=2 -n 2"
    ),
    Case("sbatch -W -o /dev/null : --wrap 'exit 3'", core=True),
    Case("sbatch -o /dev/null : -W --wrap 'exit 4'"),
]

CASES = [*LINE, *ANSWERS, *SCRIPTS, *RUNNING]
