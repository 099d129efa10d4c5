"""Which jobs are meant: the controller's records against the ids and filters of the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from slurm_cli_proxy.commands.scancel.settings import Operand, Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import arrayset
from slurm_cli_proxy.notation.jobid import JobId, kept
from slurm_cli_proxy.records.job import Job, fields
from slurm_cli_proxy.records.number import number

_OWN_TASKS_SINCE: Final = (23, 2)
"""Up to 22.05 a task that still waits with others is not told apart from them: all are signalled."""

_HOSTLIST_WORDS_SINCE: Final = (23, 2)
"""From then on a list of nodes that cannot be read is complained of."""

_FIELD_OF: Final = {
    "account": ("account",),
    "name": ("name",),
    "nodelist": ("nodes",),
    "partition": ("partition",),
    "qos": ("qos",),
    "reservation": ("resv_name",),
    "user": ("user_name", "user_id"),
    "wckey": ("wckey",),
}
"""Filter -> the fields of a job that it looks at."""

_LABELS: Final = {
    "account": "account",
    "name": "job_name",
    "nodelist": "nodelist",
    "partition": "partition",
    "qos": "qos",
    "reservation": "reservation",
    "state": "state",
    "user": "user_name",
    "wckey": "wckey",
}
"""Filter -> what it is called when no job passes them all, in that order."""


class Target(msgspec.Struct):
    """One thing to signal: `text` is its id as messages have it, `wire` as it is sent, `job` its record.

    `cut` tells a set of waiting tasks that the server does not list to its end; `step` is the id of the one step of the
    job that is meant, "" where none is.
    """

    text: str
    wire: JobId
    job: Job
    cut: bool = False
    step: str = ""

    @property
    def waiting_part(self) -> bool:
        """Whether it is a part of a heterogeneous job that waits, which cannot be signalled by itself."""
        return self.job.pending and self.job.het_leader != 0 and self.job.het_component != 0


class Choice(msgspec.Struct):
    """`targets` in the order in which they are signalled; `unknown` are ids of no active job.

    `none_match` tells what native says with `-v` when no job passes all filters.
    """

    targets: list[Target]
    unknown: list[JobId]
    none_match: bool


def needed_fields(settings: Settings) -> frozenset[str]:
    """The fields of a job that choosing and asking look at."""
    wanted = {"pending", "id_text"}
    for filter_name, names in _FIELD_OF.items():
        if getattr(settings, filter_name) is not None:
            wanted.update(names)
    if settings.me:
        wanted.add("user_name")
    if settings.sibling is not None:
        wanted.add("federation_origin")
    if settings.interactive:
        wanted.update(("name", "partition"))
    return fields(wanted)


def choose(ctx: Context, settings: Settings, jobs: Iterable[Job]) -> Choice:
    """What is to be signalled among all `jobs`, pending ones first."""
    active = [job for job in jobs if not job.finished]
    singles = list(expanded(settings.operands))
    passes = filters(ctx, settings)
    found: set[int] = set()
    chosen: list[tuple[Job, JobId | None]] = []
    seen = not singles
    none_match = True
    for job in active:
        named = [place for place, one in enumerate(singles) if names(one, job)]
        found.update(named)
        seen = seen or bool(named)
        if not passes(job):
            continue
        if seen:
            none_match = False
        if named:
            meant = [singles[place] for place in named]
            chosen += [
                (job, each) for each in meant if each.step is None or not job.pending
            ]  # none of what waits
        elif not singles:
            chosen.append((job, None))
    chosen.sort(key=lambda pair: not pair[0].pending)
    leaders = {job.job_id for job, _ in chosen if job.het_leader == job.job_id}
    targets: dict[str, Target] = {}
    for job, one in chosen:
        if job.het_leader and job.het_leader != job.job_id and job.het_leader in leaders:
            continue  # goes with the whole
        target = target_of(job, one, ctx.release)
        if one is not None and one.step is not None:
            target.step = f"{target.text}.{one.step}"
        targets.setdefault(target.text, target)
    return Choice(
        list(targets.values()),
        [one for place, one in enumerate(singles) if one.job and place not in found],
        none_match,
    )


def expanded(operands: Iterable[Operand]) -> Iterator[JobId]:
    """The ids, a set of array tasks as so many tasks."""
    for operand in operands:
        tasks = operand.id.task_ids()
        if tasks is None:
            yield operand.id
        else:
            for task in tasks:
                yield JobId(operand.id.job, task=kept(task), step=operand.id.step)


def names(one: JobId, job: Job) -> bool:
    """Whether an id means this job, all of its array or heterogeneous job included.

    As natively, which part of a heterogeneous job is named does not matter.
    """
    if not one.job:  # what is left of 4294967296
        return False
    if one.task is not None:
        return job.array_leader == one.job and stands_for(job, one.task)
    return one.job in (job.job_id, job.array_leader, job.het_leader)


def stands_for(job: Job, task: int) -> bool:
    """Whether a record of an array is, or includes, that task.

    The server cuts long sets; a task behind the cut is taken for one of them (if it is not, signalling it fails).
    """
    if job.array_task is not None or not job.task_set:
        return job.array_task == task
    waiting = arrayset.parse(job.task_set)
    return task in waiting.tasks or (not waiting.complete and task > max(waiting.tasks, default=-1))


def target_of(job: Job, one: JobId | None, release: tuple[int, int]) -> Target:
    """How to signal a job (or the one task of it that was named)."""
    leader = job.array_leader
    if not leader:
        return Target(str(job.job_id), JobId(job.job_id), job)
    task = job.array_task
    if one is not None and one.task is not None and release >= _OWN_TASKS_SINCE:
        task = one.task
    if task is None and job.task_set:
        waiting = arrayset.parse(job.task_set)
        if len(waiting.tasks) > 1 or not waiting.complete:
            text = f"{leader}_[{job.task_set}]"
            return Target(text, JobId(leader, tasks=job.task_set), job, cut=not waiting.complete)
        (task,) = waiting.tasks
    return Target(f"{leader}_{task}", JobId(leader, task=task), job)


# Filters

Test = Callable[[Job], bool]


def filters(ctx: Context, settings: Settings) -> Test:
    """Whether a job passes all the filters.  An empty one is passed by none, also not by a job that has no such."""
    tests: list[Test] = []
    if settings.account is not None:
        tests.append(lambda job: is_same((job.account or "").lower(), settings.account))
    if settings.name is not None:
        tests.append(lambda job: is_same(job.name, settings.name))
    if settings.nodelist is not None:
        tests.append(on_nodes(ctx, settings.nodelist))
    if settings.partition is not None:
        tests.append(lambda job: is_same(job.partition, settings.partition))
    if settings.qos is not None:
        tests.append(lambda job: is_same((job.qos or "").lower(), settings.qos))
    if settings.reservation is not None:
        tests.append(lambda job: is_same(job.resv_name, settings.reservation))
    if settings.state is not None:
        tests.append(lambda job: settings.state in job.states)
    if settings.me:
        tests.append(lambda job: is_same(job.user_name, ctx.user))
    elif settings.user is not None:
        tests.append(lambda job: belongs(job, settings.user or ""))
    if settings.wckey is not None:
        tests.append(lambda job: is_same(job.wckey, settings.wckey))
    return lambda job: all(test(job) for test in tests)


def is_same(told: str | None, wanted: str | None) -> bool:
    """Whether a job has what is wanted, and something is."""
    return bool(told) and told == wanted


def belongs(job: Job, user: str) -> bool:
    """Whether a job is that user's, by name or by number."""
    return is_same(job.user_name, user) or (user.isdigit() and number(job.user_id) == int(user))


