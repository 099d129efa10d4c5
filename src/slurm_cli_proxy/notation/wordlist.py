"""Lists of names as the accounting commands take them: `alice,bob`, `'a,b'`, `rack[1-3]`."""

from __future__ import annotations

import re

from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.notation.errors import NotationError

_WORD = r"(?:[^,\[]|\[[^\]]*(?:\]|$))+"
"""Commas in brackets belong to the name, and so does all that follows a bracket that is never closed."""


def parse(text: str, before: list[str] | None = None) -> list[str]:
    """The names, brackets filled in, each once, behind those of `before`.

    Of a list that has none, the empty name is left, which fits nothing.
    """
    words = names(text) if "[" not in text else re.findall(_WORD, _unquoted(text))
    found = [name for word in words or [""] for name in _filled(word)]
    return list(dict.fromkeys([*(before or ()), *found]))


def names(text: str) -> list[str]:
    """The names as they stand there; not the empty ones.

    A list in quotes ends with the quote; other quotes become backticks, so that such a name fits nothing.
    """
    return [word for word in _unquoted(text).split(",") if word]


def _unquoted(text: str) -> str:
    if text[:1] in ("'", '"'):
        text = text[1:].partition(text[0])[0]
    return text.replace('"', "`").replace("'", "`")


def _filled(word: str) -> list[str]:
    if "[" not in word:
        return [word]
    try:
        return hostlist.expand(word)
    except NotationError:
        return [word]
