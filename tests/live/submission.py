"""What submissions are compared by: the job as the controller shows it, the script it keeps, the words of the job."""

from __future__ import annotations

import shlex
from typing import Final

from tests.live.case import Case

SHOW: Final = "scontrol show job {new}"
SCRIPT: Final = "scontrol write batch_script {new} -"

DIFFERS: Final = {
    r"(?:Submit|Eligible|Accrue|Start|End)Time=\d\S*": "when it was submitted",
    r"LastSchedEval=\S*": "when the scheduler looked at it",
    r"AllocNode:Sid=\S+": "the API cannot say where a job was submitted from",
    r"SubmitLine=.*": "the API cannot say by which command line",
}
"""Values that must differ between two submissions of the same."""

WORDS: Final = "the API leaves out what the controller says beside an error"
CONFIGURATION: Final = "the API does not tell the cluster's configuration, which the native command reads"
NO_PLACE: Final = "v0.0.38 has no place for it"
CRASHES: Final = "v0.0.38's slurmrestd crashes on argv: the job's Command stays empty"
OOM: Final = "v0.0.40 and v0.0.41 make every job's OOMKillStep 0"

OLD_OOM: Final = {"v0.0.40": OOM, "v0.0.41": OOM}


def held_with(line: str) -> Case:
    """A held job with these options, and what the controller makes of it.

    A word `@OPTION` stands in a directive of the script, `SBATCH_NAME=VALUE` or `SLURM_NAME=VALUE` in the environment.
    """
    words, directives, env = [], [], {}
    for word in shlex.split(line):
        if word.startswith("@"):
            directives.append(f"#SBATCH {word[1:]}")
        elif word.startswith(("SBATCH_", "SLURM_")):
            name, _, value = word.partition("=")
            env[name] = value
        else:
            words.append(word)
    script = "\n".join(["#!/bin/sh", *directives, "true", ""])
    return Case(
        " ".join(["sbatch -H", *(shlex.quote(word) for word in words)]),
        env=env, stdin=script.encode(), after=(SHOW,), differs=DIFFERS,
    )  # fmt: skip
