"""salloc's own options: -I and -K."""

from __future__ import annotations

import time

import pytest

from slurm_cli_proxy.options.allocating import immediate, kill_command
from slurm_cli_proxy.options.values import At, BadValue

AT = At("salloc", (24, 11), time.time)


@pytest.mark.parametrize(("text", "seconds"), [(None, 1), ("0", 0), ("30", 30)])
def test_immediate(text: str | None, seconds: int) -> None:
    assert immediate(text, AT) == seconds


@pytest.mark.parametrize("text", ["x", "-1", "3s"])
def test_no_number(text: str) -> None:
    with pytest.raises(BadValue) as failure:
        immediate(text, AT)
    assert failure.value.lines == (f'salloc: error: Invalid numeric value "{text}" for immediate.',)
    assert failure.value.status == 1


@pytest.mark.parametrize(
    ("text", "number"), [(None, 15), ("9", 9), ("HUP", 1), ("sigint", 2), ("65", 65), ("-1", -1)]
)
def test_kill_command(text: str | None, number: int) -> None:
    assert kill_command(text, AT) == number


@pytest.mark.parametrize("text", ["foo", "0", "1x"])
def test_no_signal(text: str) -> None:
    with pytest.raises(BadValue) as failure:
        kill_command(text, AT)
    assert failure.value.lines == ("salloc: error: Invalid --kill-command specification",)
    assert failure.value.status == 255
