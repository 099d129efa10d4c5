"""The REST client on real servers: errors in the native commands' words, every API version, versions remembered."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from devcluster import api
from tests.live.counting import Counted
from tests.live.harness import Bench

from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest import endpoints, payload, payload38, versions
from slurm_cli_proxy.rest.answer import Answer
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.errors import RestError

pytestmark = pytest.mark.live

RELEASES = ["22.05", "24.11", "26.05"]
VERSIONS = [
    (release, version)
    for release in RELEASES
    for version in api.cluster(release).apis
    if version in versions.KNOWN
]
SCRIPT = "#!/bin/sh\ntrue\n"


class Caller:
    """Clients of one cluster's slurmrestd as alice, with a cache of their own."""

    def __init__(self, release: str, cache: Path) -> None:
        self.bench = Bench(release)
        self.cluster = self.bench.cluster
        self.environ = {"HOME": str(cache), "PATH": os.environ["PATH"]}

    def client(self, **keys: Any) -> Client:
        profile = Profile(**{"url": self.cluster.url, "token": self.cluster.token("alice"), **keys})
        self.transport = Counted(profile, self.environ)
        return Client(profile, self.environ, login=lambda: "alice", transport=self.transport)

    @property
    def seen(self) -> list[str]:
        return self.transport.seen


@pytest.fixture(params=RELEASES)
def caller(request: pytest.FixtureRequest, tmp_path: Path) -> Caller:
    return Caller(request.param, tmp_path)


@pytest.fixture(params=VERSIONS, ids=lambda pair: "-".join(pair))
def versioned(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Caller, Client]:
    release, version = request.param
    caller = Caller(release, tmp_path)
    return caller, caller.client(api_version=version)


def failing(action: Callable[[], object]) -> RestError:
    with pytest.raises(RestError) as caught:
        action()
    return caught.value


class Bare(Answer):
    pass


# Versions and the memory of a server


def test_the_version_is_asked_for_once(caller: Caller) -> None:
    newest = next(version for version in versions.KNOWN if version in caller.cluster.apis)
    first = caller.client()
    assert first.version == newest
    assert first.release_text.startswith(caller.cluster.name)
    assert caller.seen[0] == "GET /openapi/v3"
    second = caller.client()
    second.get("slurm:ping/", type=Bare)
    assert len(caller.seen) == 1
    assert second.release == versions.pair(caller.cluster.name)


def test_a_version_that_the_server_no_longer_serves(caller: Caller) -> None:
    old = "v0.0.39"  # none of the three releases serves it
    versions.remember(caller.environ, versions.Server(caller.cluster.url, [old], ""))
    client = caller.client()
    client.get("slurm:ping/", type=Bare)
    assert [path.split("/")[2] for path in caller.seen] == [old, "v3", client.version]
    caller.client().get("slurm:ping/", type=Bare)
    assert len(caller.seen) == 1


def test_a_submission_survives_the_change_of_versions(caller: Caller) -> None:
    versions.remember(caller.environ, versions.Server(caller.cluster.url, ["v0.0.39"], ""))
    client = caller.client()
    answer = endpoints.submit(client, SCRIPT, {**JOB, "hold": True})
    caller.bench.cancel([str(answer.job_id)])
    assert answer.job_id
    assert len([line for line in caller.seen if line.startswith("POST")]) == 2


def test_an_upgraded_server_is_asked_again_next_time(caller: Caller) -> None:
    oldest = next(version for version in caller.cluster.apis if version in versions.KNOWN)
    versions.remember(caller.environ, versions.Server(caller.cluster.url, [oldest], "20.02.1"))
    caller.client().get("slurm:ping/", type=Bare)
    assert len(caller.seen) == 1
    caller.client().get("slurm:ping/", type=Bare)
    assert caller.seen[0] == "GET /openapi/v3"


def test_the_profiles_version_needs_no_question(versioned: tuple[Caller, Client]) -> None:
    caller, client = versioned
    client.get("slurm:ping/", type=Bare)
    assert len(caller.seen) == 1
    assert client.release_text.startswith(caller.cluster.name)


def test_a_path_that_no_version_has(caller: Caller) -> None:
    error = failing(lambda: caller.client().get("slurm:nowhere/", type=Bare))
    assert (error.number, error.http_status) == (1800, 404)
    assert error.detail and "HTTP status 404" in error.detail and caller.cluster.url in error.detail


