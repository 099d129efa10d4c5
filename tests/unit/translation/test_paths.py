"""The map of paths: whole components, the longest folder first, to the cluster and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.profiles.profile import PathMap
from slurm_cli_proxy.translation.paths import Paths

MAPS = (("/srv/galaxy", "/projects/galaxy"), ("/srv/galaxy/tmp", "/scratch"), ("/home/me", "/home/jdoe"))


def paths(*maps: tuple[str, str]) -> Paths:
    return Paths([PathMap(local, remote) for local, remote in maps])


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("/srv/galaxy", "/projects/galaxy"),
        ("/srv/galaxy/", "/projects/galaxy/"),
        ("/srv/galaxy/a b/%j_%x.out", "/projects/galaxy/a b/%j_%x.out"),
        ("/srv/galaxy/tmp/x", "/scratch/x"),
        ("/srv/galaxy/tmpx", "/projects/galaxy/tmpx"),
        ("//srv//galaxy/./x", "/projects/galaxy/x"),
        ("/srv/other/../galaxy/x", "/projects/galaxy/x"),
        ("/srv/galaxy/x/../y", "/projects/galaxy/x/../y"),  # x may be a link
        ("/srv/galaxy//./x/", "/projects/galaxy//./x/"),
        ("/srv/galaxy/../galaxy/x", "/projects/galaxy/x"),
        ("/srv/galaxy/x/../tmp/y", "/scratch/y"),
        ("/srv/galaxy/tmp/../x", "/projects/galaxy/x"),
    ],
)
def test_paths_in_a_folder(here: str, there: str) -> None:
    assert paths(*MAPS).to_cluster(here) == there
    assert paths(*MAPS).moved(here) == there


@pytest.mark.parametrize(
    "path",
    ["/srv/galaxy2/x", "/srv", "/", "", "out", "../srv/galaxy", "srv/galaxy/x", "/srv/galaxy/../x", "%j"],
)
def test_paths_in_no_folder_stay(path: str) -> None:
    assert paths(*MAPS).to_cluster(path) == path
    assert paths(*MAPS).moved(path) is None


def test_the_root_is_a_folder_too() -> None:
    everything = paths(("/", "/mnt/here"), ("/srv", "/srv"))
    assert everything.to_cluster("/data/x") == "/mnt/here/data/x"
    assert everything.to_cluster("/") == "/mnt/here"
    assert everything.to_cluster("/srv/x") == "/srv/x"
    assert everything.to_local("/mnt/here/data/x") == "/data/x"
    assert paths(("/mnt/there", "/")).to_cluster("/mnt/there/etc/x") == "/etc/x"


def test_links_into_a_folder(tmp_path: Path) -> None:
    """A path outside every folder that leads into one; what the path itself names is not looked behind."""
    (tmp_path / "data" / "sub").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "data" / "sub")
    (tmp_path / "mapped").symlink_to(tmp_path / "data")
    real = paths((f"{tmp_path}/data", "/projects"))
    assert real.to_cluster(f"{tmp_path}/link/%j.out") == "/projects/sub/%j.out"
    assert real.moved(f"{tmp_path}/link") is None
    assert real.moved(f"{tmp_path}/link", folder=True) == "/projects/sub"
    behind = paths((f"{tmp_path}/mapped", "/projects"))
    assert behind.to_cluster(f"{tmp_path}/data/sub/x") == "/projects/sub/x"
    assert behind.to_cluster(f"{tmp_path}/link/x") == "/projects/sub/x"
    assert behind.to_cluster(f"{tmp_path}/x") == f"{tmp_path}/x"


NAME = st.text(st.characters(blacklist_characters="/\0", codec="utf-8"), min_size=1).filter(
    lambda name: name not in (".", "..")
)
FOLDER = st.lists(NAME, min_size=1, max_size=4).map(lambda names: "/" + "/".join(names))


@given(FOLDER, FOLDER, st.lists(NAME, max_size=4))
def test_to_the_cluster_and_back(local: str, remote: str, below: list[str]) -> None:
    path = "/".join([local, *below])
    there = paths((local, remote)).to_cluster(path)
    assert there == "/".join([remote, *below])
    assert paths((local, remote)).to_local(there) == path


@given(st.lists(FOLDER, min_size=1, max_size=5, unique=True), st.lists(NAME, max_size=3), st.data())
def test_of_several_folders_the_longest_counts(
    locals: list[str], below: list[str], data: st.DataObject
) -> None:
    """Remote folders apart from each other: every path comes back as it went."""
    maps = paths(*((local, f"/r{number}") for number, local in enumerate(locals)))
    path = "/".join([data.draw(st.sampled_from(locals)), *below])
    holding = [local for local in locals if path == local or path.startswith(local + "/")]
    longest = max(holding, key=len)
    assert maps.to_cluster(path) == f"/r{locals.index(longest)}" + path[len(longest) :]
    assert maps.to_local(maps.to_cluster(path)) == path


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("cd /srv/galaxy/x && ls", "cd /projects/galaxy/x && ls"),
        ("A=/srv/galaxy", "A=/projects/galaxy"),
        ("PATH=$PATH:/srv/galaxy/bin:/home/me/bin", "PATH=$PATH:/projects/galaxy/bin:/home/jdoe/bin"),
        ("\"/srv/galaxy\" '/srv/galaxy/tmp'", "\"/projects/galaxy\" '/scratch'"),
        ("cat </srv/galaxy/a >/srv/galaxy/b;", "cat </projects/galaxy/a >/projects/galaxy/b;"),
        ("(/srv/galaxy/run)", "(/projects/galaxy/run)"),
        ("cc -I/srv/galaxy/include", "cc -I/projects/galaxy/include"),
        ("--dir=/srv/galaxy/tmp,/srv/galaxy", "--dir=/scratch,/projects/galaxy"),
        ("#SBATCH -o /srv/galaxy/%j.out\n", "#SBATCH -o /projects/galaxy/%j.out\n"),
        ("${TMPDIR:-/srv/galaxy/tmp} ${A:=/srv/galaxy}", "${TMPDIR:-/scratch} ${A:=/projects/galaxy}"),
        ("file:///srv/galaxy/x @/srv/galaxy/y", "file:///projects/galaxy/x @/projects/galaxy/y"),
        (r'"{\"path\": \"/srv/galaxy\"}"', r'"{\"path\": \"/projects/galaxy\"}"'),
    ],
)
def test_paths_in_a_text(here: str, there: str) -> None:
    assert paths(*MAPS).text_to_cluster(here.encode()) == there.encode()


@pytest.mark.parametrize(
    "text",
    [
        "/srv/galaxy2", "/srv/galaxy-old/x", "/srv/galaxy.d", "/mnt/srv/galaxy/x", "./srv/galaxy", "$X/srv/galaxy",
        "${X}/srv/galaxy", "profile:///srv/galaxy", "a-/srv/galaxy",
        "https://host/srv/galaxy", "/srv/galaxy*", "/srv/galaxy$X", "/srv/galaxy{a,b}",
        r"/srv/galaxy\ x", r"s/\/srv\/galaxy//", "~/srv/galaxy", "$(pwd)/srv/galaxy", "é/srv/galaxy",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_path_of_the_map(text: str) -> None:
    assert paths(*MAPS).text_to_cluster(text.encode()) == text.encode()


WORD = st.from_regex(re.compile(r"[a-z0-9_.%-]{1,8}"), fullmatch=True).filter(
    lambda word: word not in (".", "..")
)


@given(
    st.lists(
        st.tuples(st.sampled_from([" ", "\n", "=", ":", '"', "'", ";", ">"]), st.lists(WORD, max_size=3)),
        max_size=6,
    )
)
def test_a_text_to_the_cluster_and_back(parts: list[tuple[str, list[str]]]) -> None:
    """Each path of a text moves as it does alone."""
    maps = paths(*MAPS)
    words = [(before, "/".join(["/srv/galaxy", *below])) for before, below in parts]
    text = "".join(before + path for before, path in words)
    moved = maps.text_to_cluster(text.encode()).decode()
    assert moved == "".join(before + maps.to_cluster(path) for before, path in words)
    assert maps.text_to_local(moved.encode()).decode() == text


def test_bytes_that_are_no_text_stay() -> None:
    maps = paths(("/srv/\udcff", "/there/\udcfe"))
    assert maps.to_cluster("/srv/\udcff/x") == "/there/\udcfe/x"
    assert maps.text_to_cluster(b"cat /srv/\xff/x \xfc") == b"cat /there/\xfe/x \xfc"
