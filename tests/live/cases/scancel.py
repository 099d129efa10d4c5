"""`scancel` of jobs by their ids: jobs, array tasks, parts of heterogeneous jobs; what is wrong with ids."""

from __future__ import annotations

from tests.live.case import Case

HELD = "-J h-held -H --wrap true"
RUNNING = "!-J h-run -t 60 -o /dev/null --wrap 'sleep 1000'"
ARRAY = "-J h-array -H --array=1-9 --wrap true"
ARRAY_RUNNING = "!-J h-arun --array=1-3 -o /dev/null --wrap 'sleep 1000'"
HET = "-J h-het -H -n1 : -n1 --wrap true"
HET_RUNNING = "!-J h-hrun -n1 -o /dev/null : -n1 --wrap 'sleep 1000'"
BOB = "@bob -J h-bob -H --wrap true"

STATE = "squeue -h -a -t all -S i -o '%i %T %r' -j {j}"
STATE_K = STATE.replace("{j}", "{k}")
SETTLED = r"(?s)\A(?!.*COMPLETING)"
"""The output of STATE once no job is on its way out."""


def one(line: str, job: str = HELD, **more: object) -> Case:
    """A job of its own, the line, and the job afterwards."""
    return Case(
        line,
        jobs={"j": job},
        await_line=STATE,
        await_match=SETTLED,
        after=(STATE,),
        **more,  # type: ignore[arg-type]
    )


def two(line: str, j: str = HELD, k: str = HELD, **more: object) -> Case:
    """The same with two jobs."""
    return Case(line, jobs={"j": j, "k": k}, after=(STATE, STATE_K), **more)  # type: ignore[arg-type]


COMMAS = [
    two("scancel {j},{k}"),
    two("scancel {j},{k},99999999"),
    two("scancel {k},{j}_3,{j}_4", ARRAY),
    two("scancel {k},{j}_[2-3]", ARRAY),
    two("scancel -n h-held {j},{k}"),
    two("scancel {j}, {k}"),
    two("scancel {j},"),
    two("scancel {j},,{k}"),
    two("scancel {j},x"),
    two("scancel {j},-1"),
    two("scancel {j}_[2-3],{k}", ARRAY),
    two("scancel {j}_[2,3]", ARRAY),
    two("scancel {j}_x,{k}"),
    two("scancel 0,{j}"),
    two("scancel ,{j}"),
]

BY_ID = [
    one("scancel {j}", core=True),
    one("scancel {j}", RUNNING, core=True),
    one("scancel -v {j}"),
    one("scancel -Q {j}"),
    one("scancel 0{j}"),
    one("scancel -v ' {j}'"),
    one("scancel -f {j}", RUNNING),
    one("scancel -v --full {j}"),
    two("scancel {j} {k}", core=True),
    two("scancel {j} {j} {k}"),
    two("scancel {j} 999999 {k}"),
    one("scancel {j}", before=("scancel {j}",)),
    one("scancel -v {j}", before=("scancel {j}",)),
    one("scancel -v {j}", RUNNING, before=("scancel {j}",)),
    one("scancel {j}", BOB, core=True),
    one("scancel -v {j}", BOB),
    one("scancel -Q {j}", BOB),
    two("scancel {j} {k}", HELD, BOB),
    one("scancel {j}", BOB, user="slurmadmin"),
    one("scancel {j}", "-J h-susp -o /dev/null -H --wrap true", user="bob"),
]

ARRAYS = [
    one("scancel {j}_3", ARRAY, core=True),
    one("scancel -v {j}_3", ARRAY),
    one("scancel {j}", ARRAY),
    one("scancel -v {j}", ARRAY),
    one("scancel '{j}_[1-3,7]'", ARRAY, core=True),
    one("scancel -v '{j}_[2,4-5]'", ARRAY),
    one("scancel '{j}_*'", ARRAY),
    one("scancel -v '{j}_*'", ARRAY),
    one("scancel {j}_12", ARRAY),
    one("scancel -v {j}_12", ARRAY),
    one("scancel -v {j}_", ARRAY),
    one("scancel {j}_2 {j}_4 {j}_[6-7]", ARRAY),
    one("scancel '{j}_[8-12]'", ARRAY),
    one("scancel -v {j}_3", ARRAY, before=("scancel {j}_3",)),
    one("scancel {j}_2", ARRAY_RUNNING),
    one("scancel {j}_[1-2]", ARRAY_RUNNING),
    one("scancel -v {j}", ARRAY_RUNNING),
    one("scancel {j}", "@bob " + ARRAY),
    one("scancel {j}_2 999999", "@bob " + ARRAY),
    one("scancel -v {j}_[2-3]", "@bob " + ARRAY),
    one("scancel -v {j}_3", HELD),
    one("scancel -v {j}_*", HELD),
]

