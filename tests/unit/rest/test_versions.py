"""What is remembered of a server, and which API version is chosen."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from slurm_cli_proxy.rest import cache, versions
from slurm_cli_proxy.rest.versions import Server

URL = "https://slurm.example.org/sapi"


def test_versions_of_an_openapi_document() -> None:
    document = b'{"paths": {"/slurm/v0.0.40/jobs/": {}, "\\/slurm\\/v0.0.42\\/jobs": {}, "/slurmdb/v0.0.41/users": {}}}'
    assert versions.served(document) == ["v0.0.42", "v0.0.40"]
    assert versions.served(b"<html>/slurm/v0.0.40/</html>") == []


def test_release_of_an_openapi_document() -> None:
    assert versions.release(b'"version": "Slurm-24.11.5&openapi\\/slurmctld"') == "24.11.5"
    assert versions.release(b'"version": "Slurm-26.05.5"') == "26.05.5"
    assert versions.release(b'"version": "dbv0.0.36"') == ""


def test_the_newest_that_both_know() -> None:
    assert versions.newest(["v0.0.46", "v0.0.44", "v0.0.43"]) == "v0.0.44"
    assert versions.newest(["v0.0.37", "v0.0.38", "v0.0.36"]) == "v0.0.38"
    assert versions.newest(["v0.0.46"]) == ""


def test_remembered(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path)}
    server = Server(URL, ["v0.0.42"], "24.11.5")
    versions.remember(environ, server)
    assert versions.recall(environ, URL) == server
    assert versions.recall(environ, URL + "/other") == Server(URL + "/other")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'{"versions": 3}',
        b'{"format": 2, "url": "https://slurm.example.org/sapi"}',
    ],
)
def test_a_damaged_or_newer_file_is_forgotten(tmp_path: Path, content: bytes) -> None:
    environ = {"HOME": str(tmp_path)}
    versions.remember(environ, Server(URL, ["v0.0.42"], "24.11.5"))
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    file.write_bytes(content)
    assert versions.recall(environ, URL) == Server(URL)
    versions.remember(environ, Server(URL, ["v0.0.40"], ""))
    assert versions.recall(environ, URL).versions == ["v0.0.40"]


@pytest.mark.parametrize("home", ["/dev/null/home", "/proc/nowhere"])
def test_no_place_to_remember(home: str) -> None:
    environ = {"HOME": home}
    versions.remember(environ, Server(URL, ["v0.0.42"]))
    assert versions.recall(environ, URL) == Server(URL)


def test_pairs() -> None:
    assert versions.pair("24.11.5") == (24, 11)
    assert versions.pair("22.05.8-1") == (22, 5)
    assert versions.pair("") is None
    assert versions.pair("unknown") is None


def test_writing_is_one_step(tmp_path: Path) -> None:
    path = str(tmp_path / "d" / "file")
    assert cache.write(path, b"one") and cache.write(path, b"two")
    assert cache.read(path, private=True) == b"two"
    assert os.listdir(tmp_path / "d") == ["file"]


def test_what_a_killed_writer_left_is_in_nobodys_way(tmp_path: Path) -> None:
    path = str(tmp_path / "file")
    left = tmp_path / f"file.{os.getpid()}.new"
    left.write_text("half")
    assert cache.write(path, b"whole")
    assert cache.read(path) == b"whole"
    assert not left.exists()


def test_a_full_disk_leaves_the_old_content() -> None:
    assert cache.write("/dev/full/file", b"x") is False
    assert cache.read("/dev/full/file") is None


def test_names_are_distinct_and_plain() -> None:
    names = {
        cache.name_for(url)
        for url in (URL, URL + "/", URL.upper(), "unix:/run/a.sock", "unix:/run/a-sock", "/" * 300)
    }
    assert len(names) == 6
    assert all(len(name) < 100 and "/" not in name and not name.startswith(".") for name in names)
