"""`scancel` that signals: who in a running job gets it; `--ctld`, `--hurry`, `--cron`, and what REST cannot carry."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.scancel import (
    ARRAY,
    ARRAY_RUNNING,
    BOB,
    HET,
    HET_RUNNING,
    NO_STEPS,
    RUNNING,
    STATE,
    one,
)
from tests.live.cases.scancel_filters import PLUGINS, RUN_A, A, pair

FULL_ONLY = "v0.0.38 sends a signal to the batch shell, its children and all steps, as --full does, and never to fewer"
NO_HURRY = "v0.0.38 has no such flag"
OLD = {"22.05": FULL_ONLY}

# A batch shell, a child of it and a step, each of which writes down the signals that it gets, and a second later that
# nothing more is to be expected.
SCRIPT = b"""#!/bin/bash
watch='for s in HUP INT USR1 USR2 TERM CONT; do trap "echo $who $s; sleep 1; echo over" $s; done'
who=batch
eval "$watch"
who=child bash -c "$watch"'; echo ready; while :; do sleep 0.1; done' &
who=step srun -Q bash -c "$watch"'; echo ready; while :; do sleep 0.1; done' &
while :; do wait; done
"""
JOB = "!-J h-sig -t 60 -o {scratch}/out {scratch}/job"
READY = "bash -c 'until [ $(grep -c ready {scratch}/out) = 2 ]; do sleep 0.05; done'"
WHO = "bash -c 'grep -E \"^(batch|child|step) \" {scratch}/out | sort'"


def heard(line: str, **more: object) -> Case:
    """The line, and who in the job heard of it."""
    return Case(
        line,
        files={"job": SCRIPT},
        jobs={"j": JOB},
        before=(READY,),
        await_line="cat {scratch}/out",
        await_match="(?m)^over$",
        after=(WHO, STATE),
        **more,  # type: ignore[arg-type]
    )


def unheard(line: str, **more: object) -> Case:
    """What the proxy refuses: there is nothing to wait for."""
    return Case(line, files={"job": SCRIPT}, jobs={"j": JOB}, before=(READY,), after=(WHO,), **more)  # type: ignore[arg-type]


def ended(line: str, job: str, **more: object) -> Case:
    """For a job that ends by what happens to its processes: nobody is told to wait for that."""
    return Case(line, jobs={"j": job}, await_line=STATE, await_match="FAILED", after=(STATE,), **more)  # type: ignore[arg-type]


WHO_HEARS = [
    heard("scancel --full --signal=USR1 {j}", core=True),
    heard("scancel -f -s TERM {j}"),
    heard("scancel -fb -s 12 {j}"),
    heard("scancel -f -s HUP -n h-sig"),
    heard("scancel -v -f -s USR1 {j}", cannot={"22.05": PLUGINS}),
]

FEWER = [
    "scancel -s USR1 {j}",
    "scancel --batch --signal=USR1 {j}",
    "scancel --name=h-sig --batch --signal=TERM --state=running",
    "scancel -s sigusr2 {j}",
    "scancel --signal=10 {j}",
    "scancel --signal=TERM {j}",
    "scancel -b -s TERM {j}",
    "scancel -b -s INT -t running {j}",
    "scancel --ctld -b -s USR2 {j}",
    "scancel --ctld -s CONT -n h-sig",
    "scancel -v -b -s USR1 {j}",
    "scancel -v -s USR1 {j}",
]
"""Signals for the batch shell alone, or for the steps alone."""

WHO_HEARS += [heard(line, core=place < 3, releases=("24.11", "26.05")) for place, line in enumerate(FEWER)]
WHO_HEARS += [unheard(line, cannot=OLD, releases=("22.05",)) for line in FEWER]

WITHOUT_STEPS = [
    one("scancel -s TERM {j}", RUNNING, cannot=OLD),
    one("scancel -s KILL {j}", RUNNING),
    one("scancel -s 9 {j}", RUNNING, core=True),
    one("scancel -v -s KILL {j}", RUNNING, cannot={"22.05": PLUGINS}),
    ended("scancel -b {j}", RUNNING, releases=("24.11", "26.05")),
    ended("scancel -b -s KILL {j}", RUNNING, releases=("24.11", "26.05")),
    Case("scancel -b {j}", jobs={"j": RUNNING}, releases=("22.05",), cannot=OLD),
    Case("scancel -b -s KILL {j}", jobs={"j": RUNNING}, releases=("22.05",), cannot=OLD),
    one("scancel -f -s KILL {j}", RUNNING),
    one("scancel -s KILL {j}"),
    one("scancel -b -s KILL {j}"),
    one("scancel -b {j}"),
    one("scancel -s KILL {j}", ARRAY),
    one("scancel -s KILL {j}_2", ARRAY),
    one("scancel -s KILL '{j}_[3-4]'", ARRAY),
    one("scancel -s KILL {j}_2", ARRAY_RUNNING),
    one("scancel -s KILL {j}", ARRAY_RUNNING),
    one("scancel -s KILL {j}", HET),
    one("scancel -s KILL {j}+1", HET),
    one("scancel -s KILL {j}", HET_RUNNING),
    one("scancel -s KILL {j}", BOB),
    one("scancel -b -s TERM {j}", "!@bob " + RUNNING[1:], cannot=OLD),
    one("scancel -s KILL {j}", before=("scancel {j}",)),
    one("scancel -s TERM {j}", before=("scancel {j}",)),
    one("scancel -b -s USR1 {j}", before=("scancel {j}",)),
    pair("scancel --name=h-f-a --signal=KILL --state=pending", A, RUN_A),
    Case("scancel -s KILL 999999", core=True),
    Case("scancel -s TERM 999999"),
    Case("scancel -b 999999"),
    Case("scancel -Q -s TERM 999999"),
    Case("scancel -s KILL 999999 888888"),
    Case("scancel -s TERM 999999_3"),
    Case("scancel -s TERM '999999_[3,5]'"),
    Case("scancel -b -s TERM -n h-nosuch", core=True),
    Case("scancel --name=h-nosuch --batch --signal=TERM --state=running", core=True),
    Case("scancel --name=h-nosuch --batch --signal=TERM --state=suspended"),
]

WRONG = [
    Case("scancel -s FOO 12", core=True),
    Case("scancel -s 0 12"),
    Case("scancel -s '' 12"),
    Case("scancel -s 99 999999"),
    Case("scancel -s SIGSIGTERM 12"),
    Case("scancel -s PIPE 999999"),
    Case("scancel -s chld 999999"),
    Case("scancel -s"),
]

CONTROLLER = [
    one("scancel --ctld {j}", core=True),
    one("scancel --ctld {j}", RUNNING),
    one("scancel -v --ctld {j}"),
    one("scancel -v --ctld {j}", before=("scancel {j}",)),
    one("scancel --ctld {j}", before=("scancel {j}",)),
    one("scancel --ctld {j}", BOB),
    one("scancel --ctld {j}_3", ARRAY),
    one("scancel --ctld '{j}_[3,5-6]'", ARRAY),
    one("scancel -v --ctld '{j}_[3,5-6,12]'", ARRAY),
    one("scancel --ctld '{j}_*'", ARRAY),
    one("scancel --ctld {j}", ARRAY),
    one("scancel --ctld {j}", HET),
    pair("scancel --ctld -n h-f-a -t pending", A, RUN_A),
    pair("scancel --ctld -n h-f-a -p short", A, "-p short " + A),
    pair("scancel --ctld -n h-f-a -u alice", A, "@bob " + A),
    one("scancel --ctld -n h-bob", BOB),
    one("scancel --ctld -s KILL {j}"),
    Case("scancel --ctld 999999"),
    Case("scancel -v --ctld 999999"),
    Case("scancel --ctld 999999_3"),
    Case("scancel --ctld -n h-nosuch"),
    one("scancel --ctld -n '' {j}"),
    one("scancel --ctld -n h-nosuch {j}"),
    one("scancel --ctld -t running {j}"),
    one("scancel --ctld -u bob {j}"),
    one("scancel --ctld -w node1 {j}"),
    one("scancel --ctld --wckey= -u alice -n h-held {j}"),
    one("scancel --ctld -n h-held --wckey= -u alice"),
    one("scancel --ctld -n h-held --nodelist= -u alice"),
    one("scancel --ctld -n h-held --nodelist=./nosuch"),
    Case("scancel -v --ctld -n h-nosuch", cannot={"22.05": PLUGINS}),
    Case("scancel --ctld -u nosuch"),
    Case("scancel --ctld"),
    Case("scancel --ctld abc"),
]

MORE = [
    one("scancel -fbv {j}", releases=("24.11", "26.05")),
    one("scancel --hurry {j}", cannot={"22.05": NO_HURRY}),
    one("scancel -H -n h-held {j}", cannot={"22.05": NO_HURRY}),
    one("scancel {j}", env={"SCANCEL_HURRY": "1"}, cannot={"22.05": NO_HURRY}),
    one("scancel --cron {j}"),
    one("scancel -c {j}"),
    Case("scancel --sibling=x"),
    unheard("scancel {j}.0", cannot={"*": NO_STEPS}),
    unheard("scancel --signal=USR1 {j}.0", cannot={"*": NO_STEPS}),
]

CASES = WHO_HEARS + WITHOUT_STEPS + WRONG + CONTROLLER + MORE
