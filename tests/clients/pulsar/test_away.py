"""Galaxy Pulsar whose staging folder the cluster has at another path: `paths` and `rewrite_script` see to it.

On the clusters with a root of their own; to them the machine's name of the folder means nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from tests.clients.pulsar.galaxy import Galaxy
from tests.clients.pulsar.server import USER, Server
from tests.clients.pulsar.stories import STORIES, Ending

pytestmark = pytest.mark.live
WANTED = ("a_job_that_succeeds", "a_job_that_fails", "a_job_cancelled_while_running")
SECONDS = 300.0

Told = dict[str, Future[list[Ending]]]


class Site:
    """Pulsar and Galaxy, and the stories that are being told there at once."""

    def __init__(self, release: str, stack: ExitStack) -> None:
        self.server = Server(release, away=True)
        stack.callback(self.server.stop)
        galaxy = Galaxy(self.server)
        stack.callback(galaxy.stop)
        self.server.await_up()
        pool = stack.enter_context(ThreadPoolExecutor(len(WANTED)))
        self._told: Told = {name: pool.submit(STORIES[name], galaxy) for name in WANTED}

    def ending(self, story: str) -> Ending:
        (ending,) = self._told[story].result(SECONDS)
        return ending


@pytest.fixture(scope="module", params=["24.11", "26.05"])
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    with ExitStack() as stack:
        site = Site(request.param, stack)
        yield site
        print(site.server.last_words())  # shown when a test has failed


def test_the_cluster_does_not_have_the_folder_where_it_is_here(site: Site) -> None:
    here, there = site.server.bench.cluster.away(USER)
    assert site.server.bench.native(USER, ["ls", here]).status != 0
    assert site.server.folder.name in site.server.bench.native(USER, ["ls", there]).stdout.split()


def test_a_job_that_succeeds(site: Site) -> None:
    ending = site.ending("a_job_that_succeeds")
    assert ending.status["returncode"] == 0
    assert (ending.status["stdout"], ending.status["stderr"]) == ("said\n", "complained\n")
    assert (ending.status["job_stdout"], ending.status["job_stderr"]) == ("", "")
    assert ending.files == {"words": b"pear\napple\n", "sorted": b"apple\npear\n", "count": b"2\n"}
    assert ending.slurm == "COMPLETED main 2 10:00"


def test_a_job_that_fails(site: Site) -> None:
    ending = site.ending("a_job_that_fails")
    assert (ending.states[-1], ending.status["returncode"]) == ("complete", 3)
    assert ending.files == {"words": b"pear\n", "copy": b"pear\n"}


def test_a_job_cancelled_while_running(site: Site) -> None:
    ending = site.ending("a_job_cancelled_while_running")
    assert ending.states[-2:] == ["running", "cancelled"]
    assert ending.files == {"mark": b"begun\n"}
