"""One submission by the native command and by the proxy, and what there is to compare of the two held jobs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devcluster.slurmconf import SPOOL
from tests.live.harness import NEW_JOB, Bench, Run, Runner, Scratch
from tests.live.submit_draws import WITHOUT_PLACE, Draw

FILES = {"hosts": b"node1\n# not this\nnode[2-3]\n", "vars": b"A=1\0B=two words\0SLURM_X=y\0PATH=/bin\0"}
NAME = "job.sh"
FIELD = re.compile(r"(?:^| )([A-Za-z][\w/:&.]*)=(.*?)(?=(?: [A-Za-z][\w/:&.]*=)|$)", re.MULTILINE)
NOT_COMPARED = frozenset(
    {
        "SLUID", "SubmitLine", "AllocNode:Sid",  # which the API cannot set
        "HetJobId", "HetJobIdSet",
        "SubmitTime", "EligibleTime", "AccrueTime", "StartTime", "EndTime", "LastSchedEval",
    }
)  # fmt: skip
"""Fields that differ between two submissions of the same."""
WITH_ID = frozenset({"JobId", "ArrayJobId", "StdOut", "StdErr", "StdIn"})
"""Fields that have the job's id in them."""
FALLS_BACK = frozenset({"cores_per_socket", "extra_node_info", "hint", "gres_flags"})


UNSTEADY = frozenset({"array", "bb"})
"""The scheduler splits a held array that wants a burst buffer into its tasks, at a time of its own."""


def not_compared(release: str, draw: Draw) -> frozenset[str]:
    """Fields that cannot be the same, for this draw."""
    asked = [one.option.dest for one in draw.asked]
    found = set(NOT_COMPARED)
    if release == "22.05":
        found.add("Command")  # v0.0.38 cannot set it
        if "ntasks" not in asked:
            found |= {"NumCPUs", "TRES"}  # v0.0.38 counts one CPU for a pending job whose tasks are not given
        if asked.count("kill_on_invalid_dep") > 1:
            found.add("KillOInInvalidDependent")  # v0.0.38 says yes or no, native can mean both
    if release == "24.11" and FALLS_BACK & set(asked):
        found.add(
            "OOMKillStep"
        )  # only v0.0.40 carries cores_per_socket and flags for shared GPUs there, and it makes this 0
    return frozenset(found)


OF_THE_PLACE = ("SLURM_CONF=", "SLURM_SUBMIT_HOST=", "XDG_CACHE_HOME=", "SLURM_PROFILE=")
"""Variables that tell on which machine the job was submitted; and one that 22.05's slurmrestd spoils."""


@dataclass(frozen=True)
class Side:
    """What one side made of it: the words, the job's fields, the script kept, the environment kept."""

    run: Run
    fields: Mapping[str, str]
    script: str
    environment: frozenset[str]

    def without_place(self) -> str:
        """The field that no API version carries (together with the others asked for), if that is what was said."""
        found = re.search(r"cannot be honoured: (\w+):", self.run.stderr)
        return found.group(1) if found else ""

    def differences(self, other: Side, passed_over: frozenset[str]) -> list[str]:
        """This side (native) against the other (proxy), a line for each thing that differs."""
        found = [
            f"{name}: {mine!r} but {theirs!r}"
            for name in ("stdout", "stderr", "status")
            if (mine := getattr(self.run, name)) != (theirs := getattr(other.run, name))
        ]
        if not self.fields or not other.fields:
            return found
        for name in sorted({*self.fields, *other.fields}):
            if name.partition(" ")[0] in passed_over:
                continue
            if self.fields.get(name) != other.fields.get(name):
                found.append(f"{name}={self.fields.get(name)} but {other.fields.get(name)}")
        if self.script != other.script:
            found.append(f"script {self.script!r} but {other.script!r}")
        found += [f"environment lacks {text!r}" for text in sorted(self.environment - other.environment)]
        found += [f"environment has {text!r}" for text in sorted(other.environment - self.environment)]
        return found


def _hide(text: str, job: str) -> str:
    return re.sub(rf"(?<!\d){job}(?!\d)", "<new>", text)


class Pair:
    """Submits on one cluster in one folder, natively and through the proxy."""

    def __init__(self, bench: Bench, user: str = "alice") -> None:
        self.bench = bench
        self.user = user
        self.scratch = Scratch(bench.cluster, user)

    def compare(self, draw: Draw) -> list[str]:
        """What differs; nothing if the two are the same.

        Tried twice: the controller may look at a dependency between the submission and the reading.
        """
        if {one.option.dest for one in draw.asked} >= UNSTEADY:
            return []
        return self._compare(draw) and self._compare(draw)

    def _compare(self, draw: Draw) -> list[str]:
        proxy = self._side(draw, self.bench.proxy)
        if proxy.without_place() in WITHOUT_PLACE[self.bench.release]:
            return []
        return self._side(draw, self.bench.native).differences(proxy, not_compared(self.bench.release, draw))

    def _side(self, draw: Draw, runner: Runner) -> Side:
        self.scratch.lay({**FILES, NAME: draw.script})
        argv = ["sbatch", "-H", *draw.words, NAME]
        run = runner(self.user, argv, cwd=str(self.scratch.path), env=draw.environment)
        found = NEW_JOB.search(run.stdout)
        quiet = not found and run.status == 0
        ids = {"new": found.group(1)} if found else {}
        if quiet:
            ids = {"new": self._newest()}
        try:
            if not ids:
                return Side(run, {}, "", frozenset())
            hidden = Run(_hide(run.stdout, ids["new"]), _hide(run.stderr, ids["new"]), run.status)
            return self._look(ids["new"], hidden)
        finally:
            self.bench.cancel(list(ids.values()))

    def _newest(self) -> str:
        text = self.bench.words(self.user, "squeue -h -u alice -o %A")
        return max(text.split(), key=int)

    def _look(self, job: str, run: Run) -> Side:
        fields: dict[str, str] = {}
        for number, line in enumerate(
            self.bench.words(self.user, f"scontrol show job -dd -o {job}").splitlines()
        ):
            shown = re.sub(r"SubmitLine=.* (?=WorkDir=)", "", line).replace(
                str(self.scratch.path), "<folder>"
            )
            own = str(int(job) + number)
            fields |= {
                f"{name} {number or ''}".strip(): _hide(value.strip(), own)
                if name in WITH_ID
                else value.strip()
                for name, value in FIELD.findall(shown)
            }
        script = self.bench.words(self.user, f"scontrol write batch_script {job} -")
        return Side(run, fields, script, self._environment(job))

    def _environment(self, job: str) -> frozenset[str]:
        """What the controller keeps of the job's environment; empty where it keeps it elsewhere."""
        spool = Path(self.bench.cluster.path(f"{SPOOL}/slurmctld"))
        for file in spool.glob(f"hash.*/job.{job}/environment"):
            data = file.read_bytes()[4:].decode("utf-8", "surrogateescape")
            return frozenset(text for text in data.split("\0") if text and not text.startswith(OF_THE_PLACE))
        return frozenset()
