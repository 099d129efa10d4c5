"""`scontrol ping` and `scontrol version`."""

from __future__ import annotations

from msgspec import Struct

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest.answer import Answer


class Controller(Struct):
    """A slurmctld, as asked by slurmrestd.  `ping` is v0.0.38's, `pinged` v0.0.39's to v0.0.44's word."""

    hostname: str | None = None
    ping: str | None = None
    pinged: str | None = None
    responding: bool | None = None
    mode: str | None = None
    primary: bool | None = None

    @property
    def is_up(self) -> bool:
        """Whether it answers."""
        return self.responding if self.responding is not None else "UP" in (self.ping, self.pinged)

    @property
    def is_primary(self) -> bool:
        """Whether it is the first in the configuration."""
        return self.primary if self.primary is not None else self.mode == "primary"


class Pings(Answer):
    """The answer of /ping."""

    pings: list[Controller] | None = None


_STARS = "*" * 41
DOWN = f"{_STARS}\n** RESTORE SLURMCTLD DAEMON TO SERVICE **\n{_STARS}\n"
"""What root is told when a controller is down."""


def run(ctx: Context, *, host: str = "") -> int:
    """`scontrol ping`: a line for each controller; 1 if one is down.  RestError where none can be asked.

    `host`: what to call theirs.
    """
    status = 0
    controllers = ctx.client.get("slurm:ping/", type=Pings).pings or []
    for place, controller in enumerate(controllers):
        role = "primary" if controller.is_primary else backup(place, len(controllers))
        word = "UP" if controller.is_up else "DOWN"
        ctx.out(f"Slurmctld({role}) at {host or controller.hostname or '(null)'} is {word}\n")
        if not controller.is_up:
            status = 1
    if status and ctx.uid == 0:
        ctx.out(DOWN)
    return status


def backup(place: int, count: int) -> str:
    """What the controller in this place is called: `backup` if it is the only one, else with its number."""
    return "backup" if count == 2 else f"backup{place}"


def version(ctx: Context) -> int:
    """`scontrol version`: the server's release, as its own command prints it."""
    ctx.out(f"{ctx.profile.package_name or 'slurm'} {ctx.release_text}\n")
    return 0
