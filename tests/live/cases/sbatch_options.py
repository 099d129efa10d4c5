"""`sbatch`: option by option, what the controller then shows of the held job; variables, too."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.submission import DIFFERS, NO_PLACE, OOM, SHOW

OLD = {"22.05": NO_PLACE}
NUMBER_OF_CPUS = {"22.05": "v0.0.38 counts one CPU for a pending job whose tasks are not given"}
FALLS_BACK = {"24.11": f"only v0.0.40 carries cores_per_socket there, and {OOM}"}
NEW = ("24.11", "26.05")


def held(options: str, cannot: dict[str, str] | None = None, **rest: object) -> Case:
    """A held job with these options, and what the controller makes of it."""
    line = f"sbatch -H {options} --wrap true"
    return Case(line, after=(SHOW,), differs=DIFFERS, cannot=cannot or {}, **rest)  # type: ignore[arg-type]


NAMES = [
    held("-J name"),
    held("-J 'a b/c'"),
    held("-J ''"),
    held("-A physics"),
    held("-A physics", env={"SBATCH_ACCOUNT": "science"}),
    held("", env={"SBATCH_ACCOUNT": "physics", "SBATCH_QOS": "low", "SBATCH_PARTITION": "short"}),
    held("-q high"),
    held("-p short"),
    held("-p main,short"),
    held("-p closed"),
    held("--comment='so it is'"),
    held("--comment="),
    held("--mail-type=BEGIN,END --mail-user=a@b"),
    held("--mail-type=ALL,ARRAY_TASKS,TIME_LIMIT_80"),
    held("--mail-type=begin,nonsense"),
    held("--mail-type=ALL,NONE"),
    held("--wckey=key"),
    held("--mcs-label=label"),
    held("--extra=more", releases=NEW),
]

TIMES = [
    held("-t 5"),
    held("-t 1:30"),
    held("-t 1-2"),
    held("-t 0"),
    held("-t UNLIMITED"),
    held("--time-min=5 -t 10"),
    Case("sbatch -H -b 2037-01-01T10:00 --wrap true", after=("squeue -h -j {new} -o '%S %r'",)),
    Case("sbatch -b 2037-12-24 --wrap true", after=("squeue -h -j {new} -o '%S %r'",), core=True),
    Case("sbatch -H -b now+2weeks --wrap true"),
    held("--deadline=2037-01-01T10:00 -t 10"),
    held("--delay-boot=5"),
    held("--nice"),
    held("--nice=50"),
    held("--nice=7x"),
    held("--priority=100"),
    held("--priority=0"),
    held("--hold --priority=TOP"),
    held("--requeue"),
    held("--no-requeue"),
    held("", env={"SBATCH_NO_REQUEUE": "1"}),
    held("", env={"SBATCH_NO_REQUEUE": "0"}),
    held("--signal=USR1@60"),
    held("--signal=R:10@30"),
    held("--signal=B:TERM@60", OLD),
    held("--kill-on-invalid-dep=yes"),
    held("--no-kill"),
    held("--wait-all-nodes=1"),
    held("--switches=2@5", OLD),
    held("--reboot", OLD),
]  # fmt: skip

SIZES = [
    held("-n 5 -c 3"),
    held("-n 4 -N 2 --ntasks-per-node=2"),
    held("-N 2-3"),
    held("-N 2", NUMBER_OF_CPUS),
    held("-N 0"),
    held("-N 1,3", releases=NEW),
    *(held(f"-N {sizes}", releases=NEW) for sizes in ("1,3-5", "2,2", "4-,2", "3,,2", "3-2,4", "5-,")),
    held("-N 1-5:2", releases=NEW),
    held("-n 2 -N 1-4"),
    held("-n 5 --ntasks-per-node=2"),
    held("--ntasks-per-socket=2 -n 2"),
    held("--ntasks-per-core=1 -n 2"),
    held("--tasks-per-node=2"),
    held("--mem=1G"),
    held("--mem=1025K"),
    held("--mem=0"),
    held("--mem-per-cpu=100"),
    held("--mem-per-cpu=5", env={"SBATCH_MEM_PER_NODE": "7"}),
    held("--mem-per-gpu=100 --gpus=1"),
    held("--mincpus=3"),
    held("--tmp=1G"),
    held("-O -n 4", OLD),
    held("--exclusive"),
    held("--exclusive=user"),
    held("-s"),
    held("--use-min-nodes -N 1-2"),
    held("--spread-job"),
    held("--contiguous", OLD),
    held("--threads-per-core=1"),
    held("--sockets-per-node=2"),
    held("-B 1:2:1", FALLS_BACK),
    held("--hint=nomultithread"),
    held("--hint=memory_bound", FALLS_BACK),
    held("--hint=memory_bound --cores-per-socket=2", FALLS_BACK),
    held("--cores-per-socket=2", FALLS_BACK, env={"SBATCH_HINT": "memory_bound"}),
    held("--hint=multithread"),
    held("", env={"SLURM_HINT": "compute_bound"}),
    held("-m cyclic:block"),
    held("-m plane=2 -n 4"),
    held("-m '*:*:fcyclic,pack'"),
    held("--mem-bind=local"),
    held("--cpu-freq=high"),
    held("--cpu-freq=1000-2000:performance"),
    held("--profile=task,energy"),
    held("--network=net", OLD),
    held("--core-spec=0", {"*": "the native command says that the configuration forbids it"}),
    held("--segment=1", releases=NEW),
    held("--oom-kill-step", releases=NEW),
    held("--stepmgr", releases=NEW),
    held("--mem-update=10@5", releases=("26.05",)),
]

PLACES = [
    held("-w node1"),
    held("-w node1,node2"),
    held("-w node[2,1] -n 1"),
    held("-w ./nodes", files={"nodes": b"node1\n# no\nnode2,node3\n"}),
    held("-F nodes", files={"nodes": b"node1\nnode2\n"}),
    held("-x node[1-2]"),
    held("-C 'fast&big'"),
    held("-C 'fast|big'"),
    held("--prefer=fast"),
    held("--batch=fast -C fast", {"22.05": "v0.0.38's slurmrestd crashes on batch_features"}),
    held("-L matlab:2,ansys"),
    held("--gres=gpu:1"),
    held("--gres=gpu:a100:2"),
    held("--gres=none"),
    held("-G 2"),
    held("--gpus-per-node=a100:1"),
    held("--gpus-per-task=1 -n 2"),
    held("--gpus=2 --gpus-per-task=1"),
    held("--gpus-per-socket=1 --sockets-per-node=1"),
    held("--cpus-per-gpu=2 --gpus=1"),
    held("--ntasks-per-gpu=2 --gpus=1"),
    held("--gpu-bind=verbose,single:2 --gpus=1"),
    held("--gpu-freq=medium,memory=high --gpus=1"),
    held("--gres-flags=enforce-binding"),
    held("--tres-per-task=cpu:2 -n 2", releases=NEW),
    held("--tres-per-task=gres/gpu:a100:1 -c 2 -n 1", releases=NEW),
    held("--tres-bind=gres/gpu:closest --gpus=1", releases=NEW),
    held("", env={"SBATCH_GRES": "gpu:1", "SBATCH_CONSTRAINT": "gpu"}),
    held("--bb=spec"),
    Case(
        "sbatch -H --bbf=file --wrap true",
        files={"file": b"#BB spec"},
        after=("scontrol write batch_script {new} -",),
    ),
    held("--cluster-constraint=x"),
    held("--container=/bundle"),
]

FILES = [
    held("-o x%j.out -e y%j.err -i /dev/zero"),
    held("-o none"),
    held("-o ''"),
    held("-D /tmp"),
    held("-D .."),
    held("-D ''"),
    held("", env={"SBATCH_OUTPUT": "o", "SBATCH_ERROR": "e", "SBATCH_INPUT": "i"}),
    held("--open-mode=append"),
]

ARRAYS = [
    held("-a 1-5:2%2"),
    held("-a 7"),
    held("-a 1,3-4 -o '%A_%a.out'"),
    held("", env={"SBATCH_ARRAY_INX": "2-3"}),
    held("-d singleton"),
    Case("sbatch -H -d afterok:{first} --wrap true", jobs={"first": "-H --wrap true"},
         after=("squeue -h -j {new} -o %E",), core=True),
    Case("sbatch -H -d afterany:{first}?after:{second}+5 --wrap true",
         jobs={"first": "-H --wrap true", "second": "-H --wrap true"}, after=("squeue -h -j {new} -o %E",)),
    Case("sbatch -d afterok:{first} --wrap true", jobs={"first": "-H --wrap true"},
         after=("squeue -h -j {new} -o '%T %r %E'",)),
]  # fmt: skip

VARIABLES = [
    held("", env=dict([text.split("=", 1)]))
    for text in (
        "SBATCH_ACCOUNT=physics", "SBATCH_CLUSTER_CONSTRAINT=x", "SBATCH_CONSTRAINT=fast", "SBATCH_CPU_FREQ_REQ=high",
        "SBATCH_DELAY_BOOT=3", "SBATCH_DISTRIBUTION=cyclic", "SBATCH_EXCLUSIVE=user", "SBATCH_EXPORT=NONE",
        "SBATCH_GRES_FLAGS=enforce-binding", "SBATCH_GPUS=1", "SBATCH_GPUS_PER_NODE=1", "SBATCH_HINT=nomultithread",
        "SBATCH_MEM_BIND=local", "SBATCH_MEM_PER_CPU=5", "SBATCH_MEM_PER_NODE=5", "SBATCH_MEM_PER_GPU=5",
        "SBATCH_NO_KILL=", "SBATCH_OPEN_MODE=t", "SBATCH_POWER=", "SBATCH_REQUEUE=1", "SBATCH_REQUEUE=",
        "SBATCH_RESERVATION=x", "SBATCH_SIGNAL=10", "SBATCH_SPREAD_JOB=1", "SBATCH_THREADS_PER_CORE=1",
        "SBATCH_TRES_PER_TASK=cpu=2", "SBATCH_USE_MIN_NODES=1", "SBATCH_WAIT_ALL_NODES=1", "SBATCH_WCKEY=x",
        "SBATCH_GET_USER_ENV=", "SBATCH_CONTAINER=/b", "SBATCH_SEGMENT_SIZE=1",
    )
]  # fmt: skip

CASES = [*VARIABLES, *NAMES, *TIMES, *SIZES, *PLACES, *FILES, *ARRAYS]
