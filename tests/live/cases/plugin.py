"""What a `job_submit` plugin of the cluster says to the user (`devcluster/job_submit.lua`)."""

from __future__ import annotations

from dataclasses import replace

from tests.live.case import Case
from tests.live.submission import held_with

SPOKEN = "the answer to a refused submission leaves out the plugin's words"
NO_ALLOCATION = {"22.05": "v0.0.38 cannot make allocations"}
ID = {r"(?<=allocation )\d+": "the allocation's id", r"(?<=Nodes )\S+": "where there is room"}

CASES = [
    *(
        held_with(line)
        for line in (
            "-J plugin-says", "-J plugin-says-more", "-J plugin-refuses-silently", "-J plugin-says-more --parsable",
            "@-Jplugin-says", "SBATCH_JOB_NAME=plugin-says -p closed",
            "-J plugin-refuses-silently : -J second",
        )
    ),
    *(
        replace(held_with(line), cannot={"*": SPOKEN})
        for line in ("-J plugin-refuses", "-J plugin-refuses-by-number", "-J first : -J plugin-refuses")
    ),
    Case("sbatch -H -Q -J plugin-says-more --wrap true"),
    Case("srun -J plugin-says-more true"),
    Case("srun -J plugin-refuses-silently true"),
    Case("salloc -J plugin-says-more true", cannot=NO_ALLOCATION, differs=ID),
    Case("salloc -J plugin-refuses-silently true", cannot=NO_ALLOCATION),
]  # fmt: skip
