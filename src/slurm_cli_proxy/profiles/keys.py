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
    maps: dict[str, PathMap] = {}
    for item in value:
        if not isinstance(item, dict) or set(item) != {"local", "remote"}:
            raise ValueError(wanted)
        local, remote = folder(item["local"]), folder(item["remote"])
        if local in maps:
            raise ValueError(f"names {local} twice")
        maps[local] = PathMap(local=local, remote=remote)
    return list(maps.values())


def folder(value: Any) -> str:
    """An absolute path without a slash at its end."""
    path = text(value)
    if not path.startswith("/"):
        raise ValueError(f"must hold absolute paths, which {path!r} is not")
    if any(part in (".", "..") for part in path.split("/")):
        raise ValueError(f"must not hold . or .., as {path!r} does")
    return "/" + "/".join(part for part in path.split("/") if part)


def absolute(value: Any) -> str:
    if not text(value).startswith("/"):
        raise ValueError("must be an absolute path")
    return str(value)


def login(value: Any) -> str:
    name = text(value)
    if not name or any(character in name for character in " ,:"):
        raise ValueError("must be a user's name")
    return name


def logins(value: Any) -> list[str]:
    return [login(name) for name in texts(value)]


def patterns(value: Any) -> list[str]:
    found = texts(value)
    if not all(found) or any("=" in pattern for pattern in found):
        raise ValueError('must hold names of variables, or patterns of them such as "SGE_*"')
    return found


def options(value: Any) -> list[str]:
    found = [word.removeprefix("--") for word in texts(value)]
    if not all(word.replace("-", "").isalnum() for word in found):
        raise ValueError('must hold long names of options, such as "signal"')
    return found


def words_of(value: str) -> list[str]:
    """A variable's list: separated by commas."""
    return [word.strip() for word in value.split(",") if word.strip()]


def flag_of(value: str) -> object:
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(value.lower())


def paths_of(value: str) -> list[dict[str, str]]:
    """A variable's map: `LOCAL=REMOTE`, several separated by colons."""
    found = []
    for part in value.split(":"):
        local, equals, remote = part.partition("=")
        if not equals:
            raise ValueError("must be LOCAL=REMOTE, several separated by colons: /srv/a=/projects/a")
        found.append({"local": local, "remote": remote})
    return found


def environment(value: Any) -> str:
    if value not in ("all", "portable", "none"):
        raise ValueError('must be "all", "portable" or "none"')
    return str(value)


class Key(Struct, frozen=True):
    """`read` turns the file's value into the profile's, raising ValueError with what it must be.

    `path`: a file name: `~/` is the home folder, and a relative one stands beside the file that names it.
    `variable`: the key can be set by SLURM_CLI_PROXY_KEY too, where `spelled` turns the text into a file's value.
    """

    name: str
    read: Callable[[Any], Any]
    meaning: str
    path: bool = False
    variable: bool = False
    spelled: Callable[[str], Any] | None = None


KEYS: dict[str, Key] = {
    key.name: key
    for key in (
        Key("url", url, "where slurmrestd answers: http, https, or unix:/path/of/socket", variable=True),
        Key(
            "user", login, "the user's name on the cluster; the local login is an alias of it", variable=True
        ),
        Key("aliases", logins, "further local names that mean this user", variable=True, spelled=words_of),
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
        Key(
            "tls_verify",
            flag,
            "false: speak to whoever answers, whatever its certificate; each call warns of it",
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
        Key("paths", paths, "folders here and the same folders there", variable=True, spelled=paths_of),
        Key(
            "default_partition",
            text,
            "the cluster's default partition, for API versions that do not tell (v0.0.39 to v0.0.44)",
            variable=True,
        ),
        Key(
            "default_chdir",
            absolute,
            "the cluster's working directory of jobs submitted from outside every folder of paths",
            variable=True,
        ),
        Key(
            "srun_folder",
            text,
            "a folder shared with the cluster's nodes, through which srun speaks to its step",
            path=True,
            variable=True,
        ),
        Key(
            "rewrite_script",
            flag,
            "translate paths inside batch scripts too",
            variable=True,
            spelled=flag_of,
        ),
        Key(
            "leave_out",
            options,
            "options of sbatch, salloc and srun to leave out where the API has no place for them",
            variable=True,
            spelled=words_of,
        ),
        Key(
            "environment", environment, "which variables go with a job: all, portable or none", variable=True
        ),
        Key(
            "keep",
            patterns,
            "patterns of variables that go with a job whatever the policy",
            variable=True,
            spelled=words_of,
        ),
        Key(
            "drop",
            patterns,
            "patterns of variables that never go with a job",
            variable=True,
            spelled=words_of,
        ),
    )
}

CREDENTIALS = ("token", "token_file", "token_command")
"""One of these is the source of the token: a later layer that sets one replaces what an earlier layer set."""
