"""`squeue --json` and `--yaml`: the jobs that the options let through, in the server's order."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from slurm_cli_proxy.commands import documents
from slurm_cli_proxy.commands.listing import PARSERS_SINCE
from slurm_cli_proxy.commands.squeue import arrays, arrays_of, select, users
from slurm_cli_proxy.commands.squeue.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import document
from slurm_cli_proxy.layout.document import Members
from slurm_cli_proxy.records import job as records
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.number import number
from slurm_cli_proxy.rest import rawtext
from slurm_cli_proxy.rest.untyped import untyped
from slurm_cli_proxy.rest.wire import decode, quote

_FILES: Final = re.compile(rb'"(?:standard_\w+|std\w+_expanded)": "[^"]*')
_NO_TASK: Final = (
    b"4294967294"  # NO_VAL, which the server puts for the task of a record that stands for several
)

NOTHING: Final = [{"description": "Zero jobs to dump", "source": ""}]


@untyped
def report(ctx: Context, settings: Settings) -> int:
    """Print the document; the exit status.  RestError if the server does not answer."""
    form = settings.document
    assert form
    if ctx.release < PARSERS_SINCE:
        users.tell_unknown(ctx, settings, ())
        documents.show_as_answered(ctx, form, "jobs")
        return 0
    version = form.version(ctx.client)
    if settings.only_job_state:
        return states_alone(ctx, settings, form)
    lone = settings.jobs[0].path if settings.jobs and len(settings.jobs) == 1 else ""
    path = f"job/{quote(lone)}" if lone else "jobs/"
    flags = ["ALL" if settings.all or settings.jobs else "LOCAL", "DETAIL"]
    members = documents.ask(ctx.client, version or ctx.client.version, path, {"flags": flags})
    users.tell_unknown(ctx, settings, ())
    if not version:
        return documents.complain(ctx, form)
    found = chosen(ctx, settings, members)
    members |= {
        "jobs": document.array(found),
        "errors": document.raw([]),
        "warnings": document.raw([] if found else NOTHING),
    }
    documents.show(ctx, form, version, members, settings.argv, settings.operands)
    return 0


def states_alone(ctx: Context, settings: Settings, form: documents.Form) -> int:
    """Print the states as the server tells them of the jobs asked for, whatever `--states` says."""
    version = form.version(ctx.client)
    query = {"job_id": [job.text for job in settings.jobs]} if settings.jobs is not None else None
    members = documents.ask(ctx.client, version or ctx.client.version, "jobs/state/", query)
    if not version:
        return documents.complain(ctx, form)
    members |= {"errors": document.raw([]), "warnings": document.raw([])}
    documents.show(ctx, form, version, members, settings.argv, settings.operands)
    return 0


def chosen(ctx: Context, settings: Settings, members: Members) -> list[msgspec.Raw]:
    """The jobs' texts; where only some tasks of a record are asked for, with just those."""
    fields = select.fields(settings) | {*arrays.FIELDS}
    texts = document.elements(members, "jobs")
    record = narrow(Job, records.fields(fields))
    body = bytes(members["jobs"])
    jobs: list[Job] = decode(body, list[record])  # type: ignore[valid-type]
    if not body.isascii():  # bytes that are no text are private characters in an answer that is taken apart
        jobs = rawtext.restored(jobs)
    by_id = {job.job_id: (job, text) for job, text in zip(jobs, texts, strict=True)}
    now = number(document.plain(members["last_update"])["number"]) if "last_update" in members else None
    found = select.chosen(jobs, settings, ctx.user, int(ctx.clock()) if now is None else now)
    if settings.jobs is not None:
        found = list(arrays_of(ctx, jobs).asked_for(found, settings.jobs))
    return [_text(job, *by_id[job.job_id]) for job in found]


def _text(shown: Job, answered: Job, text: msgspec.Raw) -> msgspec.Raw:
    if shown is answered:
        return text
    task = shown.array_task
    number_text = b'"set": %s, "infinite": false, "number": %d' % (
        b"false" if task is None else b"true",
        task or 0,
    )
    body = re.sub(rb'("array_task_id":\s*\{)[^}]*', lambda m: m[1] + number_text, bytes(text), count=1)
    if task is not None:
        body = _FILES.sub(lambda m: m[0].replace(_NO_TASK, b"%d" % task), body)
    set_text = b'"%s"' % shown.task_set.encode()
    return msgspec.Raw(re.sub(rb'("array_task_string":\s*)"[^"]*"', lambda m: m[1] + set_text, body, count=1))
