"""docs/options.md says what the table of options says."""

from __future__ import annotations

import pytest
from tests.unit.options.documented import SERVED_BY, SPECIAL, TARGET, asked_for, text

from slurm_cli_proxy.options.submission import CLIENT, OPTIONS, SubmitOption


def test_the_page_is_up_to_date() -> None:
    assert TARGET.read_text("utf-8") == text(), "script/options writes it"


FOLLOW = {"tasks", "minimum_cpus", "minimum_nodes", "maximum_nodes", "tres_per_task", "tres_bind"}
"""Fields that are settled by several options together."""


@pytest.mark.parametrize("option", OPTIONS, ids=lambda option: f"{option.long}-{option.since}")
def test_an_option_fills_only_fields_that_its_row_names(option: SubmitOption) -> None:
    if not option.done or option.job == CLIENT or option.dest in SPECIAL or "b" not in option.commands:
        return
    releases = {release for served in SERVED_BY.values() for release in served if option.exists_in(release)}
    for release in releases:
        if option.dest == "resv_ports" and release < (24, 5):
            continue  # needs --stepmgr, which is not there yet
        fields = asked_for(option, release)
        assert fields.keys() <= set(option.job.split()) | FOLLOW, release
        assert fields or option.dest == "hint", release
