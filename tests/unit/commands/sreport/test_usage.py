"""sreport: the time that a report covers, and what users have used of all their accounts."""

from __future__ import annotations

import time
from datetime import datetime

import pytest

from slurm_cli_proxy.commands.sreport.usage import Row, _by_user, window

OLD, NEW = (24, 11), (26, 5)


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+00:00").timestamp())


NOW = at("2026-11-23T12:14:00")


@pytest.mark.parametrize(
    ("release", "dates", "start", "end"),
    [
        (OLD, {}, "2026-11-22T00:00", "2026-11-23T00:00"),
        (NEW, {}, "2026-11-22T00:00", "2026-11-23T01:00"),
        (OLD, {"start": "2026-11-23T11:00"}, "2026-11-23T11:00", "2026-11-23T12:00"),
        (NEW, {"start": "2026-11-23T11:00"}, "2026-11-23T11:00", "2026-11-23T12:00"),
        (OLD, {"start": "2026-11-23", "end": "2026-11-24"}, "2026-11-23T00:00", "2026-11-23T12:00"),
        (NEW, {"start": "2026-11-23", "end": "2026-11-24"}, "2026-11-23T00:00", "2026-11-23T13:00"),
        (OLD, {"start": "2026-11-23", "end": "2026-11-23T11:29"}, "2026-11-23T00:00", "2026-11-23T11:00"),
        (OLD, {"start": "2026-11-23", "end": "2026-11-23T11:30"}, "2026-11-23T00:00", "2026-11-23T12:00"),
        (
            OLD,
            {"start": "2026-11-23T10:20", "end": "2026-11-23T11:45"},
            "2026-11-23T10:00",
            "2026-11-23T12:00",
        ),
    ],
)
def test_full_hours_up_to_now(release: tuple[int, int], dates: dict[str, str], start: str, end: str) -> None:
    asked = {key: at(value) for key, value in dates.items()}
    assert window(asked, NOW, release) == (at(start), at(end))


def test_a_users_accounts_stand_alone_or_together() -> None:
    def rows() -> list[Row]:
        return [
            Row("c", "science", "", {"cpu": 9}),
            Row("c", "science", "alice", {"cpu": 4, "mem": 1}),
            Row("c", "physics", "alice", {"cpu": 3}),
            Row("c", "physics", "alice", {"cpu": 2}),
        ]

    assert [(row.account, row.used["cpu"]) for row in _by_user(rows(), group=False)] == [
        ("science", 4),
        ("physics", 5),
    ]
    (alice,) = _by_user(rows(), group=True)
    assert (alice.account, alice.used) == ("science,physics", {"cpu": 9, "mem": 1})
