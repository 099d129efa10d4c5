"""`--format` and `--Format`: what is read from them, and how cells are printed."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.columns.sinfo import View
from slurm_cli_proxy.commands.sinfo import formats
from slurm_cli_proxy.commands.sinfo.lines import Line
from slurm_cli_proxy.layout import percent
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.records.partition import Partition

OLD, NEW = (22, 5), (26, 5)


def header(layout: formats.Layout) -> str:
    return percent.header(layout.format)


def line(**fields: object) -> Line:
    made = Line(Partition(name="main", flags=["DEFAULT"]), 0)
    made.members["n1"] = Node(name="n1", **fields)  # type: ignore[arg-type]
    return made


def view(**more: object) -> View:
    usual = {
        "release": NEW, "convert": True, "default_partition": lambda: "", "preempt_mode": "",
        "time_text": str, "uid_of": {"root": 0}.get,
    }  # fmt: skip
    return View(**{**usual, **more})  # type: ignore[arg-type]


def printed(text: str, made: Line, release: tuple[int, int] = NEW, **more: object) -> str:
    seen = view(release=release, **more)
    layout = formats.fitted(formats.by_letters(text, release), [made], seen, partitions=False, nodes=False)
    return "".join(percent.rows(layout, [made], seen))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("%P", "main*\n"),
        ("%4P|", "mai*|\n"),
        ("%5P|", "main*|\n"),
        ("%.7P|", "  main*|\n"),
        ("%1P", "*\n"),
        ("%R", "main\n"),
        ("%2R", "ma\n"),
        ("x%%%Ry", "xmainy\n"),
        ("", "\n"),
        ("plain", "plain\n"),
        ("%f", "(null)\n"),
        ("%5f|", "     |\n"),
        ("%6f|", "(null)|\n"),
        ("%.5f|", "(null|\n"),
        ("%.8f|", "  (null)|\n"),
    ],
)
def test_cells(text: str, expected: str) -> None:
    assert printed(text, line()) == expected


def test_invalid_letters_are_printed_and_complained_of() -> None:
    layout = formats.by_letters("%j|%R|%9ä", NEW)
    assert layout.complaints == [
        "Invalid node format specification: j\n",
        "Invalid node format specification: \udcc3\n",
    ]
    assert header(layout) == "%j|PARTITION|%9ä\n"


def test_a_missing_letter() -> None:
    assert formats.by_letters("%5", OLD).complaints == ["Invalid node format specification: \0\n"]
    assert [column.names[0] for column in formats.by_letters("%5%R", NEW).columns] == [
        "AllocMem",
        "PartitionName",
    ]
    assert header(formats.by_letters("%5%R", NEW)) == "ALLOCRPARTITION\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("partition:5,nodes:.3x", "PARTINODx\n"),
        ("Partition,NODES:2", "PARTITION           NO\n"),
        ("nodelist:.3", "NODELIST\n"),
        ("nodelist:3", "NOD\n"),
        (",,nodes:0 ,", "NODES \n"),
    ],
)
def test_names(text: str, expected: str) -> None:
    assert header(formats.by_names(text, NEW)) == expected


def test_unknown_names_leave_their_suffix() -> None:
    layout = formats.by_names("bogus:5xy,nodes:5", NEW)
    assert layout.complaints == ["sinfo: error: Invalid job format specification: bogus\n"]
    assert header(layout) == "xyNODES\n"


def test_everything_leaves_out_letters_that_are_none() -> None:
    words = header(formats.by_letters("%all", OLD))
    assert words.startswith("AVAIL|ACTIVE_FEATURES|CPUS|TMP_DISK|")
    assert words.endswith("|CLUSTER |SOCKETS |CORES |THREADS \n")
    assert "RESERVATION" not in words
    assert "RESERVATION" in header(formats.by_letters("%all", NEW))


def test_widths_are_bounded() -> None:
    assert formats.by_letters("%99999999999N", NEW).format.fields[0].width == percent.MAX_WIDTH
    assert formats.by_letters("%" + "9" * 5000 + "N", NEW).format.fields[0].width == 0


@pytest.mark.parametrize(
    ("text", "fields", "expected"),
    [
        ("%c", {"cpus": 2048}, "2K\n"),
        ("%O", {"cpu_load": 123}, "1.23\n"),
        ("%O", {}, "N/A\n"),
        ("%e", {"free_memory": 77}, "77\n"),
        ("%w", {"weight": 123456789}, "123456789\n"),
        ("%u %U", {"reason_set_by_user": "root"}, "root root(0)\n"),
        ("%u %U", {"reason_set_by_user": "gone"}, "gone gone\n"),
        ("%u %U", {"reason_set_by_user": "1234"}, "Unk(1234) Unk(1234)\n"),
        ("%u %H %E", {}, "Unknown Unknown none\n"),
        ("%v", {"slurmd_version": "22.05.8"}, "22.05.8\n"),
        ("%t %T", {"state": "idle", "state_flags": ["DRAIN"]}, "drain drained\n"),
        ("%b", {"active_features": ["a", "b"]}, "a,b\n"),
        ("%b", {"active_features": "a,b"}, "a,b\n"),
    ],
)
def test_values(text: str, fields: dict[str, object], expected: str) -> None:
    assert printed(text, line(**fields)) == expected


def test_old_releases_cut_large_numbers() -> None:
    assert printed("%w", line(weight=123456789), OLD) == "1234567\n"


def test_the_default_partition_where_only_the_profile_knows_it() -> None:
    made = Line(Partition(name="main"), 0)
    assert printed("%P", made) == "main\n"
    assert printed("%P", made, default_partition=lambda: "main") == "main*\n"
    assert printed("%P", made, default_partition=lambda: "other") == "main\n"
