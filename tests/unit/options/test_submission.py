"""The table of submission options: whole, and fit for use."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.options.spec import for_release
from slurm_cli_proxy.options.submission import (
    CLIENT,
    NOTHING,
    OPTIONS,
    STEP,
    VARIABLES_ONLY,
    SubmitOption,
    options_of,
)
from slurm_cli_proxy.options.variables import SBATCH
from slurm_cli_proxy.rest.payload import FIELDS

RELEASES = {(22, 5): 106, (24, 11): 114, (26, 5): 120}
"""How many long options native sbatch has, --tasks-per-node and --cluster included."""

ELSEWHERE = {"power_flags", "test_only"}
"""Job fields of older versions only, or of none."""


@pytest.mark.parametrize("release", RELEASES)
def test_as_many_options_as_native(release: tuple[int, int]) -> None:
    assert len(for_release(options_of("b"), release)) == RELEASES[release]


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.long)
def test_every_option_that_is_done_is_carried_somewhere_by_fields_that_exist(option: SubmitOption) -> None:
    if option.done:
        assert option.job != NOTHING
    if option.job not in (CLIENT, STEP):
        assert set(option.job.split()) <= FIELDS | ELSEWHERE


@pytest.mark.parametrize("release", RELEASES)
def test_every_variable_stands_for_an_option_of_its_release(release: tuple[int, int]) -> None:
    known = {option.dest for option in for_release(options_of("b"), release)}
    known |= {option.dest for option in VARIABLES_ONLY} | {"power"}
    for variable in SBATCH:
        if variable.since <= release and (variable.until is None or release < variable.until):
            assert variable.dest in known, variable.name


def test_short_options_are_unique() -> None:
    for release in RELEASES:
        letters = [option.short for option in for_release(options_of("b"), release) if option.short]
        assert len(letters) == len(set(letters))
