"""`--json` and `--yaml`: the documents that native commands print are slurmrestd's answers, all but `meta`.

What the server wrote is printed as it was written: an answer is taken apart into its members, and a list into its
elements, each being the very text.
"""

from __future__ import annotations

from typing import Any

import msgspec

Members = dict[str, msgspec.Raw]
"""The members of an answer, in its order."""


def elements(members: Members, name: str) -> list[msgspec.Raw]:
    """The elements of a member that is a list."""
    found: list[msgspec.Raw] = msgspec.json.decode(members[name], type=list[msgspec.Raw])
    return found


def raw(value: object) -> msgspec.Raw:
    """A value of our own making as text, its slashes escaped as Slurm does."""
    return msgspec.Raw(msgspec.json.encode(value).replace(b"/", b"\\/"))


def array(found: list[msgspec.Raw]) -> msgspec.Raw:
    """A list of elements, as a member."""
    return msgspec.Raw(b"[" + b",".join(map(bytes, found)) + b"]")


def whole(members: Members) -> msgspec.Raw:
    """Members put together."""
    return msgspec.Raw(
        b"{" + b",".join(b'"%s":%s' % (name.encode(), value) for name, value in members.items()) + b"}"
    )


def json_text(members: Members, *, compact: bool = False) -> str:
    """The document as JSON.  `compact`: on one line."""
    body = msgspec.json.format(bytes(whole(members)), indent=-1 if compact else 2)
    return text(body) + "\n"


def yaml_text(members: Members, *, nulls: bool = False, tags: bool = True, folded: bool = True) -> str:
    """The document as YAML.  `nulls`: an empty text is written as nothing.  `tags`, `folded`: see `yaml.dump`."""
    from slurm_cli_proxy.layout import yaml

    values = {name: plain(value) for name, value in members.items()}
    return _restored(yaml.dump(simplified(values) if nulls else values, tags=tags, folded=folded))


def plain(value: msgspec.Raw) -> Any:
    """The value that a text stands for."""
    return msgspec.json.decode(value)


def simplified(value: Any, *, whole: frozenset[str] = frozenset()) -> Any:
    """The value with the flag `complex`: numbers as such where they are set, nothing where a text is empty.

    `whole`: members whose empty texts stay.
    """
    if isinstance(value, dict):
        if value.keys() == {"set", "infinite", "number"}:
            if value["infinite"]:
                return "Infinity"
            return value["number"] if value["set"] else None
        return {
            name: member if name in whole and member == "" else simplified(member, whole=whole)
            for name, member in value.items()
        }
    if isinstance(value, list):
        return [simplified(member, whole=whole) for member in value]
    return None if value == "" else value


def text(body: bytes) -> str:
    """What the server wrote, as text."""
    return _restored(body.decode())


def _restored(text: str) -> str:
    """Bytes that are not UTF-8 as they were (see rest/rawtext.py)."""
    if text.isascii():
        return text
    from slurm_cli_proxy.rest import rawtext

    restored: str = rawtext.restored(text)
    return restored
