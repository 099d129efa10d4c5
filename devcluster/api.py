"""The clusters, for a program: a test-suite, a benchmark.

    from devcluster import api

    cluster = api.cluster("24.11")
    subprocess.run(cluster.native_argv("alice", ["squeue", "-a"]), env=cluster.environ("alice"))
    os.environ.update(SLURM_CLI_PROXY_URL=cluster.url, SLURM_JWT=cluster.token("alice"))

Nothing here starts or stops anything.  ``native_argv`` needs root (it enters the cluster's namespace).
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence

from devcluster import people, places, slurmconf
from devcluster.cluster import Cluster
from devcluster.releases import NODES, RELEASES, release

__all__ = ["ADMIN", "NODES", "RELEASES", "USERS", "ClusterHandle", "cluster"]

USERS = people.USERS
ADMIN = "slurmadmin"


class ClusterHandle:
    """One release's cluster, up or not."""

    def __init__(self, name: str) -> None:
        self.release = release(name)
        self._cluster = Cluster(self.release)
        self._prefixes: dict[tuple[str, str | None], list[str]] = {}
        self._tokens: dict[str, str] = {}

    @property
    def name(self) -> str:
        """ "24.11"."""
        return self.release.name

    @property
    def apis(self) -> tuple[str, ...]:
        """The REST API versions it serves, oldest first."""
        return self.release.apis

    def is_up(self) -> bool:
        """Whether all its daemons run."""
        return self._cluster.is_up()

    @property
    def url(self) -> str:
        """slurmrestd over TCP; needs a token."""
        return f"http://127.0.0.1:{self.release.slurmrestd_port}"

    def unix_socket(self, user: str) -> str:
        """Path of the slurmrestd that serves ``user`` (and only that uid) without a token."""
        return places.rest_socket(self.release, user)

    def unix_url(self, user: str) -> str:
        return f"unix:{self.unix_socket(user)}"

    def token(self, user: str) -> str:
        """A JSON web token, good for a year; made once per process and user."""
        if user not in self._tokens:
            self._tokens[user] = self._cluster.token(user)
        return self._tokens[user]

    def short_token(self, user: str, seconds: int) -> str:
        """A token that expires."""
        argv = ["scontrol", "token", f"username={user}", f"lifespan={seconds}"]
        said = self._cluster.space.run(argv, step="making a token")
        return said.strip().removeprefix("SLURM_JWT=")

    def ids(self, user: str) -> tuple[int, int]:
        """(uid, gid), the same on the machine and in every cluster."""
        identity = self._cluster.identity(user)
        return identity.uid, identity.gid

    def environ(self, user: str) -> dict[str, str]:
        """The environment of a fresh login, for ``native_argv``: nothing of the caller's."""
        home = "/root" if user == "root" else people.person(user).home
        return {
            "HOME": home,
            "USER": user,
            "LOGNAME": user,
            "SHELL": "/bin/bash",
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin",
            "LANG": "C.UTF-8",
        }

    def native_argv(self, user: str, command: Sequence[str], cwd: str | None = None) -> list[str]:
        """``command`` as ``user`` on the cluster's own machine.

        The environment, the standard streams and the exit status pass through unchanged.  ``cwd`` is a folder
        there; None means "/".  The argv holds good as long as the cluster stays up.
        """
        key = (user, cwd)
        if key not in self._prefixes:
            self._prefixes[key] = self._cluster.space.prefix(self._cluster.identity(user), cwd)
        return [*self._prefixes[key], *command]

    def path(self, inside: str) -> str:
        """Where this machine (as root) finds the file that the cluster calls ``inside``."""
        return self._cluster.space.path(inside)

    def shared(self, user: str) -> str:
        """A folder of ``user`` with the same path and content on this machine and in every cluster."""
        return os.path.join(places.SHARED, user)

    def away(self, user: str) -> tuple[str, str]:
        """A folder of ``user``: its path on this machine, and its other one in a cluster with a root of its own."""
        return os.path.join(places.AWAY, user), os.path.join(places.AWAY_THERE, user)

    def log(self, daemon: str) -> str:
        """The log of slurmctld, slurmdbd, slurmrestd, slurmrestd-USER, node1, …"""
        return os.path.join(self._cluster.state, "log", f"{daemon}.log")

    @property
    def slurmctld_port(self) -> int:
        return self.release.slurmctld_port

    @property
    def hostname(self) -> str:
        """What the cluster's machine calls itself."""
        return slurmconf.HOSTNAME


@functools.cache
def cluster(name: str) -> ClusterHandle:
    """The handle for "22.05", "24.11" or "26.05"."""
    return ClusterHandle(name)
