"""What to ask the server for, and the least that answers it.

| what is asked for                                                        | requests                          |
| --- | --- |
| one id with `-j` (a job, an array, a task)                               | that job                          |
| a few ids of a queue known to be long                                    | each of these jobs                |
| ids and states alone of many ids of a queue known to be long             | the states of these               |
| ids and states alone of a long queue (see `states`)                      | all states                        |
| and whether it is long, where it was never seen                          | all states, before                |
| anything else                                                            | all jobs, without their resources |
| and `-w`                                                                 | nodes, before                     |
| and `%h`, `Exclusive` of 26.05; `-P` sorted by priority                  | partitions, after                 |
| and an array whose task set is cut short, where more of it is needed     | the states of that array, after   |
| and a user that no job has, nor this machine                             | accounting, after                 |

All on one connection.  Of jobs only the fields printed, compared or filtered by are decoded.

Versions: v0.0.38 has no flags (it shows hidden partitions' jobs to everybody) and no states; v0.0.45 does not tell
`shared`, so that where it is printed v0.0.44 is asked, if the server has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from slurm_cli_proxy.commands.squeue.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import arrayset
from slurm_cli_proxy.records import job as records
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.number import Number, number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.wire import Query, quote

_SHARED_UNTIL = "v0.0.44"
_NO_SUCH_JOB = 2017


class Queue(msgspec.Struct):
    """The jobs in the server's order, and its clock (None where it does not tell)."""

    jobs: list[Job]
    now: int | None


def queue(client: Client, settings: Settings, fields: frozenset[str], *, singly: bool = False) -> Queue:
    """The jobs, each with `fields` (or the fields behind meanings) alone.  RestError 2017 for one that is not there.

    `singly`: those of `-j` one by one, passing over those that are not there.
    """
    record = narrow(Job, records.fields(fields))
    answer: Any = msgspec.defstruct(
        "Jobs",
        [("jobs", list[record] | None, None), ("last_update", Number, None)],  # type: ignore[valid-type]
        bases=(Answer,),
    )
    query = None
    if endpoints.offers(client, "listing_flags"):
        query = {"flags": "ALL" if settings.all or settings.jobs else "LOCAL"}
    root = _root(client, fields)
    wanted = list(dict.fromkeys(job.path for job in settings.jobs or ()))
    if singly:
        return _singly(client, [f"{root}job/{quote(path)}" for path in wanted], query, answer)
    path = f"job/{quote(wanted[0])}" if settings.jobs and len(settings.jobs) == 1 else "jobs/"
    told = client.get(root + path, query=query, type=answer)
    return Queue(told.jobs or [], number(told.last_update))


def _singly(client: Client, paths: list[str], query: Query | None, answer: Any) -> Queue:
    found: dict[int, Job] = {}
    now = None
    for path in paths:
        try:
            told = client.get(path, query=query, type=answer)
        except RestError as error:
            if error.number != _NO_SUCH_JOB:
                raise
            continue
        found |= {job.job_id: job for job in told.jobs or ()}
        now = number(told.last_update)
    return Queue(in_servers_order(found.values()), now)


def in_servers_order(jobs: Iterable[Job]) -> list[Job]:
    """Jobs that were asked for one by one, as a listing of all has them: by the time their records were made.

    That is by id but for arrays: when a task goes its own way it takes a new id and keeps the array's record, and
    those that are left go on under the array's id in a new one.
    """
    by_id = sorted(jobs, key=lambda job: job.job_id)
    newest: dict[int, int] = {}
    made: dict[int, int] = {}
    for job in sorted(by_id, key=lambda job: job.job_id == job.array_leader):
        made[job.job_id] = job.job_id
        if job.array_leader:
            made[job.job_id] = newest.get(job.array_leader, job.array_leader)
            newest[job.array_leader] = job.job_id
    return sorted(by_id, key=lambda job: (made[job.job_id], job.job_id))


def _root(client: Client, fields: frozenset[str]) -> str:
    """The API to ask: the one in use, or the last one that tells what is needed."""
    if "sharing" in fields and client.version > _SHARED_UNTIL and _SHARED_UNTIL in client.served:
        return f"/slurm/{_SHARED_UNTIL}/"
    return "slurm:"


def node_names(client: Client) -> dict[str, str]:
    """Every node's name, by its name and by the name of its host, of several there the first one's."""
    from slurm_cli_proxy.records.node import Node

    found = endpoints.nodes(client, narrow(Node, frozenset({"name", "hostname"})), flags=("ALL",))
    return {node.hostname or node.name: node.name for node in reversed(found)} | {
        node.name: node.name for node in found
    }


def partition_tiers(client: Client) -> dict[str, int]:
    """The tier of every partition."""
    from slurm_cli_proxy.records.partition import Partition

    return {found.name: found.tier for found in endpoints.partitions(client, Partition, flags=("ALL",))}


def sharing_partitions(client: Client) -> tuple[frozenset[str], dict[str, str]]:
    """The partitions that let jobs share resources, and those that are exclusive, with how."""
    from slurm_cli_proxy.records.partition import Partition

    sharing, exclusive = set(), {}
    for partition in endpoints.partitions(client, Partition, flags=("ALL",)):
        if (partition.oversubscribe or ("NO", 1))[0] in ("YES", "FORCE"):
            sharing.add(partition.name)
        alone = partition.partition.exclusive if partition.partition else None
        if alone and alone.upper() != "NO":
            exclusive[partition.name] = alone.upper()
    return frozenset(sharing), exclusive


class _State(msgspec.Struct):
    job_id: str | int | None = None


def array_tasks(client: Client, job: Job, apart: frozenset[int]) -> arrayset.ArraySet:
    """The tasks of an array's record whose set is cut short: all of the array but those `apart`.

    Where the API has no list of states, what is known of the set.
    """
    known = arrayset.parse(job.task_set)
    if not endpoints.offers(client, "job_states"):
        return known
    tasks = set(known.tasks)
    for told in endpoints.job_states(client, _State, [str(job.array_leader)]):
        leader, _, task = str(told.job_id).partition("_")
        if leader == str(job.array_leader) and task.isdigit():
            tasks.add(int(task))
    return arrayset.ArraySet(tuple(sorted(tasks - apart)), known.limit)


def check_nodes(ctx: Context, settings: Settings) -> str:
    """Puts the nodes' own names into the settings; the first that there is not, or ""."""
    names = node_names(ctx.client)
    found = []
    for wanted in settings.nodes or ():
        if wanted == "localhost":
            import os

            wanted = os.uname().nodename.partition(".")[0]
        if wanted not in names:
            return wanted
        found.append(names[wanted])
    settings.nodes = found
    return ""
