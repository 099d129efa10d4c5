"""A machine whose folders, users and environment are not the cluster's: what is submitted, and what is shown.

The folder is `cluster.away`: to the clusters with a root of their own it has another path. On 22.05, which lives in
the machine's own root, the cluster's name for it is a link.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live.case import RELEASES
from tests.live.harness import PROXY_BIN, Bench, Run, _execute, await_condition

pytestmark = [pytest.mark.live, pytest.mark.parametrize("release", RELEASES)]
SCRIPT = """#!/bin/sh
#SBATCH --time=1
# {here} has a namesake: {here}-old/x, $X{here}/x
cat < {here}/{name}/given > "{here}/{name}/copied"
echo "$1" "$SLURM_SUBMIT_DIR"
"""


class Away:
    """The folder `here` and `there`, and the proxy's commands with the map between them."""

    def __init__(self, release: str) -> None:
        self.bench = Bench(release)
        cluster = self.bench.cluster
        self.here, self.there = cluster.away("alice")
        if release == "22.05":
            self.there = f"/tmp/projects-{os.getpid()}"
            Path(self.there).symlink_to(self.here)
        self.name = f"elsewhere-{os.getpid()}"
        self.folder = Path(self.here) / self.name
        self.folder.mkdir()
        os.chown(self.folder, *cluster.ids("alice"))
        self._ids: list[str] = []

    def proxy(self, line: str, cwd: str = "", as_user: str = "alice", **settings: str) -> Run:
        """The proxy's command line on alice's behalf; `settings` are SLURM_CLI_PROXY_… variables."""
        cluster = self.bench.cluster
        known = {"URL": cluster.url, "PATHS": f"{self.here}={self.there}", **settings}
        environ = {
            **cluster.environ(as_user),
            **{f"SLURM_CLI_PROXY_{name}": value for name, value in known.items()},
            "SLURM_JWT": cluster.token("alice"),
            "XDG_CACHE_HOME": f"{cluster.shared(as_user)}/.cache-elsewhere",
        }
        uid, gid = cluster.ids(as_user)
        words = shlex.split(line)
        run = _execute(
            [str(PROXY_BIN / words[0]), *words[1:]], environ, cwd or str(self.folder), b"", uid, gid
        )
        self._ids += re.findall(r"^Submitted batch job (\d+)$", run.stdout, re.MULTILINE)
        return run

    def submit(self, line: str, cwd: str = "", **settings: str) -> str:
        """A submission through the proxy; the job's id."""
        run = self.proxy(line, cwd, **settings)
        assert (run.status, run.stdout[:20]) == (0, "Submitted batch job "), run
        return self._ids[-1]

    def told(self, job: str) -> dict[str, str]:
        """What native scontrol shows of a job."""
        text = self.bench.words("alice", f"scontrol show job {job}")
        return dict(re.findall(r"(\w+)=(.*?)(?=\s+\w+=|\s*$)", text, re.MULTILINE))

    def write(self, name: str, text: str) -> Path:
        target = self.folder / name
        target.write_text(text)
        target.chmod(0o755)
        os.chown(target, *self.bench.cluster.ids("alice"))
        return target

    def close(self) -> None:
        self.bench.cancel(self._ids)
        for entry in self.folder.iterdir():
            entry.unlink()
        self.folder.rmdir()
        if self.bench.release == "22.05":
            Path(self.there).unlink()


@pytest.fixture
def away(release: str) -> Iterator[Away]:
    one = Away(release)
    yield one
    one.close()


def test_every_path_of_a_submission(away: Away) -> None:
    """The folder, the three files, the script; patterns, relative paths and other folders stay."""
    there = f"{away.there}/{away.name}"
    script = away.write("run.sh", "#!/bin/sh\n")
    told = away.told(
        away.submit(f"sbatch -H -o {away.folder}/%j-%x.out -e {away.folder}/err -i {script} {script}", cwd="/tmp",
                    DEFAULT_CHDIR="/tmp")
    )  # fmt: skip
    assert (told["WorkDir"], told["StdErr"], told["StdIn"]) == ("/tmp", f"{there}/err", f"{there}/run.sh")
    assert told["StdOut"].startswith(f"{there}/")
    if away.bench.release != "22.05":  # its API has no place for the script's own path
        assert told["Command"] == f"{there}/run.sh"
    told = away.told(away.submit("sbatch -H -o out -e /tmp/err run.sh"))
    assert (told["WorkDir"], told["StdOut"], told["StdErr"]) == (there, f"{there}/out", "/tmp/err")
    assert (
        away.told(away.submit(f"sbatch -H --chdir={away.here} --wrap true", cwd="/"))["WorkDir"] == away.there
    )
    assert away.told(away.submit(f"sbatch -H -D {there} --wrap true", cwd="/"))["WorkDir"] == there
    directed = away.write("directed.sh", f"#!/bin/sh\n#SBATCH -o {away.folder}/by-directive -D {away.here}\n")
    told = away.told(away.submit(f"sbatch -H {directed}", cwd="/"))
    assert (told["WorkDir"], told["StdOut"]) == (away.there, f"{there}/by-directive")


