"""Variables of salloc's command: what was granted, in Slurm's short notation."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.commands.salloc.allocate import AllocatedJob
from slurm_cli_proxy.commands.salloc.environment import command_environment, repeated, tasks_per_node
from slurm_cli_proxy.submission.request import Request


def request(**values: Any) -> Request:
    made = Request()
    made.values.update(values)
    return made


def node(cpus: int, cores: int) -> dict[str, Any]:
    status = [{"status": ["ALLOCATED"]}] * cores + [{"status": ["UNALLOCATED"]}]
    return {"cpus": {"count": cpus}, "sockets": [{"cores": status}]}


@pytest.mark.parametrize(
    ("counts", "text"),
    [([], ""), ([2], "2"), ([2, 2, 2], "2(x3)"), ([16, 16, 4], "16(x2),4"), ([1, 2, 1], "1,2,1")],
)
def test_repeated(counts: list[int], text: str) -> None:
    assert repeated(counts) == text


@pytest.mark.parametrize(
    ("asked", "cpus", "tasks"),
    [
        ({}, [2], [2]),
        ({"cpus_per_task": 3}, [4, 3], [1, 1]),
        ({"ntasks_set": True, "ntasks": 5}, [4, 2], [3, 2]),
        ({"ntasks_set": True, "ntasks": 3, "cpus_per_task": 2, "ntasks_per_node": 2}, [16, 16], [2, 1]),
        ({"ntasks_set": True, "ntasks": 7}, [2, 2], [4, 3]),
        ({"ntasks_set": True, "ntasks": 1}, [2, 2], [1, 0]),
    ],
)
def test_tasks_are_dealt_out(asked: dict[str, Any], cpus: list[int], tasks: list[int]) -> None:
    assert tasks_per_node(request(**asked), cpus) == tasks


@given(st.integers(1, 200), st.lists(st.integers(1, 64), min_size=1, max_size=8))
def test_every_task_has_a_node(tasks: int, cpus: list[int]) -> None:
    assert sum(tasks_per_node(request(ntasks_set=True, ntasks=tasks), cpus)) == tasks


def test_the_variables() -> None:
    job = AllocatedJob(
        job_id=7,
        account="science",
        partition="main",
        qos="normal",
        nodes="node[1-2]",
        cluster="hpc",
        job_resources={"nodes": {"allocation": [node(4, 2), node(2, 1)]}},
    )
    asked = request(ntasks_set=True, ntasks=3, threads_per_core=1, mem=100, name="name")
    found = command_environment([asked], [job], {"HYDRA_BOOTSTRAP": "ssh", "A": "1"}, "/here", "host")
    assert found["A"] == "1"
    assert found["HYDRA_BOOTSTRAP"] == "ssh"
    assert "HYDRA_LAUNCHER_EXTRA_ARGS" not in found
    assert found["OMPI_MCA_plm_slurm_args"] == "--external-launcher"
    assert found["SLURM_JOB_CPUS_PER_NODE"] == "2,1"
    assert found["SLURM_TASKS_PER_NODE"] == "2,1"
    assert found["SLURM_JOB_ID"] == found["SLURM_JOBID"] == "7"
    assert found["SLURM_MEM_PER_NODE"] == "100"
    assert found["SLURM_JOB_NAME"] == "name"


def test_the_variables_of_components() -> None:
    jobs = [
        AllocatedJob(job_id=number, job_resources={"nodes": {"allocation": [node(2, 1)]}})
        for number in (7, 8)
    ]
    asked = [
        request(name="a", ntasks_set=True, ntasks=1, hint="nomultithread"),
        request(name="b", ntasks_set=True, ntasks=2),
    ]
    found = command_environment(asked, jobs, {}, "/here", "host")
    assert found["SLURM_JOB_ID"] == "7"
    assert found["SLURM_JOB_ID_HET_GROUP_1"] == found["SLURM_JOBID_PACK_GROUP_1"] == "8"
    assert (found["SLURM_NTASKS"], found["SLURM_NTASKS_HET_GROUP_1"]) == ("3", "2")
    assert found["SLURM_HET_SIZE"] == found["SLURM_PACK_SIZE"] == "2"
    assert found["SLURM_JOB_NAME_HET_GROUP_0"] == "a"
    assert found["SLURM_HINT"] == "nomultithread"
    assert not {"SLURM_JOBID", "SLURM_JOB_NAME", "SLURM_HINT_HET_GROUP_0"} & set(found)
    del asked[1].values["ntasks_set"]
    assert "SLURM_NTASKS" not in command_environment(asked, jobs, {}, "/here", "host")
