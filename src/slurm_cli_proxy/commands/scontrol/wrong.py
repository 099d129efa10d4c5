"""What is said of words that cannot be right, whatever the cluster's state."""

from __future__ import annotations

import msgspec


class Wrong(msgspec.Struct, frozen=True):
    """What is said of wrong words, and the exit status; `muted`: not with `--quiet`.  `logged` comes before, anyhow."""

    text: str
    status: int = 1
    muted: bool = False
    logged: str = ""
