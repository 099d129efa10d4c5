from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation import exitcode
from slurm_cli_proxy.notation.errors import NotationError


@pytest.mark.parametrize(
    ("status", "text"), [(0, "0:0"), (256, "1:0"), (15, "0:15"), (0x8B, "0:11"), (255 << 8, "255:0")]
)
def test_format(status: int, text: str) -> None:
    assert exitcode.format_status(status) == text


@given(st.one_of(st.tuples(st.integers(0, 255), st.just(0)), st.tuples(st.just(0), st.integers(1, 64))))
def test_round_trip(pair: tuple[int, int]) -> None:
    assert exitcode.parse_pair(exitcode.format_pair(*pair)) == pair
    assert exitcode.split_status(exitcode.join_status(*pair)) == pair


@pytest.mark.parametrize("text", ["", "1", "1:", ":1", "1:2:3", "-1:0", "a:b"])
def test_invalid(text: str) -> None:
    with pytest.raises(NotationError):
        exitcode.parse_pair(text)
