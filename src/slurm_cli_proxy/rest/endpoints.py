"""What slurmrestd can be asked, by name, with each API version's differences in one place.

`SINCE` and `client.version` tell what a server has (`offers`). Differences that a caller would stumble over are
settled here:

* v0.0.38 (22.05): no `flags` on listings (all and everything is shown), no `/jobs/state/`, no `DELETE /jobs/`, no
  change of nodes; job changes and submissions are worded as sbatch's options (`payload`).
* v0.0.40, v0.0.41: `DELETE /job/{id}` says nothing of a job that is not there; `DELETE /jobs/` does, and is used.
* v0.0.40 and later: a node, partition or reservation that does not exist comes as error 0, as 9000 or as a mere
  warning; here it is the number native commands get (`ABSENT`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from slurm_cli_proxy.records.number import Number, number
from slurm_cli_proxy.rest import versions
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.wire import Query, decode, quote

if TYPE_CHECKING:
    from slurm_cli_proxy.records.diag import Statistics
    from slurm_cli_proxy.records.share import Share

R = TypeVar("R")

SINCE: dict[str, int] = {
    "allocate": 41,
    "conf": 45,
    "job_states": 40,
    "kill_jobs": 40,
    "listing_flags": 40,
    "on_behalf": 40,
    "requeue": 45,
    "shares": 40,
    "update_node": 40,
    "update_reservation": 43,
    "delete_reservation": 42,
    "create_node": 44,
    "node_topology": 45,
    "delete_node": 40,
    "delete_partition": 45,
    "resources": 44,
    "update_partition": 45,
    "reconfigure": 40,
}
"""What not every version has: the last part of the first version that has it."""

NOTHING_FOUND = 9003
"""What v0.0.38's accounting answers when no record fits."""

INVALID_JOB_ID = 2017
NO_JOB = 0xFFFFFFFD
"""From here on numbers mean something else than a job."""

ABSENT = {"node": 2018, "partition": 2000, "reservation": 2053}
"""Kind of thing to Slurm's error number for one that does not exist."""


def offers(client: Client, what: str) -> bool:
    """Whether the API version in use has something that `SINCE` lists."""
    return versions.number(client.version) >= SINCE[what]


class Submitted(Answer):
    """The answer to a submission; `job_id` None if nothing was submitted."""

    job_id: int | None = None
    step_id: str | None = None
    job_submit_user_msg: str | None = None


class Failure(msgspec.Struct):
    """An error number with its text; 0 for success."""

    code: int | None = None
    message: str | None = None
    string: str | None = None


class Killed(msgspec.Struct):
    """What became of one job (or array task, or step) that was to be signalled: `error.code` 0 is success."""

    step_id: str | None = None
    job_id: Number = None
    error: Failure = msgspec.field(default_factory=Failure)

    @property
    def number(self) -> int:
        """The job's own number (of an array task, too); 0 where there is no such job."""
        return number(self.job_id) or 0


class Updated(msgspec.Struct):
    """What became of one job (or array task) that was to be changed: `error_code` 0 is success."""

    job_id: int | str | None = None
    step_id: str | None = None
    error: str | None = None
    error_code: int | None = None
    why: str | None = None


class _KilledAnswer(Answer):
    status: list[Killed] | None = None


class _UpdatedAnswer(Answer):
    results: list[Updated] | None = None


def answer_type(name: str, record: type[R]) -> type[Any]:
    """The type of an answer that holds a list of records under that name."""
    return msgspec.defstruct("Listing", [(name, list[record] | None, None)], bases=(Answer,))  # type: ignore[valid-type]


def listing(client: Client, path: str, name: str, record: type[R], query: Query | None = None) -> list[R]:
    """The list `name` of the answer to GET `path`, e.g. `listing(client, "slurm:jobs/", "jobs", Job)`."""
    records: list[R] | None = getattr(client.get(path, query=query, type=answer_type(name, record)), name)
    return records or []


# Reading


