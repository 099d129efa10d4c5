"""Keywords of scontrol: verbs, entities and keys, in any case, each shortened down to a length of its own.

What a shortened word means is decided by the sequence of a table, as the native command decides it: the first
keyword that fits.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec

Release = tuple[int, int]


class Keyword(msgspec.Struct, frozen=True, kw_only=True):
    """A word of the releases `since` (included) to `until` (not included), of which `shortest` letters suffice.

    One that is `shortest` longer than the word itself must be written out.
    """

    name: str
    shortest: int
    since: Release = (0, 0)
    until: Release | None = None

    def exists_in(self, release: Release) -> bool:
        """Whether the native command of that release knows the word."""
        return self.since <= release and (self.until is None or release < self.until)

    def meant_by(self, word: str) -> bool:
        """Whether `word` is this keyword, or short for it."""
        name = self.name.lower()
        word = word.lower()
        return word == name or (len(word) >= self.shortest and name.startswith(word))


K = TypeVar("K", bound=Keyword)


def find(table: Iterable[K], word: str, release: Release) -> K | None:
    """The first keyword of `table` that `word` stands for; None for an unknown word."""
    for keyword in table:
        if keyword.exists_in(release) and keyword.meant_by(word):
            return keyword
    return None
