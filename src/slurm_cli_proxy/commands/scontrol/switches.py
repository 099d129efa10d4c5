"""What holds for one call of scontrol, from its options and environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slurm_cli_proxy.commands.documents import Form
    from slurm_cli_proxy.context import Context


class Ended(Exception):
    """The call is over, even if it is a prompt's; `status` is how."""

    def __init__(self, status: int) -> None:
        self.status = status


class Switches:
    """`document`: the form of a document that is asked for (--json, --yaml), made by the words `argv`, of which
    `operands` are no options.  `verbose` counts; `quiet` is the last word of -Q and -v (both set and clear it
    natively, too).  `federation` is the option that asks for the federation's jobs, `host` what the controllers'
    host is called where a cluster was named, `user` who changes jobs if it is not the caller.
    `word` is the verb as it was written.
    """

    __slots__ = (
        "all",
        "argv",
        "details",
        "document",
        "federation",
        "future",
        "host",
        "one_line",
        "operands",
        "quiet",
        "user",
        "verbose",
        "word",
    )

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.all = "SCONTROL_ALL" in environ
        self.argv: list[str] = []
        self.operands: list[str] = []
        self.document: Form | None = None
        self.details = False
        self.federation = ""
        self.future = False
        self.host = ""
        self.one_line = False
        self.quiet = False
        self.user = ""
        self.verbose = 0
        self.word = ""

    def refuse(self, ctx: Context, message: str, *, loud: bool = False) -> int:
        """Say what is wrong with a command line, unless told to be quiet; the exit status."""
        if loud or not self.quiet:
            ctx.err(f"{message}\n")
        return 1
