"""`squeue --only-job-state -j`: the states in the order, and as often, as they are asked for; and ids that are none."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.squeue import scene

ASKED = (
    "{array_held},{array_held}",
    "{array},{array_held},{array}",
    "{array} -t all",
    "{array},{array_held},{array} -r",
    "{array_held}_4,{array_held}_4,{array_held}_7",
    "{array_held}_4,{array_held} -r",
    "{running},{held},{running}",
    "{het},{het}",
    "{array},{held},{running} -S -i",
    "999999",
    "999999,{array_held}",
)

CASES: list[Case] = [
    *(
        scene(f"squeue --only-job-state -o '%i %A %t' -j{words}", releases=("24.11", "26.05"))
        for words in ASKED
    ),
    scene("squeue -s j --json"),
    scene("squeue -s {running} --yaml"),
    *(
        Case(f"squeue -h -j {word}")
        for word in (
            "99999999999999999999",
            "18446744073709551616,1",
            "1_99999999999999999999",
            "1_4294967296",
        )
    ),
    *(Case(f"squeue -h -u {word}") for word in ("4294967295", "4294967296", "18446744073709551615,alice,-1")),
]
