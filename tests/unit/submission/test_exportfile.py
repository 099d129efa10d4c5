"""`--export-file` and `--export`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.submission.environment import split_export, unclosed
from slurm_cli_proxy.submission.exportfile import read_export_file

AT = At("sbatch", (26, 5), lambda: 0.0)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"A=1\0B=two words\0", {"A": "1", "B": "two words"}),
        (b"A=1\0A=2", {"A": "2"}),
        (b"A=1\nB=2\n", {"A": "1\nB=2\n"}),
        (b"=x\0D=\0E\0F=a=b", {"D": "", "F": "a=b"}),
        (b"A=1\0\0B=2\0", {"A": "1"}),
        (b"A=\xff\0", {"A": "\udcff"}),
        (b"", {}),
    ],
)
def test_entries(tmp_path: Path, data: bytes, found: dict[str, str]) -> None:
    (tmp_path / "vars").write_bytes(data)
    assert read_export_file(str(tmp_path / "vars"), AT) == (found, [])


def test_an_open_file_goes_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "vars").write_bytes(b"A=1\0")
    number = os.open(tmp_path / "vars", os.O_RDONLY)
    try:
        assert read_export_file(str(number), AT) == ({"A": "1"}, [])
    finally:
        os.close(number)


@pytest.mark.parametrize("name", ["", "nosuch", "0", "9999"])
def test_no_file(name: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_export_file(name, AT)
    assert caught.value.lines == (f"sbatch: error: Could not open user environment file {name}",)
    assert caught.value.status == 1


def test_a_folder_is_told_of_and_empty(tmp_path: Path) -> None:
    assert read_export_file(str(tmp_path), AT) == (
        {},
        ["sbatch: error: read(environment_file): Is a directory"],
    )


@pytest.mark.parametrize(
    ("text", "words", "left_open"),
    [
        ("A,B=1", ["A", "B=1"], ""),
        ("A='x,y',B", ["A='x,y'", "B"], ""),
        ('A="open,B=2', ['A="open,B=2'], 'A="open,B=2'),
        ("\"A=1\",'B=x,y'", ["A=1", "B=x,y"], ""),
        ('"A"="1"', ['A"="1'], ""),
        ('A="it\'s",B', ['A="it\'s",B'], 'A="it\'s",B'),
        ("", [], ""),
    ],
)
def test_lists(text: str, words: list[str], left_open: str) -> None:
    assert split_export(text) == words
    assert unclosed(text) == left_open
