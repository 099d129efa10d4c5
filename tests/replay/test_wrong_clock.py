"""A host whose clock is off prints the same elapsed times: where the server tells its own time, that one counts."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import Final

import pytest
from tests.replay.playing import RECORDINGS, Answered, Played, play
from tests.replay.test_replay import read_once

_OWN_CLOCK: Final = re.compile(r" (-[a-z]*[liv]|--long|--verbose|--iterate)\b")
"""Options with which the command tells its own machine's time."""

_PATHS: Final = [path for path in sorted(RECORDINGS.glob("*.json.gz")) if not path.name.startswith("22.05")]


@pytest.mark.parametrize("off", [-400 * 86400, -3600, 3600, 400 * 86400])
@pytest.mark.parametrize("path", _PATHS, ids=lambda path: path.name.removesuffix(".json.gz"))
def test_wrong_clock(path: Path, off: int, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = read_once(path)
    answers = recording["answers"]
    monkeypatch.setitem(os.environ, "TZ", "UTC")
    time.tzset()

    def exchange(method: str, target: str, body: bytes | None) -> Answered:
        return Answered(*answers[f"{method} {target}"])

    count = 0
    for case in recording["cases"]:
        line, env = case["line"], case["env"]
        if not line.startswith("squeue") or _OWN_CLOCK.search(line) or "SLURM_TIME_FORMAT" in env:
            continue
        played = play(line, env, case["clock"] + off, exchange, case["uid"])
        assert played == Played(case["stdout"], case["stderr"], case["status"]), line
        count += bool(re.search(r"\d:\d\d", case["stdout"]))
    assert count > 20
