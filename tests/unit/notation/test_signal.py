from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.notation import signal
from slurm_cli_proxy.notation.errors import NotationError

OLD, NEW = (22, 5), (24, 11)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("TERM", 15),
        ("sigkill", 9),
        (" Usr1 ", 10),
        ("9", 9),
        ("09", 9),
        ("+9", 9),
        ("-1", -1),
        ("65", 65),
        ("99999999999", 1215752191),
    ],
)
def test_parse(text: str, number: int) -> None:
    assert signal.parse(text, OLD) == number


@pytest.mark.parametrize(
    "text", ["", "0", "SIG", "SIG9", "9x", "KILLx", "sigsigkill", "0x9", "STKFLT", "SEGV", "٣"]
)
def test_invalid(text: str) -> None:
    with pytest.raises(NotationError, match="Unknown job signal"):
        signal.parse(text, NEW)


def test_differs_by_release() -> None:
    assert (signal.parse("chld", NEW), signal.parse("PIPE", NEW)) == (17, 13)
    with pytest.raises(NotationError):
        signal.parse("PIPE", OLD)
    assert (signal.format_name(13, OLD), signal.format_name(13, NEW)) == ("13", "PIPE")


@given(st.integers(1, 64))
def test_round_trip(number: int) -> None:
    assert signal.parse(signal.format_name(number, NEW), NEW) == number
