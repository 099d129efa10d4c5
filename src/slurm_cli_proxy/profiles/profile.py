"""A profile: one cluster, and everything the user settled about speaking to it."""

from __future__ import annotations

from msgspec import Struct, field


class PathMap(Struct, frozen=True):
    """A folder here and the same folder as the cluster sees it."""

    local: str
    remote: str


class Profile(Struct, kw_only=True):
    """Every key of a `[clusters.NAME]` table, by the same names; see `profiles/keys.py` for their meaning.

    `name` is the cluster's name in the file, or "" for one that only environment variables describe. `origin` tells
    for each key where it was set: a file's path or a variable's name.
    """

    name: str = ""
    url: str = ""
    user: str = ""
    aliases: list[str] = field(default_factory=list)
    token: str = ""
    token_file: str = ""
    token_command: list[str] = field(default_factory=list)
    allow_insecure: bool = False
    api_version: str = ""
    package_name: str = ""
    ca_file: str = ""
    tls_verify: bool = True
    client_cert: str = ""
    client_key: str = ""
    connect_timeout: float = 10.0
    timeout: float = 100.0
    max_answer_mb: float = 2048.0
    headers: dict[str, str] = field(default_factory=dict)
    paths: list[PathMap] = field(default_factory=list)
    default_chdir: str = ""
    default_partition: str = ""
    srun_folder: str = ""
    rewrite_script: bool = False
    leave_out: list[str] = field(default_factory=list)
    environment: str = ""
    keep: list[str] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)
    origin: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Profile(name={self.name!r}, url={self.url!r}, user={self.user!r})"
