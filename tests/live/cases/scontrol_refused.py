"""What `scontrol` refuses before anything is asked for: wrong words, and users who may change nothing.

Both are told as natively of what the REST API cannot do, too.
"""

from __future__ import annotations

from tests.live.case import Case

NEWER = ("24.11", "26.05")

WORDS = [
    Case(f"scontrol {words}")
    for words in (
        "listpids 5x",
        "listpids 5x node1",
        "takeover 1",
        "takeover 7",
        "takeover -- -1",
        "takeover 4294967297",
        "callerid x y z w 7",
        "callerid x y z w",
        "callerid 1.2.3.4 y z w",
        "callerid 1.2.3.4 5 z w",
        "callerid 1.2.3.4 5 6.7.8.9 w",
        "callerid 1.2.3.4 5x 6.7.8.9 10",
        "callerid ::1 22 ::1 33",
        "callerid ::1 22 1.2.3.4 33 6",
        "callerid 127.0.0.1 22 127.0.0.1 33 ''",
        "callerid 127.0.0.1 22 127.0.0.1 33 6x",
        "show daemons x",
        "show daemons=x",
        "-Q show daemons x",
        "show nosuch a b",
        "show job 1 2",
        "show burstbuffer a b",
        "show assoc_mgr x",
        "show assoc_mgr users=",
        "show assoc_mgr foo=x",
        "-Q show assoc_mgr foo=x",
        "show assoc_mgr usersx=x",
        "show assoc_mgr users=nosuch flags=x",
        "show assoc_mgr q=x f=x",
        "show assoc_mgr qos=x flags=qos x",
        "show cache x",
        "delete partition=x y",
        "delete partition x y",
        "delete nodename=x y",
        "delete reservation=x y",
        "delete reservation x y",
        "delete foo x y",
        "delete foo=x y z",
        "update stepid=x",
        "update stepid=1_2.0 timelimit=5",
        "update stepid=1+0.0 timelimit=5",
        "update stepid=1.0",
        "update stepid=1.0 timelimit=x",
        "update stepid=1.0 ti=x",
        "update stepid=1.0 t=5",
        "update stepid=1.0 timelimit",
        "update stepid=1.0 timelimit=5 foo",
        "update stepid=1.0 timelimit+=5",
        "update stepid=1.0 name=x",
        "update slurmctlddebug=x",
        "update slurmctlddebug=10",
        "update slurmctlddebug=debug5",
        "update slurmctlddebug",
        "update slurmctlddebug=5 foo=x",
    )
]
WORDS += [
    Case(f"scontrol show topology {words}", releases=("26.05",)) for words in ("a b", "foo=x", "a b unit=x")
]
WORDS += [Case(f"scontrol listpids {words}", releases=("26.05",)) for words in ("''", "5.x", "5.0x", ".0")]
WORDS += [
    Case(f"scontrol update frontend=x {words}", releases=("22.05", "24.11"))
    for words in ("", "state=down", "sta=d", "state=down r=", "state=foo", "foo=y", "state")
]

FORBIDDEN = [
    Case(f"scontrol {words}", core=words == "shutdown")
    for words in (
        "setdebug 5",
        "setdebug debug3",
        "setdebugflags +gres",
        "schedloglevel enable",
        "fsdampeningfactor 5",
        "fairsharedampeningfactor 65535",
        "shutdown",
        "shutdown controller",
        "reconfigure",
        "reconfigure x",
        "cancel_reboot node1",
        "cancel_reboot nosuch",
        "update slurmctlddebug=5",
        "update slurmctlddebug=",
        "create nodename=x",
        "create nodename=node9 state=cloud",
        "create partition=c-refused",
        "create partition=main",
        "create reservation starttime=now duration=5 user=alice nodes=node1",
        "create reservation=c-refused starttime=now duration=5 user=alice nodes=node1",
        "delete nodename=node1",
        "delete nodename=",
        "delete partition=main",
        "delete partition=nosuch",
        "delete reservation=nosuch",
        "delete reservation=",
        "update nodename=node4 state=drain reason=x",
        "update nodename=nosuch comment=x",
        "update partition=main state=down",
        "update partition=nosuch state=down",
        "update reservation=nosuch duration=5",
        "update reservation=nosuch users=",
    )
]
FORBIDDEN += [
    Case(f"scontrol {words}", releases=NEWER)
    for words in (
        "power down node1",
        "power up node1",
        "update suspendexcnodes=node1",
        "update suspendexcs+=x",
    )
]
FORBIDDEN += [
    Case("scontrol abort", releases=("22.05",)),
    Case("scontrol update frontend=x state=resume", releases=("22.05", "24.11")),
]

FORBIDDEN += [
    Case(f"scontrol {words}")
    for words in (
        "reboot node1",
        "reboot nosuch",
        "-Q reboot node1",
        "-Q setdebug 5",
        "-Q shutdown",
        "-Q schedloglevel 1",
        "-Q fsdamp 5",
        "-Q setdebugflags +gres",
        "-Q reconfigure",
        "top 999999",
        "top x",
        "-Q top 5",
        "suspend 999999",
        "suspend 999999,x 888888",
        "suspend '999999_[1-2]' 4294967295",
        "resume 999999,888888",
        "resume 999999+1",
        "-Q suspend 999999",
        "notify 999999 hello",
        "notify 999999_1 hello world",
        "notify 0 hello",
        "-Q notify 999999 hello",
    )
]
FORBIDDEN += [
    Case(line, jobs={"j": job})
    for job in (
        "@bob -J c-refused -H --wrap true",
        "!@bob -J c-refused -t 60 -D /tmp -o /dev/null --wrap 'sleep 1000'",
    )
    for line in ("scontrol suspend {j}", "scontrol top {j}", "scontrol notify {j} hello")
]
FORBIDDEN += [
    Case("scontrol notify {j} hello", jobs={"j": "-J c-refused -H --wrap true"}),
    Case("scontrol notify {j} hello", jobs={"j": "-J c-refused -H --wrap true"}, before=("scancel {j}",)),
    Case("scontrol suspend {j}", jobs={"j": "-J c-refused -H --wrap true"}, releases=("22.05", "24.11")),
]

ADDRESSES = [
    Case(f"scontrol getaddrs {words}", releases=NEWER)
    for words in ("node1", "node3,nosuch,node1,node3", "node[1-4]", "nosuch", "'node[1'", "''")
]

WAITED_FOR = [
    Case(f"scontrol wait_job {words}", scene=True)
    for words in (
        "{held}",
        "{held}x",
        "{array_held}",
        "{array_held}_1",
        "{het}",
        "{het}+1",
        "{later}",
        "{requeued}",
    )
]

CASES = [*WORDS, *FORBIDDEN, *ADDRESSES, *WAITED_FOR]
