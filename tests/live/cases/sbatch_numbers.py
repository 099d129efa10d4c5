"""`sbatch`: numbers beyond 16, 31 and 32 bits."""

from __future__ import annotations

from dataclasses import replace

from tests.live.submission import held_with

# fmt: off
LINES = (
    "-n 2147483646", "-c 2147483646", "-N 2147483648-3", "-N 4294967296-5", "-N 1-4294967296", "-N 1--3",
    "--ntasks-per-node=65537 -N 2", "--ntasks-per-node=65536 -n 3",
    "--ntasks-per-gpu=65536 --gpus=1", "--ntasks-per-gpu=65537 --gpus=1", "--ntasks-per-gpu=65536 -n 4",
    "--tmp=4294967297", "--tmp=4194305G", "--signal=4294967297@1", "--signal=-1", "--signal=65536",
    "--wait-all-nodes=65536", "--wait-all-nodes=65537", "--wait-all-nodes=65538", "-B 4294967297", "-B 1:2147483648",
    "--cpu-freq=4294967296", "--cpu-freq=0", "--cpu-freq=1000-0:performance", "--cpu-freq=4294967297",
    "--gpus-per-task=4294967297 -n 1", "--gpus-per-task=2147483648 -n 1", "--gpus-per-task=4294967296 -n 1",
    "--gres=:1", "--gres=:gpu:1",
)
SINCE_23_02 = (
    "-n 2147483647", "-c 2147483647", "--switches=2147483647", "-N 1-2147483647:2", "-N 1,16384", "-N 16383,1",
    "-N 16384-16386:2", "-N 1k,2",
)
MEM_UPDATE = ("--mem-update=5@65536", "--mem-update=65536@5", "--mem-update=0@5", "--mem-update=+5@5")
# fmt: on

CASES = [
    *(held_with(line) for line in (*LINES, *MEM_UPDATE)),
    *(replace(held_with(line), releases=("24.11", "26.05")) for line in SINCE_23_02),
]
