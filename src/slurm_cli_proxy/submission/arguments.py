"""Arguments of the script where the API has no way to pass them: v0.0.38, whose slurmrestd crashes on `argv`.

A shell script can be given them all the same, by `set --` at the beginning of its second line, so that line numbers
in messages stay true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_SHELLS: Final = re.compile(
    rb"#![ \t]*(?:\S*/)?(?:env[ \t]+(?:-S[ \t]+)?(?:\S*/)?)?(?:a|ba|da|k|mk|z)?sh(?:[ \t].*)?"
)


def with_arguments(script: bytes, arguments: Sequence[bytes]) -> bytes | None:
    """The script with its arguments set within; None if it is not a shell script."""
    if not arguments:
        return script
    first, newline, rest = script.partition(b"\n")
    if not _SHELLS.fullmatch(first):
        return None
    words = b" ".join(b"'" + argument.replace(b"'", rb"'\''") + b"'" for argument in arguments)
    return first + b"\nset -- " + words + (b"; " + rest if newline else b"\n")
