"""From files and variables to one Profile. Later over earlier:

`/etc/slurm-cli-proxy/config.toml`, `$XDG_CONFIG_HOME/slurm-cli-proxy/config.toml` (`~/.config` without it), the file
that `SLURM_CLI_PROXY_CONFIG` names, environment variables.

`SLURM_CLI_PROXY_CLUSTER` chooses among the clusters of the files, else the files' `default`, else the only one.
`SLURM_CLI_PROXY_URL` (or `PROXY_SLURM_API_URL`) names a server directly: the cluster of the files with that very URL,
or else one that the files say nothing about. So no file's credentials ever go to a server it does not name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from slurm_cli_proxy.profiles.errors import ConfigError
from slurm_cli_proxy.profiles.keys import CREDENTIALS, KEYS
from slurm_cli_proxy.profiles.profile import Profile

SYSTEM_FILE = "/etc/slurm-cli-proxy/config.toml"
_PREFIX = "SLURM_CLI_PROXY_"
_URLS = ("SLURM_CLI_PROXY_URL", "PROXY_SLURM_API_URL")
_TOP = ("default", "clusters")
SECRET = 16
"""Characters: a shorter text may be a word of many others."""


class Files(Struct):
    """What the files say together: the default's name and, for each cluster, key to (value, file)."""

    default: str = ""
    default_origin: str = ""
    clusters: dict[str, dict[str, tuple[Any, str]]] = field(default_factory=dict)


def home(environ: Mapping[str, str]) -> str:
    """The home folder, "" if there is none."""
    path = environ.get("HOME", "")
    if path.startswith("/"):
        return path
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return ""


def xdg(environ: Mapping[str, str], variable: str, below_home: str) -> str:
    """A folder of the XDG base directory specification, which ignores relative values; "" without a home."""
    path = environ.get(variable, "")
    if path.startswith("/"):
        return path
    folder = home(environ)
    return f"{folder}/{below_home}" if folder else ""


def config_files(environ: Mapping[str, str], system: str = SYSTEM_FILE) -> Iterator[tuple[str, bool]]:
    """The files to read, first to last, and whether each must be there."""
    yield system, False
    folder = xdg(environ, "XDG_CONFIG_HOME", ".config")
    if folder:
        yield f"{folder}/slurm-cli-proxy/config.toml", False
    named = environ.get("SLURM_CLI_PROXY_CONFIG", "")
    if named:
        yield named, True


def read_files(environ: Mapping[str, str], system: str = SYSTEM_FILE) -> Files:
    """All files there are, merged key by key. ConfigError when one cannot be read or understood."""
    files = Files()
    for path, required in config_files(environ, system):
        document = _document(path, required)
        if document is not None:
            _merge(files, document, path, environ)
    return files


def load(environ: Mapping[str, str], *, cluster: str = "", system: str = SYSTEM_FILE) -> Profile:
    """The profile of this call; `cluster` names one of the files' clusters instead of what the rules above choose.

    ConfigError when no server is known or something in the configuration is wrong.
    """
    files = read_files(environ, system)
    variable = next((name for name in _URLS if environ.get(name)), "")
    if cluster or not variable:
        profile = _from_file(files, cluster or environ.get("SLURM_CLI_PROXY_CLUSTER", ""))
    else:
        profile = _from_url(files, variable, environ[variable])
    _apply_variables(profile, environ)
    return profile


_OF_CALLS = frozenset({"connect_timeout", "timeout", "max_answer_mb", "environment", "keep", "drop"})
"""Keys whose variables concern the call, whatever the cluster."""


