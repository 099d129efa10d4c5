"""Tables with a line of dashes."""

from __future__ import annotations

from typing import Any

import pytest

from slurm_cli_proxy.columns.table import TableColumn
from slurm_cli_proxy.layout.table import InvalidField, Table, parse

Row = dict[str, Any]
NEW, OLD = (26, 5), (22, 5)


def column(name: str, width: int, kind: Any = "text") -> TableColumn[Row]:
    return TableColumn(name, width, (), lambda row, view: row.get(name), kind)


COLUMNS = (
    column("JobID", -6),
    column("JobName", 8),
    column("Elapsed", 8, "number"),
    column("End", 10, "date"),
)


def printed(text: str, row: Row, release: tuple[int, int] = NEW) -> list[str]:
    table = Table(parse(text, COLUMNS, everything=True), release)
    return [*table.header().splitlines(), *(line.rstrip("\n") for line in table.rows([row], None))]


def test_headings_dashes_and_cells_stand_in_their_widths() -> None:
    assert printed("jobid,jobname", {"JobID": "1", "JobName": "a"}) == [
        "JobID   JobName ",
        "------ -------- ",
        "1             a ",
    ]


def test_a_text_too_long_ends_in_a_plus_and_a_number_stays_whole() -> None:
    row = {"JobName": "abcdefghij", "Elapsed": 123456}
    assert printed("jobname,elapsed%3", row)[2] == "abcdefg+ 123456 "


def test_widths_count_bytes() -> None:
    assert printed("jobname%4", {"JobName": "äöü"})[2].encode("utf-8", "surrogateescape") == b"\xc3\xa4\xc3+ "


@pytest.mark.parametrize(("release", "text"), [(NEW, "##### "), (OLD, "2026- ")])
def test_a_date_that_does_not_fit(release: tuple[int, int], text: str) -> None:
    assert printed("end%5", {"End": "2026-01-01"}, release)[2] == text


def test_the_last_width_of_a_column_counts_wherever_it_stands() -> None:
    assert [field.width for field in parse("jobid,jobid%3", COLUMNS)] == [3, 3]


def test_names_may_be_abbreviated_and_an_empty_one_ends_the_list() -> None:
    assert [field.column.name for field in parse("job,e,,jobname", COLUMNS)] == ["JobID", "Elapsed"]


def test_all_is_every_column_where_there_is_such_a_word() -> None:
    assert len(parse("a", COLUMNS, everything=True)) == len(COLUMNS)
    with pytest.raises(InvalidField):
        parse("a", COLUMNS)


@pytest.mark.parametrize(("ending", "line"), [(False, "1|\n"), (True, "1||\n")])
def test_parsable_cells_are_not_cut(ending: bool, line: str) -> None:
    table = Table(parse("jobid%1,jobname", COLUMNS), NEW, True, ending)
    assert list(table.rows([{"JobID": "1"}], None)) == [line]
