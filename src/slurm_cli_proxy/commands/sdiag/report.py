"""The text of sdiag's report."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from slurm_cli_proxy.records.diag import Rpc, Statistics
from slurm_cli_proxy.records.number import Number, number

Release = tuple[int, int]

_EXITS_SINCE: Final = (23, 2)
_RULE: Final = "*******************************************************\n"

_MAIN_EXIT: Final = (
    ("End of job queue:", "end_job_queue"),
    ("Hit default_queue_depth: ", "default_queue_depth"),
    ("Hit sched_max_job_start: ", "max_job_start"),
    ("Blocked on licenses: ", "licenses"),
    ("Hit max_rpc_cnt: ", "max_rpc_cnt"),
    ("Timeout (max_sched_time): ", "max_sched_time"),
)
_BACKFILL_EXIT: Final = (
    ("End of job queue:", "end_job_queue"),
    ("Hit bf_max_job_start: ", "bf_max_job_start"),
    ("Hit bf_max_job_test: ", "bf_max_job_test"),
    ("System state changed: ", "state_changed"),
    ("Hit table size limit (bf_node_space_size): ", "bf_node_space_size"),
    ("Timeout (bf_max_time): ", "bf_max_time"),
)
_KEYS: Final[dict[str, Callable[[Rpc], int]]] = {
    "": lambda rpc: -rpc.count,
    "sort_by_id": lambda rpc: rpc.number,
    "sort_by_time": lambda rpc: -rpc.total_time,
    "sort_by_time2": lambda rpc: -(number(rpc.average_time) or 0),
}


def report(told: Statistics, release: Release, sort: str, *, whole: bool = False) -> str:
    """The whole report; `sort` is the option that sorts requests, or "", `whole` keeps long names."""
    parts = [_head(told, release), _jobs(told), _main(told)]
    if release >= _EXITS_SINCE:
        parts.append(_exits("Main scheduler exit:", _MAIN_EXIT, told.schedule_exit))
    parts.append(_backfill(told))
    if release >= _EXITS_SINCE:
        parts.append(_exits("Backfill exit", _BACKFILL_EXIT, told.bf_exit))
    parts.append(f"Latency for 1000 calls to gettimeofday(): {told.gettimeofday_latency} microseconds\n")
    key = _KEYS[sort]
    types = "".join(
        _rpc(rpc, rpc.message_type, 40, 5, whole) for rpc in sorted(told.rpcs_by_message_type, key=key)
    )
    users = "".join(_rpc(rpc, rpc.user, 16, 8, whole) for rpc in sorted(told.rpcs_by_user, key=key))
    parts.append(f"Remote Procedure Call statistics by message type\n{types}")
    parts.append(f"Remote Procedure Call statistics by user\n{users}")
    waiting = "".join(
        f"\t{one.message_type[:40]:40}({one.type_id:5}) count:{number(one.count) or 0:<6}\n"
        for one in told.pending_rpcs
    )
    parts.append("Pending RPC statistics\n" + (waiting or "\tNo pending RPCs\n"))
    return "\n".join(parts)


def _rpc(rpc: Rpc, name: str, width: int, digits: int, whole: bool) -> str:
    average = number(rpc.average_time) or 0
    shown = name if whole else name[:width]
    took = f"ave_time:{average:<6} total_time:{rpc.total_time}"
    return f"\t{shown:{width}}({rpc.number:{digits}}) count:{rpc.count:<6} {took}\n"


def _moment(value: Number) -> str:
    when = number(value) or 0
    return f"{time.ctime(when)} ({when})"


def _head(told: Statistics, release: Release) -> str:
    queue = "RPC queue enabled:    0\n" if release >= _EXITS_SINCE else ""
    return (
        f"{_RULE}sdiag output at {_moment(told.req_time)}\nData since      {_moment(told.req_time_start)}\n{_RULE}"
        f"Server thread count:  {told.server_thread_count}\n{queue}"
        f"Agent queue size:     {told.agent_queue_size}\n"
        f"Agent count:          {told.agent_count}\n"
        f"Agent thread count:   {told.agent_thread_count}\n"
        f"DBD Agent queue size: {told.dbd_agent_queue_size}\n"
    )


def _jobs(told: Statistics) -> str:
    return (
        f"Jobs submitted: {told.jobs_submitted}\n"
        f"Jobs started:   {told.jobs_started}\n"
        f"Jobs completed: {told.jobs_completed}\n"
        f"Jobs canceled:  {told.jobs_canceled}\n"
        f"Jobs failed:    {told.jobs_failed}\n\n"
        f"Job states ts:  {_moment(told.job_states_ts)}\n"
        f"Jobs pending:   {told.jobs_pending}\n"
        f"Jobs running:   {told.jobs_running}\n"
    )


def _main(told: Statistics) -> str:
    lines = [
        "Main schedule statistics (microseconds):",
        f"\tLast cycle:   {told.schedule_cycle_last}",
        f"\tMax cycle:    {told.schedule_cycle_max}",
        f"\tTotal cycles: {told.schedule_cycle_total}",
    ]
    if told.schedule_cycle_total:
        lines.append(f"\tMean cycle:   {told.schedule_cycle_mean}")
        lines.append(f"\tMean depth cycle:  {told.schedule_cycle_mean_depth}")
    if told.schedule_cycle_per_minute:
        lines.append(f"\tCycles per minute: {told.schedule_cycle_per_minute}")
    lines.append(f"\tLast queue length: {told.schedule_queue_length}")
    return "\n".join(lines) + "\n"


def _backfill(told: Statistics) -> str:
    active = " (WARNING: data obtained in the middle of backfilling execution.)" if told.bf_active else ""
    lines = [
        f"Backfilling stats{active}",
        f"\tTotal backfilled jobs (since last slurm start): {told.bf_backfilled_jobs}",
        f"\tTotal backfilled jobs (since last stats cycle start): {told.bf_last_backfilled_jobs}",
        f"\tTotal backfilled heterogeneous job components: {told.bf_backfilled_het_jobs}",
        f"\tTotal cycles: {told.bf_cycle_counter}",
        f"\tLast cycle when: {_moment(told.bf_when_last_cycle) if number(told.bf_when_last_cycle) else 'N/A'}",
        f"\tLast cycle: {told.bf_cycle_last}",
        f"\tMax cycle:  {told.bf_cycle_max}",
    ]
    some = told.bf_cycle_counter > 0
    if some:
        lines.append(f"\tMean cycle: {told.bf_cycle_mean}")
    lines += [
        f"\tLast depth cycle: {told.bf_last_depth}",
        f"\tLast depth cycle (try sched): {told.bf_last_depth_try}",
    ]
    if some:
        lines += [
            f"\tDepth Mean: {told.bf_depth_mean}",
            f"\tDepth Mean (try depth): {told.bf_depth_mean_try}",
        ]
    lines.append(f"\tLast queue length: {told.bf_queue_len}")
    if some:
        lines.append(f"\tQueue length mean: {told.bf_queue_len_mean}")
    lines.append(f"\tLast table size: {told.bf_table_size}")
    if some:
        lines.append(f"\tMean table size: {told.bf_table_size_mean}")
    return "\n".join(lines) + "\n"


def _exits(title: str, rows: tuple[tuple[str, str], ...], told: dict[str, int]) -> str:
    return f"{title}\n" + "".join(f"\t{text}{told.get(name, 0)}\n" for text, name in rows)
