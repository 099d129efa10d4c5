"""Where everything lies.

    CACHE/roots/24.11          a Debian root (packages only; nothing of the cluster's state)
    CACHE/roots/24.11.partial  the same while it is being built
    CACHE/state/24.11          configuration, spool, logs, keys of the cluster
    CACHE/state/database       MariaDB's
    RUN/24.11/pids             the processes that were started (so a deleted CACHE loses sight of none)
    RUN/24.11/USER             the REST socket of USER
    RUN/mysqld                 MariaDB's socket
    SHARED/USER                the shared folder, at the same path on the machine and in every root
    AWAY/USER                  a folder that the roots have as AWAY_THERE/USER, and not by the machine's name for it

CACHE is ``$XDG_CACHE_HOME/slurm-cli-proxy/devcluster`` (or ``~/.cache/…``).  Nothing is ever mounted below it
where the machine itself can see it (space.py), so it can be deleted like any folder.

``DEVCLUSTER_SET=N`` (1 to 9) means another set of clusters beside the first, as two test runs at a time need it: the
same roots, but state-N, RUN-N, SHARED-N, and other ports.
"""

from __future__ import annotations

import os

from devcluster.releases import SET, Release

_SUFFIX = f"-{SET}" if SET else ""
RUN = f"/run/slurm-cli-proxy{_SUFFIX}"
SHARED = f"/srv/slurm-cli-proxy-shared{_SUFFIX}"
AWAY = f"/srv/slurm-cli-proxy-away{_SUFFIX}"
AWAY_THERE = "/projects"


def cache() -> str:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "slurm-cli-proxy", "devcluster")


def root(release: Release) -> str:
    return "/" if release.suite is None else os.path.join(cache(), "roots", release.name)


def state(name: str) -> str:
    """``name``: a release's, or "database"."""
    return os.path.join(cache(), f"state{_SUFFIX}", name)


def run(name: str) -> str:
    return os.path.join(RUN, name)


def pids(name: str, process: str) -> str:
    return os.path.join(RUN, name, "pids", process)


def rest_socket(release: Release, user: str) -> str:
    return os.path.join(RUN, release.name, user, "slurmrestd.sock")


def database_socket() -> str:
    return os.path.join(RUN, "mysqld", "mysqld.sock")
