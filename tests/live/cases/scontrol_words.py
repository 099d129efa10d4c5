"""What may stand behind `scontrol`'s verbs, wrong or not: natively looked at before the controller is asked."""

from __future__ import annotations

from tests.live.case import Case

NEWER = ("24.11", "26.05")
PLUGINS = "the native command tells which plugins it loads; there are none here"
NO_SCRIPT = "v0.0.38 does not tell the script of a job"

BINDING = "bash -c 'scontrol show node node4 | grep -o CpuBind=[a-z,]*'"

EVERYWHERE = [
    Case(f"scontrol {words}")
    for words in (
        "requeue Name=x",
        "requeue JobId=5x",
        "requeue 5x",
        "requeue ''",
        "requeue ,",
        "requeue incomplete jobid=",
        "requeuehold Name=x y",
        "requeuehold State=SE",
        "requeuehold State=SpecialExit Name=x",
        "requeuehold incomplete ''",
        "-Q requeue Name=x",
        "suspend jobid=x",
        "resume Job=x Name=y",
        "setdebug -o",
        "-o setdebug -Q",
        "setdebug --quiet",
        "setdebug -- x y",
        "setdebug nodes=node1",
        "setdebugflags -foo",
        "setdebugflags -h",
        "-Q setdebugflags +foo",
        "setdebugflags +gres,,foo,bar",
        "setdebugflags +Gre",
        "setdebugflags +audit",
        "setdebugflagsx -5",
        "schedloglevel 01x",
        "takeover x5",
        "liststeps a b",
        "listjobs a b",
        "wait_job 0",
        "wait_job +999999",
        "wait_job 4294967295",
        "wait_job 4294967296",
        "wait_job 99999999999",
        "wait_job 99999999999999999999999",
        "errnumstr +5",
        "errnumstr ' 5'",
        "errnumstr '5 '",
        "errnumstr -- -5",
        "errnumstr 2147483648",
        "errnumstr 9223372036854775808",
        "write b",
        "write batc 999999",
        "write config x y",
        "write conf",
        "hold 4294967295",
        "release 4294967294",
        "update jobid=4294967295 nice=1",
        "show job 4294967295",
        "show job 4294967294",
        "show job -- -5",
    )
]
EVERYWHERE += [Case(f"scancel {number}") for number in ("4294967295", "4294967294", "004294967293")]

POWER = [
    Case(f"scontrol power {words}", releases=NEWER)
    for words in ("up asap node1", "up node1 node2", "down node1 node2", "up a b c d", "down force asap x")
]
POWER += [
    Case("scontrol power down asap", releases=("26.05",)),
    Case("scontrol power up force x", releases=("24.11",)),
]

WRITTEN = [
    Case(f"scontrol write {words}", cannot={"22.05": NO_SCRIPT})
    for words in (
        "BATCH_SCRI 999999",
        "batch_script 999999x",
        "batch_script +999999 -",
        "batch_script ' 999999' -",
        "batch_script '' -",
        "batch_script 999999_ -",
        "batch_script 999999_x -",
        "batch_script '999999_[1-2]' -",
        "batch_script 999999_5 -",
        "batch_script 4294967295 -",
        "batch_script 99999999999",
    )
]
WRITTEN += [
    Case(
        f"scontrol write batch {{j}}{rest}",
        jobs={"j": "-J c-words -H --wrap true"},
        cannot={"22.05": NO_SCRIPT},
    )
    for rest in ("", "_1", "+0", ".0")
]

SEEN = [
    Case(
        f"scontrol {words}",
        scene=True,
        differs={r"last_update_time=\S+": "of the moment", r"AllocNode:Sid=\S+": "who submitted"},
        cannot={"22.05": PLUGINS},
    )
    for words in (
        "-v show job {held}",
        "-vo show job {array_held}",
        "-vQ show job {held}",
        "-vd show job {array_held}_1",
    )
]

REFUSED = [
    Case(f"scontrol {words}", user=user, releases=NEWER)
    for user in ("alice", "slurmadmin")
    for words in (
        "update nodename=node[1-9 state=drain reason=x",
        "update nodename= comment=x",
        "update nodename=nosuch comment=x",
        "update nodename=node1 nodeaddr=",
        "update nodename=node1 cpubind=board",
        "update nodename=nosuch cpubind=core,verbose",
    )
]
REFUSED += [
    Case(f"scontrol {words}", user=user, releases=("26.05",))
    for user in ("alice", "slurmadmin")
    for words in (
        "update nodename=node1 topology=nosuch",
        "update partition=nosuch state=up",
        "update partition= state=up",
        "create partition=main nodes=node1",
        "delete partition=",
        "update res=nosuch duration=5",
        "update res=nosuch users+=bob",
        "update res= duration=5",
        "create res=c-words starttime=now duration=5 user=alice nodes=node[1",
        "create res=c-words starttime=now duration=5 user=alice corecnt=x",
    )
]

CHANGED = [
    Case(
        "scontrol update nodename=node4 cpubind=core,verbose",
        user="slurmadmin",
        releases=NEWER,
        after=(BINDING, "scontrol update nodename=node4 cpubind=off"),
    ),
    Case(
        "scontrol create reservation=c-words start=2037-01-01 duration=5 user=alice nodes=node[1,3]",
        user="slurmadmin",
        releases=("26.05",),
        after=("scontrol -o show reservation c-words", "scontrol delete reservation=c-words"),
    ),
    Case(
        "scontrol update reservation=c-words nodes-=node[1,3]",
        user="slurmadmin",
        releases=("26.05",),
        before=(
            "scontrol create reservation=c-words start=2037-01-01 duration=5 user=alice nodes=node[1-4]",
        ),
        after=("scontrol -o show reservation c-words", "scontrol delete reservation=c-words"),
    ),
]

UNREADABLE = [
    Case(
        f"scontrol update jobid={{j}} {words}",
        jobs={"j": "-J c-words -H --wrap true"},
        after=("bash -c 'scontrol show job {j} | grep NodeList'",),
    )
    for words in (
        "nodelist=node[1-99999999]",
        "excnodelist=node[2-1]",
        "excnodelist=node[1,3],node2",
        "reqnodelist=node]",
    )
]

SACCT = [Case(f"sacct -j {job}") for job in ("5_[1-2]", "5+x")]
SACCT += [Case("sacct -j 4294967293", releases=("26.05",))]

CASES = [*EVERYWHERE, *POWER, *WRITTEN, *SEEN, *REFUSED, *CHANGED, *UNREADABLE, *SACCT]
