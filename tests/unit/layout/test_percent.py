"""Formats and cells: what native squeue printed for the same format, width and text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.columns.column import NO_NODES, Column, Whole, by_letter, by_name
from slurm_cli_proxy.layout import percent

Row = dict[str, str]


def column(letter: str, name: str, header: str, whole: bool = False) -> Column[Row]:
    return Column(letter, (name,), header, (name,), lambda row, view: row.get(name), whole)


JOBID = column("i", "jobid", "JOBID")
NAME = column("j", "name", "NAME")
NODES = column("N", "nodes", "NODELIST", True)
ACCRUED = column("", "accrued", "ACCRUE_TIME")
TABLE = (JOBID, NAME, NODES, ACCRUED)
ROW = {"jobid": "84", "name": "s-running", "accrued": "2026-11-22", "nodes": "node1"}


def lines(text: str, *, unnamed: bool = False) -> tuple[str, str, list[str]]:
    complaints: list[str] = []
    layout = percent.parse_letters(
        text, by_letter(TABLE), complaints.append, unnamed=ACCRUED if unnamed else None
    )
    return percent.header(layout), "".join(percent.rows(layout, [ROW], None)), complaints


@pytest.mark.parametrize(
    ("text", "header", "row", "complaints"),
    [
        ("", "", "", []),
        ("abc", "abc", "abc", []),
        ("%", "", "", []),
        ("%%", "", "", []),
        ("%%i", "JOBID", "84", []),
        ("%i %", "JOBID ", "84 ", []),
        ("%5i|", "JOBID|", "84   |", []),
        ("%.5i|", "JOBID|", "   84|", []),
        ("%3i|", "JOB|", "84 |", []),
        ("%.3i|", "JOB|", " 84|", []),
        ("%.i|%.0i|%0i|", "JOBID|JOBID|JOBID|", "84|84|84|", []),
        ("%05i|%.05i|", "JOBID|JOBID|", "84   |   84|", []),
        ("%-5i|", "%-5i|", "%-5i|", ["-"]),
        ("% 5i|", "% 5i|", "% 5i|", [" "]),
        ("%5.3i|", "%5.3i|", "%5.3i|", ["."]),
        ("%10!z|%i", "%10!z|JOBID", "%10!z|84", ["!"]),
        ("%é", "%é", "%é", ["\udcc3"]),
        ("x%i\\n", "xJOBID\\n", "x84\\n", []),
        ("%all", "JOBID|NAME|NODELIST", "84|s-running|node1", []),
        ("x%all", "xJOBID|NAME|NODELIST", "x84|s-running|node1", []),
        ("%.3N|%3N", "NODELIST|NOD", "nod|nod", []),
    ],
)
def test_letters(text: str, header: str, row: str, complaints: list[str]) -> None:
    assert lines(text) == (header + "\n", row + "\n", complaints)


def test_a_missing_letter_was_complained_of_and_is_now_the_first_column_without() -> None:
    assert lines("%5|%i") == ("%5|JOBID\n", "%5|84\n", ["|"])
    assert lines("%5%i|%j") == ("%5JOBID|NAME\n", "%584|s-running\n", [""])
    # Native then reads on behind the end of the token.
    assert lines("%5%i|%j", unnamed=True) == ("ACCRUi|%jJOBID|NAME\n", "2026-i|%j84|s-running\n", [])


@pytest.mark.parametrize(
    ("text", "header", "row", "complaints"),
    [
        ("jobid", "JOBID               ", "84                  ", []),
        ("jobid,,name:9", "JOBID               NAME     ", "84                  s-running", []),
        ("jobid:5,name:.5", "JOBID NAME", "84   s-run", []),
        ("jobid:.5|,name:4", "JOBID|NAME", "   84|s-ru", []),
        ("jobid:,name:4", "JOBIDNAME", "84s-ru", []),
        ("jobid:x,name:0", "JOBIDxNAME", "84xs-running", []),
        ("JOBID:6 ,Name:6 ", "JOBID  NAME   ", "84     s-runn ", []),
        ("jobid:8:x", "JOBID   :x", "84      :x", []),
        ("bogus,jobid:5", "JOBID", "84   ", ["bogus"]),
        ("jobid:5,bogus:.9x|,name:4", "JOBIDx|NAME", "84   x|s-ru", ["bogus"]),
        (" jobid", "", "", [" jobid"]),
        ("jobid ", "", "", ["jobid "]),
        (",", "", "", []),
    ],
)
def test_names(text: str, header: str, row: str, complaints: list[str]) -> None:
    said: list[str] = []
    layout = percent.parse_names(text, by_name(TABLE), said.append)
    assert percent.header(layout) == header + "\n"
    assert "".join(percent.rows(layout, [ROW], None)) == row + "\n"
    assert said == complaints


@pytest.mark.parametrize(
    ("width", "right", "shown"),
    [
        (3, False, "   "),
        (3, True, "(nu"),
        (5, False, "     "),
        (5, True, "(null"),
        (6, False, "(null)"),
        (8, False, "(null)  "),
        (8, True, "  (null)"),
        (0, False, "(null)"),
    ],
)
def test_null_pointers(width: int, right: bool, shown: str) -> None:
    assert percent.cell(None, width, right) == shown


def test_null_pointers_of_node_lists_are_not_cut_at_the_right() -> None:
    assert [percent.cell(NO_NODES, 4, right) for right in (False, True)] == ["    ", "(null)"]


def test_whole_texts_are_cut_at_the_left_only() -> None:
    assert [percent.cell(Whole("1:00:00"), 4, right) for right in (False, True)] == ["1:00", "1:00:00"]
    assert [percent.cell("UNLIMITED", 4, right) for right in (False, True)] == ["UNLI", "UNLI"]


def test_widths_count_bytes() -> None:
    name = "s odd  näme |x"
    assert percent.cell(name, 9, False).encode("utf-8", "surrogateescape") == b"s odd  n\xc3"
    assert percent.cell(name, 16, True) == " s odd  näme |x"


@given(st.text(), st.integers(1, 40), st.booleans())
def test_a_cell_is_as_wide_as_its_column(text: str, width: int, right: bool) -> None:
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return
    shown = percent.cell(text, width, right).encode("utf-8", "surrogateescape")
    assert len(shown) == width
    assert shown.strip(b" ") in text.encode("utf-8", "surrogateescape")


@given(st.text(alphabet="%.i j5N|!é", max_size=20))
def test_any_format_can_be_read_and_says_which_fields_it_needs(text: str) -> None:
    layout = percent.parse_letters(text, by_letter(TABLE), lambda letter: None, unnamed=ACCRUED)
    assert layout.needs <= {"jobid", "name", "nodes", "accrued"}
    assert percent.header(layout).endswith("\n")


@pytest.mark.parametrize(
    ("text", "width", "suffix"),
    [
        ("-5", 0, " "),
        (".-5|", 0, " |"),
        ("4294967301", 5, ""),
        ("2147483648", 0, " "),
        ("9" * 40, 0, " "),
        ("-" + "9" * 40, 0, ""),
        ("-0x", 0, "x"),
    ],
)
def test_widths_are_numbers_of_32_bits(text: str, width: int, suffix: str) -> None:
    columns = by_name([JOBID])
    field = percent.parse_names(f"jobid:{text}", columns, lambda _: None).fields[0]
    assert (field.width, field.suffix) == (width, suffix)
