"""`srun` over time: signals, the death of the proxy, input that comes slowly, and what is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live.case import RELEASES
from tests.live.harness import PROXY_BIN, Bench, await_condition

pytestmark = [pytest.mark.live, pytest.mark.parametrize("release", RELEASES)]


class Started:
    """An srun of the proxy that runs; its job's name is its own."""

    def __init__(self, bench: Bench, name: str, words: list[str], **environ: str) -> None:
        cluster = bench.cluster
        self.bench = bench
        self.name = name
        self.folder = Path(cluster.shared("alice")) / f".{name}-{os.getpid()}"
        environment = {
            **cluster.environ("alice"),
            "SLURM_CLI_PROXY_URL": cluster.url,
            "SLURM_JWT": cluster.token("alice"),
            "SLURM_CLI_PROXY_SRUN_FOLDER": str(self.folder),
            "XDG_CACHE_HOME": f"{cluster.shared('alice')}/.cache-srun",
            **environ,
        }
        uid, gid = cluster.ids("alice")
        self.process = subprocess.Popen(
            [str(PROXY_BIN / "srun"), "-J", name, *words],
            env=environment, cwd=cluster.shared("alice"), user=uid, group=gid, extra_groups=[],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def state(self) -> str:
        """The job's state; nothing once it is over."""
        return self.bench.words("alice", f"squeue -h -n {self.name} -o %T").strip()

    def read_until(self, match: bytes) -> bytes:
        """Standard output up to these bytes."""
        assert self.process.stdout is not None
        heard = b""
        while match not in heard:
            piece = os.read(self.process.stdout.fileno(), 4096)
            assert piece, heard
            heard += piece
        return heard

    def left_behind(self) -> list[str]:
        """What stands in the shared folder."""
        return [entry.name for entry in self.folder.iterdir()] if self.folder.exists() else []


@pytest.fixture
def bench(release: str) -> Iterator[Bench]:
    one = Bench(release)
    yield one
    one.native(
        "alice", ["scancel", "-Q", "-n", "srun-term,srun-int,srun-kill,srun-slow,srun-usr,srun-held,srun-own"]
    )


def test_terminated(bench: Bench) -> None:
    step = Started(bench, "srun-term", ["sh", "-c", "echo ready; sleep 60"])
    step.read_until(b"ready")
    step.process.send_signal(signal.SIGTERM)
    _, err = step.process.communicate(timeout=60)
    assert b"srun: forcing job termination\n" in err
    assert b"srun: Job step aborted: Waiting up to " in err
    assert step.process.returncode in (137, 143)
    assert step.left_behind() == []


def test_first_interrupt_shows_the_state_the_second_ends_the_step(bench: Bench) -> None:
    step = Started(bench, "srun-int", ["sh", "-c", "echo ready; sleep 60"])
    step.read_until(b"ready")
    step.process.send_signal(signal.SIGINT)
    assert step.process.stderr is not None
    heard = b""
    while b"running\n" not in heard:
        heard += os.read(step.process.stderr.fileno(), 4096)
    assert heard.startswith(b"srun: interrupt (one more within 1 sec to abort)\nsrun: StepId=")
    assert heard.endswith(b" task 0: running\n")
    assert step.state() == "RUNNING"
    step.process.send_signal(signal.SIGTERM)
    step.process.communicate(timeout=60)


def test_other_signals_reach_the_tasks(bench: Bench) -> None:
    step = Started(
        bench,
        "srun-usr",
        ["sh", "-c", "trap 'echo got it; exit 5' USR1; echo ready; while :; do sleep 0.1; done"],
    )
    step.read_until(b"ready")
    step.process.send_signal(signal.SIGUSR1)
    out, err = step.process.communicate(timeout=60)
    assert out.endswith(b"got it\n")
    err = err.replace(b"User defined signal 1\n", b"")  # the task's shell, where the signal met its sleep
    assert err.endswith(b"task 0: Exited with exit code 5\n")
    assert step.process.returncode == 5


@pytest.mark.parametrize(
    ("number", "task", "said", "status"),
    (
        (signal.SIGALRM, "read -r line", b"", 0),
        (signal.SIGCONT, "read -r line", b"srun: got SIGCONT\n", 0),
        (signal.SIGPIPE, "exec sleep 60", b"srun: Job step aborted: Waiting up to ", 137),
    ),
)
def test_signals_of_srun_itself(
    bench: Bench, number: signal.Signals, task: str, said: bytes, status: int
) -> None:
    """ALRM is nothing to it, CONT is told, PIPE ends the step without a word of force; as natively."""
    step = Started(bench, "srun-own", ["sh", "-c", f"echo ready; {task}"])
    step.read_until(b"ready")
    step.process.send_signal(number)
    assert step.process.stderr is not None
    heard = b""
    while said not in heard:
        piece = os.read(step.process.stderr.fileno(), 4096)
        assert piece, heard
        heard += piece
    _, err = step.process.communicate(b"go\n", timeout=60)
    assert b"forcing job termination" not in heard + err
    assert step.process.returncode == status


def test_killed_proxy_takes_the_job_with_it(bench: Bench) -> None:
    step = Started(bench, "srun-kill", ["sh", "-c", "echo ready; sleep 600"])
    step.read_until(b"ready")
    step.process.kill()
    step.process.communicate(timeout=60)
    await_condition(step.state, lambda state: state in ("", "COMPLETING"), "the job of a killed srun ends")
    await_condition(lambda: " ".join(step.left_behind()), lambda left: not left, "no files are left")


def test_input_and_output_as_they_come(bench: Bench) -> None:
    step = Started(bench, "srun-slow", ["cat"])
    assert step.process.stdin is not None
    for line in (b"first\n", b"second\n"):
        step.process.stdin.write(line)
        step.process.stdin.flush()
        assert step.read_until(line) == line
    out, err = step.process.communicate(timeout=60)
    assert (out, err, step.process.returncode) == (b"", b"", 0)


def test_files_are_the_users_alone(bench: Bench) -> None:
    step = Started(bench, "srun-slow", ["cat"])
    assert step.process.stdin is not None
    step.process.stdin.write(b"secret\n")
    step.process.stdin.flush()
    step.read_until(b"secret\n")
    (folder,) = step.folder.iterdir()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in folder.iterdir()} == {0o600}
    step.process.communicate(timeout=60)
    assert step.left_behind() == []


