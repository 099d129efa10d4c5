"""`sbatch`: GPUs, resources for tasks, frequencies, and how tasks are bound.

A line holds options; a word `@OPTION` stands in a `#SBATCH` line, `NAME=VALUE` in the environment.
"""

from __future__ import annotations

from tests.live.submission import held_with

# fmt: off
GPUS_AND_TRES = (
    "--gres=gres/gpu:1", "--gres=gres/gpu:a100:1", "--gres=gres/gpu:1,gpu:1", "@--quiet", "@--verbose -Q",
    "--gpus-per-task=0", "--gpus-per-task=1 -N0", "-N:1", "-N-3:1", "-N1-:1", "-N:x",
    "--gpus-per-task= -n1", "--gpus-per-task=0 -n2", "--cpu-freq=low-medium:userspace",
    "--cpu-freq=1000:userspace", "--cpu-freq=low:UserSpace", "-N1-3:2,4", "--gpus-per-task=a100 -n1",
    "--gpus-per-task=a100:1,0 -n1", "--gpus-per-task=1x -n1", "--gpus-per-task=-1 -n1", "--gpus-per-task=1k -n1",
    "--gpus-per-task=1, -n1", "--gpus-per-task=1,1 -n1", "--gpus-per-task=a100:1,v100:1 -n1",
    "--gpus-per-task=a100:1,a100:2 -n1", "--gpus-per-task=a100:1:2 -n1", "--gpus-per-task=0,1 -n1",
    "--gpus-per-task=1,x -n1", "--cpu-freq=high:x", "--cpu-freq=high:", "--cpu-freq=-1000", "--cpu-freq=1000-",
    "--cpu-freq=1000-2000-3000", "--cpu-freq=1000-2000-3000:performance", "--cpu-freq=1000-2000:performance:x",
    "--cpu-freq=1000x", "SBATCH_TRES_PER_TASK=gres/gpu=1,cpu=2 --gpus-per-task=2 -n1",
    "SBATCH_TRES_PER_TASK=cpu=2,gres/gpu=1,license/matlab=1 --gpus-per-task=a100:1 -n1",
    "SBATCH_TRES_PER_TASK=cpu=2,gres/gpu=1,license/matlab=1 --gpus-per-task=2 -n1",
    "SBATCH_TRES_PER_TASK=cpu=2,gres/gpu:a100=1 --gpus-per-task=1 -n1",
    "SBATCH_TRES_PER_TASK=license/matlab=1 --gpus-per-task=1 -c3 -n1",
    "SBATCH_GPUS_PER_TASK=2 SBATCH_TRES_PER_TASK=cpu=2 -n1", "SBATCH_GPUS_PER_TASK=2 --tres-per-task=cpu=2 -n1",
    "SBATCH_GPUS_PER_TASK=1 SBATCH_TRES_PER_TASK=gres/gpu=1 -n1",
    "SBATCH_GPUS_PER_TASK=2 SBATCH_TRES_PER_TASK=gres/gpu:a100:3 -n1",
    "SBATCH_GPUS_PER_TASK=a100:1 SBATCH_TRES_PER_TASK=gres/gpu=1 -n1",
    "SBATCH_GPUS_PER_TASK=2 --tres-per-task=gres/gpu=1 -n1", "SBATCH_TRES_PER_TASK=gres/gpu=1 --gpus-per-task=2",
    "@--gpus-per-task=2 SBATCH_TRES_PER_TASK=gres/gpu=1 -n1", "@--gpus-per-task=2 --tres-per-task=gres/gpu=1 -n1",
    "--gpus-per-task=a100:2 --tres-per-task=gres/gpu=1 -n1",
    "--gpus-per-task=2 --tres-per-task=gres/gpu:a100:1 -n1",
    "@--tres-per-task=gres/gpu=1 SBATCH_GPUS_PER_TASK=2 -n1", "@-c2 SBATCH_TRES_PER_TASK=cpu=3 -n1",
    "--tres-per-task=cpu=2,cpu=3 -n1", "--tres-per-task=cpu -n1", "--tres-per-task=gres/gpu=0 -n1",
    "--tres-per-task=gres/gpu -n1", "--tres-per-task=gres/gpu:a100 -n1",
    "--tres-per-task=gres/gpu=1,gres/gpu=2 -n1", "--tres-per-task=gres/gpu=1x -n1",
    "--tres-per-task=cpu=2,,gres/gpu:1 -n1", "--tres-per-task=cpu=2x", "--tres-per-task=xcpu=2",
    "--tres-bind=gres/gpu:per_tas", "--profile=task",
)