def ping(client: Client, record: type[R]) -> list[R]:
    """The controllers, and whether they answer."""
    return listing(client, "slurm:ping/", "pings", record)


def jobs(client: Client, record: type[R], *, flags: Sequence[str] = ()) -> list[R]:
    """All jobs. `flags` as the API has them, where listings have flags; without any they are ALL and DETAIL.

    ALL alone leaves out what DETAIL adds (the resources on each node) and costs the server less.
    """
    return listing(client, "slurm:jobs/", "jobs", record, _flags(client, flags))


def job(client: Client, job_id: str, record: type[R], *, flags: Sequence[str] = ()) -> list[R]:
    """One job, all tasks of an array, or all parts of a het job. 2017 if there is none.

    Numbers that no job can have are not asked for: the API would complain of the question.
    """
    if job_id.isdigit() and not 0 < int(job_id) < NO_JOB:
        raise client.slurm_error(INVALID_JOB_ID)
    return listing(client, f"slurm:job/{quote(job_id)}", "jobs", record, _flags(client, flags))


def job_states(client: Client, record: type[R], job_ids: Sequence[str] = ()) -> list[R]:
    """Ids and states alone, cheaply (see `offers`); of all jobs if none are named."""
    query = {"job_id": list(job_ids)} if job_ids else None
    return listing(client, "slurm:jobs/state/", "jobs", record, query)


def nodes(client: Client, record: type[R], *, flags: Sequence[str] = ()) -> list[R]:
    """All nodes."""
    return listing(client, "slurm:nodes/", "nodes", record, _flags(client, flags))


def node(client: Client, name: str, record: type[R], *, flags: Sequence[str] = ()) -> list[R]:
    """One node; 2018 if there is none."""
    return _one(client, "node", name, "nodes", record, flags)


def partitions(client: Client, record: type[R], *, flags: Sequence[str] = ()) -> list[R]:
    """All partitions the user may see, and with flag ALL the hidden ones."""
    return listing(client, "slurm:partitions/", "partitions", record, _flags(client, flags))


def partition(client: Client, name: str, record: type[R], *, flags: Sequence[str] = ()) -> list[R]:
    """One partition; 2000 if there is none."""
    return _one(client, "partition", name, "partitions", record, flags)


def reservations(client: Client, record: type[R]) -> list[R]:
    """All reservations."""
    return listing(client, "slurm:reservations/", "reservations", record)


def reservation(client: Client, name: str, record: type[R]) -> list[R]:
    """One reservation; 2053 if there is none."""
    return _one(client, "reservation", name, "reservations", record, ())


def licenses(client: Client, record: type[R]) -> list[R]:
    """All licenses."""
    return listing(client, "slurm:licenses/", "licenses", record)


def diag(client: Client) -> Statistics:
    """The controller's statistics."""
    from slurm_cli_proxy.records.diag import DiagAnswer, Statistics

    return client.get("slurm:diag/", type=DiagAnswer).statistics or Statistics()


# Accounting


def shares(client: Client) -> list[Share]:
    """The associations' shares, as a tree from the root down (see `offers`)."""
    from slurm_cli_proxy.records.share import SharesAnswer

    answer = client.get("slurm:shares", type=SharesAnswer)
    return (answer.shares.shares if answer.shares else None) or []


def accounting_jobs(client: Client, record: type[R], query: Query) -> list[R]:
    """The accounting's jobs; an empty list where none is found (v0.0.38 calls that an error)."""
    answer = client.get(
        "slurmdb:jobs/", query=query, type=answer_type("jobs", record), tolerate=(NOTHING_FOUND,)
    )
    records: list[R] | None = answer.jobs
    return records or []


# Changing


def submit(client: Client, script: str, *jobs: Mapping[str, Any]) -> Submitted:
    """Submit a batch job, of several `jobs` a heterogeneous one; in the newest vocabulary. RestError if it was refused.

    payload.NotCarried, before anything is sent, if no API version of the server can express a field.
    """
    from slurm_cli_proxy.rest import payload, rawjson

    def send(version: str, jobs: Sequence[Mapping[str, Any]]) -> Submitted:
        body = rawjson.encode(payload.submission(version, script, *jobs))
        return client.post(f"/slurm/{version}/job/submit", body=body, type=Submitted, once=True)

    return _one_job(client, jobs, send, lambda send: _in_version_for(client, jobs, send))


