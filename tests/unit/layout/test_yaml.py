"""YAML as libyaml has been seen to write it for Slurm."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.layout import yaml


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("a b", "a b"),
        ("-x", "-x"),
        ("a#b", "a#b"),
        ("a:b", "a:b"),
        ("a: b", "'a: b'"),
        ("a #b", "'a #b'"),
        ("- x", "'- x'"),
        ("x:", "'x:'"),
        ("it's: so", "'it''s: so'"),
        (" lead", "' lead'"),
        ("---", "'---'"),
        ("tab\tx", '"tab\\tx"'),
        ("nl\n space", '"nl\\n space"'),
        ("ünï ✓ 😀", '"\\xFCn\\xEF \\u2713 \\U0001F600"'),
        ('say "\x07"', '"say \\"\\a\\""'),
    ],
)
def test_styles(text: str, written: str) -> None:
    assert yaml.scalar(text, 0, 2) == written


def test_line_ends_between_quotes() -> None:
    assert yaml.scalar("new\nline", 0, 4) == "'new\n\n    line'"


def test_long_texts_are_broken_at_single_blanks() -> None:
    words = ("word " * 40).strip()
    lines = yaml.scalar(words, 20, 4).split("\n    ")
    assert " ".join(lines) == words
    assert len(lines) > 2
    assert yaml.scalar("word  " * 40 + "x", 20, 4).count("\n") == 0


def test_documents() -> None:
    value = {
        "jobs": [{"id": 1, "load": 2.0, "flags": [], "on": True, "none": None}],
        "more": {},
        "list": ["a"],
    }
    assert yaml.dump(value) == (
        "%YAML 1.1\n--- !!map\n!!str jobs: !!seq\n- !!map\n  !!str id: !!int 1\n  !!str load: !!float 2.000000\n"
        "  !!str flags: !!seq []\n  !!str on: !!bool true\n  !!str none: !!null null\n!!str more: !!map {}\n"
        "!!str list: !!seq\n- !!str a\n...\n"
    )
