"""`slurm-cli-proxy login`: ask for a server and a token, try them, and keep them."""

from __future__ import annotations

import os
import re
import shlex
from typing import Any, Final

from slurm_cli_proxy.context import Context, decode
from slurm_cli_proxy.profiles import ConfigError, Profile
from slurm_cli_proxy.profiles.keys import CREDENTIALS, KEYS
from slurm_cli_proxy.profiles.layers import xdg
from slurm_cli_proxy.rest import cache
from slurm_cli_proxy.rest.auth import AuthError, checked, token_of
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.jwt import claims
from slurm_cli_proxy.rest.transport import host_of, is_loopback
from slurm_cli_proxy.tools import reach
from slurm_cli_proxy.tools.arguments import Ended, Parser, add_json, client_of, guarded, print_json

WHAT: Final = """Asks for the address of a slurmrestd, the user and a token (or a program that prints tokens), tries
them, and keeps them in the user's configuration: the token in a file of its own that nobody else can read.  What
the arguments tell is not asked for."""


@guarded
def run(ctx: Context, argv: list[str]) -> int:
    """Ask, try and keep; 1 when the server does not take it, and then nothing is kept."""
    parser = Parser(ctx, "login", WHAT)
    parser.add_argument(
        "name", nargs="?", default="", help="the cluster's name here (the first word of its host)"
    )
    parser.add_argument("--url", help="http://, https:// or unix:/path of slurmrestd")
    parser.add_argument("--user", help="the user's name on the cluster (the token's own)")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--token-stdin", action="store_true", help="read the token from standard input")
    source.add_argument("--token-file", metavar="FILE", help="a file with the token, which stays where it is")
    source.add_argument(
        "--token-command", metavar="COMMAND", help="a program that prints a token, in one string"
    )
    parser.add_argument("--ca-file", metavar="FILE", help="certificates to trust instead of the system's")
    parser.add_argument("--allow-insecure", action="store_true", help="send the token over plain http")
    parser.add_argument("--default", action="store_true", help="make it the default cluster")
    add_json(parser)
    given = parser.parse_args(argv)

    file = config_file(ctx)
    url = value_of("url", given.url or ask(ctx, "URL of slurmrestd: "))
    name = given.name or suggestion(url)
    if not re.fullmatch(r"[A-Za-z0-9._-]+", name):
        raise ConfigError(
            f"{name!r} is no name for a cluster: letters, digits, dots, hyphens and underscores"
        )
    settings: dict[str, Any] = {"url": url}
    token = credentials_of(ctx, given, settings, url)
    user = given.user
    if user is None and token and not (claims(token).sun or given.token_stdin):
        user = ask(ctx, f"User there [{ctx.login}]: ") or ctx.login
    if user:
        settings["user"] = value_of("user", user)
    if given.ca_file:
        settings["ca_file"] = os.path.abspath(os.path.join(ctx.cwd, given.ca_file))
    if given.allow_insecure:
        settings["allow_insecure"] = True

    profile = Profile(name=name, **settings)
    if token:
        profile.token = token
    client = client_of(ctx, profile)
    try:
        reach.knock(client)
    except RestError as error:
        ctx.error(f"{error.text}: nothing was kept")
        if error.detail:
            ctx.err(f"{ctx.prog}: {error.detail}\n")
        return 1

    keep(file, name, settings, token, default=given.default)
    told = {"name": name, "url": url, "user": client.user, "release": client.release_text, "file": file}
    if given.json:
        print_json(ctx, told)
    else:
        ctx.out(f"{client.user} at {url} (Slurm {client.release_text}), kept as {name} in {file}\n")
    return 0


