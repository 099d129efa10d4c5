"""`sacct --json` and `--yaml`: the jobs that the options let through, as data."""

from __future__ import annotations

from tests.live.cases.sacct import scene

ENDED = "-j {completed},{failed},{timeout},{signalled},{cancelled_running},{steps}"
GROUPS = {"22.05": "v0.0.38 does not filter by group"}
SINCE = ("24.11", "26.05")

CASES = [
    scene(f"sacct --json {ENDED}"),
    scene(f"sacct --yaml {ENDED}"),
    *(
        scene(f"sacct --json {line}")
        for line in (
            *("-j {steps}", "-j {steps} -X", "-j {steps}.0", "-j 4000000", "-j {array}_1", "-j {completed} -n"),
            *("-S 00:00 --name s-completed,s-failed -u alice", "-S 00:00 --name s-nosuch", "-q high -S 00:00"),
            *("-B -j {completed}", "--env-vars -j {completed}", "-s CD,F -S 00:00 -E now --name s-completed,s-failed"),
            *("-x", "foo", "-T -S 00:00 -E now -j {completed},{steps}", "-j {het_steps}", "--yaml -j {completed}"),
        )
    ),
    scene("sacct --json -g bob -a -S 00:00 --name s-nosuch", cannot=GROUPS),
    *(
        scene(f"sacct {line} -j {{completed}}")
        for line in ("--json=nosuch", "--json=", "--json=+complex", "--yaml=v0.0.42+fast", "--json=v0.0.42")
    ),
    scene("sacct --json -A ''", releases=SINCE),
]  # fmt: skip
