"""Arrays: a record may stand for many pending tasks; which of them are asked for, one line each, or all in one.

Facts (22.05, 24.11, 26.05):

* A pending task that was changed on its own has a record of its own.  Unless `-r` says otherwise it joins the record
  of the rest again where job id, name and partition are the same; the line is then that of the rest.
* ``-j 12_4,12_7`` shows the record of the rest as ``12_[4,7]``.  In ``-j 12_4,12`` only the first counts.
* A set that was put together so shows no ``%limit``, and is cut off without ``...``.
* With `-r`, a set that is written with a step (``1-19:3``) lacks its last task.  A record's tasks are sorted as one.
* Where SLURM_BITSTR_LEN is set, it and not the server's 64 bytes bounds a set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from slurm_cli_proxy.commands.squeue.jobids import JobId
from slurm_cli_proxy.notation import arrayset
from slurm_cli_proxy.records.job import Job

FIELDS = ("states", "array_leader", "array_task", "task_set", "name", "partition")

Complete = Callable[[Job], arrayset.ArraySet]
"""Tells the tasks of a record whose set the server has cut short."""


class Arrays:
    """How the arrays of one listing are shown.

    `length`: the value of SLURM_BITSTR_LEN, None where it is not set.
    """

    def __init__(self, length: str | None, complete: Complete) -> None:
        self.length = arrayset.bitstr_length(length)
        self._own = length is not None
        self._complete = complete

    def tasks(self, job: Job) -> arrayset.ArraySet:
        """The tasks that a record stands for."""
        found = arrayset.parse(job.task_set)
        return found if found.complete else self._complete(job)

    def asked_for(self, jobs: Iterable[Job], ids: list[JobId]) -> Iterator[Job]:
        """The jobs with one of the ids; a record of many tasks with just those asked for."""
        for job in jobs:
            matching = [wanted for wanted in ids if _concerns(job, wanted)]
            if not matching:
                continue
            if matching[0].task is None or not job.task_set:
                if any(wanted.task in (None, job.array_task) for wanted in matching):
                    yield job
                continue
            wanted_tasks = {wanted.task for wanted in matching if wanted.task is not None}
            left = [task for task in self.tasks(job).tasks if task in wanted_tasks]
            if len(left) == 1:
                yield single(job, left[0])
            elif left:
                yield self._put_together(job, left)

    def one_by_one(self, jobs: Iterable[Job]) -> Iterator[Job]:
        """Every task on its own."""
        for job in jobs:
            if job.task_set:
                tasks = self.tasks(job).tasks
                for task in tasks[:-1] if ":" in job.task_set else tasks:
                    yield single(job, task)
            else:
                yield job

    def joined(self, jobs: list[Job]) -> list[Job]:
        """Pending tasks with the rest of their array."""
        rest = {_kin(job): job for job in jobs if job.task_set and job.pending}
        joining: dict[tuple[int, str | None, str | None], list[int]] = {}
        shown = []
        for job in jobs:
            task = job.array_task
            if (
                task is not None
                and not job.task_set
                and job.array_leader
                and job.pending
                and _kin(job) in rest
            ):
                joining.setdefault(_kin(job), []).append(task)
            else:
                shown.append(job)
        if not joining:
            return jobs
        return [
            self._put_together(job, [*self.tasks(job).tasks, *joining[_kin(job)]])
            if rest.get(_kin(job)) is job and _kin(job) in joining
            else job
            for job in shown
        ]

    def worded(self, jobs: list[Job]) -> list[Job]:
        """Sets as long as SLURM_BITSTR_LEN allows, where it is set."""
        if not self._own or self.length == arrayset.DEFAULT_LENGTH:
            return jobs
        return [self._reworded(job) if job.task_set else job for job in jobs]

    def _reworded(self, job: Job) -> Job:
        _, percent, limit = job.task_set.rpartition("%")
        tasks = self.tasks(job).tasks
        text = arrayset.format_tasks(tasks, int(limit) if percent else 0, length=self.length)
        return msgspec.structs.replace(job, array_task_string=text)

    def _put_together(self, job: Job, tasks: list[int]) -> Job:
        text = arrayset.format_ranges(tasks)
        return msgspec.structs.replace(
            job, array_task_string=text[: self.length - 1] if self.length else text, array_task_id=None
        )


def single(job: Job, task: int) -> Job:
    """One task of a record that stands for several."""
    return msgspec.structs.replace(job, array_task_id=task, array_task_string="")


def _kin(job: Job) -> tuple[int, str | None, str | None]:
    return job.array_leader, job.name, job.partition


def _concerns(job: Job, wanted: JobId) -> bool:
    if wanted.sluid:
        return job.sluid == wanted.sluid
    if wanted.task is not None:
        return job.array_leader == wanted.job
    return wanted.job in (job.job_id, job.array_leader, job.het_leader)
