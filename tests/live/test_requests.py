"""How many requests a command makes, once the server's API version is remembered."""

from __future__ import annotations

import io
import shlex
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live.case import RELEASES
from tests.live.counting import Counted
from tests.live.harness import Bench, await_condition

from slurm_cli_proxy.commands.squeue import states
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.main import run
from slurm_cli_proxy.profiles import load
from slurm_cli_proxy.rest.client import Client


class Caller:
    """Calls commands in-process as alice, on one cluster."""

    def __init__(self, release: str, cache: Path) -> None:
        self.bench = Bench(release)
        cluster = self.bench.cluster
        self.environ = {
            **cluster.environ("alice"),
            "SLURM_CLI_PROXY_URL": cluster.url,
            "SLURM_JWT": cluster.token("alice"),
            "XDG_CACHE_HOME": str(cache),
        }
        self.uid, _ = cluster.ids("alice")

    def call(self, line: str, ahead: float = 0) -> tuple[str, list[str]]:
        """(standard output, the requests made), on a machine whose clock is `ahead` seconds ahead."""
        argv = shlex.split(line)
        profile = load(self.environ)
        transport = Counted(profile, self.environ)
        client = Client(profile, self.environ, login=lambda: "alice", transport=transport)
        out, err = io.BytesIO(), io.BytesIO()
        ctx = Context(
            argv[0], self.environ, stdin=io.BytesIO(), stdout=out, stderr=err, cwd="/tmp", uid=self.uid,
            login="alice", profile=profile, client=client, clock=lambda: time.time() + ahead,
        )  # fmt: skip
        status = run(ctx, argv[1:])
        assert status == 0, err.getvalue()
        return out.getvalue().decode(errors="surrogateescape"), transport.seen


@pytest.fixture(scope="module", params=RELEASES)
def caller(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caller]:
    caller = Caller(request.param, tmp_path_factory.mktemp("cache"))
    caller.call("squeue")  # from here on the version is remembered
    yield caller


@pytest.mark.live
@pytest.mark.parametrize("line", ["squeue", "squeue -h -o '%A %t'", "squeue --me -t R"])
def test_squeue_asks_once(caller: Caller, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "LONG", 1 << 30)  # of a long queue other questions are asked
    caller.call("squeue")
    _, requests = caller.call(line)
    assert len(requests) == 1, requests


@pytest.mark.live
@pytest.mark.parametrize("ahead", [5000, -5000])
def test_times_by_the_present_are_the_clusters(caller: Caller, ahead: int) -> None:
    before = int(time.time())
    said, requests = caller.call("sbatch --parsable --begin=now+2hours --wrap true", ahead)
    assert len(requests) == 2, requests
    shown = caller.bench.words("alice", f"squeue -h -j {said.strip()} -o %S")
    begin = time.mktime(time.strptime(shown.strip(), "%Y-%m-%dT%H:%M:%S"))
    assert before - 1 <= begin - 7200 <= time.time() + 1
    caller.call(f"scancel {said.strip()}")
    said, _ = caller.call("sbatch --parsable --wrap true", ahead)
    job = said.strip()
    line = f"sacct -X -n -o jobid -j {job}"
    await_condition(lambda: caller.call(line, ahead)[0], lambda text: job in text, line)
    line = "sacct -X -n -o jobid -S now-1hour -E now+1minute"
    await_condition(lambda: caller.call(line, ahead)[0], lambda text: job in text, line)


@pytest.mark.live
def test_times_that_are_whole_ask_no_clock(caller: Caller) -> None:
    said, requests = caller.call("sbatch --parsable --begin=2040-01-01T10:00 --wrap true", 5000)
    assert len(requests) == 1, requests
    caller.call(f"scancel {said.strip()}")


@pytest.mark.live
def test_submitting_and_cancelling_ask_once_each(caller: Caller) -> None:
    said, requests = caller.call("sbatch --parsable -H --wrap true")
    assert len(requests) == 1, requests
    _, requests = caller.call(f"scancel {said.strip()}")
    assert len(requests) == 1, requests


@pytest.mark.live
def test_sinfo_asks_twice_at_most(caller: Caller) -> None:
    job = caller.bench.submit("alice", "-H --wrap true")  # where it stands tells the default partition
    said, _ = caller.call("sinfo")
    assert "main*" in said  # known from here on, where the API does not tell
    _, requests = caller.call("sinfo")
    caller.bench.cancel([job])
    assert len(requests) <= 2, requests
