"""What was asked for: the command line and the environment, read as the native command reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final, NoReturn

from slurm_cli_proxy.commands import scanning
from slurm_cli_proxy.commands.listing import Done
from slurm_cli_proxy.commands.sacct import jobids
from slurm_cli_proxy.commands.sacct.settings import FLAGS, NO_FLAG, Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import date, state, wordlist
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.getopt import Fault
from slurm_cli_proxy.options.sacct import OPTIONS

if TYPE_CHECKING:
    pass

DEFAULT: Final = "jobid,jobname,partition,account,alloccpus,state,exitcode"
BRIEF: Final = "jobid,state,exitcode"
LONG: Final = (
    "jobid,jobidraw,jobname,partition,maxvmsize,maxvmsizenode,maxvmsizetask,avevmsize,maxrss,maxrssnode,"
    "maxrsstask,averss,maxpages,maxpagesnode,maxpagestask,avepages,mincpu,mincpunode,mincputask,avecpu,ntasks,"
    "alloccpus,elapsed,state,exitcode,avecpufreq,reqcpufreqmin,reqcpufreqmax,reqcpufreqgov,reqmem,consumedenergy,"
    "maxdiskread,maxdiskreadnode,maxdiskreadtask,avediskread,maxdiskwrite,maxdiskwritenode,maxdiskwritetask,"
    "avediskwrite,reqtres,alloctres,tresusageinave,tresusageinmax,tresusageinmaxnode,tresusageinmaxtask,"
    "tresusageinmin,tresusageinminnode,tresusageinmintask,tresusageintot,tresusageoutmax,tresusageoutmaxnode,"
    "tresusageoutmaxtask,tresusageoutave,tresusageouttot"
)
OLD_FLAGS: Final = {name.replace("ceiv", "ciev"): value for name, value in FLAGS.items()}
"""The same up to 22.05, with its spelling."""


_TOO_LARGE_SINCE: Final = (23, 2)  # before, a number is "to big"
_DAY: Final = 86400
_INT_MAX: Final = 0x7FFFFFFF
_FACTORS: Final = {"": 1, "k": 1024, "m": 1048576}
_ACCOUNTED_FLAGS: Final = ("REQUEUED", "RESIZING", "REVOKED")
"""What `--state` takes beside the base states."""


class _Reader:
    """One command line; raises Done where the native command ends while reading it."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.settings = Settings(all_users=ctx.uid == 0)
        self.behind: list[tuple[int, str]] = []  # formats that follow what `-o` says

    def command_line(self, argv: list[str]) -> None:
        ctx = self.ctx
        scanner = scanning.scanner(ctx, argv, OPTIONS)
        for event in scanner:
            if isinstance(event, Fault):
                ctx.err("".join(f"{line}\n" for line in event.lines))
                raise Done(1)
            dest = event.option.dest
            if dest in _FLAGS:
                setattr(self.settings, _FLAGS[dest], True)
            elif dest in _LISTS:
                name = _LISTS[dest]
                setattr(self.settings, name, wordlist.parse(event.value or "", getattr(self.settings, name)))
            else:
                _ACTIONS[dest](self, event.value)
        if scanner.operands:
            ctx.error("Unknown arguments:")
            for word in scanner.operands:
                ctx.error(f" {word}")
            raise Done(1)

    def finish(self) -> Settings:
        """What follows from several options together."""
        settings, ctx = self.settings, self.ctx
        settings.format_text = settings.format
        if settings.format is not None and any(text is LONG for _, text in self.behind):
            from slurm_cli_proxy.commands.listing import EXCLUSIVE

            self.fatal(EXCLUSIVE)
        for _, text in sorted(set(self.behind)):
            self.format(text)
        if settings.format is None:
            settings.format = ctx.environ.get("SACCT_FORMAT", DEFAULT)
        if settings.completion:
            ctx.err("Slurm job completion is disabled\n")
            raise Done(1)
        self.window()
        if settings.batch_script and settings.env_vars:
            self.fatal("Options --batch-script and --env-vars are mutually exclusive")
        for wanted, what in ((settings.batch_script, "scripts"), (settings.env_vars, "environment")):
            if wanted and settings.jobs is None:
                self.fatal(
                    f"When requesting job {what} you must also request specific jobs with the '-j' option."
                )
        anyones = settings.jobs is not None or settings.nodes is not None
        if settings.all_users or (anyones and settings.users is None):
            settings.users = None
        elif settings.users is None:
            settings.users = [ctx.user]
        return settings

    def window(self) -> None:
        """The span of time: today until now, all time for jobs that are named, now for states."""
        import time

        settings = self.settings
        now = int(self.ctx.clock() if settings.states is None else self.ctx.server_clock())
        if settings.start is None and settings.jobs is None:
            if settings.states is not None:
                settings.start = now
            else:
                here = time.localtime(now)
                settings.start = int(
                    time.mktime((here.tm_year, here.tm_mon, here.tm_mday, 0, 0, 0, 0, 0, -1))
                )
        start = settings.start or 0
        if settings.end is None:
            momentary = settings.states is not None and start
            settings.end = start + 1 if momentary else now + 1
            if settings.jobs is not None and not (momentary or settings.truncate):
                settings.spare = _DAY  # a job that is named shall not be left out
        elif settings.end == start:
            settings.end += 1
        if start > settings.end:
            shown = [date.format_time(when, release=self.ctx.release) for when in (start, settings.end)]
            self.fail(f"Start time ({shown[0]}) requested is after end time ({shown[1]}).")

    def fail(self, message: str) -> NoReturn:
        self.ctx.error(message)
        raise Done(1)

    def fatal(self, message: str) -> NoReturn:
        self.ctx.err(f"{self.ctx.prog}: fatal: {message}\n")
        raise Done(1)

    # What options do

    def brief(self, _: str | None) -> None:
        self.behind.append((0, BRIEF))

    def long(self, _: str | None) -> None:
        self.behind.append((1, LONG))

    def format(self, value: str | None) -> None:
        before = self.settings.format
        self.settings.format = value or "" if before is None else f"{before},{value}"

    def delimiter(self, value: str | None) -> None:
        self.settings.delimiter = value or ""

    def parsable(self, _: str | None) -> None:
        self.settings.parsable = 1

    def parsable2(self, _: str | None) -> None:
        self.settings.parsable = 2

    def jobs(self, value: str | None) -> None:
        try:
            found = jobids.parse(value or "", self.ctx.release)
        except NotationError as error:
            self.fatal(str(error))
        self.settings.jobs = [*(self.settings.jobs or ()), *found] or None

    def user(self, value: str | None) -> None:
        from slurm_cli_proxy.commands.squeue import users

        self.settings.all_users = value == "-1"
        if self.settings.all_users:
            return
        found = self.some(value)
        for name in found:
            if not users.is_accountable(self.ctx, name):
                self.fail(f"Invalid user id: {name}")
        self.settings.users = self.more(self.settings.users, map(self.ctx.same_user, found))

    def some(self, value: str | None) -> list[str]:
        """A list that must not be empty."""
        return wordlist.names(value or "") or self.leave()

    def more(self, before: list[str] | None, names: Iterable[str]) -> list[str]:
        """The names behind those of the same option before; natively one that adds nothing ends the command."""
        found = list(dict.fromkeys([*(before or ()), *names]))
        return found if len(found) > len(before or ()) else self.leave()

    def leave(self) -> NoReturn:
        raise Done(1)

    def group(self, value: str | None) -> None:
        import grp

        found = self.some(value)
        for name in found:
            try:
                grp.getgrgid(int(name)) if name.isdigit() else grp.getgrnam(name)
            except (KeyError, OverflowError):
                self.fail(f"Invalid group id: {name}")
        self.settings.groups = self.more(self.settings.groups, found)

    def job_flags(self, value: str | None) -> None:
        found = []
        known = OLD_FLAGS if self.ctx.release < (22, 11) else FLAGS
        for word in wordlist.names(value or ""):
            name = known.get(word.lower())
            if name is None:
                self.fail(f"str_2_job_flags: Invalid job flag {word}")
            if name != NO_FLAG:
                found.append(name)
        self.settings.flags = found

    def states(self, value: str | None) -> None:
        found = []
        for word in wordlist.names(value or ""):
            try:
                name = state.parse(word, self.ctx.release)
            except NotationError:
                self.fatal(f"unrecognized job state value '{word}'")
            if state.is_flag(name) and name not in _ACCOUNTED_FLAGS:
                self.fatal(f"job state {word} is not supported / accounted")
            found.append(name)
        self.settings.states = [*(self.settings.states or ()), *found] or None

    def reasons(self, value: str | None) -> None:
        from slurm_cli_proxy.notation import reason

        try:
            numbers = [reason.number(word, self.ctx.release) for word in wordlist.names(value or "")]
        except NotationError as error:
            self.fatal(str(error))
        self.settings.reasons = [*(self.settings.reasons or ()), *map(str, numbers)] or None

    def constraints(self, value: str | None) -> None:
        self.settings.constraints = [*(self.settings.constraints or ()), *wordlist.names(value or "")] or None

    def qos(self, value: str | None) -> None:
        self.settings.qos = wordlist.parse(value or "")
        if value and self.settings.qos == [""]:
            self.ctx.error("You gave me an empty qos list")
            self.fatal("problem processing qos list")

    def clusters(self, value: str | None) -> None:
        self.settings.all_clusters = value == "all"
        self.settings.clusters = (
            None if value == "all" else wordlist.parse(value or "", self.settings.clusters)
        )

    def all_clusters(self, _: str | None) -> None:
        self.settings.all_clusters = True

    def moment(self, value: str | None) -> int | None:
        if not value:
            return None
        try:
            return date.parse(value, self.ctx.server_clock, self.ctx.release, past=True)
        except date.DateError as error:
            if error.log:
                self.ctx.err(error.log + "\n")
            raise Done(1) from None

    def start(self, value: str | None) -> None:
        self.settings.start = self.moment(value)

    def end(self, value: str | None) -> None:
        self.settings.end = self.moment(value)

    def minutes(self, value: str | None) -> int:
        from slurm_cli_proxy.notation.duration import parse_minutes

        try:
            return parse_minutes(value or "") or self.fatal("Invalid time limit specification")
        except NotationError:
            return self.fatal("Invalid time limit specification")

    def limit_min(self, value: str | None) -> None:
        self.settings.limit_min = self.minutes(value)

    def limit_max(self, value: str | None) -> None:
        self.settings.limit_max = self.minutes(value)

    def span(self, value: str | None, what: str) -> tuple[int, int]:
        """A count, or the first and the last; of nothing, any but 0.  K and M are 1024 and its square."""
        text = value or ""
        found = re.fullmatch(r"\s*(\+?[0-9]+)([kKmM]?)(?:-([0-9]+)([kKmM]?).*)?", text)
        if not text:
            return 1, _INT_MAX
        if not found:
            self.fail(f'Invalid numeric value "{text}" for requested {what} range.')
        low, high = (
            int(digits or 0) * _FACTORS[unit.lower()]
            for digits, unit in ((found[1], found[2]), (found[3], found[4] or ""))
        )
        for number in (low, high):
            if number > _INT_MAX:
                size = "too large" if self.ctx.release >= _TOO_LARGE_SINCE else "to big"
                self.fail(f"Numeric argument ({number}) {size} for requested {what} range.")
        return low, high

    def cpus(self, value: str | None) -> None:
        self.settings.cpus = self.span(value, "cpu")

    def node_count(self, value: str | None) -> None:
        self.settings.node_count = self.span(value, "node")

    def nodelist(self, value: str | None) -> None:
        if self.settings.nodes is not None:
            self.ctx.error(f"Already asked for nodes '{self.settings.nodes}'")
            return
        self.settings.nodes = "" if wordlist.parse(value or "") == [""] else value

    def units(self, value: str | None) -> None:
        letter = (value or "")[:1]
        if not letter or letter.upper() not in "KMGTP":
            told = f"{letter}'. Possible options are 'KMGTP'" if letter else ""  # natively a text ends there
            self.ctx.error(f"Invalid unit type '{told}")
            self.fatal("Invalid unit type")
        self.settings.unit = letter.upper()

    def whole_hetjob(self, value: str | None) -> None:
        answers = {"": True, "yes": True, "no": False}
        if (value or "").lower() not in answers:
            self.fail(f'Invalid --whole-hetjob value "{value}". Valid values: [yes|no].')
        self.settings.whole_hetjob = answers[(value or "").lower()]

    def file(self, value: str | None) -> None:
        self.ctx.err(f"{value} is not a valid file\n")
        raise Done(1)

    def json(self, value: str | None) -> None:
        self.document("json", value)

    def yaml(self, value: str | None) -> None:
        self.document("yaml", value)

    def document(self, kind: str, parser: str | None) -> None:
        from slurm_cli_proxy.commands import documents

        self.settings.document = documents.requested(self.ctx, kind, parser)
        if self.settings.document is None:
            raise Done(1)

    def verbose(self, _: str | None) -> None:
        self.settings.verbose += 1

    def ignored(self, _: str | None) -> None:
        pass

    # What ends the command

    def version(self, _: str | None) -> None:
        from slurm_cli_proxy.commands import version

        self.say(version.line(self.ctx))

    def help(self, _: str | None) -> None:
        from slurm_cli_proxy.options import usage

        self.say(usage.help_text(self.ctx.prog, OPTIONS, self.ctx.release))

    def usage(self, _: str | None) -> None:
        from slurm_cli_proxy.options import usage

        self.say(usage.usage(self.ctx.prog, OPTIONS, self.ctx.release))

    def help_format(self, _: str | None) -> None:
        from slurm_cli_proxy.columns.accounting import COLUMNS
        from slurm_cli_proxy.columns.table import for_release

        self.say(in_columns([column.name for column in for_release(COLUMNS, self.ctx.release)]))

    def help_reason(self, _: str | None) -> None:
        from slurm_cli_proxy.notation import reason

        self.say(in_columns(reason.names(self.ctx.release), 2, 39))

    def help_state(self, _: str | None) -> None:
        self.say(in_columns([name for name, _ in state.BASE]))

    def say(self, text: str) -> NoReturn:
        self.ctx.out(text)
        raise Done(0)


