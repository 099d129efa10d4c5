"""`scontrol --json` and `--yaml`: what `show` and `ping` print as documents; other verbs take no notice of them."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands import documents
from slurm_cli_proxy.commands.scontrol import show_job
from slurm_cli_proxy.commands.scontrol.change import tasks_of
from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import document
from slurm_cli_proxy.layout.document import Members
from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.records.job import Job, fields
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.untyped import untyped
from slurm_cli_proxy.rest.wire import decode

INVALID_JOB_ID: Final = 2017
WHOLE_COMMAND_SINCE: Final = (25, 5)


class Kind(msgspec.Struct, frozen=True):
    """Something that can be shown as a document: where it is asked for, the member that lists it, its name there."""

    path: str
    member: str
    name: str = "name"


KINDS: Final = {
    "jobs": Kind("jobs/", "jobs"),
    "jobid": Kind("jobs/", "jobs"),
    "nodes": Kind("nodes/", "nodes"),
    "partitions": Kind("partitions/", "partitions"),
    "partitionname": Kind("partitions/", "partitions"),
    "reservations": Kind("reservations/", "reservations"),
    "reservationname": Kind("reservations/", "reservations"),
    "licenses": Kind("licenses/", "licenses", "LicenseName"),
    "config": Kind("conf", ""),
    "ping": Kind("ping/", "pings"),
}
"""By entity of `show`, and `ping`."""


@untyped
def run(ctx: Context, entity: str, named: str | None, switches: Switches) -> int:
    """Print the document; the exit status.  RestError if the server does not answer."""
    form = switches.document
    kind = KINDS[entity]
    assert form
    version = form.version(ctx.client)
    spoken = version or ctx.client.version
    if kind.member == "jobs":
        members = _jobs(ctx, spoken, named, switches)
    else:
        members = documents.ask(ctx.client, spoken, kind.path, _query(kind, switches))
        if named is not None and kind.member not in ("", "pings", "licenses"):
            _choose(ctx, kind, named, members)
    if not version:
        return documents.complain(ctx, form)
    found = kind.member == "" or bool(document.elements(members, kind.member))
    warning = f"No {kind.member} to dump"
    if kind.member in ("jobs", "reservations"):
        found = True
    members |= {
        "errors": document.raw([]),
        "warnings": document.raw([] if found else [{"description": warning, "source": ""}]),
    }
    argv, operands = switches.argv, switches.operands
    command = [ctx.called, *argv] if ctx.release >= WHOLE_COMMAND_SINCE else operands[:-1]
    documents.show(ctx, form, version, members, argv, operands, command=command)
    return 0


def _query(kind: Kind, switches: Switches) -> dict[str, list[str]] | None:
    flags: list[str] = []
    if kind.member == "nodes":
        flags = ["MIXED", *(["FUTURE"] if switches.future else [])]
    if kind.member in ("nodes", "partitions"):
        flags += ["ALL"] if switches.all else []
    if kind.member == "nodes":
        flags.append("DETAIL")
    return {"flags": flags} if flags else None


def _choose(ctx: Context, kind: Kind, named: str, members: Members) -> None:
    """Leave only what is named: nodes by a host list."""
    texts = document.elements(members, kind.member)
    known: dict[str, msgspec.Raw] = {}
    for text in texts:
        record: dict[str, Any] = msgspec.json.decode(bytes(text))
        known[str(record.get(kind.name))] = text
    names = [named]
    if kind.member == "nodes":
        try:
            names = hostlist.expand(named, ctx.release)
        except hostlist.HostlistError:
            names = []
    members[kind.member] = document.array([known[name] for name in names if name in known])


def _jobs(ctx: Context, version: str, named: str | None, switches: Switches) -> Members:
    """All jobs, those of an id, or the tasks or the part of it."""
    which = show_job.parse(named) if named is not None else show_job.Which(0)
    flags = {"flags": ["ALL" if switches.all or named else "LOCAL", "DETAIL"]}
    if which is None or not which.job:
        return documents.ask(ctx.client, version, "jobs/", flags)
    try:
        members = documents.ask(ctx.client, version, f"job/{which.job}", flags)
    except RestError as error:
        if error.number != INVALID_JOB_ID:
            raise
        members = documents.ask(ctx.client, version, "jobs/", flags)
        members["jobs"] = document.array([])
        return members
    if which.task is None and which.part is None:
        return members
    record = narrow(Job, fields({"task_set", "array_task", "het_leader", "het_component"}))
    jobs: list[Job] = decode(bytes(members["jobs"]), list[record])  # type: ignore[valid-type]
    texts = document.elements(members, "jobs")
    members["jobs"] = document.array([text for job, text in zip(jobs, texts, strict=True) if _is(job, which)])
    return members


def _is(job: Job, which: show_job.Which) -> bool:
    if which.task is not None:
        return which.task in tasks_of(job)
    return show_job.is_part(job, which)
