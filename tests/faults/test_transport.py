"""Every way in which no proper answer comes: Slurm's own wording first, then what really happened and where."""

from __future__ import annotations

import gzip
import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.faults.between import Answering, Certificates

from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError

SECRET = "hush.hush.hush"
NO_CONTACT = (1800, "Unable to contact slurm controller (connect failure)")
TIMED_OUT = (5004, "Socket timed out on send/recv operation")
NOT_AUTHENTIC = (1007, "Protocol authentication error")


def client(url: str, environ: dict[str, str] | None = None, **keys: Any) -> Client:
    keys = {"token": SECRET, "user": "jdoe", "timeout": 20.0, "api_version": "v0.0.42", **keys}
    return Client(Profile(url=url, **keys), environ or {}, login=lambda: "jdoe", sleep=lambda seconds: None)


def failing(action: Callable[[], object]) -> RestError:
    with pytest.raises(RestError) as caught:
        action()
    error = caught.value
    assert SECRET not in str(error) and SECRET not in (error.detail or "")
    assert error.detail is not None and error.detail.isprintable()
    return error


def ask(url: str, **keys: Any) -> RestError:
    return failing(lambda: client(url, **keys).get("slurm:jobs/", type=Answer))


def answer(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body) if length is None else length}",
        *headers,
        "",
        "",
    ]
    return "\r\n".join(lines).encode() + body


@pytest.fixture
def closed_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_refused(closed_port: int) -> None:
    error = ask(f"http://127.0.0.1:{closed_port}")
    assert (error.number, error.text) == NO_CONTACT
    assert error.detail == f"http://127.0.0.1:{closed_port}: no connection: Connection refused"
    assert error.sent is False


def test_a_server_out_of_reach_is_tried_once() -> None:
    with Answering(hold=True) as server:
        one = client(f"http://127.0.0.1:{server.port}", api_version="", timeout=0.3)
        first = failing(lambda: one.release_text)
        second = failing(lambda: one.get("slurm:jobs/", type=Answer))
        assert first is second
        assert server.connections == 1


def test_no_such_host() -> None:
    error = ask("https://slurm.invalid/sapi")
    assert (error.number, error.text) == NO_CONTACT
    assert error.detail and error.detail.startswith(
        "https://slurm.invalid/sapi: Could not resolve host: slurm.invalid"
    )
    assert error.sent is False


def test_no_such_socket(tmp_path: Path) -> None:
    error = ask(f"unix:{tmp_path}/nobody.sock")
    assert (error.number, error.text) == NO_CONTACT
    assert error.detail == f"unix:{tmp_path}/nobody.sock: no connection: No such file or directory"


def test_nobody_connects_in_time() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        waiting = []
        for _ in range(3):  # the queue of a server that accepts nobody is soon full
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
            waiting.append(one)
        error = ask(f"http://127.0.0.1:{port}", connect_timeout=0.3)
        for one in waiting:
            one.close()
    assert (error.number, error.text) == TIMED_OUT
    assert error.detail == f"http://127.0.0.1:{port}: no connection within 0.3 seconds"
    assert error.sent is False


def test_silence() -> None:
    with Answering(hold=True) as server:
        error = ask(f"http://127.0.0.1:{server.port}", timeout=0.3)
    assert (error.number, error.text) == TIMED_OUT
    assert error.detail == f"http://127.0.0.1:{server.port}: no answer within 0.3 seconds"
    assert error.sent is True


def test_silence_in_the_middle() -> None:
    with Answering(answer(b'{"jobs": [', length=100), hold=True) as server:
        error = ask(f"http://127.0.0.1:{server.port}", timeout=0.3)
    assert (error.number, error.text) == TIMED_OUT
    assert error.detail and "no whole answer within 0.3 seconds" in error.detail


