"""Answers that are not UTF-8.

Slurm takes a job's name, comment or path as bytes, and slurmrestd writes them into its JSON as they are. Python's
way to carry such bytes in text are lone surrogates (`surrogateescape`), which msgspec does not let in. So they travel
as characters of a private area through the decoding, and become surrogates in the records, which print as the very
bytes.
"""

from __future__ import annotations

from typing import Any

import msgspec

_PAIRS = ((b"\xed\xb2", b"\xf4\x8f\x9e"), (b"\xed\xb3", b"\xf4\x8f\x9f"))
"""How U+DC80 to U+DCFF (surrogates) and U+10F780 to U+10F7FF (private) begin as UTF-8, all but the last byte.

No other text has the former, so that both ways are a replacement of bytes, which takes no time.
"""
_MARK = _PAIRS[0][1][:2]  # how all of the private characters begin
_SHIFT = 0x10F780 - 0xDC80
_PIECE = 1 << 16


def decode(body: bytes | bytearray, type: Any) -> Any:
    """Decode JSON that may be not all UTF-8 as `type`; msgspec's errors as they are."""
    repaired = _repaired(body)
    if repaired is None:
        return msgspec.json.decode(body, type=type)
    return restored(msgspec.json.decode(repaired, type=type))


def _repaired(body: bytes | bytearray) -> bytearray | None:
    """The body with private characters for what is not UTF-8; None if it all is.

    Piece by piece, because most pieces of a long answer are ASCII, and nothing is quicker than to see that. Pieces end
    with a quotation mark, so that none ends within a character.
    """
    whole = bytearray()
    damaged = False
    start, end = 0, len(body)
    while start < end:
        stop = body.find(b'"', start + _PIECE) + 1 or end
        piece = bytes(body[start:stop])
        if not piece.isascii():
            try:
                piece.decode()
            except UnicodeDecodeError:
                damaged = True
                piece = piece.decode("utf-8", "surrogateescape").encode("utf-8", "surrogatepass")
                for surrogate, private in _PAIRS:
                    piece = piece.replace(surrogate, private)
        whole += piece
        start = stop
    return whole if damaged else None


def restored(value: Any) -> Any:
    """The value with surrogates in place of private characters."""
    if isinstance(value, str):
        return value if value.isascii() else _surrogates(value)
    if isinstance(value, list):
        # Few of many records have such bytes; encoding one is a fraction of walking through it.
        return [restored(item) if _MARK in msgspec.json.encode(item) else item for item in value]
    if isinstance(value, dict):
        return {restored(key): restored(item) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            msgspec.structs.force_setattr(value, name, restored(getattr(value, name)))
    return value


def carried(text: str) -> str:
    """The text with private characters in place of surrogates."""
    if text.isascii():
        return text
    return "".join(chr(ord(char) + _SHIFT) if "\udc80" <= char <= "\udcff" else char for char in text)


def _surrogates(text: str) -> str:
    """By way of the very bytes: only that is decoded without a call for each of them."""
    data = text.encode("utf-8", "surrogatepass")
    low, high = _PAIRS[0][1], _PAIRS[1][1]
    if high in data:
        for last in range(0x80, 0xC0):
            data = data.replace(high + bytes((last,)), bytes((last + 0x40,)))
    return data.replace(low, b"").decode("utf-8", "surrogateescape")
