"""What the server is asked: the filters that the API version takes, in its own words.

* v0.0.38 (22.05) knows neither users nor time limits, flags nor whether duplicates are wanted (it gives all), takes
  lists with commas, and says "Nothing found" where nothing is.
* Later versions take lists as repeated keys, and a record of each run unless a flag says what is wanted.
* No version filters by group (24.11's slurmrestd dies of it), or by QOS in the way native does.
"""

from __future__ import annotations

from collections.abc import Sequence

from slurm_cli_proxy.commands.sacct.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation import state
from slurm_cli_proxy.records.accounting import AccountingJob, job_type, state_name
from slurm_cli_proxy.rest import endpoints, versions
from slurm_cli_proxy.rest.client import Client

_OLD = 38


def old(client: Client) -> bool:
    """Whether the API version is v0.0.38."""
    return versions.number(client.version) <= _OLD


def jobs(ctx: Context, settings: Settings, fields: frozenset[str]) -> list[AccountingJob]:
    """The jobs that the server finds, with steps where a field of theirs is wanted."""
    client = ctx.client
    if settings.nothing:
        return []
    query = query_of(ctx, settings, steps=any(name.startswith("step.") for name in fields))
    kind = job_type(fields)
    if flagged(settings) and old(client):
        return _flagged(client, kind, settings, query)
    return endpoints.accounting_jobs(client, kind, query)


def query_of(ctx: Context, settings: Settings, *, steps: bool) -> dict[str, Sequence[str]]:
    """What the request says; `steps`: whether they are wanted, too."""
    if settings.all_clusters:
        from slurm_cli_proxy.commands import clusters

        settings.clusters = clusters.accounted(ctx.client)
    query = _old_query(settings) if old(ctx.client) else _query(settings)
    if not steps:
        query["skip_steps"] = ["true"]
    return query


def flagged(settings: Settings) -> list[str]:
    """The flags (REQUEUED, ...) among the states asked for."""
    return [name for name in settings.states or () if state.is_flag(name)]


def _flagged(
    client: Client, kind: type[AccountingJob], settings: Settings, query: dict[str, Sequence[str]]
) -> list[AccountingJob]:
    """v0.0.38 takes flags for PENDING: all jobs are asked for, and those with the flags kept."""
    others = ",".join(name for name in settings.states or () if not state.is_flag(name))
    found = endpoints.accounting_jobs(client, kind, query | {"state": [others]}) if others else []
    everything = endpoints.accounting_jobs(client, kind, {**query, "state": ["PENDING"]})
    wanted = flagged(settings)
    return [*found, *(job for job in everything if state_name(job.state) in wanted and job not in found)]


def _query(settings: Settings) -> dict[str, Sequence[str]]:
    query = _common(settings)
    if settings.users is not None:
        query["users"] = settings.users
    if settings.limit_min is not None:
        query["timelimit_min"] = [str(settings.limit_min)]
        if settings.limit_max is not None:
            query["timelimit_max"] = [str(settings.limit_max)]
    for flag in settings.flags or ():
        query[flag] = ["true"]
    if settings.duplicates or settings.truncate:  # without any flag, times are not cut
        query["show_duplicates"] = ["true"]
    if not settings.truncate:
        query["disable_truncate_usage_time"] = ["true"]
    if settings.whole_hetjob is not None:
        query["whole_hetjob" if settings.whole_hetjob else "disable_whole_hetjob"] = ["true"]
    if settings.batch_script:
        query["show_batch_script"] = ["true"]
    return query


def _old_query(settings: Settings) -> dict[str, Sequence[str]]:
    query: dict[str, Sequence[str]] = {name: [",".join(values)] for name, values in _common(settings).items()}
    return query


def _common(settings: Settings) -> dict[str, Sequence[str]]:
    wanted = {
        "account": settings.accounts,
        "association": settings.associations,
        "cluster": settings.clusters,
        "constraints": settings.constraints,
        "job_name": settings.names,
        "node": [settings.nodes] if settings.nodes else None,
        "partition": settings.partitions,
        "reason": settings.reasons,
        "state": settings.states,
        "step": [job.path for job in settings.jobs] if settings.jobs else None,
        "wckey": settings.wckeys if settings.wckeys != [""] else None,
    }
    query: dict[str, Sequence[str]] = {name: values for name, values in wanted.items() if values}
    for name, span in (("cpus", settings.cpus), ("nodes", settings.node_count)):
        if span:
            query[f"{name}_min"] = [str(span[0])]
            if span[1]:
                query[f"{name}_max"] = [str(span[1])]
    if (
        settings.start is not None
    ):  # a mere number is no time to v0.0.41 and before, nor is a small one behind uts
        query["start_time"] = [f"uts{max(settings.start, 1000000)}"]
        query["end_time"] = [f"uts{max(settings.end or 0, 1000000) + settings.spare}"]
    return query
