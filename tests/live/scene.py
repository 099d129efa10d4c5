"""The scene: on each cluster, jobs in every state that a loopback cluster can make, under known names.

Reading cases look at it.  It is built once and reused while it stands; building takes a little over a minute,
because a time limit is at least that long.
"""

from __future__ import annotations

import fcntl
import json
import re
from pathlib import Path

from tests.live.harness import Bench

# name -> (user, sbatch arguments, the state it must reach)
JOBS = {
    "timeout": ("alice", "-J s-timeout -t 1 --wrap 'sleep 600'", "TIMEOUT"),
    "running": ("alice", "-J s-running -n 2 -t 2-00:00:00 --wrap 'sleep 100000'", "RUNNING"),
    "gpu": ("alice", "-J s-gpu --gres=gpu:1 -w node3 -t 90 --wrap 'sleep 100000'", "RUNNING"),
    "running_bob": ("bob", "-J s-running-bob -A physics -p shared -w node3 -t 90 --wrap 'sleep 100000'", "RUNNING"),
    "running_two": ("alice", "-J s-two -N 2 --ntasks-per-node=1 -t 60 --mem=500 --wrap 'sleep 100000'", "RUNNING"),
    "licensed": ("bob", "-J s-lic -A physics -L matlab:2 -t 90 --wrap 'sleep 100000'", "RUNNING"),
    "suspended": ("alice", "-J s-suspended -t 3:00:00 --wrap 'sleep 100000'", "RUNNING"),
    "completed": ("alice", "-J s-completed --comment='all well' --wrap true", "COMPLETED"),
    "failed": ("alice", "-J s-failed --wrap 'exit 3'", "FAILED"),
    "signalled": ("alice", "-J s-signalled --wrap 'kill -9 $$'", "FAILED"),
    "cancelled": ("alice", "-J s-cancelled -H --wrap true", "CANCELLED"),
    "cancelled_running": ("alice", "-J s-cancelled-running --wrap 'sleep 100000'", "CANCELLED"),
    "array": ("alice", "-J s-array --array=0-1,100-102%3 --wrap '[ $SLURM_ARRAY_TASK_ID -lt 9 ] || sleep 99999'", ""),
    "array_held": ("alice", "-J s-array-held -H --array=1-20:3%2 --wrap 'true'", "PENDING"),
    "held": ("alice", "-J s-held -H --nice=50 --wrap true", "PENDING"),
    "held_bob": ("bob", "-J s-held-bob -A physics -H -n 3 --wrap true", "PENDING"),
    "held_admin": ("alice", "-J s-held-admin -H --wrap true", "PENDING"),
    "later": ("alice", "-J s-later --begin=2037-05-06T07:08:09 --wrap true", "PENDING"),
    "dependent": ("alice", "-J s-dependent -d afterok:{running} --wrap true", "PENDING"),
    "dependent_many": ("alice", "-J s-depmany -d afterany:{running}:{gpu},afternotok:{held} --wrap true", "PENDING"),
    "closed": ("alice", "-J s-closed -p closed --wrap true", "PENDING"),
    "too_big": ("alice", "-J s-toobig --nice=100000 --exclusive -N 4 -t 30 --wrap true", "PENDING"),
    "requeued": ("alice", "-J s-requeued --wrap 'sleep 100000'", "RUNNING"),
    "het": ("alice", "-J s-het -H -n 1 : -n 2 --mem=100 --wrap true", "PENDING"),
    "odd_name": ("alice", "-J 's odd  näme |x' -H --wrap true", "PENDING"),
    "qos_high": ("alice", "-J s-high -H -q high --wrap true", "PENDING"),
    "partitions": ("alice", "-J s-parts -H -p main,short --wrap true", "PENDING"),
    "features": ("alice", "-J s-features -H -C 'fast&big' -x node1 --wrap true", "PENDING"),
    "memory": ("alice", "-J s-memory -H --mem-per-cpu=1500M -c 3 --wrap true", "PENDING"),
    "steps": ("alice", "-J s-steps -n 2 --wrap 'srun -n 2 -J both true; srun -n 1 -J bad false; true'", "COMPLETED"),
    "het_steps": ("alice", "-J s-hetsteps -n 1 : -n 2 --wrap 'srun --het-group=0,1 -J all true'", "COMPLETED"),
    "deadline": ("alice", "-J s-deadline -H -t 10 --deadline=2037-01-01 --wrap true", "PENDING"),
}  # fmt: skip
ENDED = ("COMPLETED", "FAILED", "CANCELLED", "TIMEOUT")


