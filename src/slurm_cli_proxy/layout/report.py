"""Reports of `Key=value` lines, as scontrol prints a record.

A report is data: a list of lines, each a list of `Item`s.  A line whose items are all left out is left out itself.
On one line (`scontrol -o`) the same items follow each other with spaces between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Generic, TypeVar

import msgspec

R = TypeVar("R")

Release = tuple[int, int]

INDENT: Final = "   "


class Item(msgspec.Struct, Generic[R], frozen=True):
    """`key=text`, where `render(record, view)` gives the text, or None to leave the item out.

    Without a `key` the text stands alone; one with line ends in it stands for several lines.
    `since` (included), `until` (not included): the releases whose report has the item.
    """

    key: str
    render: Callable[[R, Any], str | None]
    since: Release = (0, 0)
    until: Release | None = None

    def text(self, record: R, view: Any) -> str | None:
        """The item as it is printed."""
        value = self.render(record, view)
        return f"{self.key}={value}" if value is not None and self.key else value


Line = Sequence[Item[R]]


def for_release(lines: Iterable[Line[R]], release: Release) -> list[list[Item[R]]]:
    """The lines of that release's report."""
    chosen = []
    for line in lines:
        items = [
            item for item in line if item.since <= release and (item.until is None or release < item.until)
        ]
        if items:
            chosen.append(items)
    return chosen


def report(lines: Iterable[Line[R]], record: R, view: Any, *, one_line: bool) -> str:
    """The record's text, with the empty line (or the line end) that follows it."""
    texts = []
    for line in lines:
        items = [text for text in (item.text(record, view) for item in line) if text is not None]
        if items:
            texts.append(" ".join(items))
    if one_line:
        return " ".join(texts) + "\n"
    return f"\n{INDENT}".join(texts) + "\n\n"
