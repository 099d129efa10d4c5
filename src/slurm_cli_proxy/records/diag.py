"""The controller's statistics, as `/slurm/…/diag` tells them."""

from __future__ import annotations

from msgspec import Struct, field

from slurm_cli_proxy.records.number import Number
from slurm_cli_proxy.rest.answer import Answer


class Rpc(Struct):
    """A kind of request, or a user's requests: how many, and how long they took (microseconds)."""

    message_type: str = ""
    type_id: int = 0
    user: str = ""
    user_id: int = 0
    count: int = 0
    average_time: Number = None
    total_time: int = 0

    @property
    def number(self) -> int:
        """The request's number, or the user's."""
        return self.type_id or self.user_id


class Pending(Struct):
    """A request that waits in an agent's queue, or those of one set of nodes."""

    message_type: str = ""
    type_id: int = 0
    count: Number = None


class Statistics(Struct):
    """The report; times are epoch seconds, durations microseconds."""

    req_time: Number = None
    req_time_start: Number = None
    server_thread_count: int = 0
    agent_queue_size: int = 0
    agent_count: int = 0
    agent_thread_count: int = 0
    dbd_agent_queue_size: int = 0
    gettimeofday_latency: int = 0
    schedule_cycle_max: int = 0
    schedule_cycle_last: int = 0
    schedule_cycle_total: int = 0
    schedule_cycle_mean: int = 0
    schedule_cycle_mean_depth: int = 0
    schedule_cycle_per_minute: int = 0
    schedule_queue_length: int = 0
    schedule_exit: dict[str, int] = field(default_factory=dict)
    jobs_submitted: int = 0
    jobs_started: int = 0
    jobs_completed: int = 0
    jobs_canceled: int = 0
    jobs_failed: int = 0
    jobs_pending: int = 0
    jobs_running: int = 0
    job_states_ts: Number = None
    bf_backfilled_jobs: int = 0
    bf_last_backfilled_jobs: int = 0
    bf_backfilled_het_jobs: int = 0
    bf_cycle_counter: int = 0
    bf_cycle_mean: int = 0
    bf_depth_mean: int = 0
    bf_depth_mean_try: int = 0
    bf_cycle_last: int = 0
    bf_cycle_max: int = 0
    bf_exit: dict[str, int] = field(default_factory=dict)
    bf_last_depth: int = 0
    bf_last_depth_try: int = 0
    bf_queue_len: int = 0
    bf_queue_len_mean: int = 0
    bf_table_size: int = 0
    bf_table_size_mean: int = 0
    bf_when_last_cycle: Number = None
    bf_active: bool = False
    rpcs_by_message_type: list[Rpc] = field(default_factory=list)
    rpcs_by_user: list[Rpc] = field(default_factory=list)
    pending_rpcs: list[Pending] = field(default_factory=list)


class DiagAnswer(Answer):
    """The answer."""

    statistics: Statistics | None = None
