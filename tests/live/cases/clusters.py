"""`-M` in the commands that have no cases of their own for it; the configuration has no clusters here."""

from __future__ import annotations

from tests.live.case import Case

_OLD_SHARES = {"22.05": "v0.0.38 does not tell shares"}

CASES: list[Case] = [
    Case("sdiag -M nosuch"),
    Case("sdiag", env={"SLURM_CLUSTERS": "nosuch"}),
    Case("sdiag --cluster="),
    Case("sshare -M nosuch"),
    Case("sshare -M all -h", cannot=_OLD_SHARES),
    Case("sshare --clusters=all,nosuch"),
    Case("sshare -h", env={"SLURM_CLUSTERS": "nosuch"}, cannot=_OLD_SHARES),
    Case("salloc -M nosuch true"),
    Case("salloc true", env={"SALLOC_CLUSTERS": "nosuch"}),
    Case("salloc -M all -Q true", cannot={"22.05": "v0.0.38 makes no allocations"}),
    Case("srun -M nosuch true"),
    Case("srun true", env={"SLURM_CLUSTERS": "nosuch,"}),
    Case("srun -M all echo ran"),
    Case("squeue -M ,"),
    Case("squeue -M nosuch,nosuch -h"),
    Case("sinfo -h", env={"SLURM_CLUSTERS": "nosuch,other"}),
]
