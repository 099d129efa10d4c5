"""`scontrol`'s verbs beside show, update, hold and release.

What the REST API cannot do is told in a sentence of the proxy's own, and nothing happens: the state afterwards is that
of before.
"""

from __future__ import annotations

from dataclasses import replace

from tests.live.case import Case

NO_REQUEUE = "only v0.0.45 has a request that requeues jobs"
NO_RECONFIGURE = "v0.0.38 has no request to reconfigure"
NO_UPDATE = "v0.0.38 has no request that changes a node"
NO_SCRIPT = "v0.0.38 does not tell the script of a job"
NO_REQUEST = "the REST API has no such request"
HERE = "the verb is about the machine it is called on"
NEWER = ("24.11", "26.05")

HELD = "-J c-verb --begin=2037-01-01 --wrap true"
RUNNING = "!-J c-verb -t 60 -o /dev/null -D /tmp --wrap 'sleep 1000'"
ARRAY = "-J c-verb --array=1-4 -H -t 60 -o /dev/null -D /tmp --wrap 'sleep 1000'"
WAIT_FOR_TASK = "bash -c 'until squeue -h -j {j}_2 -o %T | grep -q RUNNING; do sleep 0.1; done'"
STATE = "squeue -h -a -t all -o '%i %T %r' -j {j}"
STATE_K = STATE.replace("{j}", "{k}")
SOON = {
    r"\b(None|BeginTime|JobHeldUser|job requeued in held state|Resources|Priority)\b": "noted a moment later"
}
OLDER = {
    "22.05": NO_REQUEUE,
    "24.11": NO_REQUEUE,
    "v0.0.42": NO_REQUEUE,
    "v0.0.43": NO_REQUEUE,
    "v0.0.44": NO_REQUEUE,
}


def requeued(line: str, job: str = RUNNING, **more: object) -> Case:
    """A job of its own, waited for until the requeueing shows."""
    options: dict[str, object] = {"cannot": OLDER, "differs": SOON, "after": (STATE,), **more}
    return Case(line, jobs={"j": job}, **options)  # type: ignore[arg-type]


def waiting(line: str, job: str = RUNNING, **more: object) -> Case:
    """The same on the release that requeues, with what becomes of the job."""
    options: dict[str, object] = {"await_line": STATE, "await_match": "PENDING", **more}
    return requeued(line, job, releases=("26.05",), **options)


REQUEUE = [
    waiting("scontrol requeuehold {j}"),
    requeued("scontrol requeueh {j}", HELD, cannot={}),
    waiting("scontrol requeuehold State=SpecialExit {j}", await_match="SPECIAL_EXIT"),
    waiting("scontrol requeuehold {j} 999999"),
    waiting("scontrol requeuehold {j},999999"),
    waiting("scontrol requeuehold incomplete {j}"),
    requeued("scontrol requeue {j}", HELD),
    requeued("scontrol requeue {j}_[1-2,9]", ARRAY),
    requeued("scontrol requeue {j}", ARRAY),
    requeued("scontrol requeue {j}_2", ARRAY),
    Case(
        "scontrol requeue {j}_[1-3]",
        jobs={"j": ARRAY},
        before=("scontrol release {j}_2", WAIT_FOR_TASK),
        after=(STATE,),
        differs=SOON,
        cannot=OLDER,
    ),
    Case(
        "scontrol requeuehold {j}",
        jobs={"j": ARRAY},
        before=("scontrol release {j}_2", WAIT_FOR_TASK),
        after=(STATE,),
        differs=SOON,
        cannot=OLDER,
    ),
    requeued("scontrol requeue {j}", "--no-requeue " + HELD),
    requeued("scontrol requeuehold {j}", HELD),
    Case(
        "scontrol requeue {j}",
        user="bob",
        jobs={"j": "!@alice " + RUNNING[1:]},
        after=(STATE,),
        differs=SOON,
        cannot=OLDER,
    ),
    Case("scontrol requeue 999999", cannot=OLDER, core=True),
    Case("scontrol requeue x", cannot=OLDER),
    Case("scontrol -Q requeue 999999", cannot=OLDER),
    Case("scontrol requeue 999999,888888", cannot=OLDER),
    Case("scontrol requeue 999999_3", cannot=OLDER),
    Case("scontrol requeuehold state=x 999999", cannot=OLDER),
    Case("scontrol requeue incomplete"),
    Case("scontrol requeue"),
    Case("scontrol requeuehold"),
    Case("scontrol -Q requeue"),
]

SCRIPTS = [
    Case("scontrol write batch_script {j} -", jobs={"j": HELD}, cannot={"22.05": NO_SCRIPT}, core=True),
    Case(
        "scontrol write batch_script {j}",
        jobs={"j": HELD},
        after=("bash -c 'cat slurm-{j}.sh; stat -c %A slurm-{j}.sh'",),
        cannot={"22.05": NO_SCRIPT},
    ),
    Case(
        "scontrol write batch_script {j} here.sh",
        jobs={"j": HELD},
        after=("file here.sh",),
        files={"here.sh": b"before\n" * 99},
        cannot={"22.05": NO_SCRIPT},
    ),
    Case(
        "scontrol write batch_script {j} {scratch}/there",
        jobs={"j": "-J c-verb -H {scratch}/job"},
        files={"job": "#!/bin/bash\n#SBATCH -n 1\necho 'ä $x'\n".encode()},
        after=("file there",),
        cannot={"22.05": NO_SCRIPT},
    ),
    Case("scontrol write batch_script {j} {scratch}/no/x", jobs={"j": HELD}, cannot={"22.05": NO_SCRIPT}),
    Case(
        "scontrol write batch_script {j} -",
        user="bob",
        jobs={"j": "@alice " + HELD},
        cannot={"22.05": NO_SCRIPT},
    ),
    Case(
        "scontrol write batch_script {j} -",
        user="slurmadmin",
        jobs={"j": "@alice " + HELD},
        cannot={"22.05": NO_SCRIPT},
    ),
    Case("scontrol write batch_script 999999 -", cannot={"22.05": NO_SCRIPT}),
    Case("scontrol write batch_script x -", cannot={"22.05": NO_SCRIPT}),
    Case("scontrol write batch_script"),
    Case("scontrol write"),
    Case("scontrol write nosuch"),
    Case("scontrol write batch_script 1 2 3"),
]

