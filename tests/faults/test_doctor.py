"""`doctor` before servers that answer as they should not: which station is named, and which remedy."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from tests.faults.between import Answering, Certificates

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.main import run


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("tls"))


def failures(url: str, tmp_path: Path, **environ: str) -> dict[str, dict[str, str]]:
    """The checks that failed, by name."""
    out, err = io.BytesIO(), io.BytesIO()
    environ = {"HOME": str(tmp_path), "SLURM_CLI_PROXY_URL": url, "SLURM_JWT": "a.b.c", **environ}
    ctx = Context("slurm-cli-proxy", environ, stdin=None, stdout=out, stderr=err, cwd=str(tmp_path))
    assert run(ctx, ["doctor", "--json"]) == 1
    assert err.getvalue() == b""
    checks = json.loads(out.getvalue())["checks"]
    return {check["name"]: check for check in checks if check["status"] == "failure"}


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        ("302 Found\r\nLocation: http://127.0.0.2/", "use the address that it redirects to"),
        ("400 Bad Request", "https where it should be http"),
        ("401 Unauthorized", "a credential of its own"),
        ("404 Not Found", "is this slurmrestd's address"),
        ("502 Bad Gateway", "does not reach slurmrestd"),
    ],
)
def test_a_gateways_answer(tmp_path: Path, status: str, remedy: str) -> None:
    with Answering(f"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\nno".encode()) as server:
        found = failures(f"http://127.0.0.1:{server.port}", tmp_path)
    assert list(found) == ["api"]
    assert remedy in found["api"]["remedy"]


@pytest.mark.parametrize(
    ("host", "days", "trusted", "remedy"),
    [
        ("127.0.0.1", 2, False, "ca_file"),
        ("127.0.0.2", 2, True, "a name that stands in the certificate"),
        ("127.0.0.1", -1, True, "the centre has to renew it"),
    ],
)
def test_a_certificate(
    certificates: Certificates, tmp_path: Path, host: str, days: int, trusted: bool, remedy: str
) -> None:
    tls = certificates.server(f"doctors-{host}-{days}", host=host, days=days)
    environ = {"SLURM_CLI_PROXY_CA_FILE": str(certificates.authority)} if trusted else {}
    with Answering(b"", tls=tls) as server:
        found = failures(f"https://127.0.0.1:{server.port}", tmp_path, **environ)
    assert list(found) == ["tls"]
    assert remedy in found["tls"]["remedy"]


def test_a_name_that_nobody_knows(tmp_path: Path) -> None:
    assert list(failures("https://nosuch.invalid", tmp_path)) == ["dns"]
