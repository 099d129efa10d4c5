"""A folder here is another one there: paths both ways, by a profile's `paths`.

Whole path components, the longest folder first. What lies in no folder, and whatever is no absolute path, stays as it
is; so do patterns (`%j`) and everything else behind the folder: `x/..` too, for x may be a link.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.profiles.profile import PathMap

_UNTIDY: Final = re.compile(r"//|/\.\.?(?:/|$)")
_BEFORE: Final = rb"(?:(?<![\w./~}\])\\%+*?\x80-\xff-])|(?<=[\s\"'=]-[A-Za-z])|(?<=:[-+?])|(?<=\bfile://))"
"""In a text a path does not begin behind what would make it part of a word, but for the letter of an option, what a
variable is by default (`${A:-/b}`), and what makes it a URL of its own.
"""
_BEHIND: Final = rb"(?=[/\s\"'`:;,|&<>(){}\]=]|\\\"|\Z)(?!\{)"


class Paths:
    """The map of one profile."""

    __slots__ = ("_here", "_locals", "_there")

    def __init__(self, maps: Sequence[PathMap]) -> None:
        self._locals = [one.local for one in maps]
        self._there = _Way([(one.local, one.remote) for one in maps])
        self._here = _Way([(one.remote, one.local) for one in maps])

    def to_cluster(self, path: str) -> str:
        """A path here, as the cluster has it."""
        moved = self.moved(path)
        return path if moved is None else moved

    def moved(self, path: str, *, folder: bool = False) -> str | None:
        """The cluster's name of a path here that leads into a folder of the map, if by links; None of another.

        What it names itself may be a link to anything (`/dev/stdout`): looked behind only where it is a folder.
        """
        moved = self._there.move(path)
        if moved is not None or not path.startswith("/"):
            return moved
        parent, name = ("", path) if folder else posixpath.split(path)
        real = posixpath.join(_real(parent), name) if parent else _real(path)
        moved = self._there.move(real)
        if moved is None:
            maps = [(_real(source), source) for source in self._locals]
            again = _Way([pair for pair in maps if pair[0] != "/"]).move(real)
            moved = None if again is None else self._there.move(again)
        return moved

    def to_local(self, path: str) -> str:
        """A path there, as this machine has it."""
        moved = self._here.move(path)
        return path if moved is None else moved

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
        tidy = _tidy(path) if _UNTIDY.search(path) else path
        found = self._folder(tidy)
        if found is None:
            return None
        source, target = found
        if tidy != path and (self._folder(path) != found or _climbs(path[len(source) :])):
            path = tidy
        rest = path[len(source) :] if source != "/" else path if path != "/" else ""
        return rest if rest and target == "/" else target + rest

    def _folder(self, path: str) -> tuple[str, str] | None:
        """The longest folder that holds the path, as it is written."""
        for source, target in self._folders:
            if path == source or path.startswith(source if source == "/" else source + "/"):
                return source, target
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


def _climbs(rest: str) -> bool:
    """Whether what is written behind a folder leads out of it on its way."""
    depth = 0
    for part in rest.split("/"):
        depth += -1 if part == ".." else part not in ("", ".")
        if depth < 0:
            return True
    return False


def _tidy(path: str) -> str:
    """Without empty, `.` and `..` components; a slash at the end stays one."""
    end = "/" if path.endswith("/") else ""
    tidy = posixpath.normpath(path)
    tidy = tidy[1:] if tidy.startswith("//") else tidy
    return tidy if tidy == "/" else tidy + end


def _real(path: str) -> str:
    return os.path.realpath(_bytes(path)).decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
