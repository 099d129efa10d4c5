"""The small parts of a request and of its failure."""

from __future__ import annotations

import os

import msgspec
import pytest

from slurm_cli_proxy.rest import rawjson, slurm_errors
from slurm_cli_proxy.rest.answer import Answer, Complaint, lenient
from slurm_cli_proxy.rest.failures import NUMBERS, explain
from slurm_cli_proxy.rest.transport import KINDS, Reply, host_of, is_loopback, proxy_for
from slurm_cli_proxy.rest.wire import decode, one_line, quote, target


def test_paths() -> None:
    assert target("slurm:jobs/", "v0.0.42") == "/slurm/v0.0.42/jobs/"
    assert target("slurm:jobs/", "v0.0.38") == "/slurm/v0.0.38/jobs"
    assert target("slurmdb:users/", "v0.0.38") == "/slurmdb/v0.0.38/users"
    assert target("/openapi/v3", "v0.0.42") == "/openapi/v3"
    query = {"flags": ["ALL", "DETAIL"], "job_name": "a b&c=ü"}
    assert target("slurm:jobs/", "v0.0.42", query) == (
        "/slurm/v0.0.42/jobs/?flags=ALL&flags=DETAIL&job_name=a%20b%26c%3D%C3%BC"
    )
    assert quote("../x?y#\udcff") == "..%2Fx%3Fy%23%FF"


@pytest.mark.parametrize(
    ("url", "host", "loopback"),
    [
        ("https://Slurm.Example.org:6820/x", "slurm.example.org", False),
        ("http://[::1]:6820/x", "[::1]", True),
        ("http://[2001:db8::1]/x", "[2001:db8::1]", False),
        ("http://localhost.:1", "localhost.", True),
        ("http://127.1.2.3", "127.1.2.3", True),
        ("http://127.1.2.3.nip.example", "127.1.2.3.nip.example", False),
        ("http://127.1.2.999", "127.1.2.999", False),
        ("http://slurm.localhost", "slurm.localhost", True),
        ("http://mylocalhost", "mylocalhost", False),
        ("unix:/run/slurm.sock", "", True),
        ("http://somebody:password@proxy.example.org:3128", "proxy.example.org", False),
    ],
)
def test_hosts(url: str, host: str, loopback: bool) -> None:
    assert (host_of(url), is_loopback(url)) == (host, loopback)


def test_proxies() -> None:
    environ = {"HTTPS_PROXY": "http://p:1", "http_proxy": "http://q:2", "NO_PROXY": "example.org"}
    assert proxy_for("https://h", environ) == ("http://p:1", "example.org")
    assert proxy_for("http://h", environ) == ("http://q:2", "example.org")
    assert proxy_for("http://h", {"HTTP_PROXY": "http://r:3"}) == ("http://r:3", "")
    assert proxy_for("https://h", {"ALL_PROXY": "http://s:4", "no_proxy": "x", "NO_PROXY": "y"}) == (
        "http://s:4",
        "x",
    )
    assert proxy_for("https://h", {}) == ("", "")
    for near in ("http://127.0.0.1:6820", "https://localhost", "unix:/run/s"):
        assert proxy_for(near, environ) == ("", "")


def test_every_kind_of_failure_has_a_number() -> None:
    assert {kind for kind, _ in KINDS.values()} <= set(NUMBERS)


