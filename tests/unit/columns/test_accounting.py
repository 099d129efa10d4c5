"""sacct's cells, from records as old and new API versions write them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from slurm_cli_proxy.columns import accounting_cells as cells
from slurm_cli_proxy.columns import accounting_usage as used
from slurm_cli_proxy.columns.accounting import COLUMNS
from slurm_cli_proxy.columns.accounting_line import Line, View
from slurm_cli_proxy.columns.table import for_release
from slurm_cli_proxy.records.accounting import AccountingJob, job_type

NEW, OLD = (26, 5), (22, 5)


def view(release: tuple[int, int] = NEW, **more: Any) -> View:
    return View(release=release, now=0, time_text=str, **more)


def job(text: str, *fields: str) -> AccountingJob:
    return msgspec.json.decode(text, type=job_type(frozenset(fields)))


@pytest.mark.parametrize(("release", "count"), [(OLD, 109), ((24, 11), 118), (NEW, 123)])
def test_each_release_has_its_columns(release: tuple[int, int], count: int) -> None:
    assert len(for_release(COLUMNS, release)) == count


def test_every_column_names_fields_that_there_are() -> None:
    for column in COLUMNS:
        job_type(frozenset(name.replace("steps.", "step.", 1) for name in column.fields))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"state":{"current":"TIMEOUT"}}', "TIMEOUT"),
        ('{"state":{"current":["PENDING","REQUEUED"]}}', "REQUEUED"),
        ('{"state":{"current":["CANCELLED"]},"kill_request_user":"alice"}', "CANCELLED by 6001"),
        ('{"state":{"current":["CANCELLED"]},"kill_request_user":"carol"}', "CANCELLED by carol"),
        ('{"state":{"current":["CANCELLED"]},"kill_request_user":""}', "CANCELLED"),
    ],
)
def test_states(text: str, shown: str) -> None:
    line = Line(job(text, "state", "kill_request_user"))
    assert cells.state(line, view(user_ids={"alice": 6001})) == shown


@pytest.mark.parametrize(
    ("text", "release", "shown"),
    [
        ('{"exit_code":{"return_code":{"set":true,"infinite":false,"number":3}}}', NEW, "3:0"),
        ('{"exit_code":{"return_code":{"set":true,"infinite":false,"number":143}}}', (24, 11), "15:0"),
        (
            '{"exit_code":{"status":["SIGNALED"],"signal":{"id":{"set":true,"infinite":false,"number":9}}}}',
            NEW,
            "0:9",
        ),
        ('{"exit_code":{"status":"SIGNALED","return_code":null,"signal":{"signal_id":15}}}', OLD, "0:15"),
        ('{"exit_code":{"status":"SUCCESS","return_code":0},"state":{"current":"FAILED"}}', OLD, None),
        ('{"exit_code":{"status":"SUCCESS","return_code":0},"state":{"current":"COMPLETED"}}', OLD, "0:0"),
    ],
)
def test_exit_codes_and_the_one_that_an_old_version_loses(
    text: str, release: tuple[int, int], shown: str | None
) -> None:
    assert cells.exit_code(Line(job(text, "exit_code", "state")), view(release)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"job_id":7}', "7"),
        ('{"job_id":31,"array":{"job_id":13,"task_id":0}}', "13_0"),
        ('{"job_id":38,"het":{"job_id":37,"job_offset":1}}', "37+1"),
        (
            '{"job_id":39,"array":{"job_id":39,"task":"0x3E8","limits":{"max":{"running":{"tasks":2}}}}}',
            "39_[3,5-9%2]",
        ),
    ],
)
def test_ids(text: str, shown: str) -> None:
    assert cells.job_id(Line(job(text, "job_id", "array", "het"))) == shown


@pytest.mark.parametrize(
    ("seconds", "microseconds", "shown"),
    [
        (0, 0, "00:00:00"),
        (0, 1796, "00:00.001"),
        (3, 406000, "00:03.406"),
        (3723, 500000, "01:02:03"),
        (90061, 0, "1-01:01:01"),
    ],
)
def test_cpu_times(seconds: int, microseconds: int, shown: str) -> None:
    assert cells.exact_time(seconds, microseconds) == shown


@pytest.mark.parametrize(
    ("number", "unit", "settings", "shown"),
    [
        (3407872, "", {}, "3328K"),
        (3407872, "", {"convert": False}, "3407872"),
        (3407872, "", {"unit": "M"}, "3.25M"),
        (1000, "M", {"unit": "G"}, "0.98G"),
        (0, "", {"unit": "M"}, "0"),
    ],
)
def test_sizes(number: int, unit: str, settings: dict[str, Any], shown: str) -> None:
    assert used.amount(number, unit, view(**settings)) == shown


def test_resources_are_sorted_and_those_not_counted_left_out() -> None:
    text = (
        '{"tres":{"allocated":[{"type":"cpu","count":2},{"type":"mem","count":1000},{"type":"energy","count":-2},'
        '{"type":"gres","name":"gpu","count":1},{"type":"gres","name":"gpu:a100","count":1},'
        '{"type":"billing","count":2}]}}'
    )
    shown = cells.allocated_tres(Line(job(text, "tres")), view())
    assert shown == "billing=2,cpu=2,gres/gpu:a100=1,gres/gpu=1,mem=1000M"


def test_steps_are_decoded_only_where_a_field_of_theirs_is_wanted() -> None:
    text = '{"job_id":1,"steps":[{"step":{"id":"1.batch","name":"batch"}}]}'
    assert not hasattr(job(text, "job_id"), "steps")
    record = job(text, "job_id", "array", "het", "step.step")
    assert [cells.job_id(Line(record, step)) for step in record.steps] == ["1.batch"]  # type: ignore[attr-defined]


def test_the_index_is_what_the_sluid_is_written_for() -> None:
    line = Line(job('{"sluid":"s5YXM82X8Y3K00"}', "sluid"))
    assert cells.database_index(line, view()) == 6878835114594388992
