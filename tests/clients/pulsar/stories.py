"""What happens to jobs: each story runs some through one Pulsar and tells how they ended.

They are told side by side, because Pulsar looks at a command it has started after a tenth of a second and then only
every three seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.clients.pulsar.galaxy import Galaxy, Job


@dataclass
class Ending:
    """How a job ended: Pulsar's states on the way, its last description, the datasets, what Slurm says natively."""

    states: list[str]
    status: dict[str, Any]
    files: dict[str, bytes]
    slurm: str
    notes: dict[str, str] = field(default_factory=dict)


Story = Callable[[Galaxy], list[Ending]]


def a_job_that_succeeds(galaxy: Galaxy) -> list[Ending]:
    tool = "sort {words} > {sorted}; wc -l < {words} > count; echo said; echo complained >&2"
    job = Job(galaxy, tool, {"words": b"pear\napple\n"}, ["sorted"], ["count"])
    return [_until_complete(job)]


def a_job_that_fails(galaxy: Galaxy) -> list[Ending]:
    """The tool ends with an error after it has written something."""
    job = Job(
        galaxy, "cat {words} > {copy}; echo 'no such thing' >&2; exit 3", {"words": b"pear\n"}, ["copy"]
    )
    return [_until_complete(job)]


def a_job_that_is_killed_from_within(galaxy: Galaxy) -> list[Ending]:
    """Something takes the job's shell away before it can note how the tool ended."""
    return [_until_complete(Job(galaxy, "echo begun > {mark}; kill -9 $$", outputs=["mark"]))]


def a_job_that_slurm_refuses(galaxy: Galaxy) -> list[Ending]:
    job = Job(galaxy, "true", manager="refused")
    states, status = job.follow("failed")
    folder = galaxy.server.staging / job.name
    notes = {"error": (folder / "stderr").read_text()}
    bench = galaxy.server.bench
    for side, run in (("native", bench.native), ("proxy", bench.proxy)):
        notes[side] = str(run("alice", ["sbatch", str(folder / "command.sh")], cwd=str(galaxy.server.folder)))
    return [Ending(states, status, job.collect(), job.shown(), notes)]


def a_job_cancelled_while_queued(galaxy: Galaxy) -> list[Ending]:
    job = Job(galaxy, "echo begun > {mark}", outputs=["mark"], manager="waiting")
    return [_cancel(job, "queued")]


def a_job_cancelled_while_running(galaxy: Galaxy) -> list[Ending]:
    job = Job(galaxy, "echo begun > {mark}; sleep 600 && echo done > {end}", outputs=["mark", "end"])
    return [_cancel(job, "running", begun="mark")]


def twenty_jobs_at_once(galaxy: Galaxy) -> list[Ending]:
    """Each with an input of its own; every fourth fails."""

    def submit(number: int) -> Job:
        tool = "cat {numbers} {numbers} > {twice}; exit $(( " + str(number) + " % 4 == 3 ))"
        return Job(galaxy, tool, {"numbers": b"%d\n" % number}, ["twice"])

    with ThreadPoolExecutor(20) as pool:
        jobs = list(pool.map(submit, range(20)))
        # Pulsar is asked when they are over: each time it is, it runs squeue.
        names = ",".join(f"pulsar_{job.name}" for job in jobs)
        galaxy.server.bench.wait_for("alice", f"squeue -h -n {names}", "^$")
        return list(pool.map(_until_complete, jobs))


def _until_complete(job: Job) -> Ending:
    try:
        states, status = job.follow("complete")
        return Ending(states, status, job.collect(), job.shown())
    finally:
        job.leave()


def _cancel(job: Job, state: str, begun: str = "") -> Ending:
    """Waits for the state, and for something in the output `begun`; cancels, and waits until Slurm has done it."""
    try:
        states, _ = job.follow(state)
        if begun:
            job.await_output(begun)
        job.kill()
        slurm = job.await_shown("CANCELLED")
        more, status = job.follow("cancelled")
        return Ending(states + more, status, job.collect(), slurm)
    finally:
        job.leave()


STORIES: dict[str, Story] = {
    story.__name__: story
    for story in (
        twenty_jobs_at_once,
        a_job_that_succeeds,
        a_job_that_fails,
        a_job_that_is_killed_from_within,
        a_job_that_slurm_refuses,
        a_job_cancelled_while_queued,
        a_job_cancelled_while_running,
    )
}
