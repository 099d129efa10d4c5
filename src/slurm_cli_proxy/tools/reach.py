"""Trying a server: what `login`, `doctor` and `whoami` ask it."""

from __future__ import annotations

import time

from msgspec import Struct

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.auth import Credentials
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.jwt import claims


class _Named(Struct):
    name: str | None = None


def knock(client: Client) -> None:
    """Ask something small that the server answers only to those it knows. RestError when it does not."""
    endpoints.partitions(client, _Named)


def accounting(client: Client) -> list[str]:
    """The clusters that accounting knows. RestError when there is no accounting."""
    found = endpoints.listing(client, "slurmdb:clusters/", "clusters", _Named)
    return [one.name or "" for one in found]


def credentials(ctx: Context, profile: Profile) -> Credentials:
    """Who a call with this profile would be."""
    return Credentials(profile, ctx.environ, lambda: ctx.login, ctx.clock)


def expiry(token: str) -> float | None:
    """When a token ends (epoch seconds), as far as it tells."""
    return claims(token).exp


def moment(when: float) -> str:
    """A time as people read it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(when))
