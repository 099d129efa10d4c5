"""Which API version to speak, and what is remembered of a server: its versions and its Slurm release."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from slurm_cli_proxy.rest import cache

KNOWN = ("v0.0.45", "v0.0.44", "v0.0.43", "v0.0.42", "v0.0.41", "v0.0.40", "v0.0.39", "v0.0.38")
"""The API versions this package speaks, newest first."""

NEWEST_RELEASE = (26, 5)
"""The newest release known here."""

_FORMAT = 1
_SERVED = rb'"\\?/slurm\\?/(v0\.0\.\d+)\\?/'


class Server(msgspec.Struct):
    """What is known of a server: API versions served ([]: not known), and its release ("": not known)."""

    url: str = ""
    versions: list[str] = msgspec.field(default_factory=list)
    release: str = ""
    format: int = _FORMAT


def number(version: str) -> int:
    """The last part: 42 of "v0.0.42"."""
    return int(version.rpartition(".")[2])


def newest(versions: list[str]) -> str:
    """The newest version that is also known here, "" if there is none."""
    return next((version for version in KNOWN if version in versions), "")


def served(openapi: bytes | bytearray) -> list[str]:
    """The versions that a server's /openapi/v3 describes, newest first."""
    found = {match.decode("ascii") for match in re.findall(_SERVED, openapi)}
    return sorted(found, key=number, reverse=True)


def release(openapi: bytes | bytearray) -> str:
    """The Slurm release that wrote an /openapi/v3, "" if it does not tell (22.05 does not)."""
    told = re.search(rb'"Slurm-(\d+\.\d+\.\d+[^"&]*)', openapi)
    return told[1].decode("ascii", "replace") if told else ""


def pair(release: str) -> tuple[int, int] | None:
    """(24, 11) of "24.11.5"; None if it is not of that form."""
    parts = release.split(".")
    try:
        return int(parts[0]), int(parts[1])
    except (ValueError, IndexError):
        return None


def remember(environ: Mapping[str, str], server: Server) -> None:
    """Keep what is known of a server in the user's cache, if there is one."""
    cache.write(_path(environ, server.url), msgspec.json.encode(server))


def recall(environ: Mapping[str, str], url: str) -> Server:
    """What is known of a server; nothing, if the file is missing, damaged or of another version of this package."""
    data = cache.read(_path(environ, url))
    if data:
        try:
            server = msgspec.json.decode(data, type=Server)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return Server(url)
        if server.format == _FORMAT and server.url == url:
            return server
    return Server(url)


def _path(environ: Mapping[str, str], url: str) -> str:
    return cache.place(environ, "servers", url, suffix=".json")
