"""One HTTP request to one server, on libcurl. Knows nothing of Slurm.

The connection is kept for the next request of the same call. No redirect is followed (a token must not travel to
another host), no answer may be larger than the profile allows, no proxy stands before a loopback address, and
nothing is taken from the process's environment: the call's own is asked.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from slurm_cli_proxy import __version__
from slurm_cli_proxy.lean import import_pycurl
from slurm_cli_proxy.profiles import Profile

pycurl: Any = import_pycurl()

_READ_SIZE = 256 * 1024


class Reply:
    """An HTTP answer: `body` is whole and decompressed. `retry_after`: that header, "" where there is none."""

    __slots__ = ("body", "content_type", "location", "retry_after", "status")

    def __init__(
        self, status: int, body: bytearray, content_type: str, location: str, retry_after: str = ""
    ) -> None:
        self.status = status
        self.body: bytes | bytearray = body
        self.content_type = content_type
        self.location = location
        self.retry_after = retry_after


class TransportError(Exception):
    """No HTTP answer came. `kind` is one of those KINDS lists; the text says what happened, without any secret.

    `sent`: False when the request surely never reached the server.
    """

    def __init__(self, kind: str, reason: str, *, sent: bool) -> None:
        super().__init__(reason)
        self.kind = kind
        self.sent = sent


KINDS: dict[int, tuple[str, str | None]] = {
    1: ("garbled", "what answers there does not speak HTTP"),  # UNSUPPORTED_PROTOCOL: "HTTP/0.9 not allowed"
    3: ("config", None),  # URL_MALFORMAT
    5: ("unreachable", None),  # COULDNT_RESOLVE_PROXY
    6: ("unreachable", None),  # COULDNT_RESOLVE_HOST
    7: ("unreachable", None),  # COULDNT_CONNECT
    8: ("garbled", "what answers there does not speak HTTP"),  # WEIRD_SERVER_REPLY
    16: ("garbled", None),  # HTTP2
    18: ("truncated", "the answer broke off"),  # PARTIAL_FILE
    27: ("too-large", "out of memory"),  # OUT_OF_MEMORY
    28: ("timeout", None),  # OPERATION_TIMEDOUT
    35: ("tls", None),  # SSL_CONNECT_ERROR
    52: ("closed", "the server closed the connection without an answer"),  # GOT_NOTHING
    55: ("closed", None),  # SEND_ERROR
    56: ("closed", None),  # RECV_ERROR
    58: ("config", None),  # SSL_CERTPROBLEM: the client's certificate
    59: ("tls", None),  # SSL_CIPHER
    60: ("certificate", None),  # PEER_FAILED_VERIFICATION
    61: ("garbled", "the answer's compression cannot be read"),  # BAD_CONTENT_ENCODING
    63: ("too-large", None),  # FILESIZE_EXCEEDED
    77: ("config", None),  # SSL_CACERT_BADFILE
    83: ("certificate", None),  # SSL_ISSUER_ERROR
    90: ("certificate", None),  # SSL_PINNEDPUBKEYNOTMATCH
    91: ("certificate", None),  # SSL_INVALIDCERTSTATUS
    97: ("unreachable", None),  # PROXY
}
"""libcurl's error (CURLE_…, part of its ABI) to (kind, our words for it; None: libcurl's own). Kinds: unreachable,
timeout, closed, tls, certificate, truncated, garbled, too-large, config; `closed` for what is not listed."""

_LOOPBACK = ("localhost", "ip6-localhost", "[::1]")


def host_of(url: str) -> str:
    """The host of an http(s) URL (or a proxy's), in lower case, without port; "" for a unix socket."""
    if url.startswith("unix:"):
        return ""
    authority = url.split("://", 1)[-1].split("/", 1)[0].lower().rpartition("@")[2]
    if authority.startswith("["):
        return authority.partition("]")[0] + "]"
    return authority.partition(":")[0]


def is_loopback(url: str) -> bool:
    """Whether a request to this URL stays on this machine."""
    host = host_of(url)
    if not host:
        return url.startswith("unix:")
    host = host.rstrip(".")
    if host in _LOOPBACK or host.endswith(".localhost"):
        return True
    parts = host.split(".")
    return len(parts) == 4 and parts[0] == "127" and all(part.isdigit() and int(part) < 256 for part in parts)


def password_of(url: str) -> str:
    """`user:password` of a proxy's URL, "" where there is none."""
    return url.split("://", 1)[-1].rpartition("@")[0]


def proxy_for(url: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """(proxy, hosts without proxy) for libcurl; "" where none is to be used."""
    if is_loopback(url):
        return "", ""
    scheme = url.split("://", 1)[0].lower()
    names = (f"{scheme}_proxy", f"{scheme.upper()}_PROXY", "all_proxy", "ALL_PROXY")
    proxy = next((environ[name] for name in names if environ.get(name)), "")
    return proxy, environ.get("no_proxy") or environ.get("NO_PROXY") or ""


class Transport:
    """Requests to the server of one profile. Not for use by two threads at once."""

    def __init__(self, profile: Profile, environ: Mapping[str, str]) -> None:
        self._profile = profile
        self._environ = environ
        self._limit = int(profile.max_answer_mb * 1e6)
        self._base = "http://localhost" if profile.url.startswith("unix:") else profile.url
        self._curl: Any = None
        self._used = False

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
        """Send one request; TransportError when no whole answer comes.

        `path` begins with a slash and holds the query. `headers` are "Name: value". `once`: this request must not
        reach the server twice; libcurl repeats one by itself when a kept connection turns out to be closed, so a
        connection of its own is made. `timeout`: seconds for everything, the profile's if None.
        """
        curl = self._handle()
        answer = bytearray()
        limit = self._limit
        location: list[bytes] = []
        later: list[bytes] = []
        patience = round(timeout, 2) if timeout else self._profile.timeout

        def take(chunk: bytes) -> int | None:
            if len(answer) + len(chunk) > limit:
                return -1
            answer.extend(chunk)
            return None

        def header(line: bytes) -> None:
            if line[:9].lower() == b"location:":
                location[:] = [line[9:].strip()]
            elif line[:12].lower() == b"retry-after:":
                later[:] = [line[12:].strip()]

        curl.setopt(pycurl.URL, _bytes(self._base + path))
        curl.setopt(pycurl.CUSTOMREQUEST, method)
        curl.setopt(
            pycurl.HTTPHEADER, [_bytes(line) for line in (*headers, "Accept: application/json", "Expect:")]
        )
        if body is None:
            curl.setopt(pycurl.HTTPGET, 1)
            curl.setopt(pycurl.CUSTOMREQUEST, method)
        else:
            curl.setopt(pycurl.POST, 1)
            curl.setopt(pycurl.CUSTOMREQUEST, method)
            curl.setopt(pycurl.POSTFIELDSIZE_LARGE, len(body))
            curl.setopt(pycurl.COPYPOSTFIELDS, body)
        curl.setopt(pycurl.WRITEFUNCTION, take)
        curl.setopt(pycurl.HEADERFUNCTION, header)
        curl.setopt(pycurl.FRESH_CONNECT, 1 if once and self._used else 0)
        curl.setopt(pycurl.TIMEOUT_MS, max(1, int(patience * 1000)))
        self._used = True
        try:
            curl.perform()
        except pycurl.error as error:
            raise self._failure(error, curl, len(answer), patience) from None
        return Reply(
            curl.getinfo(pycurl.RESPONSE_CODE),
            answer,
            (curl.getinfo(pycurl.CONTENT_TYPE) or "").split(";")[0].strip().lower(),
            location[0].decode("latin-1") if location else "",
            later[0].decode("latin-1") if later else "",
        )

    def close(self) -> None:
        if self._curl is not None:
            self._curl.close()
            self._curl = None

    def _handle(self) -> Any:
        if self._curl is not None:
            return self._curl
        profile = self._profile
        curl = self._curl = pycurl.Curl()
        curl.setopt(pycurl.NOSIGNAL, 1)
        curl.setopt(pycurl.FOLLOWLOCATION, 0)
        curl.setopt(pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_1_1)
        curl.setopt(pycurl.CONNECTTIMEOUT_MS, int(profile.connect_timeout * 1000))
        curl.setopt(pycurl.BUFFERSIZE, _READ_SIZE)
        curl.setopt(pycurl.ACCEPT_ENCODING, "")  # every compression this libcurl knows
        curl.setopt(pycurl.TCP_KEEPALIVE, 1)
        curl.setopt(pycurl.NETRC, 0)
        curl.setopt(pycurl.USERAGENT, f"slurm-cli-proxy/{__version__}")  # for whoever reads the server's log
        if profile.url.startswith("unix:"):
            curl.setopt(pycurl.UNIX_SOCKET_PATH, _bytes(profile.url[len("unix:") :]))
        proxy, without = proxy_for(profile.url, self._environ)
        curl.setopt(pycurl.PROXY, _bytes(proxy))  # "" keeps libcurl from reading the process's environment
        curl.setopt(pycurl.NOPROXY, _bytes(without))
        if profile.url.lower().startswith("https:"):
            self._set_tls(curl)
        return curl

    def _set_tls(self, curl: Any) -> None:
        from slurm_cli_proxy.rest.tls import trust

        profile = self._profile
        curl.setopt(pycurl.SSL_VERIFYPEER, 1 if profile.tls_verify else 0)
        curl.setopt(pycurl.SSL_VERIFYHOST, 2 if profile.tls_verify else 0)
        curl.setopt(pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_2)
        file, folder = trust(self._environ, profile.ca_file)
        if file or folder:
            for option, value in ((pycurl.CAINFO, file), (pycurl.CAPATH, folder)):
                curl.setopt(option, _bytes(value)) if value else curl.unsetopt(option)
        if profile.client_cert:
            curl.setopt(pycurl.SSLCERT, _bytes(profile.client_cert))
        if profile.client_key:
            curl.setopt(pycurl.SSLKEY, _bytes(profile.client_key))

    def _failure(self, error: Any, curl: Any, received: int, patience: float) -> TransportError:
        code, message = error.args[0], str(error.args[1] if len(error.args) > 1 else "")
        sent = curl.getinfo(pycurl.REQUEST_SIZE) > 0
        if code == pycurl.E_WRITE_ERROR and received:
            limit = f"{self._profile.max_answer_mb:g}"
            return TransportError(
                "too-large", f"the answer is larger than {limit} MB (max_answer_mb)", sent=sent
            )
        kind, words = KINDS.get(code, ("closed", None))
        errno = curl.getinfo(pycurl.OS_ERRNO)
        if kind == "unreachable" and errno:
            words = f"no connection: {os.strerror(errno)}"
        elif kind == "timeout" and not sent:
            words = f"no connection within {min(patience, self._profile.connect_timeout):g} seconds"
        elif kind == "timeout":
            words = f"no {'whole ' if received else ''}answer within {patience:g} seconds"
        password = password_of(proxy_for(self._profile.url, self._environ)[0])
        if password:
            message = message.replace(password, "***")
        return TransportError(kind, words or message or f"libcurl error {code}", sent=sent)


def _bytes(text: str) -> bytes:
    """Text for libcurl, which pycurl would want to be ASCII."""
    return text.encode("utf-8", "surrogateescape")
