"""SLURM_JSON and SLURM_YAML: how 26.05 writes the documents of every command; other releases do not ask."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.sinfo_document import MOVING
from tests.live.cases.squeue_document import CLOCKS


def styled(line: str, json: str | None = None, yaml: str | None = None, *, scene: bool = False) -> Case:
    env = {"SLURM_JSON": json, "SLURM_YAML": yaml}
    return Case(
        line,
        env={name: value for name, value in env.items() if value is not None},
        differs={**CLOCKS, **MOVING},
        scene=scene,
        releases=("24.11", "26.05"),
    )


WORDS = ("compact", "Compact,pretty", "no_tag", "complex", ",", "compact,,bogus")
CASES: list[Case] = [
    *(styled("squeue --json -j {running},{held}", json=word, scene=True) for word in WORDS),
    *(
        styled("squeue --yaml -j {gpu},{odd_name}", yaml=word, scene=True)
        for word in (*WORDS, "no_tag,compact")
    ),
    styled("squeue --yaml=v0.0.42+complex -j {gpu}", yaml="no_tag", scene=True),
    styled("squeue -u nosuch --yaml -t nosuch", json="bogus", yaml="bad"),
    styled("sinfo --json -p short -h", json="compact"),
    styled("sinfo --yaml -p short,main", yaml="no_tag", json="no_tag"),
    styled("sinfo --json=list --bogus", yaml="bogus"),
    styled("scontrol show partition short --yaml", yaml="no_tag"),
    styled("scontrol --json show nonsense", json="bogus"),
    styled("scontrol show partition short", json="bogus"),
    styled("sacct --yaml -j 999999", yaml="no_tag"),
    styled("sacct --json --format=nosuch", json="bogus"),
    styled("sshare --yaml", yaml="bogus"),
    styled("sacctmgr --yaml show tres", yaml="no_tag", json="compact"),
    styled("sacctmgr --json show tres", json="compact"),
    styled("sacctmgr --json show nosuch", yaml="bogus"),
    Case("sdiag --json", env={"SLURM_JSON": "bogus,compact"}, releases=("26.05",)),
]
