"""A real slurmrestd behind TLS, proxies and failing connections."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from devcluster import api
from tests.faults.between import Certificates, Relay

from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.client import Client

pytestmark = pytest.mark.live


@pytest.fixture(params=["22.05", "24.11", "26.05"])
def cluster(request: pytest.FixtureRequest) -> api.ClusterHandle:
    return api.cluster(request.param)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


def port(cluster: api.ClusterHandle) -> int:
    return int(cluster.url.rpartition(":")[2])


def client(cluster: api.ClusterHandle, url: str, environ: dict[str, str], **keys: Any) -> Client:
    return Client(Profile(url=url, token=cluster.token("alice"), **keys), environ, login=lambda: "alice")


def test_through_tls(cluster: api.ClusterHandle, certificates: Certificates, tmp_path: Path) -> None:
    with Relay(port(cluster), tls=certificates.server()) as relay:
        url = f"https://127.0.0.1:{relay.port}"
        one = client(cluster, url, {"HOME": str(tmp_path)}, ca_file=str(certificates.authority))
        one.get("slurm:jobs/", type=Answer)
        assert one.release_text.startswith(cluster.name)
        one.get("slurm:nodes/", type=Answer)
        assert relay.connections == 1, "one connection serves the calls of one command"


def test_through_an_http_proxy(cluster: api.ClusterHandle, tmp_path: Path) -> None:
    with Relay(port(cluster), proxy=True) as relay:
        environ = {"HTTP_PROXY": f"http://127.0.0.1:{relay.port}", "HOME": str(tmp_path)}
        one = client(cluster, "http://slurm.example.org:6820", environ, allow_insecure=True)
        one.get("slurm:jobs/", type=Answer)
        assert relay.heads[0] == "GET http://slurm.example.org:6820/openapi/v3 HTTP/1.1"


def test_through_a_connect_proxy(
    cluster: api.ClusterHandle, certificates: Certificates, tmp_path: Path
) -> None:
    tls = certificates.server("far", host="192.0.2.1")
    with Relay(port(cluster), tls=tls) as server, Relay(server.port, proxy=True) as relay:
        environ = {"HTTPS_PROXY": f"http://127.0.0.1:{relay.port}", "HOME": str(tmp_path)}
        one = client(cluster, "https://192.0.2.1:6820", environ, ca_file=str(certificates.authority))
        one.get("slurm:jobs/", type=Answer)
        assert relay.heads == ["CONNECT 192.0.2.1:6820 HTTP/1.1"]


def test_no_proxy(cluster: api.ClusterHandle, tmp_path: Path) -> None:
    with Relay(port(cluster), proxy=True) as relay:
        environ = {"http_proxy": f"http://127.0.0.1:{relay.port}", "HOME": str(tmp_path)}
        client(cluster, cluster.url, environ).get("slurm:jobs/", type=Answer)
        assert relay.connections == 0


def test_the_process_environment_does_not_matter(
    cluster: api.ClusterHandle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "ALL_PROXY"):
        monkeypatch.setitem(os.environ, name, "http://127.0.0.1:9")
    with Relay(port(cluster)) as relay:
        one = client(cluster, f"http://127.0.0.1:{relay.port}", {"HOME": str(tmp_path)})
        one.get("slurm:jobs/", type=Answer)
        assert relay.connections == 1


def test_a_submission_has_a_connection_of_its_own(cluster: api.ClusterHandle, tmp_path: Path) -> None:
    """So that libcurl never sends it twice, which it does on a kept connection that turns out to be closed."""
    with Relay(port(cluster)) as relay:
        one = client(cluster, f"http://127.0.0.1:{relay.port}", {"HOME": str(tmp_path)})
        one.get("slurm:ping/", type=Answer)
        job = {
            "name": "relay-test",
            "current_working_directory": "/tmp",
            "environment": ["A=b"],
            "hold": True,
        }
        answer = endpoints.submit(one, "#!/bin/sh\n", job)
        endpoints.kill_jobs(one, [str(answer.job_id)])
        assert [head.split()[0] for head in relay.heads][:2] == ["GET", "POST"]
