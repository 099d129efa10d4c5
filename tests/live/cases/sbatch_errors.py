"""`sbatch`: what it says to wrong input, and with which status it ends."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.submission import CONFIGURATION, WORDS

NEW = ("24.11", "26.05")
PLACED = "v0.0.38 has no place for it, which the proxy says first"


def wrapped(options: str, **rest: object) -> Case:
    """These options with a job that needs nothing else."""
    return Case(f"sbatch -H {options} --wrap true", **rest)  # type: ignore[arg-type]


def listed(*options: str) -> list[Case]:
    """A case for each."""
    return [wrapped(option) for option in options]


VALUES = listed(
    "-t soon", "-t ''", "-t 1:2:3:4", "-t 5m", "--time-min=x", "--time=",
    "-n 0", "-n x", "-n -1", "-n 3x", "-n 1k", "-n ''", "-n 99999999999999999999", "-n 2147483648",
    "-c 0", "-c 1.5", "-c -2",
    "-N x", "-N 2-1", "-N 1-2-3", "-N 1x", "-N ''", "-N -5-7", "-N 1,x", "-N 1-8:0", "-N 1-8:x", "-N 1,3-5:2",
    "--mem=x", "--mem=-1", "--mem=1X", "--mem=1.5G", "--mem=5MiB", "--mem=", "--mem=1P",
    "--mem-per-cpu=x", "--mem-per-gpu=x", "--tmp=x", "--tmp=-1",
    "--nice=2147483646", "--nice=-2147483646", "--priority=-1", "--priority=4294967294",
    "-b never", "-b 25:00", "-b now+1x", "-b ''", "--deadline=never", "--delay-boot=x",
    "--signal=x", "--signal=", "--signal=0", "--signal=X:USR1", "--signal=10@x", "--signal=10@70000",
    "--mail-type=x", "--mail-type=", "--open-mode=x", "--open-mode=", "--exclusive=x", "--exclusive=topos",
    "--gres-flags=x", "--gres-flags=xEnforce-Binding", "--gpu-bind=x", "--gpu-bind=verbose", "--gpu-freq=x",
    "--gpu-freq=", "-c 1 --tres-per-task=xcpu=2",
    "--no-kill=x", "--wait-all-nodes=2", "--wait-all-nodes=x", "--kill-on-invalid-dep=x",
    "-m x", "-m plane", "-m plane=0", "-m block:x", "-m block,x", "-m fcyclic", "-m arbitrary", "-m ''",
    "-B x", "-B 1:x", "--sockets-per-node=0", "--cores-per-socket=x", "--threads-per-core=x",
    "--ntasks-per-node=0", "--tasks-per-node=x", "--ntasks-per-core=x", "--ntasks-per-gpu=x", "--mincpus=0",
    "--core-spec=x", "--thread-spec=-1", "--switches=0", "--switches=x", "--profile=x", "--profile=",
    "--propagate=x", "--propagate=CORE,x", "--uid=alice", "--gid=alice", "--hint=x", "--hint=help", "--hint=",
    "--mem-bind=x", "--mem-bind=map_mem", "--mem-bind=help", "--mem-bind=sort,x",
    "--cpu-freq=x", "--cpu-freq=", "--cpu-freq=low-high", "--cpu-freq=low:ondemand", "--cpu-freq=2000-1000:performance",
    "--cpu-freq=powersave", "--acctg-freq=x", "--acctg-freq=task=30,energy=x", "--bbf=/nowhere",
    "--requeue=x", "--requeue=expedite",
    "--oom-kill-step=x", "--segment=x", "--resv-ports=x", "--resv-ports", "--mem-update=x",
)  # fmt: skip

TOGETHER = listed(
    "--mem=1 --mem-per-cpu=1", "--mem-per-gpu=1 --mem-per-cpu=1", "--thread-spec=1 -S 1",
    "--ntasks-per-gpu=1 --gpus-per-task=1 -n 1", "--ntasks-per-gpu=1 --ntasks-per-tres=2",
    "--ntasks-per-gpu=1 --ntasks-per-node=2",
    "-m plane=2 -n 4 -N 3", "-m arbitrary -w node1,node2 -N 1",
    "--gpus-per-node=1 --gres=gpu:a100:1", "--cpus-per-gpu=1 -c 2 --gpus=1", "--gpus-per-task=1", "--gpus-per-socket=1",
    "--mem-per-gpu=1G", "--gpus=3 --gpus-per-node=2", "--gpus=2 -N 3", "--gpus=1 --gpus-per-node=2",
    "--gpus=4 --gpus-per-task=3", "--ntasks-per-gpu=2 -n 5", "--ntasks-per-gpu=1",
    "-w node1,node2 -N 1 -n 2 -c x",
)  # fmt: skip
TOGETHER += [
    wrapped("--exclusive -s", releases=NEW),
    wrapped("--ntasks-per-core=3 --threads-per-core=2", releases=NEW),
    wrapped("--tres-per-task=cpu=2 -c 3", releases=NEW),
    wrapped("--tres-per-task=mem=2", releases=NEW),
    wrapped("-w 'node['", releases=NEW),
    wrapped("-w node1,node2 -N 1", releases=("22.05",)),
    wrapped("", env={"SBATCH_MEM_PER_NODE": "1", "SBATCH_MEM_PER_CPU": "1"}),
    wrapped("", env={"SBATCH_CORE_SPEC": "1", "SBATCH_THREAD_SPEC": "1"}),
    wrapped("", env={"SBATCH_DISTRIBUTION": "x", "SBATCH_ACCTG_FREQ": "y"}),
    wrapped("", env={"SBATCH_TIMELIMIT": ""}),
    wrapped("", env={"SBATCH_EXCLUSIVE": "x"}),
    wrapped("-t 5", env={"SBATCH_TIMELIMIT": "x"}),
    wrapped("-w /nowhere"),
    wrapped("-F /nowhere"),
]

REFUSED = [
    *listed(
        "-p nowhere", "-A nobody", "-q none", "-C nothing", "-w nosuch", "-x nosuch", "-L nothing", "-L matlab:100",
        "--reservation=none", "-a x", "-a 3-1", "-a 1-99999999", "-d x", "-d afterok:1:x", "-t 5 --time-min=10",
        "--deadline=2010-01-01", "--nice=-5", "--acctg-freq=30", "-A ''", "-q ''", "--gres=x", "--gres=gpu:-1",
        "--gres=gpu:1,gpu:a100:1", "--gpus=a100:1,2", "--gres=gpu:x:y",
    ),
    wrapped("-p nowhere", core=True),
    wrapped("-p nowhere,main"),
    wrapped("-p ''"),
    wrapped("-q limited -t 99", cannot={"*": WORDS}),
    wrapped("--reboot", cannot={"22.05": PLACED}),
    wrapped("-S 1", cannot={"*": CONFIGURATION}),
    wrapped("-d afterok:99999999", releases=NEW),
]  # fmt: skip

USAGE = [
    Case("sbatch --nosuch"),
    Case("sbatch -Z"),
    Case("sbatch -Ht soon -Z --wrap true"),
    Case("sbatch --s"),
    Case("sbatch --="),  # every option that there is, in order
    Case("sbatch --mem"),
    Case("sbatch -t"),
    Case("sbatch --hold=1"),
    Case("sbatch --usage=1"),
    Case("sbatch --wrap true operand"),
    Case("sbatch --wrap"),
    Case("sbatch nosuch.sh"),
    Case("sbatch ./nosuch.sh -x"),
    Case("sbatch ''"),
    Case("sbatch /"),
    Case("sbatch secret.sh", files={"secret.sh": b"echo\n"}),
    Case("sbatch -t soon nosuch.sh"),
    Case("sbatch", stdin=b""),
    Case("sbatch", stdin=b" \n\t\n"),
    Case("sbatch", stdin=b"echo\n"),
    Case("sbatch", stdin=b" #!/bin/sh\n"),
    Case("sbatch", stdin=b"#!/bin/sh\r\necho\r\n"),
    Case("sbatch", stdin=b"#!/bin/sh\necho \0\n"),
    Case("sbatch", stdin=b"\0"),
    Case("sbatch dos.sh", files={"dos.sh": b"#!/bin/sh\r\n"}),
    Case("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH --nosuch\n"),
    Case("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH -t soon\n"),
    Case("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH -t 5 extra\n"),
    Case("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH -J 'open\n"),
    Case("sbatch -H bad.sh", files={"bad.sh": b"#!/bin/sh\n#\n#SBATCH -J x : -n 2\n"}),
    Case("sbatch -H", stdin=b"#!/bin/sh\n# " + b"x" * 5_000_000),
    Case("sbatch -t soon --wrap true", env={"SLURM_EXIT_ERROR": "9"}),
    Case("sbatch nosuch.sh", env={"SLURM_EXIT_ERROR": "9"}),
    Case("sbatch nosuch.sh", env={"SLURM_EXIT_ERROR": "zero"}),
    Case("sbatch -p nowhere --wrap true", env={"SLURM_EXIT_ERROR": "300"}),
    Case("sbatch -H -d afterok:1 -Q -p nowhere --wrap true"),
    Case("sbatch --mem-per-cpu=1000T --wrap true"),
    Case("sbatch --mem-per-cpu=128000 -c 2 --wrap true"),
]

CASES = [*VALUES, *TOGETHER, *REFUSED, *USAGE]
