"""Who asks: the token, where it comes from, and the headers that carry it.

`SLURM_JWT` or the profile's `token`; a `token_file`, refused when others can read it; a `token_command`, whose token
is kept until shortly before it expires (see `token_store`). A unix socket authenticates by itself and needs none.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping

from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.profiles.layers import SECRET
from slurm_cli_proxy.rest.jwt import claims
from slurm_cli_proxy.rest.transport import host_of, is_loopback

REJECTED = "the token was rejected"
"""All that can be said where nothing is wrong with a token in itself."""
_AGAIN = 10.0  # seconds after which what failed to renew the token may be tried again
SECRET_HEADER = "(?i)auth|cookie|key|password|secret|token"
"""Of the names of headers that carry a credential: Authorization, X-API-Key, ..."""


class AuthError(Exception):
    """No token can be had, or it may not be sent; the text says which and why, without the token."""


class Credentials:
    """The identity of one call."""

    def __init__(
        self,
        profile: Profile,
        environ: Mapping[str, str],
        login: Callable[[], str],
        clock: Callable[[], float],
    ) -> None:
        self._profile = profile
        self._environ = environ
        self._login = login
        self._clock = clock
        self._token: str | None = None
        self._renewed: float | None = None

    @property
    def token(self) -> str:
        """The token, "" where none is needed; AuthError when there is none to be had."""
        if self._token is None:
            self._token = self._obtain()
        return self._token

    @property
    def user(self) -> str:
        """The user's name on the cluster: the profile's, else the token's, else the local login."""
        if self._profile.user:
            return self._profile.user
        try:
            return claims(self.token).sun or self._login()
        except AuthError:
            return self._login()

    def headers(self) -> list[str]:
        """The header lines of a request; AuthError when the token must not go there."""
        profile = self._profile
        lines = [f"{name}: {value}" for name, value in profile.headers.items()]
        token = self.token
        if token:
            if (
                profile.url.lower().startswith("http:")
                and not is_loopback(profile.url)
                and not profile.allow_insecure
            ):
                raise AuthError(
                    f"a token is not sent over plain http to {host_of(profile.url)}: use https, or set"
                    " allow_insecure = true in the profile"
                )
            lines += [f"X-SLURM-USER-NAME: {self.user}", f"X-SLURM-USER-TOKEN: {token}"]
        return lines

    def secrets(self) -> list[str]:
        """The token, if one can be had, the long words of further headers, and a short one that is a credential."""
        import re

        try:
            found = [self.token]
        except AuthError:
            found = []
        headers = self._profile.headers
        words = [word for value in headers.values() for word in value.split()]
        short = [
            word
            for name, value in headers.items()
            for word in value.split()[-1:]
            if re.search(SECRET_HEADER, name)
        ]
        return [text for text in (*found, *words) if len(text) >= SECRET] + short

    def held(self) -> list[str]:
        """`secrets`, as far as they are at hand: nothing is fetched."""
        words = [word for value in self._profile.headers.values() for word in value.split()]
        return [text for text in (self._token or "", self._profile.token, *words) if len(text) >= SECRET]

    def renew(self) -> bool:
        """The server rejected the token: get another one. False when there is none to be had, or the one that was got
        so a moment ago was rejected, too.
        """
        if not self.renewable:
            return False
        self._renewed = self._clock()
        rejected = self._token or ""
        if self._profile.token_command:
            from slurm_cli_proxy.rest import token_store

            self._token = token_store.token(self._profile, self._environ, self._clock, rejected=rejected)
        else:  # the file may be another one by now: what waits for a job outlives tokens
            self._token = self._obtain()
        return self._token != rejected

    def accepted(self) -> None:
        """The server took the token: should it be rejected later, another one may help again."""
        self._renewed = None

    @property
    def renewable(self) -> bool:
        """Whether `renew` could help."""
        source = self._profile.token_command or self._profile.token_file
        lately = self._renewed is not None and abs(self._clock() - self._renewed) < _AGAIN
        return bool(self._token and source) and not lately

    @property
    def expired(self) -> bool:
        """Whether the token says of itself that its time is over. Nothing is fetched to find out."""
        until = claims(self._token).exp if self._token else None
        return until is not None and until <= self._clock()

    def doubts(self) -> str:
        """What is wrong with the token, as far as can be told here."""
        try:
            token = self.token
        except AuthError as error:
            return str(error)
        if not token:
            return "no token was sent"
        said = claims(token)
        if self.expired and said.exp is not None:
            import time

            return f"the token expired at {time.strftime('%Y-%m-%dT%H:%M:%S', time.localtime(said.exp))}"
        if self._profile.user and said.sun and said.sun != self._profile.user:
            return f"the token, which is {said.sun}'s, was rejected for user {self._profile.user}"
        return REJECTED

    def _obtain(self) -> str:
        profile = self._profile
        if profile.token:
            return checked(profile.token, profile.origin.get("token", "token"))
        if profile.token_file:
            return token_of(read_private(profile.token_file), profile.token_file)
        if profile.token_command:
            from slurm_cli_proxy.rest import token_store

            return token_store.token(profile, self._environ, self._clock)
        if profile.url.startswith("unix:") or profile.headers or profile.client_cert:
            return ""
        raise AuthError(
            "there is no token: set SLURM_JWT, or token_file or token_command in the profile"
            + (f" {profile.name}" if profile.name else "")
        )


def checked(token: str, origin: str) -> str:
    """The token, if it can be one; AuthError naming its origin otherwise."""
    token = token.strip()
    if not token:
        raise AuthError(f"{origin}: holds no token")
    if not token.isascii() or any(character <= " " or character == "\x7f" for character in token):
        raise AuthError(f"{origin}: does not hold a token")
    return token


def token_of(text: str, origin: str) -> str:
    """The token in what a file holds or a command prints: bare, or `SLURM_JWT=TOKEN` as `scontrol token` prints it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        name, equals, value = line.removeprefix("export ").partition("=")
        if equals and name.strip() == "SLURM_JWT":
            return checked(value.strip().strip("'\""), origin)
    bare = [line for line in lines if line.count(".") == 2 and " " not in line]
    if len(bare) == 1:
        return checked(bare[0], origin)
    if len(lines) == 1:
        return checked(lines[0], origin)
    raise AuthError(f"{origin}: holds {'no' if not lines else 'no recognisable'} token")


def read_private(path: str) -> str:
    """The content of a file that nobody but its owner and root can read; AuthError otherwise."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise AuthError(f"token file {path}: {error.strerror}") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise AuthError(f"token file {path}: not a regular file")
        if status.st_uid not in (os.geteuid(), 0):
            raise AuthError(f"token file {path}: belongs to another user")
        # A credential that systemd hands to a service is root's, and what looks like its group's right is the
        # service's, by an access list.
        shown = 0o037 if (status.st_uid, status.st_gid) == (0, 0) else 0o077
        if status.st_mode & shown:
            raise AuthError(f"token file {path}: others can read it (chmod 600 {path})")
        return os.read(descriptor, 1 << 16).decode("utf-8", "replace")
    except OSError as error:
        raise AuthError(f"token file {path}: {error.strerror}") from None
    finally:
        os.close(descriptor)
