"""Lists of names as the accounting commands take them: `alice,bob`, `'a','b'`, `rack[1-3]`."""

from __future__ import annotations

from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.notation.errors import NotationError

_QUOTES = ("'", '"')


def parse(text: str) -> list[str]:
    """The names.  Of a list that has none, the empty name is left, which fits nothing.

    A list in quotes ends with the quote; empty names between others do not count; brackets are filled in.
    """
    if text[:1] in _QUOTES:
        text = text[1:].partition(text[0])[0]
    found = [word for word in _split(text) if word]
    return found or [""]


def _split(text: str) -> list[str]:
    if "[" not in text:
        return text.replace('"', "").replace("'", "").split(",")
    try:
        return hostlist.expand(text)
    except NotationError:
        return text.split(",")
