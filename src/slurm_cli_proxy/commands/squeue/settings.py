"""What was asked for: the command line and the environment, read as the native command reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NoReturn

import msgspec

from slurm_cli_proxy.commands.squeue import jobids
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import state
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.getopt import UNSUPPORTED, Fault, Scanner
from slurm_cli_proxy.options.squeue import OPTIONS

DEFAULT: Final = "%.18i %.9P %.8j %.8u %.2t %.10M %.6D %R"
LONG: Final = "%.18i %.9P %.8j %.8u %.8T %.10M %.9l %.6D %R"
START: Final = "%.18i %.9P %.8j %.8u %.2t %.19S %.6D %20Y %R"
SORT: Final = "P,t,-p"
SORT_START: Final = "S"

_TRY: Final = 'Try "squeue --help" for more information\n'
_OTHER_CLUSTERS: Final = ("SLURM_CLUSTERS", "SQUEUE_FEDERATION", "SQUEUE_SIB", "SQUEUE_SIBLING")


class Done(Exception):
    """Everything is said; `status` is how to end."""

    def __init__(self, status: int) -> None:
        self.status = status


class Settings(msgspec.Struct):
    """What to list and how.  Filters are None where not asked for, and let nothing through where empty.

    The `_text` ones are what was written, as `squeue -v` shows it.  `running_over` and `running_under` are minutes.
    `users_said`: every user that was named, also where a later option overrides it, because those nobody knows are
    told of.
    """

    all: bool = False
    array: bool = False
    array_unique: bool = False
    iterate: int = 0
    job_flag: bool = False
    local: bool = False
    long: bool = False
    noconvert: bool = False
    no_header: bool = False
    not_me: bool = False
    priority: bool = False
    start: bool = False
    verbose: int = 0
    format: str = ""
    by_name: bool = False
    format_text: str | None = None
    sort: str | None = None
    jobs_text: str | None = None
    jobs: list[jobids.JobId] | None = None
    accounts: list[str] | None = None
    licenses_text: str | None = None
    licenses: list[str] | None = None
    names_text: str | None = None
    names: list[str] | None = None
    nodes_text: str | None = None
    nodes: list[str] | None = None
    partitions_text: str | None = None
    partitions: list[str] | None = None
    qos: list[str] | None = None
    running_over: int | None = None
    running_under: int | None = None
    reservation_text: str | None = None
    reservations: list[str] | None = None
    states_text: str | None = None
    states: list[str] | None = None
    every_state: bool = False
    expand_patterns: bool = False
    users_text: str | None = None
    users: list[str] | None = None
    users_said: list[str] = msgspec.field(default_factory=list)


def words(text: str) -> list[str]:
    """The parts of a comma-separated list, without empty ones."""
    return [word for word in text.split(",") if word]


class _Reader:
    """One command line; raises Done where the native command ends while reading it."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.settings = Settings()
        self.format: tuple[str, str] | None = None  # option, value

    def environment(self) -> None:
        """What is read before the command line."""
        environ, settings = self.ctx.environ, self.settings
        settings.all = "SQUEUE_ALL" in environ
        settings.array = "SQUEUE_ARRAY" in environ
        settings.array_unique = "SQUEUE_ARRAY_UNIQUE" in environ and self.ctx.release < (23, 2)
        settings.priority = "SQUEUE_PRIORITY" in environ
        settings.local = "SQUEUE_LOCAL" in environ
        settings.sort = environ.get("SQUEUE_SORT")
        for name in _OTHER_CLUSTERS:
            if name in environ and not settings.local:
                self.ctx.err(UNSUPPORTED.format(prog=self.ctx.prog, name=name) + "\n")
                raise Done(1)

    def command_line(self, argv: list[str]) -> None:
        ctx = self.ctx
        scanner = Scanner(ctx.prog, argv, OPTIONS, ctx.release, permute="POSIXLY_CORRECT" not in ctx.environ)
        for event in scanner:
            if isinstance(event, Fault):
                self.complain()
                ctx.err("".join(f"{line}\n" for line in event.lines) + ("" if event.unsupported else _TRY))
                raise Done(1)
            dest = event.option.dest
            if dest in _FLAGS:
                setattr(self.settings, _FLAGS[dest], True)
            else:
                _ACTIONS[dest](self, event.value or "")
        self.operands(scanner.operands)

    def operands(self, operands: list[str]) -> None:
        """``-j`` has an optional argument, so a list that stands apart is an operand."""
        settings = self.settings
        if operands and settings.job_flag:
            settings.jobs_text = operands[0]
            operands = operands[1:]
        if operands:
            self.complain()
            self.ctx.error(f"Unrecognized option: {operands[0]}")
            from slurm_cli_proxy.options import usage

            self.ctx.out(usage.usage(self.ctx.prog, OPTIONS, self.ctx.release))
            raise Done(1)

    def finish(self) -> Settings:
        """What is settled after the command line; the environment's lists count where no option gave one."""
        settings, environ = self.settings, self.ctx.environ
        if settings.long and self.format is not None and self.format[0] == "format":
            self.fatal(
                "Options -o(--format) and -l(--long) are mutually exclusive. Please remove one and retry."
            )
        self.choose_format()
        if settings.jobs_text is not None:
            try:
                settings.jobs = jobids.parse(settings.jobs_text, self.ctx.release)
            except NotationError as error:
                self.fail(str(error))
        for name, given, action in _LISTS:
            if getattr(settings, given) is None and name in environ:
                action(self, environ[name])
        if settings.start and settings.states is None and not settings.every_state:
            settings.states = ["PENDING"]
        if settings.sort is None:
            settings.sort = SORT_START if settings.start else SORT
        if settings.partitions is not None:
            settings.all = True
        self.check_running()
        return settings

    def choose_format(self) -> None:
        settings, environ = self.settings, self.ctx.environ
        if self.format is not None:
            settings.by_name = self.format[0] == "Format"
            settings.format = self.format[1]
        elif settings.start:
            settings.format = START
        elif settings.long:
            settings.format = LONG
        elif "SQUEUE_FORMAT" in environ:
            settings.format = settings.format_text = environ["SQUEUE_FORMAT"]
        elif "SQUEUE_FORMAT2" in environ:
            settings.by_name = True
            settings.format = environ["SQUEUE_FORMAT2"]
        else:
            settings.format = DEFAULT

    def check_running(self) -> None:
        over, under = self.settings.running_over, self.settings.running_under
        if over is not None and under is not None and over > under:
            from slurm_cli_proxy.notation.duration import format_minutes

            self.fatal(
                f"--running-over={format_minutes(over)} and --running-under={format_minutes(under)} "
                "will return 0 jobs."
            )

    def complain(self) -> None:
        """Tell of users that nobody knows, before ending on another error."""
        from slurm_cli_proxy.commands.squeue import users

        for name in self.settings.users_said:
            if not users.is_known(self.ctx, name, ()):
                users.complain(self.ctx, name)
        self.settings.users_said.clear()

    def fail(self, message: str) -> NoReturn:
        self.complain()
        self.ctx.error(message)
        raise Done(1)

    def fatal(self, message: str) -> NoReturn:
        self.complain()
        self.ctx.err(f"{self.ctx.prog}: fatal: {message}\n")
        raise Done(1)

    # What options do

    def hide(self, _: str) -> None:
        self.settings.all = False

    def me(self, _: str) -> None:
        self.settings.users_text = self.ctx.user
        self.settings.users = [self.ctx.user]

    def user(self, value: str) -> None:
        self.settings.users_text = value
        self.settings.users = words(value)
        self.settings.users_said += self.settings.users

    def iterate(self, value: str) -> None:
        seconds = re.match(r"\s*([+-]?[0-9]+)", value)
        self.settings.iterate = int(seconds[1]) if seconds else 0
        if self.settings.iterate <= 0:
            self.fail(f"--iterate={value}\n")

    def jobs(self, value: str) -> None:
        self.settings.job_flag = True
        if value:
            self.settings.jobs_text = value

    def letters(self, value: str) -> None:
        if self.format is not None and self.format[0] == "Format":
            self.fail("-o (--format) is incompatible with -O (--Format)")
        self.format = ("format", value)
        self.settings.format_text = value

    def columns(self, value: str) -> None:
        if self.format is not None and self.format[0] == "format":
            self.fail("-O (--Format) is incompatible with -o (--format)")
        self.format = ("Format", value)

    def sort(self, value: str) -> None:
        self.settings.sort = value

    def accounts(self, value: str) -> None:
        self.settings.accounts = [word.lower() for word in words(value)]

    def licenses(self, value: str) -> None:
        self.settings.licenses_text, self.settings.licenses = value, words(value)

    def names(self, value: str) -> None:
        self.settings.names_text = value
        self.settings.names = [word.lower() for word in words(value)]

    def nodelist(self, value: str) -> None:
        from slurm_cli_proxy.notation import hostlist

        self.settings.nodes_text = value
        try:
            self.settings.nodes = hostlist.expand(value, self.ctx.release)
        except hostlist.HostlistError as error:
            if error.log:
                self.ctx.error(error.log)
            self.fail(f"'{value}' invalid entry for --nodelist")

    def partitions(self, value: str) -> None:
        self.settings.partitions_text, self.settings.partitions = value, words(value)

    def qos(self, value: str) -> None:
        self.settings.qos = [word.lower() for word in words(value)]

    def reservation(self, value: str) -> None:
        self.settings.reservation_text = value
        self.settings.reservations = words(value) if self.ctx.release >= (25, 11) else [value]

    def minutes(self, value: str) -> int:
        from slurm_cli_proxy.notation.duration import parse_minutes

        try:
            found = parse_minutes(value)
        except NotationError:
            found = 0
        return found or self.fatal("Invalid time limit specification")

    def running_over(self, value: str) -> None:
        self.settings.running_over = self.minutes(value)

    def running_under(self, value: str) -> None:
        self.settings.running_under = self.minutes(value)

    def states(self, value: str) -> None:
        settings, release = self.settings, self.ctx.release
        settings.states_text = value
        settings.every_state = value.lower() == "all"
        if settings.every_state:
            settings.states = None
            return
        try:
            settings.states = [state.parse(word, release) for word in words(value)]
        except NotationError as error:
            self.complain()
            self.ctx.error(str(error))
            self.fail(f"Valid job states include: {state.valid_names(release)}\n")

    def verbose(self, _: str) -> None:
        self.settings.verbose += 1

    # What ends the command

    def version(self, _: str) -> None:
        from slurm_cli_proxy.commands import version

        self.say(version.line(self.ctx))

    def help(self, _: str) -> None:
        from slurm_cli_proxy.options import usage

        self.say(usage.help_text(self.ctx.prog, OPTIONS, self.ctx.release))

    def usage(self, _: str) -> None:
        from slurm_cli_proxy.options import usage

        self.say(usage.usage(self.ctx.prog, OPTIONS, self.ctx.release))

    def help_letters(self, _: str) -> None:
        from slurm_cli_proxy.commands.squeue import lists

        self.say(lists.letters(self.ctx.release))

    def help_names(self, _: str) -> None:
        from slurm_cli_proxy.commands.squeue import lists

        self.say(lists.names(self.ctx.release))

    def help_states(self, _: str) -> None:
        self.say(state.valid_names(self.ctx.release).replace(",", "\n") + "\n")

    def say(self, text: str) -> NoReturn:
        self.complain()
        self.ctx.out(text)
        raise Done(0)


