"""Values of `scontrol show job` that releases and API versions tell in different ways."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from slurm_cli_proxy.columns.job_report import LINES
from slurm_cli_proxy.columns.job_values import View
from slurm_cli_proxy.layout.report import for_release, report
from slurm_cli_proxy.records.job import Job

NOW = 1_800_000_000
V38, V42, V45 = (22, 5), (24, 11), (26, 5)


def shown(release: tuple[int, int], told: dict[str, Any], **view: Any) -> dict[str, str]:
    """The items of a job's report by their keys."""
    job = msgspec.convert({"job_id": 7, "job_state": "PENDING", **told}, Job)
    text = report(for_release(LINES, release), job, View(release, NOW, **view), one_line=True)
    return dict(word.split("=", 1) for word in text.split() if "=" in word)


def number(value: int) -> dict[str, Any]:
    return {"set": True, "infinite": False, "number": value}


@pytest.mark.parametrize(
    ("release", "told", "key", "text"),
    [
        (V38, {"time_limit": None}, "TimeLimit", "UNLIMITED"),
        (V38, {"time_limit": 4294967294}, "TimeLimit", "Partition_Limit"),
        (V42, {"time_limit": {"set": False, "infinite": True, "number": 0}}, "TimeLimit", "UNLIMITED"),
        (V42, {"time_limit": number(90)}, "TimeLimit", "01:30:00"),
        (V38, {"nice": None}, "Nice", "0"),
        (V38, {"nice": 4294967291}, "Nice", "-5"),
        (V42, {"nice": -5}, "Nice", "-5"),
        (V38, {"job_state": "RUNNING", "start_time": NOW - 61, "end_time": NOW + 9}, "RunTime", "00:01:01"),
        (V38, {"job_state": "SUSPENDED", "start_time": NOW - 61, "pre_sus_time": 5}, "RunTime", "00:00:05"),
        (V42, {"job_state": "FAILED", "start_time": NOW - 9, "end_time": NOW - 2}, "RunTime", "00:00:07"),
        (V38, {"batch_flag": False, "restart_cnt": 1}, "BatchFlag", "2"),
        (V38, {"minimum_cpus_per_node": 1, "cpus_per_task": None}, "CPUs/Task", "1"),
        (V38, {"minimum_cpus_per_node": 3, "cpus_per_task": None}, "CPUs/Task", "N/A"),
        (V38, {"shared": "none"}, "OverSubscribe", "NO"),
        (V42, {"shared": []}, "OverSubscribe", "OK"),
        (V45, {"shared": []}, "OverSubscribe", "NO"),
        (V45, {"shared": ["none"]}, "Exclusive", "NODE"),
        (V42, {"node_count": number(1), "max_nodes": number(3)}, "NumNodes", "1-3"),
        (V42, {"job_state": ["RUNNING"], "node_count": number(1), "max_nodes": number(3)}, "NumNodes", "1"),
        (V38, {"job_state": "CANCELLED", "cpus": None, "tres_req_str": "cpu=4,mem=1M"}, "NumCPUs", "4"),
        (V42, {"thread_spec": 32766, "core_spec": 0}, "CoreSpec", "*"),
        (V42, {"thread_spec": 2}, "ThreadSpec", "2"),
        (V42, {"memory_per_cpu": number(1536)}, "MinMemoryCPU", "1.50G"),
        (V42, {"memory_per_node": number(100), "memory_per_tres": "gres/gpu:100"}, "MinMemoryTRES", "100M"),
        (V42, {"mail_user": "x", "mail_type": ["END", "TIME=50%", "BEGIN"]}, "MailType", "BEGIN,END,TIME_LIMIT_50"),
        (V42, {"state_description": "a b", "state_reason": "Priority"}, "Reason", "a_b"),
        (V42, {"array_job_id": number(7), "array_task_string": "1-3%2"}, "ArrayTaskId", "1-3%2"),
        (V42, {"wckey": "*k", "flags": ["USING_DEFAULT_WCKEY"]}, "WCKey", "*k"),
        (V38, {"batch_flag": True, "current_working_directory": "/w"}, "StdErr", "/w/slurm-7.out"),
        (V38, {"batch_flag": True, "standard_output": "/w/%j-%N"}, "StdOut", "/w/7-%N"),
        (V42, {"batch_flag": True, "standard_output": "/w/o"}, "StdOut", "/w/o"),
        (V45, {"batch_flag": True, "stdin_expanded": ""}, "StdIn", "/dev/null"),
    ],
)  # fmt: skip
def test_item(release: tuple[int, int], told: dict[str, Any], key: str, text: str) -> None:
    assert shown(release, told).get(key) == text


@pytest.mark.parametrize(
    ("release", "text"),
    [
        (V38, "GresEnforceBind=YesKillOInInvalidDependent=NoSpreadJob=Yes"),
        (V42, "GresEnforceBind=Yes,KillOInInvalidDependent=No,SpreadJob=Yes"),
        (V45, "GresEnforceBind=Yes KillOnInvalidDependent=No SpreadJob=Yes"),
    ],
)
def test_remarks(release: tuple[int, int], text: str) -> None:
    flags = ["SPREAD_JOB", "NO_KILL_INVALID_DEPENDENCY", "GRES_BINDING_ENFORCED"]
    job = msgspec.convert({"job_id": 7, "job_state": "PENDING", "flags": flags}, Job)
    assert text in report(for_release(LINES, release), job, View(release, NOW), one_line=False)


def test_what_is_not_asked_for_is_left_out() -> None:
    items = shown(V42, {"wckey": "k"})
    assert items.keys().isdisjoint(
        {"WCKey", "Comment", "MailUser", "SLUID", "PreemptEligibleTime", "Switches"}
    )


def test_resources_of_each_node() -> None:
    core = {"index": 1, "status": ["ALLOCATED"]}
    idle = {"index": 0, "status": ["UNALLOCATED"]}
    nodes = [
        {"name": name, "memory": {"allocated": 500}, "sockets": [{"index": 1, "cores": [idle, core]}]}
        for name in ("n1", "n2", "n4")
    ]
    told = {
        "job_id": 7,
        "job_state": ["RUNNING"],
        "gres_detail": ["gpu:2(IDX:0-1)"] * 3,
        "job_resources": {"nodes": {"allocation": nodes}},
    }
    job = msgspec.convert(told, Job)
    view = View(V42, NOW, details=True, shape_of=lambda node: (8, 2))
    text = report(for_release(LINES, V42), job, view, one_line=False)
    assert "\n   JOB_GRES=gpu:6\n     Nodes=n[1-2,4] CPU_IDs=18-19 Mem=500 GRES=gpu:2(IDX:0-1)\n" in text
