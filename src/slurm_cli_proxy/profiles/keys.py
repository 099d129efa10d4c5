"""The keys of a `[clusters.NAME]` table: what each holds and means. `SLURM_CLI_PROXY_NAME` sets the plain ones.

A key is data; the reader of files, the reader of variables and the documentation all go by this table.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from slurm_cli_proxy.profiles.profile import PathMap

# Plain strings: compiled when first used, and most calls use only the first.
_URL = r"https?://(\[[0-9A-Fa-f:.]+\]|[^/@:?#\s\[\]]+)(:\d{1,5})?(/[^?#\s]*)?"
_HEADER_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_VERSION = r"v0\.0\.\d{1,3}"


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a string")
    if any(ord(character) < 32 or character == "\x7f" for character in value):
        raise ValueError("must not contain control characters")
    return value


def texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError("must be a list of strings")
    return [text(item) for item in value]


def command(value: Any) -> list[str]:
    words = texts(value)
    if not words or not words[0]:
        raise ValueError('must name a program: a list of strings, e.g. ["ssh", "login", "scontrol", "token"]')
    return words


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def positive(value: Any) -> float:
    if isinstance(value, str):
        try:
            value = float(value)
        except ValueError:
            raise ValueError("must be a number greater than zero") from None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1e9:
        raise ValueError("must be a number greater than zero")
    return float(value)


def url(value: Any) -> str:
    """The URL without a trailing slash; `unix:PATH` for a socket."""
    address = text(value)
    for prefix in ("unix://", "unix:"):
        if address.startswith(prefix + "/"):
            return "unix:" + address[len(prefix) :]
    if "@" in address.split("://", 1)[-1].split("/", 1)[0]:
        raise ValueError("must not contain a user name or password")
    if not re.fullmatch(_URL, address):
        raise ValueError("must be http://HOST[:PORT][/PATH], https://HOST[:PORT][/PATH] or unix:/PATH")
    return address.rstrip("/")


def version(value: Any) -> str:
    name = text(value)
    if not re.fullmatch(_VERSION, name):
        raise ValueError("must be an API version such as v0.0.42")
    return name


def headers(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise ValueError("must be a table of strings")
    for name in value:
        if not re.fullmatch(_HEADER_NAME, name):
            raise ValueError("contains a name that no HTTP header can have")
    return {name: text(item) for name, item in value.items()}


def paths(value: Any) -> list[PathMap]:
    wanted = 'must be a list of tables such as { local = "/srv/a", remote = "/projects/a" }'
    if not isinstance(value, list):
        raise ValueError(wanted)
    maps = []
    for item in value:
        if not isinstance(item, dict) or set(item) != {"local", "remote"}:
            raise ValueError(wanted)
        local, remote = text(item["local"]), text(item["remote"])
        if not local.startswith("/") or not remote.startswith("/"):
            raise ValueError("must hold absolute paths")
        maps.append(PathMap(local=local.rstrip("/") or "/", remote=remote.rstrip("/") or "/"))
    return maps


def environment(value: Any) -> str:
    if value not in ("all", "portable", "none"):
        raise ValueError('must be "all", "portable" or "none"')
    return str(value)


class Key(Struct, frozen=True):
    """`read` turns the file's value into the profile's, raising ValueError with what it must be.

    `path`: a file name: `~/` is the home folder, and a relative one stands beside the file that names it.
    `variable`: the key can be set by SLURM_CLI_PROXY_KEY too.
    """

    name: str
    read: Callable[[Any], Any]
    meaning: str
    path: bool = False
    variable: bool = False


KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key("url", url, "where slurmrestd answers: http, https, or unix:/path/of/socket", variable=True),
        Key("user", text, "the user's name on the cluster; the local login is an alias of it", variable=True),
        Key("aliases", texts, "further local names that mean this user"),
        Key("token", text, "a Slurm token (JWT); better a file or a command"),
        Key(
            "token_file",
            text,
            "a file that holds the token, readable by its owner alone",
            path=True,
            variable=True,
        ),
        Key(
            "token_command", command, "a program that prints a token, run without a shell; the token is kept"
        ),
        Key("allow_insecure", flag, "send the token over plain http to a host that is not this one"),
        Key(
            "api_version",
            version,
            "the API version to speak, instead of the newest both sides know",
            variable=True,
        ),
        Key(
            "package_name",
            text,
            "what --version says before the release (slurm; Debian: slurm-wlm)",
            variable=True,
        ),
        Key(
            "ca_file",
            text,
            "certificates that sign the server's, instead of the system's",
            path=True,
            variable=True,
        ),
        Key("client_cert", text, "a certificate that this client shows (PEM)", path=True, variable=True),
        Key(
            "client_key",
            text,
            "the key of client_cert, where that file does not hold it",
            path=True,
            variable=True,
        ),
        Key("connect_timeout", positive, "seconds to wait for a connection (10)", variable=True),
        Key("timeout", positive, "seconds to wait for a whole answer (100)", variable=True),
        Key("max_answer_mb", positive, "megabytes an answer may have (2048)", variable=True),
        Key("headers", headers, "further HTTP headers, for a gateway"),
        Key("paths", paths, "folders here and the same folders there"),
        Key(
            "default_partition",
            text,
            "the cluster's default partition, for API versions that do not tell (v0.0.39 to v0.0.44)",
            variable=True,
        ),
        Key("default_chdir", text, "working directory of jobs submitted from outside every folder of paths"),
        Key(
            "srun_folder",
            text,
            "a folder shared with the cluster's nodes, through which srun speaks to its step",
            path=True,
            variable=True,
        ),
        Key("rewrite_script", flag, "translate paths inside batch scripts too"),
        Key(
            "environment", environment, "which variables go with a job: all, portable or none", variable=True
        ),
        Key("keep", texts, "patterns of variables that go with a job whatever the policy"),
        Key("drop", texts, "patterns of variables that never go with a job"),
    )
}

CREDENTIALS = ("token", "token_file", "token_command")
"""One of these is the source of the token: a later layer that sets one replaces what an earlier layer set."""
