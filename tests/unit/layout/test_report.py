"""Reports of `Key=value` lines."""

from __future__ import annotations

from typing import Any

from slurm_cli_proxy.layout.report import Item, for_release, report

Record = dict[str, str]


def item(key: str, **more: Any) -> Item[Record]:
    return Item(key, lambda record, view: record.get(key), **more)


LINES: list[list[Item[Record]]] = [
    [item("Id"), item("Name")],
    [item("Gone", until=(23, 2)), item("New", since=(23, 2))],
    [item("Never")],
    [Item("", lambda record, view: record.get("text"))],
]
RECORD = {"Id": "1", "Name": "x y", "Gone": "a", "New": "b", "text": "A=1\n     B=2"}


def shown(release: tuple[int, int], *, one_line: bool, **changed: str) -> str:
    return report(for_release(LINES, release), RECORD | changed, None, one_line=one_line)


def test_lines_are_indented_after_the_first_and_an_empty_one_follows() -> None:
    assert shown((22, 5), one_line=False) == "Id=1 Name=x y\n   Gone=a\n   A=1\n     B=2\n\n"


def test_on_one_line_nothing_but_spaces_separates_the_items() -> None:
    assert shown((24, 11), one_line=True, text="A=1") == "Id=1 Name=x y New=b A=1\n"


def test_a_line_without_items_is_left_out_and_an_empty_text_is_not() -> None:
    assert shown((24, 11), one_line=False, text="") == "Id=1 Name=x y\n   New=b\n   \n\n"