HETS = [
    one("scancel {j}", HET, core=True),
    one("scancel {j}+1", HET),
    one("scancel {j}+0", HET),
    one("scancel -v {j}+1", HET),
    one("scancel {j}+7", HET),
    one("scancel {j}", HET_RUNNING),
    one("scancel -v {j}+1", HET_RUNNING),
    one("scancel {j}+1", HELD),
    one("scancel {j}+", HELD),
    Case("scancel 999999+1"),
    Case("scancel -v 999999+1"),
    one("scancel {j}+1", "@bob " + HET),
]

NUMBERS = [
    *(
        Case(f"scancel {words}")
        for words in (
            "4294967296",
            "-v 4294967296",
            "18446744073709551616",
            "18446744073709551617",
            "'999999_[4294967294]'",
            "-n h-none 999999_4294967294",
            "-n h-none '999999_[4294967294]'",
        )
    ),
    one("scancel -n h-held 4294967296"),
    one("scancel -n h-held 18446744073709551617"),
    one("scancel {j}_4294967294", ARRAY),
    one("scancel {j}_4294967295", ARRAY),
    one("scancel {j}_4294967299", ARRAY),
    one("scancel -n h-array {j}_4294967294", ARRAY),
    one("scancel -n h-array {j}_4294967299", ARRAY),
    one("scancel -n h-array '{j}_[3,2000]'", ARRAY),
    two("scancel '{j}_[3,99999999]' {k}", ARRAY),
    one("scancel -v '{j}_[3,4294967294]'", ARRAY),
    one("scancel -v {j} {j} {j}"),
    one("scancel -v {j} {j}", BOB),
]
"""Of numbers of more than 32 bits, and of what is named more than once."""

NO_STEPS = "the REST API signals jobs only, not single steps"
STEPS = [
    *(
        Case(f"scancel {words}")
        for words in (
            "999999.0",
            "999999.",
            "-Q 999999.0",
            "999999_1.0",
            "999999+1.0",
            "'999999_*.0'",
            "-s USR1 999999.0",
            "-n h-none 999999.0",
            "--ctld 999999.0",
            "-b 999999.0",
            "-i 999999.0",
        )
    ),
    one("scancel {j}.0"),
    one("scancel -n h-held {j}.0"),
    one("scancel {j}.0", BOB),
    one("scancel {j}_2.0", ARRAY),
    one("scancel {j}+1.0", HET),
    one("scancel {j}.0", before=("scancel {j}",)),
    one("scancel {j}.7", RUNNING, cannot={"*": NO_STEPS}),
    two("scancel {j} {k}.0", HELD, BOB),
]
"""Steps of what does not run are no steps, which is told of a job that is unknown."""

WRONG = [
    Case("scancel", core=True),
    Case("scancel --"),
    Case("scancel 999999", core=True),
    Case("scancel -v 999999", core=True),
    Case("scancel -Q 999999"),
    Case("scancel -v 999999_3"),
    Case("scancel -v 4294967297999"),
    Case("scancel abc"),
    Case("scancel ''"),
    Case("scancel 0"),
    Case("scancel 12x"),
    Case("scancel 12_x"),
    Case("scancel 12_3x"),
    Case("scancel '12_[1-3'"),
    Case("scancel '12_[x]'"),
    Case("scancel '12_[]'"),
    Case("scancel '12_*x'"),
    Case("scancel 12+x"),
    Case("scancel 12.batch"),
    Case("scancel 12.x"),
    one("scancel {j} abc"),
    Case("scancel -5"),
    Case("scancel --xyz"),
    Case("scancel --s"),
    Case("scancel --us"),
    Case("scancel --c"),
    Case("scancel --n=x"),
    Case("scancel --a"),
    Case("scancel --h"),
    Case("scancel --batch=yes 12"),
    Case("scancel --name"),
    Case("scancel -n"),
    Case("scancel -zv 12"),
    Case("scancel -c"),
    Case("scancel --version", core=True),
    Case("scancel -V abc"),
    Case("scancel -vV"),
]

CASES = BY_ID + COMMAS + ARRAYS + HETS + NUMBERS + STEPS + WRONG
