"""Signals, as `scancel --signal` and `sbatch --signal` take them and as native commands print them."""

from __future__ import annotations

import re
from typing import Final

from slurm_cli_proxy.notation.errors import NotationError

Release = tuple[int, int]

# Linux numbers, whatever this machine's are: the signal is sent on the cluster.
NAMES: Final = {
    "HUP": 1,
    "INT": 2,
    "QUIT": 3,
    "ABRT": 6,
    "KILL": 9,
    "USR1": 10,
    "USR2": 12,
    "PIPE": 13,
    "ALRM": 14,
    "TERM": 15,
    "CHLD": 17,
    "CONT": 18,
    "STOP": 19,
    "TSTP": 20,
    "TTIN": 21,
    "TTOU": 22,
    "URG": 23,
    "XCPU": 24,
}
"""Every name that Slurm knows; other signals have numbers only."""

_SINCE: Final = {"PIPE": (24, 11), "CHLD": (24, 11)}
_NUMBERS: Final = {number: name for name, number in NAMES.items()}
_NUMBER: Final = r"(?a)\s*([+-]?[0-9]+)\s*"


def parse(text: str, release: Release) -> int:
    """The number of a signal: a name in any case, with or without SIG, or a number (not looked at more closely).

    0 and what is no signal raise NotationError.
    """
    number = re.fullmatch(_NUMBER, text)
    if number:
        value = int(number[1])
        value = (value + (1 << 31)) % (1 << 32) - (1 << 31)
    else:
        name = text.strip().upper().removeprefix("SIG")
        value = NAMES.get(name, 0)
        if release < _SINCE.get(name, (0, 0)):
            value = 0
    if value == 0:
        raise NotationError(f"Unknown job signal: {text}")
    return value


def format_name(number: int, release: Release) -> str:
    """The name without SIG, or the number in digits for signals Slurm has no name for."""
    name = _NUMBERS.get(number)
    return name if name and release >= _SINCE.get(name, (0, 0)) else str(number)
