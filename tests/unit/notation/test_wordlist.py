from __future__ import annotations

import pytest

from slurm_cli_proxy.notation import wordlist


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("alice,bob", ["alice", "bob"]),
        (",alice,,bob,", ["alice", "bob"]),
        ("'alice'", ["alice"]),
        ("'a,b',c", ["a", "b"]),
        ("alice,'bob,x'", ["alice", "`bob", "x`"]),
        ('al"ice', ["al`ice"]),
        ("alice,bob,alice", ["alice", "bob"]),
        ("", [""]),
        (",,", [""]),
        ("n[1-2],x", ["n1", "n2", "x"]),
        ("n[a,b]", ["n[a,b]"]),
        ("n[1-2],x,m[3,5],y", ["n1", "n2", "x", "m3", "m5", "y"]),
        ("n[,x", ["n[,x"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert wordlist.parse(text) == words


def test_an_option_repeated_adds_to_what_it_said_before() -> None:
    assert wordlist.parse("bob,alice", ["alice"]) == ["alice", "bob"]
    assert wordlist.parse("", ["alice"]) == ["alice", ""]


def test_names_have_their_brackets() -> None:
    assert wordlist.names("'n[1-2],x'y") == ["n[1-2]", "x"]
    assert wordlist.names(",") == []