def can_allocate(client: Client) -> bool:
    """Whether any API version of the server has the allocation call."""
    return any(versions.number(version) >= SINCE["allocate"] for version in client.served)


def allocate(client: Client, job: Mapping[str, Any]) -> Submitted:
    """Obtain an allocation without a script. RestError if it was refused; payload.NotCarried as with `submit`.

    Unless the job asks for `immediate`, the answer comes when the allocation is granted, and keeps one of slurmrestd's
    few threads until then. Without a listener on this side, there is no port to confirm it to.
    """
    from slurm_cli_proxy.rest import payload, rawjson

    serving = [version for version in client.served if versions.number(version) >= SINCE["allocate"]]
    fields = {**job, "allocation_node_port": 0}
    version = payload.version_for(serving, fields)

    def send(version: str, jobs: Sequence[Mapping[str, Any]]) -> Submitted:
        body = {"job": payload.submission(version, "", *jobs)["job"]}
        return client.post(
            f"/slurm/{version}/job/allocate", body=rawjson.encode(body), type=Submitted, once=True
        )

    return _one_job(client, [fields], send, lambda send: send(version))


def update_job(client: Client, job_id: str, fields: Mapping[str, Any]) -> list[Updated]:
    """Change a job; `fields` in the newest vocabulary. What became of each task, where the answer tells.

    RestError if nothing was changed; payload.NotCarried as with `submit`.
    """
    from slurm_cli_proxy.rest import payload, rawjson

    if client.names is not None:
        fields = client.names.job(fields)

    if fields.get("mail_type") and "mail_user" not in fields:
        fields = {**fields, **_mail_user(client, job_id)}

    def send(version: str) -> list[Updated]:
        body = rawjson.encode(payload.update(version, fields))
        return (
            client.post(
                f"/slurm/{version}/job/{quote(job_id)}", body=body, type=_UpdatedAnswer, once=adds(fields)
            ).results
            or []
        )

    return _in_version_for(client, [fields], send, update=True)


def kill_jobs(
    client: Client, job_ids: Sequence[str], *, signal: str = "", flags: Sequence[str] = (), **filters: Any
) -> list[Killed]:
    """Signal jobs, or cancel them (SIGKILL) without `signal`; what became of each.

    `filters` are those of `DELETE /jobs/` (account, job_name, partition, qos, reservation, job_state, user_id,
    user_name, wckey, nodes). An empty one fits no job, but empty `nodes` any. Before v0.0.40
    there are neither filters nor flags: ValueError, nothing is sent.
    """
    if offers(client, "kill_jobs"):
        body: dict[str, Any] = {name: value for name, value in filters.items() if value is not None}
        body |= {"jobs": list(job_ids)} if job_ids else {}
        body |= {"signal": signal} if signal else {}
        body |= {"flags": list(flags)} if flags else {}
        once = not _kills(signal)
        return client.delete("slurm:jobs/", body=body, type=_KilledAnswer, once=once).status or []
    if filters or flags:
        raise ValueError("this API version signals jobs one by one, without filters and flags")
    return [_kill_one(client, job_id, signal) for job_id in job_ids]


def update_node(client: Client, name: str, fields: Mapping[str, Any]) -> None:
    """Change a node (see `offers`)."""
    client.post(f"slurm:node/{quote(name)}", body=dict(fields), type=Answer)


def adds(fields: Mapping[str, Any]) -> bool:
    """Whether a change adds to what is there (`+=`, `-=`), so that doing it twice is not doing it once."""
    return any(
        isinstance(one, str) and one[:1] in ("+", "-")
        for value in fields.values()
        for one in (value if isinstance(value, list) else (value,))
    )


