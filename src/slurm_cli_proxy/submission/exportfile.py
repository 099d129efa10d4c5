"""`--export-file`: variables from a file, each `NAME=VALUE` and a null byte.

The file takes the place of the caller's environment: nothing of that goes with the job.
"""

from __future__ import annotations

import os
from typing import Final

from slurm_cli_proxy.context import decode
from slurm_cli_proxy.options.values import At, BadValue

_CHUNK: Final = 1 << 20


def read_export_file(name: str, at: At) -> tuple[dict[str, str], list[str]]:
    """The variables, and lines to print; BadValue if there is no such file.

    `name` is a path, or the number (not 0) of an open file.  An entry without a name or without `=` is passed over,
    an empty one ends the list; of a variable given twice the last value counts.
    """
    try:
        data = _contents(name)
    except IsADirectoryError as error:
        return {}, [f"{at.prog}: error: read(environment_file): {error.strerror}"]
    except (OSError, OverflowError, ValueError):
        raise BadValue(f"{at.prog}: error: Could not open user environment file {name}", status=1) from None
    found: dict[str, str] = {}
    for entry in data.partition(b"\0\0")[0].split(b"\0"):
        variable, equals, value = entry.partition(b"=")
        if variable and equals:
            found[decode(variable)] = decode(value)
    return found, []


def _contents(name: str) -> bytes:
    if not (name.isascii() and name.isdigit() and int(name)):
        with open(name, "rb", buffering=0) as file:
            return file.readall()
    chunks = []
    while chunk := os.read(int(name), _CHUNK):
        chunks.append(chunk)
    return b"".join(chunks)
