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
        ('al"ice', ["alice"]),
        ("", [""]),
        (",,", [""]),
        ("n[1-2],x", ["n1", "n2", "x"]),
        ("n[a,b]", ["n[a", "b]"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert wordlist.parse(text) == words
