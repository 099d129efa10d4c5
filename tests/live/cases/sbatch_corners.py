"""`sbatch`: values at the edge of what native takes: nothing between commas, zeros, numbers below zero.

A line holds options; a word `@OPTION` stands in a `#SBATCH` line, `NAME=VALUE` in the environment.
"""

from __future__ import annotations

from dataclasses import replace

from tests.live.case import Case
from tests.live.submission import CONFIGURATION, OLD_OOM, held_with

# fmt: off
LINES = (
    "--delay-boot=7:30", "--delay-boot=0:01", "--delay-boot=UNLIMITED", "--delay-boot=-3", "SBATCH_DELAY_BOOT=0:59",
    "-t -2", "-t -3", "--time-min=-2", "-B 0", "-N 1,2,", "-N 1,,2", "-N 0,1 -c 3", "-N 0-2 -c 2", "-N 0-2",
    "--gpus=,", "--gpus=,1", "--gpus=1,,2", "--gpus-per-node=,", "--gpus-per-node=,1",
    "--gpus-per-socket=,1, --sockets-per-node=1", "--gpus-per-task=, -n 2", "--gpus=a100=1", "--gres=gpu:a100=1",
    "--gpus-per-task=a100=1 -n 2", "--gpus=gres/gpu:1", "--gres=gpu=1", "--nice=",
    "--acctg-freq=mytask=5", "--acctg-freq=task=1x", "--acctg-freq=-1", "--acctg-freq=1.5,energy=x",
    "--acctg-freq=task=60:energy=30", "--gpu-freq=,high", "--gpu-freq=high,,low", "--gpu-freq=,", "--gpu-freq=HIGH",
    "-w node[2-1]", "-w node[1-2]x", "-w node1,NOSUCH", "-w NOSUCH,node[1-2] -N 2", "-w node2,node1,node2",
    "-w node[1-100000]", "-w node[a-b]", "-x ./nosuch", "-x /dev/null", "-w /dev/null", "-w /tmp",
    "-F /dev/null", "-F /tmp", "-F ''", "--cpu-freq=lowest", "--cpu-freq=highm1x", "--cpu-freq=performance:x",
    "--cpu-freq=lowx-highy:performancez", "--mem-bind=map_mem:0*0", "--mem-bind=map_mem:0*x", "--mem-bind=map_mem:x*2",
    "--mem-bind=mask_mem:0xg", "--mem-bind=mask_memx:0x1,3", "--mem-bind=verbose,map_memx=0,1", "--mem-bind=map_memx",
    "--gpu-bind=mask_gpu:0xg", "-m cyclic,", "--propagate=RLIMIT_x", "--segment=65534",
    "--segment=65533", "--segment=", "--tres-per-task=gres/gpu",
    "-N 1-2-3,4", "-N 1--2,4", "-N 1-2-,3", "-N 4,1-2-x", "-N 1-2:1:1", "-N 1-2-3:1", "-N -2--1:3", "-N -x:3",
    "-N -:3", "-N -2:1x", "-N x:y", "-N 2-3:1 -n2", "-N 2-8:2 -n5", "-N 2-8:3 -n6", "-N 1,3-4 -n3",
    "--thread-spec=0", "SBATCH_DEBUG=-5", "SBATCH_DEBUG=1x", "SBATCH_DEBUG=99999999999 --hold",
)
NEWER = (
    "--tres-per-task=cpux=2", "--tres-per-task=cpux=2 -c 2", "--tres-per-task=CPU=2", "--tres-per-task=Cpu:3 -c 2",
    "--tres-per-task=cpu:x=3", "--tres-per-task=cpu=4294967297", "--tres-per-task=memx=2", "--tres-per-task=MEM=2G",
    "--tres-per-task=x,Node=1", "--tres-per-task=GRES/GPU=1 --gpus-per-task=1", "--tres-per-task=gres/gpu:2x -n 1",
    "--tres-per-task=gres/gpux=3 --gpus-per-task=1", "--tres-per-task=gres/gpux=3", "--tres-per-task=xgres/gpu=2 -n 1",
    "-v -N 1,3", "-v -N 2-8:2", "-v -N 1-4:3 -n 2", "-v --threads-per-core=1", "-v SBATCH_THREADS_PER_CORE=1 -t x",
    "-v --threads-per-core=1 --mem=1 --mem-per-cpu=1", "-N 2-2:1",
    "SBATCH_TRES_PER_TASK=cpu=0 -c 3", "SBATCH_TRES_PER_TASK=cpux=2", "--tres-per-task=", "--tres-per-task= -c 2",
    "SBATCH_TRES_PER_TASK= --gpus-per-task=1 -n 1", "--tres-per-task=gres/gpu:-1", "--tres-per-task=gres/gpu=-1 -n 2",
    "--tres-per-task=' cpu=2,gres/gpu:1' -n 1", "--gpus-per-task=1,:", "--gpus-per-task=1,a100:,: -n 1",
    "--gpus-per-task=a100:1,: -n 1", "--gpus-per-task=1,a100=2 -n 1",
)
# fmt: on

NO_PORTS = "every API version lists reserve_ports, and reserves none"
BY_CORES = "only v0.0.40 carries cores_per_socket there, and it makes OOMKillStep 0"

CASES = [
    *(held_with(line) for line in LINES),
    *(replace(held_with(line), releases=("24.11", "26.05")) for line in NEWER),
    *(
        replace(held_with(line), cannot={"*": CONFIGURATION})
        for line in ("-S 32768", "-S 65535", "--thread-spec=2", "--thread-spec=65536")
    ),
    *(replace(held_with(line), cannot={"24.11": BY_CORES, **OLD_OOM}) for line in ("-B 0:0:0", "-B 1:0")),
    *(
        replace(held_with(line), cannot={"24.11": NO_PORTS, "26.05": NO_PORTS})
        for line in ("--resv-ports --stepmgr", "--resv-ports=3 --stepmgr")
    ),
    replace(
        held_with("-n 2147483647"), cannot={"22.05": "v0.0.38 takes no more than 2147483646 tasks", **OLD_OOM}
    ),
    Case("sbatch -H job.sh", files={"job.sh": b"#!/bin/sh\n"}, before=("chmod 0 {scratch}/job.sh",)),
    *(
        replace(held_with(line), files={"hosts": b"node1\nnode[2-3]\n"})
        for line in ("-F hosts -w node4", "-w node4 -F hosts", "-F nosuch -w node4", "-F hosts @-wnode4")
    ),
    replace(held_with("-v -F hosts -w node4 --bbf=/no"), files={"hosts": b"node1\n"}),
    Case("sbatch --gres=help --wrap true", core=True),
    Case("sbatch -N x --gres=help --wrap true"),
    Case("sbatch --wrap true", env={"SBATCH_GRES": "help"}),
]
CASES += [
    Case(
        f"sbatch -H {options} --wrap true",
        env={"SLURM_CLI_PROXY_LEAVE_OUT": "signal,--contiguous"},
        after=CASES[0].after,
        differs=CASES[0].differs,
        releases=("22.05",),
        cannot=cannot,
    )
    for options, cannot in (
        (
            "--signal=B:USR2@30",
            {"22.05": "v0.0.38 has no place for B:, and the profile says to leave it out"},
        ),
        ("--signal=B:nosuch", {}),
    )
]
