"""Every case, on every release: the native command and the proxy must do the same, byte for byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from zlib import crc32

import pytest
from tests.live import open_defects
from tests.live.case import RELEASES, Case
from tests.live.cases import all_cases
from tests.live.fidelity import Result
from tests.live.harness import Bench, Outcome, Scratch, compare
from tests.live.scene import ensure, strangers

VERSIONS = {
    "22.05": ("v0.0.38",),
    "24.11": ("v0.0.40", "v0.0.41", "v0.0.42"),
    "26.05": ("v0.0.42", "v0.0.43", "v0.0.44", "v0.0.45"),
}
"""The API versions of each release that the proxy speaks; the last is the one it chooses."""


EVERYTHING = os.environ.get("SIDE_BY_SIDE") == "all"
"""Run every case on every release (`script/fidelity` does, in the better part of an hour). Otherwise the core runs on
all three, a third of it on their older API versions too, and any other case on one release.  Which, depends on the
case alone: a new one does not move the others."""


def selection() -> list[object]:
    """(case, release, API version or "" for the proxy's own choice), grouped by release."""
    params: list[object] = []
    for turn, release in enumerate(RELEASES):
        cases = sorted(enumerate(all_cases()), key=lambda item: not item[1].scene)  # while the scene stands
        for number, case in cases:
            if release not in case.releases or not (EVERYTHING or case.core or drawn(case, turn)):
                continue
            params.append(param(number, case, release, ""))
            for place, version in enumerate(VERSIONS[release][:-1]):
                if case.core and (EVERYTHING or drawn(case, turn + place)):
                    params.append(param(number, case, release, version))
    return params


def drawn(case: Case, turn: int) -> bool:
    """Whether it is this case's turn, one of as many as there are releases."""
    return crc32(case.called.encode("utf-8", "surrogateescape")) % len(RELEASES) == turn % len(RELEASES)


def param(number: int, case: Case, release: str, version: str) -> object:
    """A parameter set with its name."""
    name = f"{release}{version and '-' + version}-{number:03}-{case.called[:60]}"
    return pytest.param(case, release, version, id=name)


@pytest.mark.live
@pytest.mark.parametrize(("case", "release", "version"), selection())
def test_same(case: Case, release: str, version: str, record_property: Callable[[str, object], None]) -> None:
    scene = scene_of(release) if case.scene else {}
    bench = bench_of(release, version)
    listed = open_defects.reason(release, case.called)
    try:
        native, proxy = compare(bench, case, Scratch(bench.cluster, case.user), scene)
    except BaseException:
        bench.cancel(strangers(bench))
        if listed:
            pytest.xfail(listed)
        raise
    spoken = version or VERSIONS[release][-1]
    reason = case.reason(release, spoken) or listed
    matches = native == proxy
    record_property("fidelity", tuple(Result(release, spoken, case.command, case.called, matches, reason)))
    if reason is not None and not matches:
        pytest.xfail(reason)
    if not matches:
        bench.cancel(strangers(bench))
    assert readable(proxy) == readable(native)


def readable(outcome: Outcome) -> str:
    """What a report can hold: bytes that are no text cannot travel from a worker."""
    return str(outcome).encode("utf-8", "backslashreplace").decode()


_benches: dict[tuple[str, str], Bench] = {}
_failed_scenes: dict[str, str] = {}


@lru_cache
def scene_of(release: str) -> dict[str, str]:
    """The ids of the release's scene, looked up or built once a run; a worker of a parallel run has one release.

    What an earlier run left is cancelled: listings of everything would show it.
    """
    if release in _failed_scenes:
        pytest.fail(_failed_scenes[release])
    bench_of(release, "").cancel(strangers(bench_of(release, "")))
    try:
        return ensure(release) if "PYTEST_XDIST_WORKER" in os.environ else scenes()[release]
    except AssertionError as error:
        _failed_scenes[release] = f"the scene could not be built: {error}"
        raise


@lru_cache
def scenes() -> dict[str, dict[str, str]]:
    """Every release's scene, built on all clusters at once."""
    with ThreadPoolExecutor() as pool:
        return dict(zip(RELEASES, pool.map(ensure, RELEASES), strict=True))


def bench_of(release: str, version: str) -> Bench:
    """One bench a run for each release and version, so that tokens are made once."""
    return _benches.setdefault((release, version), Bench(release, version))
