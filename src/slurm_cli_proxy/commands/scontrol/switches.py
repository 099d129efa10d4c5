"""What holds for one call of scontrol, from its options and environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slurm_cli_proxy.context import Context


class Switches:
    """`verbose` counts; `quiet` is the last word of -Q and -v (both set and clear it natively, too)."""

    __slots__ = ("all", "details", "future", "one_line", "quiet", "verbose")

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.all = "SCONTROL_ALL" in environ
        self.details = False
        self.future = False
        self.one_line = False
        self.quiet = False
        self.verbose = 0

    def refuse(self, ctx: Context, message: str, *, loud: bool = False) -> int:
        """Say what is wrong with a command line, unless told to be quiet; the exit status."""
        if loud or not self.quiet:
            ctx.err(f"{message}\n")
        return 1
