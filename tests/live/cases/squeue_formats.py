"""`squeue`, formats: every letter and name, widths, and formats that are wrong; and what it says to wrong input."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.squeue import DATE, EVERY, scene

from slurm_cli_proxy.columns.job import COLUMNS

NOT_TOLD = "the API does not tell it"

LETTERS = [
    scene(
        f"squeue -h -a -t all -S i -j {EVERY} -o '%i|%{letter}|%.4{letter}|%4{letter}|%.30{letter}|%30{letter}|'",
        core=letter in "hCmR",
    )
    for letter in "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ"
]

FORMATS = [
    scene(f"squeue -n s-two -o {text}")
    for text in (
        *("''", "%", "%%", "%%i", "abc", "'%.18i %.9P'", "'%i %'", "%i%%", "x%i\\\\n", "%5", "%.5", "'%5%i|%j'", "%."),
        *("%-5i", "'% 5i'", "%05i", "%.05i", "%5.3i", "%!", "'%10!z|%i'", "%é", "%all", "x%all", "%alla", "'%i%all'"),
        *("%ALL", "%aLl"),
        *("'%4294967300i|%2147483648t|'",),
        *("%300i", "%0i", "%.i", "'%j;%j;%j'", "'%i\t%j'"),
    )
] + [
    scene("squeue -n s-two --format='%i %j' -h"),
    scene("squeue -n s-two --form=%i --head", releases=("24.11",)),
    scene("squeue -h -t all -j {odd_name} -o '%4j|%.5j|%6j|%7j|%8j|%9j|%.10j|%11j|'"),
]  # fmt: skip

NAMES = [
    scene(f"squeue -n s-two -O {text}")
    for text in (
        *("jobid", "jobid,name", "'jobid ,name'", "jobid:5,name:.5", "'jobid:.9|,name'", "jobid:,name", "jobid:.,name"),
        *("'jobid:-5,name:.-3|,state:-0,comment:-4,reason:+-5'", "'jobid:4294967300|,name:99999999999999999999'"),
        *("'jobid: 5,name'", "jobid:.+9x,name:007", "'jobid:.	+4|,name:'"),
        *("jobid:0,name", "jobid:x,name", "'JOBID:6 ,Name:6 '", "nosuch", "nosuch,jobid", ",", "jobid,,name", "''"),
        *("jobid:.30,timeused:.2,nodelist:.2,comment:.3,comment:3", "all", "stepid", "packjobid,shared,origin"),
    )
]  # fmt: skip

UNTOLD = {
    "AllocNodes",
    "AllocSID",
    "CPUsPerTask",
    "cpus-per-task",
    "NumTasks",
    "MaxCPUs",
    "SchedNodes",
    "StdErr",
    "StdOut",
}
TOLD = [
    column.names[0]
    for column in COLUMNS
    if column.since == (0, 0) and column.until == (99, 0) and column.names[0] not in UNTOLD
]

EVERY_NAME = [
    *(
        scene(
            f"squeue -h -a -t all -S i -j {EVERY} "
            f"-O 'jobarrayid:16{''.join(f',{name}:{22 + i}' for i, name in enumerate(TOLD[at : at + 6]))}'"
        )
        for at in range(0, len(TOLD), 6)
    ),
    scene(f"squeue -h -t all -S i -j {EVERY} -O jobid,AllocNodes", cannot={"22.05": NOT_TOLD}),
    scene(f"squeue -h -t all -S i -j {EVERY} -O jobid,cpus-per-task,CPUsPerTask", cannot={"22.05": NOT_TOLD}),
    scene(f"squeue -h -t all -S i -j {EVERY} -O jobid,NumTasks,MaxCPUs"),
    scene(f"squeue -h -t all -S i -j {EVERY} -O jobid,SchedNodes:30"),
    scene(f"squeue -h -t all -S i -j {EVERY} -O jobid,AllocSID", cannot={"*": NOT_TOLD}),
    scene(f"squeue -h -t all -S i -j {EVERY} -O jobid,StdErr:60"),
    scene(
        f"squeue -h -t all -S i -j {EVERY} -O jobid,StdOut:60",
        cannot={"24.11": "the API gives it with the patterns filled in"},
    ),
    scene(f"squeue -h -S i -j {EVERY} --expand-patterns -O jobid,StdOut:60", releases=("24.11", "26.05")),
    scene(f"squeue -h -S i -j {EVERY} -O jobid,ContainerId,ExcNodes", releases=("24.11", "26.05")),
    scene(
        f"squeue -h -t all -S i -j {EVERY} -O jobid,ContainerType,CronJob,Exclusive,LicensesAlloc,SegmentSize,SLUID",
        releases=("26.05",),
    ),
    scene("squeue -n s-two -O SelectJobInfo,jobid"),
    scene("squeue -n s-two,s-gpu -O gres,tres:50"),
]

WRONG = [
    scene("squeue -o %i -O jobid"),
    scene("squeue -O jobid -o %i"),
    scene("squeue -O 'jobid:5,nosuch:.10x|,name:4'"),
    scene("squeue -h -S i -O 'nosuch:|'"),
    scene("squeue -o %i -l"),
    scene("squeue -l -o %i"),
    scene(f"squeue --start -O jobid -S i -j {EVERY}"),
    scene("squeue --start -h -j {later}", env={"SQUEUE_FORMAT2": "jobid"}),
    scene("squeue -O jobid,name -l -n s-two", differs=DATE),
    Case("squeue -j 99999999", core=True),
    Case("squeue -j 99999998,99999999"),
    Case("squeue -h -j 99999999_3"),
    Case("squeue -j 0"),
    Case("squeue -j nosuchjob"),
    Case("squeue -j 1,x"),
    Case("squeue -j 4294967290"),
    Case("squeue -j 4294967295"),
    Case("squeue -j 99999999999"),
    Case("squeue -j s0Q5M82JFSYM99"),
    scene("squeue -u nosuchuser", core=True),
    scene("squeue -u nosuchuser,alice,other -n s-two"),
    scene("squeue -u 6009"),
    scene("squeue -u 6001x"),
    scene("squeue -u -1"),
    scene("squeue -u ALICE"),
    scene("squeue -u ''"),
    scene("squeue -u 'alice, bob' -n s-two,s-lic"),
    Case("squeue -u nosuchuser -t nosuchstate"),
    Case("squeue -t nosuchstate -u nosuchuser"),
    Case("squeue -u nosuchuser -j x"),
    Case("squeue -u nosuchuser --nosuchoption"),
    Case("squeue -u nosuchuser -V"),
    Case("squeue -t nosuchstate", core=True),
    Case("squeue -t pd,nosuchstate"),
    Case("squeue -t all,pd"),
    Case("squeue -t 'PD, R'"),
    Case("squeue -t PEND"),
    Case("squeue -w nosuchnode", core=True),
    Case("squeue -w node1,nosuchnode"),
    Case("squeue -w 'node[1'"),
    Case("squeue -i 0"),
    Case("squeue -i -3"),
    Case("squeue -i x"),
    Case("squeue --nosuchoption", core=True),
    Case("squeue --s"),
    Case("squeue --u alice"),
    Case("squeue --n x"),
    Case("squeue --a"),
    Case("squeue --h"),
    Case("squeue --r"),
    Case("squeue -x"),
    Case("squeue -b -c"),
    Case("squeue -u"),
    Case("squeue -o"),
    Case("squeue --jobs --format"),
    Case("squeue --all=x"),
    Case("squeue --me=alice"),
    Case("squeue --running-over=x", releases=("26.05",)),
    Case("squeue --running-over=0", releases=("26.05",)),
    Case("squeue --running-over=20 --running-under=10", releases=("26.05",)),
    Case("squeue --running-over=1", releases=("24.11",)),
    Case("squeue --notme", releases=("22.05",)),
    Case("squeue --array-unique", releases=("24.11", "26.05")),
    Case("squeue --version", core=True),
    Case("squeue -V foo"),
    Case("squeue -Vh"),
    Case("squeue --helpstate", releases=("24.11", "26.05")),
    Case("squeue --helpformat", releases=("24.11", "26.05")),
    Case("squeue --helpFormat", releases=("24.11", "26.05")),
]

CASES = [*LETTERS, *FORMATS, *NAMES, *EVERY_NAME, *WRONG]
