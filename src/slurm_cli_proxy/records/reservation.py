"""An advanced reservation, as any API version answers it."""

from __future__ import annotations

from msgspec import Struct

from slurm_cli_proxy.records.number import Number, number_or


class Cores(Struct):
    """Which cores of a node are reserved: `0-3,8`."""

    node: str = ""
    core: str = ""


class PurgeCompleted(Struct):
    """Seconds without use after which a reservation ends."""

    time: Number = None


class Reservation(Struct):
    """A reservation."""

    name: str = ""
    start_time: Number = None
    end_time: Number = None
    node_list: str | None = None
    node_count: int = 0
    core_count: int = 0
    core_specializations: list[Cores] | None = None
    features: str | None = None
    partition: str | None = None
    flags: list[str] | None = None
    purge_completed: PurgeCompleted | None = None
    tres: str | None = None
    users: str | None = None
    groups: str | None = None
    accounts: str | None = None
    licenses: str | None = None
    burst_buffer: str | None = None
    max_start_delay: Number = None
    watts: Number = None

    @property
    def start(self) -> int:
        """Epoch seconds."""
        return number_or(self.start_time, 0)

    @property
    def end(self) -> int:
        """Epoch seconds."""
        return number_or(self.end_time, 0)
