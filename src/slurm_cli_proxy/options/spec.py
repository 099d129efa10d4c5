"""What one option of a Slurm command is: a row of a command's option table.

A command's options are a tuple of `Option`, in the order of the native command's own long-option table, because
that order shows in the message about an ambiguous abbreviation.  Tables hold every option of the native command;
those the proxy cannot honour yet have `done=False`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

Arg = Literal["none", "required", "optional"]
Release = tuple[int, int]


class Option(msgspec.Struct, frozen=True, omit_defaults=True):
    """One option.

    `long` and `short` are the names without hyphens; one of them may be empty.  An option whose long and short
    forms differ in taking an argument is two rows with the same `dest`.

    `dest` is the option's identity, what C's `val` is: two rows with the same `dest` and the same `arg` are aliases
    of each other, and an abbreviation that fits both is not ambiguous.  Left out, it is the long name with
    underscores, else the short letter.

    The native commands of releases `since` (included) up to `until` (not included) have this option.  `arg` is
    "none", "required" or "optional" (an optional argument is only taken when attached: `--opt=value`, `-ovalue`).

    `metavar` stands for the argument in the help text; `help` is the description, in words of our own ("" leaves the
    option out of the help, as for an alias); `group` is the heading it appears under.
    """

    long: str = ""
    short: str = ""
    arg: Arg = "none"
    metavar: str = ""
    help: str = ""
    since: Release = (0, 0)
    until: Release | None = None
    done: bool = True
    dest: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        if not self.dest:
            msgspec.structs.force_setattr(self, "dest", self.long.replace("-", "_") or self.short)

    def exists_in(self, release: Release) -> bool:
        """Whether the native command of this Slurm release has the option."""
        return self.since <= release and (self.until is None or release < self.until)

    @property
    def name(self) -> str:
        """The option as a user would write it: `--long`, or `-s` when there is no long name."""
        return f"--{self.long}" if self.long else f"-{self.short}"


def for_release(options: Iterable[Option], release: Release) -> list[Option]:
    """The rows of a table that the native command of this release has, in order."""
    return [option for option in options if option.exists_in(release)]
