"""sacct's `--jobs`, as each release reads it."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.commands.sacct import jobids
from slurm_cli_proxy.notation.errors import NotationError

OLD, NEW = (24, 11), (26, 5)


@pytest.mark.parametrize("release", [(22, 5), OLD, NEW])
@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("12", ["12"]),
        ("12,13,12", ["12", "13"]),
        (",12,", ["12"]),
        ("12.batch,12.0,12.extern", ["12.batch", "12.0", "12.extern"]),
        ("12_3", ["12_3"]),
        ("12+1.0+2", ["12+1.0+2"]),
        ("", []),
    ],
)
def test_ids_are_read_alike_by_all_releases(text: str, paths: list[str], release: tuple[int, int]) -> None:
    assert [one.path for one in jobids.parse(text, release)] == paths


@pytest.mark.parametrize(
    ("text", "release", "message"),
    [
        ("abc", OLD, "Bad job/step specified: abc"),
        ("1.x", OLD, "Bad step specified: 1"),
        ("13_[0-1]", OLD, "Bad job array element specified: 13"),
        ("1+", OLD, "Bad hetjob offset specified: 1"),
        ("abc", NEW, "Bad job/step specified: abc"),
        ("1.x", NEW, "Bad job/step specified: 1.x: StepID includes unexpected non-numeric characters"),
        ("1-3", NEW, "Bad job/step specified: 1-3: JobID includes unexpected non-numeric characters"),
        ("1_", NEW, "Bad job/step specified: 1_: Job Array ID must not be an empty string"),
        ("0", NEW, "Bad job/step specified: 0: JobID can not be zero"),
        ("99999999999", NEW, "Bad job/step specified: 99999999999: JobID larger than acceptable range"),
    ],
)
def test_wrong_ids_are_told_in_the_releases_words(text: str, release: tuple[int, int], message: str) -> None:
    with pytest.raises(NotationError) as caught:
        jobids.parse(text, release)
    assert str(caught.value) == message


def test_old_releases_read_a_number_and_leave_the_rest() -> None:
    assert [one.path for one in jobids.parse("1-3,007", OLD)] == ["1", "7"]


def test_a_step_is_told_from_its_job() -> None:
    whole, step = jobids.parse("12,12.batch", NEW)
    assert (whole.step, step.step) == ("", "batch")
    assert whole.id == step.id == "12"
