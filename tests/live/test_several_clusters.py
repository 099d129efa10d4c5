"""`-M` and `SLURM_CLUSTERS` among the clusters of a configuration: headings, errors and choice as native has them.

Native's words were taken down from a database with two clusters, which the clusters here are not: each has its own.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live.harness import PROXY_BIN, Bench, Run, _execute, await_condition

pytestmark = pytest.mark.live
#: Their names in the configuration, in an order that is not the file's.
CLUSTERS = {"new": "26.05", "mid": "24.11", "old": "22.05"}
INVALID = (
    "{prog}: error: 'nosuch' can't be reached now, or it is an invalid entry for --cluster.  "
    "Use 'sacctmgr list clusters' to see available clusters.\n"
)


class Site:
    """A configuration with all three clusters, alice's."""

    def __init__(self) -> None:
        self.benches = {name: Bench(release) for name, release in CLUSTERS.items()}
        one = self.benches["mid"].cluster
        self.folder = Path(one.shared("alice")) / f"clusters-{os.getpid()}"
        self.folder.mkdir()
        text = 'default = "mid"\n'
        for name, bench in self.benches.items():
            token = self.folder / f"token-{name}"
            token.touch(0o600)
            token.write_text(bench.cluster.token("alice"))
            os.chown(token, *one.ids("alice"))
            text += f'[clusters.{name}]\nurl = "{bench.cluster.url}"\ntoken_file = "{token}"\n'
        (self.folder / "config.toml").write_text(text)
        os.chown(self.folder, *one.ids("alice"))
        self.jobs: list[tuple[str, str]] = []

    def run(self, line: str, stdin: bytes = b"", /, **environ: str) -> Run:
        cluster = self.benches["mid"].cluster
        full = {
            **cluster.environ("alice"),
            "SLURM_CLI_PROXY_CONFIG": str(self.folder / "config.toml"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            **environ,
        }
        words = shlex.split(line)
        uid, gid = cluster.ids("alice")
        return _execute([str(PROXY_BIN / words[0]), *words[1:]], full, str(self.folder), stdin, uid, gid)

    def submit(self, name: str) -> str:
        job = self.benches[name].submit("alice", "-H -J of-several --wrap true")
        self.jobs.append((name, job))
        return job

    def close(self) -> None:
        for name, job in self.jobs:
            self.benches[name].cancel([job])
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    one = Site()
    yield one
    one.close()


def test_listings_have_a_heading_for_each(site: Site) -> None:
    jobs = {name: site.submit(name) for name in ("old", "new")}
    line = "squeue -M old,new,old -n of-several -o %i"
    wanted = f"CLUSTER: new\nJOBID\n{jobs['new']}\n\nCLUSTER: old\nJOBID\n{jobs['old']}\n"
    assert site.run(line) == Run(wanted, "", 0)
    assert site.run("squeue -n of-several -o %i", SLURM_CLUSTERS="old,new") == Run(wanted, "", 0)
    assert site.run(f"{line} -h").stdout == f"{jobs['new']}\n{jobs['old']}\n"
    assert site.run(f"{line} -l").stdout.count("20") - wanted.count("20") <= 1  # one date, above all
    text = site.run("sinfo -M all -o %v").stdout
    assert re.sub(r"(\d\d\.\d\d)\.\d+(-\w+)?", r"\1", text) == (
        "CLUSTER: mid\nVERSION\n24.11\n\nCLUSTER: new\nVERSION\n26.05\n\nCLUSTER: old\nVERSION\n22.05\n"
    )
    assert site.run("sshare -M new,old -h").stdout.split("\n\n")[1].startswith("CLUSTER: old\n")


@pytest.mark.parametrize(
    ("line", "fatal"),
    [("squeue", True), ("sinfo", True), ("scancel 1", True), ("scontrol ping", True), ("sdiag", True), ("sshare", True),
     ("sbatch --wrap true", False), ("salloc true", False), ("srun true", False)],
)  # fmt: skip
def test_a_cluster_that_nobody_knows(site: Site, line: str, fatal: bool) -> None:
    prog, _, rest = line.partition(" ")
    said = f"{prog}: error: No cluster 'nosuch' known by database.\n"
    wanted = said + INVALID.format(prog=prog)
    wanted += f"{prog}: fatal: Could not get cluster information\n" if fatal else ""
    assert site.run(f"{prog} -M nosuch {rest}") == Run("", wanted, 1)


def test_a_cluster_that_nobody_knows_beside_one_that_is_known(site: Site) -> None:
    said = "squeue: error: No cluster 'nosuch' known by database.\n"
    assert site.run("squeue -M nosuch,new -j 1 -n x -h").stderr.startswith(said)
    assert site.run("squeue -M nosuch,slurm2411 -h -n nobodys").stderr == said


def test_a_submission_names_its_cluster(site: Site) -> None:
    for line, message in (
        ("sbatch -M new -H --wrap true", ""),
        ("sbatch -M new,old -H --wrap true",
         "sbatch: new is taken, the first of new,old that answers: the Slurm REST API does not tell which of them would"
         " start the job first\n"),
    ):  # fmt: skip
        run = site.run(line)
        found = re.fullmatch(r"Submitted batch job (\d+) on cluster new\n", run.stdout)
        assert found and run.stderr == message
        site.jobs.append(("new", found[1]))
        assert f"JobId={found[1]} " in site.run(f"scontrol -M new show job {found[1]}").stdout
    run = site.run("sbatch --parsable -H --wrap true", SBATCH_CLUSTERS="old")
    job, _, name = run.stdout.strip().partition(";")
    assert name == "old"
    site.jobs.append(("old", job))
    assert site.run(f"scancel -M old {job}").status == 0
    site.benches["old"].wait_for("alice", f"squeue -h -t all -j {job} -o %T", "CANCELLED")


def test_a_submission_passes_over_what_does_not_answer(site: Site) -> None:
    text = (site.folder / "config.toml").read_text()
    for name in ("away", "gone"):
        text += f'[clusters.{name}]\nurl = "http://127.0.0.1:1"\ntoken_file = "{site.folder}/token-new"\n'
    (site.folder / "with-others.toml").write_text(text)
    environ = {"SLURM_CLI_PROXY_CONFIG": str(site.folder / "with-others.toml")}
    problem = (
        "sbatch: error: Problem with submit to cluster {}: Unable to contact slurm controller (connect failure)\n"
        "sbatch: http://127.0.0.1:1: no connection: Connection refused\n"
    )
    run = site.run("sbatch -M gone,new -H --wrap true", **environ)
    found = re.fullmatch(r"Submitted batch job (\d+) on cluster new\n", run.stdout)
    assert found and run.stderr.startswith(f"{problem.format('gone')}sbatch: new is taken")
    site.jobs.append(("new", found[1]))
    run = site.run("sbatch -M gone,away -H --wrap true", **environ)
    said = problem.format("gone") + problem.format("away")
    said += "sbatch: error: Can't run on any of the specified clusters\n"
    assert run == Run("", said + INVALID.format(prog="sbatch").replace("nosuch", "gone,away"), 1)


def test_a_submission_passes_over_what_refuses_it(site: Site) -> None:
    """bob may not use alice's account. The script comes by standard input, which is there once."""
    text = (site.folder / "config.toml").read_text()
    token = site.folder / "token-bobs"
    token.touch(0o600)
    token.write_text(site.benches["new"].cluster.token("bob"))
    os.chown(token, *site.benches["new"].cluster.ids("alice"))
    text += f'[clusters.bobs]\nurl = "{site.benches["new"].cluster.url}"\ntoken_file = "{token}"\n'
    (site.folder / "with-bobs.toml").write_text(text)
    environ = {"SLURM_CLI_PROXY_CONFIG": str(site.folder / "with-bobs.toml")}
    script = b"#!/bin/sh\n#SBATCH -H -J of-several -A science\nhostname\n"
    problem = "sbatch: error: Problem with submit to cluster {}: "
    problem += "Invalid account or account/partition combination specified\n"
    run = site.run("sbatch -M bobs,old", script, **environ)
    found = re.fullmatch(r"Submitted batch job (\d+) on cluster old\n", run.stdout)
    assert found, run
    site.jobs.append(("old", found[1]))
    assert run.stderr.startswith("sbatch: bobs is taken, the first of bobs,old that answers: ")
    assert run.stderr.endswith(f"{problem.format('bobs')}sbatch: old is tried instead\n")
    old = site.benches["old"]
    assert (
        old.words("slurmadmin", f"scontrol write batch_script {found[1]} -").encode().strip()
        == script.strip()
    )
    run = site.run("sbatch -M bobs,old -A nosuch", script, **environ)
    said = f"{problem.format('bobs')}sbatch: old is tried instead\n{problem.format('old')}"
    said += "sbatch: error: Can't run on any of the specified clusters\n"
    assert (run.stdout, run.status) == ("", 1)
    assert run.stderr.endswith(said + INVALID.format(prog="sbatch").replace("nosuch", "bobs,old"))


def test_accounting_of_others_is_told_although_one_does_not_answer(site: Site) -> None:
    text = (site.folder / "config.toml").read_text()
    text += f'[clusters.away]\nurl = "http://127.0.0.1:1"\ntoken_file = "{site.folder}/token-new"\n'
    (site.folder / "with-away.toml").write_text(text)
    environ = {"SLURM_CLI_PROXY_CONFIG": str(site.folder / "with-away.toml")}
    job = site.submit("new")
    line = f"sacct -M away,new -X -P -o jobid -j {job}"
    await_condition(lambda: site.run(line, **environ).stdout, lambda text: job in text, "the job's record")
    run = site.run(line, **environ)
    assert (run.stdout, run.status) == (f"JobID\n{job}\n", 1)
    assert run.stderr.endswith("sacct: http://127.0.0.1:1: no connection: Connection refused\n")


@pytest.mark.parametrize("line", ["scontrol -M old,new ping", "scontrol -M all ping", "sdiag -M old,new"])
def test_commands_for_one_cluster(site: Site, line: str) -> None:
    prog = line.split()[0]
    wanted = f"{prog}: fatal: Only one cluster can be used at a time with {prog}\n"
    assert site.run(line) == Run("", wanted, 1)


def test_accounting_is_one_table(site: Site) -> None:
    jobs = ",".join(site.submit(name) for name in ("old", "new"))

    def clusters() -> str:
        text = site.run(f"sacct -M old,new -XP -o cluster -j {jobs}").stdout
        return ",".join(dict.fromkeys(text.split()))

    await_condition(clusters, lambda text: text == "Cluster,slurm2605,slurm2205", "both clusters' jobs")


def test_the_calls_own_variables_are_not_another_clusters(site: Site) -> None:
    """A token of the environment goes to the server that the environment (or the default) names, to no other."""
    token = site.benches["mid"].cluster.token("alice")
    assert site.run("squeue -M new -h -n nobodys", SLURM_JWT=token) == Run("", "", 0)
    run = site.run("squeue -h -n nobodys -M new", SLURM_JWT="x.y.z", SLURM_CLI_PROXY_URL="http://127.0.0.1:1")
    assert run == Run("", "", 0)