def test_a_working_directory_that_the_cluster_lacks(away: Away) -> None:
    before = away.bench.words("alice", "squeue -h -a -t all -o %i")
    run = away.proxy("sbatch --wrap true", cwd="/tmp")
    assert (run.status, run.stdout) == (1, "")
    assert run.stderr == (
        "sbatch: error: the working directory /tmp is in no folder that the cluster has:"
        ' add { local = "/tmp", remote = "..." } to SLURM_CLI_PROXY_PATHS, or set default_chdir\n'
    )
    assert away.bench.words("alice", "squeue -h -a -t all -o %i") == before


def paths(text: str) -> list[str]:
    """The words with paths in them, in order."""
    return [
        word for word in text.replace("|", " ").split() if "/" in word and not word.startswith("CPUs/Task")
    ]


def test_every_command_shows_this_machines_names(away: Away) -> None:
    """What native prints, but for the folder's name."""
    script = away.write("shown.sh", "#!/bin/sh\n")
    job = away.submit(f"sbatch -H -o {away.folder}/%j.out -e err -i {script} {script}")
    lines = [
        f"squeue -h -j {job} -o '%i|%Z|%o'",
        f"squeue -h -j {job} -O 'WorkDir:.200,Command:.200'",
        f"scontrol show job {job}",
    ]
    for line in lines:
        wanted, run = away.bench.words("alice", line), away.proxy(line)
        assert away.there in wanted
        assert paths(run.stdout) == paths(wanted.replace(away.there, away.here)), line
        assert (run.status, away.there in run.stdout) == (0, False)
    more = [f"squeue -h -j {job} -O 'StdOut:200,StdErr:200,StdIn:200'", f"scontrol show job {job} --json"]
    for line in (f"squeue --json -j {job}", *(more if away.bench.release != "22.05" else ())):
        text = away.proxy(line).stdout.replace(r"\/", "/")
        assert str(away.folder) in text
        assert away.there not in text


def test_accounting_shows_this_machines_names(away: Away) -> None:
    job = away.submit(f"sbatch -o {away.folder}/%j.out --wrap true")
    line = f"sacct -nPXj {job} -o workdir" + (",stdout" if away.bench.release != "22.05" else "")
    wanted = str(away.folder) + (f"|{away.folder}/%j.out\n" if away.bench.release != "22.05" else "\n")
    await_condition(lambda: away.proxy(line).stdout, lambda text: text == wanted, line)


def test_changes_of_a_job(away: Away) -> None:
    if away.bench.release == "22.05":
        pytest.skip("v0.0.38 changes no files")
    job = away.submit("sbatch -H --wrap true")
    away.proxy(f"scontrol update jobid={job} stdout={away.folder}/changed")
    assert away.told(job)["StdOut"] == f"{away.there}/{away.name}/changed"


@pytest.mark.parametrize("rewrite", [False, True])
def test_paths_within_the_script(away: Away, rewrite: bool) -> None:
    """Translated only if the profile says so; --verbose tells which lines."""
    away.write("given", "words\n")
    away.write("within.sh", SCRIPT.format(here=away.here, name=away.name))
    run = away.proxy(
        f"sbatch -v -o out within.sh {away.folder}/argument", REWRITE_SCRIPT=str(rewrite).lower()
    )
    shown = [line for line in run.stderr.splitlines() if "rewrite_script" in line]
    job = away._ids[-1]
    kept = away.bench.words("alice", f"scontrol write batch_script {job} -")
    there = f"{away.there}/{away.name}"
    if not rewrite:
        assert shown == []
        assert away.there not in kept
        return
    assert [line.split(": ")[2] for line in shown] == ["line 3", "line 4"]
    assert f'cat < {there}/given > "{there}/copied"' in kept
    assert f"{away.here}-old/x, $X{away.here}/x" in kept
    words = f"{there}/argument {there}\n"
    out = away.folder / "out"
    await_condition(
        lambda: out.read_text() if out.exists() else "", lambda text: text == words, "the job's output"
    )
    assert (away.folder / "copied").read_text() == "words\n"
    if away.bench.release == "22.05":
        return  # its API does not tell a job's script
    # The caller gets back what it gave.
    assert away.proxy(f"scontrol write batch_script {job} -", REWRITE_SCRIPT="true").stdout.startswith(
        SCRIPT.format(here=away.here, name=away.name)
    )


