"""Cases that are known to differ and ought not to: defects that are still to be mended.

One line of JSON each: the release and the case's command line.  They run all the same, and stand in the fidelity table.
A line whose defect is mended is to be taken out.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

REASON = "OPEN DEFECT: it ought to match, and does not yet (or not every time)"


@cache
def _listed() -> frozenset[tuple[str, str]]:
    text = Path(__file__).with_suffix(".jsonl").read_text(encoding="utf-8")
    return frozenset((release, line) for release, line in map(json.loads, text.splitlines()))


def reason(release: str, line: str) -> str | None:
    """REASON where the case is listed."""
    return REASON if (release, line) in _listed() else None