def in_columns(names: list[str], number: int = 4, width: int = 19) -> str:
    """Names in so many columns."""
    starts = range(0, len(names), number)
    return "".join(" ".join(name.ljust(width) for name in names[at : at + number]) + "\n" for at in starts)


_FLAGS: Final = {
    "allusers": "all_users",
    "allocations": "allocations",
    "array": "array",
    "batch_script": "batch_script",
    "completion": "completion",
    "duplicates": "duplicates",
    "env_vars": "env_vars",
    "expand_patterns": "expand",
    "noconvert": "noconvert",
    "noheader": "no_header",
    "truncate": "truncate",
}

_LISTS: Final = {
    "accounts": "accounts",
    "associations": "associations",
    "name": "names",
    "partition": "partitions",
    "wckeys": "wckeys",
}

_ACTIONS: Final[dict[str, Callable[[_Reader, str | None], None]]] = {
    "allclusters": _Reader.all_clusters,
    "brief": _Reader.brief,
    "clusters": _Reader.clusters,
    "constraints": _Reader.constraints,
    "delimiter": _Reader.delimiter,
    "endtime": _Reader.end,
    "federation": _Reader.ignored,
    "file": _Reader.file,
    "flags": _Reader.job_flags,
    "format": _Reader.format,
    "gid": _Reader.group,
    "help": _Reader.help,
    "helpformat": _Reader.help_format,
    "helpreason": _Reader.help_reason,
    "helpstate": _Reader.help_state,
    "jobs": _Reader.jobs,
    "json": _Reader.json,
    "local": _Reader.ignored,
    "long": _Reader.long,
    "ncpus": _Reader.cpus,
    "nnodes": _Reader.node_count,
    "nodelist": _Reader.nodelist,
    "parsable": _Reader.parsable,
    "parsable2": _Reader.parsable2,
    "qos": _Reader.qos,
    "reason": _Reader.reasons,
    "starttime": _Reader.start,
    "state": _Reader.states,
    "timelimit_max": _Reader.limit_max,
    "timelimit_min": _Reader.limit_min,
    "units": _Reader.units,
    "usage": _Reader.usage,
    "use_local_uid": _Reader.ignored,
    "user": _Reader.user,
    "verbose": _Reader.verbose,
    "version": _Reader.version,
    "whole_hetjob": _Reader.whole_hetjob,
    "yaml": _Reader.yaml,
}


def read(ctx: Context, argv: list[str]) -> Settings:
    """The settings of a call; Done when nothing is left to do."""
    reader = _Reader(ctx)
    reader.settings.argv = argv
    reader.command_line(argv)
    return reader.finish()