def test_interrupted_while_it_waits(bench: Bench) -> None:
    step = Started(bench, "srun-held", ["-H", "true"])
    assert step.process.stderr is not None
    heard = b""
    while b"queued and waiting" not in heard:
        heard += os.read(step.process.stderr.fileno(), 4096)
    step.process.send_signal(signal.SIGINT)
    _, err = step.process.communicate(timeout=60)
    assert b"has been revoked" in err
    assert step.process.returncode == 1
    assert step.state() == ""


def test_without_a_shared_folder_nothing_is_sent(bench: Bench) -> None:
    step = Started(bench, "srun-none", ["true"], SLURM_CLI_PROXY_SRUN_FOLDER="")
    _, err = step.process.communicate(timeout=60)
    assert b"set srun_folder" in err
    assert step.process.returncode == 1
    assert bench.words("alice", "squeue -h -t all -n srun-none") == ""


def test_a_step_of_an_allocation_that_stands(bench: Bench) -> None:
    job = bench.submit("alice", "-J srun-held -n 2 -w node2 -o /dev/null --wrap 'sleep 100'")
    bench.wait_for("alice", f"squeue -h -j {job} -o %T", "^RUNNING")
    step = Started(bench, "srun-step", [f"--jobid={job}", "--overlap", "-n", "1", "printenv", "SLURM_JOB_ID"])
    out, err = step.process.communicate(timeout=60)
    assert (out.decode().strip(), err, step.process.returncode) == (job, b"", 0)


def test_cancelled_while_it_runs(bench: Bench) -> None:
    """Nothing is said of the signals that the cluster's own srun gets within the job."""
    step = Started(bench, "srun-term", ["sh", "-c", "echo ready; sleep 60"])
    step.read_until(b"ready")
    bench.words("alice", "scancel -n srun-term")
    _, err = step.process.communicate(timeout=60)
    assert err.startswith(b"srun: Job step aborted: Waiting up to ")
    assert b"SIGCONT" not in err
    assert b"forcing" not in err
    assert step.process.returncode == 143


def test_cancelled_while_it_waits(bench: Bench) -> None:
    step = Started(bench, "srun-held", ["-H", "true"])
    assert step.process.stderr is not None
    heard = b""
    while b"queued and waiting" not in heard:
        heard += os.read(step.process.stderr.fileno(), 4096)
    bench.words("alice", "scancel -n srun-held")
    _, err = step.process.communicate(timeout=60)
    assert (heard + err).endswith(
        b"srun: Job has been cancelled\n"
        b"srun: error: Unable to allocate resources: Job/step already completing or completed\n"
    )
    assert step.process.returncode == 1
