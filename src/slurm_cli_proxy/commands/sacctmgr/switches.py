"""The options that stand before the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from slurm_cli_proxy.commands.documents import Form
else:
    Form = Any


class Switches(msgspec.Struct):
    """`parsable`: 1 with a delimiter behind the last cell, 2 without.  `immediate`: no question before a change.

    `document`: the form of a document that is asked for (--json, --yaml), by the words `argv`, of which `operands`
    are no options.  `ended`: natively the command has ended there, also where a prompt was given it.
    """

    no_header: bool = False
    parsable: int = 0
    immediate: bool = False
    readonly: bool = False
    associations: bool = False
    document: Form | None = None
    argv: list[str] = []
    operands: list[str] = []
    ended: bool = False

    def note(self, option: str) -> None:
        """Take an option."""
        if option == "noheader":
            self.no_header = True
        elif option in ("parsable", "parsable2"):
            self.parsable = 1 if option == "parsable" else 2
        elif option in ("immediate", "readonly", "associations"):
            setattr(self, option, True)
