"""Commands that the REST API has no data for: their version, and a job that they cannot tell of."""

from __future__ import annotations

from tests.live.case import Case

CASES = [
    Case(f"{command} {option}") for command in ("sprio", "sreport", "sstat") for option in ("-V", "--version")
] + [
    Case("sprio -w", cannot={"*": "the API does not tell the factors of priorities"}),
    Case("sstat 1", cannot={"*": "the API does not tell the use of running steps"}),
]
