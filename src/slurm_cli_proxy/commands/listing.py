"""What `squeue` and `sinfo` do alike: reading the command line, the options that end it, printing again and again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, NoReturn

import msgspec

from slurm_cli_proxy.commands import scanning
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault
from slurm_cli_proxy.options.spec import Option

if TYPE_CHECKING:
    from slurm_cli_proxy.commands.documents import Form

PARSERS_SINCE: Final = (23, 2)
"""The release since which `--json` and `--yaml` heed the other options, and take a data parser."""

EXCLUSIVE: Final = "Options -o(--format) and -l(--long) are mutually exclusive. Please remove one and retry."

_INTEGER = re.compile(r"\s*([+-]?[0-9]+)")


class Done(Exception):
    """Everything is said; `status` is how to end."""

    def __init__(self, status: int) -> None:
        self.status = status


class ListingSettings(msgspec.Struct):
    """What both commands have.

    `cluster`: its name, where it was asked for.  `document`: the form of document asked for.  `argv`, `operands`: the
    words given.
    """

    all: bool = False
    iterate: int = 0
    long: bool = False
    noconvert: bool = False
    no_header: bool = False
    verbose: int = 0
    format: str = ""
    sort: str | None = None
    cluster: str = ""
    local: bool = False
    document: Form | None = None
    argv: list[str] = msgspec.field(default_factory=list)
    operands: list[str] = msgspec.field(default_factory=list)


class Reader:
    """One command line; raises Done where the native command ends while reading it.

    `FLAGS`: option to the setting that it sets.  `ACTIONS`: option to what it does with its argument, beside the
    `ENDINGS` that all have.
    """

    OPTIONS: ClassVar[tuple[Option, ...]]
    FLAGS: ClassVar[Mapping[str, str]]
    ACTIONS: ClassVar[Mapping[str, Callable[[Any, str], None]]]

    def __init__(self, ctx: Context, settings: ListingSettings) -> None:
        self.ctx = ctx
        self._settings = settings
        self._clusters: str | None = None
        self.argument: str | None = None  # of the option that is being read, None where it has none

    def command_line(self, argv: list[str]) -> None:
        """Do what the options say."""
        ctx, settings = self.ctx, self._settings
        scanner = scanning.scanner(ctx, argv, self.OPTIONS)
        for event in scanner:
            if isinstance(event, Fault):
                self.complain()
                ctx.err(event.told(ctx.prog))
                raise Done(1)
            dest = event.option.dest
            self.argument = event.value
            self.seen(dest)
            if dest in self.FLAGS:
                setattr(settings, self.FLAGS[dest], True)
            elif dest == "clusters":
                self.clusters(event.value or "")
            elif dest in ("json", "yaml"):
                self.document(dest, event.value)
            elif dest in ENDINGS:
                ENDINGS[dest](self)
            else:
                self.ACTIONS[dest](self, event.value or "")
        settings.argv, settings.operands = argv, scanner.operands
        self.find_cluster()

    def seen(self, dest: str) -> None:
        """An option was given."""

    def complain(self) -> None:
        """What is to be told before the command ends on an error."""

    def fail(self, message: str) -> NoReturn:
        """End with an error."""
        self.complain()
        self.ctx.error(message)
        raise Done(1)

    def fatal(self, message: str) -> NoReturn:
        """End with what native calls fatal."""
        self.complain()
        self.ctx.err(f"{self.ctx.prog}: fatal: {message}\n")
        raise Done(1)

    def say(self, text: str) -> NoReturn:
        """End with a text on standard output."""
        self.complain()
        self.ctx.out(text)
        raise Done(0)

    def seconds(self, value: str, complaint: str) -> int:
        """The argument of `--iterate`."""
        found = _INTEGER.match(value)
        number = int(found[1]) if found else 0
        return number if number > 0 else self.fail(complaint)

    def document(self, kind: str, parser: str | None) -> None:
        """`--json` and `--yaml`."""
        from slurm_cli_proxy.commands import documents

        self._settings.document = documents.requested(self.ctx, kind, parser, before=self.complain)
        if self._settings.document is None:
            raise Done(1)

    def clusters(self, text: str) -> None:
        """`--clusters`; 22.05 looks at once whether there are such ones."""
        self._clusters = text
        if self.ctx.release < PARSERS_SINCE:
            self.find_cluster()

    def find_cluster(self) -> None:
        """See that the cluster asked for, if any, is the profile's own."""
        if self._clusters is None:
            return
        from slurm_cli_proxy.commands import clusters

        text, self._clusters = self._clusters, None
        try:
            self._settings.cluster = clusters.own(self.ctx, text)
            self._settings.local = True
        except clusters.Unknown:
            raise Done(1) from None

    # What ends the command

    def version(self) -> NoReturn:
        from slurm_cli_proxy.commands import version

        self.say(version.line(self.ctx))

    def help(self) -> NoReturn:
        from slurm_cli_proxy.options import usage

        self.say(usage.help_text(self.ctx.prog, self.OPTIONS, self.ctx.release))

    def usage(self) -> NoReturn:
        from slurm_cli_proxy.options import usage

        self.say(usage.usage(self.ctx.prog, self.OPTIONS, self.ctx.release))

    def help_letters(self) -> NoReturn:
        self.say(grid((f"%{letter:<5}" for letter in self.letters_known()), 8))

    def help_names(self) -> NoReturn:
        self.say(grid((f"{name:<20}" for name in self.names_known()), 4))

    def help_states(self) -> NoReturn:
        self.say(self.states_known().replace(",", "\n") + "\n")

    def letters_known(self) -> Iterable[str]:
        """The letters of `--format`."""
        raise NotImplementedError

    def names_known(self) -> Iterable[str]:
        """The names of `--Format`."""
        raise NotImplementedError

    def states_known(self) -> str:
        """The states, comma-separated."""
        raise NotImplementedError


