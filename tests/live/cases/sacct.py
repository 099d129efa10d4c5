"""`sacct`: what is listed, and how; and what it says to wrong input."""

from __future__ import annotations

from tests.live.case import Case

NO_STATUS = "v0.0.38 writes 0 for the exit status of what failed"
NO_INDEX = "the API does not tell it"

TOLD = "{timeout},{running},{completed},{signalled},{cancelled},{array},{array_held},{het},{requeued}"
STEADY = "{timeout},{completed},{signalled},{cancelled},{het}"
"""Those of which no time grows between two calls."""


def scene(line: str, **more: object) -> Case:
    """A case that looks at the scene's jobs."""
    return Case(line, scene=True, **more)  # type: ignore[arg-type]


LISTED = [
    scene(f"sacct -j {TOLD}", core=True),
    scene(f"sacct -X -j {TOLD}", core=True),
    scene(f"sacct -j {TOLD} -D -P", core=True),
    scene("sacct -j {failed}", cannot={"22.05": NO_STATUS}),
    scene(
        "sacct -X -P -j {failed} -o state,exitcode,derivedexitcode", cannot={"22.05": NO_STATUS}, core=True
    ),
    scene("sacct -j {failed} -X -n -P -o state", core=True),
    scene(f"sacct -b -j {TOLD}"),
    scene(f"sacct -n -j {TOLD}"),
    scene(f"sacct -p -j {TOLD}"),
    scene(f"sacct -P -j {TOLD}"),
    scene(f"sacct -nP -j {TOLD} -o jobid,state", core=True),
    scene("sacct -j {completed}.batch"),
    scene("sacct -j {completed}.batch,{timeout}"),
    scene("sacct -j {completed}.0"),
    scene("sacct -j {array}_1", core=True),
    scene("sacct -j {array}_0,{array}_100 -o jobid,jobidraw,state"),
    scene("sacct -j {array} -X -o jobid,jobidraw,state"),
    scene("sacct -j {array_held}_4"),
    scene("sacct -j {array_held} --array -X", releases=("24.11", "26.05")),
    scene("sacct -j {array} --array -X", releases=("24.11", "26.05")),
    scene("sacct -j {array_held} -X -o jobid%40"),
    scene("sacct -j {het} -o jobid,jobidraw,state", core=True),
    scene("sacct -j {het}+0 -o jobid,state"),
    scene("sacct -j {het} --whole-hetjob=no -o jobid"),
    scene("sacct -j {het} --whole-hetjob=yes -o jobid"),
    scene("sacct -j {requeued} -D -X -o jobid,state,submit,elapsed", core=True),
    scene("sacct -j {requeued} -X -o jobid,state"),
    scene("sacct -j {held},{held_bob},{later} -X"),
    scene(
        "sacct -j {closed},{too_big} -X -o jobid,state,ncpus,nnodes,allocnodes,reqnodes,alloctres,reqtres%40"
    ),
    scene("sacct -j {gpu},{licensed} -X -o jobid,alloctres%80,reqtres%60,reqmem"),
    scene("sacct -j {running_two} -o jobid,nnodes,allocnodes,nodelist,ntasks,layout,reqmem,ncpus"),
    scene("sacct -j {odd_name} -X -o jobname%20,jobname"),
    scene("sacct -j {odd_name} -X -o jobname%9"),
    scene("sacct -j {odd_name} -X -P -o jobid,jobname"),
    scene(
        "sacct -j {memory},{features},{qos_high},{partitions} -X -o jobid,reqmem,constraints,qos,qosraw,partition"
    ),
    scene("sacct -j {completed} -X -o comment,admincomment,systemcomment"),
    scene("sacct -j {cancelled_running} -o jobid,state%30", core=True),
    scene("sacct -j {cancelled_running}", cannot={"22.05": NO_STATUS}),
    scene(
        "sacct -j {suspended} -o jobid,state,suspended",
        differs={r"00:\d\d:\d\d": "grows while it is suspended"},
    ),
    scene("sacct -j 4000000"),
    scene("sacct -j '' -X -n --name s-running"),
    scene("sacct -j {running},,{timeout} -X"),
    scene("sacct -j {running},{running} -X"),
]

