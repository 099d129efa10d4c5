"""Which partition is the default one, where the API does not tell (v0.0.40 to v0.0.44).

A profile may say.  Else the jobs do: one that named no partition has the flag USING_DEFAULT_PARTITION, and stands in
the partition that was the default when it came.  What they say is kept in the user's cache for an hour, since for it
all jobs have to be listed.
"""

from __future__ import annotations

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import cache, endpoints
from slurm_cli_proxy.rest.errors import RestError

KEPT = 3600
"""Seconds for which an answer is kept."""

MANY = 500
"""So many jobs are not asked for again soon, whatever they told."""

FLAG = "USING_DEFAULT_PARTITION"


class DefaultPartition:
    """Tells the default partition's name, "" where it cannot be known; asks when it is first called."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._name: str | None = None

    def __call__(self) -> str:
        if self._name is None:
            self._name = self._ctx.profile.default_partition or self._learned()
        return self._name

    def _learned(self) -> str:
        path = cache.place(self._ctx.environ, "default-partitions", self._ctx.profile.url)
        now = int(self._ctx.clock())
        when, _, name = (cache.read(path) or b"").decode("utf-8", "replace").partition(" ")
        if when.isdigit() and 0 <= now - int(when) < KEPT:
            return name
        name, costly = self._ask()
        if name or costly:
            cache.write(path, f"{now} {name}".encode())
        return name

    def _ask(self) -> tuple[str, bool]:
        """The partition of most of the jobs that named none, and whether there were many to ask for."""
        from collections import Counter

        from slurm_cli_proxy.records.job import Job
        from slurm_cli_proxy.records.narrow import narrow

        record = narrow(Job, frozenset({"job_id", "partition", "flags"}))
        try:
            jobs = endpoints.jobs(self._ctx.client, record, flags=("LOCAL",))
        except RestError:
            return "", False
        named = Counter(job.partition for job in jobs if job.partition and job.has_flag(FLAG))
        return (named.most_common(1)[0][0] if named else ""), len(jobs) >= MANY
