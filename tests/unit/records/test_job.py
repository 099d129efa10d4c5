"""One record decodes every version: what three servers said of the same kinds of jobs has the same meaning."""

from __future__ import annotations

import inspect
import re

import msgspec
import pytest

from slurm_cli_proxy.records import job as job_module
from slurm_cli_proxy.records.job import Job, JobMeanings, NodeShare, exit_pair, fields, node_shares
from slurm_cli_proxy.records.narrow import narrow

# Cut from answers of slurmrestd 22.05.8, 24.11.5 and 26.05.5.
TASK = {
    "v0.0.38": '{"job_id": 97, "array_job_id": 95, "array_task_id": 1, "array_task_string": "", "het_job_id": 0}',
    "v0.0.45": """{"job_id": 97, "array_job_id": {"set": true, "infinite": false, "number": 95},
        "array_task_id": {"set": true, "infinite": false, "number": 1}, "array_task_string": "",
        "het_job_id": {"set": true, "infinite": false, "number": 0}}""",
}
TASKS = {
    "v0.0.38": '{"job_id": 96, "array_job_id": 96, "array_task_id": null, "array_task_string": "1-19:3%2"}',
    "v0.0.45": """{"job_id": 96, "array_job_id": {"set": true, "infinite": false, "number": 96},
        "array_task_id": {"set": false, "infinite": false, "number": 0}, "array_task_string": "1-19:3%2"}""",
}
COMPONENT = {
    "v0.0.38": '{"job_id": 111, "array_job_id": 0, "array_task_id": null, "het_job_id": 110, "het_job_offset": 1}',
    "v0.0.45": """{"job_id": 111, "array_job_id": {"set": true, "infinite": false, "number": 0},
        "array_task_id": {"set": false, "infinite": false, "number": 0},
        "het_job_id": {"set": true, "infinite": false, "number": 110},
        "het_job_offset": {"set": true, "infinite": false, "number": 1}}""",
}
KILLED = {
    "v0.0.38": '{"exit_code": 9}',
    "v0.0.45": """{"exit_code": {"status": ["SIGNALED"], "return_code": {"set": false, "infinite": false,
        "number": 0}, "signal": {"id": {"set": true, "infinite": false, "number": 9}, "name": "KILL"}}}""",
}
FAILED = {
    "v0.0.38": '{"exit_code": 768}',
    "v0.0.45": """{"exit_code": {"status": ["ERROR"], "return_code": {"set": true, "infinite": false, "number": 3},
        "signal": {"id": {"set": false, "infinite": false, "number": 0}, "name": ""}}}""",
}
ALLOCATED = {
    "v0.0.38": """{"job_resources": {"nodes": "node1", "allocated_cores": 2, "allocated_hosts": 1,
        "allocated_nodes": [{"sockets": {"0": {"cores": {"2": "allocated", "1": "allocated"}}},
        "nodename": "node1", "cpus_used": 0, "memory_used": 0, "memory_allocated": 1000}]}}""",
    "v0.0.41": """{"job_resources": {"select_type": ["CPU"], "nodes": {"count": 1, "select_type": ["AVAILABLE"],
        "list": "node1", "whole": false, "allocation": [{"index": 0, "name": "node1", "cpus": {"count": 4, "used": 0},
        "memory": {"used": 0, "allocated": 1000}, "sockets": [{"index": 0, "cores": [
        {"index": 1, "status": ["ALLOCATED"]}, {"index": 2, "status": ["ALLOCATED"]}]}]}]}, "cpus": 4,
        "threads_per_core": {"set": false, "infinite": false, "number": 0}}}""",
}


def decode(text: str) -> Job:
    return msgspec.json.decode(text, type=Job)


@pytest.mark.parametrize(
    ("told", "shown"),
    [(TASK, "95_1"), (TASKS, "96_[1-19:3%2]"), (COMPONENT, "110+1")],
    ids=lambda v: str(v)[:9],
)
def test_ids(told: dict[str, str], shown: str) -> None:
    assert {version: decode(text).id_text for version, text in told.items()} == dict.fromkeys(told, shown)


def test_a_plain_job_is_known_by_its_number() -> None:
    assert decode('{"job_id": 5, "array_job_id": 0, "het_job_id": 0}').id_text == "5"


def test_states_are_text_or_list() -> None:
    assert decode('{"job_state": "RUNNING"}').states == {"RUNNING"}
    several = decode('{"job_state": ["RUNNING", "COMPLETING"]}')
    assert (several.state, several.state_compact, several.running, several.completing, several.finished) == (
        "COMPLETING", "CG", True, True, False,
    )  # fmt: skip
    assert decode('{"job_state": ["COMPLETED"]}').finished


def test_v0_0_38_names_a_flag_alone_and_the_base_state_is_implied() -> None:
    stopped = decode('{"job_state": "STOPPED"}')
    assert (stopped.state, stopped.running, stopped.pending) == ("STOPPED", True, False)
    assert decode('{"job_state": "SPECIAL_EXIT"}').pending
    assert decode('{"job_state": "COMPLETING"}').finished


@pytest.mark.parametrize(("told", "pair"), [(KILLED, (0, 9)), (FAILED, (3, 0))])
def test_exit_codes(told: dict[str, str], pair: tuple[int, int]) -> None:
    assert {version: exit_pair(decode(text).exit_code) for version, text in told.items()} == dict.fromkeys(
        told, pair
    )


def test_allocations() -> None:
    same = [NodeShare("node1", 1000, {0: [1, 2]})]
    assert [node_shares(decode(text).job_resources) for text in ALLOCATED.values()] == [same, same]
    # Of a pending job v0.0.40 says this, v0.0.41 null, v0.0.38 nothing.
    for nothing in ('{"job_resources": {}}', '{"job_resources": null}', "{}"):
        assert node_shares(decode(nothing).job_resources) == []


def test_flags_and_sharing_have_one_name() -> None:
    assert decode('{"flags": ["JOB_MEM_SET"]}').has_flag("EXACT_MEMORY_REQUESTED")
    assert decode('{"flags": ["EXACT_MEMORY_REQUESTED"]}').has_flag("EXACT_MEMORY_REQUESTED")
    assert not decode('{"flags": []}').has_flag("EXACT_MEMORY_REQUESTED")
    told = ('{"shared": "shared"}', '{"shared": ["oversubscribe"]}', '{"shared": null}', '{"shared": []}')
    assert [decode(text).sharing for text in told] == ["oversubscribe", "oversubscribe", "", ""]


def test_a_narrow_record_has_the_meanings_of_its_fields_and_no_more() -> None:
    few = msgspec.json.decode(TASK["v0.0.45"], type=narrow(Job, fields({"id_text"})))
    assert few.id_text == "95_1"
    with pytest.raises(AttributeError):
        _ = few.states


def test_the_table_of_meanings_is_complete() -> None:
    """What a property reads, through others too, is what the table says."""
    sources = {
        name: inspect.getsource(part.fget)
        for name, part in vars(JobMeanings).items()
        if isinstance(part, property) and part.fget
    }

    def read(name: str) -> set[str]:
        if name not in sources:
            return {name}
        return set().union(*(read(other) for other in re.findall(r"self\.(\w+)", sources[name])))

    assert set(sources) == set(job_module.FIELDS_OF)
    for name in sources:
        assert read(name) - {"job_id"} == set(job_module.FIELDS_OF[name]), name
