"""The administrators' levels."""

from __future__ import annotations

from typing import Final

_LEVELS: Final = (("None", 1), ("Operator", 1), ("SuperUser", 1), ("Administrator", 1))


def level(text: str) -> str:
    """The level that a word stands for, as the API calls it; "" for none of them."""
    word = text.lower()
    if not word:
        return ""
    found = next(
        (name for name, least in _LEVELS if len(word) >= least and name.lower().startswith(word)), ""
    )
    return "Administrator" if found == "SuperUser" else found
