"""`sbatch --clusters`: the cluster that is the profile's own, names that nobody knows; `--test-only`, `--resources`."""

from __future__ import annotations

from dataclasses import replace

from tests.live.case import Case
from tests.live.submission import held_with

NOT_ASKED = "no version of the API can ask for it"

CLUSTERS = (
    "-M all", "-M ALL", "--cluster=all --parsable", "SBATCH_CLUSTERS=all", "SLURM_CLUSTERS=all --parsable",
    "SBATCH_CLUSTERS=nosuch -M all", "@-Mall", "-M nosuch", "--clusters=nosuch,other", "-M ''", "-M all,nosuch",
    "SLURM_CLUSTERS=nosuch", "-M nosuch -t x", "-M nosuch -N 3-2", "--clust all",
    "-n1 : -M nosuch -n1", "-M all -p nosuch",
)  # fmt: skip
NAMED = ("-M slurm2411", "-M slurm2411,nosuch", "-M nosuch,slurm2411 --parsable", "-M slurm2411,slurm2411")
RESOURCES = (
    "--resources=matlab:1", "-L ansys:1 --resources=matlab", "--resources=", "-L matlab --resources=",
    "--resources=x", "@--resources=matlab", "--resources=matlab:1 : --resources=ansys:1",
    "-L matlab|ansys --resources=matlab",
)  # fmt: skip

CASES = [
    *(held_with(line) for line in CLUSTERS),
    *(replace(held_with(line), releases=("24.11",)) for line in NAMED),
    *(replace(held_with(line), releases=("26.05",)) for line in RESOURCES),
    Case("sbatch -M all -W -o out --wrap 'env | grep CLUSTER | sort'", after=("file out",)),
    Case("sbatch -M all -W --wrap 'exit 3'"),
    Case(
        "sbatch -M slurm2205 -W -o out --wrap 'env | grep CLUSTER | sort'",
        after=("file out",), releases=("22.05",),
    ),
    *(replace(held_with(f"--test-only {line}"), cannot={"*": NOT_ASKED}) for line in ("", "-p nosuch", "-Q")),
    Case("sbatch -M all -H : -n1", stdin=b"#!/bin/sh\ntrue\n"),
    held_with("--test-only -t x"),
    held_with("--test-only --mem=x"),
    Case("sbatch --test-only"),
    Case("sbatch --test-only /nosuch/script"),
]  # fmt: skip