def credentials_of(ctx: Context, given: Any, settings: dict[str, Any], url: str) -> str:
    """Puts the token's source into the settings, or gives the token itself, which is to be kept."""
    try:
        if given.token_command:
            settings["token_command"] = value_of("token_command", shlex.split(given.token_command))
        elif given.token_file:
            settings["token_file"] = os.path.abspath(os.path.join(ctx.cwd, given.token_file))
        elif given.token_stdin:
            data = ctx.stdin.read() if ctx.stdin else b""
            return token_of(decode(data), "standard input")
        elif not url.startswith("unix:"):
            text = ask(ctx, "Token (scontrol token prints one; nothing: name a program): ", secret=True)
            if text:
                return checked(text.removeprefix("SLURM_JWT="), "the answer")
            words = shlex.split(ask(ctx, "Program that prints a token: "))
            settings["token_command"] = value_of("token_command", words)
    except (AuthError, ValueError) as error:
        raise ConfigError(str(error)) from None
    return ""


def ask(ctx: Context, question: str, *, secret: bool = False) -> str:
    """A line from the terminal, or from standard input. Ended when there is none."""
    if secret and ctx.stdin is not None and ctx.stdin.isatty():
        ctx.flush()
        return unseen(question)
    ctx.err(question)
    line = ctx.stdin.readline() if ctx.stdin else b""
    if not line:
        ctx.err("\n")
        ctx.error("no answer; --help tells how to say it all in arguments")
        raise Ended(1)
    return decode(line).strip()


def unseen(question: str) -> str:
    """A line from the terminal, which does not show it. Ctrl-C ends the process, once lines are shown again."""
    import getpass
    import signal

    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return getpass.getpass(question).strip()
    except EOFError:
        return ""
    finally:
        signal.signal(signal.SIGINT, usual)


def value_of(key: str, raw: Any) -> Any:
    """A value as the configuration reads it. ConfigError when it cannot be one."""
    try:
        return KEYS[key].read(raw)
    except ValueError as error:
        raise ConfigError(f"{key}: {error}") from None


def suggestion(url: str) -> str:
    """A name for the cluster at this address."""
    word = "" if is_loopback(url) else host_of(url).strip("[]").partition(".")[0]
    return word if re.match("[a-z]", word) else "local" if is_loopback(url) else "cluster"


def config_file(ctx: Context) -> str:
    """The user's own file. ConfigError where there is no home for it."""
    named = ctx.environ.get("SLURM_CLI_PROXY_CONFIG", "")
    if named:
        return os.path.abspath(os.path.join(ctx.cwd, named))
    folder = xdg(ctx.environ, "XDG_CONFIG_HOME", ".config")
    if not folder:
        raise ConfigError("there is no home folder to keep a configuration in: set SLURM_CLI_PROXY_CONFIG")
    return f"{folder}/slurm-cli-proxy/config.toml"


def keep(file: str, name: str, settings: dict[str, Any], token: str, *, default: bool) -> None:
    """Puts the cluster into the configuration file; what else stands there, comments too, stays as it is.

    A token gets a file beside it. ConfigError where nothing can be kept, and then nothing is.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        with open(file, encoding="utf-8") as existing:
            document = tomlkit.parse(existing.read())
    except FileNotFoundError:
        document = tomlkit.document()
    except (OSError, UnicodeDecodeError, TOMLKitError) as error:
        raise ConfigError(f"{file}: {error}") from None
    clusters: Any = document.setdefault("clusters", tomlkit.table(is_super_table=True))
    cluster: Any = clusters.setdefault(name, tomlkit.table())
    for key in CREDENTIALS:
        cluster.pop(key, None)
    cluster.update(settings)
    if token:
        cluster["token_file"] = f"{os.path.dirname(file)}/{name}.token"
        write(cluster["token_file"], token + "\n")
    if default or (len(clusters) > 1 and "default" not in document):
        first = next(iter(clusters))
        document["default"] = name if default else first
    write(file, tomlkit.dumps(document))


def write(path: str, text: str) -> None:
    """A file of mode 600; a link to it stays a link. ConfigError when it cannot be written."""
    if not cache.write(os.path.realpath(path), text.encode()):
        raise ConfigError(f"{path}: cannot be written")
