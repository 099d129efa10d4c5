"""`squeue --steps`: the steps at work, which the API tells by way of the accounting."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.squeue import DATE, scene

NOT_IN_ACCOUNTING = "the accounting does not tell it in this form"
TIME = {r" +\d+:\d\d(:\d\d)? ": "the time used, which grows"}

CASES = [
    scene("squeue -s", differs=TIME),
    scene("squeue -s -h -u bob", differs=TIME),
    scene("squeue -s -l -p shared", differs={**TIME, **DATE}),
    scene("squeue --steps -o '%i|%j|%P|%u|%N|%A|%b|%l|%S'"),
    scene("squeue -s -w node1 -S j,-i -o '%.8i %D'"),
    scene("squeue -s -j {running},{array} -o '%i %P'"),
    scene("squeue -s{running}.batch,{gpu}.batch -o '%i %P'"),
    scene("squeue -s {running}.batch -o %i"),
    scene("squeue -s -n nosuch -t cd -A nosuch -q nosuch -o %i"),
    Case("squeue -s 5"),
    Case("squeue -s5.0,x.1"),
    Case("squeue -s 0.0"),
    Case("squeue -s5.9 -h"),
    scene("squeue -s -O stepid,stepname -p shared", cannot={"*": NOT_IN_ACCOUNTING}),
    scene("squeue -s --json", releases=("22.05",)),
    scene("squeue -s --json", cannot={"*": NOT_IN_ACCOUNTING}, releases=("24.11", "26.05")),
]
