"""Which nodes share a line, and what is counted on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.commands.sinfo import order
from slurm_cli_proxy.commands.sinfo.lines import Line, build
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.records.partition import Partition

NEW = (26, 5)


def node(name: str, state: str = "IDLE", **more: object) -> Node:
    return Node(name=name, state=state.split("+"), **{"cpus": 8, **more})  # type: ignore[arg-type]


def partition(name: str, nodes: str, **more: object) -> Partition:
    return Partition(name=name, nodes=nodes, **more)  # type: ignore[arg-type]


MAIN = partition("main", "n[1-4]")
SHORT = partition("short", "n[1-2]", max_time_limit=30)
EMPTY = partition("empty", "")
NODES = [node("n1"), node("n2", "MIXED", alloc_cpus=3), node("n3", features=["a"]), node("n4", "DOWN")]


def listing(
    *matches: str, partitions: tuple[Partition, ...] = (MAIN, SHORT, EMPTY), **how: bool
) -> list[str]:
    lines = build(list(enumerate(partitions)), NODES, frozenset(matches), NEW, **how)
    return [f"{line.partition.name}:{line.node_list()}" for line in lines]


def test_every_partition_has_a_line_where_its_name_is_printed() -> None:
    assert listing("partition") == ["main:n[1-4]", "short:n[1-2]", "empty:"]


def test_without_the_name_partitions_share_lines_and_nodes_stand_once() -> None:
    assert listing() == ["main:n[1-4]"]
    assert listing("max_time") == ["main:n[1-4]", "short:n[1-2]"]


def test_states_split_lines_and_the_first_takes_the_partitions_own() -> None:
    assert listing("partition", "state") == [
        "main:n[1,3]",
        "short:n1",
        "empty:",
        "main:n2",
        "main:n4",
        "short:n2",
    ]


def test_each_node_has_a_line_of_its_own() -> None:
    assert listing("partition", each_node=True) == [
        "main:n1", "main:n2", "main:n3", "main:n4", "short:n1", "short:n2",
    ]  # fmt: skip


def test_sizes_count_only_when_exact() -> None:
    nodes = [node("n1", cpus=8), node("n2", cpus=16)]
    for exact, expected in ((False, ["n[1-2]"]), (True, ["n1", "n2"])):
        lines = build([(0, MAIN)], nodes, frozenset({"cpus"}), NEW, exact=exact)
        assert [line.node_list() for line in lines] == expected


def test_reasons_do_not_care_for_partitions() -> None:
    nodes = [node("n1", reason="a"), node("n2", reason="b"), node("n3", reason="a")]
    lines = build(list(enumerate((SHORT, MAIN))), nodes, frozenset({"reason"}), NEW, ignore_partitions=True)
    assert [line.node_list() for line in lines] == ["n[1,3]", "n2"]


@pytest.mark.parametrize(
    ("state", "counts", "cpus"),
    [
        ("IDLE", (0, 1, 0), (0, 8, 0, 8)),
        ("MIXED", (1, 0, 0), (3, 5, 0, 8)),
        ("MIXED+DRAIN", (1, 0, 0), (3, 0, 5, 8)),
        ("IDLE+DRAIN", (0, 0, 1), (0, 0, 8, 8)),
        ("IDLE+COMPLETING", (1, 0, 0), (0, 8, 0, 8)),
        ("DOWN", (0, 0, 1), (0, 0, 8, 8)),
        ("IDLE+FAIL", (0, 1, 0), (0, 8, 0, 8)),
    ],
)
def test_counts(state: str, counts: tuple[int, ...], cpus: tuple[int, ...]) -> None:
    line = Line(MAIN, 0)
    line.members["n1"] = node("n1", state, alloc_cpus=3 if "MIXED" in state else 0)
    assert line.node_counts() == counts
    assert line.cpu_counts() == cpus


def names(lines: list[Line]) -> list[str]:
    return [f"{line.partition.name}{line.first and line.first.name}" for line in lines]


def test_sorting_by_several_keys() -> None:
    lines = build([(0, SHORT), (1, MAIN)], NODES, frozenset({"partition", "state"}), NEW)
    order.sort(lines, "P,-N")
    assert names(lines) == ["mainn4", "mainn2", "mainn1", "shortn2", "shortn1"]
    order.sort(lines, "#P,-t")
    assert names(lines) == ["shortn2", "shortn1", "mainn2", "mainn1", "mainn4"]
    order.sort(lines, "!?x")
    assert names(lines) == ["shortn2", "shortn1", "mainn2", "mainn1", "mainn4"]


def test_lines_without_nodes_come_last_and_turn_around() -> None:
    partitions = [
        (place, partition(name, nodes))
        for place, (name, nodes) in enumerate((("a", ""), ("b", "n2"), ("c", "")))
    ]
    lines = build(partitions, NODES, frozenset({"partition"}), NEW)
    order.sort(lines, "N")
    assert [line.partition.name for line in lines] == ["b", "c", "a"]
    order.sort(lines, "-N")
    assert [line.partition.name for line in lines] == ["c", "a", "b"]
    order.sort(lines, "n")
    assert [line.partition.name for line in lines] == ["b", "a", "c"]


@given(st.lists(st.integers(0, 2000), min_size=1, unique=True))
def test_names_sort_by_their_numbers(numbers: list[int]) -> None:
    nodes = [node(f"n{number}") for number in numbers]
    lines = build(
        [(0, partition("p", ",".join(one.name for one in nodes)))], nodes, frozenset(), NEW, each_node=True
    )
    order.sort(lines, "N")
    assert [line.node_list() for line in lines] == [f"n{number}" for number in sorted(numbers)]
