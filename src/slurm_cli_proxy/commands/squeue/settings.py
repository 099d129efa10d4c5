"""What was asked for: the command line and the environment, read as the native command reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from slurm_cli_proxy.columns.column import Column, for_release
from slurm_cli_proxy.commands.listing import EXCLUSIVE, Done, ListingSettings, Reader
from slurm_cli_proxy.commands.squeue import jobids
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import state
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.squeue import OPTIONS
from slurm_cli_proxy.records.job import Job

DEFAULT: Final = "%.18i %.9P %.8j %.8u %.2t %.10M %.6D %R"
LONG: Final = "%.18i %.9P %.8j %.8u %.8T %.10M %.9l %.6D %R"
START: Final = "%.18i %.9P %.8j %.8u %.2t %.19S %.6D %20Y %R"
STATES_ALONE: Final = "%.18i %.2t"
STATES_ALONE_SINCE: Final = (25, 5)  # the release since which --only-job-state does not go with filters
SORT: Final = "P,t,-p"
SORT_START: Final = "S"


class Settings(ListingSettings):
    """What to list and how.  Filters are None where not asked for, and let nothing through where empty.

    The `_text` ones are what was written, as `squeue -v` shows it.  `running_over` and `running_under` are minutes.
    `users_said`: every user that was named, also where a later option overrides it, because those nobody knows are
    told of.
    """

    array: bool = False
    array_unique: bool = False
    job_flag: bool = False
    federation: bool = False
    only_job_state: bool = False
    sibling: bool = False
    sort_said: bool = False
    steps: bool = False
    steps_text: str | None = None
    not_me: bool = False
    priority: bool = False
    start: bool = False
    by_name: bool = False
    format_text: str | None = None
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


_NOT_WITH_STATES_ALONE: Final = (
    *(
        "all",
        "accounts",
        "licenses",
        "long",
        "names",
        "not_me",
        "partitions",
        "priority",
        "qos",
        "reservations",
    ),
    *("running_over", "running_under", "start", "users"),
)


def listed(release: tuple[int, int]) -> list[Column[Job]]:
    """What can be printed and is told of."""
    from slurm_cli_proxy.columns.job import COLUMNS

    return [column for column in for_release(COLUMNS, release) if column.letter != "b"]


def words(text: str) -> list[str]:
    """The parts of a comma-separated list, without empty ones."""
    return [word for word in text.split(",") if word]


class _Reader(Reader):
    """One command line of `squeue`."""

    OPTIONS = OPTIONS

    def __init__(self, ctx: Context) -> None:
        self.settings = Settings()
        super().__init__(ctx, self.settings)
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
        settings.federation = "SQUEUE_FEDERATION" in environ
        settings.sibling = "SQUEUE_SIB" in environ or "SQUEUE_SIBLING" in environ
        if "SLURM_CLUSTERS" in environ:
            self.clusters(environ["SLURM_CLUSTERS"])

    def operands(self) -> None:
        """``-j`` and ``-s`` have optional arguments, so a list that stands apart is an operand: jobs, with both."""
        settings = self.settings
        operands = settings.operands
        if operands and settings.job_flag:
            settings.jobs_text = operands[0]
            operands = operands[1:]
        elif operands and settings.steps:
            settings.steps_text = operands[0]
            operands = operands[1:]
        if settings.job_flag and settings.steps and settings.jobs_text is None:
            self.fail("Incompatible options --jobs and --steps")
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
            self.fatal(EXCLUSIVE)
        if settings.only_job_state and self.ctx.release >= STATES_ALONE_SINCE:
            self.check_states_alone()
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

    def check_states_alone(self) -> None:
        """26.05 refuses filters on what it does not know then."""
        settings = self.settings
        if any(getattr(settings, name) for name in _NOT_WITH_STATES_ALONE) or settings.nodes_text is not None:
            self.fatal(
                "Option --only-job-state only works alone, with -j (--jobs) and/or -t (--states) parameters, "
                "parameters for cluster/federation selection, and the printing options."
            )

    def choose_format(self) -> None:
        settings, environ = self.settings, self.ctx.environ
        if self.format is not None and not (settings.start and self.format[0] == "Format"):
            settings.by_name = self.format[0] == "Format"
            settings.format = self.format[1]
        elif settings.start:
            settings.format = START
        elif settings.long:
            settings.format = STATES_ALONE if settings.only_job_state else LONG
        elif "SQUEUE_FORMAT" in environ:
            settings.format = settings.format_text = environ["SQUEUE_FORMAT"]
        elif "SQUEUE_FORMAT2" in environ:
            settings.by_name = True
            settings.format = environ["SQUEUE_FORMAT2"]
        elif settings.only_job_state:
            settings.format = STATES_ALONE
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
        """Tell of users that nobody knows."""
        from slurm_cli_proxy.commands.squeue import users

        users.tell_unknown(self.ctx, self.settings, ())

    # What options do

    def hide(self, _: str) -> None:
        self.settings.all = False

    def me(self, _: str) -> None:
        self.settings.users_text = self.ctx.user
        self.settings.users = [self.ctx.user]

    def user(self, value: str) -> None:
        self.settings.users_text = value
        self.settings.users = [self.ctx.same_user(name) for name in words(value)]
        self.settings.users_said += self.settings.users

    def iterate(self, value: str) -> None:
        self.settings.iterate = self.seconds(value, f"--iterate={value}\n")

    def jobs(self, value: str) -> None:
        self.settings.job_flag = True
        if self.argument is not None:
            self.settings.jobs_text = value

    def steps(self, value: str) -> None:
        self.settings.steps = True
        self.settings.steps_text = self.argument

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
        self.settings.sort_said = True

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

    def letters_known(self) -> list[str]:
        return [column.letter for column in listed(self.ctx.release) if column.letter]

    def names_known(self) -> list[str]:
        return [column.names[0] for column in listed(self.ctx.release) if column.names]

    def states_known(self) -> str:
        return state.valid_names(self.ctx.release)


_Reader.FLAGS = {
    "all": "all",
    "expand_patterns": "expand_patterns",
    "array": "array",
    "array_unique": "array_unique",
    "federation": "federation",
    "local": "local",
    "long": "long",
    "noconvert": "noconvert",
    "noheader": "no_header",
    "only_job_state": "only_job_state",
    "sibling": "sibling",
    "notme": "not_me",
    "priority": "priority",
    "start": "start",
}

_Reader.ACTIONS = {
    "accounts": _Reader.accounts,
    "format": _Reader.letters,
    "Format": _Reader.columns,
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
    "steps": _Reader.steps,
    "user": _Reader.user,
    "verbose": _Reader.verbose,
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
    reader.operands()
    return reader.finish()
