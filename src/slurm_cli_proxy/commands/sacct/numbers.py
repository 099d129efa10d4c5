"""Numbers that the accounting's answers give by name only: users, groups, QOS."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from slurm_cli_proxy.commands.listing import Done
from slurm_cli_proxy.commands.sacct.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.accounting import AccountingJob
from slurm_cli_proxy.rest.errors import RestError


class Qos(msgspec.Struct):
    """A QOS by name and number."""

    id: int = 0
    name: str | None = None


def qos(ctx: Context) -> list[Qos]:
    """All QOS of the cluster."""
    from slurm_cli_proxy.rest import endpoints

    name = "QOS" if ctx.client.version == "v0.0.38" else "qos"
    return endpoints.listing(ctx.client, "slurmdb:qos/", name, Qos)


def check_qos(ctx: Context, settings: Settings) -> None:
    """See that the QOS of `--qos` are there."""
    if settings.qos is None or settings.qos == [""]:
        return
    known = qos(ctx)
    by_word = {(one.name or "").lower(): one.name or "" for one in known}
    for word in settings.qos:
        if word.lower() not in by_word:
            names = ",".join(one.name or "" for one in known)
            ctx.error(f"You gave a bad qos '{word}'. Valid QOS's are {names}")
            ctx.err(f"{ctx.prog}: fatal: problem processing qos list\n")
            raise Done(1)
    settings.qos = [by_word[word.lower()] for word in settings.qos]


def qos_ids(ctx: Context) -> dict[str, int]:
    """Numbers of QOS by name."""
    return {one.name or "": one.id for one in qos(ctx)}


class Wckey(msgspec.Struct):
    """A wckey by its cluster, user and name, and its number."""

    id: int = 0
    cluster: str | None = None
    user: str | None = None
    name: str | None = None


def wckey_ids(ctx: Context, jobs: list[AccountingJob]) -> dict[tuple[str, str, str], int]:
    """Numbers of wckeys by cluster, user and name, for who may see them; not asked for where no job has one."""
    from slurm_cli_proxy.rest import endpoints

    if not any(job.wckey and job.wckey.wckey for job in jobs):
        return {}
    try:
        found = endpoints.listing(ctx.client, "slurmdb:wckeys/", "wckeys", Wckey)
    except RestError:
        return {}
    return {(one.cluster or "", one.user or "", one.name or ""): one.id for one in found}


def user_ids(
    ctx: Context, settings: Settings, needed: frozenset[str], jobs: list[AccountingJob]
) -> dict[str, int]:
    """Numbers of users by name, as this machine knows them, else as the controller's jobs tell them."""
    names: set[str] = set()
    if "user" in needed:
        names |= {job.user for job in jobs if job.user}
    if "kill_request_user" in needed:
        names |= {job.kill_request_user for job in jobs if job.kill_request_user}
        steps = (step for job in jobs for step in getattr(job, "steps", None) or ())
        if "step.kill_request_user" in needed:
            names |= {step.kill_request_user for step in steps if step.kill_request_user}
    found, missing = local(names)
    return found | (_told(ctx, missing) if missing else {})


def local(names: Iterable[str]) -> tuple[dict[str, int], set[str]]:
    """Numbers that this machine knows, and the names that it does not."""
    found: dict[str, int] = {}
    missing: set[str] = set()
    names = set(names)
    if names:
        import pwd

        for name in names:
            try:
                found[name] = pwd.getpwnam(name).pw_uid
            except (KeyError, ValueError):
                missing.add(name)
    return found, missing


def _told(ctx: Context, names: set[str]) -> dict[str, int]:
    from slurm_cli_proxy.records.job import Job
    from slurm_cli_proxy.records.narrow import narrow
    from slurm_cli_proxy.records.number import number
    from slurm_cli_proxy.rest import endpoints

    try:
        listed = endpoints.jobs(ctx.client, narrow(Job, frozenset({"user_name", "user_id"})))
    except RestError:
        return {}
    numbers = {job.user_name: number(job.user_id) for job in listed}
    return {name: value for name in names if (value := numbers.get(name)) is not None}


def group_ids(needed: frozenset[str], jobs: list[AccountingJob]) -> dict[str, int]:
    """Numbers of groups by name, as this machine knows them."""
    found: dict[str, int] = {}
    names = {job.group for job in jobs if job.group} if "group" in needed else set()
    if names:
        import grp

        for name in names:
            try:
                found[name] = grp.getgrnam(name).gr_gid
            except KeyError:
                continue
    return found