WAITING = [
    Case("scontrol wait_job {j}", jobs={"j": RUNNING}, core=True),
    Case(
        "scontrol wait_job {j}",
        jobs={"j": RUNNING},
        before=("scontrol suspend {j}",),
        after_user="slurmadmin",
    ),
    Case("scontrol wait_job {j}", jobs={"j": HELD}, before=("scancel {j}",)),
    Case("scontrol wait_job 999999"),
    Case("scontrol wait_job x"),
    Case("scontrol wait_job"),
    Case("scontrol wait_job 1 2"),
    Case("scontrol wa 999999"),
]

CONTROLLER = [
    Case("scontrol reconfigure", cannot={"22.05": NO_RECONFIGURE}, core=True),
    Case(
        "scontrol reconfigure",
        user="slurmadmin",
        await_line="sinfo -h -N -o %T",
        await_match=r"\A[^*]+\Z",  # 24.11's controller begins anew, and its nodes report again
        cannot={"22.05": NO_RECONFIGURE},
    ),
    Case("scontrol reconfigure now", cannot={"22.05": NO_RECONFIGURE}),
    Case("scontrol completing", core=True),
    Case("scontrol comp"),
    Case("scontrol completing x"),
    *(
        Case(f"scontrol errnumstr {number}")
        for number in (
            "2017",
            "0",
            "5",
            "133",
            "99999",
            "4294967295",
            "2000 2001",
            "x",
            "-1",
            "''",
            "1005",
            "8000",
        )
    ),
    Case("scontrol errnumstr"),
    Case("scontrol errnostr 2"),
    Case("scontrol errnostr x"),
    Case("scontrol er 2017"),
    Case("scontrol cancel_reboot node1", cannot={"22.05": NO_UPDATE}),
    Case("scontrol cancel_reboot nosuch", cannot={"22.05": NO_UPDATE}),
    Case("scontrol cancel_reboot nosuch", user="slurmadmin", cannot={"22.05": NO_UPDATE}),
    Case("scontrol cancel_reboot"),
]

UNABLE = [
    Case(line, jobs={"j": job}, after=(STATE,), differs=SOON, cannot={"*": NO_REQUEST})
    for line, job in (
        ("scontrol suspend {j}", HELD),
        ("scontrol resume {j}", HELD),
        ("scontrol top {j}", HELD),
        ("scontrol notify {j} hello", RUNNING),
    )
]
UNABLE += [
    Case(f"scontrol {words}", cannot={"*": NO_REQUEST})
    for words in (
        "setdebug info",
        "setdebugflags +gres",
        "schedloglevel 1",
        "fsdampeningfactor 2",
        "shutdown",
        "takeover",
        "token",
        "token username=bob",
        "reboot node1",
        "cluster nosuch",
    )
]
UNABLE += [
    replace(Case("scontrol abort"), releases=("22.05",), cannot={"*": NO_REQUEST}),
    Case("scontrol abort", releases=NEWER),
]
UNABLE += [
    Case(f"scontrol {words}", cannot={"*": HERE})
    for words in ("listpids", "listpids x", "pidinfo 1", "getent")
]
UNABLE += [
    Case(f"scontrol {words}")
    for words in (
        "suspend",
        "resume",
        "top",
        "notify",
        "notify 5",
        "setdebug",
        "setdebugflags",
        "schedloglevel",
        "fsdamp",
        "pidinfo",
        "callerid",
        "gethost",
        "gethost localhost",
        "hash",
        "hash_file",
        "getaddrs",
        "power",
        "power down",
    )
]

WRONG_WORDS = [
    Case(f"scontrol {words}")
    for words in (
        "-Q up",
        "cr",
        "del",
        "-Q verb x",
        "vers x",
        "-Q callerid",
        "callerid 1 2 3",
        "callerid 1 2 3 4 5 6",
        "-Q notify 5",
        "notify abc hello",
        "getaddrs a b",
        "-Q errnumstr",
        "-Q hold",
        "-Q pidinfo",
        "pidinfo 1 2",
        "-Q suspend",
        "suspend abc",
        "-Q suspend abc",
        "suspend ''",
        "resume abc x_y",
        "fsdamp x",
        "fsdamp 65536",
        "fsdamp 1 2",
        "setdebug debug6",
        "setdebug 10",
        "setdebug 3 foo",
        "setdebug 1 2 3",
        "-Q setdebug 3x",
        "setdebugflags gres",
        "setdebugflags foo +gres",
        "schedloglevel en",
        "schedloglevel 1 2",
        "-Q schedloglevel 2",
        "top 1 2",
        "shutdown foo",
        "-Q shutdown a b",
        "reboot",
        "reboot asap",
        "reboot asap nextstate=foo node1",
        "takeover x",
        "takeover 1 2",
        "token x",
        "power foo node1",
        "listpids x",
        "listpids 1 2 3",
        "update",
    )
]
WRONG_WORDS += [Case("scontrol token lifespan=x", releases=NEWER)]

CASES = [*REQUEUE, *SCRIPTS, *WAITING, *CONTROLLER, *UNABLE, *WRONG_WORDS]
