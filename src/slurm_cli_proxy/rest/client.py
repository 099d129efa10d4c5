"""Requests to slurmrestd in Slurm's terms: an answer of the type asked for, or a RestError."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

import msgspec

from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest import versions
from slurm_cli_proxy.rest.answer import Answer, Complaint
from slurm_cli_proxy.rest.auth import AuthError, Credentials
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.transport import Reply, Transport, TransportError

T = TypeVar("T")


class Client:
    """Speaks to the server of one profile, for one call of one command. Building it sends nothing.

    `warnings` collects what answers warned of.
    """

    def __init__(
        self,
        profile: Profile,
        environ: Mapping[str, str],
        *,
        login: Callable[[], str],
        clock: Callable[[], float] = time.time,
        transport: Transport | None = None,
    ) -> None:
        """`transport`: another way to exchange requests and answers, such as a recording of them."""
        self.profile = profile
        self.warnings: list[Complaint] = []
        self._environ = environ
        self._transport = transport or Transport(profile, environ)
        self._credentials = Credentials(profile, environ, login, clock)
        self._server: versions.Server | None = None
        self._asked = False

    # What is known of the server

    @property
    def user(self) -> str:
        """The user's name on the cluster."""
        return self._credentials.user

    @property
    def version(self) -> str:
        """The API version in use, e.g. "v0.0.42": the profile's, else remembered, else asked for (RestError)."""
        if self.profile.api_version:
            return self.profile.api_version
        if not self._known.versions:
            self._ask_versions()
        chosen = versions.newest(self._known.versions)
        if not chosen:
            there = ", ".join(self._known.versions)
            raise self._error("version", f"{self._where()} serves no API version known here (it has {there})")
        return chosen

    @property
    def release_text(self) -> str:
        """The server's Slurm release, e.g. "24.11.5": remembered, else asked for (RestError); "" if not told."""
        if not self._known.release:
            self.get("slurm:ping/", type=Answer)
        return self._known.release

    @property
    def release(self) -> tuple[int, int]:
        """The release as (24, 11); (0, 0) if not told."""
        parts = self.release_text.split(".")
        try:
            return int(parts[0]), int(parts[1])
        except (ValueError, IndexError):
            return 0, 0

    # Requests

    def get(
        self,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        type: type[T],
        tolerate: Collection[int] = (),
    ) -> T:
        """GET `path` ("slurm:jobs/" or "slurmdb:users/") and decode the answer as `type`.

        RestError for whatever goes wrong, except Slurm errors whose number is in `tolerate`.
        """
        return self.call("GET", path, query=query, type=type, tolerate=tolerate)

    def post(
        self,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        type: type[T],
        tolerate: Collection[int] = (),
        once: bool = False,
    ) -> T:
        """POST; `body` is JSON bytes, or what becomes JSON. `once`: must not reach the server twice."""
        return self.call("POST", path, query=query, body=body, type=type, tolerate=tolerate, once=once)

    def delete(
        self,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        type: type[T],
        tolerate: Collection[int] = (),
    ) -> T:
        """DELETE; see `post`."""
        return self.call("DELETE", path, query=query, body=body, type=type, tolerate=tolerate)

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        type: type[T],
        tolerate: Collection[int] = (),
        once: bool = False,
    ) -> T:
        """One request and its answer; see `get`."""
        data = body if body is None or isinstance(body, bytes) else msgspec.json.encode(body)
        reply = self._exchange(method, path, query, data, once)
        return self._read(reply, type, tolerate, f"{method} {self._where(path)}")

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()

    # How it goes

    @property
    def _known(self) -> versions.Server:
        if self._server is None:
            self._server = versions.recall(self._environ, self.profile.url)
        return self._server

    def _exchange(
        self, method: str, path: str, query: Mapping[str, str] | None, data: bytes | None, once: bool
    ) -> Reply:
        """Send, and send again where that is right: another API version, a renewed token."""
        version = self.version
        reply = self._send(method, target(path, version, query), data, once)
        if reply.status == 404 and self._version_gone(reply, version):
            reply = self._send(method, target(path, self.version, query), data, once)
        if reply.status == 401 and self._renew():
            reply = self._send(method, target(path, self.version, query), data, once)
        return reply

    def _send(self, method: str, path: str, data: bytes | None, once: bool = False) -> Reply:
        try:
            headers = self._credentials.headers()
        except AuthError as error:
            raise self._error("auth", str(error), sent=False) from None
        if data is not None:
            headers.append("Content-Type: application/json")
        try:
            return self._transport.request(method, path, headers, data, once=once)
        except TransportError as error:
            raise self._error(error.kind, f"{self._where()}: {error}", sent=error.sent) from None

    def _renew(self) -> bool:
        try:
            return self._credentials.renew()
        except AuthError as error:
            raise self._error("auth", str(error), sent=False) from None

    def _ask_versions(self) -> None:
        """Ask the server which API versions it serves, and remember them."""
        self._asked = True
        reply = self._send("GET", "/openapi/v3", None)
        if reply.status == 401 and self._renew():
            reply = self._send("GET", "/openapi/v3", None)
        found = versions.served(reply.body) if reply.status == 200 else []
        if not found:
            self._read(reply, Answer, (), f"GET {self._where()}/openapi/v3")
            raise self._error("garbled", f"{self._where()}/openapi/v3 lists no Slurm API version", reply)
        self._known.versions = found
        versions.remember(self._environ, self._known)

    def _version_gone(self, reply: Reply, version: str) -> bool:
        """Whether a 404 means that the server no longer serves a version we remembered; asks which it does serve."""
        if self._asked or self.profile.api_version or reply.content_type == "application/json":
            return False
        self._ask_versions()
        return versions.newest(self._known.versions) not in ("", version)

    def _read(self, reply: Reply, type: type[T], tolerate: Collection[int], what: str) -> T:
        failure: Exception | None = None
        answer: Any = None
        try:
            answer = msgspec.json.decode(reply.body, type=type)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            failure = error
        common = answer if isinstance(answer, Answer) else self._common(reply)
        if common is not None:
            self._note(common)
            errors = [error for error in common.errors or () if error.number not in tolerate]
            if errors:
                raise self._slurm_error(errors[0], reply, what)
            if not common.errors and reply.status >= 400:
                raise self._http_error(reply, what)
        elif reply.status >= 300 or failure is not None:
            raise self._http_error(reply, what)
        if failure is not None:
            raise self._error("garbled", f"{what}: unexpected answer: {failure}", reply) from None
        result: T = answer
        return result

    def _common(self, reply: Reply) -> Answer | None:
        """The common parts of an answer that could not be decoded as its type, or whose type has none."""
        from slurm_cli_proxy.rest.answer import lenient

        try:
            return msgspec.json.decode(reply.body, type=Answer)
        except msgspec.ValidationError:
            try:
                return lenient(msgspec.json.decode(reply.body))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
                return None
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    def _note(self, answer: Answer) -> None:
        if answer.warnings:
            self.warnings.extend(answer.warnings)
        release = answer.meta.release if answer.meta else ""
        if release and release != self._known.release:
            if self._known.release:  # upgraded since: it may serve other versions now
                self._known.versions = []
            self._known.release = release
            versions.remember(self._environ, self._known)

    # What went wrong

    def _where(self, path: str = "") -> str:
        address = self.profile.url
        return address if not path else address + target(path, self.version)

    def _slurm_error(self, error: Complaint, reply: Reply, what: str) -> RestError:
        from slurm_cli_proxy.rest import slurm_errors

        return RestError(
            error.number,
            slurm_errors.text(error.number, self._release_if_known())
            or error.error
            or error.description
            or "Unspecified error",
            http_status=reply.status,
            description=error.description or "",
            source=error.source or "",
            body=reply.body,
        )

    def _http_error(self, reply: Reply, what: str) -> RestError:
        from slurm_cli_proxy.rest import failures

        kind, said = failures.explain(reply)
        return self._error(kind, f"{what}: {said}", reply)

    def _error(self, kind: str, detail: str, reply: Reply | None = None, *, sent: bool = True) -> RestError:
        from slurm_cli_proxy.rest import failures, slurm_errors

        number = failures.NUMBERS[kind]
        return RestError(
            number,
            slurm_errors.text(number, self._release_if_known()) or "Unspecified error",
            detail,
            http_status=reply.status if reply else 0,
            sent=sent,
            body=reply.body if reply else b"",
        )

    def _release_if_known(self) -> tuple[int, int]:
        parts = self._known.release.split(".")
        try:
            return int(parts[0]), int(parts[1])
        except (ValueError, IndexError):
            return 99, 0


def target(path: str, version: str, query: Mapping[str, str] | None = None) -> str:
    """The path and query of a request: `slurm:jobs/` becomes `/slurm/v0.0.42/jobs/`."""
    family, colon, rest = path.partition(":")
    full = f"/{family}/{version}/{rest}" if colon else path
    if query:
        full += "?" + "&".join(f"{quote(name)}={quote(value)}" for name, value in query.items())
    return full


_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")


def quote(text: str) -> str:
    """Text for a part of a URL, percent-encoded as UTF-8."""
    if text.isascii() and text.isalnum():
        return text
    data = text.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in data)
