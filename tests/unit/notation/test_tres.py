from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation import tres
from slurm_cli_proxy.notation.errors import NotationError


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", {}),
        (
            "cpu=4,mem=100M,node=1,billing=4,gres/gpu:a100=1",
            {"cpu": 4, "mem": 100, "node": 1, "billing": 4, "gres/gpu:a100": 1},
        ),
        ("cpu=32,mem=62.50G", {"cpu": 32, "mem": 64000}),
        ("mem=1025M", {"mem": 1025}),
        ("mem=4T", {"mem": 4 << 20}),
        ("cpu=2048", {"cpu": 2048}),
        ("mem=0", {"mem": 0}),
    ],
)
def test_both_ways(text: str, counts: dict[str, int]) -> None:
    assert tres.parse(text) == counts
    assert tres.format_tres(counts) == text


def test_parse_units() -> None:
    assert tres.parse("mem=512K,license/x=2K") == {"mem": 0, "license/x": 2048}


@pytest.mark.parametrize("text", ["cpu", "=1", "cpu=", "cpu=x", "cpu=1,", "cpu=-1", "cpu=1X"])
def test_invalid(text: str) -> None:
    with pytest.raises(NotationError):
        tres.parse(text)


@given(
    st.dictionaries(
        st.sampled_from(["cpu", "mem", "node", "billing", "gres/gpu:a100"]),
        st.integers(0, 2**40 - 1),
        max_size=5,
    )
)
def test_round_trip(counts: dict[str, int]) -> None:
    assert tres.parse(tres.format_tres(counts)) == counts
