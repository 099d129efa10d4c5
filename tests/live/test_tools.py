"""slurm-cli-proxy's own sub-commands against real servers."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from tests.live.case import RELEASES
from tests.live.harness import PROXY_BIN, Bench, Run, _execute

pytestmark = pytest.mark.live


class Newcomer:
    """alice on the service's host, with a home of her own and no configuration yet."""

    def __init__(self, release: str, name: str) -> None:
        self.bench = Bench(release)
        cluster = self.bench.cluster
        self.ids = cluster.ids("alice")
        self.home = Path(cluster.shared("alice")) / f"newcomer-{name}-{os.getpid()}"
        self.home.mkdir()
        os.chown(self.home, *self.ids)

    def call(self, *argv: str, stdin: str = "", prog: str = "slurm-cli-proxy") -> Run:
        env = {"HOME": str(self.home), "PATH": f"{PROXY_BIN}:/usr/bin:/bin"}
        return _execute([str(PROXY_BIN / prog), *argv], env, str(self.home), stdin.encode(), *self.ids)

    def login(self, *argv: str) -> Run:
        token = self.bench.cluster.token("alice")
        return self.call(
            "login", "there", "--url", self.bench.cluster.url, "--token-stdin", *argv, stdin=token
        )


@pytest.fixture(params=RELEASES)
def newcomer(request: pytest.FixtureRequest) -> Newcomer:
    return Newcomer(request.param, f"{request.param}-{request.node.originalname}")


def test_from_login_to_a_job(newcomer: Newcomer) -> None:
    said = newcomer.login()
    assert (said.status, said.stderr) == (0, "")
    folder = newcomer.home / ".config" / "slurm-cli-proxy"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "config.toml": 0o600,
        "there.token": 0o600,
    }
    who = json.loads(newcomer.call("whoami", "--json").stdout)
    assert (who["user"], who["cluster"], who["trouble"]) == ("alice", "there", None)
    assert who["release"].startswith(newcomer.bench.release)
    doctor = newcomer.call("doctor", "--job", "--json")
    checks = {check["name"]: check["status"] for check in json.loads(doctor.stdout)["checks"]}
    assert doctor.status == 0, doctor.stdout
    assert checks == {
        "configuration": "ok",
        "dns": "ok",
        "tcp": "ok",
        "tls": "skipped",
        "token": "ok",
        "api": "ok",
        "authentication": "ok",
        "slurmdbd": "ok",
        "clock": "ok",
        "paths": "skipped",
        "commands": "ok",
        "job": "ok",
    }
    assert newcomer.call("-h", "-o", "%P", prog="sinfo").stdout
    assert not list(newcomer.home.glob(".slurm-cli-proxy-doctor*"))


def test_login_keeps_what_stands_in_the_file(newcomer: Newcomer) -> None:
    folder = newcomer.home / ".config" / "slurm-cli-proxy"
    folder.mkdir(parents=True)
    file = folder / "config.toml"
    file.write_text('# mine\n[clusters.other]\nurl = "https://other.example"  # far\n')
    for path in (folder.parent, folder, file):
        os.chown(path, *newcomer.ids)
    assert newcomer.login("--default").status == 0
    text = file.read_text()
    assert text.startswith("# mine\n") or "\n# mine\n" in text
    assert 'url = "https://other.example"  # far\n' in text
    listed = json.loads(newcomer.call("clusters", "--json").stdout)["clusters"]
    assert [(one["name"], one["current"]) for one in listed] == [("other", False), ("there", True)]


def test_login_where_the_file_is_broken(newcomer: Newcomer) -> None:
    folder = newcomer.home / ".config" / "slurm-cli-proxy"
    folder.mkdir(parents=True)
    file = folder / "config.toml"
    file.write_text("[[[")
    for path in (folder.parent, folder, file):
        os.chown(path, *newcomer.ids)
    said = newcomer.login()
    assert said.status == 1 and said.stderr.startswith(f"slurm-cli-proxy: error: {file}: ")
    assert [path.name for path in folder.iterdir()] == ["config.toml"]
    assert file.read_text() == "[[["


def test_a_token_that_is_not_taken(newcomer: Newcomer) -> None:
    head, claims, signature = newcomer.bench.cluster.token("alice").split(".")
    wrong = ".".join((head, claims, signature[::-1]))
    said = newcomer.call("login", "there", "--url", newcomer.bench.cluster.url, "--token-stdin", stdin=wrong)
    assert said.status == 1
    assert "nothing was kept" in said.stderr
    assert wrong not in said.stderr
    assert not (newcomer.home / ".config").exists()
