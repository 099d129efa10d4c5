"""What was asked for, as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from slurm_cli_proxy.commands.sacct import jobids

if TYPE_CHECKING:
    from slurm_cli_proxy.commands.documents import Form

NO_FLAG: Final = "scheduler_unset"  # which no job has, so that it fits none
FLAGS: Final = {
    "none": NO_FLAG,
    "schedsubmit": "scheduled_on_submit",
    "schedmain": "scheduled_by_main",
    "schedbackfill": "scheduled_by_backfill",
    "startreceived": "job_started",
}
"""What `--flags` takes, and the API's name of it."""


class Settings(msgspec.Struct):
    """What to list and how.  Filters are None where not asked for.  `start`, `end`: epoch seconds; `spare`: as many
    more are asked for, since this machine's clock may be behind the cluster's.  `format_text`: what `--format` said.

    `reasons` are numbers; `all_clusters`: those that accounting knows, whatever `clusters` says.
    """

    all_users: bool = False
    all_clusters: bool = False
    allocations: bool = False
    array: bool = False
    batch_script: bool = False
    env_vars: bool = False
    completion: bool = False
    duplicates: bool = False
    expand: bool = False
    truncate: bool = False
    spare: int = 0
    noconvert: bool = False
    no_header: bool = False
    parsable: int = 0
    delimiter: str = "|"
    unit: str = ""
    verbose: int = 0
    format: str | None = None
    format_text: str | None = None
    document: Form | None = None
    argv: list[str] = []
    operands: list[str] = []
    whole_hetjob: bool | None = None
    start: int | None = None
    end: int | None = None
    jobs: list[jobids.JobId] | None = None
    users: list[str] | None = None
    groups: list[str] | None = None
    accounts: list[str] | None = None
    associations: list[str] | None = None
    clusters: list[str] | None = None
    constraints: list[str] | None = None
    flags: list[str] | None = None
    names: list[str] | None = None
    nodes: str | None = None
    partitions: list[str] | None = None
    qos: list[str] | None = None
    reasons: list[str] | None = None
    states: list[str] | None = None
    wckeys: list[str] | None = None
    cpus: tuple[int, int] | None = None
    node_count: tuple[int, int] | None = None
    limit_min: int | None = None
    limit_max: int | None = None

    @property
    def nothing(self) -> bool:
        """Whether a filter is such that no job can pass it: an empty name, or flags of which none is set."""
        named = (self.accounts, self.associations, self.clusters, self.names, self.partitions, self.qos)
        return [""] in named or self.nodes == "" or self.flags == []
