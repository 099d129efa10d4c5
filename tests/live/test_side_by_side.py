"""Every case, on every release: the native command and the proxy must do the same, byte for byte."""

from __future__ import annotations

import pytest

from tests.live.case import RELEASES, Case
from tests.live.cases import all_cases
from tests.live.harness import Bench, Scratch, compare
from tests.live.scene import ensure

VERSIONS = {
    "22.05": ("v0.0.38",),
    "24.11": ("v0.0.40", "v0.0.41", "v0.0.42"),
    "26.05": ("v0.0.42", "v0.0.43", "v0.0.44", "v0.0.45"),
}
"""The API versions of each release that the proxy speaks; the last is the one it chooses."""


def selection() -> list[object]:
    """(case, release, API version or "" for the proxy's own choice), grouped by release."""
    params: list[object] = []
    for release in RELEASES:
        for number, case in enumerate(all_cases()):
            if release not in case.releases:
                continue
            versions = ("", *VERSIONS[release][:-1]) if case.core else ("",)
            for version in versions:
                name = f"{release}{version and '-' + version}-{number:03}-{case.line[:60]}"
                params.append(pytest.param(case, release, version, id=name))
    return params


@pytest.mark.live
@pytest.mark.parametrize(("case", "release", "version"), selection())
def test_same(case: Case, release: str, version: str, record_property: pytest.FixtureRequest) -> None:
    scene = ensure_once(release) if case.scene else {}
    bench = bench_of(release, version)
    native, proxy = compare(bench, case, Scratch(case.user, "case"), scene)
    spoken = version or VERSIONS[release][-1]
    reason = case.reason(release, spoken)
    matches = native == proxy
    record_property("fidelity", (release, spoken, case.command, case.line, matches, reason))  # type: ignore[operator]
    if reason is not None:
        assert not matches, f"listed as impossible ({reason}), yet it matches: take it off the list"
        pytest.xfail(reason)
    assert str(proxy) == str(native)


_scenes: dict[str, dict[str, str]] = {}
_benches: dict[tuple[str, str], Bench] = {}


def ensure_once(release: str) -> dict[str, str]:
    """The scene's ids, looked up once a run."""
    if release not in _scenes:
        _scenes[release] = ensure(release)
    return _scenes[release]


def bench_of(release: str, version: str) -> Bench:
    """One bench a run for each release and version, so that tokens are made once."""
    return _benches.setdefault((release, version), Bench(release, version))