def test_a_unix_socket_as_its_user_needs_no_token(caller: Caller, tmp_path: Path) -> None:
    uid, gid = caller.cluster.ids("alice")
    client = caller.client(url=caller.cluster.unix_url("alice"), token="")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover
        try:
            os.setgroups([])
            os.setresgid(gid, gid, gid)
            os.setresuid(uid, uid, uid)
            client.get("slurm:jobs/", type=Bare)
            os.write(writing, client.release_text.encode())
        except RestError as error:
            os.write(writing, repr(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading) as said:
        assert said.read().startswith(caller.cluster.name)


# Errors


def test_what_does_not_exist(versioned: tuple[Caller, Client]) -> None:
    _, client = versioned
    for action, number in (
        (lambda: endpoints.job(client, "99999999", Bare), 2017),
        (lambda: endpoints.update_job(client, "99999999", {"nice": 1}), 2017),
        (lambda: endpoints.node(client, "nonode", Bare), 2018),
        (lambda: endpoints.partition(client, "nopart", Bare), 2000),
        (lambda: endpoints.reservation(client, "noresv", Bare), 2053),
    ):
        error = failing(action)
        assert (error.number, error.detail) == (number, None)
    (killed,) = endpoints.kill_jobs(client, ["99999999"])
    assert killed.error.code == 2017


LISTINGS: dict[str, tuple[str, ...]] = {
    "slurm:jobs/": ("squeue",),
    "slurm:job/1": ("scontrol", "show", "job", "1"),
    "slurm:partitions/": ("sinfo",),
    "slurm:nodes/": ("scontrol", "show", "node", "node1"),
}
"""A path, and the native command that asks the controller for the same."""


def native_words(caller: Caller, argv: tuple[str, ...], env: dict[str, str]) -> str:
    """What a native command says is wrong, without the name of what it tried."""
    run = caller.bench.native("alice", argv, env=env)
    assert run.status != 0
    return run.stderr.splitlines()[-1].split("error: ")[-1].split("partitions: ")[-1].strip()


@pytest.mark.parametrize("path", LISTINGS)
def test_an_expired_token(caller: Caller, path: str) -> None:
    token = expired(caller)
    error = failing(lambda: caller.client(token=token).get(path, type=Bare))
    assert error.text == native_words(caller, LISTINGS[path], {"SLURM_JWT": token})
    assert error.detail and error.detail.startswith(f"{caller.cluster.url}: the token expired at ")
    assert token not in repr(error)


@pytest.mark.parametrize("token", ["a.b.c", "nonsense"])
def test_a_token_that_is_none(caller: Caller, token: str) -> None:
    error = failing(lambda: caller.client(token=token).get("slurm:jobs/", type=Bare))
    assert error.text == native_words(caller, ("squeue",), {"SLURM_JWT": token})
    assert error.detail == f"{caller.cluster.url}: the token was rejected"


def test_another_users_name(caller: Caller) -> None:
    error = failing(lambda: caller.client(user="bob").get("slurm:jobs/", type=Bare))
    assert error.detail == f"{caller.cluster.url}: the token, which is alice's, was rejected for user bob"


def expired(caller: Caller) -> str:
    """A token whose time is over for the server too."""
    token = caller.cluster.short_token("alice", 1)
    end = time.monotonic() + 30
    while caller.bench.native("alice", ["squeue", "-h"], env={"SLURM_JWT": token}).status == 0:
        assert time.monotonic() < end
    return token


@pytest.mark.parametrize("request_of", ["GET", "POST"])
def test_a_rejected_token_of_a_command_is_replaced_once(
    caller: Caller, tmp_path: Path, request_of: str
) -> None:
    tokens, calls = tmp_path / "tokens", tmp_path / "calls"
    tokens.write_text(f"{expired(caller)}\n{caller.cluster.token('alice')}\n")
    command = ["sh", "-c", f'echo x >>{calls}; sed -n "$(wc -l <{calls})p" {tokens}']
    clock = 0.0  # to this client no token has expired
    client = caller.client(token="", token_command=command)
    client._credentials._clock = lambda: clock
    if request_of == "GET":
        client.get("slurm:jobs/", type=Bare)
    else:
        answer = endpoints.submit(client, SCRIPT, {**JOB, "hold": True})
        caller.bench.cancel([str(answer.job_id)])
        assert answer.job_id
    assert calls.read_text() == "x\nx\n"


def test_a_command_whose_every_token_is_rejected(caller: Caller, tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    client = caller.client(
        token="", token_command=["sh", "-c", f"echo x >>{calls}; echo a.$(wc -l <{calls}).c"]
    )
    error = failing(lambda: client.get("slurm:jobs/", type=Bare))
    assert error.detail == f"{caller.cluster.url}: the token was rejected"
    assert calls.read_text() == "x\nx\n"


# slurmrestd is there, slurmctld is not


@pytest.fixture(params=RELEASES)
def headless(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Caller, str, dict[str, str]]]:
    """(caller, URL of a slurmrestd whose controller's port is closed, what makes native commands see the same)."""
    caller = Caller(request.param, tmp_path)
    cluster = caller.cluster
    folder = Path(cluster.shared("alice")) / f"headless-{request.param}"
    folder.mkdir(exist_ok=True)
    for name in ("slurm.conf", "cgroup.conf", "gres.conf"):
        text = caller.bench.native("root", ["cat", f"/etc/slurm/{name}"]).stdout
        (folder / name).write_text(
            closed_port(text, cluster.slurmctld_port) if name == "slurm.conf" else text
        )
    conf = {"SLURM_CONF": f"{folder}/slurm.conf"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    argv = cluster.native_argv("alice", ["/usr/sbin/slurmrestd", "-a", "rest_auth/jwt", f"127.0.0.1:{port}"])
    environ = {**cluster.environ("alice"), **conf, "SLURM_JWT": "daemon"}
    daemon = subprocess.Popen(argv, env=environ, start_new_session=True, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 30
        while not listens(caller, url):
            assert time.monotonic() < end and daemon.poll() is None
        yield caller, url, conf
    finally:
        if daemon.poll() is None:
            os.killpg(daemon.pid, signal.SIGTERM)
        daemon.wait()
        shutil.rmtree(folder)


def closed_port(conf: str, port: int) -> str:
    """A slurm.conf whose controller nobody can reach, and that does not try for long."""
    return conf.replace(f"SlurmctldPort={port}", "SlurmctldPort=9") + "\nMessageTimeout=2\n"


def listens(caller: Caller, url: str) -> bool:
    try:
        return bool(caller.client(url=url).version)
    except RestError:
        return False


def test_without_a_controller(headless: tuple[Caller, str, dict[str, str]]) -> None:
    caller, url, conf = headless
    client = caller.client(url=url)
    for path in ("slurm:jobs/", "slurm:partitions/"):
        error = failing(lambda: client.get(path, type=Bare))  # noqa: B023
        assert error.text == native_words(caller, LISTINGS[path], conf)
        assert error.detail is not None
        assert error.detail.startswith(url) and "slurmctld" in error.detail


def test_a_submission_without_a_controller(headless: tuple[Caller, str, dict[str, str]]) -> None:
    caller, url, _ = headless
    error = failing(lambda: endpoints.submit(caller.client(url=url), SCRIPT, JOB))
    assert error.text == "Unable to contact slurm controller (connect failure)"
    assert error.number == 1800


# Jobs in the words of every version

JOB: dict[str, Any] = {
    "name": "rest-test",
    "current_working_directory": "/tmp",
    "environment": ["PATH=/usr/bin:/bin", "ODD=a=b\nc"],
}
DESCRIBED: dict[str, tuple[Any, str]] = {
    "account": ("physics", "Account=physics"),
    "array": ("1-3%2", "ArrayTaskThrottle=2"),
    "begin_time": (1900000000, "StartTime=2030-03-17T"),
    "comment": ("a comment", "Comment=a comment"),
    "constraints": ("small", "Features=small"),
    "deadline": (1900000000, "Deadline=2030-03-17T"),
    "delay_boot": (90, "DelayBoot=00:01:30"),
    "dependency": ("singleton", "Dependency=singleton"),
    "excluded_nodes": (["node1", "node2"], "ExcNodeList=node[1-2]"),
    "licenses": ("matlab:1", "Licenses=matlab:1"),
    "mail_type": (["END", "TIME=80%"], "MailType=END,TIME_LIMIT_80"),
    "memory_per_cpu": (123, "MinMemoryCPU=123M"),
    "memory_per_node": (1234, "MinMemoryNode=1234M"),
    "nice": (7, "Nice=7"),
    "partition": ("short", "Partition=short"),
    "requeue": (False, "Requeue=0"),
    "required_nodes": (["node2"], "ReqNodeList=node2"),
    "shared": (["none"], "OverSubscribe=NO"),
    "sockets_per_node": (2, "Socks/Node=2"),
    "standard_output": ("/tmp/x.out", "StdOut=/tmp/x.out"),
    "temporary_disk_per_node": (10, "MinTmpDiskNode=10M"),
    "time_limit": (12, "TimeLimit=00:12:00"),
    "time_minimum": (2, "TimeMin=00:02:00"),
    "tres_per_node": ("gres/gpu:1", "gpu:1"),
}
"""A field, a value for it, and what `scontrol show job` says then."""


def test_each_field_arrives(versioned: tuple[Caller, Client]) -> None:
    caller, client = versioned
    wrong = []
    for field, (value, said) in DESCRIBED.items():
        answer = endpoints.submit(client, SCRIPT, {**JOB, "hold": True, field: value})
        shown = caller.bench.words("alice", f"scontrol -d show job {answer.job_id}")
        caller.bench.cancel([str(answer.job_id)])
        if said not in shown:
            wrong.append(f"{field}: no {said} in\n{shown}")
    assert not wrong, "\n".join(wrong)


def test_the_environment_arrives(versioned: tuple[Caller, Client], tmp_path: Path) -> None:
    caller, client = versioned
    out = Path(caller.cluster.shared("alice")) / f"rest-environment-{client.version}"
    script = f'#!/bin/sh\nprintf "%s" "$ODD" >{out}\n'
    answer = endpoints.submit(client, script, JOB)
    caller.bench.wait_for("alice", f"scontrol show job {answer.job_id}", "JobState=COMPLETED")
    written = out.read_text()
    out.unlink()
    assert written == "a=b\nc"


def test_a_job_is_changed_and_cancelled(versioned: tuple[Caller, Client]) -> None:
    caller, client = versioned
    job_id = str(endpoints.submit(client, SCRIPT, {**JOB, "hold": True, "time_limit": 20}).job_id)
    endpoints.update_job(
        client, job_id, {"nice": 11, "time_limit": 9, "comment": "changed", "required_nodes": ["node2"]}
    )
    shown = caller.bench.words("alice", f"scontrol show job {job_id}")
    for said in ("Nice=11", "TimeLimit=00:09:00", "Comment=changed", "ReqNodeList=node2"):
        assert said in shown
    assert failing(lambda: endpoints.update_job(client, job_id, {"nice": -5})).number == 2002
    endpoints.kill_jobs(client, [job_id])
    assert "JobState=CANCELLED" in caller.bench.words("alice", f"scontrol show job {job_id}")


def test_a_refused_submission(versioned: tuple[Caller, Client]) -> None:
    _, client = versioned
    error = failing(lambda: endpoints.submit(client, SCRIPT, {**JOB, "partition": "nopart"}))
    assert (error.number, error.text, error.detail) == (2000, "Invalid partition name specified", None)


def test_names_that_are_not_utf8(caller: Caller) -> None:
    job_id = ""
    try:
        argv = ["sh", "-c", "sbatch --parsable -H -J \"$(printf 'n\\344me')\" --wrap true"]
        job_id = caller.bench.native("alice", argv).stdout.strip()
        jobs = endpoints.job(caller.client(), job_id, dict)
        assert jobs[0]["name"].encode("utf-8", "surrogateescape") == b"n\xe4me"
    finally:
        caller.bench.cancel([job_id])


# The tables against the servers' own documents


def test_the_fields_of_the_tables_are_the_servers(caller: Caller) -> None:
    document = openapi(caller)
    for version in caller.cluster.apis:
        if version not in versions.KNOWN:
            continue
        described = described_fields(document, version)
        if version == "v0.0.38":
            assert set(payload38.JOB) - described <= set(UNLISTED)
            continue
        minor = versions.number(version)
        carried = {name for name in payload.FIELDS if minor in payload.ONLY.get(name, (minor,))}
        assert carried - {"memory_update_delay"} <= described
        assert described - payload.FIELDS <= {"exclusive", "oversubscribe", "power_flags", "resv_mpi_ports"}


UNLISTED = {
    "distribution_plane_size", "excluded_nodes", "flags", "kill_on_node_fail", "kill_warning_delay",
    "kill_warning_flags", "kill_warning_signal", "maximum_nodes", "memory_binding_type", "memory_per_tres",
    "minimum_cpus", "ntasks_per_tres", "profile", "required_nodes", "shared", "temporary_disk_per_node", "tres_bind",
    "tres_freq", "tres_per_job", "tres_per_node", "tres_per_socket", "tres_per_task", "cpus_per_tres",
}  # fmt: skip
"""Of the newest vocabulary, what v0.0.38 says by other names (or takes without listing it)."""


def openapi(caller: Caller) -> dict[str, Any]:
    reply = caller.client()._send("GET", "/openapi/v3", None)
    document: dict[str, Any] = json.loads(reply.body)
    return document


def described_fields(document: dict[str, Any], version: str) -> set[str]:
    """The names of a job's fields when it is submitted."""

    def resolved(schema: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in schema:
            schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return schema

    body = document["paths"][f"/slurm/{version}/job/submit"]["post"]["requestBody"]["content"]
    submission = resolved(next(iter(body.values()))["schema"])
    return set(resolved(submission["properties"]["job"])["properties"])
