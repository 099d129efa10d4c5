"""A folder here is another one there: paths both ways, by a profile's `paths`.

Whole path components, the longest folder first. What lies in no folder, and whatever is no absolute path, stays as it
is; so do patterns (`%j`) and everything else behind the folder.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.profiles.profile import PathMap

_UNTIDY: Final = re.compile(r"//|/\.\.?(?:/|$)")
_BEFORE: Final = rb"(?:(?<![\w./~}\])\\@%+*?\x80-\xff-])|(?<=[\s\"'=]-[A-Za-z]))"
"""In a text a path does not begin behind what would make it part of a word, but for the letter of an option."""
_BEHIND: Final = rb"(?=[/\s\"'`:;,|&<>(){}\]=]|\Z)(?!\{)"


class Paths:
    """The map of one profile."""

    __slots__ = ("_here", "_there")

    def __init__(self, maps: Sequence[PathMap]) -> None:
        self._there = _Way([(one.local, one.remote) for one in maps])
        self._here = _Way([(one.remote, one.local) for one in maps])

    def to_cluster(self, path: str) -> str:
        """A path here, as the cluster has it."""
        moved = self._there.move(path)
        return path if moved is None else moved

    def to_local(self, path: str) -> str:
        """A path there, as this machine has it."""
        moved = self._here.move(path)
        return path if moved is None else moved

    def holds(self, path: str) -> bool:
        """Whether a path here lies in a folder of the map."""
        return self._there.move(path) is not None

    def is_there(self, path: str) -> bool:
        """Whether a path lies in a folder of the map as the cluster calls it."""
        return self._here.move(path) is not None

    def text_to_cluster(self, text: bytes) -> bytes:
        """A text (a script, a command line) with the paths in it as the cluster has them."""
        return self._there.move_within(text)

    def text_to_local(self, text: bytes) -> bytes:
        """A text with the paths in it as this machine has them."""
        return self._here.move_within(text)


class _Way:
    """One direction: (from, to), neither with a slash at its end but for the root."""

    __slots__ = ("_folders", "_pattern")

    def __init__(self, folders: Sequence[tuple[str, str]]) -> None:
        self._folders = sorted(folders, key=lambda pair: len(pair[0]) if pair[0] != "/" else 0, reverse=True)
        self._pattern: re.Pattern[bytes] | None = None

    def move(self, path: str) -> str | None:
        if not path.startswith("/"):
            return None
        if _UNTIDY.search(path):
            path = _tidy(path)
        for source, target in self._folders:
            if path == source:
                return target
            start = source if source == "/" else source + "/"
            if path.startswith(start):
                return ("" if target == "/" else target) + "/" + path[len(start) :]
        return None

    def move_within(self, text: bytes) -> bytes:
        folders = {
            _bytes(source): _bytes(target) for source, target in reversed(self._folders) if source != "/"
        }
        if not folders:  # every slash of a text begins a path below the root: that cannot be meant
            return text
        if self._pattern is None:
            words = sorted(folders, key=len, reverse=True)
            self._pattern = re.compile(
                _BEFORE + b"(" + b"|".join(re.escape(word) for word in words) + b")" + _BEHIND
            )
        return self._pattern.sub(lambda found: folders[found[1]].rstrip(b"/") or b"/", text)


def _tidy(path: str) -> str:
    """Without empty, `.` and `..` components; a slash at the end stays one."""
    end = "/" if path.endswith("/") else ""
    tidy = posixpath.normpath(path)
    tidy = tidy[1:] if tidy.startswith("//") else tidy
    return tidy if tidy == "/" else tidy + end


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
