"""`scontrol update JobId=… Key=value …` and `scontrol update JobName=…`.

Words are read one after the other, and the first bad one ends it; nothing is sent before all are read.

Changing `nice` is said to crash some slurmrestd.  22.05.8 (v0.0.36 to v0.0.38), 24.11.5 (v0.0.40 to v0.0.42) and
26.05.5 (v0.0.42 to v0.0.45) do not: tried with values within and beyond the limits, of other types, and on pending,
running and finished jobs, arrays, het jobs and other users' jobs.  Beyond the limits they refuse; v0.0.38's limits are
narrower.  A change names nothing but the fields that are to change, and others keep their values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol import joblist
from slurm_cli_proxy.commands.scontrol.change import Record, Result, change, look_up, report, tasks_of
from slurm_cli_proxy.commands.scontrol.job_keys import (
    ALONE,
    KEYS,
    RESIZING,
    SIGN,
    USER,
    Fields,
    Refused,
    Word,
    complaint,
    refuse_uncarried,
)
from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.values import leading_number
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.number import INFINITE, number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.payload import NotCarried

JOB_ID: Final = Keyword(name="JobId", shortest=3)
RESET_SINCE: Final = (23, 2)


def run(ctx: Context, args: Sequence[str], switches: Switches) -> int:
    """Change jobs; the exit status."""
    work = _Work(ctx, switches)
    try:
        for word in words(ctx, args):
            work.read(word)
        return work.send()
    except Refused as refused:
        ctx.err("".join(f"{line}\n" for line in refused.lines))
        return refused.status
    except NotCarried as refusal:
        ctx.error(f"{refusal}")
        return 1


def words(ctx: Context, args: Sequence[str]) -> Iterator[Word]:
    """`Key=value`, `Key+=value`, `Key`, or a key and its value as two words."""
    at = 0
    log = lambda line: ctx.err(f"{line}\n")  # noqa: E731
    while at < len(args):
        written = args[at]
        key, equals, value = written.partition("=")
        sign = ""
        at += 1
        if equals:
            if key.endswith(("+", "-")):
                key, sign = key[:-1], key[-1]
        elif find(ALONE, written, ctx.release):
            yield Word(written, written, "", None, ctx.release, ctx.server_clock, log)
            continue
        elif at < len(args):
            value = written = args[at]
            at += 1
        else:
            raise Refused(f"Invalid input: {written}", "Request aborted")
        yield Word(written, key, sign, value, ctx.release, ctx.server_clock, log)


class _Work:
    """What is known of the command line so far."""

    def __init__(self, ctx: Context, switches: Switches) -> None:
        self.ctx = ctx
        self.quiet = switches.quiet
        self.on_behalf_of = switches.user
        self.job_ids: str | None = None
        self.user: str | None = None
        self.fields: Fields = {}
        self.changes = 0

    def read(self, word: Word) -> None:
        """Take a word into account."""
        if word.value is None:
            alone = find(ALONE, word.key, word.release)
            assert alone is not None and alone.alone is not None
            self.add(dict(alone.alone))
            return
        if JOB_ID.meant_by(word.key):
            self.no_sign(word)
            self.job_ids = word.value
            return
        key = find(KEYS, word.key, word.release)
        if key is None:
            raise Refused(f"Update of this parameter is not supported: {word.written}", "Request aborted")
        found = key.read(word.value, word)
        if not key.signs:
            self.no_sign(word)
        if USER in found:
            self.user = known_user(self.ctx, found[USER])
            return
        if SIGN in found:
            self.relative_limit(found)
        if key.name in RESIZING:
            self.resizable()
        self.add(found)

    def no_sign(self, word: Word) -> None:
        """+= and -= are for few keys."""
        if word.sign:
            raise complaint(f"Option {word.written} does not accept [+|-]= syntax")

    def add(self, found: Fields) -> None:
        """Note fields; `{}` is no change."""
        self.changes += bool(found)
        found.pop("", None)
        self.fields.update(found)

    # What needs a look at the job

    def state_of(self) -> list[Job]:
        """The records of the one job named so far; Refused if there is none, or if it is not one job."""
        text = self.job_ids or ""
        _, rest = leading_number(text)
        if text and (rest == text or (rest and rest[0] != "_")):
            raise complaint(f"Invalid job ID {text}")
        try:
            if not text:
                raise self.ctx.client.slurm_error(2017)
            return look_up(self.ctx, str(leading_number(text)[0]))
        except RestError as error:
            detail = (f"scontrol: {error.detail}",) if error.detail else ()
            raise Refused(
                f"scontrol: error: Could not load state information for job {text}: {error.text}", *detail
            ) from None

    def one_of(self, records: Sequence[Job], refusal: str) -> Job:
        """The record that is meant; an array as a whole, or a het job, will not do."""
        text = self.job_ids or ""
        if "_" not in text:
            if len(records) > 1:
                raise complaint(refusal)
            return records[0]
        task = leading_number(text.partition("_")[2])[0]
        for record in records:
            if task in tasks_of(record):
                return record
        if len(records) > 1:
            raise Refused()
        return records[0]

    def relative_limit(self, found: Fields) -> None:
        """`+=` and `-=` of the time limit the job has."""
        sign = found.pop(SIGN)
        by = found["time_limit"]
        if self.job_ids is None:
            raise complaint("JobId must precede TimeLimit increment or decrement")
        record = self.one_of(self.state_of(), "TimeLimit increment/decrement not supported for job arrays")
        limit = number(record.time_limit)
        if limit is None or limit is INFINITE:
            if self.ctx.release >= RESET_SINCE:
                raise complaint("Cannot increment/decrement TimeLimit when set to UNLIMITED.")
            limit = 0xFFFFFFFF
        by = 0xFFFFFFFF if isinstance(by, str) else by
        if sign == "-" and by > limit:
            raise complaint(f"TimeLimit decrement larger than current time limit ({by} > {limit})")
        found["time_limit"] = (limit + by if sign == "+" else limit - by) & 0xFFFFFFFF

    def resizable(self) -> None:
        """The native command looks at a job before it changes its nodes."""
        if self.job_ids is None:
            return
        self.one_of(self.state_of(), "Job resizing not supported for job arrays")
        if self.ctx.environ.get("SLURM_JOBID") == self.job_ids:
            raise complaint(
                "changing the size of the job that this runs in is not supported by slurm-cli-proxy"
            )

    # The change

    def send(self) -> int:
        """Change every job that is meant; the exit status."""
        if not self.changes:
            raise Refused("No changes specified")
        refuse_uncarried(self.fields, self.ctx.release)
        if self.on_behalf_of:
            self.fields["user_id"] = self.on_behalf_of
        known: list[Job] | None = None
        if self.job_ids is not None:
            found = joblist.ids(self.job_ids)
            if found is None:
                self.tell(self.job_ids, Result(self.ctx.client.slurm_error(2017)))
                return 1
        else:
            name = self.fields.pop("name")
            known, found = self.by_name(name)
        status = 0
        for job_id in found:
            result = change(self.ctx, job_id, self.fields, known)
            if result.failed:
                status = 1
                self.tell(job_id, result)
        return status

    def by_name(self, name: str) -> tuple[list[Job], list[str]]:
        """The records of all jobs, and the ids of those of that name (and user)."""
        try:
            known = endpoints.jobs(self.ctx.client, Record)
        except RestError as error:
            detail = (f"scontrol: {error.detail}",) if error.detail else ()
            raise Refused(
                f"scontrol: error: Could not load state information: {error.text}", *detail
            ) from None
        if not known:
            raise complaint(f"JobName {name} not found")
        mine = [job for job in known if (job.name or "") == name]
        if self.user is not None:
            uid = int(self.user)
            mine = [job for job in mine if number(job.user_id) == uid]
            if not mine:
                raise complaint(f"No jobs with user ID {uid} and name '{name}'")
        if not mine:
            raise complaint(f"No jobs with name '{name}'")
        return known, [name_of(job) for job in mine]

    def tell(self, job_id: str, result: Result) -> None:
        """What went wrong."""
        if result.apart or not self.quiet:
            report(self.ctx, job_id, result)


def known_user(ctx: Context, text: str) -> str:
    """The number of a user by number or name, as this machine knows it, else the cluster's queue; Refused."""
    import pwd

    text = ctx.same_user(text)
    try:
        return str(pwd.getpwnam(text).pw_uid)
    except (KeyError, ValueError):
        pass
    found, rest = leading_number(text)
    if not rest and text and 0 <= found < 0xFFFFFFFE:
        return str(found)
    try:
        queue = endpoints.jobs(ctx.client, Record) if text else []
    except RestError:
        queue = []
    uid = next((number(job.user_id) for job in queue if job.user_name == text), None)
    if uid is None:
        raise Refused(f"Invalid UserID: {text}", "Request aborted")
    return str(uid)


def name_of(job: Job) -> str:
    """The id under which the native command changes a job that it found by name."""
    if job.array_leader and not job.task_set and job.array_task is not None:
        return f"{job.array_leader}_{job.array_task}"
    return str(job.job_id)
