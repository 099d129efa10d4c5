"""Looking at the jobs first: those that are named and pass the filters are signalled, pending ones before others."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Final

from slurm_cli_proxy.commands.scancel import by_controller, kill, limits
from slurm_cli_proxy.commands.scancel.choose import Choice, Target, choose, needed_fields
from slurm_cli_proxy.commands.scancel.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation.jobid import JobId, format_id
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

TRIES: Final = 10
FIRST_PAUSE: Final = 5.0
"""A job that cannot be altered now is tried again after 5, 6, 7, ... seconds."""


def run(ctx: Context, settings: Settings) -> int:
    """Choose and signal; returns the exit status."""
    tally = kill.Tally(ctx, settings)
    try:
        if by_controller.suits(ctx, settings):
            return _by_filters(ctx, settings, tally)
        jobs = _jobs(ctx, settings)
        choice = choose(ctx, settings, jobs)
        if not choice.targets and not _user_exists(ctx, settings, jobs):
            return _no_user(ctx, settings)
    except RestError as error:
        if by_controller.unknown_user(error):
            return _no_user(ctx, settings)
        ctx.rest_error("slurm_load_jobs error: ", error)
        return 1
    reason = limits.refusal_of(ctx, settings, choice.targets) or limits.refusal_of_cut(
        ctx, choice.targets, jobs
    )
    if reason:
        ctx.error(reason)
        return 1
    _complain(ctx, settings, tally, choice)
    if settings.interactive:
        _ask_and_signal(ctx, settings, tally, choice.targets)
    else:
        _signal(ctx, settings, tally, choice.targets)
    return tally.status


def _jobs(ctx: Context, settings: Settings) -> list[Job]:
    """The records to choose from: all, unless one job is named and nobody asks what else there is."""
    record = narrow(Job, needed_fields(settings))
    named = {operand.id.job for operand in settings.operands}
    if len(named) != 1 or settings.verbose > 0:
        return endpoints.jobs(ctx.client, record)
    try:
        return endpoints.job(ctx.client, str(named.pop()), record)
    except RestError as error:
        if error.number == kill.INVALID_JOB_ID:
            return []
        raise


def _complain(ctx: Context, settings: Settings, tally: kill.Tally, choice: Choice) -> None:
    for one in choice.unknown:
        if settings.verbose >= 0:
            text = format_id(JobId(one.job, task=one.task, tasks=one.tasks, step=one.step))
            reason = ctx.client.slurm_error(kill.INVALID_JOB_ID).text
            tally.say(text, reason, "job" if one.step is None else "job step")
        tally.worst = max(tally.worst, 1)
    if settings.filtering and settings.verbose > 0 and choice.none_match:
        by_controller.none_match(ctx, settings)


# Signalling


def _signal(ctx: Context, settings: Settings, tally: kill.Tally, targets: Sequence[Target]) -> None:
    for target in targets:
        tally.announce(target.text)
    left = list(targets)
    for attempt in range(TRIES):
        again: list[Target] = []
        for target, number in _send(ctx, settings, tally, left):
            if number == kill.TRANSITION:
                again.append(target)
            else:
                tally.report(target.text, number)
        left = again
        if not left:
            return
        for _ in left:
            _wait_words(ctx, settings)
        time.sleep(FIRST_PAUSE + attempt)
    for target in left:
        tally.report(target.text, kill.TRANSITION)


def _wait_words(ctx: Context, settings: Settings) -> None:
    if settings.verbose > 0:
        ctx.err(f"{ctx.prog}: Job is in transitional state, retrying\n")


def _send(
    ctx: Context, settings: Settings, tally: kill.Tally, targets: Sequence[Target]
) -> Iterable[tuple[Target, int]]:
    """Each target with Slurm's error number; a request that fails is reported here."""
    if settings.sibling is not None:
        from slurm_cli_proxy.commands.scancel.sibling import NOT_FEDERATED

        yield from ((target, NOT_FEDERATED) for target in targets)
        return
    together: list[Target] = []
    alone: list[Target] = []
    for target in targets:
        if target.waiting_part or target.cut or not endpoints.offers(ctx.client, "kill_jobs"):
            alone.append(target)
        else:
            together.append(target)
    if together:
        try:
            codes = kill.send(ctx.client, [target.wire for target in together], settings)
        except RestError as error:
            tally.failed([target.text for target in together], error)
        else:
            yield from zip(together, codes, strict=True)
    for target in alone:
        try:
            yield target, _send_alone(ctx, settings, target)
        except RestError as error:
            tally.failed([target.text], error)


def _send_alone(ctx: Context, settings: Settings, target: Target) -> int:
    whole = JobId(target.wire.job)
    if not endpoints.offers(ctx.client, "kill_jobs"):
        return kill.send_one(ctx.client, whole if target.cut else target.wire, settings)
    if target.waiting_part:
        return kill.refusal_of_part(ctx.client, target.wire)
    return kill.send(ctx.client, [whole], settings, job_state=["PENDING"])[0]


def _ask_and_signal(ctx: Context, settings: Settings, tally: kill.Tally, targets: Iterable[Target]) -> None:
    """Ask before each job; the end of the input says no to the rest."""
    for target in targets:
        answer = _confirmed(ctx, target)
        if answer is None:
            return
        if answer:
            _signal(ctx, settings, tally, [target])


def _confirmed(ctx: Context, target: Target) -> bool | None:
    job = target.job
    while True:
        ctx.out(f"Cancel job_id={target.text} name={job.name} partition={job.partition} [y/n]? ")
        ctx.flush()
        line = ctx.stdin.readline() if ctx.stdin else b""
        if not line:
            return None
        first = line[:1].lower()
        if first in (b"y", b"n"):
            return first == b"y"


# Filters that the controller applies


def _by_filters(ctx: Context, settings: Settings, tally: kill.Tally) -> int:
    failed = [(one.number, kill.code(one)) for one in by_controller.signal_matching(ctx, settings)]
    worth_words = {number: code for number, code in failed if code not in kill.QUIET}
    if worth_words:
        # Now it matters how each is called, and whether to try again.
        targets = [
            target
            for target in choose(ctx, settings, _jobs(ctx, settings)).targets
            if target.job.job_id in worth_words
        ]
        again = [target for target in targets if worth_words[target.job.job_id] == kill.TRANSITION]
        for target in targets:
            if target not in again:
                tally.report(target.text, worth_words[target.job.job_id])
        if again:
            _signal(ctx, settings, tally, again)
    return tally.status


# Users


def _no_user(ctx: Context, settings: Settings) -> int:
    ctx.error(f"Invalid user name: {settings.user}")
    return 1


def _user_exists(ctx: Context, settings: Settings, jobs: Iterable[Job]) -> bool:
    """Whether the user that `--user` names may exist: one of jobs, of accounting, or (as natively) of this system."""
    user = settings.user
    if user is None or settings.me:
        return True
    from slurm_cli_proxy.commands.scancel import users

    return users.exists(ctx, user, jobs)
