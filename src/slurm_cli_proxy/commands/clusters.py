"""`--clusters`: the cluster that the profile is, or another one, which takes another profile.

Facts: names that accounting does not know are complained of, and no name being left is an error; `all` is every
cluster.  A listing of clusters named has a line `CLUSTER: name` above each, unless there are no headings.
"""

from __future__ import annotations

from typing import Final

import msgspec

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError

FATAL_SINCE: Final = (23, 2)
UNKNOWN: Final = "No cluster '{}' known by database."
_TELL_VARIABLE: Final = ("scontrol", "sdiag", "sinfo", "squeue")


class Unknown(Exception):
    """No cluster is left to be asked, which has been told."""


class _Cluster(msgspec.Struct):
    name: str | None = None


def own(ctx: Context, text: str, *, listing: bool = True) -> str:
    """The name of the profile's cluster, if `text` names it (or all there are).

    Unknown, with its errors told, where it names none or another one; a `listing` has an error of its own besides.
    """
    if ctx.cluster is not None:
        return ctx.cluster.name
    try:
        known = accounted(ctx.client)
        name = _own_name(ctx.client, known)
    except RestError as error:
        ctx.rest_error(f"{ctx.prog}: error: ", error)
        raise Unknown from None
    wanted = known if text.lower() == "all" else words(text)
    for word in wanted:
        if word not in known:
            ctx.error(UNKNOWN.format(word))
    found = [word for word in wanted if word in known]
    if not found:
        ctx.error(nothing_left(ctx, text))
        if listing and ctx.release >= FATAL_SINCE:
            ctx.err(f"{ctx.prog}: fatal: Could not get cluster information\n")
        raise Unknown
    for word in found:
        if word != name:
            ctx.error(
                f"--clusters: {word} is not the cluster at {ctx.profile.url}; another one takes another profile"
            )
            raise Unknown
    return name


def words(text: str) -> list[str]:
    """The names in a list, each once; empty ones only if there are no others."""
    return [word for word in dict.fromkeys(text.split(",")) if word] or [""]


def nothing_left(ctx: Context, text: str) -> str:
    """The error where no cluster is known; some commands of 22.05 tell a variable from an option."""
    of_variable = ctx.prog in _TELL_VARIABLE and ctx.environ.get("SLURM_CLUSTERS") == text
    source = "SLURM_CLUSTERS" if of_variable and ctx.release < FATAL_SINCE else "--cluster"
    return (
        f"'{text}' can't be reached now, or it is an invalid entry for {source}.  "
        "Use 'sacctmgr list clusters' to see available clusters."
    )


def accounted(client: Client) -> list[str]:
    """The names of the clusters that accounting knows."""
    return [one.name or "" for one in endpoints.listing(client, "slurmdb:clusters/", "clusters", _Cluster)]


def own_name(client: Client) -> str:
    """The name of the profile's cluster; "" where the API does not tell it.  RestError."""
    return _own_name(client, accounted(client))


def _own_name(client: Client, known: list[str]) -> str:
    """The cluster's name; v0.0.38 does not tell it, but where accounting has one cluster it is that one."""
    meta = client.get("slurm:ping/", type=Answer).meta
    told = (meta.slurm.cluster if meta and meta.slurm else None) or ""
    return told or (known[0] if len(known) == 1 else "")
