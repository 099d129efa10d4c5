"""Lists of job ids as `hold`, `release` and `update JobId=` take them: `12,13_4 14_[1-3,7],15+1`."""

from __future__ import annotations

from typing import Final

KEYS: Final = ("jobid=", "job=")

_DIGITS: Final = frozenset("0123456789")


def without_key(text: str) -> str:
    """What stands behind `JobId=` or `Job=`; all of a text that does not begin so."""
    key = next((key for key in KEYS if text.lower().startswith(key)), "")
    return text[len(key) :]


def ids(text: str) -> list[str] | None:
    """The ids in a list, brackets taken off (`14_1-3,7`); None if anything in the text is no job id.

    Only the letters are looked at, as the native command does: `_1`, `7_` and `7_1+2` are handed on, and the
    controller says that there is no such job.
    """
    found: list[str] = []
    one = ""
    tasks = inside = closed = False
    for letter in text:
        if letter in ", " and not inside:
            if one:
                found.append(one)
            one, tasks, closed = "", False, False
        elif letter in _DIGITS or letter == "+" or (letter in ", " and inside):
            if not closed:
                one += letter
        elif letter == "_" and not tasks:
            tasks = True
            one += letter
        elif letter == "-" and tasks:
            one += letter
        elif letter == "[" and not inside:
            inside = True
        elif letter == "]" and inside:
            inside, closed = False, True
        else:
            return None
    if inside:
        return None
    return [*found, one] if one else found
