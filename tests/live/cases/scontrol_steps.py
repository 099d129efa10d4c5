"""`scontrol show step`: the steps at work, which the API tells by way of the accounting."""

from __future__ import annotations

from tests.live.case import Case

NEWER = ("24.11", "26.05")


def show(words: str, line: str = "scontrol", **more: object) -> Case:
    """What is shown of the scene's steps."""
    return Case(f"{line} show {words}", scene=True, **more)  # type: ignore[arg-type]


CASES = [
    show("step {running}", core=True),
    show("steps {running_bob}", "scontrol -o"),
    show("step={gpu}"),
    show("step {suspended}"),
    show("step {running_two}.batch"),
    show("step {running}.BATCH"),
    show("step {array}"),
    show("step {array}_100", core=True),
    show("step {array}_100.batch"),
    show("step {array}_100.0"),
    show("step {array}_1"),
    show("step {held}"),
    show("step {running}.9"),
    show("step {running}.9", "scontrol -Q"),
    show("step {running}", "scontrol -v", differs={r"time=\S+": "now"}, releases=("24.11",)),
    show("step {running}", user="bob"),
    show("step {het}+1"),
    show("step {het}+7"),
    show("step {running}+1", releases=NEWER),
    Case("scontrol show step 999999", core=True),
    Case("scontrol -Q show step 999999"),
    *(
        show(f"step {word}", releases=NEWER)
        for word in ("''", "0", "abc", ".0", "_1", "1,2", "{running}x", "{running}_", "{running}_x")
    ),
    *(
        show(f"step {{running}}{rest}")
        for rest in (".", ".0x", ".0.1", ".99999999999", "+", "+x", ".0+", ".0+x", "_1x", ".batch.x")
    ),
    show("step 4294967295"),
    show("step 99999999999999"),
    show("step s0Z9M84", releases=("26.05",)),
]
