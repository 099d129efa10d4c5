"""What is left to do with the server's answer: filters it does not know, duplicates, and the order."""

from __future__ import annotations

from slurm_cli_proxy.commands.sacct.settings import FLAGS, Settings
from slurm_cli_proxy.records.accounting import AccountingJob
from slurm_cli_proxy.records.number import INFINITE, number

_LAST = 0xFFFFFFFE  # the task number of the tasks that have not started
_FLAGS_SHOWN = {
    "scheduled_on_submit": "STARTED_ON_SUBMIT",
    "scheduled_by_main": "STARTED_ON_SCHEDULE",
    "scheduled_by_backfill": "STARTED_ON_BACKFILL",
}

ORDER = frozenset({"job_id", "time", "array", "het"})
"""What the order, and the ids that a job can be asked for by, are made of."""
assert set(_FLAGS_SHOWN) <= set(FLAGS.values())


def fields(settings: Settings, old: bool) -> frozenset[str]:
    """The record fields that this needs."""
    found = set(ORDER)
    if settings.groups is not None:
        found.add("group")
    if settings.qos is not None:
        found.add("qos")
    if settings.wckeys == [""]:
        found.add("wckey")
    if settings.clusters is not None or settings.all_clusters:
        found.add("cluster")
    if old and settings.users is not None:
        found.add("user")
    if old and settings.flags is not None:
        found.add("flags")
    if old and settings.states is not None:
        found.add("state")
    return frozenset(found)


def chosen(
    jobs: list[AccountingJob],
    settings: Settings,
    *,
    old: bool,
    user_ids: dict[str, int],
    group_ids: dict[str, int],
) -> list[AccountingJob]:
    """The jobs to be shown, in native's order."""
    if settings.groups is not None:
        groups = settings.groups
        jobs = [job for job in jobs if job.group in groups or str(group_ids.get(job.group or "")) in groups]
    if settings.qos is not None:
        qos = [name.lower() for name in settings.qos]
        jobs = [job for job in jobs if (job.qos or "").lower() in qos]
    if settings.wckeys == [""]:
        jobs = [job for job in jobs if not (job.wckey and job.wckey.wckey)]
    if old:
        jobs = _old(jobs, settings, user_ids)
    if not settings.duplicates and (old or settings.truncate):
        jobs = _newest(jobs)
    return sorted(jobs, key=_place)


def _old(jobs: list[AccountingJob], settings: Settings, user_ids: dict[str, int]) -> list[AccountingJob]:
    """What later servers do themselves."""
    if settings.users is not None:
        users = settings.users
        jobs = [job for job in jobs if job.user in users or str(user_ids.get(job.user or "")) in users]
    if settings.limit_min is not None:
        low = settings.limit_min
        high = settings.limit_max if settings.limit_max is not None else low
        jobs = [job for job in jobs if low <= _limit(job) <= high]
    if settings.flags is not None:
        wanted = {_FLAGS_SHOWN[flag] for flag in settings.flags if flag in _FLAGS_SHOWN}
        jobs = [job for job in jobs if not wanted or wanted.intersection(job.flags or ())]
    if settings.jobs is not None and settings.whole_hetjob is False:
        ids = {job.id for job in settings.jobs}
        jobs = [job for job in jobs if not _het(job) or ids.intersection(_het(job))]
    if settings.truncate and settings.start is not None:
        for job in jobs:
            _truncate(job, settings.start, settings.end or 0)
    return jobs


def _newest(jobs: list[AccountingJob]) -> list[AccountingJob]:
    found: dict[tuple[str, int], AccountingJob] = {}
    for job in jobs:
        place = getattr(job, "cluster", None) or "", job.job_id
        other = found.get(place)
        if other is None or _moment(job) >= _moment(other):
            found[place] = job
    return list(found.values())


def _het(job: AccountingJob) -> tuple[str, ...]:
    """The ids of a component."""
    if not job.het or not job.het.job_id:
        return ()
    return str(job.job_id), f"{job.het.job_id}+{number(job.het.job_offset) or 0}"


def _truncate(job: AccountingJob, first: int, last: int) -> None:
    for one in (job, *(getattr(job, "steps", None) or ())):
        time = one.time
        if time is None:
            continue
        start, end = number(time.start) or last, number(time.end) or last
        time.end = min(end, last)
        time.start = min(max(start, first), time.end)
        paused = 0 if one is job else number(time.suspended) or 0
        time.elapsed = max(time.end - time.start - paused, 0)


def _limit(job: AccountingJob) -> int:
    value = number(job.time.limit) if job.time else None
    return INFINITE if value is None else value


def _moment(job: AccountingJob) -> int:
    return (number(job.time.submission) or 0) if job.time else 0


def _place(job: AccountingJob) -> tuple[int, int, int, int]:
    """By time of submission, arrays behind the others, their tasks in order."""
    array = job.array
    if array is None or not array.job_id:
        return _moment(job), 0, 0, job.job_id
    task = number(array.task_id)
    return _moment(job), array.job_id, _LAST if task is None else task, job.job_id
