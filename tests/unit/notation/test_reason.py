from __future__ import annotations

import pytest

from slurm_cli_proxy.notation import reason
from slurm_cli_proxy.notation.errors import NotationError

OLD, NEWER, NEWEST = (22, 5), (24, 11), (26, 5)


@pytest.mark.parametrize("release", [OLD, NEWER, NEWEST])
def test_a_name_gives_the_first_number_that_has_it(release: tuple[int, int]) -> None:
    names = reason.names(release)
    assert all(reason.number(name, release) == names.index(name) for name in names)
    assert reason.number("dependency", release) == 2


def test_what_a_release_calls_otherwise() -> None:
    assert [reason.names(release)[34] for release in (OLD, NEWER, NEWEST)] == [
        "BlockFreeAction",
        "InvaildReason",
        "InvalidReason",
    ]
    assert reason.names(OLD)[17] == "FrontEndDown"
    assert [len(reason.names(release)) for release in (OLD, NEWER)] == [199, 221]


@pytest.mark.parametrize("text", ["nosuch", "", "1"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(NotationError, match="unrecognized job reason value"):
        reason.number(text, NEWEST)
