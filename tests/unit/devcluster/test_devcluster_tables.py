"""The parts of devcluster that need neither root nor a cluster."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from devcluster import cli, host, processes, roots, slurmconf
from devcluster.errors import DevclusterError
from devcluster.releases import NODES, RELEASES, release

ONE_LINE = """\
# deb http://old.example.org/debian bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://mirror.example.org/debian bookworm main contrib
deb-src http://mirror.example.org/debian bookworm main
"""
DEB822 = """\
Types: deb
Enabled: no
URIs: http://off.example.org/debian
Suites: bookworm

Types: deb deb-src
# URIs: http://commented.example.org/debian
URIs: http://mirror.example.org/debian
Suites: bookworm bookworm-updates
Components: main

Types: deb-src
URIs: http://source.example.org/debian
Suites: bookworm
"""


@pytest.mark.parametrize(
    ("name", "text", "suites"),
    [("a.list", ONE_LINE, ["bookworm"]), ("a.sources", DEB822, ["bookworm", "bookworm-updates"])],
)
def test_the_mirror_is_read_from_both_forms_of_apt_sources(name: str, text: str, suites: list[str]) -> None:
    assert list(roots._entries(name, text)) == [("http://mirror.example.org/debian", suites)]


def test_no_two_daemons_share_a_port_and_none_is_in_the_ephemeral_range() -> None:
    ports = [
        port
        for r in RELEASES
        for port in (r.slurmctld_port, r.slurmdbd_port, r.slurmrestd_port, *map(r.slurmd_port, NODES))
    ]
    assert len(set(ports)) == len(ports) == len(RELEASES) * (3 + len(NODES))
    assert all(1024 < port < 32768 for port in ports)


@pytest.mark.parametrize("name", [r.name for r in RELEASES])
def test_every_node_and_port_is_in_the_configuration(name: str) -> None:
    chosen = release(name)
    files = slurmconf.files(chosen)
    for node in NODES:
        assert (
            f"NodeName={node} NodeHostname=head NodeAddr=127.0.0.1 Port={chosen.slurmd_port(node)} "
            in (files["slurm.conf"])
        )
    assert f"SlurmctldPort={chosen.slurmctld_port}\n" in files["slurm.conf"]
    assert f"DbdPort={chosen.slurmdbd_port}\n" in files["slurmdbd.conf"]
    assert "{" not in "".join(text for file, text in files.items() if not file.endswith(".lua"))


def test_an_unknown_release_is_named_with_those_there_are() -> None:
    with pytest.raises(DevclusterError, match=r"'23.02': choose from 22.05, 24.11, 26.05, or all"):
        release("23.02")


def test_another_distribution_gets_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(host, "_os_release", lambda: {"ID": "fedora", "PRETTY_NAME": "Fedora Linux 40"})
    assert cli.main(["up"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "needs Debian 12 (bookworm) and this is Fedora Linux 40" in said.err


def test_without_root_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(host, "_os_release", lambda: {"ID": "debian", "VERSION_ID": "12"})
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert cli.main(["status"]) == 1
    assert "must run as root: try sudo script/devcluster\n" in capsys.readouterr().err


def test_a_record_forgets_a_process_that_is_gone_or_another(tmp_path: os.PathLike[str]) -> None:
    record = processes.Record(os.path.join(tmp_path, "pids", "x"))
    assert record.pid is None
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    record.write(child.pid)
    assert record.pid == child.pid
    with open(record.path, "w") as file:
        file.write(f"{child.pid} 1\n")
    assert record.pid is None, "the same id with another start time is another process"
    record.write(child.pid)
    child.communicate()
    assert record.pid is None
    record.forget()
    record.forget()


def test_nothing_is_deleted_where_something_is_mounted(tmp_path: os.PathLike[str]) -> None:
    with pytest.raises(DevclusterError, match="something is mounted below /proc"):
        roots.discard("/proc")
    folder = os.path.join(tmp_path, "root")
    os.makedirs(os.path.join(folder, "a", "b"))
    roots.discard(folder)
    assert not os.path.exists(folder)
    roots.discard(folder)


def test_a_program_that_fails_shows_its_last_lines() -> None:
    with pytest.raises(DevclusterError) as caught:
        processes.run(["/bin/sh", "-c", "echo one; echo two >&2; exit 3"], step="counting")
    assert str(caught.value) == "counting failed with exit status 3:\n    one\n    two"
