"""What goes wrong, as a sentence and the lines that explain it."""

from __future__ import annotations

from collections.abc import Sequence


class DevclusterError(Exception):
    """A step that failed: one sentence, and (for a daemon or a program) its own last lines."""

    def __init__(self, sentence: str, lines: Sequence[str] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.lines = tuple(lines)

    def __str__(self) -> str:
        return "\n".join((self.sentence, *(f"    {line}" for line in self.lines)))