BINDINGS = (
    "--cpu-freq=LOW-2000:performance", "--cpu-freq=high-low:performance", "--cpu-freq=high-highm1:performance",
    "--cpu-freq=highm1-high:performance", "--cpu-freq=low-low:performance", "--cpu-freq=2000-low:performance",
    "--cpu-freq=hi", "--cpu-freq=HIHm1", "--cpu-freq=medx", "--cpu-freq=him1-low:x", "--cpu-freq=lo-me:x",
    "--cpu-freq=1-2:co", "--cpu-freq=low-2:user", "--cpu-freq=1:user:x", "--cpu-freq=1:x:y", "--cpu-freq=onde",
    "--gpus-per-socket=:1", "--gpus-per-socket=:", "--gpus-per-task=:a100:1", "--gpus-per-task=: -n1", "--gpus=1,:",
    "--ntasks-per-gpu=2 -n1", "-Q -B1 --ntasks-per-tres=2", "--ntasks-per-gpu=2 -n1 -G1", "--get-user-env=5Sx",
    "--get-user-env=L", "--get-user-env=5xS", "--acctg-freq=x,task=1,energy=y",
    "-B 1-x", "-B x1-2", "-B 1-2-x", "-B 1:2-", "-B 1-0", "-B '*x'", "-B 1k", "-B 1-2k", "-B -1-2",
    "--cpu-freq=low-medium", "--gpu-bind=clos:est -G1", "--gpu-bind=clos -G1", "--gpu-bind=closest:x -G1",
    "--gpu-bind=close", "--gpu-bind=single", "--gpu-bind=single:", "--gpu-bind=single:0 -G1",
    "--gpu-bind=single:x -G1", "--gpu-bind=single:1x -G1", "--gpu-bind=singlex:1 -G1", "--gpu-bind=per_task:x -G1",
    "--gpu-bind=per_task", "--gpu-bind=per_task:-1 -G1", "--gpu-bind=none:1 -G1", "--gpu-bind=nonex -G1",
    "--gpu-bind=map_gpu: -G1", "--gpu-bind=map_gpu:-0,1 -G1", "--gpu-bind=map_gpu:x -G1",
    "--gpu-bind=map_gpu:0,x -G1", "--gpu-bind=map_gpu:0*2,1 -G1", "--gpu-bind=map:0-1 -G1",
    "--gpu-bind=map:0,,1 -G1", "--gpu-bind=mask_gpu:0x -G1", "--gpu-bind=mask_gpu:g -G1",
    "--gpu-bind=mask:0x1,-3 -G1", "--gpu-bind=mask:f*2 -G1", "--gpu-bind=verbose,map_gpu:1y -G1",
    "--gpu-bind=v,verbose,none -G1", "--gpu-bind=x,none -G1", "--gpu-bind=verbose,", "--gpu-bind=quiet,none -G1",
    "--gpu-bind=", "--gpu-bind=gpu:closest -G1", "--gpu-bind=NONE -G1",
    "SBATCH_GPUS_PER_SOCKET=a100:1 --ntasks-per-tres=2", "SBATCH_GPUS_PER_SOCKET=a100:1 --ntasks-per-gpu=2",
    "--gpus-per-task=1 --ntasks-per-tres=2 -n2", "--ntasks-per-node=1 --ntasks-per-tres=2",
    "--tres-per-task=gres/gpu:1 --ntasks-per-tres=2 -n2", "SBATCH_GET_USER_ENV=1", "SBATCH_GET_USER_ENV=0",
    "SBATCH_GET_USER_ENV=yes", "SBATCH_GET_USER_ENV=x", "SBATCH_GET_USER_ENV=5L", "--mem-bind=map_mem:0*2,1",
    "--mem-bind=map_mem:0,1*3", "--mem-bind=mask_mem:0x1*2,3", "--mem-bind=map_mem:x", "--mem-bind=map_mem:0x1",
)
# fmt: on

CASES = [held_with(line) for line in (*GPUS_AND_TRES, *BINDINGS)]
