"""Job states: a base state and any number of flags; long names, two-letter names, what users may write.

The tables are in the native commands' own order: `BASE` by number, `FLAGS` by precedence, so that the first flag a
job has is the state it is shown in.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from slurm_cli_proxy.notation.errors import NotationError

Release = tuple[int, int]

BASE: Final = (
    ("PENDING", "PD"),
    ("RUNNING", "R"),
    ("SUSPENDED", "S"),
    ("COMPLETED", "CD"),
    ("CANCELLED", "CA"),
    ("FAILED", "F"),
    ("TIMEOUT", "TO"),
    ("NODE_FAIL", "NF"),
    ("PREEMPTED", "PR"),
    ("BOOT_FAIL", "BF"),
    ("DEADLINE", "DL"),
    ("OUT_OF_MEMORY", "OOM"),
)
"""(long, compact) of the base states; the index is Slurm's number."""

FLAGS: Final = (
    ("COMPLETING", "CG"),
    ("STAGE_OUT", "SO"),
    ("CONFIGURING", "CF"),
    ("EXPEDITING", ""),
    ("RESIZING", "RS"),
    ("REQUEUED", "RQ"),
    ("REQUEUE_FED", "RF"),
    ("REQUEUE_HOLD", "RH"),
    ("SPECIAL_EXIT", "SE"),
    ("STOPPED", "ST"),
    ("REVOKED", "RV"),
    ("RESV_DEL_HOLD", "RD"),
    ("SIGNALING", "SI"),
)
"""(long, compact) of the flags that are shown, first come first shown.  EXPEDITING, of 26.05, has no compact form:
a job that has it shows its base state there."""

UNKNOWN: Final = "?"

# The flags in the order of the list that squeue prints after "Valid job states include: ".
LISTED_FLAGS: Final = (
    "COMPLETING",
    "CONFIGURING",
    "EXPEDITING",
    "RESIZING",
    "RESV_DEL_HOLD",
    "REQUEUED",
    "REQUEUE_FED",
    "REQUEUE_HOLD",
    "REVOKED",
    "SIGNALING",
    "SPECIAL_EXIT",
    "STAGE_OUT",
    "STOPPED",
)
_SINCE: Final = {"EXPEDITING": (26, 5)}
_LOWER_SINCE: Final = (24, 11)

_BY_WRITING: Final = {name: long for long, compact in (*BASE, *FLAGS) for name in (long, compact) if name}
_COMPACT_BASE: Final = dict(BASE)


def long(states: Iterable[str] | str) -> str:
    """The one long name a job is shown with (squeue %T, scontrol JobState=), from its base state and flags.

    `states` are long names in any order, or one text with commas between them.
    """
    have = _names(states)
    for name, _ in FLAGS:
        if name in have:
            return name
    return _base(have)


def compact(states: Iterable[str] | str) -> str:
    """The short name a job is shown with (squeue %t)."""
    have = _names(states)
    for name, short in FLAGS:
        if short and name in have:
            return short
    return _COMPACT_BASE.get(_base(have), UNKNOWN)


def _names(states: Iterable[str] | str) -> frozenset[str]:
    return frozenset(states.split(",") if isinstance(states, str) else states)


def _base(have: frozenset[str]) -> str:
    for name in have:
        if name in _COMPACT_BASE:
            return name
    return UNKNOWN


def parse(text: str, release: Release) -> str:
    """The long name of a state as `-t` takes it: long or compact, in any case, never abbreviated."""
    name = _BY_WRITING.get(text.upper()) if text.isascii() else None
    if name is None or release < _SINCE.get(name, (0, 0)):
        raise NotationError(f"Invalid job state specified: {text}")
    return name


def is_flag(name: str) -> bool:
    """Whether a long name is a flag's, not a base state's."""
    return name not in _COMPACT_BASE


def valid_names(release: Release) -> str:
    """The states as squeue lists them when one is invalid: `PENDING,RUNNING,...`, in small letters since 24.11."""
    names = [name for name, _ in BASE] + [
        name for name in LISTED_FLAGS if release >= _SINCE.get(name, (0, 0))
    ]
    listed = ",".join(names)
    return listed.lower() if release >= _LOWER_SINCE else listed
