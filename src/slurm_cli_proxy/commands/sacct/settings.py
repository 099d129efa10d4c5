"""What was asked for: the command line and the environment, read as the native command reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NoReturn

import msgspec

from slurm_cli_proxy.commands.sacct import jobids
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import date, state
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.sacct import OPTIONS

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
FLAGS: Final = {
    "none": "scheduler_unset",
    "schedsubmit": "scheduled_on_submit",
    "schedmain": "scheduled_by_main",
    "schedbackfill": "scheduled_by_backfill",
    "startreceived": "job_started",
    "jobaltered": "job_altered",
}
"""What `--flags` takes, and the API's name of it."""
OLD_FLAGS: Final = {name.replace("ceiv", "ciev"): value for name, value in FLAGS.items()}
"""The same up to 22.05, with its spelling."""


class Done(Exception):
    """Everything is said; `status` is how to end."""

    def __init__(self, status: int) -> None:
        self.status = status


class Settings(msgspec.Struct):
    """What to list and how.  Filters are None where not asked for.  `start`, `end`: epoch seconds."""

    all_users: bool = False
    allocations: bool = False
    array: bool = False
    batch_script: bool = False
    env_vars: bool = False
    completion: bool = False
    duplicates: bool = False
    expand: bool = False
    truncate: bool = False
    noconvert: bool = False
    no_header: bool = False
    parsable: int = 0
    delimiter: str = "|"
    unit: str = ""
    verbose: int = 0
    format: str | None = None
    document: tuple[str, str | None] | None = None
    whole_hetjob: bool | None = None
    start: int | None = None
    end: int | None = None
    jobs: list[jobids.JobId] | None = None
    users: list[str] | None = None
    groups: list[str] | None = None
    accounts: list[str] | None = None
    associations: list[str] | None = None
    clusters: list[str] | None = None
    constraints: list[str] | None = None
    flags: list[str] | None = None
    names: list[str] | None = None
    nodes: str | None = None
    partitions: list[str] | None = None
    qos: list[str] | None = None
    reasons: list[str] | None = None
    states: list[str] | None = None
    wckeys: list[str] | None = None
    cpus: tuple[int, int] | None = None
    node_count: tuple[int, int] | None = None
    limit_min: int | None = None
    limit_max: int | None = None


def words(text: str) -> list[str]:
    """The parts of a comma-separated list, without empty ones and quotes."""
    return [word for word in text.replace('"', "").replace("'", "").split(",") if word]


