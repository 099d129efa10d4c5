"""One sbatch is one job, however the network behaves: `Failing` stands between the command and a real server.

`FAULTS_SUBMISSIONS` submissions (40) from several callers at once on each release; `FAULTS_SEED` draws other faults.
"""

from __future__ import annotations

import collections
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.faults.calling import Caller, Said
from tests.faults.failing import FAULTS, SILENT, Failing, Fault, Plan

pytestmark = pytest.mark.live

SUBMISSIONS = int(os.environ.get("FAULTS_SUBMISSIONS", "40"))
SEED = int(os.environ.get("FAULTS_SEED", "20"))
CALLERS = 8
MARKED = ("24.11", "26.05")
FAULT = {fault.name: fault for fault in FAULTS}


@pytest.fixture(params=["22.05", "24.11", "26.05"])
def caller(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Caller]:
    caller = Caller(request.param, tmp_path / "cache")
    caller.call("squeue --version")  # from here on the API version is known
    yield caller
    caller.cancel("faults-")


def first(method: bytes, fault: str, *, times: int = 1) -> Callable[[bytes], Fault | None]:
    """A plan in which the first requests of that method meet a fault."""
    left = [times]

    def plan(head: bytes) -> Fault | None:
        if not head.startswith(method) or not left[0]:
            return None
        left[0] -= 1
        return FAULT.get(fault, SILENT)

    return plan


def wanted(number: int) -> str:
    """The command line of a submission: plain ones, arrays, and jobs of two components."""
    name = f"-J faults-{number:04} -H"
    if number % 10 == 3:
        return f"sbatch {name} --array=0-2 --wrap true"
    if number % 10 == 6:
        return f"sbatch {name} -n 1 : -n 2 --wrap true"
    return f"sbatch {name} --wrap true"


def test_so_many_submissions_so_many_jobs(caller: Caller) -> None:
    def submit(line: str, url: str) -> Said:
        return caller.call(line, url, SLURM_CLI_PROXY_TIMEOUT="900")  # a machine may be busy

    plan = Plan(SEED)
    with Failing(caller.port, plan) as failing, ThreadPoolExecutor(CALLERS) as pool:
        said = list(pool.map(lambda number: submit(wanted(number), failing.url), range(SUBMISSIONS)))
    jobs = caller.jobs("faults-")
    leaders: dict[str, set[int]] = collections.defaultdict(set)
    names = {job.leader: job.name or "" for job in jobs if job.leader == job.job_id or not job.het_job_id}
    for leader, name in names.items():
        leaders[name].add(leader)
    for number, one in enumerate(said):
        name = caller.named(f"faults-{number:04}")
        assert one.status == 0, (name, one, plan.drawn)
        assert leaders[name] == {int(one.out.removeprefix("Submitted batch job "))}, (name, one)
    assert sum(map(len, leaders.values())) == SUBMISSIONS
    assert plan.drawn.get("none", 0) < sum(plan.drawn.values()), "no fault was drawn"


def test_each_fault(caller: Caller) -> None:
    def submit(fault: str) -> Said:
        with Failing(caller.port, first(b"POST", fault)) as failing:
            return caller.call(f"sbatch -J 'faults-{fault}' -H --wrap true", failing.url)

    with ThreadPoolExecutor(CALLERS) as pool:
        said = dict(zip(FAULT, pool.map(submit, FAULT), strict=True))
    assert {fault: one for fault, one in said.items() if one.err or one.status} == {}
    jobs = {caller.named(f"faults-{fault}"): int(one.out.split()[-1]) for fault, one in said.items()}
    assert sorted(jobs.items()) == sorted((job.name or "", job.job_id) for job in caller.jobs("faults-"))


def test_a_loop_of_equal_submissions(caller: Caller) -> None:
    """None is taken for another, with a mark or without."""
    plan = Plan(SEED + 1)
    with Failing(caller.port, plan) as failing:
        said = [caller.call("sbatch -J faults-equal -H --wrap true", failing.url) for _ in range(15)]
    assert {(one.err, one.status) for one in said} == {("", 0)}, said
    ids = [int(one.out.split()[-1]) for one in said]
    assert sorted(ids) == sorted(job.job_id for job in caller.jobs("faults-equal"))


def test_an_answer_that_comes_too_late(caller: Caller) -> None:
    """The request was taken up, and the time is over: the job is looked for, and not submitted again."""
    with Failing(caller.port, first(b"POST", SILENT.name)) as failing:
        said = caller.call("sbatch -J faults-late -H --wrap true", failing.url, SLURM_CLI_PROXY_TIMEOUT="1")
    assert said.status == 0, said
    assert [f"Submitted batch job {job.job_id}\n" for job in caller.jobs("faults-late")] == [said.out]


def test_nobody_can_tell(caller: Caller) -> None:
    """The server is gone after it took the request: no second one, and an error that says how it stands."""
    reached = []

    def plan(head: bytes) -> Fault | None:
        if head.startswith(b"POST"):
            reached.append(head)
            return FAULT["reset after"]
        return FAULT["refuse"] if reached else None

    with Failing(caller.port, plan) as failing:
        said = caller.call("sbatch -J faults-gone -H --wrap true", failing.url, sleep=lambda seconds: None)
    assert (said.out, said.status) == ("", 1)
    lines = said.err.splitlines()
    assert lines[0] == (
        "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)"
    )
    assert "whether the job was submitted cannot be told (" in lines[1]
    assert lines[1].endswith("): look for it before you submit it again")
    assert len(reached) == 1
    assert len(caller.jobs("faults-gone")) == 1


