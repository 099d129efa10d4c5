"""The Arvados dispatcher's day, on each release: what it does through the proxy, then what the cluster shows natively.

What cannot be done on 22.05, whose REST API (v0.0.38) has no request for it, is asserted to end in a clear error with
nothing changed: signalling the batch shell alone, and changing a node's features.

A job that is suspended is not signalled here: Slurm itself refuses that, after trying for a minute and a half.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from devcluster import api
from tests.clients.arvados import NICE_AT_FIRST, CommandFailed, Container, Dispatcher, exec_script, new_uuid
from tests.live.case import RELEASES
from tests.live.harness import Bench, Run, Scratch, await_condition

pytestmark = pytest.mark.live

# What the dispatcher exports, for crunch-run to find.
EXPORTED = {
    "ARVADOS_API_HOST": "zzzzz.example.com:8443",
    "ARVADOS_API_TOKEN": "v2/zzzzz-gj3su-0123456789abcde/s3cr=t, 'quoted' \"twice\" $HOME",
    "ARVADOS_API_HOST_INSECURE": "",
    "ARVADOS_KEEP_SERVICES": "http://keep0.example.com:25107 http://keep1.example.com:25107",
    "ARVADOS_EXTERNAL_CLIENT": "",
}

# Stands in for crunch-run.  Says who gets a TERM: the batch shell itself (by UUID.shell), or its child (by UUID.child).
CRUNCH_RUN = b"""\
#!/bin/bash
here=$(dirname "$0")
env -0 > "$here/$1.env"
trap 'echo TERM >> "$here/$1.shell"' TERM
bash -c 'trap "echo TERM >> \\"$0.child\\"" TERM; echo > "$0.ready"; while :; do read -t 1 < /dev/zero; sleep 1; done' \
    "$here/$1" &
while :; do wait; done
"""

# The one node without features: Slurm lets `Features=` replace a node's features only where it has none.
PLAIN_NODE = "node2"


class Site:
    """One cluster with a dispatcher on it: alice's, through the proxy; and the native commands to look with."""

    def __init__(self, release: str) -> None:
        self.release = release
        self.bench = Bench(release)
        self.scratch = Scratch(self.bench.cluster, "alice", f"arvados-{release}-{os.getpid()}")
        self.scratch.lay({"crunch-run": CRUNCH_RUN})
        self.folder: Path = self.scratch.path
        self.dispatcher = self.dispatcher_of("alice")
        self.uuids: list[str] = []

    def dispatcher_of(self, user: str) -> Dispatcher:
        def run(command: list[str], script: bytes) -> Run:
            return self.bench.proxy(user, command, cwd=str(self.folder), stdin=script, env=EXPORTED)

        return Dispatcher(run, [str(self.folder / "crunch-run")])

    def container(self, **wanted: object) -> Container:
        """A container with a new UUID, whose job is cancelled in the end."""
        container = Container(new_uuid(), **wanted)  # type: ignore[arg-type]
        self.uuids.append(container.uuid)
        return container

    def start(self) -> str:
        """Submits a container and waits until it runs; its UUID."""
        container = self.container()
        self.dispatcher.submit(container)
        self.bench.wait_for("alice", f"squeue -h -n {container.uuid} -o %T", "^RUNNING$")
        self.await_file(f"{container.uuid}.ready")
        return container.uuid

    def shown(self, uuid: str) -> dict[str, str]:
        """What `scontrol show job` tells of the one job of that name."""
        job_id = self.bench.words("alice", f"squeue -h -n {uuid} -o %A").strip()
        assert job_id.isdigit(), f"jobs named {uuid}: {job_id!r}"
        text = self.bench.words("alice", f"scontrol show job -o {job_id}")
        return dict(re.findall(r"(\S+?)=(\S*)", text))

    def script(self, uuid: str) -> str:
        """The batch script that Slurm keeps for the job."""
        return self.bench.words("alice", f"scontrol write batch_script {self.shown(uuid)['JobId']} -")

    def state(self, uuid: str) -> str:
        return self.shown(uuid)["JobState"]

    def await_file(self, name: str) -> str:
        """The content of a file in the job's folder, as soon as there is any."""
        target = self.folder / name
        return await_condition(lambda: target.read_text() if target.exists() else "", bool, f"file {name}")

    def clear(self) -> None:
        """Ends the jobs of this test."""
        for uuid in self.uuids:
            self.bench.words("slurmadmin", f"scancel -Q --name={uuid}")
        self.uuids.clear()


@pytest.fixture(scope="module", params=RELEASES)
def site_of_release(request: pytest.FixtureRequest) -> Iterator[Site]:
    site = Site(request.param)
    yield site
    shutil.rmtree(site.folder, ignore_errors=True)


@pytest.fixture
def site(site_of_release: Site) -> Iterator[Site]:
    yield site_of_release
    site_of_release.clear()
    site_of_release.dispatcher.log.clear()


