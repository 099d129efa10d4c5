"""The table of squeue's columns is sound, and cells come out as native was seen to print them."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import msgspec
import pytest

from slurm_cli_proxy.columns import job_cells as cells
from slurm_cli_proxy.columns.column import by_letter, by_name, for_release
from slurm_cli_proxy.columns.job import COLUMNS
from slurm_cli_proxy.commands.listing import grid
from slurm_cli_proxy.commands.squeue.settings import listed
from slurm_cli_proxy.records.job import FIELDS_OF, Job, fields
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.records.number import NumberObject

RELEASES = ((22, 5), (24, 11), (26, 5))
VIEW = cells.View(now=1000, release=(24, 11), time_text=str)


def test_every_field_is_one_of_a_job() -> None:
    for column in COLUMNS:
        assert set(column.fields) <= {*Job.__struct_fields__, *FIELDS_OF}, column.header


@pytest.mark.parametrize("release", RELEASES)
def test_a_column_reads_no_field_but_its_own(release: tuple[int, int]) -> None:
    """Rendered from a record of just these fields, empty and with a state of each kind."""
    view = msgspec.structs.replace(VIEW, release=release)
    for column in for_release(COLUMNS, release):
        record = narrow(Job, fields(column.fields))
        for state in ("PENDING", "RUNNING", "SUSPENDED", "COMPLETED"):
            told = f'{{"job_id": 5, "job_state": "{state}", "array_job_id": 5, "array_task_string": "1-3"}}'
            text = column.render(msgspec.json.decode(told, type=record), view)
            assert text is None or isinstance(text, str), column.header


@pytest.mark.parametrize("release", RELEASES)
def test_every_letter_that_the_native_commands_have(release: tuple[int, int]) -> None:
    letters = set("aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRSTtuUvVwWxXyYzZ") | (
        {"s"} if release != (24, 11) else set()
    )
    assert set(by_letter(for_release(COLUMNS, release))) == letters


def test_names_do_not_mind_case_and_old_ones_are_known() -> None:
    names = by_name(for_release(COLUMNS, (24, 11)))
    assert names["jobid"].letter == "A"
    assert names["packjobid"] is names["hetjobid"]
    assert names["shared"].header == "OVER_SUBSCRIBE"


def test_lists_are_as_wide_as_native_s() -> None:
    def letters(release: tuple[int, int]) -> list[str]:
        return grid((f"%{one.letter:<5}" for one in listed(release) if one.letter), 8).split("\n")

    assert letters((24, 11))[0] == "%a    %F    %K    %B    %o    %k    %O    %I    "
    assert letters((26, 5))[4] == "%R    %n    %v    %Y    %z    %s    %H    %S    "


def running(**more: object) -> Job:
    return Job(**{"job_state": ["RUNNING"], "start_time": 400, "time_limit": 20, "end_time": 1600, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("job", "used", "left"),
    [
        (running(), "10:00", "10:00"),
        (running(job_state=["PENDING"]), "0:00", "20:00"),
        (running(job_state=["SUSPENDED"], pre_sus_time=61), "1:01", "18:59"),
        (running(suspend_time=900, pre_sus_time=60), "2:40", "17:20"),
        (running(job_state=["COMPLETED"], end_time=430), "0:30", "19:30"),
        (running(job_state=["TIMEOUT"], end_time=1601), "20:01", "INVALID"),
        (running(job_state=["CANCELLED"], end_time=399), "INVALID", "20:01"),
        (running(time_limit=NumberObject(infinite=True)), "10:00", "UNLIMITED"),
        (running(time_limit=NumberObject()), "10:00", "NOT_SET"),
    ],
)
def test_time(job: Job, used: str, left: str) -> None:
    assert (cells.time_used(job, VIEW), cells.time_left(job, VIEW)) == (used, left)


def test_v0_0_38_has_one_null_for_no_limit_and_for_none_yet() -> None:
    old = msgspec.structs.replace(VIEW, release=(22, 5))
    assert cells.time_limit(running(time_limit=None), old) == "UNLIMITED"


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        (["PENDING"], "(Resources)"),
        (["PENDING", "SPECIAL_EXIT"], "(Resources)"),
        (["FAILED"], "(Resources)"),
        (["TIMEOUT"], "(Resources)"),
        (["FAILED", "COMPLETING"], "node1"),
        (["RUNNING"], "node1"),
        (["CANCELLED"], "node1"),
        (["COMPLETED"], "node1"),
    ],
)
def test_nodes_or_reason(states: list[str], shown: str) -> None:
    assert (
        cells.nodes_or_reason(Job(job_state=states, nodes="node1", state_reason="Resources"), VIEW) == shown
    )


def test_words_of_the_controller_replace_the_reason() -> None:
    job = Job(
        job_state=["PENDING"], state_reason="JobHeldUser", state_description="job requeued in held state"
    )
    assert cells.nodes_or_reason(job, VIEW) == "(job requeued in held state)"


@pytest.mark.parametrize(
    ("megabytes", "shown"),
    [
        (0, "0"),
        (500, "500M"),
        (1024, "1G"),
        (1536, "1.50G"),
        (1025, "1025M"),
        (102400000, "100000G"),
        (100000000, "100000000"),
    ],
)
def test_memory(megabytes: int, shown: str) -> None:
    assert cells.memory(Job(memory_per_cpu=megabytes), VIEW) == shown


def test_priority_has_sixteen_characters() -> None:
    assert cells.priority(Job(priority=6000), VIEW) == "0.00000139698386"
    assert cells.priority(Job(priority=0xFFFF0000), VIEW) == "0.99998474144376"


@pytest.mark.parametrize(
    ("shared", "partition", "old", "new"),
    [
        ([], "main", "OK", "NO"),
        ([], "shared", "OK", "OK"),
        (["oversubscribe"], "main", "YES", "YES"),
        (["none"], "shared", "NO", "NO"),
        (["user"], "main", "USER", "NO"),
        (["user"], "shared", "USER", "OK"),
        (["mcs"], "main", "MCS", "NO"),
        (["topo"], "main", "TOPO", "NO"),
    ],
)
def test_sharing(shared: list[str], partition: str, old: str, new: str) -> None:
    job = Job(shared=shared, partition=partition)
    since = msgspec.structs.replace(VIEW, release=(26, 5), oversubscribing=frozenset({"shared"}))
    assert (cells.shares(job, VIEW), cells.shares(job, since)) == (old, new)


def test_ids_fit_native_s_buffer() -> None:
    job = Job(job_id=1065, array_job_id=1065, array_task_string="1,3,5,8,11,13,17,19,23,29,31,37")
    assert cells.shown_id(job, VIEW) == "1065_[1,3,5,8,11,13,17,19,23,29"
    assert cells.shown_id(job, msgspec.structs.replace(VIEW, whole_ids=True)).endswith(",37]")


def test_no_cell_asks_the_environment() -> None:
    source = Path(inspect.getfile(cells)).read_text("utf-8")
    assert not re.search(r"\b(os|sys|environ|print)\b[.(]", source)