class _Mailed(msgspec.Struct):
    mail_user: str | None = None


def _mail_user(client: Client, job_id: str) -> dict[str, str]:
    """The `mail_user` of a job that is to send mail from now on, where a mark is in it."""
    from slurm_cli_proxy.rest import marks

    if versions.number(client.version) < marks.SINCE:
        return {}
    user = next((each.mail_user or "" for each in job(client, job_id, _Mailed)), "")
    plain = marks.unmarked(user)
    return {} if plain == user else {"mail_user": plain}


def _kills(signal: str) -> bool:
    """Whether it is the signal that a job gets but once."""
    return signal.upper().removeprefix("SIG") in ("", "9", "KILL")


# How


def _flags(client: Client, flags: Sequence[str]) -> Query | None:
    return {"flags": list(flags)} if flags and offers(client, "listing_flags") else None


def _one(client: Client, kind: str, name: str, plural: str, record: type[R], flags: Sequence[str]) -> list[R]:
    try:
        records = listing(client, f"slurm:{kind}/{quote(name)}", plural, record, _flags(client, flags))
    except RestError as error:
        if error.number in (0, 9000) and error.http_status in (200, 422):
            raise client.slurm_error(ABSENT[kind]) from None
        raise
    if not records:
        raise client.slurm_error(ABSENT[kind])
    return records


def _in_version_for(
    client: Client, jobs: Sequence[Mapping[str, Any]], send: Callable[[str], R], *, update: bool = False
) -> R:
    """Send in the newest version that carries all fields; again if the server turns out to serve others by now."""
    from slurm_cli_proxy.rest import payload

    version = payload.version_for(client.served, *jobs, update=update)
    try:
        return send(version)
    except RestError as error:
        if error.http_status != 404 or version in client.served:
            raise
    return send(payload.version_for(client.served, *jobs, update=update))


def _one_job(
    client: Client,
    jobs: Sequence[Mapping[str, Any]],
    send: Callable[[str, Sequence[Mapping[str, Any]]], Submitted],
    in_version: Callable[[Callable[[str], Submitted]], Submitted],
) -> Submitted:
    """Send a submission such that it becomes one job: marked where marks are told, looked for when its answer was lost.

    An error beside a job id is a warning about a job that was submitted, and such an answer is returned like any other.
    """
    from slurm_cli_proxy.rest import marks

    began = time.monotonic()
    mark = ""
    again: Callable[[], Submitted]

    def marked(version: str) -> Submitted:
        nonlocal mark, again
        mark = marks.new() if versions.number(version) >= marks.SINCE else ""
        carried = marks.marked(jobs, client.user, mark) if mark else None
        if carried is None:
            mark, carried = "", list(jobs)
        again = lambda: _told(lambda: send(version, carried))  # noqa: E731
        return again()

    try:
        answer = in_version(marked)
    except RestError as error:
        if not error.lost:
            raise
        from slurm_cli_proxy.rest.lost import Lost

        answer = Lost(client, error, began=began, mark=mark, job=jobs[0], send=again).recover()
    if answer.job_id and not mark:
        client.note_answered(answer.job_id)
    return answer


def _told(send: Callable[[], Submitted]) -> Submitted:
    try:
        return send()
    except RestError as error:
        answer = _beside(error)
        if answer is None:
            raise
        return answer


def _beside(error: RestError) -> Submitted | None:
    """The submitted job of an answer that reports an error too."""
    if not error.body:
        return None
    try:
        answer = decode(error.body, Submitted)
    except (msgspec.MsgspecError, RecursionError):
        return None
    return answer if answer.job_id else None


def _kill_one(client: Client, job_id: str, signal: str) -> Killed:
    try:
        query = {"signal": signal} if signal else None
        client.delete(f"slurm:job/{quote(job_id)}", query=query, type=Answer, once=not _kills(signal))
    except RestError as error:
        if error.detail is not None:  # the trouble is with the server, not with this job
            raise
        return Killed(job_id, error=Failure(error.number, error.text, error.text))
    return Killed(job_id)
