"""An advanced reservation, as any API version answers it."""

from __future__ import annotations

from msgspec import Struct

from slurm_cli_proxy.records.number import Number, number_or


class Reservation(Struct):
    """A reservation's name, time and nodes."""

    name: str = ""
    start_time: Number = None
    end_time: Number = None
    node_list: str | None = None

    @property
    def start(self) -> int:
        """Epoch seconds."""
        return number_or(self.start_time, 0)

    @property
    def end(self) -> int:
        """Epoch seconds."""
        return number_or(self.end_time, 0)
