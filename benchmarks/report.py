"""What the benchmarks have in common: their arguments, and the file that a table goes to."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from devcluster.releases import RELEASES


def arguments(description: str, rounds: int) -> argparse.ArgumentParser:
    """A parser of RELEASE ..., --rounds and --write."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "releases",
        nargs="*",
        default=[release.name for release in RELEASES],
        help="releases to measure (all)",
    )
    parser.add_argument("--rounds", type=int, default=rounds, help=f"calls of each kind ({rounds})")
    parser.add_argument("--write", metavar="FILE", help="write the table into FILE too")
    return parser


def tell(lines: Sequence[str], title: str, command: str, target: str | None) -> None:
    """Print the lines; write them to the file `target` too, below the command that makes it."""
    print("\n".join(lines))
    if target:
        head = [f"# {title}", "", f"Made by `{command} --write {target}`.", ""]
        Path(target).write_text("\n".join([*head, *lines]) + "\n")
