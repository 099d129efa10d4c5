"""Expected values were read off scancel, squeue and scontrol of 22.05, 24.11 and 26.05."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation import jobid
from slurm_cli_proxy.notation.jobid import JobId, JobIdError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", JobId(12)),
        (" +012", JobId(12)),
        ("12_3", JobId(12, task=3)),
        ("12_", JobId(12, task=0)),
        ("12_ 3", JobId(12, task=3)),
        ("12_[1-3,7]", JobId(12, tasks="1-3,7")),
        ("12_*", JobId(12, tasks="*")),
        ("12+1", JobId(12, het=1)),
        ("12+", JobId(12, het=0)),
        ("12.", JobId(12, step="0")),
        ("12_1.0", JobId(12, task=1, step="0")),
        ("12.batch", JobId(12, step="batch")),
        ("12_*.0", JobId(12, tasks="*", step="0")),
        ("99999999999", JobId(99999999999 % 2**32)),
        ("4294967296", JobId(0)),
        ("18446744073709551617", JobId(2**32 - 1)),
        ("12_99999999999", JobId(12, task=99999999999)),
    ],
)
def test_parse(text: str, expected: JobId) -> None:
    assert jobid.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "0",
        "12x",
        "12 ",
        "12 13",
        "12_x",
        "12_[",
        "12_[1-3",
        "12_-1",
        "12.x",
        "12_3+1",
        "12_[1-3]%2",
        "12_[1-3].0",
        "12_1-3",
        "12+x",
        "-5",
        "12,13",
        "١٢",
    ],
)
def test_invalid(text: str) -> None:
    with pytest.raises(JobIdError) as caught:
        jobid.parse(text)
    assert (str(caught.value), caught.value.log) == (f"Invalid job id {text}", "")


def test_invalid_set_is_logged() -> None:
    for inside in ("", "*", "1:2", "1-5:2", "5-1"):
        with pytest.raises(JobIdError) as caught:
            jobid.parse(f"12_[{inside}]")
        assert caught.value.log == f"_parse_single_range: Invalid range: `{inside}'"


numbers = st.integers(0, 2**32 - 3)
parts = st.one_of(
    st.just({}),
    st.builds(lambda n: {"task": n}, numbers),
    st.builds(lambda n: {"het": n}, numbers),
    st.sampled_from([{"tasks": "*"}, {"tasks": "1-3,7"}, {"tasks": "0"}]),
)


@given(st.integers(1, 2**32 - 3), parts, st.one_of(st.none(), st.just("batch"), numbers.map(str)))
def test_round_trip(job: int, part: dict[str, int | str], step: str | None) -> None:
    one = JobId(job, **part, step=None if "tasks" in part else step)  # type: ignore[arg-type]
    assert jobid.parse(jobid.format_id(one)) == one
    assert str(one) == jobid.format_id(one)


def test_task_ids() -> None:
    assert JobId(1, tasks="1-3,7").task_ids() == [1, 2, 3, 7]
    assert JobId(1, task=4).task_ids() == [4]
    assert JobId(1, tasks="*").task_ids() is None
    assert JobId(1, tasks="1-7:3%2").task_ids() == [1, 4, 7]
    assert JobId(1, tasks="1,3%1").task_ids() == [1, 3]
    assert JobId(1).task_ids() is None
