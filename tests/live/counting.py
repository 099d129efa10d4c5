"""A transport that notes the requests made."""

from __future__ import annotations

from collections.abc import Mapping

from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest.transport import Reply, Transport


class Counted(Transport):
    """The real transport, noting each request."""

    def __init__(self, profile: Profile, environ: Mapping[str, str]) -> None:
        super().__init__(profile, environ)
        self.seen: list[str] = []

    def request(
        self,
        method: str,
        path: str,
        headers: list[str],
        body: bytes | None = None,
        *,
        once: bool = False,
        timeout: float | None = None,
    ) -> Reply:
        self.seen.append(f"{method} {path}")
        return super().request(method, path, headers, body, once=once, timeout=timeout)
