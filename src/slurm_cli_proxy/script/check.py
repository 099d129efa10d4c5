"""What native sbatch has against a script before it reads any further, in its words (22.05, 24.11, 26.05 alike)."""

from __future__ import annotations

from typing import Final

_WHITESPACE: Final = b" \t\n\v\f\r"

EMPTY: Final = ("Batch script is empty!",)
BLANK: Final = ("Batch script contains only whitespace!",)
NO_INTERPRETER: Final = (
    "This does not look like a batch script.  The first",
    "line must start with #! followed by the path to an interpreter.",
    "For instance: #!/bin/sh",
)
NULL: Final = (
    "The Slurm controller does not allow scripts that",
    "contain a NULL character '\\0'.",
)
DOS: Final = (
    "Batch script contains DOS line breaks (\\r\\n)",
    "instead of expected UNIX line breaks (\\n).",
)


def check(script: bytes) -> tuple[str, ...]:
    """The lines of the first thing wrong, each for an `sbatch: error: ` of its own; none if the script will do.

    Native exits with status 1.  It also calls a directory an empty script, and says `Unable to open file PATH` of
    a file it cannot open.  A script that is too long is for the controller to refuse.
    """
    if not script:
        return EMPTY
    if not script.partition(b"\0")[0].strip(_WHITESPACE):
        return BLANK
    if not script.startswith(b"#!"):
        return NO_INTERPRETER
    if b"\0" in script:
        return NULL
    if b"\r\n" in script:
        return DOS
    return ()
