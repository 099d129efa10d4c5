"""`squeue --steps`: the steps at work, which the API tells by way of the accounting."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.squeue import DATE, scene

NOT_IN_ACCOUNTING = "the accounting does not tell it in this form"
TIME = {r" +\d+:\d\d(:\d\d)? ": "the time used, which grows"}

TIME_BARRED = {r"\|\d+:\d\d(:\d\d)?\|": "the time used, which grows"}

CASES = [
    scene("squeue -s", differs=TIME),
    scene("squeue -s -h -u bob", differs=TIME),
    scene("squeue -s -l -p shared", differs={**TIME, **DATE}),
    scene("squeue --steps -o '%i|%j|%P|%u|%N|%A|%b|%l|%S'"),
    scene("squeue -s -w node1 -S j,-i -o '%.8i %D'"),
    scene("squeue -s -j {running},{array} -o '%i %P'"),
    scene("squeue -s{running}.batch,{gpu}.batch -o '%i %P'"),
    scene("squeue -s {running}.batch -o %i"),
    scene("squeue -s -h {running}.0,{gpu}.extern,{running}.x,{running}+1.0 -o %i"),
    scene("squeue -j{running} -s -o '%i %U'"),
    scene("squeue -s {gpu}.0 -j -o %i"),
    scene("squeue -s -j{running} -s{gpu}.0 -o %i"),
    scene("squeue -s -u 6002 -o '%i %U'"),
    scene("squeue -s -o '%i %x %.3j %5P|%u' -S U,-j"),
    scene("squeue -s -S N -o '%i %N'"),
    scene("squeue -s -S M,b -o %i -h"),
    scene("squeue -s -S -i -o %i -h"),
    scene("squeue -s -o %all", differs=TIME_BARRED),
    scene("squeue -s -n nosuch -t cd -A nosuch -q nosuch -o %i"),
    scene("squeue -s -h -o %ALL", differs=TIME_BARRED),
    Case("squeue -s -j"),
    Case("squeue -j -s"),
    Case("squeue -s5.batch -j"),
    Case("squeue --steps="),
    scene("squeue -j {running} -s{gpu}.batch -o %i"),
    Case("squeue -s 5"),
    Case("squeue -s5.0,x.1"),
    Case("squeue -s 0.0"),
    Case("squeue -s5.9 -h"),
    scene("squeue -s -O stepid,stepname -p shared"),
    scene("squeue -s -O stepid:9|,nosuch,numtasks:.5,numcpus,stepstate,cpufreq,timelimit,nodes"),
    scene(
        "squeue -s -O jobid,arrayjobid,arraytaskid,cluster,network,container,containerid,resvports,tres-per-step:12"
    ),
    scene("squeue -s -O starttime,username,userid,stdout,tres-per-node,tres-per-task,containertype"),
    Case("squeue -s ,"),
    Case("squeue -s 40."),
    Case("squeue -s _1.0"),
    Case("squeue -s 2147483648.0"),
    Case("squeue -h -s 4294967297.99999999999"),
    scene("squeue -s --json", releases=("22.05",)),
    scene("squeue -s --json", cannot={"*": NOT_IN_ACCOUNTING}, releases=("24.11", "26.05")),
]
