"""Generic resources: `gpu:a100:2(IDX:0-1)`, `gpu:2(S:0)`, `craynetwork:1`, several with commas between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from slurm_cli_proxy.notation.errors import NotationError

_COUNT: Final = r"([0-9]+)([KMGTPkmgtp]?)"
_ONE: Final = r"(?:gres[/:])?(?P<name>[^:=,()]+)(?P<rest>(?:[:=][^:=,()]+){0,2})(?:\((?P<detail>[^)]*)\))?"
_UNITS: Final = {"": 0, "k": 10, "m": 20, "g": 30, "t": 40, "p": 50}


class Gres(msgspec.Struct, frozen=True):
    """One resource: `type` is "" where none is named, `count` None where none is written (which means 1);
    `detail` is what stands in parentheses, such as `IDX:0-1` or `S:0`."""

    name: str
    type: str = ""
    count: int | None = None
    detail: str = ""


def parse(text: str) -> list[Gres]:
    """The resources in order.  `(null)` and an empty text are none.  A leading `gres/` or `gres:` is dropped."""
    if text in ("", "(null)"):
        return []
    return [_one(part, text) for part in _split(text)]


def _split(text: str) -> list[str]:
    """Parts between commas that are not in parentheses."""
    parts = [""]
    inside = False
    for character in text:
        if character == "," and not inside:
            parts.append("")
            continue
        inside = character == "(" or (inside and character != ")")
        parts[-1] += character
    return parts


def _one(part: str, text: str) -> Gres:
    found = re.fullmatch(_ONE, part)
    if not found:
        raise NotationError(f"not a list of generic resources: {text!r}")
    # `gpu:p100` names a type, `gpu:100` and `gpu:1K` a count, `gpu:100:2` both.
    fields = re.split("[:=]", found["rest"])[1:]
    number = re.fullmatch(_COUNT, fields[-1]) if fields else None
    if len(fields) == 2 and not number:
        raise NotationError(f"not a list of generic resources: {text!r}")
    kind = fields[0] if fields and (len(fields) == 2 or not number) else ""
    count = int(number[1]) << _UNITS[number[2].lower()] if number else None
    return Gres(found["name"], kind, count, found["detail"] or "")


def format_gres(resources: Iterable[Gres]) -> str:
    """The resources as native commands write them."""
    return ",".join(
        one.name
        + (f":{one.type}" if one.type else "")
        + ("" if one.count is None else f":{one.count}")
        + (f"({one.detail})" if one.detail else "")
        for one in resources
    )