class _Reader:
    """One command line; raises Done where the native command ends while reading it."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.settings = Settings(all_users=ctx.uid == 0)
        self.behind: list[tuple[int, str]] = []  # formats that follow what `-o` says

    def command_line(self, argv: list[str]) -> None:
        ctx = self.ctx
        scanner = Scanner(ctx.prog, argv, OPTIONS, ctx.release, permute="POSIXLY_CORRECT" not in ctx.environ)
        for event in scanner:
            if isinstance(event, Fault):
                ctx.err("".join(f"{line}\n" for line in event.lines))
                raise Done(1)
            dest = event.option.dest
            if dest in _FLAGS:
                setattr(self.settings, _FLAGS[dest], True)
            elif dest in _LISTS:
                setattr(self.settings, _LISTS[dest], words(event.value or "") or None)
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
        for _, text in sorted(set(self.behind)):
            self.format(text)
        if settings.format is None:
            settings.format = ctx.environ.get("SACCT_FORMAT", DEFAULT)
        if settings.completion:
            ctx.err("Slurm job completion is disabled\n")
            raise Done(1)
        self.window()
        for wanted, what in ((settings.batch_script, "scripts"), (settings.env_vars, "environments")):
            if wanted and settings.jobs is None:
                what = "scripts" if what == "scripts" else "environment"
                self.fatal(
                    f"When requesting job {what} you must also request specific jobs with the '-j' option."
                )
        if settings.all_users or (settings.jobs is not None and settings.users is None):
            settings.users = None
        elif settings.users is None:
            settings.users = [ctx.user]
        return settings

    def window(self) -> None:
        """The span of time: today until now, all time for jobs that are named, now for states."""
        import time

        settings, now = self.settings, int(self.ctx.clock())
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
            settings.end = start + 1 if settings.states is not None and start else now + 1
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
            self.settings.jobs = jobids.parse(value or "", self.ctx.release) or None
        except NotationError as error:
            self.fatal(str(error))

    def user(self, value: str | None) -> None:
        from slurm_cli_proxy.commands.squeue import users

        if value == "-1":
            self.settings.all_users = True
            return
        for name in words(value or ""):
            if users.as_number(name) is None and not users.is_known(self.ctx, name, ()):
                self.fail(f"Invalid user id: {name}")
        self.settings.users = [self.ctx.same_user(name) for name in words(value or "")] or None

    def group(self, value: str | None) -> None:
        import grp

        for name in words(value or ""):
            if name.isdigit():
                continue
            try:
                grp.getgrnam(name)
            except KeyError:
                self.fail(f"Invalid group id: {name}")
        self.settings.groups = words(value or "") or None

    def job_flags(self, value: str | None) -> None:
        found = []
        for word in words(value or ""):
            known = OLD_FLAGS if self.ctx.release < (22, 11) else FLAGS
            name = known.get(word.lower())
            if name is None:
                self.fail(f"str_2_job_flags: Invalid job flag {word}")
            found.append(name)
        self.settings.flags = found or None

    def states(self, value: str | None) -> None:
        found = []
        for word in words(value or ""):
            try:
                found.append(state.parse(word, self.ctx.release))
            except NotationError:
                self.fatal(f"unrecognized job state value '{word}'")
        self.settings.states = found or None

    def moment(self, value: str | None) -> int | None:
        if not value:
            return None
        try:
            return date.parse(value, self.ctx.clock(), self.ctx.release, past=True)
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
        found = re.fullmatch(r"([0-9]+)(?:-([0-9]+).*)?", value or "")
        if not found:
            self.fail(f'Invalid numeric value "{value}" for requested {what} range.')
        return int(found[1]), int(found[2] or 0)

    def cpus(self, value: str | None) -> None:
        self.settings.cpus = self.span(value, "cpu")

    def node_count(self, value: str | None) -> None:
        self.settings.node_count = self.span(value, "node")

    def nodelist(self, value: str | None) -> None:
        self.settings.nodes = value or None

    def units(self, value: str | None) -> None:
        letter = (value or "")[:1]
        if not letter or letter.upper() not in "KMGTP":
            self.ctx.error(f"Invalid unit type '{letter}'. Possible options are 'KMGTP'")
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
        self.settings.document = ("json", value)

    def yaml(self, value: str | None) -> None:
        self.settings.document = ("yaml", value)

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

        self.say(four_to_a_line([column.name for column in for_release(COLUMNS, self.ctx.release)]))

    def help_state(self, _: str | None) -> None:
        self.say(four_to_a_line([name for name, _ in state.BASE]))

    def say(self, text: str) -> NoReturn:
        self.ctx.out(text)
        raise Done(0)


def four_to_a_line(names: list[str]) -> str:
    """Names in columns of twenty characters, four to a line."""
    lines = (" ".join(name.ljust(19) for name in names[at : at + 4]) for at in range(0, len(names), 4))
    return "".join(f"{line}\n" for line in lines)


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
    "clusters": "clusters",
    "constraints": "constraints",
    "name": "names",
    "partition": "partitions",
    "qos": "qos",
    "reason": "reasons",
    "wckeys": "wckeys",
}

_ACTIONS: Final[dict[str, Callable[[_Reader, str | None], None]]] = {
    "allclusters": _Reader.ignored,
    "brief": _Reader.brief,
    "delimiter": _Reader.delimiter,
    "endtime": _Reader.end,
    "federation": _Reader.ignored,
    "file": _Reader.file,
    "flags": _Reader.job_flags,
    "format": _Reader.format,
    "gid": _Reader.group,
    "help": _Reader.help,
    "helpformat": _Reader.help_format,
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
    reader.command_line(argv)
    return reader.finish()
