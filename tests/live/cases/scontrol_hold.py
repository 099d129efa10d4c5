"""`scontrol hold`, `uhold`, `release`, and what is wrong with a command line as a whole."""

from __future__ import annotations

from tests.live.case import Case

PENDING = "-J c-pend --begin=2037-05-06T07:08:09 --wrap true"
HELD = "-J c-held -H --begin=2037-05-06T07:08:09 --wrap true"
ARRAY = "-J c-array --begin=2037-05-06T07:08:09 --array=1-4,7 --wrap true"
HET = "-J c-het --begin=2037-05-06T07:08:09 -n1 : -n2 --wrap true"
RUNNING = "!-J c-run -t 60 --wrap 'sleep 1000'"

STATE = "squeue -h -r -a -t all -o '%i %T %r %y' -j {j}"
SCHEDULED = {r"\b(None|BeginTime)\b": "the scheduler notes the reason a moment after the change"}
STATE_K = STATE.replace("{j}", "{k}")
OVER = "bash -c 'until squeue -h -a -t all -o %T -j {j} | grep -q CANCELLED; do sleep 0.1; done'"
RENAMED = "scontrol update JobId={j} Name=c-{j}"
NO_SPLIT = "the API from v0.0.40 on cannot change one pending task of an array apart from the others"
NO_USER_HOLD = "the API cannot place a user hold for somebody else"


def after(line: str, job: str = PENDING, **more: object) -> Case:
    """A job of its own, the line, and the job afterwards."""
    return Case(line, jobs={"j": job}, after=(STATE,), differs=SCHEDULED, **more)  # type: ignore[arg-type]


def named(line: str, job: str = PENDING, **more: object) -> Case:
    """The same, the job having a name of its own, `c-ID`."""
    return after(line, job, before=(RENAMED,), **more)


def ended(line: str, job: str) -> Case:
    """The same of a job that has ended."""
    return after(line, job, before=(RENAMED, "scancel {j}", OVER))


OWN = [
    after("scontrol hold {j}", core=True),
    after("scontrol release {j}", HELD, core=True),
    after("scontrol uhold {j}"),
    after("scontrol holdu {j}"),
    after("scontrol HOLD {j}"),
    after("scontrol hold jobid={j}"),
    after("scontrol hold job={j}"),
    after("scontrol rel {j}", HELD),
    after("scontrol release {j}"),
    after("scontrol hold {j}", HELD),
    after("scontrol hold {j}", RUNNING),
    after("scontrol release {j}", RUNNING),
    Case(
        "scontrol hold {j},{k}", jobs={"j": PENDING, "k": PENDING}, after=(STATE, STATE_K), differs=SCHEDULED
    ),
    Case("scontrol release {j} {k}", jobs={"j": HELD, "k": HELD}, after=(STATE, STATE_K), differs=SCHEDULED),
    after("scontrol hold '{j} '"),
    after("scontrol hold {j} 999999", core=True),
    after("scontrol hold 999999,{j}"),
    after("scontrol hold {j},999999"),
    after("scontrol hold {j} 5x"),
    after("scontrol -Q hold {j} 999999"),
    named("scontrol hold Name=c-{j}", core=True),
    named("scontrol release jobname=c-{j}", HELD, core=True),
    named("scontrol uhold JOBNAME=c-{j}"),
    named("scontrol hold Name=c-{j} Name=c-nosuch"),
    named("scontrol hold jobname=c-{j}", ARRAY),
    named("scontrol release jobname=c-{j}", ARRAY),
    named("scontrol hold jobname=c-{j}", HET),
    named("scontrol hold jobname=c-{j}", RUNNING),
    named("scontrol -Q release Name=c-{j}", RUNNING),
    ended("scontrol hold jobname=c-{j}", PENDING),
    ended("scontrol release jobname=c-{j}", RUNNING),
    ended("scontrol uhold jobname=c-{j}", ARRAY),
    Case(
        "scontrol hold jobname=c-{j}",
        jobs={"j": RUNNING, "k": PENDING},
        before=(RENAMED, "scontrol update JobId={k} Name=c-{j}"),
        after=(STATE, STATE_K),
        differs=SCHEDULED,
    ),
    Case(
        "scontrol release jobname=c-{j}",
        jobs={"j": HELD, "k": HELD},
        before=(RENAMED, "scontrol update JobId={k} Name=c-{j}", "scancel {j}", OVER),
        after=(STATE, STATE_K),
        differs=SCHEDULED,
    ),
]

