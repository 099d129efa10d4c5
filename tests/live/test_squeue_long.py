"""A queue that is known to be long is asked the cheapest question, with the same lines as answer."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.live import scene
from tests.live.case import RELEASES
from tests.live.test_requests import Caller

from slurm_cli_proxy.commands.squeue import states

pytestmark = pytest.mark.live

SUBMITTED = (
    "-H --array=1-9:2%3 --wrap true",
    "-H -n 1 : -n 2 --wrap true",
    "-H --wrap true",
)


@pytest.fixture(scope="module", params=RELEASES)
def jobs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Caller, list[str]]]:
    """(caller, the ids of an array, a het job and a job)."""
    caller = Caller(request.param, tmp_path_factory.mktemp("cache"))
    ids = [caller.bench.submit("alice", args) for args in SUBMITTED]
    yield caller, ids
    caller.bench.cancel(ids)


@pytest.fixture(autouse=True)
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three jobs are many."""
    monkeypatch.setattr(states, "LONG", 3)


def beside_native(caller: Caller, line: str) -> tuple[str, list[str], str]:
    """(what the proxy says, the requests it makes, what native says), of a queue that stood still meanwhile.

    Other tests' jobs come and go: only what native says before and after alike can be compared.
    """
    for _ in range(30):
        before = caller.bench.native("alice", shlex.split(line)).stdout
        said, requests = caller.call(line)
        after = caller.bench.native("alice", shlex.split(line)).stdout
        if before == after:
            return said, requests, after
    raise AssertionError(f"never stood still: {line}")


def told(requests: list[str]) -> list[str]:
    """The last part of each request's path, arguments aside."""
    return [request.partition("?")[0].rstrip("/").rpartition("/")[2] for request in requests]


@pytest.mark.parametrize(
    "line",
    [
        "squeue -h -a -o '%A %t'",
        "squeue -h -o '%A %T'",
        "squeue -a -o '%A %t' -t all",
        "squeue -h -a -t PD,CG -o '%t|%10A'",
        "squeue -h -O JobId,StateCompact",
    ],
)
def test_states_suffice(jobs: tuple[Caller, list[str]], line: str) -> None:
    caller, _ = jobs
    caller.call("squeue")  # sees that the queue is long
    said, requests, native = beside_native(caller, line)
    asked = [request for request in told(requests) if request != "partitions"]  # see the next test
    assert asked == (["jobs"] if caller.bench.release == "22.05" else ["state"])
    assert sorted(said.splitlines()) == sorted(native.splitlines())


def test_hidden_partitions_are_asked_about_once(jobs: tuple[Caller, list[str]]) -> None:
    caller, _ = jobs
    caller.call("squeue")
    for _ in range(2):
        _, requests = caller.call("squeue -h -o '%A %t'")
    assert told(requests) == (["jobs"] if caller.bench.release == "22.05" else ["state"])


@pytest.mark.parametrize(
    "line",
    ["squeue -h -o '%i %t'", "squeue -h -o '%A %t' -u alice", "squeue -h -o %A -S u", "squeue -h -r -o %A"],
)
def test_states_do_not_suffice(jobs: tuple[Caller, list[str]], line: str) -> None:
    caller, _ = jobs
    caller.call("squeue")
    said, requests, native = beside_native(caller, line)
    assert told(requests) == ["jobs"]
    assert said == native


def test_a_few_jobs_are_asked_for_one_by_one(jobs: tuple[Caller, list[str]]) -> None:
    caller, ids = jobs
    caller.call("squeue")
    line = f"squeue -h -o '%i %t %j' -j {','.join(ids)},{ids[0]}_3,999999"
    said, requests, native = beside_native(caller, line)
    assert sorted(told(requests)) == sorted([*ids, "999999"])
    assert said == native


def test_one_by_one_in_the_order_of_a_listing(jobs: tuple[Caller, list[str]]) -> None:
    """Tasks that started at the same second: native's order is that in which their records were made."""
    caller, _ = jobs
    caller.call("squeue")
    ids = scene.ensure(caller.bench.release)
    wanted = [ids[name] for name in ("array", "running", "completed", "running_two", "gpu")]
    line = f"squeue -h -t all -o '%i %t %S' -j {','.join(wanted)}"
    said, requests, native = beside_native(caller, line)
    assert sorted(told(requests)) == sorted(wanted)
    assert said == native


def test_a_short_queue_is_listed_whole(
    jobs: tuple[Caller, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, _ = jobs
    monkeypatch.setattr(states, "LONG", 100000)
    caller.call("squeue")  # sees that it is short
    _, requests = caller.call("squeue -h -a -o '%A %t'")
    assert told(requests) == ["jobs"]


def test_many_jobs_are_asked_for_at_once(
    jobs: tuple[Caller, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, ids = jobs
    monkeypatch.setattr(states, "FEW", 2)
    caller.call("squeue")
    line = f"squeue -h -o '%A %t' -j {','.join(ids)},999999"
    said, requests, native = beside_native(caller, line)
    assert told(requests) == (["jobs"] if caller.bench.release == "22.05" else ["state"])
    assert sorted(said.splitlines()) == sorted(native.splitlines())


def test_a_queue_never_seen_is_counted_first(
    jobs: tuple[Caller, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller, _ = jobs
    caller.call("squeue")
    cold = Caller(caller.bench.release, tmp_path)
    _, requests = cold.call("squeue -h -a -o '%A %t'")
    old = caller.bench.release == "22.05"
    assert [one for one in told(requests) if one in ("state", "jobs")] == (
        ["jobs"] if old else ["state", "state"]
    )
    monkeypatch.setattr(states, "LONG", 100000)
    cold = Caller(caller.bench.release, tmp_path / "short")
    _, requests = cold.call("squeue -h -a -o '%A %t'")
    assert [one for one in told(requests) if one in ("state", "jobs")] == (
        ["jobs"] if old else ["state", "jobs"]
    )
