"""The releases, as a table: which Debian release carries them, and which ports they use."""

from __future__ import annotations

import os
from dataclasses import dataclass

from devcluster.errors import DevclusterError

#: Which set of clusters (places.py); each has the ports after the one before.
SET = int(os.environ.get("DEVCLUSTER_SET") or 0)

NODES = ("node1", "node2", "node3", "node4")

#: What a cluster needs from its Debian release.  python3 and procps are for jobs, not for Slurm.
SLURM_PACKAGES = (
    "slurmctld",
    "slurmd",
    "slurmdbd",
    "slurmrestd",
    "slurm-client",
    "slurm-wlm-jwt-plugin",
    "munge",
    "python3-minimal",
    "procps",
)


@dataclass(frozen=True)
class Release:
    """One Slurm release.

    ``suite`` is the Debian release whose root it lives in, None for the machine's own root.
    ``apis`` are the REST API versions it serves, oldest first.
    """

    name: str
    suite: str | None
    base_port: int
    apis: tuple[str, ...]

    @property
    def short(self) -> str:
        return self.name.replace(".", "")

    @property
    def cluster(self) -> str:
        """Slurm's ClusterName."""
        return f"slurm{self.short}"

    @property
    def slurmctld_port(self) -> int:
        return self.base_port + 1

    @property
    def slurmdbd_port(self) -> int:
        return self.base_port + 2

    @property
    def slurmrestd_port(self) -> int:
        return self.base_port + 3

    def slurmd_port(self, node: str) -> int:
        return self.base_port + 5 + NODES.index(node)


#: Ports stay below 32768, where the kernel begins to hand them out to whoever asks.
RELEASES = (
    Release("22.05", None, 22050 + 10 * SET, ("v0.0.36", "v0.0.37", "v0.0.38")),
    Release("24.11", "trixie", 24110 + 10 * SET, ("v0.0.40", "v0.0.41", "v0.0.42")),
    Release("26.05", "forky", 26050 + 10 * SET, ("v0.0.42", "v0.0.43", "v0.0.44", "v0.0.45")),
)


def release(name: str) -> Release:
    """The release called ``name``; DevclusterError names those there are."""
    for candidate in RELEASES:
        if candidate.name == name:
            return candidate
    known = ", ".join(r.name for r in RELEASES)
    raise DevclusterError(f"there is no release {name!r}: choose from {known}, or all")