@pytest.mark.parametrize(
    ("bytes_", "wanted", "said"),
    [
        (b"", NO_CONTACT, "the server closed the connection without an answer"),
        (b"220 mail.example.org ESMTP\r\n", NO_CONTACT, "what answers there does not speak HTTP"),
        (answer(b'{"jobs": [', length=100), NO_CONTACT, "the answer broke off"),
        (
            answer(b'{"jobs": ['),
            NO_CONTACT,
            "HTTP status 200 with JSON that breaks off or is not slurmrestd's",
        ),
        (answer(b""), NO_CONTACT, "HTTP status 200 with an empty answer"),
        (answer(b"[]"), NO_CONTACT, "HTTP status 200 with JSON that breaks off or is not slurmrestd's"),
        (answer(b"x" * 200, "200 OK", "Content-Encoding: gzip"), NO_CONTACT, "compression cannot be read"),
        (
            answer(b"<html><title>502 Bad Gateway</title>", "502 Bad Gateway", "Content-Type: text/html"),
            NO_CONTACT,
            'HTTP status 502 with an HTML page "502 Bad Gateway"',
        ),
        (
            answer(b"<html><title>Log in</title>", "200 OK", "Content-Type: text/html; charset=utf-8"),
            NO_CONTACT,
            'HTTP status 200 with an HTML page "Log in"',
        ),
        (answer(b"try later", "503 Service Unavailable"), NO_CONTACT, 'HTTP status 503: "try later"'),
        (answer(b"slow", "504 Gateway Timeout"), TIMED_OUT, 'HTTP status 504: "slow"'),
        (answer(b"no", "401 Unauthorized"), NOT_AUTHENTIC, 'HTTP status 401: "no" (the token was rejected)'),
        (answer(b"no", "403 Forbidden"), NOT_AUTHENTIC, 'HTTP status 403: "no" (the token was rejected)'),
        (
            answer(b"<html><title>Log in</title>", "401 Unauthorized"),
            NOT_AUTHENTIC,
            'HTTP status 401 with an HTML page "Log in"',
        ),
        (answer(b"who?", "407 Proxy Authentication Required"), NOT_AUTHENTIC, "HTTP status 407"),
        (answer(b"nothing", "404 Not Found"), NO_CONTACT, 'HTTP status 404: "nothing"'),
        (answer(b"", "500 Oops"), NO_CONTACT, "HTTP status 500"),
        (answer(b"{}", "418 I'm a teapot"), NO_CONTACT, "HTTP status 418"),
        (answer(b'{"errors": 3}'), NO_CONTACT, "unexpected answer: "),
        (
            answer(b'{"errors": [], "warnings": []}', "502 Bad Gateway"),
            NO_CONTACT,
            "slurmrestd cannot reach slurmctld",
        ),
        (
            answer(b'{"errors": []}', "511 Network Authentication Required"),
            NOT_AUTHENTIC,
            "the token was rejected",
        ),
    ],
)
def test_answers_that_are_none(bytes_: bytes, wanted: tuple[int, str], said: str) -> None:
    with Answering(bytes_) as server:
        url = f"http://127.0.0.1:{server.port}"
        error = ask(url)
    assert (error.number, error.text) == wanted
    assert error.detail is not None
    assert url in error.detail and said in error.detail


def test_a_redirect_is_not_followed() -> None:
    with Answering(answer(b"{}")) as elsewhere:
        page = answer(b"", "302 Found", f"Location: http://127.0.0.1:{elsewhere.port}/login?state=secret")
        with Answering(page) as server:
            error = ask(f"http://127.0.0.1:{server.port}")
        assert elsewhere.connections == 0
    assert (error.number, error.text) == NO_CONTACT
    assert error.detail and f"redirected to http://127.0.0.1:{elsewhere.port}/login, which" in error.detail


def test_an_answer_without_end() -> None:
    endless = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f4240\r\n" + b" " * 1_000_000 + b"\r\n"
    )
    with Answering(endless + endless[47:] * 3, hold=True) as server:
        error = ask(f"http://127.0.0.1:{server.port}", max_answer_mb=0.5)
    assert error.detail == f"http://127.0.0.1:{server.port}: the answer is larger than 0.5 MB (max_answer_mb)"


