"""`srun`: options that mean little from afar, or only together with others; several mistakes at once."""

from __future__ import annotations

from tests.live.cases.srun import run

NEW = ("26.05",)
LATER = ("24.11", "26.05")

PORTS = [
    run("--resv-ports true"),
    run("--resv-ports=0 -n 2 true"),
    run("--resv-ports=2 true"),
    run("--resv-ports=2x true"),
    run("--resv-ports=-1 true"),
]

TERMINAL = [
    run("--pty echo a"),
    run("--pty -l -n 2 -Q echo a"),
    run("--pty cat", stdin=b"what stands there\n"),
    run("--pty -p nowhere true"),
    run("--pty=3 echo a", releases=LATER),
]

INTERACTIVE = [
    run("--interactive printenv SLURM_STEP_ID"),
    run("--interactive -n2 sh -c 'echo once; exit 3'"),
]

ASYNC = [
    run("--async true", releases=NEW),
    run("--async -p nowhere true", releases=NEW),
    run("--async -n5 -N6 true", releases=NEW),
    run("--async --parsable -v -Q true", releases=NEW),
    run("--async", releases=NEW),
    run("--parsable true", releases=NEW),
]

TOGETHER = [
    run("-Z true"),
    run("-Z"),
    run("-Z -v -Q true"),
    run("-Z -N 3 -n 2 true"),
    run("-Z -t x true"),
    run("-n1 : -Z true"),
    run(
        "-Z -w node1 true",
        cannot={"*": "the API launches nothing without an allocation, for which native fails too"},
    ),
    run("-v -Q"),
    run("-v -Q : -n1 true"),
    run("-v -Q --mem=1 --mem-per-cpu=1 true"),
    run("-n5 -N6"),
    run("-n1 :"),
    run(": true"),
]

WHOLE = [
    run("--exclusive=allocation sh -c 'echo $SLURM_CPUS_ON_NODE'"),
    run("--exclusive=ALLOCATION -n 2 true", releases=NEW),
    run("--exclusive=topo -p nowhere true"),
]

UNREAD = [
    run("sh -c 'echo $SLURM_NNODES'", env={"SLURM_NNODES": "2"}),
    run("true", env={"SLURM_NNODES": "x", "SLURM_IMMEDIATE": "x"}),
    run("true", env={"SLURM_JOB_NUM_NODES": "x"}),
]
"""Variables that the native command's page names, or that others have, and whether they are read."""

CASES = [*UNREAD, *WHOLE, *PORTS, *TERMINAL, *INTERACTIVE, *ASYNC, *TOGETHER]
