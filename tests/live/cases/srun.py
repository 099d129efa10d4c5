"""`srun` outside an allocation: what is run, what is read and written, and how it ends."""

from __future__ import annotations

from typing import Final

from tests.live.case import Case

IDS: Final = {
    r"StepId=\d+\.\d+": "the job's id",
    r"STEP \d+\.\d+": "the job's id",
    r"\bjob \d+": "the job's id",
    r"JobId=\d+": "the job's id",
    r"\bnode[1-4](?=: (?:task|error))": "where the job ran: the node of the job before may still be busy",
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?": "when it happened",
}


STILL: Final = "sh -c 'while squeue -h -t CG | grep -q .; do sleep 0.1; done'"
"""The nodes of the jobs before are free again."""


AT_ONCE: Final = {
    r"\A(?:srun: job \d+ queued and waiting for resources\nsrun: job \d+ has been allocated resources\n)?": "the"
    " nodes of the jobs before are free in time, or are not"
}


def waits(line: str, **rest: object) -> Case:
    """A step of a job that has to wait, which is told."""
    rest["differs"] = {**rest.get("differs", {}), **IDS}  # type: ignore[dict-item]
    rest.setdefault("before", (STILL,))
    return Case(f"srun {line}", **rest)  # type: ignore[arg-type]


def run(line: str, **rest: object) -> Case:
    """A step of a job that starts at once."""
    return waits(line, **{**rest, "differs": {**AT_ONCE, **rest.get("differs", {})}})  # type: ignore[dict-item]


def file(line: str, name: str, **rest: object) -> Case:
    """A step that writes into a file."""
    return run(line, after=(f"file {name}",), **rest)


SH: Final = "sh -c"

STATUS = [
    run("true", core=True),
    run("false", core=True),
    run(f"{SH} 'exit 3'", core=True),
    run(f"{SH} 'exit 255'"),
    run(f"-n 2 {SH} 'exit $((SLURM_PROCID + 4))'"),
    run(f"-n 3 {SH} 'exit 7'"),
    run(f"-N 2 {SH} 'exit $((SLURM_PROCID * 7))'"),
    run(f"{SH} 'kill -9 $$'", core=True),
    run(f"{SH} 'kill -TERM $$'"),
    run(f"{SH} 'kill -USR1 $$'"),
    run("nosuchcommand"),
    run("/nonexistent/program"),
    run("/etc/passwd"),
    run("-K -n 1 false"),
    run("-n 2 --wait=1 true"),
    run(f"-Q {SH} 'exit 3'"),
]

OUTPUT = [
    run("echo hello", core=True),
    run(f"{SH} 'echo out; echo err >&2'", core=True),
    run(f"{SH} 'printf nothing-after'"),
    run(f"{SH} 'printf a; printf b >&2'"),
    run("printf '\\303\\244\\n'"),
    run("-l echo hello"),
    run(f"-l {SH} 'echo out; echo err >&2'"),
    run("-l -n 1 -u echo hello"),
    run("-u printf abc"),
    run("seq 1 20000"),
    run("hostname", core=True),
    run("-Q -w node2 printenv SLURMD_NODENAME"),
    run(
        "-N 2 -n 2 -w node1,node2 --output=host-%t printenv SLURMD_NODENAME",
        after=("file host-0", "file host-1"),
    ),
    file("-o out echo hello", "out"),
    file("--output=out -n 2 -l sh -c 'sleep $SLURM_PROCID; echo hello'", "out"),  # in that order
    file(f"-o out -e err {SH} 'echo out; echo err >&2'", "err"),
    file(f"-o both {SH} 'echo out; echo err >&2'", "both"),
    file("-o out-%t -n 2 printenv SLURM_PROCID", "out-1"),
    file("-o out-%n -Q -N 2 -w node1,node2 printenv SLURMD_NODENAME", "out-1"),
    file("-o out-%N -Q -w node1 echo hello", "out-node1"),
    file("--open-mode=append -o out echo more", "out", files={"out": b"before\n"}),
    file("--open-mode=truncate -o out echo more", "out", files={"out": b"before\n"}),
    run("-o none echo hello"),
    run(f"-e none {SH} 'echo out; echo err >&2'"),
    run("-o 0 -n 2 printenv SLURM_PROCID"),
    run("-o /nonexistent/out echo hello"),
]

INPUT = [
    run("cat", stdin=b"one\ntwo\n", core=True),
    run("cat", stdin=b""),
    run("cat", stdin=b"no newline"),
    run("cat", stdin=bytes(range(256))),
    run("wc -c", stdin=b"0123456789abcdef" * 40_000),
    run("-n 2 -o out-%t -l cat", stdin=b"one\n", after=("file out-0", "file out-1")),
    run("-n 2 -i 1 -l cat", stdin=b"one\n"),
    run("-i none cat", stdin=b"not read\n"),
    run("-i in cat", files={"in": b"from a file\n"}),
    run("-i missing cat"),
    run("true", stdin=b"not read\n" * 100_000),
    run("head -n 1", stdin=b"first\nsecond\n"),
]

FOLDER = [
    run("pwd"),
    run("-D / pwd"),
    run("--chdir=/tmp pwd"),
    run("printenv PWD"),
    run("-D /nonexistent pwd"),
    run(
        "./program one 'two  words' '$x' \"it's\"",
        files={"program": b'#!/bin/sh\nfor w; do echo "[$w]"; done\n'},
    ),
    run("program", files={"program": b"#!/bin/sh\necho found\n"}),
]

PROGRAMS: Final = b"0 echo zero %t\n1-2 echo others %o\n"
TASKS = [
    file("-n 3 --multi-prog -o out-%t programs", "out-2", files={"programs": PROGRAMS}),
    run("--multi-prog missing"),
    run("-n 2 -c 2 -l --output=out-%t printenv SLURM_CPUS_PER_TASK", after=("file out-0",)),
    run("-N 2 printenv SLURM_NNODES"),
    run("-n 1 -N 2 printenv SLURM_NNODES"),
    run("-N 2 --ntasks-per-node=2 printenv SLURM_NTASKS"),
    run("--task-prolog=./prolog printenv ADDED",
        files={"prolog": b"#!/bin/sh\necho print from the prolog\necho export ADDED=1\n"}),
    run("--task-epilog=./epilog true", files={"epilog": b"#!/bin/sh\necho epilog > epilog-was-here\n"}),
    run("--cpu-bind=none true"),
    run("--mpi=none true"),
    run("--mpi=list", cannot={"*": "the API does not tell which kinds of MPI a cluster has"}),
    run("--exact --overlap true"),
    run("--kill-on-bad-exit=0 false"),
    run("--mem=100 printenv SLURM_MEM_PER_NODE"),
    run("--mem-per-cpu=100 printenv SLURM_MEM_PER_CPU"),
    run("--gres=gpu:1 printenv CUDA_VISIBLE_DEVICES"),
    run("-Q --bcast=/tmp/slurm-cli-proxy-bcast true"),
]  # fmt: skip

CASES = [*STATUS, *OUTPUT, *INPUT, *FOLDER, *TASKS]
