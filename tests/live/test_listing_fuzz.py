"""`squeue`, `sinfo` and `sacct` with options drawn at random: the native command and the proxy print the same.

Always the same draws; LISTING_FUZZ=N makes N of them for each command and release, and other ones each time (of sacct
only then).
"""

from __future__ import annotations

import os
import shlex
from itertools import zip_longest

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.live import listing_draws
from tests.live.case import RELEASES, Case
from tests.live.harness import Bench, Scratch, compare
from tests.live.scene import ensure

_MANY = int(os.environ.get("LISTING_FUZZ", "0"))


@pytest.mark.live
@pytest.mark.parametrize("command", ["squeue", "sinfo", *(["sacct"] if _MANY else [])])
@pytest.mark.parametrize("release", RELEASES)
def test_same(release: str, command: str) -> None:
    major, minor = map(int, release.split("."))
    draws = {
        "squeue": listing_draws.squeue,
        "sinfo": listing_draws.sinfo_lines,
        "sacct": listing_draws.sacct,
    }[command]
    bench = Bench(release)
    scene = ensure(release)
    scratch = Scratch(bench.cluster, "alice")
    different: list[str] = []  # all that are found, in one run

    @settings(
        max_examples=_MANY or 15,
        derandomize=not _MANY,
        database=None,
        phases=[Phase.generate],  # no shrinking: each try asks two servers
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def try_one(data: st.DataObject) -> None:
        line, env = data.draw(draws((major, minor)))
        native, proxy = compare(bench, Case(line, env=env), scratch, scene)
        mine, theirs = str(proxy).splitlines(), str(native).splitlines()
        if (
            command == "sinfo"
        ):  # native's threads end in any order, and so stand lines that are alike in all keys
            mine.sort()
            theirs.sort()
        if mine != theirs:
            first = next((pair for pair in zip_longest(mine, theirs) if pair[0] != pair[1]), None)
            different.append(f"{shlex.join(f'{k}={v}' for k, v in env.items())} {line}\n{first}")

    try_one()
    assert not different, "\n".join(different)
