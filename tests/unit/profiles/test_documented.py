"""Every key and variable stands in docs/configuration.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from slurm_cli_proxy.profiles.keys import KEYS

TEXT = (Path(__file__).parents[3] / "docs" / "configuration.md").read_text()


@pytest.mark.parametrize("name", KEYS)
def test_documented(name: str) -> None:
    assert f"`{name}`" in TEXT
    variable = f"`SLURM_CLI_PROXY_{name.upper()}`"
    assert (variable in TEXT) == KEYS[name].variable