ENDINGS: dict[str, Callable[[Reader], NoReturn]] = {
    "help": Reader.help,
    "helpformat": Reader.help_letters,
    "helpFormat": Reader.help_names,
    "helpstate": Reader.help_states,
    "usage": Reader.usage,
    "version": Reader.version,
}


def grid(words: Iterable[str], count: int) -> str:
    """Words, `count` to a line."""
    found = list(words)
    return "".join("".join(found[at : at + count]) + "\n" for at in range(0, len(found), count))


def times(ctx: Context) -> Callable[[int | None], str]:
    """Writes times as the user wants them written; complains of a SLURM_TIME_FORMAT that cannot be used."""
    from slurm_cli_proxy.notation import date

    style = ctx.environ.get("SLURM_TIME_FORMAT", "")
    told = date.valid_style(style)

    def text(when: int | None) -> str:
        nonlocal told
        if when and not told:
            ctx.error(f"invalid SLURM_TIME_FORMAT = '{style}'")
            told = ctx.release < PARSERS_SINCE
        return date.format_time(when, style, now=ctx.clock(), release=ctx.release)

    return text


def repeat(ctx: Context, settings: ListingSettings, report: Callable[[], int], *, dated: bool = True) -> int:
    """Print the listing, with the date above where native has it, and again as often as asked for; the exit status."""
    import time

    status = 0
    chosen = ctx.cluster
    first = chosen is None or chosen.first
    while True:
        if (
            first
            and dated
            and not settings.no_header
            and (settings.iterate or settings.verbose or settings.long)
        ):
            ctx.out(time.ctime(ctx.clock()) + "\n")
        if settings.cluster and not settings.no_header:
            ctx.out(f"CLUSTER: {settings.cluster}\n" if first else f"\nCLUSTER: {settings.cluster}\n")
        status = max(report(), status)
        if chosen is not None:
            chosen.again = settings.iterate
        if chosen is not None or not settings.iterate:
            return status
        ctx.out("\n")
        ctx.flush()
        time.sleep(settings.iterate)
