"""JSON for a server that takes strings as bytes: what is not UTF-8 in a script or an environment arrives unchanged."""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

_SURROGATES: Final = re.compile("[\udc80-\udcff]+")


def encode(value: Any) -> bytes:
    """`value` as JSON; lone surrogates (bytes that were not UTF-8, see `context.decode`) as those bytes."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return _encoded(msgspec.to_builtins(value))


def _encoded(value: Any) -> bytes:
    if isinstance(value, str):
        return b'"' + _inner(value) + b'"'
    if isinstance(value, dict):
        return (
            b"{" + b",".join(_encoded(str(key)) + b":" + _encoded(item) for key, item in value.items()) + b"}"
        )
    if isinstance(value, list | tuple):
        return b"[" + b",".join(_encoded(item) for item in value) + b"]"
    return msgspec.json.encode(value)


def _inner(text: str) -> bytes:
    parts = []
    position = 0
    for raw in _SURROGATES.finditer(text):
        parts.append(msgspec.json.encode(text[position : raw.start()])[1:-1])
        parts.append(raw.group().encode("utf-8", "surrogateescape"))
        position = raw.end()
    parts.append(msgspec.json.encode(text[position:])[1:-1])
    return b"".join(parts)
