"""`sbatch`, `salloc`, `srun`: called from a folder that is gone, without PATH, with limits and a umask of their own."""

from __future__ import annotations

from dataclasses import replace

from tests.live.case import Case
from tests.live.cases.sbatch_environment import shown
from tests.live.cases.squeue_document import CLOCKS

GONE = "mkdir gone; cd gone; rmdir ../gone"
ALLOCATES = ("24.11", "26.05")

NOWHERE = [
    Case("sbatch -H --wrap true", GONE),
    Case("sbatch -H -D /tmp --wrap true", GONE),
    Case("sbatch -Q nosuch", GONE),
    Case("sbatch --version", GONE),
    Case("sbatch --nosuch", GONE, env={"SLURM_EXIT_ERROR": "9"}),
    Case("salloc -t x true", GONE),
    Case("salloc --version", GONE),
    Case("salloc -Q -n 1 true", GONE, releases=ALLOCATES),
    Case("salloc -Q -D /tmp -n 1 pwd", GONE, releases=ALLOCATES),
    Case("srun -t x true", GONE),
    Case("srun -D /tmp pwd", GONE),
    Case("srun --version", GONE),
]
PATHLESS = [
    Case("sbatch nosuch.sh", "unset PATH"),
    Case("sbatch ./nosuch.sh", "unset PATH"),
    Case("sbatch -Q -H job.sh", "unset PATH", files={"job.sh": b"#!/bin/sh\n"}),
    Case("sbatch -H --wrap true", "unset PATH"),
    Case("salloc -Q -n 1 nosuch", "unset PATH", releases=ALLOCATES),
    Case("salloc -Q -n 1 /bin/true", "unset PATH", releases=ALLOCATES),
    replace(shown(""), caller="unset HOME USER LOGNAME SHELL"),
    replace(shown("--get-user-env"), caller="unset HOME USER PATH"),
]
LIMITED = [
    replace(shown(line), caller=caller)
    for line, caller in (
        ("", "umask 027"),
        ("-o {scratch}/out", "umask 777; mkdir -m 700 sub; cd sub"),
        ("--export=NONE", "umask 0"),
        ("", "ulimit -n 100; ulimit -c 0"),
        ("", "ulimit -Sn 100; ulimit -Ss 4096"),
        ("--propagate", "ulimit -s unlimited"),
        ("--propagate=NOFILE,DATA", "ulimit -d 1000000; ulimit -n 512; ulimit -c 0"),
        ("--propagate=CPU,FSIZE", "ulimit -t 1000; ulimit -f 100000"),
        ("", "export SLURM_PROPAGATE=CORE SBATCH_PROPAGATE=STACK; ulimit -Sc 100"),
    )
]
PLACES = [
    replace(shown(line), caller=caller)
    for line, caller in (
        ("-o {scratch}/out {scratch}/job.sh #", "mkdir 'two words'; cd 'two words'"),
        ("-o {scratch}/out {scratch}/job.sh #", "mkdir $'a\\nb'; cd $'a\\nb'"),
        ("-o {scratch}/out {scratch}/job.sh #", "mkdir $'\\xff\\xfe'; cd $'\\xff\\xfe'"),
        ("", 'f() { echo "a,b"; }; export -f f'),
        ("--export='BASH_FUNC_f%%'", 'f() { echo "a,b"; }; export -f f'),
        ("", "export X=$'a\\xff\\xfe\\x80\\x01'"),
        ("--export=X", "export X=$'caf\\xe9'"),
        ("", "export PWD=/nowhere OLDPWD=x"),
    )
]
BY_PATH = [
    Case(line, 'cd "${0%/*}"; "./${0##*/}" "$@"; exit')
    for line in (
        "sbatch --nosuch", "sbatch -n 1 : --nosuch", "sbatch --mem=x --wrap true", "salloc --nosuch",
        "salloc -n 1 : -n 1 --nosuch", "srun --mem=x true", "srun --nosuch", "squeue --me=3", "sinfo -S",
        "scancel -Z", "scontrol --nosuch show config", "sacct --s", "sacctmgr --nosuch", "sreport -Z", "sshare -Z",
        "sdiag --nosuch",
    )
]  # fmt: skip
BY_PATH.append(Case("squeue -n nosuch --json", BY_PATH[0].caller, releases=ALLOCATES, differs=CLOCKS))

CASES = [*NOWHERE, *PATHLESS, *LIMITED, *PLACES, *BY_PATH]
