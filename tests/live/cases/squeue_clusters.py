"""`squeue` and `sinfo`: clusters and federations, of which there is one and none; ids and states alone."""

from __future__ import annotations

from tests.live.case import RELEASES, Case
from tests.live.cases.squeue import DATE, EVERY, scene

_NEWER = ("24.11", "26.05")

CLUSTERS = [
    *(
        scene(f"{line} -M slurm{release.replace('.', '')}", differs=DATE, releases=(release,))
        for release in RELEASES
        for line in (
            "squeue -n s-two",
            "squeue -h -n s-two",
            "squeue -l -n s-two",
            "sinfo -p short",
            "sinfo -T",
        )
    ),
    scene("squeue -M all -n s-two"),
    scene("squeue --cluster all,nosuch -n s-two"),
    scene("squeue -M nosuch"),
    scene("squeue -M ''"),
    scene("squeue -M a,b -t bad"),
    scene("squeue -n s-two", env={"SLURM_CLUSTERS": "all"}),
    scene("squeue -n s-two", env={"SLURM_CLUSTERS": "nosuch"}),
    scene("sinfo -M all -h -p closed"),
    scene("sinfo --clusters=x,y"),
    scene("sinfo -p short", env={"SLURM_CLUSTERS": "nosuch"}),
]

FEDERATION = [
    scene("squeue --federation -n s-two,s-gpu -S i"),
    scene("squeue --sibling -n s-two"),
    scene("squeue --sib --local -n s-two"),
    scene("squeue -n s-two", env={"SQUEUE_FEDERATION": "", "SQUEUE_SIBLING": ""}),
    scene("sinfo --federation -p short"),
    scene("sinfo -p short", env={"SINFO_FEDERATION": ""}),
]

STATES_ALONE = [
    scene(f"squeue --only-job-state -t all -S i -j {EVERY}", releases=_NEWER),
    scene(f"squeue --only-job-state -t all -S i -j {EVERY} -o '%i|%t|%T|%A|%F|%K'", releases=_NEWER),
    scene(f"squeue --only-job-state -r -S i -j {EVERY}", releases=_NEWER),
    scene("squeue --only-job-state -h -t s", releases=_NEWER),
    scene(
        f"squeue --only-job-state -t all -S i -j {EVERY} -o '%A|%P|%j|%u|%U|%g|%G|%r|%R|%l|%L|%Q|%y|%z|%X|%h|%D|%C'",
        releases=_NEWER,
    ),
    Case("squeue --only-job-state -a", releases=("26.05",)),
    Case("squeue --only-job-state -n x -l", releases=("26.05",)),
    Case("squeue --only-job-state -w node1", releases=("26.05",)),
    Case("squeue --only-job-state", releases=("22.05",)),
]

CASES = [*CLUSTERS, *FEDERATION, *STATES_ALONE]
