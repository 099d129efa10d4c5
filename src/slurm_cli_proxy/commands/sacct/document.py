"""`sacct --json` and `--yaml`: the jobs that the options let through, in the order of the listing."""

from __future__ import annotations

import msgspec

from slurm_cli_proxy.commands import documents
from slurm_cli_proxy.commands.listing import PARSERS_SINCE
from slurm_cli_proxy.commands.sacct import ask, numbers, select
from slurm_cli_proxy.commands.sacct.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import document
from slurm_cli_proxy.layout.document import Members
from slurm_cli_proxy.records.accounting import AccountingJob, cpu_time, job_type
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.untyped import untyped
from slurm_cli_proxy.rest.wire import decode

_PATH = "jobs/"
_PLUGIN = "slurmdb"
_USED = ("system", "total", "user")


@untyped
def report(ctx: Context, settings: Settings) -> int:
    """Print the document; the exit status.  RestError if the server does not answer."""
    form = settings.document
    assert form
    steps = not (settings.allocations or settings.batch_script or settings.env_vars)
    query = ask.query_of(ctx, settings, steps=steps)
    if ctx.release < PARSERS_SINCE:
        if settings.qos:
            query["qos"] = [",".join(settings.qos)]
        documents.show_as_answered(
            ctx, form, _PATH, query, plugin=_PLUGIN, tolerate=(endpoints.NOTHING_FOUND,)
        )
        return 0
    version = form.version(ctx.client)
    members = documents.ask(ctx.client, version or ctx.client.version, _PATH, query, plugin=_PLUGIN)
    if not version:
        documents.complain(ctx, form)
        return 0
    found = [] if settings.nothing else chosen(ctx, settings, members)
    members |= {"jobs": document.array(found), "errors": document.raw([]), "warnings": document.raw([])}
    documents.show(ctx, form, version, members, settings.argv, ())
    return 0


def chosen(ctx: Context, settings: Settings, members: Members) -> list[msgspec.Raw]:
    """The jobs' texts, with the CPU time of their steps, which natively the command adds up."""
    fields = select.fields(settings, False) | {"step.time"}
    jobs: list[AccountingJob] = decode(bytes(members["jobs"]), list[job_type(fields)])  # type: ignore[misc, arg-type]
    texts = dict(zip(map(id, jobs), document.elements(members, "jobs"), strict=True))
    group_ids = numbers.group_ids(fields, jobs)
    found = select.chosen(jobs, settings, old=False, user_ids={}, group_ids=group_ids)
    return [_summed(job, texts[id(job)]) for job in found]


def _summed(job: AccountingJob, text: msgspec.Raw) -> msgspec.Raw:
    sums = {kind: cpu_time(getattr(job, "steps", None) or (), kind) for kind in _USED}
    if not any(sums.values()):
        return text
    members: Members = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    time = document.plain(members["time"])
    for kind, used in sums.items():
        seconds, microseconds = divmod(used, 1000000)
        time[kind] = {"seconds": seconds, "microseconds": microseconds}
    members["time"] = document.raw(time)
    return document.whole(members)
