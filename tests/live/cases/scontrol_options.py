"""`scontrol`'s options and verbs about clusters, federations and users on whose behalf jobs are changed."""

from __future__ import annotations

from dataclasses import replace

from tests.live.case import RELEASES, Case

ADMIN = "slurmadmin"
HELD = "-J c-opt -H --wrap true"
ALICE = f"@alice {HELD}"
STATE = "scontrol show job {j}"
WHEN = {
    r"(SubmitTime|LastSchedEval|AccrueTime)=\S+": "when the job was submitted and looked at",
    r"AllocNode:Sid=\S+": "the session that submitted the job",
    r"Scheduler=\S+": "which scheduler came first",
}
NO_USER = "v0.0.38 has no place for it in a change of a job"


def of_release(release: str) -> list[Case]:
    """Lines that name that release's own cluster."""
    name = f"slurm{release.replace('.', '')}"
    cases = [
        Case(f"scontrol -M {name} ping"),
        Case(f"scontrol --clusters={name},nosuch ping"),
        Case(f"scontrol -M {name} show lic matlab"),
        Case(f"scontrol -M {name} --federation show lic matlab"),
        Case(f"scontrol -M {name} --sibling show lic matlab"),
        Case(f"scontrol cluster {name}"),
        Case(f"scontrol cluster {name} x"),
        Case("scontrol", stdin=f"cluster {name}\nping\ncluster\nping\n".encode()),
        Case("scontrol ping", env={"SLURM_CLUSTERS": name}),
    ]
    return [replace(case, releases=(release,)) for case in cases]


CLUSTERS = [
    *(case for release in RELEASES for case in of_release(release)),
    Case("scontrol -M nosuch ping"),
    Case("scontrol -M all ping", releases=("22.05", "24.11")),
    Case("scontrol -M '' ping"),
    Case("scontrol cluster"),
    Case("scontrol cluster nosuch"),
    Case("scontrol", stdin=b"cluster nosuch\nping\n"),
    Case("scontrol ping", env={"SLURM_CLUSTERS": "nosuch"}),
    Case("scontrol --federation show lic"),
    Case("scontrol --sibling show lic"),
    Case("scontrol --federation show job {j}", jobs={"j": HELD}, differs=WHEN),
    Case("scontrol --sibling show job {j}", jobs={"j": HELD}, differs=WHEN),
    Case("scontrol --local show job {j}", jobs={"j": HELD}, differs=WHEN),
]

USERS = [
    Case(line, user=user, jobs={"j": job}, after=(STATE,), differs=WHEN, cannot={"22.05": NO_USER})
    for line, user, job in (
        ("scontrol -u alice update jobid={j} nice=3", ADMIN, ALICE),
        ("scontrol --uid=6001 update jobid={j} nice=3", ADMIN, ALICE),
        ("scontrol -u alice update jobid={j} nice=-3", ADMIN, ALICE),
        ("scontrol -u bob update jobid={j} nice=3", ADMIN, ALICE),
        ("scontrol -u alice update jobid={j} nice=3", "alice", HELD),
        ("scontrol -u bob update jobid={j} nice=3", "alice", HELD),
        ("scontrol -u alice update jobid={j} nice=3", ADMIN, f"{ALICE} --array=1-3"),
    )
]
USERS += [
    Case(
        "scontrol -u alice hold {j}",
        user=ADMIN,
        jobs={"j": "@alice -J c-opt --begin=2037-01-01 --wrap true"},
        after=("squeue -h -o '%i %r' -j {j}",),
    ),
    Case("scontrol -u alice show lic"),
    Case("scontrol -u nosuch show lic"),
    Case("scontrol -u 99999 show lic"),
    Case("scontrol -u -5 show lic"),
    Case("scontrol -u '' show lic"),
    Case("scontrol -u"),
]

UPDATES = [
    Case(f"scontrol update {words}", cannot={"*": "the REST API has no request for it"})
    for words in ("stepid=999999.0 timelimit=3", "slurmctlddebug=3")
]

CASES = [*CLUSTERS, *USERS, *UPDATES]