def without_server(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment but for what settles the server of the call: another cluster has its own from the files.

    Nor does that cluster get to see the token of the call's server under another name.
    """
    left = {"SLURM_JWT", "SLURM_CLI_PROXY_CLUSTER", *_URLS}
    left |= {_PREFIX + name.upper() for name in KEYS.keys() - _OF_CALLS}
    token = environ.get("SLURM_JWT", "")
    shown = token if len(token) >= SECRET else None
    return {
        name: value
        for name, value in environ.items()
        if name not in left and (shown is None or shown not in value)
    }


def _document(path: str, required: bool) -> dict[str, Any] | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        if required:
            raise ConfigError(f"{path}: no such file (SLURM_CLI_PROXY_CONFIG names it)") from None
        return None
    except OSError as error:
        if not required and not _is_seen(path):
            return None
        raise ConfigError(f"{path}: {error.strerror}") from None
    import tomllib

    with open(descriptor, "rb") as file:
        try:
            document = tomllib.load(file)
        except OSError as error:
            raise ConfigError(f"{path}: {error.strerror}") from None
        except UnicodeDecodeError:
            raise ConfigError(f"{path}: not valid TOML: not UTF-8") from None
        except tomllib.TOMLDecodeError as error:
            raise ConfigError(f"{path}: not valid TOML: {error}") from None
        mode = os.fstat(file.fileno()).st_mode
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        _refuse_shared_token(document, path)
    return document


def _is_seen(path: str) -> bool:
    """False in a folder that is closed to the caller: HOME may be somebody else's, as sudo and services leave it."""
    try:
        os.stat(path)
    except PermissionError:
        return False
    except OSError:
        pass
    return True


def _refuse_shared_token(document: dict[str, Any], path: str) -> None:
    clusters = document.get("clusters")
    for name, table in clusters.items() if isinstance(clusters, dict) else ():
        if isinstance(table, dict) and table.get("token"):
            raise ConfigError(
                f"{path}: clusters.{name}.token: the file holds a token and others can read it (chmod 600 {path})"
            )


def _merge(files: Files, document: dict[str, Any], path: str, environ: Mapping[str, str]) -> None:
    for top in document:
        if top not in _TOP:
            raise ConfigError(f"{path}: {top}: unknown key{_nearest(top, _TOP)}")
    default = document.get("default")
    if default is not None:
        if not isinstance(default, str):
            raise ConfigError(f"{path}: default: must be a string, the name of a cluster")
        files.default, files.default_origin = default, path
    clusters = document.get("clusters", {})
    if not isinstance(clusters, dict):
        raise ConfigError(f"{path}: clusters: must be a table: [clusters.NAME]")
    for name, table in clusters.items():
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: clusters.{name}: must be a table")
        _merge_cluster(files.clusters.setdefault(name, {}), name, table, path, environ)


def _merge_cluster(
    cluster: dict[str, tuple[Any, str]],
    name: str,
    table: dict[str, Any],
    path: str,
    environ: Mapping[str, str],
) -> None:
    credentials = [key for key in CREDENTIALS if key in table]
    if len(credentials) > 1:
        raise ConfigError(f"{path}: clusters.{name}: only one of {', '.join(credentials)} can be set")
    if credentials:
        for key in CREDENTIALS:
            cluster.pop(key, None)
    for key, raw in table.items():
        known = KEYS.get(key)
        if known is None:
            raise ConfigError(f"{path}: clusters.{name}.{key}: unknown key{_nearest(key, tuple(KEYS))}")
        try:
            value = known.read(raw)
        except ValueError as error:
            raise ConfigError(f"{path}: clusters.{name}.{key}: {error}") from None
        if known.path:
            value = _absolute(value, path, environ)
        cluster[key] = (value, path)


def _absolute(value: str, path: str, environ: Mapping[str, str]) -> str:
    if value.startswith("~/"):
        return home(environ) + value[1:]
    if value and not value.startswith("/"):
        return os.path.join(os.path.dirname(os.path.abspath(path)), value)
    return value


def _nearest(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1)
    return f" (did you mean {near[0]}?)" if near else ""


def _from_file(files: Files, wanted: str) -> Profile:
    names = ", ".join(sorted(files.clusters))
    if wanted:
        if wanted not in files.clusters:
            raise ConfigError(
                f"no cluster {wanted!r} is configured" + (f" (there are: {names})" if names else "")
            )
        name = wanted
    elif files.default:
        name = files.default
        if name not in files.clusters:
            raise ConfigError(f"{files.default_origin}: default: no cluster {name!r} is configured")
    elif len(files.clusters) == 1:
        name = next(iter(files.clusters))
    elif files.clusters:
        raise ConfigError(f"several clusters are configured ({names}) and none is the default")
    else:
        raise ConfigError(
            f"no Slurm REST server is configured: set SLURM_CLI_PROXY_URL and SLURM_JWT, or write {SYSTEM_FILE}"
            " or ~/.config/slurm-cli-proxy/config.toml"
        )
    profile = _profile(name, files.clusters[name])
    if not profile.url:
        where = next(iter(profile.origin.values()), SYSTEM_FILE)
        raise ConfigError(f"{where}: clusters.{name}.url: missing")
    return profile


def _from_url(files: Files, variable: str, value: str) -> Profile:
    try:
        address = KEYS["url"].read(value)
    except ValueError as error:
        raise ConfigError(f"{variable}: {error}") from None
    names = [name for name, cluster in files.clusters.items() if cluster.get("url", ("", ""))[0] == address]
    if files.default in names:
        names = [files.default]
    if names:
        return _profile(names[0], files.clusters[names[0]])
    return Profile(url=address, origin={"url": variable})


def _profile(name: str, cluster: dict[str, tuple[Any, str]]) -> Profile:
    profile = Profile(name=name)
    for key, (value, path) in cluster.items():
        setattr(profile, key, value)
        profile.origin[key] = path
    return profile


def _apply_variables(profile: Profile, environ: Mapping[str, str]) -> None:
    for key in KEYS.values():
        variable = _PREFIX + key.name.upper()
        if key.name == "url" or not key.variable or not environ.get(variable):
            continue
        try:
            text = environ[variable]
            value = key.read(text if key.spelled is None else key.spelled(text))
        except ValueError as error:
            raise ConfigError(f"{variable}: {error}") from None
        if key.name in CREDENTIALS:
            _drop_credentials(profile)
        setattr(profile, key.name, value)
        profile.origin[key.name] = variable
    if environ.get("SLURM_JWT"):
        _drop_credentials(profile)
        try:
            profile.token = KEYS["token"].read(environ["SLURM_JWT"])
        except ValueError as error:
            raise ConfigError(f"SLURM_JWT: {error}") from None
        profile.origin["token"] = "SLURM_JWT"


def _drop_credentials(profile: Profile) -> None:
    profile.token, profile.token_file, profile.token_command = "", "", []
    for key in CREDENTIALS:
        profile.origin.pop(key, None)
