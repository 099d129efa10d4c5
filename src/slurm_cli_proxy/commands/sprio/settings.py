"""What was asked of `sprio`: the command line and the environment, read as the native command reads them."""

from __future__ import annotations

import re
from typing import Final

from slurm_cli_proxy.commands.listing import EXCLUSIVE, Done, ListingSettings, Reader
from slurm_cli_proxy.commands.squeue import jobids, users
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.sprio import OPTIONS

_STEPS_SINCE: Final = (23, 2)
"""Since then ids of tasks, components and steps are taken for their job's."""


class Settings(ListingSettings):
    """What to list and how.  Filters are None where not asked for; the `_text` ones are what was written."""

    job_flag: bool = False
    federation: bool = False
    sibling: bool = False
    norm: bool = False
    weights: bool = False
    format_text: str | None = None
    jobs_text: str | None = None
    partitions_text: str | None = None
    users_text: str | None = None
    jobs: frozenset[int] | None = None
    partitions: frozenset[str] | None = None
    users: frozenset[str] | None = None


class _Reader(Reader):
    """One command line of `sprio`."""

    OPTIONS = OPTIONS

    def __init__(self, ctx: Context) -> None:
        self.settings = Settings()
        super().__init__(ctx, self.settings)

    def jobs(self, value: str) -> None:
        self.settings.job_flag = True
        if self.argument is not None:
            self.settings.jobs_text = value
            self.read_jobs()

    def read_jobs(self) -> None:
        """The numbers of the jobs asked for."""
        settings, release = self.settings, self.ctx.release
        words = [word for word in (settings.jobs_text or "").split(",") if word]
        found = set()
        for word in words:
            try:
                if release < jobids.STRICT_SINCE and release >= _STEPS_SINCE and word is not words[-1]:
                    raise NotationError(
                        f"Invalid job id: {word}"
                    )  # then only the last one is read as it should
                found.add(_number(word, release))
            except NotationError as error:
                self.fail(str(error))
        settings.jobs = frozenset(found)

    def format(self, value: str) -> None:
        self.settings.format_text = value

    def partition(self, value: str) -> None:
        self.settings.partitions_text = value
        self.settings.partitions = frozenset(word for word in value.split(",") if word)

    def sort(self, value: str) -> None:
        self.settings.sort = value

    def users(self, value: str) -> None:
        ctx = self.ctx
        self.settings.users_text = value
        found = set()
        for word in value.split(","):
            if not word:
                continue
            if users.is_accountable(ctx, word):
                found.add(ctx.same_user(word))
            else:
                users.complain(ctx, word)
        self.settings.users = frozenset(found)

    def verbose(self, _: str) -> None:
        self.settings.verbose += 1

    def finish(self) -> Settings:
        """What is settled after the command line."""
        settings, ctx = self.settings, self.ctx
        operands = settings.operands
        if operands and settings.job_flag:
            settings.jobs_text = operands[0]
            self.read_jobs()
            operands = operands[1:]
        if operands:
            from slurm_cli_proxy.options import usage

            ctx.error(f"Unrecognized option: {operands[0]}")
            ctx.out(usage.usage(ctx.prog, OPTIONS, ctx.release))
            raise Done(1)
        if settings.verbose:
            ctx.out(_told(settings))
        if settings.long and settings.format_text is not None:
            self.fatal(EXCLUSIVE)
        if settings.format_text is None:
            settings.format_text = ctx.environ.get("SPRIO_FORMAT")
        return settings

    FLAGS = {
        "federation": "federation",
        "local": "local",
        "long": "long",
        "noheader": "no_header",
        "norm": "norm",
        "sibling": "sibling",
        "weights": "weights",
    }
    ACTIONS = {
        "format": format,
        "jobs": jobs,
        "partition": partition,
        "sort": sort,
        "users": users,
        "verbose": verbose,
    }


def _number(word: str, release: tuple[int, int]) -> int:
    """The number of a job; of a component, its own."""
    found = re.fullmatch(r"\s*\+?0*([1-9][0-9]{0,9})(?:\+([0-9]+))?", word)
    if found:
        return int(found[1]) + int(found[2] or 0)
    if release < _STEPS_SINCE:
        raise NotationError(f"Invalid job id: {word}")
    return jobids.parse(word, jobids.STRICT_SINCE)[0].job


def _told(settings: Settings) -> str:
    """What `-v` says of the options."""
    rule = "-----------------------------\n"
    rows = (
        ("format", settings.format_text),
        ("job_flag", int(settings.job_flag)),
        ("jobs", settings.jobs_text),
        ("partition", settings.partitions_text),
        ("users", settings.users_text),
        ("verbose", settings.verbose),
    )
    lines = (f"{name:<10} = {'(null)' if value is None else value}\n" for name, value in rows)
    return f"{rule}{''.join(lines)}{rule}\n\n"


def read(ctx: Context, argv: list[str]) -> Settings:
    """The settings of a call; Done when nothing is left to do."""
    reader = _Reader(ctx)
    if "SLURM_CLUSTERS" in ctx.environ:
        reader.clusters(ctx.environ["SLURM_CLUSTERS"])
    reader.command_line(argv)
    return reader.finish()