def reply(status: int, body: bytes = b"", content_type: str = "", location: str = "") -> Reply:
    return Reply(status, bytearray(body), content_type, location)


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (
            reply(401, b"Authentication failure", "text/plain"),
            "auth",
            'HTTP status 401: "Authentication failure"',
        ),
        (reply(403), "auth", "HTTP status 403"),
        (reply(404, b"Not\nhere", "text/plain"), "missing", 'HTTP status 404: "Not here"'),
        (
            reply(502, b"<html><head><TITLE>\n502 Bad Gateway </title></head></html>", "text/html"),
            "gateway",
            'HTTP status 502 with an HTML page "502 Bad Gateway"',
        ),
        (reply(504, b"<!doctype html><html></html>"), "timeout", "HTTP status 504 with an HTML page"),
        (
            reply(302, location="https://login.example.org/sso?secret=1"),
            "redirect",
            "HTTP status 302: redirected to https://login.example.org/sso, which is not followed",
        ),
        (reply(200), "truncated", "HTTP status 200 with an empty answer"),
        (
            reply(200, b'{"jobs": [', "application/json"),
            "garbled",
            "HTTP status 200 with JSON that breaks off or",
        ),
        (reply(500, b"\x1b[31m" + b"x" * 500, "text/plain"), "gateway", 'HTTP status 500: "[31mxxx'),
    ],
)
def test_answers_that_are_not_slurmrestds(answer: Reply, kind: str, said: str) -> None:
    got = explain(answer)
    assert got[0] == kind
    assert got[1].startswith(said)
    assert len(got[1]) < 200 and got[1].isprintable()


def test_error_texts_by_release() -> None:
    assert slurm_errors.text(2017, (22, 5)) == "Invalid job id specified"
    assert slurm_errors.text(2007, (22, 5)) == "Unable to create job record, try again"
    assert slurm_errors.text(2007, (24, 11)) == "Unable to create job record, try again"
    assert slurm_errors.text(2007, (26, 5)) == "MaxJobCount limit reached"
    assert slurm_errors.text(4100, (22, 5)) == "unable to change directory to work directory"
    assert slurm_errors.text(4100, (26, 5)) == "Unknown error 4100"
    assert slurm_errors.text(2, (26, 5)) == os.strerror(2)
    assert slurm_errors.text(99999, (26, 5)) == "Unknown error 99999"
    assert slurm_errors.known(99999, (26, 5)) == ""


def test_the_number_of_an_error_has_three_names() -> None:
    for name in ("error_number", "errno", "error_code"):
        assert msgspec.json.decode(f'{{"{name}": 2017}}'.encode(), type=Complaint).number == 2017
    assert Complaint().number == 0


def test_the_release_of_an_answer() -> None:
    for key in ("slurm", "Slurm"):
        answer = msgspec.json.decode(
            f'{{"meta": {{"{key}": {{"release": "24.11.5"}}}}}}'.encode(), type=Answer
        )
        assert answer.meta is not None
        assert answer.meta.release == "24.11.5"


def test_odd_common_parts_are_passed_over() -> None:
    answer = lenient({"errors": [{"error_number": 1}], "warnings": 3, "meta": []})
    assert answer == Answer(errors=[Complaint(error_number=1)])


class _Named(Answer):
    name: str | None = None
    more: dict[str, list[str]] | None = None


def test_names_that_are_not_utf8_keep_their_bytes() -> None:
    got = decode(b'{"name": "\xff\xc3\xa9\xe9", "more": {"\xe9": ["a", "\x80"]}, "errors": []}', _Named)
    assert got.name is not None
    assert got.name.encode("utf-8", "surrogateescape") == b"\xff\xc3\xa9\xe9"
    assert got.more == {"\udce9": ["a", "\udc80"]}


def test_odd_bytes_in_a_long_answer() -> None:
    """Wherever the pieces are cut in which it is looked through."""
    names = [
        b"n" * count + "é€😀".encode() + (b"\xe4" if count % 7 == 0 else b"") for count in range(300)
    ] * 9
    got = decode(b"[" + b",".join(b'"%s"' % name for name in names) + b"]", list[str])
    assert [name.encode("utf-8", "surrogateescape") for name in got] == names


def test_one_line() -> None:
    assert one_line(" a\n\tb\x1b[0m " + "x" * 999).startswith("a b [0m x")
    assert len(one_line("x" * 999)) == 300


class _Body(msgspec.Struct):
    job_name: str
    flags: list[str]


def test_bytes_that_are_no_text_are_sent_as_they_are() -> None:
    assert rawjson.encode(_Body('a\udcff"', ["é"])) == b'{"job_name":"a\xff\\"","flags":["\xc3\xa9"]}'
