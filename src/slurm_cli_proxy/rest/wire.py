"""What a request and an answer look like on the wire: paths, queries, JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec

T = TypeVar("T")

Query = Mapping[str, str | Sequence[str]]
"""The query of a request; a list of values is sent as the name repeated, which is how slurmrestd takes flags."""


def decode(body: bytes | bytearray, type: type[T]) -> T:
    """JSON as `type`; msgspec.MsgspecError or RecursionError. Bytes that are not UTF-8 become surrogates."""
    if body.isascii():
        if _ENDLESS in body:  # v0.0.40 and v0.0.41 write what is no JSON; so large a number is endless, too
            body = body.replace(_ENDLESS, b": 1e300")
        return msgspec.json.decode(body, type=type)
    from slurm_cli_proxy.rest import rawtext

    decoded: T = rawtext.decode(body, type)
    return decoded


def target(path: str, version: str, query: Query | None = None) -> str:
    """The path and query of a request: `slurm:jobs/` becomes `/slurm/v0.0.42/jobs/`."""
    full = endpoint_path(path, version)
    if query:
        pairs = [
            f"{quote(name)}={quote(value)}"
            for name, values in query.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        full += "?" + "&".join(pairs)
    return full


def endpoint_path(path: str, version: str) -> str:
    """`slurm:jobs/` as that version has it: v0.0.38 knows no slash at the end. A path with a slash before stays."""
    if path.startswith("/"):
        return path
    family, _, rest = path.partition(":")
    if version in _SLASHLESS:
        rest = rest.rstrip("/")
    return f"/{family}/{version}/{rest}"


_ENDLESS = b": Infinity"
_SLASHLESS = ("v0.0.38",)
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")


def quote(text: str) -> str:
    """Text for a part of a URL, percent-encoded as UTF-8."""
    if text.isascii() and text.isalnum():
        return text
    data = text.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in data)


def one_line(text: str) -> str:
    """Text of an answer, fit for an error message: one line without control characters, at most 300 long."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())[
        :300
    ]
