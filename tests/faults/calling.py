"""Calls commands in-process as alice, through an address of one's own, on one of the clusters."""

from __future__ import annotations

import io
import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from devcluster import api
from msgspec import Struct

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.main import run
from slurm_cli_proxy.profiles import load
from slurm_cli_proxy.records.number import Number, number
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.client import Client


class Said(NamedTuple):
    """What a command printed, and its exit status."""

    out: str
    err: str
    status: int


class FoundJob(Struct):
    """A job, as far as it is counted."""

    job_id: int
    name: str | None = None
    array_job_id: Number = None
    het_job_id: Number = None
    mail_user: str | None = None

    @property
    def leader(self) -> int:
        return number(self.het_job_id) or number(self.array_job_id) or self.job_id


class Caller:
    """alice on `release`; `cache` is her cache folder.

    Job names begin with "faults-", which stands for a prefix of this Caller's own: ended jobs are listed for a while.
    """

    def __init__(self, release: str, cache: Path) -> None:
        self.cluster = api.cluster(release)
        self.uid, _ = self.cluster.ids("alice")
        self.port = int(self.cluster.url.rpartition(":")[2])
        self._cache = cache
        self._prefix = f"faults-{os.urandom(3).hex()}-"

    def environ(self, url: str = "", **more: str) -> dict[str, str]:
        return {
            **self.cluster.environ("alice"),
            "SLURM_CLI_PROXY_URL": url or self.cluster.url,
            "SLURM_JWT": self.cluster.token("alice"),
            "XDG_CACHE_HOME": str(self._cache),
            **more,
        }

    def client(self, url: str = "", **more: Any) -> Client:
        environ = self.environ(url)
        return Client(load(environ), environ, login=lambda: "alice", **more)

    def call(
        self, line: str, url: str = "", *, sleep: Callable[[float], None] | None = None, **more: str
    ) -> Said:
        """Runs a command line; `more` are variables."""
        argv = shlex.split(self.named(line))
        environ = self.environ(url, **more)
        profile = load(environ)
        keys: dict[str, Any] = {"sleep": sleep} if sleep else {}
        out, err = io.BytesIO(), io.BytesIO()
        ctx = Context(
            argv[0], environ, stdin=io.BytesIO(), stdout=out, stderr=err, cwd="/tmp", uid=self.uid, login="alice",
            profile=profile, client=Client(profile, environ, login=lambda: "alice", **keys),
        )  # fmt: skip
        status = run(ctx, argv[1:])
        said, complained = (stream.getvalue().decode("utf-8", "surrogateescape") for stream in (out, err))
        return Said(said, complained, status)

    def named(self, text: str) -> str:
        """The text with names of this Caller's own."""
        return text.replace("faults-", self._prefix)

    def jobs(self, prefix: str) -> list[FoundJob]:
        """The jobs that the controller has whose names begin so, asked without anything between."""
        found = endpoints.jobs(self.client(), FoundJob)
        return [job for job in found if (job.name or "").startswith(self.named(prefix))]

    def cancel(self, prefix: str) -> None:
        """Ends these jobs."""
        ids = sorted({str(job.leader) for job in self.jobs(prefix)})
        if ids:
            endpoints.kill_jobs(self.client(), ids)
