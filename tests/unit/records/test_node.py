"""Nodes and partitions: one meaning from the forms of every API version."""

from __future__ import annotations

import msgspec
import pytest

from slurm_cli_proxy.notation import nodestate as ns
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.node import Node, fields
from slurm_cli_proxy.records.number import INFINITE
from slurm_cli_proxy.records.partition import Partition

OLD_NODE = b"""{"name": "n1", "state": "mixed", "state_flags": ["DRAIN"], "features": "a,b", "free_memory": 77,
  "cpu_load": 12, "slurmd_version": "22.05.8", "reason_set_by_user": null, "reason_changed_at": 5, "other": [1]}"""
NEW_NODE = b"""{"name": "n1", "state": ["MIXED", "DRAIN"], "features": ["a", "b"],
  "free_mem": {"set": true, "infinite": false, "number": 77}, "cpu_load": 12, "version": "26.05.5",
  "reason_set_by_user": "", "reason_changed_at": {"set": true, "infinite": false, "number": 5}}"""


@pytest.mark.parametrize("text", [OLD_NODE, NEW_NODE])
def test_node(text: bytes) -> None:
    node = msgspec.json.decode(text, type=Node)
    assert node.feature_text == "a,b"
    assert node.free_memory_mb == 77
    assert node.load == 12
    assert node.reason_time == 5
    assert node.slurmd_release in ("22.05.8", "26.05.5")
    assert node.state_number & ns.DRAIN


def test_a_drained_node_at_work_is_allocated_to_the_old_commands() -> None:
    assert msgspec.json.decode(OLD_NODE, type=Node).state_number == ns.ALLOCATED | ns.DRAIN
    assert msgspec.json.decode(NEW_NODE, type=Node).state_number == ns.MIXED | ns.DRAIN


@pytest.mark.parametrize("text", [OLD_NODE, NEW_NODE])
def test_a_narrow_node_has_the_fields_behind_a_meaning(text: bytes) -> None:
    record = narrow(Node, fields(frozenset({"free_memory_mb", "port"})))
    node = msgspec.json.decode(text, type=record)
    assert (node.name, node.free_memory_mb, node.port) == ("n1", 77, 0)
    with pytest.raises(AttributeError):
        node.weight  # noqa: B018


def test_nothing_told() -> None:
    node = msgspec.json.decode(b"{}", type=Node)
    assert (node.state_number, node.feature_text, node.free_memory_mb, node.load) == (0, None, None, None)


OLD_PARTITION = b"""{"name": "main", "nodes": "n[1-4]", "flags": ["default"], "state": "UP", "max_time_limit": -1,
  "default_time_limit": 60, "maximum_nodes_per_job": -1, "maximum_cpus_per_node": 7, "min nodes per job": 2,
  "priority_job_factor": 10, "priority_tier": 3, "allowed_groups": "g", "allowed_allocation_nodes": "h"}"""
NEW_PARTITION = b"""{"name": "main", "nodes": {"configured": "n[1-4]", "allowed_allocation": "h"}, "flags": ["DEFAULT"],
  "partition": {"state": ["UP"], "oversubscribe": "YES:4"}, "groups": {"allowed": "g"},
  "maximums": {"time": {"set": false, "infinite": true, "number": 0}, "nodes": {"infinite": true},
    "cpus_per_node": {"set": true, "number": 7}, "oversubscribe": {"jobs": 0, "flags": []}},
  "minimums": {"nodes": 2}, "defaults": {"time": {"set": true, "number": 60}},
  "priority": {"job_factor": 10, "tier": 3}}"""


@pytest.mark.parametrize("text", [OLD_PARTITION, NEW_PARTITION])
def test_partition(text: bytes) -> None:
    partition = msgspec.json.decode(text, type=Partition)
    assert partition.node_list == "n[1-4]"
    assert partition.has_flag("DEFAULT") and partition.knows_flags
    assert partition.states == ("UP",)
    assert partition.max_minutes == INFINITE and partition.default_minutes == 60
    assert partition.max_nodes == INFINITE and partition.min_nodes == 2
    assert partition.max_cpus_per_node == 7
    assert (partition.group_text, partition.allocation_nodes) == ("g", "h")
    assert (partition.job_factor, partition.tier) == (10, 3)


@pytest.mark.parametrize(
    ("text", "sharing"),
    [
        (b'{"partition": {"oversubscribe": "NO"}, "maximums": {"oversubscribe": {"jobs": 0}}}', ("NO", 1)),
        (b'{"partition": {"oversubscribe": "FORCE:3"}}', ("FORCE", 3)),
        (b'{"maximums": {"oversubscribe": {"jobs": 0}}}', ("EXCLUSIVE", 0)),
        (b'{"maximums": {"oversubscribe": {"jobs": 1, "flags": []}}}', ("NO", 1)),
        (b'{"maximums": {"oversubscribe": {"jobs": 1, "flags": ["force"]}}}', ("FORCE", 1)),
        (b'{"maximums": {"oversubscribe": {"jobs": 4}}}', ("YES", 4)),
        (b"{}", None),
    ],
)
def test_oversubscription(text: bytes, sharing: tuple[str, int] | None) -> None:
    assert msgspec.json.decode(text, type=Partition).oversubscribe == sharing


def test_flags_not_told() -> None:
    partition = msgspec.json.decode(b'{"name": "main"}', type=Partition)
    assert not partition.knows_flags and not partition.has_flag("DEFAULT")
