"""Requests to slurmrestd in Slurm's terms: an answer of the type asked for, or a RestError."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest import versions
from slurm_cli_proxy.rest.answer import Answer, Complaint
from slurm_cli_proxy.rest.auth import REJECTED, AuthError, Credentials
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.failures import (
    COMMUNICATION,
    DOUBTFUL,
    NUMBERS,
    PASSING,
    STATUSES,
    TOO_MANY,
    ZERO_BYTES,
    auth_number,
    explain,
    is_lost,
    is_page,
)
from slurm_cli_proxy.rest.transport import Reply, Transport, TransportError
from slurm_cli_proxy.rest.wire import Query, decode, endpoint_path, one_line, target

if TYPE_CHECKING:
    from slurm_cli_proxy.translation.names import Names

T = TypeVar("T")
_LARGE = 1 << 24
"""Bytes of a whole answer that makes no sense: nobody asks for as much again."""


def _json(body: Any) -> bytes:
    try:
        return msgspec.json.encode(body)
    except UnicodeEncodeError:
        from slurm_cli_proxy.rest import rawjson

        return rawjson.encode(body)


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
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`transport`: another way to exchange requests and answers, such as a recording of them.

        `sleep`: how the time between two attempts is spent.
        """
        self.profile = profile
        self.warnings: list[Complaint] = []
        self._environ = environ
        self._transport = transport or Transport(profile, environ)
        self._credentials = Credentials(profile, environ, login, clock)
        self._login = login
        self._names: Names | None = None
        self._server: versions.Server | None = None
        self._asked = False
        self._diagnosing = False
        self._sleep = sleep
        self._clock = clock
        self._repeats = 0  # since the last answer
        self._until: float | None = None
        self._out_of_reach: RestError | None = (
            None  # the server, before anything was known of it: not tried twice
        )

    # What is known of the server

    @property
    def user(self) -> str:
        """The user's name on the cluster."""
        return self._credentials.user

    @property
    def names(self) -> Names | None:
        """What the profile translates; None where it maps neither paths nor users."""
        profile = self.profile
        if self._names is None and (profile.paths or profile.user or profile.aliases):
            from slurm_cli_proxy.translation.names import Names

            self._names = Names(profile, self.user, self._login(), os.getuid())
        return self._names

    def secrets(self) -> list[str]:
        """Texts that nobody else may learn: the token, if one can be had, and what gateways are told."""
        return self._credentials.secrets()

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
    def served(self) -> list[str]:
        """The API versions to choose from, newest first: those the server and this package know, or the profile's."""
        if self.profile.api_version:
            return [self.profile.api_version]
        return [self.version, *[other for other in versions.KNOWN if other in self._known.versions][1:]]

    @property
    def release_text(self) -> str:
        """The server's Slurm release, e.g. "24.11.5": remembered, else asked for (RestError); "" if not told."""
        if not self._known.release:
            self.get("slurm:ping/", type=Answer)
        return self._known.release

    @property
    def release(self) -> tuple[int, int]:
        """The release as (24, 11); (0, 0) if not told."""
        return versions.pair(self.release_text) or (0, 0)

    # Requests

    def get(
        self,
        path: str,
        *,
        query: Query | None = None,
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
        query: Query | None = None,
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
        query: Query | None = None,
        body: object = None,
        type: type[T],
        tolerate: Collection[int] = (),
        once: bool = False,
    ) -> T:
        """DELETE; see `post`."""
        return self.call("DELETE", path, query=query, body=body, type=type, tolerate=tolerate, once=once)

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: object = None,
        type: type[T],
        tolerate: Collection[int] = (),
        once: bool = False,
    ) -> T:
        """One request and its answer; see `get`. Repeated while the trouble may pass and repeating does no harm."""
        names = self.names
        if names is not None:  # all in this machine's names here, and in the cluster's beyond
            path, query = names.target(path), names.asked(query)
            body = names.asked(body) if isinstance(body, dict) else body
        data = body if body is None or isinstance(body, bytes) else _json(body)

        def attempt() -> T:
            reply = self._exchange(method, path, query, data, once)
            what = f"{method} {self._where(path)}"
            try:
                if names is not None:
                    reply.body = names.answer(path, reply.body)
                return self._read(reply, type, tolerate, what)
            except MemoryError:
                size = len(reply.body) / 1e6
                raise self._error(
                    "too-large", f"{what}: out of memory for an answer of {size:.0f} MB", lost=True
                ) from None

        return self._persist(attempt, once)

    def within(self, seconds: float, action: Callable[[], T]) -> T:
        """`action` with all its requests, attempts and pauses in that time, as far as it can be held to it."""
        before, self._until = self._until, time.monotonic() + seconds
        try:
            return action()
        finally:
            self._until = before

    def answered(self) -> set[int] | None:
        """The jobs whose ids were told to callers of this user (`note_answered`); None where that is not kept."""
        from slurm_cli_proxy.rest import answered

        return answered.noted(self._environ, self.profile.url)

    def note_answered(self, job_id: int) -> None:
        """A caller was told that id."""
        from slurm_cli_proxy.rest import answered

        answered.note(self._environ, self.profile.url, job_id)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._sleep(seconds)

    def slurm_error(self, number: int, detail: str | None = None) -> RestError:
        """The RestError of an error number, with the text that this server's release has for it."""
        from slurm_cli_proxy.rest import slurm_errors

        return RestError(number, slurm_errors.text(number, self._release_if_known()), detail)

    def blotted(self, text: str) -> str:
        """The text without the credentials that are at hand."""
        for secret in self._credentials.held():
            text = text.replace(secret, "***")
        return text

    def unexpected(self, what: str) -> RestError:
        """The RestError of an answer that does not have the shape it should have."""
        return self._error("garbled", f"{self._where()}: unexpected answer: {one_line(what)}")

    def close(self) -> None:
        """Close the connection."""
        self._transport.close()

    # How it goes

    @property
    def _known(self) -> versions.Server:
        if self._server is None:
            self._server = versions.recall(self._environ, self.profile.url)
        return self._server

    def _persist(self, attempt: Callable[[], T], once: bool = False) -> T:
        """What `attempt` gives, in as many attempts as are allowed; a server that stays away is given up for good."""
        began, before = time.monotonic(), self._until
        try:
            while True:
                try:
                    result = attempt()
                except RestError as error:
                    from slurm_cli_proxy.rest import repeat

                    if not repeat.may(error, once) or error is self._out_of_reach:
                        raise
                    mine = began + self.profile.timeout
                    self._until = mine if before is None else min(mine, before)
                    seconds = repeat.pause(self._repeats, error, self._until - time.monotonic())
                    if seconds is None:
                        raise
                else:
                    self._repeats = 0
                    return result
                self._repeats += 1
                self._sleep(seconds)
        finally:
            self._until = before

    def _exchange(self, method: str, path: str, query: Query | None, data: bytes | None, once: bool) -> Reply:
        """Send, and send again where that is right: another API version, a renewed token."""
        version = self.version
        reply = self._send(method, target(path, version, query), data, once)
        if reply.status == 404 and self._version_gone(reply, version) and not path.startswith("/"):
            reply = self._send(method, target(path, self.version, query), data, once)
        if not self._rejects_token(reply):
            self._credentials.accepted()
        elif self._renew():
            reply = self._send(method, target(path, self.version, query), data, once)
        return reply

    def _send(self, method: str, path: str, data: bytes | None, once: bool = False) -> Reply:
        try:
            headers = self._credentials.headers()
        except AuthError as error:
            raise self._error("auth", str(error), sent=False) from None
        if data is not None:
            headers.append("Content-Type: application/json")
        timeout = None
        if self._until is not None:
            timeout = min(max(self._until - time.monotonic(), 0.05), self.profile.timeout)
        try:
            return self._transport.request(method, path, headers, data, once=once, timeout=timeout)
        except TransportError as error:
            raise self._error(
                error.kind,
                f"{self._where()}: {error}",
                sent=error.sent,
                lost=error.sent,
                passing=error.kind in PASSING,
            ) from None

    def _renew(self) -> bool:
        try:
            return self._credentials.renew()
        except AuthError as error:
            raise self._error("auth", str(error), sent=False) from None

    def _rejects_token(self, reply: Reply) -> bool:
        """Whether the server surely did nothing but reject the token."""
        if reply.status in (401, 511):
            return True
        doubtful = self._credentials.renewable and not self._diagnosing and self.version == "v0.0.38"
        if reply.status != 500 or not doubtful:
            return False
        common = self._common(reply)
        lost = common is not None and any(error.number in (-1, ZERO_BYTES) for error in common.errors or ())
        return lost and self._diagnose() == ZERO_BYTES

    def _ask_versions(self) -> None:
        """Ask the server which API versions it serves, and remember them."""
        self._asked = True
        if self._out_of_reach is not None:
            raise self._out_of_reach
        what = f"GET {self._where()}/openapi/v3"

        def attempt() -> tuple[Reply, list[str]]:
            reply = self._send("GET", "/openapi/v3", None)
            if reply.status in (401, 511) and self._renew():
                reply = self._send("GET", "/openapi/v3", None)
            found = versions.served(reply.body) if reply.status == 200 else []
            if not found and reply.status in (403, 404, 405, 501):
                found = self._probe_versions()
            if not found:
                self._read(reply, Answer, (), what)
            return reply, found

        try:
            reply, found = self._persist(attempt)
        except RestError as error:
            self._out_of_reach = error
            raise
        if not found:
            raise self._error("garbled", f"{what}: lists no Slurm API version", reply)
        self._known.versions = found
        self._known.release = versions.release(reply.body) or self._known.release
        versions.remember(self._environ, self._known)

    def _probe_versions(self) -> list[str]:
        """Try the versions known here, newest first: for a gateway that passes only the API itself."""
        for version in versions.KNOWN:
            path = endpoint_path("slurm:ping/", version)
            reply = self._send("GET", path, None)
            if reply.status == 200 or (reply.status != 404 and reply.content_type == "application/json"):
                return [version]
            if reply.status not in (403, 404):
                raise self._http_error(reply, f"GET {self._where()}{path}")
        return []

    def _version_gone(self, reply: Reply, version: str) -> bool:
        """Whether a 404 means that the server no longer serves a version we remembered; asks which it does serve."""
        if self._asked or self.profile.api_version or reply.content_type == "application/json":
            return False
        self._ask_versions()
        return versions.newest(self._known.versions) not in ("", version)

    def _read(self, reply: Reply, type: type[T], tolerate: Collection[int], what: str) -> T:
        """The answer as `type`; RestError if it reports errors that are not tolerated, or cannot be read."""
        failure: Exception | None = None
        answer: Any = None
        if reply.status >= 400:  # there are gateways that repeat what they were told
            reply.body = self._blotted(reply.body)
        try:
            answer = decode(reply.body, type)
        except (msgspec.MsgspecError, RecursionError) as error:
            failure = error
        common = answer if isinstance(answer, Answer) else self._common(reply)
        if common is None:
            raise self._http_error(reply, what)
        self._note(common)
        errors = [error for error in common.errors or () if error.number not in tolerate]
        if errors:
            raise self._slurm_error(errors, reply, what)
        if reply.status >= 300 and not common.errors:
            raise self._http_error(reply, what, common)
        if failure is not None:
            raise self._error("garbled", f"{what}: unexpected answer: {failure}", reply, lost=True) from None
        result: T = answer
        return result

    def _common(self, reply: Reply) -> Answer | None:
        """The common parts of an answer that could not be decoded as its type, or whose type has none."""
        from slurm_cli_proxy.rest.answer import lenient

        try:
            return decode(reply.body, Answer)
        except (msgspec.MsgspecError, RecursionError):
            pass
        try:
            return lenient(decode(reply.body, dict))
        except (msgspec.MsgspecError, RecursionError):
            return None

    def _note(self, answer: Answer) -> None:
        if answer.warnings:
            self.warnings.extend(answer.warnings)
        release = answer.meta.release if answer.meta else ""
        if not (release.isascii() and release.isprintable()):
            release = ""
        if release and release != self._known.release:
            if self._known.release:  # upgraded since: it may serve other versions now
                self._known.versions = []
            self._known.release = release
            versions.remember(self._environ, self._known)

    # What went wrong

    def _where(self, path: str = "") -> str:
        address = self.profile.url
        return address if not path else address + target(path, self.version)

    def _slurm_error(self, errors: list[Complaint], reply: Reply, what: str) -> RestError:
        """The error that an answer's list stands for: its first that has a number of its own."""
        from slurm_cli_proxy.rest import slurm_errors

        error = next((error for error in errors if error.number > 0), errors[0])
        number = error.number
        if (number == -1 or (number == 1 and error.source == "slurm_kill_jobs()")) and not self._diagnosing:
            number = self._diagnose() or number
        if number == 0 and reply.status in STATUSES:
            return self._http_error(reply, what, Answer())
        release = self._release_if_known()
        if number in COMMUNICATION:
            if self._credentials.expired or number in (NUMBERS["auth"], auth_number(release)):
                detail: str | None = f"{self._where()}: {self._credentials.doubts()}"
            else:
                detail = f"{self._where()}: the trouble is between slurmrestd and slurmctld"
        elif number <= 0 or 9000 <= number < 10000:  # no native command ever gets these
            detail = f"{what}: {one_line(error.description or error.error or 'no reason given')}"
        else:
            detail = None
        return RestError(
            number,
            slurm_errors.known(number, release) or error.error or slurm_errors.text(number, release),
            detail,
            http_status=reply.status,
            lost=number in DOUBTFUL,
            description=error.description or "",
            source=error.source or "",
            body=reply.body,
        )

    def _diagnose(self) -> int:
        """Some answers have lost the error's number (-1): find it by a question that does no harm; 0 if all is well.

        v0.0.38 tells it only of changes: a job that cannot exist (its id is beyond the greatest) is sent SIGCONT.
        Later versions tell it of a listing: of what has changed since a day to come, which is nothing.
        """
        self._diagnosing = True
        try:
            if self.version == "v0.0.38":
                self.delete("slurm:job/4000000000", query={"signal": "18"}, type=Answer)
            else:
                self.get("slurm:jobs/", query={"update_time": "4000000000"}, type=Answer)
        except RestError as error:
            return error.number if error.number in COMMUNICATION else 0
        finally:
            self._diagnosing = False
        return 0

    def _blotted(self, body: bytes | bytearray) -> bytes | bytearray:
        for secret in self._credentials.held():
            body = body.replace(secret.encode("utf-8", "surrogateescape"), b"***")
        return body

    def _http_error(self, reply: Reply, what: str, answer: Answer | None = None) -> RestError:
        """For what is not slurmrestd's JSON (`answer` None), or is and says nothing but by its status."""
        theirs = answer is not None and (answer.errors is not None or answer.meta is not None)
        if theirs and reply.status in STATUSES:
            kind, said = STATUSES[reply.status]
            if kind == "auth":
                said = self._credentials.doubts()
            return self._error(kind, f"{self._where()}: {said}", reply, lost=kind != "auth")
        reply.body = self._blotted(reply.body)
        kind, said = explain(reply)
        doubts = self._credentials.doubts() if kind == "auth" else ""
        if doubts and not (
            doubts == REJECTED and is_page(reply)
        ):  # a page is a gateway's, with its own reasons
            said = f"{said} ({doubts})"
        # 429 is a gateway's: what it holds back has not reached the server. Other words that are not slurmrestd's
        # may stand for an answer that came and was not passed on.
        held_back = reply.status == TOO_MANY
        lost = is_lost(reply, kind)
        passing = held_back or (lost and len(reply.body) < _LARGE)
        return self._error(kind, f"{what}: {said}", reply, sent=not held_back, lost=lost, passing=passing)

    def _error(
        self,
        kind: str,
        detail: str,
        reply: Reply | None = None,
        *,
        sent: bool = True,
        lost: bool = False,
        passing: bool = False,
    ) -> RestError:
        from slurm_cli_proxy.rest import slurm_errors

        release = self._release_if_known()
        number = auth_number(release) if kind == "auth" else NUMBERS[kind]
        return RestError(
            number,
            slurm_errors.text(number, release),
            detail,
            http_status=reply.status if reply else 0,
            sent=sent,
            lost=lost,
            passing=passing,
            retry_after=self._asked_to_wait(reply) if passing and reply else None,
            body=reply.body if reply else b"",
        )

    def _asked_to_wait(self, reply: Reply) -> float | None:
        from slurm_cli_proxy.rest import repeat

        return repeat.retry_after(reply.retry_after, self._clock())

    def _release_if_known(self) -> tuple[int, int]:
        return versions.pair(self._known.release) or versions.NEWEST_RELEASE
