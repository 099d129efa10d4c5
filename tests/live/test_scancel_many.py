"""`scancel` of many jobs: none is forgotten, and where the API takes many at once there is no request for each."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

import pytest
from tests.live.case import RELEASES
from tests.live.test_requests import Caller

pytestmark = pytest.mark.live
MANY = 120


class Crowd:
    """Held jobs of one name, and one of another name."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.name = f"many-{uuid.uuid4().hex[:8]}"
        loop = f"for i in $(seq {MANY}); do sbatch --parsable -J {self.name} -H -D /tmp --wrap true; done"
        made = caller.bench.native("alice", ["bash", "-c", loop])
        self.ids = made.stdout.split()
        assert len(self.ids) == MANY, made.stderr
        self.other = caller.bench.submit("alice", f"-J {self.name}x -H --wrap true")

    def states(self) -> set[str]:
        """The states of the many."""
        listing = self.caller.bench.words("alice", f"squeue -h -t all -n {self.name} -o %T")
        return set(listing.split())

    def other_state(self) -> str:
        return self.caller.bench.words("alice", f"squeue -h -t all -j {self.other} -o %T").strip()


@pytest.fixture(scope="module", params=RELEASES)
def caller(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Caller:
    caller = Caller(request.param, tmp_path_factory.mktemp("cache"))
    caller.call("scancel 999999")  # from here on the version is remembered
    return caller


@pytest.fixture
def crowd(caller: Caller) -> Iterator[Crowd]:
    crowd = Crowd(caller)
    yield crowd
    caller.bench.cancel([*crowd.ids, crowd.other])


def one_by_one(caller: Caller) -> bool:
    """Whether the API knows only one job a request."""
    return caller.bench.release == "22.05"


def test_many_ids(crowd: Crowd) -> None:
    _, requests = crowd.caller.call("scancel " + " ".join(crowd.ids))
    assert len(requests) == (MANY if one_by_one(crowd.caller) else 1)
    assert crowd.states() == {"CANCELLED"}
    assert crowd.other_state() == "PENDING"


def test_many_by_name(crowd: Crowd) -> None:
    _, requests = crowd.caller.call(f"scancel -n {crowd.name}")
    deletions = [request for request in requests if request.startswith("DELETE ")]
    assert len(deletions) == (MANY if one_by_one(crowd.caller) else 1)
    assert len(requests) - len(deletions) <= 10  # what waits in parts is looked at: eight at most
    assert crowd.states() == {"CANCELLED"}
    assert crowd.other_state() == "PENDING"


def test_many_by_partition_and_ids(crowd: Crowd) -> None:
    """Filters that are not the controller's: one listing, one request."""
    _, requests = crowd.caller.call("scancel -p main " + " ".join(crowd.ids))
    kinds = [re.sub(r"/v0\.0\.\d+/|\d+", "/", request) for request in requests]
    if one_by_one(crowd.caller):
        assert len(kinds) == 1 + MANY
    else:
        assert kinds == ["GET /slurm/jobs/", "DELETE /slurm/jobs/"]
    assert crowd.states() == {"CANCELLED"}
    assert crowd.other_state() == "PENDING"


def test_a_task_number_that_ends_the_controller_is_not_sent(caller: Caller) -> None:
    """Native sends it, which ends slurmctld 24.11 and 26.05."""
    if one_by_one(caller):
        pytest.skip("has no --ctld")
    array = caller.bench.submit("alice", "-H -a 1-3 -D /tmp --wrap true")
    _, requests = caller.call(f"scancel --ctld {array}_4294967295")
    assert requests == []
    _, requests = caller.call(f"scancel --ctld {array}_4294967294 {array}_2")
    assert len(requests) == 1
    assert caller.bench.words("alice", f"squeue -h -j {array} -o %i").strip() == f"{array}_[1,3]"
    caller.bench.cancel([array])
