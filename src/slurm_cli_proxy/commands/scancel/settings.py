"""What was asked for: the environment and the command line, read as the native command reads them."""

from __future__ import annotations

from typing import Final, NoReturn

import msgspec

from slurm_cli_proxy.commands import scanning
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import jobid, signal, state
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.getopt import Fault
from slurm_cli_proxy.options.scancel import OPTIONS, SYNOPSIS, VARIABLES

_STATES: Final = "Valid job states are PENDING, RUNNING, and SUSPENDED\n"
_WORDS: Final = {"t": True, "true": True, "f": False, "false": False}


class Done(Exception):
    """Everything is said; `status` is how to end."""

    def __init__(self, status: int) -> None:
        self.status = status


class Operand(msgspec.Struct, frozen=True):
    """A job named on the command line: as written, and as understood."""

    text: str
    id: jobid.JobId


class Settings(msgspec.Struct):
    """Names as the options have them.  Texts are None, `signal` 0 where not asked for; `state` a long name.

    `user` is a name or a number as written.  `verbose` is -1 with `--quiet`.
    """

    account: str | None = None
    admin_comment: str | None = None
    batch: bool = False
    cron: bool = False
    ctld: bool = False
    full: bool = False
    hurry: bool = False
    interactive: bool = False
    me: bool = False
    name: str | None = None
    nodelist: str | None = None
    partition: str | None = None
    qos: str | None = None
    reservation: str | None = None
    sibling: str | None = None
    signal: int = 0
    state: str | None = None
    user: str | None = None
    verbose: int = 0
    wckey: str | None = None
    operands: list[Operand] = []

    @property
    def filtering(self) -> bool:
        """Whether jobs are chosen by what they are."""
        return self.me or any(getattr(self, name) is not None for name in FILTERS)

    @property
    def plain(self) -> bool:
        """Whether the jobs named are to be cancelled and nothing else matters, so that nobody looks at them."""
        return not (self.filtering or self.batch or self.interactive or self.signal or self.steps)

    @property
    def steps(self) -> bool:
        """Whether a single step is named."""
        return any(operand.id.step is not None for operand in self.operands)


FILTERS: Final = ("account", "name", "nodelist", "partition", "qos", "reservation", "state", "user", "wckey")
_FLAGS: Final = frozenset({"batch", "cron", "ctld", "full", "hurry", "interactive", "me"})
_SWITCHES: Final = frozenset({"batch", "full", "interactive", "verbose"})
"""Those whose variable says yes or no."""
_PRESENT: Final = frozenset({"ctld", "hurry"})
"""Those whose variable just has to be there."""
_LOWERED: Final = frozenset({"account", "qos"})


class _Reader:
    """One command line; raises Done where the native command ends while reading it."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.settings = Settings()

    def environment(self) -> None:
        environ = self.ctx.environ
        for name, dest in VARIABLES:
            if name in environ:
                self.variable(name, dest, environ[name])

    def variable(self, name: str, dest: str, value: str) -> None:
        if dest in _PRESENT:
            setattr(self.settings, dest, True)
        elif dest in _SWITCHES:
            word = _WORDS.get(value.lower())
            if word is None:
                self.ctx.error(f"Unrecognized {name} value: {value}")
            else:
                setattr(self.settings, dest, int(word) if dest == "verbose" else word)
        elif dest == "state":
            self.state(value, "Unrecognized SCANCEL_STATE value")
        else:
            self.text(dest, value)

    def command_line(self, argv: list[str]) -> None:
        ctx = self.ctx
        scanner = scanning.scanner(ctx, argv, OPTIONS)
        for event in scanner:
            if isinstance(event, Fault):
                ctx.err(event.told(ctx.prog))
                raise Done(1)
            self.option(event.option.dest, event.value or "")
        self.settings.operands = [one for word in scanner.operands for one in self.operand(word)]

    def option(self, dest: str, value: str) -> None:
        settings = self.settings
        if dest in _FLAGS:
            setattr(settings, dest, True)
            settings.user = None if dest == "me" else settings.user
        elif dest == "verbose":
            settings.verbose += 1
        elif dest == "quiet":
            settings.verbose = -1
        elif dest == "state":
            self.state(value, "Invalid job state specified")
        elif dest == "signal":
            try:
                settings.signal = signal.parse(value, self.ctx.release)
            except NotationError as error:
                self.ctx.err(f"{error}\n")
                raise Done(1) from None
        elif dest in ("help", "usage", "version"):
            self.tell(dest)
        elif dest == "clusters":
            pass  # the call is for that cluster by now
        else:
            self.text(dest, value)

    def text(self, dest: str, value: str) -> None:
        if dest == "user":
            self.settings.me = False  # of both, the last one counts
        if dest == "user" and value:
            value = self.ctx.same_user(value)
        setattr(self.settings, dest, value.lower() if dest in _LOWERED else value)

    def state(self, value: str, complaint: str) -> None:
        try:
            self.settings.state = state.parse(value, self.ctx.release)
        except NotationError:
            self.ctx.err(f"{complaint}: {value}\n{_STATES}")
            raise Done(1) from None

    def operand(self, word: str) -> list[Operand]:
        """The ids of `12,13_4,14_[1-3]`: a set of tasks only at the end."""
        found = []
        rest, more = word, True
        while more:
            text, comma, after = rest.partition(",")
            if "[" in text:
                text, comma = rest, ""
            try:
                parsed = jobid.parse(text)
                if parsed.step is not None and not parsed.step.isdigit():
                    raise jobid.JobIdError(text)
            except jobid.JobIdError as error:
                if error.log:
                    self.ctx.error(error.log)
                self.ctx.error(str(jobid.JobIdError(rest)))
                raise Done(1) from None
            found.append(Operand(text, parsed))
            rest, more = after, bool(comma)
        return found

    def finish(self) -> Settings:
        settings = self.settings
        if settings.user == "":
            self.ctx.error("Invalid user name: ")
            raise Done(1)
        if not settings.operands and not settings.filtering:
            self.ctx.error("No job identification provided")
            raise Done(1)
        return settings

    def tell(self, what: str) -> NoReturn:
        ctx = self.ctx
        if what == "version":
            from slurm_cli_proxy.commands import version

            ctx.out(version.line(ctx))
        else:
            from slurm_cli_proxy.options import usage

            if what == "help":
                ctx.out(usage.help_text(ctx.prog, OPTIONS, ctx.release, synopsis=f"[OPTIONS] {SYNOPSIS}"))
            else:
                ctx.out(usage.usage(ctx.prog, OPTIONS, ctx.release, synopsis=SYNOPSIS))
        raise Done(0)


def read(ctx: Context, argv: list[str]) -> Settings:
    """The settings of a call; Done when nothing is left to do."""
    reader = _Reader(ctx)
    reader.environment()
    reader.command_line(argv)
    return reader.finish()
