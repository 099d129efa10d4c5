"""Which of the caller's variables go with a job: the profile's `environment`, `keep` and `drop`.

`all` is what the native command does. `portable`, the default for a server on another machine, leaves out what says
something about this one; PATH and HOME are then the cluster's, where the job is given its user's login environment.
What the caller names in `--export` goes whatever is said here, but never what is the proxy's own: its settings, its
token under any name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.profiles.layers import SECRET
from slurm_cli_proxy.rest.transport import is_loopback, password_of, proxy_for

OURS: Final = ("SLURM_CLI_PROXY_", "PROXY_SLURM_")
"""Variables that begin so settle how the proxy works."""

OF_THIS_HOST: Final = (
    "PATH", "HOME", "SHELL", "USER", "LOGNAME", "MAIL", "HOSTNAME", "PWD", "OLDPWD", "TMPDIR", "TMP", "TEMP",
    "XDG_*", "LD_*", "PYTHON*", "VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT", "SSH_*", "DISPLAY", "WAYLAND_DISPLAY",
    "XAUTHORITY", "DBUS_*", "INVOCATION_ID", "JOURNAL_STREAM", "NOTIFY_SOCKET", "LISTEN_*", "CREDENTIALS_DIRECTORY",
)  # fmt: skip
"""What `portable` leaves out: places, programs, sessions and services of the machine that submits."""


class Policy:
    """`kind`: all, portable or none. `secrets`: texts that no variable's value may hold, whatever is said; short ones,
    which stand in many a word, that none may be. `own`: texts that `portable` does not let go.
    """

    __slots__ = ("_drop", "_keep", "_own", "_secrets", "_short", "kind")

    def __init__(
        self,
        kind: str = "all",
        keep: Sequence[str] = (),
        drop: Sequence[str] = (),
        secrets: Collection[str] = (),
        own: Collection[str] = (),
    ) -> None:
        self.kind = kind
        self._keep = keep
        self._drop = drop
        self._secrets = [form for text in secrets if len(text) >= SECRET for form in forms(text)]
        self._short = frozenset(text for text in secrets if len(text) < SECRET)
        self._own = own

    def lets(self, name: str, value: str) -> bool:
        """Whether a variable goes with a job when nobody names it."""
        if self._is_ours(name, value):
            return False
        if self._drop and _fits(name, self._drop):
            return False
        if self.kind == "all" or (self._keep and _fits(name, self._keep)):
            return True
        return (
            self.kind == "portable"
            and not _fits(name, OF_THIS_HOST)
            and not any(text in value for text in self._own)
        )

    def without_ours(self, variables: Mapping[str, str]) -> dict[str, str]:
        """The variables that a job may have, wherever their values come from."""
        return {name: value for name, value in variables.items() if not self._is_ours(name, value)}

    def _is_ours(self, name: str, value: str) -> bool:
        """Whether it is the proxy's own setting or credential: no job ever gets these."""
        return (
            name == "SLURM_JWT"
            or name.startswith(OURS)
            or value in self._short
            or any(secret in value for secret in self._secrets)
        )


AS_NATIVE: Final = Policy()
"""Everything goes."""


def policy_of(ctx: Context) -> Policy:
    """The policy of this call."""
    profile = ctx.profile
    kind = profile.environment or ("all" if is_loopback(profile.url) else "portable")
    password = password_of(proxy_for(profile.url, ctx.environ)[0])
    return Policy(kind, profile.keep, profile.drop, ctx.client.secrets(), own=[password] if password else [])


def forms(secret: str) -> list[str]:
    """How a text appears in another: as it is, in a URL, and in base64, wherever in the encoded bytes it begins."""
    from binascii import b2a_base64

    from slurm_cli_proxy.rest.wire import quote

    data = secret.encode("utf-8", "surrogateescape")
    found = {secret: None, quote(secret): None, quote(secret).replace(".", "%2E"): None}
    for before in range(3):  # the characters at both ends depend on what stands beside the secret
        encoded = b2a_base64(bytes(before) + data, newline=False).decode()
        found[encoded[(before * 8 + 5) // 6 : (before + len(data)) * 8 // 6]] = None
    return list(found)


def _fits(name: str, patterns: Sequence[str]) -> bool:
    from fnmatch import fnmatchcase

    return any(fnmatchcase(name, pattern) for pattern in patterns)
