"""`sstat`: what running steps use, which no version of the REST API tells.

So what is asked for is read as natively, jobs without running steps are told of, and of others that it is not known.
"""

from __future__ import annotations

import re
from typing import Final

from slurm_cli_proxy.columns import running_usage, table
from slurm_cli_proxy.commands import scanning
from slurm_cli_proxy.commands.listing import Done
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout.table import Field, InvalidField, Table, parse
from slurm_cli_proxy.options.getopt import Fault
from slurm_cli_proxy.options.sstat import OPTIONS
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

_STRICT_SINCE: Final = (25, 5)
"""Since then ids are read to their end, and jobs are called `JobId=12`."""
_QUIET_SINCE: Final = (23, 2)
"""Since then a job 0 is passed over."""
_HIGHEST_JOB: Final = 0xFFFFFFFD
_HIGHEST_STEP: Final = 0xFFFFFFEF
Step = tuple[int, str]
"""A job's number, and which step of it, "" for none in particular."""
_STEPS: Final = ("batch", "extern", "interactive")


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sstat` with these arguments; returns the exit status."""
    try:
        return _report(ctx, *_read(ctx, argv))
    except Done as done:
        return done.status
    except InvalidField as error:
        ctx.error(f'Invalid field requested: "{error}"')
    except RestError as error:
        ctx.rest_error(f"{ctx.prog}: error: ", error)
    return 1


def _read(ctx: Context, argv: list[str]) -> tuple[Table[None], bool, list[Step]]:
    """The table, whether it has headings, and what to tell of; Done when nothing is left to do."""
    formats: list[str] = []
    jobs: list[Step] = []
    parsable, headings = 0, True
    scanner = scanning.scanner(ctx, argv, OPTIONS)
    for event in scanner:
        if isinstance(event, Fault):
            ctx.err("".join(f"{line}\n" for line in event.lines))
            raise Done(1)
        dest, value = event.option.dest, event.value or ""
        if dest == "jobs":
            jobs += _jobs(ctx, value)
        elif dest == "format":
            formats.append(value)
        elif dest == "pidformat":
            formats.append(running_usage.PROCESSES)
        elif dest in ("parsable", "parsable2"):
            parsable = 1 if dest == "parsable" else 2
        elif dest == "noheader":
            headings = False
        elif dest == "helpformat":
            from slurm_cli_proxy.commands.sacct.reading import in_columns

            ctx.out(in_columns([column.name for column in _columns(ctx)]))
            raise Done(0)
        elif dest not in ("allsteps", "noconvert", "verbose"):
            from slurm_cli_proxy.commands import about

            raise Done(about.tell(ctx, dest, OPTIONS))
    for word in scanner.operands:
        jobs += _jobs(ctx, word)
    text = ",".join(formats) if formats else running_usage.default(ctx.release)
    fields = [Field(one.column, one.width or one.column.width) for one in parse(text, _columns(ctx))]
    shown: Table[None] = Table(fields, ctx.release, parsable > 0, parsable == 1)
    if not jobs:
        ctx.error("You didn't give me any jobs to stat.")
        raise Done(1)
    return shown, headings, jobs


def _columns(ctx: Context) -> list[table.TableColumn[None]]:
    return table.for_release(running_usage.COLUMNS, ctx.release)


def _jobs(ctx: Context, text: str) -> list[Step]:
    """What a comma-separated list of jobs and steps names; Done for what is no id."""
    read = _strict if ctx.release >= _STRICT_SINCE else _loose
    found = []
    for word in text.split(","):
        if not word:
            continue
        job, fault = read(word)
        if fault:
            ctx.err(f"{ctx.prog}: fatal: {fault}\n")
            raise Done(1)
        found.append((job, _step(word.partition(".")[2])))
    return found


def _step(text: str) -> str:
    """A step as messages name it."""
    return re.sub(r"[0-9]+", lambda digits: str(int(digits[0])), text)


def _strict(word: str) -> tuple[int, str]:
    """The job's number, and what is wrong with the id."""
    bad = f"Bad job/step specified: {word}"
    whole, dot, step = word.partition(".")
    found = re.match(r"[0-9]+", whole)
    if not found:
        return 0, bad
    number, rest = int(found[0]), whole[found.end() :]
    if number > _HIGHEST_JOB:
        return 0, f"{bad}: JobID larger than acceptable range"
    if not number:
        return 0, f"{bad}: JobID can not be zero"
    if rest and not re.fullmatch(r"[_+][0-9]+", rest):
        return 0, f"{bad}: JobID includes unexpected non-numeric characters"
    if dot and step not in _STEPS:
        if not re.fullmatch(r"[0-9]+(\+[0-9]+)?", step):
            return 0, f"{bad}: StepID includes unexpected non-numeric characters"
        if int(step.partition("+")[0]) > _HIGHEST_STEP:
            return 0, f"{bad}: StepID larger than acceptable range"
    return number, ""


def _loose(word: str) -> tuple[int, str]:
    """As `_strict`, before it was: digits, and whatever follows."""
    found = re.match(r"[0-9]+", word)
    if not found:
        return 0, f"Bad job/step specified: {word}"
    whole, dot, step = word.partition(".")
    if dot and step not in _STEPS and not step[:1].isdigit():
        return 0, f"Bad step specified: {whole}"
    return int(found[0]) & 0xFFFFFFFF, ""


def _report(ctx: Context, shown: Table[None], headings: bool, jobs: list[Step]) -> int:
    """The headings, and what is to be said of each job; the exit status."""
    if headings:
        ctx.out(shown.header())
    for job_id, step in jobs:
        if not job_id and ctx.release >= _QUIET_SINCE:
            continue
        name = f"JobId={job_id}" if ctx.release >= _STRICT_SINCE else f"job {job_id}"
        try:
            found = endpoints.job(ctx.client, str(job_id), narrow(Job, frozenset({"job_state"})))
        except RestError as error:
            if error.number != endpoints.INVALID_JOB_ID:
                raise
            found = []
        if any(job.running or job.suspended for job in found):
            ctx.error(
                f"{name}: the Slurm REST API does not tell what running steps use (sacct does once they have ended)"
            )
            return 1
        if job_id and not found:
            ctx.error(f"couldn't get steps for {name}")
        else:
            ctx.error(
                f"StepId={job_id}.{step} not found running." if step else f"No steps running for {name}"
            )
    return 0
