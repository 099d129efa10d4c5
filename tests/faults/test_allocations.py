"""salloc and srun whose network dies while their command runs: it goes on, its status counts, the job is released."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.faults.failing import FAULTS, Failing, Fault
from tests.live.harness import PROXY_BIN, Bench, await_condition

pytestmark = pytest.mark.live

COMMAND = ("sh", "-c", "echo started >&2; read -r line; echo $line; exit 4")
REFUSED = next(fault for fault in FAULTS if fault.name == "refuse")


class Broken:
    """A command behind a network that can be cut; `said` is its standard error so far."""

    def __init__(self, release: str, words: tuple[str, ...]) -> None:
        self.bench = Bench(release)
        self.cut = False
        self.said = ""
        cluster = self.bench.cluster
        self._network = Failing(int(cluster.url.rpartition(":")[2]), self._fault)
        uid, gid = cluster.ids("alice")
        environ = {
            **cluster.environ("alice"),
            "SLURM_CLI_PROXY_URL": self._network.url,
            "SLURM_JWT": cluster.token("alice"),
            "SLURM_CLI_PROXY_SRUN_FOLDER": f"{cluster.shared('alice')}/.broken",
            "XDG_CACHE_HOME": f"{cluster.shared('alice')}/.cache-broken",
        }
        self.process = subprocess.Popen(
            [str(PROXY_BIN / words[0]), *words[1:]],
            env=environ, cwd="/tmp", user=uid, group=gid, extra_groups=[],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def _fault(self, head: bytes) -> Fault | None:
        return REFUSED if self.cut else None

    def hear(self, pattern: str) -> None:
        """Read standard error until it fits."""
        assert self.process.stderr is not None
        while not re.search(pattern, self.said):
            piece = os.read(self.process.stderr.fileno(), 4096)
            assert piece, f"{pattern!r} never came: {self.said}"
            self.said += piece.decode()

    def end(self) -> tuple[int, str]:
        """Exit status and standard output, of a command that is given its line."""
        out, err = self.process.communicate(b"end\n", timeout=120)
        self.said += err.decode()
        return self.process.returncode, out.decode()

    def close(self) -> None:
        self.cut = False
        self.process.kill()
        self.process.wait()
        self._network.close()


@contextmanager
def broken(release: str, *words: str) -> Iterator[Broken]:
    one = Broken(release, words)
    try:
        yield one
    finally:
        one.close()


@pytest.mark.parametrize("release", ["24.11", "26.05"])
def test_salloc_goes_on_and_its_job_is_released_once_the_network_is_back(release: str) -> None:
    with broken(release, "salloc", *COMMAND) as it:
        it.hear("started")
        it.cut = True
        assert it.end() == (4, "end\n")
        found = re.search(
            r"salloc: error: Unable to clean up job allocation (\d+): .+\nsalloc: http://", it.said
        )
        assert found, it.said
        assert state(it.bench, found[1]) == "RUNNING"
        it.cut = False
        await_condition(
            lambda: state(it.bench, found[1]),
            lambda now: now in ("CANCELLED", "COMPLETED", ""),
            "its release",
        )


@pytest.mark.parametrize("release", ["22.05", "24.11", "26.05"])
def test_srun_needs_no_server_while_its_step_runs(release: str) -> None:
    with broken(release, "srun", *COMMAND) as it:
        it.hear("started")
        it.cut = True
        assert it.end() == (4, "end\n")
        assert re.fullmatch(
            r"(?s)(srun: job .*\n)*started\nsrun: error: node\d: task 0: Exited with exit code 4\n", it.said
        )


def state(bench: Bench, job: str) -> str:
    return bench.words("alice", f"squeue -h -t all -j {job} -o %T").strip()