FILTERS = [
    scene(f"sacct -X -P -S 00:00 -o jobid,jobname,state {filters}")
    for filters in (
        "--name s-running,s-two,nosuch",
        "-a --name s-running-bob",
        "-u bob --name s-running-bob,s-running",
        "-u alice,bob --name s-running-bob,s-running",
        "-u 6002 --name s-running-bob,s-running",
        "--uid bob --name s-lic",
        "-u bob -a --name s-running",
        "-A physics -a --name s-lic,s-gpu",
        "-A nosuch -a",
        "-A physics,science -a --name s-lic,s-gpu",
        "-r shared -a --name s-running-bob,s-gpu",
        "-r nosuch -a",
        "-r main,shared -a --name s-running-bob,s-gpu",
        "-q normal --name s-gpu",
        "-q high --name s-gpu",
        "-q NORMAL,low --name s-gpu",
        "-q 1 --name s-gpu",
        "-N node3 -a --name s-gpu,s-running-bob,s-running",
        "-N node[1-4] --name s-two",
        "-N nosuch",
        "-i 2 --name s-two,s-running",
        "-i 1-2 --name s-two,s-running",
        "-i 2-3 --name s-two,s-running",
        "-I 4 --name s-two,s-running",
        "-I 2-4 --name s-two,s-running",
        "-k 60 --name s-two,s-running,s-gpu",
        "-k 60 -K 1:30:00 --name s-two,s-running,s-gpu",
        "-K 60 --name s-two,s-running,s-gpu",
        "-g alice --name s-two",
        "-a -g bob --name s-two,s-lic",
        "-x 6 --name s-two",
        "-x 600 --name s-two",
        "-W nosuch --name s-two",
        "-M nosuch --name s-two",
        "--constraints fast --name s-two",
        "--flags SchedMain,SchedBackfill --name s-two",
        "--flags startreceived --name s-two",
        "-s R --name s-two,s-completed -E now",
        "-s R,CD --name s-two,s-completed -E now",
        "-s F -S 00:00 -E now --name s-failed,s-two",
        "-s failed,timeout,cancelled -E now --name s-failed,s-timeout,s-cancelled-running",
        "-s run --name s-two",
        "-s pd --name s-closed,s-toobig -E now",
        "-s s --name s-suspended -E now",
        "-s oom,nf,bf,dl,pr --name s-two",
        "--state=CANCELLED -j {cancelled},{cancelled_running}",
        "-s CD -j {completed},{running}",
        "-j {completed},{running_bob} -u bob",
        "-j {running_bob}",
        "-L --name s-two",
        "--local --name s-two",
        "--federation --name s-two",
        "--use-local-uid --name s-two",
    )
] + [
    scene("sacct -X -P -n -s R --name s-two -o jobid,state", core=True),
    scene("sacct -X -P -n -u alice --name s-two,s-lic -o jobid,state", core=True),
    scene("sacct -X -P -n -a --name s-two,s-lic -o jobid,state", core=True, user="bob"),
    scene("sacct -X -P -n --name s-two,s-lic -o jobid,state", user="bob"),
    scene("sacct -X -P -n --name s-two,s-lic -o jobid,user,state", user="slurmadmin"),
]

TIMES = [
    scene(f"sacct -X -P --name s-two,s-completed,s-timeout -o jobid,state {when}")
    for when in (
        "",
        "-S now",
        "-S now-1hour",
        "-S now-2days",
        "-S today",
        "-S midnight",
        "-S 00:00",
        "-S 00:00:01",
        "-S 2020-01-01",
        "-S 2020-01-01T10:00:00",
        "-S 2020-01-01-10:00",
        "-S 01/01",
        "-S 01/01/24",
        "-S 0101",
        "-S 010124",
        "-S 01.01.24-10:00",
        "-S uts1600000000",
        "-S 2020-01-01 -E 2020-01-02",
        "-S 2020-01-01 -E now",
        "-S 2020-01-01 -E tomorrow",
        "-S 2020-01-01 -E 2037-01-01",
        "-S 2020-01-02 -E 2020-01-01",
        "-S 2020-01-01 -E 2020-01-01",
        "-S 2030-01-01",
        "-E 2020-01-01",
        "-S foo",
        "-E foo",
        "-S 25:00",
        "-S ''",
        "-E 2020-13-01",
        "-s R -S now-1hour -E now",
        "-s CD -S 2020-01-01 -E now",
    )
]

WRONG = [
    scene(f"sacct {line}")
    for line in (
        *("foo", "foo bar", "--nope", "-Z", "-j", "--jobs", "--j", "--all", "--n", "-X --a=1", "--help=x", "-o"),
        *("-j abc", "-j 1.x", "-j 1_", "-j 1_x", "-j 1+", "-j -1", "-j 1,abc", "-j 99999999999", "-j 1.batchx"),
        *("-u nosuchuser", "-u alice,nosuchuser", "-g nosuchgroup", "-q nosuch", "-q normal,nosuch", "-s nosuch"),
        *("-s R,nosuch", "-i abc", "-i 1-x", "-i -1", "-I abc", "-k abc", "-K abc", "-k 0", "--units=Q"),
        *("--units=x", "--units=", "--flags nosuch", "--flags SchedMain,nosuch", "--whole-hetjob=maybe", "-c"),
        "-f nosuchfile",
        *("-B", "--env-vars", "-o nosuch", "-o jobid,nosuch", "-o 'job id'", "-R", "-S", "-V", "--version"),
        *("-n -o ''", "--array=x", "-v --nope", "-I 1-2-3 -X -o jobid,state"),
    )
]  # fmt: skip

OTHERS = [
    Case("sacct -e", core=True),
    Case("sacct --helpformat"),
    Case("sacct --help-fields"),
    Case("sacct --helpstate", releases=("24.11", "26.05")),
    scene("sacct -B -j {completed}", cannot={"22.05": NO_INDEX}),
    scene("sacct -B -j {completed},{array}_1", cannot={"22.05": NO_INDEX}),
    scene("sacct --env-vars -j {completed}", cannot={"*": NO_INDEX}),
    scene("sacct -v -X -j {completed}"),
    scene("sacct -X -j {completed}", env={"SACCT_FORMAT": "jobid,state,nnodes"}),
    scene("sacct -X -j {completed} -o jobid", env={"SACCT_FORMAT": "jobid,state,nnodes"}),
    scene("sacct -X -b -j {completed}", env={"SACCT_FORMAT": "jobid,state,nnodes"}),
    scene("sacct -X -j {completed}", env={"SACCT_FORMAT": "nosuch"}),
    *(
        scene("sacct -j {completed},{running} -o start,end,submit,eligible", env={"SLURM_TIME_FORMAT": style})
        for style in (
            "standard",
            "relative",
            "%H:%M",
            "%Y%m%d-%s",
            "abc",
            "",
            "%a %d %b %Y %Hh",
        )
    ),
    scene("sacct -X -j {completed} -o start,end", env={"TZ": "Asia/Tokyo"}),
]

CASES = LISTED + FILTERS + TIMES + WRONG + OTHERS
