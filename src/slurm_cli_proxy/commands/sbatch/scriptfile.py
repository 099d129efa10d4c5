"""The script to submit: from a file, from standard input, or made of a command."""

from __future__ import annotations

from slurm_cli_proxy.context import Context, encode
from slurm_cli_proxy.options.values import BadValue
from slurm_cli_proxy.script.check import check


def wrapped(command: str) -> bytes:
    """The script that `--wrap` makes of a shell command."""
    return b"#!/bin/sh\n# This script was created by sbatch --wrap.\n\n" + encode(command) + b"\n"


def read_script(ctx: Context, path: str | None) -> bytes:
    """The script in the file, on standard input if `path` is None. BadValue for what cannot be submitted."""
    script = _from_input(ctx) if path is None else _from_file(ctx, path)
    wrong = check(script)
    if wrong:
        raise BadValue(*(f"{ctx.prog}: error: {line}" for line in wrong))
    return script


def _from_input(ctx: Context) -> bytes:
    if ctx.stdin is None:
        return b""
    try:
        return ctx.stdin.read()
    except (OSError, ValueError):
        return b""


def _from_file(ctx: Context, path: str) -> bytes:
    """A folder opens, but nothing can be read of it: it counts as an empty script."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.readall()
    except IsADirectoryError:
        return b""
    except (OSError, ValueError):
        raise BadValue(f"{ctx.prog}: error: Unable to open file {path}") from None


def with_lines(script: bytes, lines: bytes) -> bytes:
    """The script with further lines after its first."""
    first, _, rest = script.partition(b"\n")
    return first + b"\n" + lines + (b"" if lines.endswith(b"\n") else b"\n") + rest
