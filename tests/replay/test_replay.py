"""Every recorded case prints what native printed, from the answers that the real server gave."""

from __future__ import annotations

import os
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from tests.replay.playing import RECORDINGS, Answered, Played, play, read


def recorded() -> list[object]:
    """(recording file, number of the case in it) for every recorded case."""
    return [
        pytest.param(path, at, id=f"{path.name.removesuffix('.json.gz')}-{case['line'][:70]}")
        for path in sorted(RECORDINGS.glob("*.json.gz"))
        for at, case in enumerate(read_once(path)["cases"])
    ]


@lru_cache
def read_once(path: Path) -> dict[str, Any]:
    """The recording in `path`, read once a run."""
    return read(path)


@pytest.mark.parametrize(("path", "at"), recorded())
def test_replay(path: Path, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case = read_once(path)["cases"][at]
    answers = read_once(path)["answers"]
    monkeypatch.setitem(os.environ, "TZ", "UTC")
    time.tzset()

    def exchange(method: str, target: str, body: bytes | None) -> Answered:
        return Answered(*answers[f"{method} {target}"])

    played = play(case["line"], case["env"], case["clock"], exchange, case["uid"])
    assert played == Played(case["stdout"], case["stderr"], case["status"])
