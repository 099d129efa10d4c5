"""What sacct's columns are given: a line of the listing, and what is not in it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from slurm_cli_proxy.records.accounting import AccountingJob, Step

Release = tuple[int, int]
Cell = str | int | None


class View(msgspec.Struct):
    """What columns need beside the record.

    `time_text`: a time as the user wants it.  `convert`: whether 2048K may be shown as 2M; `unit`: the one that every
    size is to be shown in.  `expand`: whether file names have their patterns filled in.  `user_ids`, `group_ids`,
    `qos_ids`: numbers by name.  `wckey_ids`: by cluster, user and name.
    """

    release: Release
    now: int
    time_text: Callable[[int | None], str]
    convert: bool = True
    unit: str = ""
    expand: bool = False
    user_ids: dict[str, int] = {}
    group_ids: dict[str, int] = {}
    qos_ids: dict[str, int] = {}
    wckey_ids: dict[tuple[str, str, str], int] = {}


class Line(msgspec.Struct):
    """A line of the listing: a job (`step` None) or one of its steps."""

    job: AccountingJob
    step: Step | None = None


Render = Callable[[Line, View], Cell]