def ensure(release: str) -> dict[str, str]:
    """The ids of the scene's jobs by name, built anew unless a scene still stands on the cluster."""
    bench = Bench(release)
    memory = Path(bench.cluster.shared("root")).parent / f"scene-{release}.json"
    with open(memory, "a+", encoding="utf-8") as file:
        # One that is being built by another process looks like one that fell.
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        written = file.read()
        ids: dict[str, str] = json.loads(written) if written else {}
        if set(ids) == set(JOBS) and stands(bench, ids):
            return ids
        bench.cancel(leftovers(bench))
        ids = build(bench)
        file.truncate(0)
        file.write(json.dumps(ids))
    return ids


def leftovers(bench: Bench) -> list[str]:
    """Jobs of scenes that no longer stand, or were never finished: they would take the nodes from a new one."""
    return _named(bench, "s-")


def strangers(bench: Bench) -> list[str]:
    """Jobs that are none of the scene's: after a case that broke off, they would take the nodes from the next ones."""
    return _named(bench, "(?!s[- ])")


def _named(bench: Bench, pattern: str) -> list[str]:
    """The ids of the jobs whose names begin so."""
    listing = bench.words("slurmadmin", "squeue -h -a -o '%A %j'")
    return re.findall(rf"^(\d+) {pattern}", listing, re.MULTILINE)


def stands(bench: Bench, ids: dict[str, str]) -> bool:
    """Whether every job is still known and in its state."""
    listing = bench.words("slurmadmin", "squeue -h -a -t all -o '%A %T'")
    states = dict(re.findall(r"^(\d+) (\w+)$", listing, re.MULTILINE))
    wanted = {name: state for name, (_, _, state) in JOBS.items()} | {"suspended": "SUSPENDED"}
    wanted["requeued"] = "PENDING"
    return all(ids[name] in states and states[ids[name]] == state for name, state in wanted.items() if state)


def build(bench: Bench) -> dict[str, str]:
    """Submits the scene's jobs, steers them, and waits until each is in its state."""
    ids: dict[str, str] = {}
    for name, (user, args, _) in JOBS.items():
        # Beside a job of a partition that shares its nodes no other starts, beside others it does.
        if name == "running_bob":
            bench.wait_for("slurmadmin", f"scontrol -o show job {ids['gpu']}", r"JobState=RUNNING\b")
        filled = re.sub(r"\{(\w+)\}", lambda m: ids[m.group(1)], args)
        ids[name] = bench.submit(user, filled, cwd=f"/home/{user}")

    def state(name: str, wanted: str) -> None:
        bench.wait_for("slurmadmin", f"scontrol -o show job {ids[name]}", rf"JobState={wanted}\b")

    for name in ("suspended", "cancelled_running", "requeued"):
        state(name, "RUNNING")
    words = bench.words
    words("slurmadmin", f"scontrol suspend {ids['suspended']}")
    words("alice", f"scancel {ids['cancelled']} {ids['cancelled_running']}")
    words("slurmadmin", f"scontrol hold {ids['held_admin']}")
    words("slurmadmin", f"scontrol requeuehold {ids['requeued']}")
    for name, (_, _, wanted) in JOBS.items():
        if wanted and name not in ("suspended", "requeued"):
            if wanted == "TIMEOUT":
                continue
            state(name, wanted)
    state("requeued", "PENDING")
    state("suspended", "SUSPENDED")
    started = [
        ids[name] for name, (_, _, wanted) in JOBS.items() if wanted == "RUNNING" and name != "requeued"
    ]
    known = rf"\A(?:(?:RUNNING|SUSPENDED)\n){{{len(started)}}}\Z"  # to the accounting, too
    bench.wait_for("slurmadmin", f"sacct -a -X -n -P -o state -j {','.join(started)}", known)
    end = bench.wait_for  # a time limit of a minute takes up to a minute and a half
    for _ in range(3):
        try:
            end("slurmadmin", f"scontrol -o show job {ids['timeout']}", r"JobState=TIMEOUT\b")
            break
        except AssertionError:
            continue
    return ids