def test_a_compressed_answer_is_bounded_too() -> None:
    bomb = gzip.compress(b" " * 5_000_000)
    with Answering(answer(bomb, "200 OK", "Content-Encoding: gzip")) as server:
        error = ask(f"http://127.0.0.1:{server.port}", max_answer_mb=1)
    assert error.detail and "larger than 1 MB" in error.detail


def test_a_compressed_answer() -> None:
    body = gzip.compress(b'{"errors": [], "meta": {"slurm": {"release": "24.11.5"}}}')
    with Answering(answer(body, "200 OK", "Content-Encoding: gzip")) as server:
        one = client(f"http://127.0.0.1:{server.port}")
        one.get("slurm:jobs/", type=Answer)
        assert one.release == (24, 11)
        assert re.search(rb"\r\nAccept-Encoding: [^\r]*gzip", server.requests[0])


def test_what_is_sent() -> None:
    with Answering(answer(b"{}")) as server:
        one = client(f"http://127.0.0.1:{server.port}/base", headers={"X-Gate": "1"})
        one.post("slurm:job/5", body={"nice": 1}, type=Answer)
        request = server.requests[0].decode()
    assert request.startswith("POST /base/slurm/v0.0.42/job/5 HTTP/1.1\r\n")
    head, _, body = request.partition("\r\n\r\n")
    for line in (
        "X-Gate: 1",
        "X-SLURM-USER-NAME: jdoe",
        f"X-SLURM-USER-TOKEN: {SECRET}",
        "Content-Type: application/json",
        "Accept: application/json",
    ):
        assert f"\r\n{line}" in head
    assert body == '{"nice":1}'


def test_names_that_are_not_ascii(tmp_path: Path) -> None:
    with Answering(answer(b"{}")) as server:
        url = f"http://127.0.0.1:{server.port}/größe"
        one = client(url, user="jürgen\udcff", headers={"X-Gate": "ß"})
        one.get("slurm:job/5", type=Answer)
        assert b"X-SLURM-USER-NAME: j\xc3\xbcrgen\xff\r\n" in server.requests[0]
    error = ask(f"unix:{tmp_path}/größe.sock")
    assert error.detail and error.detail.endswith("größe.sock: no connection: No such file or directory")


def test_a_token_is_not_sent_over_plain_http() -> None:
    with Answering(answer(b"{}")) as server:
        environ = {"http_proxy": f"http://127.0.0.1:{server.port}"}
        one = client("http://slurm.example.org", environ)
        error = failing(lambda: one.get("slurm:jobs/", type=Answer))
        assert server.connections == 0
    assert (error.number, error.sent) == (1007, False)
    assert error.detail == (
        "a token is not sent over plain http to slurm.example.org: use https,"
        " or set allow_insecure = true in the profile"
    )


def test_no_token_at_all() -> None:
    error = ask("https://slurm.example.org", token="")
    assert (error.number, error.text) == NOT_AUTHENTIC
    assert error.detail == "there is no token: set SLURM_JWT, or token_file or token_command in the profile"


# A gateway that hides /openapi/v3


def test_versions_are_tried_where_they_are_not_told() -> None:
    def serve(request: bytes) -> bytes:
        if b" /slurm/v0.0.43/ping/ " in request:
            return answer(b'{"pings": [], "meta": {"slurm": {"release": "25.05.1"}}}')
        return answer(b"no such page", "404 Not Found", "Content-Type: text/plain")

    with Answering(serve) as server:
        one = client(f"http://127.0.0.1:{server.port}", api_version="")
        assert one.version == "v0.0.43"


def test_a_gateway_that_wants_more_than_the_token() -> None:
    def serve(request: bytes) -> bytes:
        if b" /openapi/v3 " in request:
            return answer(b"no such page", "404 Not Found")
        return answer(b"log in first", "401 Unauthorized")

    with Answering(serve) as server:
        error = ask(f"http://127.0.0.1:{server.port}", api_version="")
        assert len(server.requests) == 2
    assert error.number == 1007
    assert error.detail and '/ping/: HTTP status 401: "log in first" (the token was rejected)' in error.detail


