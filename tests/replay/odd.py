"""Makes odd answers of recorded ones: other types, missing keys, huge numbers, deep nesting, bytes of no text."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from tests.replay.playing import Answered

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**32 - 2, -(2**63), 2**64, 10**40, 1e308, -0.5, "", " ", "x", "0",
    "-1", "\x00",
    "\ud800", "\udcff", "a\nb\tc\x1b[31m", "%s%n%d", "4294967294", "node[1-", "node[1-999999999]", "1-1000000000",
    "1-9:0",
    "gres:gpu:x:(", "cpu=x,mem=", "9" * 5000, "\N{SNOWMAN}" * 40, "x" * 100_000, [], {}, [None], [[]], [{}], {"": None},
    {"set": True, "infinite": False, "number": -1}, {"set": True, "infinite": True}, {"number": "x", "set": "y"},
    {"set": True, "infinite": False, "number": 10**30}, ["RUNNING", 3, None], ["x"] * 2000,
)  # fmt: skip
"""What may stand where something else should; the endless lists of nodes and tasks are the text of one."""

STATUSES = (200, 200, 204, 206, 301, 400, 401, 403, 404, 418, 422, 429, 500, 502, 503, 504, 511)
KINDS = ("application/json", "application/json", "text/html", "text/plain", "", "application/x-yaml")


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything in a document."""
    found = [at] if at else []
    if isinstance(value, dict):
        for name, one in value.items():
            found += places(one, (*at, name))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            found += places(one, (*at, index))
    return found


def of_content(chance: random.Random, text: str) -> bytes:
    """JSON with one to four things changed; bytes cut or mixed up if it is none."""
    try:
        document = json.loads(text)
    except ValueError:
        return of_bytes(chance, text)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        where = places(document)
        if not where:
            break
        # Near the root as often as deep down.
        depth = chance.randint(1, max(map(len, where)))
        path = chance.choice([path for path in where if len(path) <= depth])
        holder = document
        for step in path[:-1]:
            holder = holder[step]
        chance.choice(CHANGES)(chance, holder, path[-1])
    return json.dumps(document).encode("utf-8", "surrogatepass")


def _replace(chance: random.Random, holder: Any, key: Any) -> None:
    holder[key] = deepcopy(chance.choice(VALUES))


def _delete(chance: random.Random, holder: Any, key: Any) -> None:
    del holder[key]


def _rename(chance: random.Random, holder: Any, key: Any) -> None:
    if isinstance(holder, dict):
        holder[f"{key}x"] = holder.pop(key)
    else:
        holder.insert(key, deepcopy(chance.choice(VALUES)))


def _retype(chance: random.Random, holder: Any, key: Any) -> None:
    value = holder[key]
    holder[key] = chance.choice(
        (str(value), [value], {"x": value}, len(str(value)), {"number": value, "set": True})
    )


def _deepen(chance: random.Random, holder: Any, key: Any) -> None:
    for _ in range(chance.choice((3, 60, 200))):
        holder[key] = [holder[key]] if chance.random() < 0.5 else {"x": holder[key]}


def _repeat(chance: random.Random, holder: Any, key: Any) -> None:
    if isinstance(holder, list) and len(holder) < 50:
        holder.extend(deepcopy(holder[key]) for _ in range(5))
    else:
        holder[key] = [deepcopy(holder[key]) for _ in range(5)]


CHANGES: tuple[Callable[[random.Random, Any, Any], None], ...] = (
    _replace, _replace, _replace, _delete, _rename, _retype, _deepen, _repeat,
)  # fmt: skip


def of_bytes(chance: random.Random, text: str) -> bytes:
    """The bytes cut, turned, filled with others, or quite different ones."""
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    at = chance.randrange(len(data) or 1)
    kind = chance.randrange(11)
    if kind == 0:
        del data[at:]
    elif kind == 1:
        for _ in range(chance.choice((1, 10, 200))):
            at = chance.randrange(len(data) or 1)
            data[at : at + 1] = bytes([chance.randrange(256)])
    elif kind == 2:
        data[at:at] = chance.choice((b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x00", b"\xf5\x80\x80\x80"))
    elif kind == 3:
        del data[at : at + chance.choice((1, 5, 100))]
    elif kind == 4:
        data[:0] = b"\xef\xbb\xbf"
    elif kind == 5:
        data = bytearray(chance.choice((b"[", b'{"jobs":[', b'{"x":')) * chance.choice((50, 2000, 200_000)))
    elif kind == 6:
        data = bytearray(
            chance.choice((b"", b" ", b"null", b"[]", b"{}", b"0", b'"x"', b"true", b"NaN", b"-"))
        )
    elif kind == 7:
        number = chance.choice(
            (b": Infinity", b": NaN", b": 1e999", b": -Infinity", b": 0x10", b": 01", b": " + b"9" * 400)
        )
        data = data.replace(b": 0", number, chance.choice((1, -1)))
    elif kind == 8:
        data = data + data
    elif kind == 9:
        data = bytearray(b"<html><head><title>Log in \x1b[2J</title></head></html>")
    else:
        data = data.replace(
            b'"errors": []', b'"errors": [{"error_number": %d, "error": "odd"}]' % chance.randint(-9, 9999)
        )
    return bytes(data)


def odd(chance: random.Random, answer: Answered) -> Answered:
    """Another answer in the place of a recorded one."""
    status, kind, body = answer
    text = body if isinstance(body, str) else body.decode("latin-1")
    draw = chance.random()
    if draw < 0.65:
        return Answered(status, kind, of_content(chance, text))
    if draw < 0.85:
        return Answered(status, kind, of_bytes(chance, text))
    return Answered(chance.choice(STATUSES), chance.choice(KINDS), of_content(chance, text))
