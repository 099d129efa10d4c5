"""`squeue`, reading: listings, filters, arrays, sorting, environment variables."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.scene import JOBS

EVERY = ",".join(f"{{{name}}}" for name in JOBS)
"""The ids of all jobs of the scene, so that a listing does not depend on what else happens on the cluster."""

DATE = {r"^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$": "the time of the call"}
QUEUE = {r"last_update_time=\d+ records=\d+": "the whole queue"}
PLUGINS = "native logs the plugins that it loads"
CUT_SET = "v0.0.38 cuts a long set of tasks to 64 bytes and has no list of states that tells the rest"
LONG_SET = "-H --array=1,3,5,8,11,13,17,19,23,29,31,37,41,43,47,53,59,61,67,71,73,79,83,89,97%3 --wrap true"


def scene(line: str, **more: object) -> Case:
    """A case that looks at the scene."""
    return Case(line, scene=True, **more)  # type: ignore[arg-type]


LISTINGS = [
    scene("squeue", core=True),
    scene("squeue -a", core=True),
    scene("squeue -h", user="bob"),
    scene("squeue --hide -n s-running"),
    scene(f"squeue -j {EVERY}", core=True),
    scene(f"squeue -t all -j {EVERY}", core=True),
    scene(f"squeue -a -h -t all --jobs={EVERY}", user="bob"),
    scene(f"squeue -l -t all -j {EVERY}", differs=DATE, core=True),
    Case("squeue -h -j 999999999,999999999"),
    scene("squeue -h -j {running},{running},{array_held}_4,{array_held}_4,{array_held}_7 -o '%i %t' -S i"),
    scene(f"squeue -lh -t all -j {EVERY}"),
    scene("squeue --long --noheader --name=s-two"),
    scene(f"squeue -r -t all -j {EVERY}", core=True),
    scene(f"squeue --array --states=pending --jobs={EVERY}"),
    scene(f"squeue -P -j {EVERY}"),
    scene(f"squeue --priority -S p,i -t pd -j {EVERY}"),
    scene(f"squeue --start -j {EVERY}", core=True),
    scene(f"squeue --start -l -j {EVERY}", differs=DATE),
    scene(f"squeue --start -t all -S i -o '%i %S %e' -j {EVERY}"),
    scene(f"squeue --array-unique -j {EVERY}", releases=("22.05",)),
    scene(f"squeue --noconvert -o '%i %m %d' -S i -j {EVERY}"),
    scene("squeue --local -n s-two"),
    scene("squeue --all --noheader '--format=%j %y %Q %T %r' -n s-held,s-running,s-two", core=True),
    scene("squeue -u alice -h -o '%i %t' -n s-held,s-running,s-completed -t all", core=True),
    scene("squeue -v -n s-two", cannot={"22.05": PLUGINS}, differs={**DATE, **QUEUE}),
    scene(
        "squeue -vv -n s-two,x -p main,short -L matlab,y -t pd,r -u alice,bob -A a -q b -S i -h",
        cannot={"22.05": PLUGINS},
        differs=QUEUE,
    ),
    scene("squeue -v -t all -j {running},{array_held}_4 -h -o %i", cannot={"22.05": PLUGINS}, differs=QUEUE),
]

FILTERS = [
    scene("squeue -u alice -n s-running,s-lic,s-held-bob"),
    scene("squeue -u bob", core=True),
    scene("squeue --user=alice,bob -n s-running,s-lic,s-held-bob"),
    scene("squeue --users=6002 -h"),
    scene("squeue -u +6002 -h"),
    scene("squeue -u ' 6002' -h"),
    scene("squeue -u root"),
    scene("squeue --me -n s-running,s-lic,s-held-bob", core=True),
    scene("squeue --me -n s-running,s-lic,s-held-bob", user="bob"),
    scene("squeue --me -u bob -n s-running,s-lic,s-held-bob"),
    scene("squeue -u bob --me -n s-running,s-lic,s-held-bob"),
    scene("squeue --notme -n s-running,s-lic,s-held-bob", releases=("24.11", "26.05")),
    scene("squeue -A physics", core=True),
    scene("squeue -A PHYSICS,none -h"),
    scene("squeue --account=science -n s-running,s-lic"),
    scene("squeue -A nosuchaccount"),
    scene("squeue -A ''"),
    scene("squeue -p shared", core=True),
    scene("squeue -p short -n s-parts,s-two"),
    scene("squeue -p MAIN -n s-two"),
    scene("squeue -p nosuchpartition"),
    scene("squeue --partition=short,main --name=s-parts,s-two"),
    scene("squeue -p closed -h"),
    scene("squeue -q high -n s-high", core=True),
    scene("squeue -q HIGH,low -n s-high"),
    scene("squeue --qos=nosuchqos"),
    scene("squeue -n s-two", core=True),
    scene("squeue -n S-TWO,s-held"),
    scene("squeue -n 's-two, s-held'"),
    scene("squeue -n 's odd  näme |x'"),
    scene("squeue --name=nosuchname"),
    scene("squeue -n ''"),
    scene("squeue -t all -n s-completed,s-failed,s-cancelled,s-timeout,s-running -S i", core=True),
    scene("squeue -t ALL -n s-completed -h"),
    scene("squeue -t cd,F,to -S i -j " + EVERY),
    scene("squeue --states=CANCELLED,suspended -j " + EVERY),
    scene("squeue -t PD -j " + EVERY, core=True),
    scene("squeue -t R -j " + EVERY),
    scene("squeue -t cg,cf,se,rh,st -j " + EVERY),
    scene("squeue -t '' -n s-two"),
    scene("squeue -t ,pd,,r, -n s-two,s-held"),
    scene(f"squeue -w node3 -o '%i %t %N' -j {EVERY}", core=True),
    scene("squeue --nodelist=node[1-2] -j " + EVERY),
    scene("squeue --nodes=node4 -j " + EVERY),
    scene("squeue --node=node1,node3 -j " + EVERY),
    scene("squeue -w node[1-4] -t all -j " + EVERY),
    scene("squeue -w ''"),
    scene(f"squeue -w head -o '%i %t %N' -j {EVERY}"),
    scene(f"squeue -w head,node3 -S i -o '%i %t %N' -j {EVERY}"),
    scene("squeue -L matlab -j " + EVERY),
    scene("squeue --licenses=ansys -j " + EVERY),
    scene("squeue -R nosuchreservation"),
    scene("squeue -R '' -n s-two"),
    scene("squeue -u alice -p main -q normal -A science -n s-two -t r -w node1,node2,node3,node4"),
    scene("squeue --running-over=1 -j " + EVERY, releases=("26.05",)),
    scene("squeue --running-under=1-0 -n s-running,s-suspended,s-held", releases=("26.05",)),
    scene("squeue --running-over=1-0 --running-under=2-0 -h", releases=("26.05",)),
    scene("squeue -P -p short -j " + EVERY),
    scene("squeue -u alice -u bob -n s-lic,s-two"),
    scene("squeue -t R -t PD -n s-held,s-two"),
]

IDS = [
    scene("squeue -j {running}", core=True),
    scene("squeue -h -j {running} -o '%i %t %M'", core=True),
    scene("squeue -j {completed}", core=True),
    scene("squeue -j {completed} -t all"),
    scene("squeue -j {completed} -t pd"),
    scene("squeue -j {running},{completed},{held}"),
    scene("squeue -j {running},{running}"),
    scene("squeue -j{running}"),
    scene("squeue -j{running} {held}"),
    scene("squeue -h --jobs {held}"),
    scene("squeue -j ,{running},,"),
    scene("squeue -j ' {running}'"),
    scene("squeue -j '{running} '"),
    scene("squeue -j +{running}"),
    scene("squeue -j {running}.0"),
    scene("squeue -j {running}.batch"),
    scene("squeue -j {running}x"),
    scene("squeue -j {array}", core=True),
    scene("squeue -j {array}_100"),
    scene("squeue -j {array}_100,{array}_101 -o '%i %A %F %K %t'"),
    scene("squeue -j {array}_55"),
    scene("squeue -j {array} -t all -S i -o '%i %A %F %K %t'"),
    scene("squeue -j {array_held}", core=True),
    scene("squeue -j {array_held} -r", core=True),
    scene("squeue -j {array_held}_4"),
    scene("squeue -j {array_held}_4,{array_held}_7 -o '%i|%A|%K'"),
    scene("squeue -r -j {array_held}_4,{array_held}_7,{array_held}_9 -o '%i|%A|%K'"),
    scene("squeue -j {array_held}_4,{array_held} -o '%i|%K'"),
    scene("squeue -j {array_held},{array_held}_4 -o '%i|%K'"),
    scene("squeue -j {array_held}_4,{array_held}_7,{array}_100 -o '%i|%K'"),
    scene("squeue -j {array_held}_3"),
    scene("squeue -j {array_held}_"),
    scene("squeue -j {array_held}_x"),
    scene("squeue -j '{array_held}_[4-7]'"),
    scene("squeue -j {het}", core=True),
    scene("squeue -j {het}+1"),
    scene("squeue -j {het},{running} -S i"),
    scene("squeue -j {running} -u bob"),
    scene("squeue -j {running} -p short"),
    scene("squeue -j", core=True),
    Case("squeue --jobs="),
    scene("squeue -j {running} --jobs="),
    scene("squeue --jobs= -h -j {running}"),
    scene("squeue -j {too_big}", user="bob"),
]

ARRAYS = [
    Case(
        "squeue -j {a} -o '%i|%A|%j|%K|%y|%P|%t'",
        jobs={"a": "-H --array=1-9%4 -J split --wrap true"},
        before=(
            "scontrol update jobid={a}_3 nice=7",
            "scontrol update jobid={a}_5 name=other",
            "scontrol update jobid={a}_7 partition=short",
        ),
        core=True,
        differs={r"\|(\d+)\|": "ids of tasks with a record of their own"},
    ),
    Case(
        "squeue -r -j {a} -o '%i|%j|%K|%y|%P|%t'",
        jobs={"a": "-H --array=1-9%4 -J split --wrap true"},
        before=("scontrol update jobid={a}_3 nice=7", "scontrol update jobid={a}_9 comment=zz"),
    ),
    Case(
        "squeue -j {a} -o '%i|%K'",
        jobs={"a": LONG_SET},
    ),
    Case(
        "squeue -j {a}_5,{a}_89 -o '%i|%K'",
        jobs={"a": LONG_SET},
        cannot={"22.05": CUT_SET},
    ),
    Case(
        "squeue -r -j {a} -o '%i|%K'",
        jobs={"a": LONG_SET},
        cannot={"22.05": CUT_SET},
    ),
    Case(
        "squeue -j {a} -o '%i|%K'",
        env={"SLURM_BITSTR_LEN": "0"},
        jobs={"a": LONG_SET},
        cannot={"22.05": CUT_SET},
    ),
    Case(
        "squeue -j {a} -o '%i|%K'",
        env={"SLURM_BITSTR_LEN": "20"},
        jobs={"a": LONG_SET},
    ),
    Case(
        "squeue -j {a} -o '%i|%K|%40i'",
        env={"SLURM_BITSTR_LEN": "64"},
        jobs={"a": "-H --array=0-1000:7 --wrap true"},
    ),
    Case(
        "squeue -r -t all -j {a} -S -i -o '%i|%K|%t'",
        jobs={"a": "-H --array=1-9 --wrap true"},
        before=("scancel {a}",),
    ),
    scene("squeue -r -S -i -j {array_held},{running},{held} -o '%i %j'"),
    scene("squeue -r -S -p,j -n s-array-held,s-array,s-held -t pd,s,ca -o '%i %j'"),
    scene(
        "squeue -h --only-job-state -t pd -j {held}", env={"SQUEUE_FORMAT": "%i"}, releases=("24.11", "26.05")
    ),
    scene("squeue -h --only-job-state -l -j {held}", releases=("24.11", "26.05")),
    scene("squeue -h --only-job-state --start -j {held}", releases=("24.11", "26.05")),
    Case("squeue -j {a} -o '%i|%K|%40i'", jobs={"a": "-H --array=0-1000:7,3 --wrap true"}),
    Case("squeue -r -j {a} -o '%i|%K'", jobs={"a": "-H --array=2,4,6,8,10,90%5 --wrap true"}),
    Case(
        "squeue -P -j {a} -o '%i|%P|%Q|%p'",
        jobs={"a": "--begin=now+1hour -p short,main,shared --wrap true"},
        differs={r"\|\d+\|0\.0000\d+": "the priority, which ages"},
    ),
]

SORTING = [
    *(
        scene(f"squeue -t all -S {key} -o '%i' -j {EVERY}", core=key in ("i", "-t,i"))
        for key in (
            *("B,i", "C,i", "d,i", "D,i", "e,i", "g,i", "G,i", "H,i", "i", "I,i", "j,i", "J,i", "l,i", "m,i"),
            *("N,i", "O,i", "p,i", "P,i", "Q,i", "S,i", "t,i", "T,i", "u,i", "U,i", "v,i", "V,i", "z,i"),
            *(
                "c,i",
                "f,i",
                "h,i",
                "n,i",
                "-i",
                "-t,i",
                "-p,-i",
                "P,t,-p",
                "+P,-t,i",
                "-S",
                "S",
                "-N,i",
                "Pi",
            ),
            *("''", "-", "P,,i", "cluster", "b,i"),
        )
    ),
    scene(f"squeue -S a -j {EVERY}"),
    scene(f"squeue -h -S 'i P' -j {EVERY}"),
    scene(f"squeue -h --sort=i,x -j {EVERY}"),
]

ENVIRONMENT = [
    scene("squeue -n s-two,s-held", env={"SQUEUE_FORMAT": "%i|%j"}),
    scene("squeue -n s-two,s-held -l", env={"SQUEUE_FORMAT": "%i|%j"}, differs=DATE),
    scene("squeue -n s-two,s-held -o %j", env={"SQUEUE_FORMAT": "%i", "SQUEUE_FORMAT2": "jobid"}),
    scene("squeue -n s-two,s-held", env={"SQUEUE_FORMAT2": "jobid:6,name"}),
    scene("squeue -n s-two,s-held", env={"SQUEUE_FORMAT": "%j", "SQUEUE_FORMAT2": "jobid"}),
    scene("squeue -n s-two,s-held -O name", env={"SQUEUE_FORMAT": "%i"}),
    scene("squeue -h", env={"SQUEUE_NAMES": "s-two,s-held"}),
    scene("squeue -h -n s-held", env={"SQUEUE_NAMES": "s-two"}),
    scene("squeue -h -n s-held,s-completed", env={"SQUEUE_STATES": "all"}),
    scene("squeue -h -n s-held,s-completed -t pd", env={"SQUEUE_STATES": "cd"}),
    scene("squeue -h", env={"SQUEUE_STATES": "nosuchstate"}),
    scene("squeue -h -n s-two,s-lic", env={"SQUEUE_USERS": "bob"}),
    scene("squeue -h -n s-two,s-lic", env={"SQUEUE_USERS": "nosuchuser"}),
    scene("squeue -h -n s-two,s-lic", env={"SQUEUE_ACCOUNT": "physics"}),
    scene("squeue -h", env={"SQUEUE_QOS": "high", "SQUEUE_NAMES": "s-high,s-two"}),
    scene("squeue -h", env={"SQUEUE_PARTITION": "closed"}),
    scene("squeue -h -t all -n s-two,s-lic", env={"SQUEUE_LICENSES": "matlab"}),
    scene("squeue -h -o %i -j {running},{held}", env={"SQUEUE_SORT": "-i"}),
    scene("squeue -h -o %i -j {running},{held}", env={"SQUEUE_SORT": "k"}),
    scene("squeue -h -j {array_held}", env={"SQUEUE_ARRAY": "1"}),
    scene("squeue -h -j {partitions}", env={"SQUEUE_PRIORITY": ""}),
    scene("squeue -h -n s-two", env={"SQUEUE_ALL": "", "SQUEUE_LOCAL": ""}),
    scene("squeue -h -j {running},{later} -o '%i %S %V'", env={"SLURM_TIME_FORMAT": "%a %T"}),
    scene("squeue -h -j {running},{later} -o '%i %S %V'", env={"SLURM_TIME_FORMAT": "relative"}),
    scene("squeue -h -j {running},{later} -o '%i %S %V'", env={"SLURM_TIME_FORMAT": "standard"}),
    scene("squeue -h -j {running},{later} -o '%i %S'", env={"SLURM_TIME_FORMAT": "nonsense"}),
    *(
        scene("squeue -h -j {later} -o '%i %S'", env={"SLURM_TIME_FORMAT": "%Y" * 15 + end})
        for end in ("x", "xx")
    ),
    scene("squeue -h -j {running},{later} -o '%i %S'", env={"TZ": "Asia/Tokyo"}),
]

CASES = [*LISTINGS, *FILTERS, *IDS, *ARRAYS, *SORTING, *ENVIRONMENT]
