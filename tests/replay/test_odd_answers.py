"""Whatever a server answers, a command ends in output or a clear error: in time, in memory, without a traceback.

`ODD_ANSWERS` (1,000) mutations in all of the recorded answers of every endpoint; `ODD_SEED` draws others.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest
from tests.replay.odd import odd
from tests.replay.playing import ANSWERS, Answered, play, read

COUNT = int(os.environ.get("ODD_ANSWERS", "1000"))
SEED = int(os.environ.get("ODD_SEED", "8"))
SECONDS = 60
"""How long a call may take, on a busy machine."""
MEGABYTES = 400
"""How much more memory than before all of them together may leave behind."""
PARTS = 10


class TooLongError(BaseException):
    """No command may catch it."""


@lru_cache
def recorded() -> list[dict[str, Any]]:
    return [one for path in sorted(ANSWERS.glob("*.json.gz")) for one in read(path)["recorded"]]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TooLongError

    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.setitem(os.environ, "TZ", "UTC")
    before = signal.signal(signal.SIGALRM, stop)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def called(one: dict[str, Any], number: int) -> tuple[str, str, int, str]:
    """(standard output, standard error, exit status, which answer was odd) of a recorded call, one answer being odd."""
    chance = random.Random(f"{SEED}/{number}")
    chosen = chance.choice(sorted(one["answers"]))

    def exchange(method: str, target: str, body: bytes | None) -> Answered:
        key = f"{method} {target}"
        if key not in one["answers"]:  # what is asked after an odd answer
            return Answered(404, "text/plain", b"nothing was recorded")
        answer = Answered(*one["answers"][key])
        return odd(chance, answer) if key == chosen else answer

    signal.alarm(SECONDS)
    try:
        said = play(one["line"], one["env"], one["clock"], exchange, one["uid"])
    finally:
        signal.alarm(0)
    return said.stdout, said.stderr, said.status, chosen


@pytest.mark.parametrize("part", range(PARTS))
def test_odd_answers(part: int) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    wrong = []
    for number in range(part, COUNT, PARTS):
        one = recorded()[number % len(recorded())]
        try:
            out, err, status, chosen = called(one, number)
        except TooLongError:
            wrong.append(f"{number}: {one['line']}: not at its end after {SECONDS} seconds")
            continue
        except Exception as error:
            wrong.append(f"{number}: {one['line']}: {type(error).__name__}: {error}")
            continue
        if "Traceback" in out + err or "internal error" in err or (status and not err and not out):
            wrong.append(f"{number}: {one['line']}: odd {chosen}: {status} {out[-100:]!r} {err[-300:]!r}")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert not wrong, f"{len(wrong)} of them:\n" + "\n".join(wrong[:40])
    assert grown < MEGABYTES


def test_every_endpoint_is_there() -> None:
    """What the commands ask is among the recorded answers."""
    asked = {
        key.split("/")[3].split("?")[0] for one in recorded() for key in one["answers"] if key.count("/") > 2
    }
    assert {
        "conf", "diag", "job", "jobs", "licenses", "nodes", "partitions", "ping", "reservations", "shares",
        "accounts", "associations", "qos", "tres", "users",
    } <= asked  # fmt: skip
