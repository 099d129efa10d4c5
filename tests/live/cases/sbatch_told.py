"""What `--verbose` tells of options that settle others, and which of several mistakes is found first."""

from __future__ import annotations

from dataclasses import replace

from tests.live.case import Case
from tests.live.submission import CONFIGURATION, held_with

# fmt: off
FOUND = (
    "-v --mem-per-gpu=1 --propagate=x", "-v --gpus=2 --gpus-per-node=3 --propagate=x",
    "--mem-per-gpu=1 --export-file=/no",
    "-n 2 -N 4 --gpus=2 --gpus-per-node=3", "-v --bbf=/nosuch --propagate=x", "-v -m arbitrary --bbf=/nosuch",
    "-v -m arbitrary --propagate=x", "-v -m arbitrary --gpus=2 --gpus-per-node=3", "-v -m arbitrary -N 2",
    "-v --hint=compute_bound -B 1 --bbf=/no", "-v --hint=nomultithread --threads-per-core=1 -N 2 --bbf=/no",
    "-v --hint=compute_bound SBATCH_THREADS_PER_CORE=1 --bbf=/no",
    "-v SBATCH_HINT=compute_bound SBATCH_THREADS_PER_CORE=1 --bbf=/no",
    "-v SBATCH_HINT=compute_bound --threads-per-core=1 --bbf=/no",
    "-v -B 2:3:4 --cores-per-socket=5 --bbf=/no", "-v -B 2-3:* --sockets-per-node=4 --bbf=/no",
    "-v -B *:3 --bbf=/no", "-v -B 1 --threads-per-core=1 --bbf=/no", "-v -B 2:2 -N 2 -n 3 --bbf=/no",
    "-v --sockets-per-node=2 -N 2 --ntasks-per-node=2 --bbf=/no",
    "-v -b 2037-01-02 --deadline=2037-01-01", "-N 4 -n 2 -b 2037-01-02 --deadline=2037-01-01 -m arbitrary",
    "-b 2037-01-01 --deadline=2037-01-01", "-v --signal=B:USR1@10 --signal=R:10@60 --bbf=/no",
    "-v --signal=RB:9@0 --bbf=/no", "-v --signal=64@70 --bbf=/no",
)
TOLD = (
    "-v -B 1", "-v -B 2 -N 2", "-v --threads-per-core=2 -N 2", "-v --hint=compute_bound --ntasks-per-core=1",
    "--tres-bind=", "--signal=B:USR1@10 --signal=10",
)
ALLOCATIONS = (
    "salloc -v --mem-per-gpu=1 true", "salloc -n 2 -N 4 --gpus=2 --gpus-per-node=3 true",
    "salloc -D /nosuch -m arbitrary true", "salloc -D /nosuch --bbf=/nosuch true", "salloc -v -m arbitrary true",
    "salloc -v --gpus=2 --gpus-per-node=3 -D /nosuch -N 2 -B 2 true", "srun -v --mem-per-gpu=1 true",
    "srun -v --propagate=x --gpus=2 --gpus-per-node=3 true", "srun -v -m arbitrary -n 2 --mem-per-gpu=1 true",
    "srun --propagate=x --bbf=/nosuch true", "salloc -v -b 2037-01-02 --deadline=2037-01-01 true",
    "srun -b 2037-01-02 --deadline=2037-01-01 true",
)
# fmt: on
PLUGINS = {"22.05": "the native command logs the plugins that it loads"}
SETTLED = ("salloc -v --hint=compute_bound -B 1 --mem-per-gpu=1 true",)

CASES = [
    *(held_with(line) for line in FOUND),
    *(replace(held_with(line), releases=("24.11", "26.05")) for line in TOLD),
    *(Case(line, cannot=PLUGINS if line.startswith("salloc -v --mem") else {}) for line in ALLOCATIONS),
    *(Case(line, cannot=PLUGINS) for line in SETTLED),
    *(
        replace(held_with(line), cannot={"22.05": CONFIGURATION})
        for line in ("-S 0", "SBATCH_CORE_SPEC=0 -n 2")
    ),
    Case("salloc -Q -S 0 -n 1 true", releases=("24.11", "26.05")),
    Case("srun -S 0 true", cannot={"22.05": CONFIGURATION}),
    *(
        Case(line, cannot={"*": CONFIGURATION})
        for line in (
            "sbatch -S 0 --bbf=/no --wrap true",
            "salloc -S 1 -D /nosuch true",
            "srun -S 1 --bbf=/no true",
            "srun --thread-spec=2 --bbf=/no true",
        )
    ),
]
