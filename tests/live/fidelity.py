"""The fidelity table: what matches the native command exactly, and what does not, with the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Result(NamedTuple):
    """One comparison's outcome; `reason` says why REST cannot carry it, None where it must match."""

    release: str
    version: str
    command: str
    line: str
    matches: bool
    reason: str | None


HEAD = """# Fidelity: the proxy beside the native command

Made by `script/fidelity` from a run of side-by-side cases on real clusters; do not edit by hand. The table says how
many cases ran: an interrupted run shows few.

A case is a command line run by the native command and by the proxy on the same cluster in the same state.
It matches when standard output, standard error and exit status are equal byte for byte (for changes, also what
the controller shows afterwards). "listed" cases cannot match, for the reason below the table.

"""


def write(target: Path, results: Iterable[Result]) -> None:
    """Writes the table of `results` into `target`."""
    results = list(results)
    target.write_text(HEAD + "\n".join([*table(results), "", *listed(results)]) + "\n", encoding="utf-8")


def table(results: list[Result]) -> list[str]:
    """A row for each command, a column for each release and API version: exact / run."""
    columns = sorted({(r.release, r.version) for r in results})
    exact: Counter[tuple[str, str, str]] = Counter()
    run: Counter[tuple[str, str, str]] = Counter()
    for r in results:
        run[r.command, r.release, r.version] += 1
        exact[r.command, r.release, r.version] += r.matches
    rows = [
        "| command | " + " | ".join(f"{a} ({b})" for a, b in columns) + " |",
        "| --- " * (len(columns) + 1) + "|",
    ]
    for command in sorted({r.command for r in results}):
        cells = [
            f"{exact[command, a, b]}/{run[command, a, b]}" if run[command, a, b] else "" for a, b in columns
        ]
        rows.append(f"| {command} | " + " | ".join(cells) + " |")
    return rows


def listed(results: list[Result]) -> list[str]:
    """Each case that does not match, under its reason."""
    by_reason: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for r in results:
        if not r.matches:
            by_reason[r.reason or "NOT EXPLAINED: a defect"][r.line].append(f"{r.release} ({r.version})")
    lines = ["## What does not match, and why", ""]
    for reason in sorted(by_reason):
        lines += [f"### {reason}", ""]
        lines += [f"- `{line}`: {', '.join(where)}" for line, where in sorted(by_reason[reason].items())]
        lines.append("")
    if not by_reason:
        lines.append("Nothing.")
    over = sorted(
        {f"- `{r.line}` on {r.release} ({r.version}): {r.reason}" for r in results if r.matches and r.reason}
    )
    return [*lines, "## Listed as impossible, yet equal in this run", "", *over] if over else lines