def test_two_alike_without_a_mark(caller: Caller) -> None:
    """Without a mark two jobs that were submitted alike at the same time cannot be told apart, and none is chosen."""
    line = "sbatch -J faults-alike -H --mail-type=END --wrap true"

    def plan(head: bytes) -> Fault | None:
        if not head.startswith(b"POST"):
            return None
        assert caller.call(line).status == 0
        return FAULT["reset after"]

    with Failing(caller.port, plan) as failing:
        said = caller.call(line, failing.url)
    assert (said.out, said.status) == ("", 1)
    ids = sorted(job.job_id for job in caller.jobs("faults-alike"))
    assert len(ids) == 2
    assert f"cannot be told (it may be {ids[0]} or {ids[1]})" in said.err


@pytest.mark.parametrize("line", ["scancel {}", "scontrol hold {}", "scontrol update job={} comment=x"])
def test_harmless_changes_are_repeated(caller: Caller, line: str) -> None:
    number = caller.call("sbatch -J faults-change -H --wrap true").out.split()[-1]
    method = b"DELETE" if line.startswith("scancel") else b"POST"
    with Failing(caller.port, first(method, "reset before", times=3)) as failing:
        said = caller.call(line.format(number), failing.url)
    assert said == ("", "", 0)


def test_a_signal_is_not_sent_twice(caller: Caller) -> None:
    number = caller.call("sbatch -J faults-signal -H --wrap true").out.split()[-1]
    seen = []

    def plan(head: bytes) -> Fault | None:
        seen.append(head.split()[0])
        return FAULT["reset after"] if head.startswith(b"DELETE") else None

    with Failing(caller.port, plan) as failing:
        said = caller.call(f"scancel -s USR1 {number}", failing.url)
    assert said.status != 0 or said.err
    assert seen.count(b"DELETE") == 1


@pytest.mark.parametrize("line", ["squeue", "sinfo", "scontrol show job", "squeue --json"])
def test_reads_are_repeated(caller: Caller, line: str) -> None:
    for fault in ("refuse", "truncate", "break off", "502", "429"):
        with Failing(caller.port, first(b"GET", fault)) as failing:
            said = caller.call(line, failing.url)
        assert (said.err, said.status) == ("", 0), fault


def test_the_mark_is_not_seen(caller: Caller) -> None:
    number = caller.call("sbatch -J faults-mark -H --comment=mine --wrap true").out.split()[-1]
    (job,) = caller.jobs("faults-mark")
    assert ("+slurm-cli-proxy-" in (job.mail_user or "")) == (caller.cluster.name in MARKED)
    lines = [
        "squeue --json", "squeue --yaml", f"scontrol show job {number} --json", f"scontrol show job {number}",
        f"scontrol -d show job {number}", f"squeue -j {number} -o %all", "squeue -O all", "sacct -o ALL -P",
    ]  # fmt: skip
    for line in lines:
        said = caller.call(line)
        assert "+slurm-cli-proxy-" not in said.out + said.err, line
    if caller.cluster.name in MARKED:
        found = json.loads(caller.call("squeue --json").out)["jobs"]
        assert [one["mail_user"] for one in found if one["name"] == caller.named("faults-mark")] == ["alice"]


def test_native_commands_show_the_mark_as_json_only(caller: Caller) -> None:
    import subprocess

    number = caller.call("sbatch -J faults-mark -H --wrap true").out.split()[-1]
    lines = {
        f"scontrol -d show job {number}": False, f"squeue -j {number} -o %all": False, "sacct -o ALL -P": False,
        "squeue --json": caller.cluster.name in MARKED,
    }  # fmt: skip
    for line, shows in lines.items():
        argv = caller.cluster.native_argv("alice", line.split())
        done = subprocess.run(
            argv,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            env=caller.cluster.environ("alice"),
        )
        assert ("+slurm-cli-proxy-" in done.stdout) == shows, line


def test_mail_goes_where_it_should(caller: Caller) -> None:
    """A job that sends mail has no mark, and one that is to send mail later loses it."""
    caller.call("sbatch -J faults-mail -H --mail-type=END --wrap true")
    caller.call("sbatch -J faults-mail -H --mail-user=someone --wrap true")
    number = caller.call("sbatch -J faults-mail -H --wrap true").out.split()[-1]
    if caller.cluster.name not in MARKED:
        return
    assert caller.call(f"scontrol update job={number} mailtype=END") == ("", "", 0)
    assert sorted(job.mail_user or "" for job in caller.jobs("faults-mail")) == ["alice", "alice", "someone"]


def test_a_submission_is_one_request(caller: Caller) -> None:
    seen = []

    def plan(head: bytes) -> None:
        seen.append(head)

    with Failing(caller.port, plan) as failing:
        caller.call("squeue", failing.url)  # learns the API version
        seen.clear()
        caller.call("sbatch -J faults-once -H --wrap true", failing.url)
    assert [head.split()[0] for head in seen] == [b"POST"]
