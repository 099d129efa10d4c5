"""`sdiag`: the report (whose numbers change with every question), and wrong input."""

from __future__ import annotations

from tests.live.case import Case

NUMBERS = {
    r"[A-Z][a-z]{2} [A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d \d{4}": "the clock",
    r" ?\d+ *": "counters and times, which both sides' questions change",
}

DOCUMENT = {
    **NUMBERS,
    r'(?s)("|- )?rpcs_by_message_type.*?(pending_rpcs"?: ?)': "requests that others make meanwhile",
}

CASES = [
    Case("sdiag -i", differs=NUMBERS, core=True),
    Case("sdiag --sort-by-id", differs=NUMBERS),
    Case("sdiag -a -i", differs=NUMBERS),
    Case("sdiag --all -i", differs=NUMBERS),
    Case("sdiag foo -i", differs=NUMBERS),
    Case("sdiag -i", differs=NUMBERS, user="bob"),
    Case("sdiag -i --no-trunc", differs=NUMBERS, releases=("26.05",)),
    *(
        Case(f"sdiag {line}")
        for line in ("-V", "--version", "-x", "--nope", "--s", "--sort", "--all=1", "-M", "-r", "--reset -i")
    ),
]
CASES += [
    Case(f"sdiag {line}", releases=("24.11", "26.05"), differs=DOCUMENT)
    for line in ("--json", "--yaml", "--json=nosuch", "--yaml=", "-i --json")
]
