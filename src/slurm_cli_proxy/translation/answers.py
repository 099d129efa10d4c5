"""What a server says, in this machine's names: done to the answer itself, before anything is read from it.

So every command, every API version and every document says the same. A member of an answer is known by its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from slurm_cli_proxy.rest import rawjson, rawtext
from slurm_cli_proxy.translation.paths import Paths
from slurm_cli_proxy.translation.users import Users

PATHS: Final = (
    "command", "container", "current_working_directory", "standard_error", "standard_input", "standard_output",
    "stderr", "stderr_expanded", "stdin", "stdin_expanded", "stdout", "stdout_expanded", "working_directory",
)  # fmt: skip
"""Members that are a path: of jobs, and of the accounting's jobs."""
TEXTS: Final = ("submit_line",)
"""Members with paths among other words."""
SCRIPTS: Final = ("script",)
"""Members that are a batch script, whose paths were translated only where the profile says so."""
USERS: Final = ("user", "user_name", "users")
"""Members that are a user's name, or several with commas."""

_VALUE: Final = rb'":\s*"((?:[^"\\]|\\.)*)"'
_OWNER: Final = rb'("user_id":\s*)\d+(,\s*"user_name":\s*)'
"""A job's user, the number just before the name, as every version writes it."""
_PLAIN: Final = re.compile(rb'[^"\\\x00-\x1f]*')

Rename = Callable[[bytes], bytes]


class Answers:
    """Translates bodies of answers; a name stays what it is where there is nothing to translate."""

    def __init__(self, paths: Paths | None, users: Users | None, *, scripts: bool) -> None:
        self._rules: list[tuple[re.Pattern[bytes], Rename]] = []
        self._owner: tuple[re.Pattern[bytes], bytes] | None = None
        if paths is not None:
            self._add(PATHS, lambda data: _encoded(paths.to_local(_decoded(data))))
            self._add((*TEXTS, *(SCRIPTS if scripts else ())), paths.text_to_local)
        if users is not None and users.user != users.login:
            name = re.escape(_encoded(f'"{users.user}"'))
            self._owner = (re.compile(_OWNER + name), b"\\g<1>%d\\2" % users.uid)
            self._add(USERS, lambda data: _encoded(users.listing_to_local(_decoded(data))))

    def translated(self, body: bytes) -> bytes:
        """The JSON of an answer with local names."""
        if self._owner is not None:
            pattern, number = self._owner
            body = pattern.sub(
                lambda found: found.expand(number) + found[0][found.end(2) - found.start() :], body
            )
        for pattern, rename in self._rules:
            body = pattern.sub(_Value(rename), body)
        return body

    def _add(self, names: Iterable[str], rename: Rename) -> None:
        pattern = b'"(?:' + b"|".join(name.encode() for name in names) + b")" + _VALUE
        self._rules.append((re.compile(pattern), rename))


class _Value:
    """Renames the value of a member, the same value once."""

    __slots__ = ("_known", "_rename")

    def __init__(self, rename: Rename) -> None:
        self._rename = rename
        self._known: dict[bytes, bytes] = {}

    def __call__(self, found: re.Match[bytes]) -> bytes:
        raw = found[1]
        new = self._known.get(raw)
        if new is None:
            new = self._known[raw] = _renamed(raw, self._rename)
        return found[0] if new is raw else found[0][: found.start(1) - found.start()] + new + b'"'


def _renamed(raw: bytes, rename: Rename) -> bytes:
    """The inside of a JSON string, renamed; one that cannot be taken apart stays."""
    if _PLAIN.fullmatch(raw):
        data = raw
    else:
        try:
            data = _encoded(rawtext.decode(b'"' + raw + b'"', str))
        except msgspec.MsgspecError:
            return raw
    new = rename(data)
    if new == data:
        return raw
    text = rawjson.encode(_decoded(new))[1:-1]
    return (
        text.replace(b"/", rb"\/") if rb"\/" in raw else text
    )  # documents show which way the server writes it


def _decoded(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
