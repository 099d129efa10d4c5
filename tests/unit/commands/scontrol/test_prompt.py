"""The words of a line at scontrol's prompt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.commands.scontrol.prompt import MOST_WORDS, TooMany, split

PLAIN = st.text(st.characters(codec="utf-8", exclude_characters="\"' \t\n\v\f\r"), min_size=1)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", []),
        ("  \t ", []),
        ("show job 7", ["show", "job", "7"]),
        ("  show\tjob  7 ", ["show", "job", "7"]),
        ("update reason='two words' x", ["update", "reason='two words'", "x"]),
        ('update reason="two words"x', ["update", 'reason="two words"x']),
        ("comment='a \" b' c", ["comment='a \" b' c"]),
        ("'a b'", ["'a", "b'"]),
        ("a' b", ["a' b"]),
    ],
)
def test_words(line: str, words: list[str]) -> None:
    assert split(line) == words


@given(st.lists(PLAIN, max_size=MOST_WORDS))
def test_words_without_quotes_are_what_blanks_part(words: list[str]) -> None:
    assert split(" ".join(words)) == words


def test_more_words_than_there_is_room_for() -> None:
    split("x " * MOST_WORDS)
    with pytest.raises(TooMany):
        split("x " * (MOST_WORDS + 1))
