"""`--jobs`, as the native commands of three releases were seen to read it."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.commands.squeue.jobids import JobId, parse
from slurm_cli_proxy.notation.errors import NotationError

OLD, NEW = (24, 11), (26, 5)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("12", JobId(12), JobId(12)),
        ("12_3", JobId(12, 3), JobId(12, 3)),
        (" 12", JobId(12), JobId(12)),
        ("+12", JobId(12), JobId(12)),
        ("12 ", JobId(12), None),
        ("12x", JobId(12), None),
        ("12_", JobId(12, 0), None),
        ("12_x", JobId(12, 0), None),
        ("12_[1-3]", JobId(12, 0), None),
        ("12.0", JobId(12), JobId(12)),
        ("12.batch", JobId(12), JobId(12)),
        ("12.x", JobId(12), None),
        ("12.2.3", JobId(12), None),
        ("12+1", JobId(12), JobId(12)),
        ("12+1.3", JobId(12), JobId(12)),
        ("12_2+3", JobId(12, 2), None),
        ("12_70000000", JobId(12, 70000000), JobId(12, 70000000)),
        ("99999999999", JobId(99999999999 & 0xFFFFFFFF), None),
        ("4294967290", None, JobId(4294967290)),
        ("4294967294", None, None),
        ("0", None, None),
        ("x", None, None),
        ("+", None, None),
        ("s0Q5M82MPWEF00", None, JobId(0, None, "s0Q5M82MPWEF00")),
        ("s0Q5M82MPWEF00.0", None, JobId(0, None, "s0Q5M82MPWEF00")),
        ("S0Q5M82MPWEF00", None, None),
        ("s0Q5M82MPWEF00x", None, None),
    ],
)
def test_one(text: str, old: JobId | None, new: JobId | None) -> None:
    for release, expected in ((OLD, old), (NEW, new)):
        if expected is None:
            with pytest.raises(NotationError, match="Invalid job id: "):
                parse(text, release)
        else:
            assert parse(text, release) == [expected]


def test_a_list_has_no_empty_ones() -> None:
    assert parse(",1,,2,1,2_0,", NEW) == [JobId(1), JobId(2), JobId(1), JobId(2, 0)]
