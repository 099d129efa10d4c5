"""`scancel` of jobs by what they are; with questions; SCANCEL_* variables."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.scancel import (
    ARRAY,
    ARRAY_RUNNING,
    BOB,
    HELD,
    HET,
    HET_RUNNING,
    SETTLED,
    STATE,
    STATE_K,
    one,
)

LIMITED = "-J h-limited -H --array=1-19:3%2 --wrap true"

PLUGINS = "with -v native names the plugins that it loads on its own machine"
NAMED = "-J h-f-{0} -H --wrap true"
GOING = "!-J h-f-{0} -t 60 -o /dev/null --wrap 'sleep 1000'"


def pair(line: str, j: str = HELD, k: str = HELD, **more: object) -> Case:
    """Two jobs, the line, and both afterwards."""
    return Case(
        line,
        jobs={"j": j, "k": k},
        await_line=STATE + ",{k}",
        await_match=SETTLED,
        after=(STATE, STATE_K),
        **more,  # type: ignore[arg-type]
    )


def loud(line: str, job: str = HELD, **more: object) -> Case:
    """A line with -v, which natively has more words in 22.05."""
    return one(line, job, cannot={"22.05": PLUGINS}, **more)


A, B = NAMED.format("a"), NAMED.format("b")
RUN_A, RUN_B = GOING.format("a"), GOING.format("b")

NAMES = [
    pair("scancel --name=h-f-a", A, B, core=True),
    pair("scancel -n h-f-a", RUN_A, B),
    pair("scancel --jobname h-f-a", A, A),
    pair("scancel --na h-f-b --state=pending", A, RUN_B),
    pair("scancel --name=h-f-a --state=pending", A, RUN_A, core=True),
    pair("scancel --name=h-f-a --state=running", A, RUN_A, core=True),
    pair("scancel --name=h-f-a --state=suspended", A, RUN_A),
    pair("scancel -n h-f-a -t R", A, RUN_A),
    pair("scancel -n h-f-a -t pd", A, RUN_A),
    pair("scancel -n H-F-A", A, B),
    pair("scancel -n h-f-a,h-f-b", A, B),
    pair("scancel -n h-f", A, B),
    one("scancel -n 'h odd  näme |x'", "-J 'h odd  näme |x' -H --wrap true"),
    Case("scancel --name=h-nosuch", core=True),
    Case("scancel --name=h-nosuch --state=pending"),
    Case("scancel --name=h-nosuch --state=suspended -Q"),
    one("scancel -n h-array", ARRAY),
    one("scancel --me -n h-limited", LIMITED),
    one("scancel -n h-limited -t pending", LIMITED),
    one("scancel -n h-arun -t running", ARRAY_RUNNING),
    one("scancel -n h-het", HET),
    one("scancel -n h-hrun", HET_RUNNING),
    one("scancel -n h-bob", BOB),
    one("scancel -n h-bob", BOB, user="slurmadmin"),
    one("scancel -n h-bobs", "@bob -J h-bobs -H --array=1-3 --wrap true"),
    one("scancel -n h-bobr -t running", "!@bob -J h-bobr -t 60 -o /dev/null --wrap 'sleep 1000'"),
]

OTHERS = [
    pair("scancel -A physics -n h-f-a", A, A + " -A physics"),
    pair("scancel -A PHYSICS -n h-f-a", A, "-A physics " + A),
    pair("scancel --account=Physics --name=h-f-a", A, "-A physics " + A),
    pair("scancel -A nosuch -n h-f-a", A, A),
    pair("scancel -p short -n h-f-a", A, "-p short " + A, core=True),
    pair("scancel -p main -n h-f-a", A, "-p main,short " + A),
    pair("scancel -p main,short -n h-f-a", A, "-p main,short " + A),
    Case("scancel -p nosuch"),
    pair("scancel -q high -n h-f-a", A, "-q high " + A),
    pair("scancel --qos=HIGH -n h-f-a", A, "-q high " + A),
    Case("scancel -q nosuch -n h-f-a"),
    pair("scancel -u alice -n h-f-a", A, "@bob " + A, core=True),
    pair("scancel -u bob -n h-f-a", A, "@bob " + A),
    pair("scancel --user=6001 -n h-f-a", A, "@bob " + A),
    pair("scancel --me -n h-f-a", A, "@bob " + A, core=True),
    pair("scancel -u bob -n h-f-a", A, "@bob " + A, user="slurmadmin", after_user="slurmadmin"),
    pair("scancel --me -u bob -n h-f-a", A, "@bob " + A),
    pair("scancel -u bob --me -n h-f-a", A, "@bob " + A),
    Case("scancel --me -u nosuch"),
    Case("scancel --me -u ''"),
    Case("scancel -u root"),
    Case("scancel -u nosuch", core=True),
    Case("scancel -u nosuch -n h-f-a"),
    Case("scancel -u nosuch 999999"),
    Case("scancel -u ''"),
    Case("scancel -u ALICE -n h-f-a"),
    Case("scancel -u 4711 -n h-f-a"),
    pair("scancel --wckey=foo -n h-f-a", A, "--wckey=foo " + A),
    pair("scancel --wckey=FOO -n h-f-a", A, "--wckey=foo " + A),
    pair("scancel -R nosuch -n h-f-a", A, A),
    pair("scancel -w node1 -n h-f-a", RUN_A + " -w node1", RUN_A + " -w node2"),
    pair("scancel --nodelist='node[2-3]' -n h-f-a", RUN_A + " -w node1", RUN_A + " -w node2"),
    pair("scancel -w nosuch -n h-f-a", A, RUN_A),
    pair("scancel -w 'node[1' -n h-f-a", A, RUN_A),
    one("scancel -w ./nodes -n h-f-a", RUN_A + " -w node1", files={"nodes": b"node3,node1\n"}),
    one("scancel -w ./nosuch -n h-f-a", RUN_A),
    pair("scancel -n h-f-a -A science -p main -q normal -u alice -t pending", A, RUN_A),
    Case("scancel -n ''"),
    one("scancel -n h-f-a --wckey=", A),
    one("scancel -n h-f-a --reservation=", A),
    one("scancel -n h-f-a --account=", A),
    one("scancel -n h-f-a --qos=", A),
    one("scancel -n h-f-a --partition=", A),
    one("scancel -n h-f-a --nodelist=", A),
    one("scancel -n '' {j}", A),
    Case("scancel -A ''"),
    Case("scancel -t completed"),
    Case("scancel -t CG -n h-f-a"),
    Case("scancel -t foo", core=True),
    Case("scancel -t RUNNING,PENDING"),
    Case("scancel -t ''"),
    Case("scancel -t pend 12"),
]

WITH_IDS = [
    pair("scancel -n h-f-a {j} {k}", A, B),
    pair("scancel -t running {j} {k}", A, RUN_B),
    pair("scancel -t pending {j} {k}", A, RUN_B),
    one("scancel -t pending {j} 999999"),
    one("scancel -Q -t pending {j} 999999"),
    one("scancel -u bob {j}"),
    one("scancel -t pending {j}", before=("scancel {j}",)),
    one("scancel -t running {j}_2", ARRAY_RUNNING),
    one("scancel -t pending {j}", ARRAY),
    one("scancel -t pending {j}_2", ARRAY),
    one("scancel -t pending '{j}_[2-3,12]'", ARRAY),
    one("scancel -t pending {j}", HET),
    one("scancel -t pending {j}+0", HET),
    one("scancel -p main {j}+5", HET),
    one("scancel -p main {j}+1", HELD),
    one("scancel -p main {j}+1", HET_RUNNING),
    one("scancel --me {j}", "@bob " + A),
    one("scancel -p main {j}", "@bob " + A),
    Case("scancel -n h-f-a 999999", core=True),
    Case("scancel -n h-f-a 999999_3"),
    Case("scancel -n h-f-a '999999_[3-4]'"),
    Case("scancel -n h-f-a 999999+2"),
    Case("scancel -Q -n h-f-a 999999"),
]

LOUD = [
    loud("scancel -v -n h-f-a", A),
    loud("scancel -v -n h-f-a -t pending", A),
    loud("scancel -v -t pending {j}", RUN_A),
    loud("scancel -v -n h-array", ARRAY),
    loud("scancel -v -n h-het", HET),
    loud("scancel -v -t pending {j}_2", ARRAY),
    loud("scancel -v -n h-nosuch {j}", A),
    loud("scancel -v -n h-f-a {j}", "@bob " + A),
    Case(
        "scancel -v -A nosuch -q foo -R bar --wckey=x -w node1 -u bob -t running -p main -n y",
        cannot={"22.05": PLUGINS},
    ),
    Case("scancel -v -n h-nosuch", cannot={"22.05": PLUGINS}, core=True),
    Case("scancel -v --me -n h-nosuch", cannot={"22.05": PLUGINS}),
    Case("scancel -vQ -n h-nosuch", cannot={}),
    Case("scancel -Qv -n h-nosuch"),
]

ASKING = [
    one("scancel -i {j}", A, stdin=b"y\n"),
    one("scancel -i {j}", A, stdin=b"n\n"),
    one("scancel --interactive {j}", A, stdin=b"Y\n"),
    one("scancel -i {j}", A, stdin=b"yes\n"),
    one("scancel -i {j}", A, stdin=b"x\n\nno\n"),
    one("scancel -i {j}", A, stdin=b" y\nn\n"),
    pair("scancel -i {j} {k}", A, B, stdin=b"n\ny\n"),
    pair("scancel -i -n h-f-a", A, RUN_A, stdin=b"n\ny\n"),
    pair("scancel -i -n h-f-a", A, RUN_A, stdin=b"y\nn\n"),
    one("scancel -i {j}", ARRAY, stdin=b"y\n"),
    one("scancel -i {j}_3", ARRAY, stdin=b"n\n"),
    one("scancel -i {j}", HET, stdin=b"y\n"),
    one("scancel -i {j} 999999", A, stdin=b"y\n"),
    one("scancel -i {j}", "@bob " + A, stdin=b"y\n"),
    Case("scancel -i 999999"),
    Case("scancel -i -n h-nosuch"),
]

VARIABLES = [
    pair("scancel", A, B, env={"SCANCEL_NAME": "h-f-a"}),
    pair("scancel -n h-f-b", A, B, env={"SCANCEL_NAME": "h-f-a"}),
    pair("scancel -n h-f-a", A, RUN_A, env={"SCANCEL_STATE": "running"}),
    pair("scancel -n h-f-a -t pending", A, RUN_A, env={"SCANCEL_STATE": "running"}),
    pair("scancel -n h-f-a", A, "-p short " + A, env={"SCANCEL_PARTITION": "short"}),
    pair("scancel -n h-f-a", A, "-A physics " + A, env={"SCANCEL_ACCOUNT": "physics"}),
    pair("scancel -n h-f-a", A, "-q high " + A, env={"SCANCEL_QOS": "high"}),
    pair("scancel -n h-f-a", A, "@bob " + A, env={"SCANCEL_USER": "alice"}),
    pair("scancel -n h-f-a", A, "--wckey=foo " + A, env={"SCANCEL_WCKEY": "foo"}),
    one("scancel {j}", A, env={"SCANCEL_INTERACTIVE": "true"}, stdin=b"n\n"),
    one("scancel {j}", A, env={"SCANCEL_VERBOSE": "true"}),
    one("scancel {j}", A, env={"SCANCEL_VERBOSE": "f"}),
    one("scancel {j}", A, env={"SCANCEL_CTLD": ""}),
    one("scancel {j}", A, env={"SCANCEL_FULL": "t"}),
    Case("scancel 999999", env={"SCANCEL_BATCH": "true"}),
    Case("scancel 999999", env={"SCANCEL_BATCH": "yes"}),
    Case("scancel 999999", env={"SCANCEL_FULL": "1"}),
    Case("scancel 999999", env={"SCANCEL_INTERACTIVE": ""}),
    Case("scancel 999999", env={"SCANCEL_VERBOSE": "1"}),
    Case("scancel 999999", env={"SCANCEL_STATE": "x"}),
    Case("scancel 999999", env={"SCANCEL_USER": "nosuch"}),
    Case("scancel 999999", env={"SCANCEL_NAME": ""}),
    Case("scancel --version", env={"SCANCEL_USER": ""}),
    Case("scancel --xyz", env={"SCANCEL_USER": ""}),
    Case("scancel abc", env={"SCANCEL_USER": ""}),
    one("scancel {j}", A, env={"SCANCEL_USER": ""}),
    one("scancel -u alice {j}", A, env={"SCANCEL_USER": ""}),
    one("scancel --me {j}", A, env={"SCANCEL_USER": ""}),
    one("scancel {j}", A, env={"SCANCEL_BATCH": "T"}),
    one("scancel {j}", A, env={"SCANCEL_CTLD": "false"}),
    one("scancel {j}", A, env={"SCANCEL_QOS": "NORMAL"}),
    one("scancel {j}", A, env={"SCANCEL_PARTITION": ""}),
    one("scancel {j}", A, env={"SCANCEL_WCKEY": ""}),
    one("scancel {j}", A, env={"SCANCEL_STATE": "completing"}),
    one("scancel -t pd {j}", A, env={"SCANCEL_STATE": "foo"}),
    one("scancel {j}", A, env={"SCANCEL_NODELIST": "node1", "SCANCEL_SIGNAL": "USR1", "SCANCEL_QUIET": "1"}),
    Case(
        "scancel --xyz",
        env=dict.fromkeys(("SCANCEL_BATCH", "SCANCEL_FULL", "SCANCEL_VERBOSE", "SCANCEL_INTERACTIVE"), "x"),
    ),
]

CASES = NAMES + OTHERS + WITH_IDS + LOUD + ASKING + VARIABLES
