"""`sbatch --wait` ends by the signals that end the native command, and leaves the job alone."""

from __future__ import annotations

import os
import re
import signal
import subprocess

import pytest
from tests.live.case import RELEASES
from tests.live.harness import PROXY_BIN, Bench


@pytest.mark.live
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1])
@pytest.mark.parametrize("release", RELEASES)
def test_a_signal_ends_the_waiting_and_not_the_job(release: str, number: signal.Signals) -> None:
    bench = Bench(release)
    uid, gid = bench.cluster.ids("alice")
    shared = bench.cluster.shared("alice")
    environ = {
        **bench.cluster.environ("alice"),
        "SLURM_CLI_PROXY_URL": bench.cluster.url,
        "SLURM_JWT": bench.cluster.token("alice"),
        "XDG_CACHE_HOME": f"{shared}/.cache-signals",
    }
    argv = [str(PROXY_BIN / "sbatch"), "-W", "-t", "2", "-o", "/dev/null", "--wrap", "sleep 100"]
    waiting = subprocess.Popen(
        argv, env=environ, cwd=str(shared), user=uid, group=gid, extra_groups=[], stdout=subprocess.PIPE
    )
    assert waiting.stdout is not None
    found = re.fullmatch(rb"Submitted batch job (\d+)\n", waiting.stdout.readline())
    assert found
    job = found[1].decode()
    try:
        os.kill(waiting.pid, number)
        assert waiting.wait(30) == -number
        bench.wait_for("alice", f"squeue -h -j {job} -o %T", "^(RUNNING|PENDING)")
    finally:
        bench.cancel([job])
        waiting.stdout.close()