def test_a_container_becomes_a_job(site: Site) -> None:
    """What was asked for is what Slurm holds; the script and the default output are where they would be."""
    container = site.container(ram=1234, vcpus=3, disk=17, partitions=("closed",))
    site.dispatcher.submit(container)

    job = site.shown(container.uuid)
    wanted = {
        "JobName": container.uuid, "UserId": "alice(6001)", "Nice": str(NICE_AT_FIRST), "Requeue": "0",
        "MinMemoryNode": "1234M", "CPUs/Task": "3", "NumCPUs": "3", "MinTmpDiskNode": "17M", "Partition": "closed",
        "WorkDir": str(site.folder), "StdOut": f"{site.folder}/slurm-{job['JobId']}.out",
    }  # fmt: skip
    assert {key: job[key] for key in wanted} == wanted
    assert site.script(container.uuid).encode() == exec_script([f"{site.folder}/crunch-run", container.uuid])
    assert site.dispatcher.log == [f"Submitted batch job {job['JobId']}"]


def test_partitions_to_choose_from(site: Site) -> None:
    container = site.container(partitions=("closed", "short"))
    site.dispatcher.submit(container)
    assert site.shown(container.uuid)["Partition"] in ("closed,short", "short")


def test_a_container_that_needs_a_gpu(site: Site) -> None:
    container = site.container(gpus=1, partitions=("closed",))
    site.dispatcher.submit(container)
    job = site.shown(container.uuid)
    assert job["TresPerJob"] in ("gres:gpu:1", "gres/gpu:1")
    assert "gres/gpu=1" in (job.get("ReqTRES") or job["TRES"])


def test_the_queue_reads_like_the_native_one(site: Site) -> None:
    containers = [site.container(partitions=("closed",)) for _ in range(3)]
    for container in containers:
        site.dispatcher.submit(container)
    running = site.start()

    queue = site.dispatcher.queue()
    uuids = [*(container.uuid for container in containers), running]
    assert [queue[uuid].state for uuid in uuids] == ["PENDING", "PENDING", "PENDING", "RUNNING"]
    assert {queue[uuid].nice for uuid in uuids} == {NICE_AT_FIRST}
    assert queue[running].reason == "None"
    native = Dispatcher(lambda command, _: site.bench.native("alice", command), [])
    same = await_condition(  # others' jobs come and go
        lambda: "same" if native.queue() == site.dispatcher.queue() else "not the same",
        "same".__eq__,
        "same queue",
    )
    assert same == "same"


def test_the_job_sees_what_the_dispatcher_exports(site: Site) -> None:
    uuid = site.start()
    seen = dict(line.split("=", 1) for line in site.await_file(f"{uuid}.env").split("\0") if line)
    assert {name: seen.get(name) for name in EXPORTED} == EXPORTED
    assert seen["SLURM_JOB_NAME"] == uuid
    assert seen["SLURM_CPUS_PER_TASK"] == "1"
    assert not [name for name in seen if name == "SLURM_JWT" or name.startswith("SLURM_CLI_PROXY")]


def test_priorities_of_several_jobs(site: Site) -> None:
    """Nice values go up and down, one job after the other; the server that does it lives on."""
    wanted = {}
    for nice in (0, 1234, 2147483640):
        container = site.container(partitions=("closed",))
        site.dispatcher.submit(container)
        wanted[container.uuid] = nice
    for uuid, nice in wanted.items():
        site.dispatcher.renice(uuid, nice)
    assert {uuid: int(site.shown(uuid)["Nice"]) for uuid in wanted} == wanted

    queue = site.dispatcher.queue()
    assert {uuid: queue[uuid].nice for uuid in wanted} == wanted
    assert site.dispatcher.log[len(wanted) :] == []  # after those of sbatch
    assert site.bench.cluster.is_up()


def test_a_running_job_gets_another_nice_value(site: Site) -> None:
    """The dispatcher does not ask whether the job has started meanwhile."""
    uuid = site.start()
    native = site.bench.native("alice", ["scontrol", "update", f"JobName={uuid}", "Nice=5"])
    assert native.status == 0, native.stderr
    site.dispatcher.renice(uuid, 7)
    assert site.shown(uuid)["Nice"] == "7"


def test_two_jobs_of_one_name(site: Site) -> None:
    """A container that is tried again while its first job still stands: both change, both go."""
    container = site.container(partitions=("closed",))
    site.dispatcher.submit(container)
    site.dispatcher.submit(container)
    site.dispatcher.renice(container.uuid, 77)
    assert site.bench.words("alice", f"squeue -h -n {container.uuid} -o %y") == "77\n77\n"
    site.dispatcher.cancel(container.uuid)
    assert site.bench.words("alice", f"squeue -h -n {container.uuid} -o %y") == ""
    assert site.dispatcher.log[2:] == []