ARRAYS = [
    after("scontrol hold {j}", ARRAY),
    after("scontrol hold {j}_[1-4,7]", ARRAY, core=True),
    after("scontrol hold '{j}_[1-4,7]'", ARRAY),
    after("scontrol hold {j}_1-9", ARRAY),
    after("scontrol hold {j}_9", ARRAY),
    after("scontrol hold '{j}_[9,11]'", ARRAY),
    after("scontrol hold {j}_2", ARRAY, cannot={"24.11": NO_SPLIT, "26.05": NO_SPLIT}),
    after("scontrol hold '{j}_[2-3]'", ARRAY, cannot={"24.11": NO_SPLIT, "26.05": NO_SPLIT}),
    Case(
        "scontrol release {j}_3",
        jobs={"j": ARRAY},
        before=("scontrol hold {j}_3",),
        after=(STATE,),
        differs=SCHEDULED,
    ),
    Case(
        "scontrol hold {j}",
        jobs={"j": ARRAY},
        before=("scontrol hold {j}_3",),
        after=(STATE,),
        differs=SCHEDULED,
    ),
    Case(
        "scontrol release {j}",
        jobs={"j": ARRAY},
        before=("scontrol hold {j}",),
        after=(STATE,),
        differs=SCHEDULED,
    ),
    after("scontrol hold {j}", HET),
    after("scontrol hold {j}+1", HET),
    after("scontrol hold {j}+0", HET),
    after("scontrol hold {j}+5", HET),
    after("scontrol hold {j}+0"),
    after("scontrol hold {j}_1"),
]

OTHERS = [
    Case("scontrol hold {held}", user="bob", scene=True),
    Case("scontrol release {held}", user="bob", scene=True),
    Case("scontrol uhold {held}", user="bob", scene=True),
    Case("scontrol hold Name=s-held", user="bob", scene=True),
    Case("scontrol release {held_admin}", scene=True),
    Case("scontrol release {array_held}", user="bob", scene=True),
    Case("scontrol hold {completed}", scene=True),
    Case("scontrol release {failed}", scene=True),
    Case("scontrol hold {cancelled} {completed}", scene=True),
    Case(
        "scontrol hold {later}",
        user="slurmadmin",
        scene=True,
        after=("squeue -h -a -o '%i %T %r' -j {later}", "scontrol release {later}"),
        differs=SCHEDULED,
    ),
    Case(
        "scontrol uhold {later}",
        user="slurmadmin",
        scene=True,
        after=("squeue -h -a -o '%i %T %r' -j {later}", "scontrol release {later}"),
        differs=SCHEDULED,
        cannot={"22.05": NO_USER_HOLD},
    ),
    *(
        Case(
            f"scontrol uhold {words}",
            user="slurmadmin",
            jobs={"j": f"@bob -J c-uhold {args} --wrap true"},
            after=("squeue -h -a -o '%i %T %r' -j {j}",),
            cannot={"22.05": NO_USER_HOLD},
        )
        for words, args in (
            ("{j}", "-H"),
            ("{j}_[1-3] 999999", "-H --array=1-3"),
            ("{j}", "--begin=2037-01-01"),
        )
    ),
    Case(
        "scontrol uhold {j}",
        user="slurmadmin",
        jobs={"j": "@bob -J c-uhold --begin=2037-01-01 --wrap true"},
        before=("scontrol hold {j}",),
        after=("squeue -h -a -o '%i %T %r' -j {j}",),
        cannot={"*": NO_USER_HOLD},
    ),
    Case(
        "scontrol release {later}",
        user="slurmadmin",
        before=("scontrol hold {later}",),
        scene=True,
        after=("squeue -h -a -o '%i %T' -j {later}",),
    ),
]

WRONG = [
    Case("scontrol hold"),
    Case("scontrol -Q hold"),
    Case("scontrol release"),
    Case("scontrol uhold"),
    Case("scontrol hold ''"),
    Case("scontrol hold 5x"),
    Case("scontrol hold 0"),
    Case("scontrol hold 99999999999"),
    Case("scontrol hold 999999_1"),
    Case("scontrol hold 999999+1"),
    Case("scontrol hold '999999_[1'"),
    Case("scontrol hold '999999_*'"),
    Case("scontrol hold _1"),
    Case("scontrol hold 7_"),
    Case("scontrol -Q hold 5x"),
    Case("scontrol hold na=x"),
    Case("scontrol hold jobname=c-nosuch"),
    Case("scontrol hold jobid="),
    Case("scontrol hol 5"),
    Case("scontrol uhol 5"),
    Case("scontrol release c-nosuch"),
    Case("scontrol nosuchverb"),
    Case("scontrol -Q nosuchverb"),
    Case("scontrol ''"),
    Case("scontrol sh job"),
    Case("scontrol q"),
    Case("scontrol exit"),
    Case("scontrol quit now"),
    Case("scontrol quiet"),
    Case("scontrol verbose now"),
    Case("scontrol details now"),
    Case("scontrol oneliner now"),
    Case("scontrol all"),
    Case("scontrol hide"),
    Case("scontrol version now"),
    Case("scontrol -vV"),
    Case("scontrol -V show job 999999"),
    Case("scontrol -x"),
    Case("scontrol --ver"),
    Case("scontrol --quie show nothing"),
    Case("scontrol --nosuch"),
    Case("scontrol --all=yes show nothing"),
    Case("scontrol -u"),
    Case("scontrol show nothing -o"),
]

CASES = [*OWN, *ARRAYS, *OTHERS, *WRONG]