def on_nodes(ctx: Context, text: str) -> Test:
    """Whether a job has one of the nodes that `text` lists, or that the file lists whose path it is.

    As the native command, it reads the list again for each job, with the same complaint each time.
    """
    from slurm_cli_proxy.notation import hostlist

    def wanted() -> frozenset[str]:
        listed = text
        if "/" in text:
            listed = file_of_nodes(ctx, text)
        try:
            return frozenset(hostlist.expand(listed, ctx.release)) if listed else frozenset()
        except hostlist.HostlistError:
            if ctx.release >= _HOSTLIST_WORDS_SINCE:
                ctx.error("hostlist_pop: no hostlist given")
            return frozenset()

    def test(job: Job) -> bool:
        nodes = wanted()
        return bool(nodes and job.nodes and not nodes.isdisjoint(hostlist.expand(job.nodes)))

    return test


def file_of_nodes(ctx: Context, path: str) -> str:
    """The nodes that a file lists, separated by blanks or commas; "" with a complaint when it cannot be read."""
    import os

    try:
        with open(os.path.join(ctx.cwd, path), encoding="utf-8", errors="surrogateescape") as file:
            return ",".join(file.read().replace(",", " ").split())
    except OSError as error:
        ctx.error(f"slurm_allocate_resources error opening file {path}, {error.strerror}")
        return ""


def filter_text(ctx: Context, settings: Settings) -> str:
    """The filters as native lists them: `job_name=x state=PENDING `."""
    values = {name: getattr(settings, name) for name in _LABELS}
    if settings.me:
        values["user"] = str(ctx.uid)
    return "".join(f"{_LABELS[name]}={value} " for name, value in values.items() if value is not None)
