"""The arguments of the sub-commands, and what they have in common: which cluster, and output for programs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn

import msgspec

from slurm_cli_proxy import profiles
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest.client import Client


class Ended(Exception):
    """The help was asked for, or the arguments are wrong; both have been told."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Parser(argparse.ArgumentParser):
    """argparse that speaks through the Context and raises Ended where it would end the process."""

    def __init__(self, ctx: Context, name: str, what: str) -> None:
        super().__init__(prog=f"{ctx.prog} {name}", description=what, allow_abbrev=False)
        self._ctx = ctx

    def print_help(self, file: object = None) -> None:
        self._ctx.out(self.format_help())

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise Ended(status)

    def error(self, message: str) -> NoReturn:
        self._ctx.err(f"{self.format_usage()}{self.prog}: error: {message}\n")
        raise Ended(2)


def add_json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON, for programs")


def add_cluster(parser: Parser) -> None:
    parser.add_argument("--cluster", metavar="NAME", default="", help="this cluster of the configuration")


def guarded(run: Callable[[Context, list[str]], int]) -> Callable[[Context, list[str]], int]:
    """A sub-command whose Ended is its exit status."""

    def guarded_run(ctx: Context, argv: list[str]) -> int:
        try:
            return run(ctx, argv)
        except Ended as ended:
            return ended.status

    return guarded_run


def print_json(ctx: Context, value: Any) -> None:
    ctx.out(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def chosen(ctx: Context, cluster: str) -> Profile:
    """The profile that a call would use, or that of a cluster named. ConfigError when there is none."""
    return profiles.load(ctx.environ, cluster=cluster) if cluster else ctx.profile


def client_of(ctx: Context, profile: Profile) -> Client:
    """A client of this profile."""
    return Client(profile, ctx.environ, login=lambda: ctx.login, clock=ctx.clock)


def token_source(profile: Profile) -> str:
    """Where the token comes from, in words, without the token."""
    if profile.token:
        return profile.origin.get("token", "token")
    if profile.token_file:
        return f"file {profile.token_file}"
    if profile.token_command:
        return f"command {profile.token_command[0]}"
    if profile.client_cert:
        return f"client certificate {profile.client_cert}"
    if profile.headers:
        return "headers"
    return "socket" if profile.url.startswith("unix:") else "none"