def test_a_step(away: Away) -> None:
    """srun's own folder, its working folder, its files and the program are the cluster's over there."""
    program = away.write("program", '#!/bin/sh\necho "$0 in $SLURM_SUBMIT_DIR"; cat\n')
    given = away.write("given", "words\n")
    run = away.proxy(f"srun -i {given} -o {away.folder}/told {program}", SRUN_FOLDER=f"{away.here}/.srun")
    assert (run.stderr, run.status) == ("", 0)
    there = f"{away.there}/{away.name}"
    assert (away.folder / "told").read_text() == f"{there}/program in {there}\nwords\n"


def test_the_login_is_an_alias_of_the_clusters_user(away: Away) -> None:
    """bob here is alice there, and so is whoever `aliases` name."""
    settings = {"USER": "alice", "ALIASES": "galaxy,worker"}
    job = away.submit("sbatch -H --wrap true")
    uid = away.bench.cluster.ids("bob")[0]
    for who in ("-u bob", "-u alice", "-u galaxy", f"-u {uid}", "--me"):
        run = away.proxy(f"squeue -h {who} -j {job} -o '%i %u %U'", as_user="bob", cwd="/", **settings)
        assert (run.stdout, run.stderr) == (f"{job} bob {uid}\n", ""), who
    assert away.proxy(f"squeue -h -u nobody-here -j {job}", as_user="bob", cwd="/", **settings).stdout == ""
    shown = away.proxy(f"scontrol show job {job}", as_user="bob", cwd="/", **settings).stdout
    assert f"UserId=bob({uid})" in shown

    def accounted(who: str) -> str:
        return away.proxy(
            f"sacct -nPX -u {who} -j {job} -o jobid,user", as_user="bob", cwd="/", **settings
        ).stdout

    await_condition(lambda: accounted("bob"), lambda text: text == f"{job}|bob\n", "sacct -u bob")
    assert accounted("worker") == accounted("alice") == f"{job}|bob\n"
    mark = f"elsewhere-{os.getpid()}-{job}"
    away.bench.words("alice", f"scontrol update JobId={job} JobName={mark}")
    for who in ("bob", "worker", "alice"):
        line = f"scontrol update JobName={mark} UserId={who} Comment={who}"
        assert away.proxy(line, as_user="bob", cwd="/", **settings) == Run("", "", 0)
        assert away.told(job)["Comment"] == who
    others = away.bench.submit("bob", "-H --wrap true")
    try:
        line = f"squeue -h -j {job},{others} -S i -o '%i %u'"
        shown = away.proxy(line, as_user="bob", cwd="/", **settings).stdout
        assert shown == f"{job} bob\n{others} bob@cluster\n"
        away.proxy(f"scancel -u worker {job} {others}", as_user="bob", cwd="/", **settings)
        away.bench.wait_for("alice", f"squeue -h -t all -j {job} -o %T", "CANCELLED")
        assert away.bench.words("bob", f"squeue -h -j {others} -o %T") == "PENDING\n"
    finally:
        away.bench.native("bob", ["scancel", others])


def test_the_environment_that_goes(away: Away) -> None:
    """`portable`: PATH and HOME are the cluster's; nothing of this host but what --export names; no credential."""
    token = away.bench.cluster.token("alice")
    away.write("env.sh", "#!/bin/bash\n/usr/bin/env > seen\nmv seen environment\n")
    seen = away.folder / "environment"
    for policy, export, wanted in (
        ("portable", "", {"HOME": "/home/alice", "LANG": "C.UTF-8"}),
        ("none", "", {"HOME": "/home/alice"}),
        ("none", "--export=ALL,LANG", {"HOME": "/home/alice", "LANG": "C.UTF-8"}),
    ):
        away.submit(f"sbatch {export} env.sh", ENVIRONMENT=policy, KEEP="NOTHING_*")
        text = await_condition(
            lambda: seen.read_text() if seen.exists() else "", bool, "the job's environment"
        )
        got = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
        assert wanted.items() <= got.items()
        assert got["SLURM_SUBMIT_DIR"] == f"{away.there}/{away.name}"
        assert "/bin" in got["PATH"] and "/usr/local/sbin" not in got["PATH"]  # the caller's own has it
        assert token not in text and "SLURM_CLI_PROXY" not in text
        assert ("LANG" in got) == ("LANG" in wanted)
        seen.unlink()
