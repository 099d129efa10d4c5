"""Answers that are not UTF-8.

Slurm takes a job's name, comment or path as bytes, and slurmrestd writes them into its JSON as they are. Python's
way to carry such bytes in text are lone surrogates (`surrogateescape`), which msgspec does not let in. So they travel
as characters of a private area through the decoding, and become surrogates in the records, which print as the very
bytes.
"""

from __future__ import annotations

import codecs
from typing import Any

import msgspec

_PRIVATE = 0x10F700
_SURROGATE = 0xDC00
_TABLE = {_PRIVATE + byte: _SURROGATE + byte for byte in range(0x80, 0x100)}
_MARK = chr(_PRIVATE).encode()[:2]  # how all of these characters begin
_HANDLER = "slurm_cli_proxy.private"


def _replace(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return "".join(chr(_PRIVATE + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error(_HANDLER, _replace)


def decode(body: bytes | bytearray, type: Any) -> Any:
    """Decode JSON that is not all UTF-8 as `type`; msgspec's errors as they are."""
    text = body.decode("utf-8", _HANDLER)
    return _restored(msgspec.json.decode(text, type=type))


def _restored(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else value.translate(_TABLE)
    if isinstance(value, list):
        # Few of many records have such bytes; encoding one is a fraction of walking through it.
        return [_restored(item) if _MARK in msgspec.json.encode(item) else item for item in value]
    if isinstance(value, dict):
        return {_restored(key): _restored(item) for key, item in value.items()}
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            msgspec.structs.force_setattr(value, name, _restored(getattr(value, name)))
    return value
