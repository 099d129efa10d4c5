from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation import gres
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.notation.gres import Gres


@pytest.mark.parametrize(
    ("text", "resources"),
    [
        ("gpu", [Gres("gpu")]),
        ("gpu:2", [Gres("gpu", count=2)]),
        ("gpu:a100", [Gres("gpu", "a100")]),
        (
            "gpu:p100:2,gpu:k80,gpu:1080:1",
            [Gres("gpu", "p100", 2), Gres("gpu", "k80"), Gres("gpu", "1080", 1)],
        ),
        ("gpu:a100:2", [Gres("gpu", "a100", 2)]),
        ("gpu:a100:2(IDX:0-1)", [Gres("gpu", "a100", 2, "IDX:0-1")]),
        ("gpu:2(IDX:0,3),craynetwork:1", [Gres("gpu", "", 2, "IDX:0,3"), Gres("craynetwork", count=1)]),
        ("gpu:a100:2(S:0)", [Gres("gpu", "a100", 2, "S:0")]),
    ],
)
def test_both_ways(text: str, resources: list[Gres]) -> None:
    assert gres.parse(text) == resources
    assert gres.format_gres(resources) == text


def test_other_writings() -> None:
    assert gres.parse("") == gres.parse("(null)") == []
    assert gres.parse("gres:gpu:1") == gres.parse("gres/gpu=1") == [Gres("gpu", count=1)]
    assert gres.parse("lustre:2K") == [Gres("lustre", count=2048)]
    assert gres.parse("gres/gpu:a100=3") == [Gres("gpu", "a100", 3)]


@pytest.mark.parametrize("text", [",", "gpu:", "gpu:1:2:3", "gpu:a:b", "gpu:1(", ":1", "gpu,,x"])
def test_invalid(text: str) -> None:
    with pytest.raises(NotationError):
        gres.parse(text)


@given(
    st.lists(
        st.builds(
            Gres,
            st.sampled_from(["gpu", "mps", "nic"]),
            st.sampled_from(["", "a100", "p100", "k80", "tesla"]),
            st.one_of(st.none(), st.integers(0, 99)),
            st.sampled_from(["", "IDX:0-1,3", "S:0"]),
        ),
        max_size=4,
    )
)
def test_round_trip(resources: list[Gres]) -> None:
    assert gres.parse(gres.format_gres(resources)) == resources
