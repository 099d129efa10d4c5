"""Galaxy Pulsar on the proxy's commands: what it reports of jobs, and the files that come back, on each release.

A Pulsar server per release runs as alice, with the proxy's `sbatch`, `squeue` and `scancel` and no others; Pulsar's own
client is on the other side.  The stories of all tests asked for begin when the first one does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from tests.clients.pulsar.galaxy import Galaxy
from tests.clients.pulsar.server import COMMANDS, Server
from tests.clients.pulsar.stories import STORIES, Ending
from tests.live.case import RELEASES
from tests.live.harness import PROXY_BIN

pytestmark = pytest.mark.live
SECONDS = 300.0


class Site:
    """Pulsar and Galaxy for one release, and the stories that are being told there."""

    def __init__(self, release: str, stack: ExitStack) -> None:
        self.server = Server(release)
        stack.callback(self.server.stop)
        self.galaxy = Galaxy(self.server)
        stack.callback(self.galaxy.stop)
        self._pool = stack.enter_context(ThreadPoolExecutor(len(STORIES)))
        self._told: dict[str, Future[list[Ending]]] = {}

    def begin(self, story: str) -> None:
        self._told[story] = self._pool.submit(STORIES[story], self.galaxy)

    def told(self, story: str) -> list[Ending]:
        """The jobs' endings, or the error that ended the story."""
        return self._told[story].result(SECONDS)


@pytest.fixture(scope="module")
def sites(request: pytest.FixtureRequest) -> Iterator[dict[str, Site]]:
    """All releases at once, and all the stories that the selected tests need."""
    wanted = [
        (str(item.callspec.params["release"]), item.originalname.removeprefix("test_"))
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.module is request.module
    ]
    with ExitStack() as stack:
        sites = {release: Site(release, stack) for release in dict.fromkeys(release for release, _ in wanted)}
        for site in sites.values():
            site.server.await_up()
        for release, story in wanted:
            if story in STORIES:
                sites[release].begin(story)
        yield sites


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def site(release: str, sites: dict[str, Site]) -> Iterator[Site]:
    yield sites[release]
    print(sites[release].server.last_words())  # shown when the test has failed


@pytest.fixture
def told(request: pytest.FixtureRequest, site: Site) -> list[Ending]:
    """How the jobs of the test's story ended."""
    assert isinstance(request.node, pytest.Function)
    return site.told(request.node.originalname.removeprefix("test_"))


@pytest.fixture
def ending(told: list[Ending]) -> Ending:
    """How its one job ended."""
    (ending,) = told
    return ending


def test_the_proxy_is_all_that_pulsar_finds(site: Site) -> None:
    """No Slurm command but its own on the PATH; and the token is neither in the environment nor for others to read."""
    environ = site.server.environ
    assert environ["PATH"] == str(site.server.path)
    slurm = {
        name: os.readlink(site.server.path / name) for name in os.listdir(site.server.path) if name[0] == "s"
    }
    assert slurm == {name: str(PROXY_BIN / name) for name in COMMANDS}
    token = site.server.bench.cluster.token("alice")
    assert token not in str(environ)
    assert token not in site.server.last_words(10**6)


def test_a_job_that_succeeds(ending: Ending) -> None:
    assert ending.status["returncode"] == 0
    assert (ending.status["stdout"], ending.status["stderr"]) == ("said\n", "complained\n")
    assert (ending.status["job_stdout"], ending.status["job_stderr"]) == ("", "")
    assert ending.files == {"words": b"pear\napple\n", "sorted": b"apple\npear\n", "count": b"2\n"}
    assert ending.slurm == "COMPLETED main 2 10:00"


def test_a_job_that_fails(ending: Ending) -> None:
    """To Pulsar a tool's failure is a complete job with a return code; Slurm's job did its work."""
    assert ending.states[-1] == "complete"
    assert ending.status["returncode"] == 3
    assert (ending.status["stdout"], ending.status["stderr"]) == ("", "no such thing\n")
    assert ending.files == {"words": b"pear\n", "copy": b"pear\n"}
    assert ending.slurm.startswith("COMPLETED ")


def test_a_job_that_is_killed_from_within(ending: Ending) -> None:
    """Slurm's job has failed; Pulsar, for which a job gone from the queue is over, has no return code for it."""
    assert ending.states[-1] == "complete"
    assert ending.status["returncode"] is None
    assert ending.files == {"mark": b"begun\n"}
    assert ending.slurm.startswith("FAILED ")


def test_a_job_that_slurm_refuses(ending: Ending) -> None:
    """Pulsar's own failure: there is no id in what sbatch printed.  (It takes every command's status for 0.)"""
    assert ending.states == ["failed"]
    assert ending.status["returncode"] == 1
    assert ending.notes["error"] == "Failed to obtain external id"
    assert "invalid partition specified: nowhere" in ending.notes["native"]
    assert ending.notes["proxy"] == ending.notes["native"]
    assert ending.slurm == ""


def test_a_job_cancelled_while_queued(ending: Ending) -> None:
    assert ending.states == ["queued", "cancelled"]
    assert ending.files == {}
    assert ending.slurm.startswith("CANCELLED closed ")


def test_a_job_cancelled_while_running(ending: Ending) -> None:
    """What it had written until then comes back."""
    assert ending.states[-2:] == ["running", "cancelled"]
    assert ending.files == {"mark": b"begun\n"}
    assert ending.slurm.startswith("CANCELLED ")


def test_twenty_jobs_at_once(told: list[Ending]) -> None:
    assert len(told) == 20
    for number, ending in enumerate(told):
        assert ending.states[-1] == "complete"
        assert ending.status["returncode"] == (1 if number % 4 == 3 else 0)
        assert (ending.status["job_stdout"], ending.status["job_stderr"]) == ("", "")
        assert ending.files == {"numbers": b"%d\n" % number, "twice": b"%d\n%d\n" % (number, number)}
        assert ending.slurm == "COMPLETED main 2 10:00"
