"""Trackable resources: `cpu=4,mem=100M,node=1,billing=4,gres/gpu:a100=1`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.notation.memory import UNITS, format_units

_COUNT = re.compile(r"([0-9]+)(?:\.([0-9]+))?([KMGTP]?)")

# The unit a resource is counted in, of those that native commands print with a unit.
_COUNTED_IN: Final = {"mem": "M", "vmem": "M", "bb": "M"}


def parse(text: str) -> dict[str, int]:
    """Counts by name, in the order written: memory in megabytes, everything else in ones.  An empty text is {}."""
    counts: dict[str, int] = {}
    for part in text.split(",") if text else ():
        name, equals, value = part.partition("=")
        if not name or not equals:
            raise NotationError(f"not a list of resources: {text!r}")
        counts[name] = _count(name, value, text)
    return counts


def _count(name: str, value: str, text: str) -> int:
    found = _COUNT.fullmatch(value)
    if not found:
        raise NotationError(f"not a list of resources: {text!r}")
    whole, fraction, unit = found.groups()
    own = _unit(name)
    power = UNITS.index(unit or own) - UNITS.index(own)
    number = float(f"{whole}.{fraction}") if fraction else int(whole)
    return round(number * 1024.0**power) if power < 0 or fraction else int(number) << (10 * power)


def _unit(name: str) -> str:
    return _COUNTED_IN.get(name.partition("/")[0], "")


def format_tres(counts: Mapping[str, int]) -> str:
    """The counts as native commands write them, in the order given: `mem=1.50G`, but `cpu=2048`."""
    return ",".join(
        f"{name}={format_units(count, unit) if (unit := _unit(name)) else count}"
        for name, count in counts.items()
    )
