"""`scancel` of clusters and federations, what the controller does by itself, and comments of administrators."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.scancel import ARRAY, BOB, HET, RUNNING, STATE, one, two

NEW = ("24.11", "26.05")
ADMIN = "slurmadmin"
ALICE = "@alice -J h-adm -H --wrap true"
COMMENT = "bash -c 'scontrol show job {j} | grep -o AdminComment=.*'"


def named(release: str) -> list[Case]:
    """Lines that name that release's own cluster."""
    name = f"slurm{release.replace('.', '')}"
    cases = [
        one(f"scancel -M {name} {{j}}"),
        one(f"scancel -M {name},nosuch -v {{j}}"),
        two(f"scancel --clusters={name} {{j}} {{k}} 999999"),
        one(f"scancel -M {name} {{j}}", BOB),
        one(f"scancel -M {name} -i {{j}}", stdin=b"n\n"),
        one(f"scancel --sibling={name} {{j}}"),
        one(f"scancel -M {name} {{j}}_2", ARRAY),
        one(f"scancel -M {name} -v -n h-held {{j}}"),
        one("scancel {j}", env={"SLURM_CLUSTERS": name}),
        one("scancel -i {j}", env={"SLURM_CLUSTERS": name}, stdin=b"n\n"),
        Case(f"scancel -M {name}"),
        Case(f"scancel -M {name} 999999"),
    ]
    return [Case(**{**case.__dict__, "releases": (release,)}) for case in cases]


CLUSTERS = [
    *(case for release in ("22.05", "24.11", "26.05") for case in named(release)),
    one("scancel -M nosuch {j}"),
    one("scancel -M all {j}"),
    one("scancel {j}", env={"SLURM_CLUSTERS": "nosuch"}),
    Case("scancel -M nosuch"),
    Case("scancel -M ''"),
]

SIBLINGS = [
    one("scancel --sibling=x {j}"),
    one("scancel -v --sibling=x {j}", BOB),
    one("scancel --sibling=x {j}_[2-9]", ARRAY),
    one("scancel --sibling=x {j}_99", ARRAY),
    one("scancel --sibling=x {j}+1", HET),
    one("scancel --sibling=x {j}", RUNNING),
    one("scancel --sibling=x -s USR1 {j}", RUNNING),
    one("scancel --sibling=x -b {j}", RUNNING),
    one("scancel --sibling=x -n h-held {j}"),
    one("scancel --sibling=x -n nosuch {j}"),
    one("scancel --sibling=x -i {j}", stdin=b"y\n"),
    one("scancel --sibling=x --ctld {j}"),
    one("scancel --sibling= {j}", before=("scancel {j}",)),
    Case("scancel --sibling=x 999999"),
    Case("scancel --sibling=x -s USR1 999999"),
]

BY_CONTROLLER = [
    one("scancel --ctld -i {j}", stdin=b"n\n", releases=NEW),
    one("scancel --ctld -i -n h-held {j}", stdin=b"n\n", releases=NEW),
    one("scancel -c {j}"),
    one("scancel --cron -v {j}"),
]

COMMENTS = [
    Case(line, user=ADMIN, jobs={"j": job}, after=(STATE, COMMENT))
    for line, job in (
        ("scancel --admin-comment=foo {j}", ALICE),
        ("scancel --admin-comment='a b' -v {j}", ALICE),
        ("scancel --admin-comment=foo --ctld -n h-adm", ALICE),
        ("scancel --admin-comment=foo {j}_2", "@alice " + ARRAY),
        ("scancel --admin-comment=foo {j}", "@alice " + HET),
        ("scancel --admin-comment=foo -s USR1 {j}", "!@alice " + RUNNING[1:]),
    )
]
COMMENTS += [
    one("scancel --admin-comment=foo {j}"),
    one("scancel --admin-comment=foo {j}", BOB),
    Case("scancel --admin-comment=foo 999999", user=ADMIN),
    Case("scancel --admin-comment=foo 999999", releases=("22.05", "24.11")),
    Case(
        "scancel --admin-comment=foo 999999",
        releases=("26.05",),
        cannot={
            "*": "the REST API does not tell who is an administrator, and there is no job to try it with"
        },
    ),
    Case("scancel --admin-comment"),
    Case("scancel --admin-c=foo"),
]

CASES = [*CLUSTERS, *SIBLINGS, *BY_CONTROLLER, *COMMENTS]
