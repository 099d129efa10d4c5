"""Random submissions: whatever options stand wherever, the proxy makes the job that the native command makes.

`SUBMIT_FUZZ=300` in the environment draws so many on each release, other ones every time; without it the same few
dozen are drawn in every run.
"""

from __future__ import annotations

import os
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.live.case import RELEASES
from tests.live.harness import Bench
from tests.live.submit_draws import LIMITS, draws
from tests.live.submit_pair import Pair

MANY = int(os.environ.get("SUBMIT_FUZZ", "0"))


@lru_cache
def pair_of(release: str) -> Pair:
    """One a run for each release."""
    return Pair(Bench(release))


@pytest.mark.live
@pytest.mark.parametrize("release", RELEASES)
@settings(
    max_examples=MANY or 40,
    derandomize=not MANY,
    database=None,
    deadline=None,
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_same_job(release: str, data: st.DataObject) -> None:
    number = tuple(int(part) for part in release.split("."))
    drawn = data.draw(draws((number[0], number[1]), frozenset(LIMITS[release])))
    differences = pair_of(release).compare(drawn)
    assert not differences, "\n".join([str(drawn), *differences])
