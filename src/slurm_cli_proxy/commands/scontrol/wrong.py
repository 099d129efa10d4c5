"""What is said of words that cannot be right, whatever the cluster's state."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

Release = tuple[int, int]


class Wrong(msgspec.Struct, frozen=True):
    """What is said of wrong words, and the exit status; `muted`: not with `--quiet`.  `logged` comes before, anyhow."""

    text: str
    status: int = 1
    muted: bool = False
    logged: str = ""


Check = Callable[[Sequence[str], Release], Wrong | None]
"""Looks at the words after another; None if nothing is wrong with them."""