def test_a_server_too_new_or_too_old() -> None:
    document = b'{"paths": {"/slurm/v0.0.99/jobs/": {}, "/slurm/v0.0.98/jobs/": {}}}'
    with Answering(answer(document)) as server:
        error = ask(f"http://127.0.0.1:{server.port}", api_version="")
    assert error.detail and "serves no API version known here (it has v0.0.99, v0.0.98)" in error.detail


def test_an_openapi_page_of_somebody_else() -> None:
    with Answering(answer(b'{"paths": {"/pets": {}}}')) as server:
        error = ask(f"http://127.0.0.1:{server.port}", api_version="")
    assert error.detail and error.detail.endswith("/openapi/v3: lists no Slurm API version")


# TLS


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


def test_not_tls() -> None:
    with Answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as server:
        error = ask(f"https://127.0.0.1:{server.port}")
    assert (error.number, error.text) == NO_CONTACT
    assert error.detail and error.detail.startswith(f"https://127.0.0.1:{server.port}: TLS connect error")
    assert error.sent is False


def test_an_unknown_authority(certificates: Certificates) -> None:
    with Answering(answer(b"{}"), tls=certificates.server()) as server:
        error = ask(f"https://127.0.0.1:{server.port}")
        assert server.requests == []
    assert (error.number, error.text) == NO_CONTACT
    assert error.detail and "certificate" in error.detail
    assert error.sent is False


def test_another_hosts_certificate(certificates: Certificates) -> None:
    tls = certificates.server("other", host="127.0.0.2")
    with Answering(answer(b"{}"), tls=tls) as server:
        error = ask(f"https://127.0.0.1:{server.port}", ca_file=str(certificates.authority))
        assert server.requests == []
    assert error.detail and "127.0.0.1" in error.detail


@pytest.mark.parametrize("variable", ["", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "SSL_CERT_DIR"])
def test_a_known_authority(certificates: Certificates, variable: str) -> None:
    tls = certificates.server()
    value = str(certificates.authority)
    if variable == "SSL_CERT_DIR":
        folder = certificates.folder / "hashed"
        folder.mkdir(exist_ok=True)
        (folder / "authority.pem").write_bytes(certificates.authority.read_bytes())
        os.system(f"openssl rehash {folder}")
        value = str(folder)
    environ = {variable: value} if variable else {}
    with Answering(answer(b"{}"), tls=tls) as server:
        keys = {} if variable else {"ca_file": value}
        client(f"https://127.0.0.1:{server.port}", environ, **keys).get("slurm:jobs/", type=Answer)
        assert len(server.requests) == 1


def test_a_ca_file_that_is_not_there() -> None:
    with Answering(answer(b"{}")) as server:
        error = ask(f"https://127.0.0.1:{server.port}", ca_file="/nowhere/ca.pem")
    assert error.detail and "/nowhere/ca.pem" in error.detail


def test_client_certificates(certificates: Certificates) -> None:
    certificate, key = certificates.issue("client")
    with Answering(answer(b"{}"), tls=certificates.server(clients=True)) as server:
        url = f"https://127.0.0.1:{server.port}"
        authority = str(certificates.authority)
        one = client(url, ca_file=authority, client_cert=str(certificate), client_key=str(key), token="")
        one.get("slurm:jobs/", type=Answer)
        assert b"X-SLURM-USER-TOKEN" not in server.requests[0]
        error = ask(url, ca_file=authority)
        assert (error.number, error.text) == NO_CONTACT
        wrong = ask(url, ca_file=authority, client_cert="/nowhere/c.pem")
        assert wrong.detail and "certificate" in wrong.detail


def test_no_memory_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(body: bytes, type: object) -> None:
        raise MemoryError

    monkeypatch.setattr("slurm_cli_proxy.rest.client.decode", decode)
    with Answering(answer(b'{"jobs": []}')) as server:
        error = ask(f"http://127.0.0.1:{server.port}")
    assert (error.number, error.text) == NO_CONTACT
    assert error.detail is not None and error.detail.endswith("/jobs/: out of memory for an answer of 0 MB")
