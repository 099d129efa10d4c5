"""`sacct`, fields: every one, in every width and unit."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.sacct import NO_INDEX, STEADY, TOLD, scene

from slurm_cli_proxy.columns.accounting import COLUMNS

CANNOT = {
    "AveCPUFreq": {"22.05": "v0.0.38 writes the bits of a fraction as a whole number"},
    "AssocID": {"22.05": NO_INDEX},
    "DBIndex": {"22.05": NO_INDEX, "24.11": NO_INDEX, "26.05/v0.0.42": NO_INDEX},
    "SLUID": {"24.11": NO_INDEX, "26.05/v0.0.42": NO_INDEX},
    "SubmitLine": {"22.05": NO_INDEX},
}
GROWING = (
    *("CPUTime", "CPUTimeRAW", "Elapsed", "ElapsedRaw", "Planned", "PlannedCPU", "PlannedCPURAW", "Reserved"),
    *("ResvCPU", "ResvCPURAW", "Suspended"),
)
NAMES = list(dict.fromkeys(column.name for column in COLUMNS))
SINCE = {column.name: (column.since, column.until) for column in reversed(COLUMNS)}
RELEASES = {"22.05": (22, 5), "24.11": (24, 11), "26.05": (26, 5)}


def jobs(name: str) -> str:
    """The jobs to show a field of."""
    return STEADY if name in GROWING else TOLD


def releases(name: str) -> tuple[str, ...]:
    """Where there is a field."""
    rows = [column for column in COLUMNS if column.name == name]
    return tuple(
        text for text, pair in RELEASES.items() if any(row.since <= pair < row.until for row in rows)
    )


FIELDS = [
    scene(f"sacct -j {jobs(name)} -o jobid,{name}", releases=releases(name), cannot=CANNOT.get(name, {}))
    for name in NAMES
] + [
    scene(
        f"sacct -P -D -j {jobs(name)} -o {name},jobid", releases=releases(name), cannot=CANNOT.get(name, {})
    )
    for name in NAMES
    if name not in CANNOT
]

WIDTHS = [
    scene(f"sacct -j {{completed}},{{timeout}} -o {text}", cannot={})
    for text in (
        "jobid%5,state%3",
        "jobid%-5,state%-20,elapsed%-12",
        "jobid%30,jobname%-30",
        "state%1,state",
        "state%0,jobid%,elapsed%0,start%0",
        "start%10,end%5,submit%-12,eligible%19",
        "elapsed%3,cputime%3,cputimeraw%1,ncpus%1",
        "alloctres%20,alloctres",
        "account%2,user%2,uid%2,group%2,gid%2",
        "jobid%abc,state%12x",
        "j,st,e",
        "job,st,ex,part,acc",
        "JOBID,State,EXITCODE",
        "maxrss,averss,maxv,avev",
        "b,c,w",
        "f,g,l,m,n,o",
        "p,q,r,t,u,w",
        "jobid,,state",
        ",jobid",
        "jobid,",
    )
]

UNITS = [
    scene(f"sacct -P -j {{timeout}},{{running_two}} -o {text} {unit}")
    for unit in ("--noconvert", *(f"--units={letter}" for letter in ("K", "M", "G", "T", "P", "g", "MB")))
    for text in (
        "jobid,reqmem,alloctres,reqtres",
        "jobid,maxrss,averss,maxvmsize,avevmsize,maxpages,avepages",
        "jobid,maxdiskread,avediskread,maxdiskwrite,avediskwrite,consumedenergy,consumedenergyraw",
        "jobid,tresusageinave,tresusageinmax,tresusageintot,tresusageoutmax",
    )
]  # fmt: skip

SHAPES = [
    scene(f"sacct {how} -j {{timeout}},{{completed}} -o jobid,state,maxrss,end")
    for how in (
        *("-p", "-P", "-n -p", "-n -P", "-P --delimiter=;", "-p --delimiter=::", "--delimiter=, ", "-P -p", "-p -P"),
        *("-P --delimiter=", "-n", "-X", "-X -P", "-X -n -p --delimiter=' '", "-P --delimiter='\\t'"),
    )
] + [
    scene("sacct -l -j {timeout},{completed}", cannot=CANNOT["AveCPUFreq"]),
    scene("sacct -l -P -X -j {timeout},{completed}"),
    scene("sacct -b -o jobid,end -j {timeout}"),
    scene("sacct -o jobid,end -b -j {timeout}"),
    scene("sacct -P -T -S 2020-01-01 -E 2020-01-02 -j {timeout},{running} -o jobid,start,end,elapsed"),
    scene("sacct -X -P --expand-patterns -j {completed},{array} -o stdout,stderr,stdin", releases=("24.11", "26.05")),
]  # fmt: skip

CASES: list[Case] = FIELDS + WIDTHS + UNITS + SHAPES
