"""The ids of submissions that were answered, where submissions carry no mark.

A job that looks like a lost submission is not it when somebody was told its id: the one before in a loop of equal
submissions, or that of another caller. The ids of this user's calls are kept in the cache, one file a server.
"""

from __future__ import annotations

from collections.abc import Mapping

from slurm_cli_proxy.rest import cache

_ENTRY = 11  # ten digits and a line end
KEPT = 2000
"""Ids kept at least; of more than twice as many the older ones go."""


def note(environ: Mapping[str, str], url: str, job_id: int) -> None:
    """A caller knows this job."""
    path = _path(environ, url)
    size = cache.append(path, b"%010d\n" % job_id)
    if size > 2 * KEPT * _ENTRY:
        data = cache.read(path) or b""
        cache.write(path, data[-KEPT * _ENTRY :])


def noted(environ: Mapping[str, str], url: str) -> set[int] | None:
    """The jobs that callers know; None where that is not kept."""
    path = _path(environ, url)
    if cache.append(path, b"") < 0:
        return None
    return {int(entry) for entry in (cache.read(path) or b"").split() if entry.isdigit()}


def _path(environ: Mapping[str, str], url: str) -> str:
    return cache.place(environ, "answered", url)
