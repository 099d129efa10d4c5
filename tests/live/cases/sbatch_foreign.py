"""`sbatch`: what `#PBS` and `#BSUB` lines may hold: long options, resources wherever their names begin, odd values."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.submission import DIFFERS, SHOW

# fmt: off
PBS = (
    "-l mem=1b", "-l mem=5000000b", "-l mem=1MB", "-l mem=", "-l mem=100mb:ncpus=2", "-l xmem=5mb", "-l file=1b",
    "-l ncpus=", "-l nice=", "-l mpiprocs=2:mem=7mb", "-l naccelerators=x", "-l naccelerators=0",
    "-l accelerator=truex:ncpus=2", "-l select=1:naccelerators=1", "-l select=x", "-l select=1-2:ncpus=2",
    "-l select=1:2", "-l select=1:walltime=5", "-l select=", "-l walltime=", "-l walltime=5:ncpus=2", "-l xwalltime=5",
    "-l proc=big", "-l proc=big:x", "-l mppnodes=node[1-2]", "-l mppnodes=", "-l mppwidth=2:walltime=5",
    "-l host=x:walltime=5", "-l nodes=2:ppn=2x", "-l nodes=1-3:ppn=2", "-l nodes=2:2:ppn=1", "-l nodes=2:ppn=-1",
    "-l nodes=2:ppn=2:walltime=5", "-W umask=1000", "-W umask=8", "-W umask=08", "-W umask=", "-W umask=-1",
    "-W umask=0x1f", "-W DEPEND=afterany:99999", "-m ABE", "--working_dir=/tmp", "--hold --job_name=x", "--hold=x",
    "--a 1", "--resource_list walltime=5", "--destination",
)
BSUB = (
    "-n 3,", "-n ,3", "-n 1,2,3", "--cwd=/tmp", "--e", "--queue=short --memory=2000 --time 7", "--ex=1",
    "--hostname node1 --exclusive", "-cwdx", "-m 'node1+1 node2'", "-m 'node2 node1'",
)
# fmt: on

CASES = [
    Case("sbatch -H", stdin=f"#!/bin/sh\n#{magic} {line}\n".encode(), after=(SHOW,), differs=DIFFERS)
    for magic, lines in (("PBS", PBS), ("BSUB", BSUB))
    for line in lines
]