_FLAGS: Final = {
    "all": "all",
    "expand_patterns": "expand_patterns",
    "array": "array",
    "array_unique": "array_unique",
    "local": "local",
    "long": "long",
    "noconvert": "noconvert",
    "noheader": "no_header",
    "notme": "not_me",
    "priority": "priority",
    "start": "start",
}

_ACTIONS: Final[dict[str, Callable[[_Reader, str], None]]] = {
    "accounts": _Reader.accounts,
    "format": _Reader.letters,
    "Format": _Reader.columns,
    "help": _Reader.help,
    "helpformat": _Reader.help_letters,
    "helpFormat": _Reader.help_names,
    "helpstate": _Reader.help_states,
    "hide": _Reader.hide,
    "iterate": _Reader.iterate,
    "jobs": _Reader.jobs,
    "licenses": _Reader.licenses,
    "me": _Reader.me,
    "name": _Reader.names,
    "nodelist": _Reader.nodelist,
    "partitions": _Reader.partitions,
    "qos": _Reader.qos,
    "reservation": _Reader.reservation,
    "running_over": _Reader.running_over,
    "running_under": _Reader.running_under,
    "sort": _Reader.sort,
    "states": _Reader.states,
    "usage": _Reader.usage,
    "user": _Reader.user,
    "verbose": _Reader.verbose,
    "version": _Reader.version,
}

_LISTS: Final[tuple[tuple[str, str, Callable[[_Reader, str], None]], ...]] = (
    ("SQUEUE_ACCOUNT", "accounts", _Reader.accounts),
    ("SQUEUE_NAMES", "names", _Reader.names),
    ("SQUEUE_LICENSES", "licenses", _Reader.licenses),
    ("SQUEUE_PARTITION", "partitions", _Reader.partitions),
    ("SQUEUE_QOS", "qos", _Reader.qos),
    ("SQUEUE_STATES", "states_text", _Reader.states),
    ("SQUEUE_USERS", "users", _Reader.user),
)


def read(ctx: Context, argv: list[str]) -> Settings:
    """The settings of a call; Done when nothing is left to do."""
    reader = _Reader(ctx)
    reader.environment()
    reader.command_line(argv)
    return reader.finish()
