"""Exit codes: a `wait` status, and `status:signal` as scontrol and sacct print it."""

from __future__ import annotations

import re

from slurm_cli_proxy.notation.errors import NotationError

_PAIR = re.compile(r"([0-9]+):([0-9]+)")


def split_status(status: int) -> tuple[int, int]:
    """(return code, signal) of a `wait` status, as the older API versions give it."""
    signal = status & 0x7F
    return ((status >> 8) & 0xFF, 0) if signal in (0, 0x7F) else (0, signal)


def join_status(code: int, signal: int) -> int:
    """The `wait` status of a process that ended so."""
    return (code & 0xFF) << 8 | signal & 0x7F


def format_pair(code: int, signal: int) -> str:
    """`0:0`, `1:0`, `0:15`."""
    return f"{code}:{signal}"


def format_status(status: int) -> str:
    """`format_pair` of a `wait` status."""
    return format_pair(*split_status(status))


def parse_pair(text: str) -> tuple[int, int]:
    """(return code, signal) of `0:15`."""
    found = _PAIR.fullmatch(text)
    if not found:
        raise NotationError(f"not an exit code: {text!r}")
    return int(found[1]), int(found[2])