def test_a_held_job_is_released(site: Site) -> None:
    container = site.container(partitions=("closed",))
    site.dispatcher.submit(container)
    site.bench.words("alice", f"scontrol hold {site.shown(container.uuid)['JobId']}")
    assert site.dispatcher.queue()[container.uuid].reason == "JobHeldUser"
    assert site.dispatcher.queue()[container.uuid].priority == 0

    site.dispatcher.release(container.uuid)
    job = site.shown(container.uuid)
    assert (job["JobState"], job["Reason"] != "JobHeldUser", job["Priority"] != "0") == (
        "PENDING",
        True,
        True,
    )
    site.dispatcher.release(container.uuid)  # it keeps trying until it works, so again must do no harm
    assert site.dispatcher.log[1:] == []


def test_a_job_that_waits_is_cancelled(site: Site) -> None:
    """And once it is gone, cancelling again finds nothing: no error and not a word."""
    container = site.container(partitions=("closed",))
    site.dispatcher.submit(container)
    job_id = site.shown(container.uuid)["JobId"]
    site.dispatcher.cancel(container.uuid)
    assert site.bench.words("alice", f"squeue -h -t all -j {job_id} -o %T").strip() == "CANCELLED"
    assert container.uuid not in site.dispatcher.queue()
    site.dispatcher.cancel(container.uuid)
    assert site.dispatcher.log[1:] == []


def test_a_job_that_runs_is_asked_to_end(site: Site) -> None:
    """The batch shell alone gets TERM, and nothing kills it: crunch-run must live to stop its container.

    22.05: the REST API signals the shell and its children or nobody, so the proxy refuses and nobody is signalled.
    """
    uuid, other = site.start(), site.start()
    if site.release == "22.05":
        with pytest.raises(
            CommandFailed, match="status 1: scancel: error: --batch: the REST API of this server"
        ):
            site.dispatcher.cancel(uuid)
        assert not (site.folder / f"{uuid}.shell").exists()
    else:
        site.dispatcher.cancel(uuid)
        assert site.await_file(f"{uuid}.shell") == "TERM\n"
        assert site.dispatcher.log[2:] == []
    assert site.state(uuid) == "RUNNING"
    assert not (site.folder / f"{uuid}.child").exists()
    assert not (site.folder / f"{other}.shell").exists()

    # The child does tell when it gets one.
    site.bench.words("alice", f"scancel --full --signal=TERM --name={uuid}")
    assert site.await_file(f"{uuid}.child") == "TERM\n"


def test_errors_are_told(site: Site) -> None:
    """What Slurm refuses ends as natively, and the text says why."""
    for command in (
        ["sbatch", "--partition=nowhere"],
        ["scontrol", "update", f"JobName={new_uuid()}", "Nice=1"],
        ["scontrol", "release", f"Name={new_uuid()}"],
    ):
        script = exec_script(["true"])
        native = site.bench.native("alice", command, stdin=script, cwd=str(site.folder))
        assert site.dispatcher.run(command, script) == native


def test_instance_types_become_features(site: Site) -> None:
    """An administrator's dispatcher gives a node the features.  22.05: the REST API cannot, and the proxy says so."""
    admin = site.dispatcher_of(api.ADMIN)
    assert admin.node_features(PLAIN_NODE) == "(null)\n"
    with pytest.raises(CommandFailed, match="slurm_update error: Invalid user id"):
        site.dispatcher.offer_instance_types(PLAIN_NODE, ["a", "b"])
    if site.release == "22.05":
        with pytest.raises(CommandFailed) as refused:
            admin.offer_instance_types(PLAIN_NODE, ["a", "b"])
        assert str(refused.value).endswith(
            "status 1: scontrol: error: update NodeName cannot be done: version v0.0.38 of Slurm's REST API"
            " has no request for it"
        )
        assert admin.node_features(PLAIN_NODE) == "(null)\n"
        return
    try:
        assert admin.offer_instance_types(PLAIN_NODE, ["a", "b"])
        node = site.bench.words("alice", f"scontrol show node {PLAIN_NODE}")
        assert "AvailableFeatures=instancetype=a,instancetype=b\n" in node
        assert admin.node_features(PLAIN_NODE) == "instancetype=a,instancetype=b\n"
        assert not admin.offer_instance_types(PLAIN_NODE, ["a", "b"])
        assert admin.log == []
    finally:
        # Emptying both leaves the active ones empty instead of unset; reading the configuration again does not.
        site.bench.words(
            api.ADMIN, f"scontrol update NodeName={PLAIN_NODE} AvailableFeatures= ActiveFeatures="
        )
        site.bench.words(api.ADMIN, "scontrol reconfigure")
        site.bench.wait_for("alice", f"sinfo -h -N -n {PLAIN_NODE} -o %f|%b|", r"^\(null\)\|\(null\)\|")
