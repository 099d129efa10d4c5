"""A compute node, as any API version answers it."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from slurm_cli_proxy.notation import nodestate
from slurm_cli_proxy.records.number import Number, number, number_or

Features = list[str] | str | None


class NodeMeaning:
    """What the fields mean, whichever version they come from; `FIELDS_OF` names the fields that each one reads."""

    __slots__ = ()

    @property
    def state_number(self: Any) -> int:
        """Base state and flags as one number (notation/nodestate.py).

        v0.0.38 gives the flags apart, and calls a node mixed that is drained while at work: to the native commands
        of its release that one is allocated.
        """
        base = self.state
        names = [base] if isinstance(base, str) else list(base or ())
        state = nodestate.number([*names, *(self.state_flags or ())])
        if self.state_flags and state & nodestate.DRAIN and state & nodestate.BASE == nodestate.MIXED:
            state += nodestate.ALLOCATED - nodestate.MIXED
        return state

    @property
    def feature_text(self: Any) -> str | None:
        """The available features, comma-separated; None where there are none."""
        return _text(self.features)

    @property
    def active_feature_text(self: Any) -> str | None:
        """The active features, comma-separated; None where there are none."""
        return _text(self.active_features)

    @property
    def free_memory_mb(self: Any) -> int | None:
        """Free memory in MB as the node's system reports it; None where it does not."""
        return number(self.free_mem if self.free_mem is not None else self.free_memory)

    @property
    def load(self: Any) -> int | None:
        """The load average times 100; None where the node reports none."""
        return number(self.cpu_load)

    @property
    def slurmd_release(self: Any) -> str | None:
        """The release of the node's slurmd."""
        return self.version or self.slurmd_version or None

    @property
    def reason_time(self: Any) -> int:
        """When the reason was set, epoch seconds; 0 where there is none."""
        return number_or(self.reason_changed_at, 0)


def _text(features: Features) -> str | None:
    if isinstance(features, list):
        features = ",".join(features)
    return features or None


class Energy(Struct):
    """What a node draws, in watts; `current_watts` unset where nothing measures it."""

    average_watts: int = 0
    current_watts: Number = None


class Node(NodeMeaning, Struct):
    """A node's fields by their newest names; in the second block, names that only older versions use."""

    name: str = ""
    hostname: str | None = None
    address: str | None = None
    port: int = 0
    partitions: list[str] | None = None
    state: list[str] | str | None = None
    cpus: int = 0
    alloc_cpus: int = 0
    cpu_load: Number = None
    boards: int = 0
    sockets: int = 0
    cores: int = 0
    threads: int = 0
    real_memory: int = 0
    alloc_memory: int = 0
    free_mem: Number = None
    temporary_disk: int = 0
    weight: int = 0
    features: Features = None
    active_features: Features = None
    gres: str | None = None
    gres_used: str | None = None
    comment: str | None = None
    extra: str | None = None
    reason: str | None = None
    reason_changed_at: Number = None
    reason_set_by_user: str | None = None
    reservation: str | None = None
    version: str | None = None
    architecture: str | None = None
    operating_system: str | None = None
    burstbuffer_network_address: str | None = None
    effective_cpus: int | None = None
    specialized_cores: int = 0
    specialized_cpus: str | None = None
    specialized_memory: int = 0
    gres_drained: str | None = None
    tres: str | None = None
    tres_used: str | None = None
    owner: str | None = None
    mcs_label: str | None = None
    energy: Energy | None = None
    boot_time: Number = None
    slurmd_start_time: Number = None
    last_busy: Number = None
    resume_after: Number = None
    suspend_time: Number = None
    next_state_after_reboot: list[str] | str | None = None
    next_state_after_reboot_flags: list[str] | None = None
    instance_id: str | None = None
    instance_type: str | None = None

    state_flags: list[str] | None = None
    free_memory: Number = None
    slurmd_version: str | None = None


FIELDS_OF: Final[dict[str, tuple[str, ...]]] = {
    "state_number": ("state", "state_flags"),
    "feature_text": ("features",),
    "active_feature_text": ("active_features",),
    "free_memory_mb": ("free_mem", "free_memory"),
    "load": ("cpu_load",),
    "slurmd_release": ("version", "slurmd_version"),
    "reason_time": ("reason_changed_at",),
}
"""Meaning -> the fields it is made of."""


def fields(wanted: frozenset[str]) -> frozenset[str]:
    """The fields behind fields and meanings, always with the name."""
    return frozenset({"name"}.union(*(FIELDS_OF.get(one, (one,)) for one in wanted)))
