"""The script that carries a step, and the folder beside it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from slurm_cli_proxy.commands.srun.carrier import quoted, reads_input, script, step_words
from slurm_cli_proxy.commands.srun.folder import SharedFolder
from slurm_cli_proxy.commands.srun.passes import Line
from slurm_cli_proxy.submission.request import Request


def line(*options: tuple[str, str], command: tuple[str, ...] = ("true",)) -> Line:
    return Line(Request(), list(options), list(command), last=True)


@pytest.mark.parametrize("word", ["", "a b", "it's", "$x `y` \\", "''", "-n", "two\nlines"])
def test_the_shell_reads_a_quoted_word_back(word: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"printf %s {quoted(word)}"], capture_output=True, text=True, check=True
    )
    assert done.stdout == word


def test_the_step_gets_its_own_options_only() -> None:
    asked = line(
        ("ntasks", "--ntasks=2"), ("partition", "--partition=short"), ("label", "--label"), ("chdir", "-D")
    )
    assert step_words(asked, "/work") == ["--ntasks=2", "--label", "--chdir=/work", "true"]
    asked.joins = True
    assert "--partition=short" in step_words(asked, "/work")


def test_a_step_alone_asks_for_all_the_memory_that_its_job_has() -> None:
    asked = line()
    asked.alone = True
    assert step_words(asked, "/") == ["--mem=0", "--chdir=/", "true"]
    asked.request["mem_per_gpu"] = 100
    assert "--mem=0" not in step_words(asked, "/")


def test_the_count_of_nodes_that_was_warned_of() -> None:
    asked = line(("nodes", "--nodes=3"))
    asked.request["min_nodes"] = 1
    asked.warned = True
    assert step_words(asked, "/") == ["--nodes=1", "--chdir=/", "true"]


def test_a_command_like_an_option_stays_one() -> None:
    assert step_words(line(command=("-x", "y")), "/") == ["--chdir=/", "--", "-x", "y"]


@pytest.mark.parametrize(
    ("name", "reads"), [(None, True), ("all", True), ("0", True), ("none", False), ("f", False)]
)
def test_who_reads_standard_input(name: str | None, reads: bool) -> None:
    asked = line()
    if name is not None:
        asked.request["input"] = name
    assert reads_input(asked) is reads


@pytest.mark.parametrize("fed", [True, False])
def test_the_script_runs_the_step_and_tells_of_it(tmp_path: Path, fed: bool) -> None:
    """With a stand-in for the cluster's srun: a program that shows its arguments and copies its input."""
    native = tmp_path / "srun"
    native.write_text('#!/bin/sh\nprintf "[%s]" "$@"; cat; echo oops >&2; exit 7\n')
    native.chmod(0o755)
    folder = SharedFolder(str(tmp_path / "shared"))
    folder.feed(b"some input")
    folder.feed(b"")
    text = script(
        folder.path, ["-n", "it's"], {"HOSTNAME": "h"}, fed=fed, joins=False, group=False, niceness=0
    )
    environ = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    assert subprocess.run(["sh", "-c", text], env=environ, timeout=60).returncode == 7
    assert folder.has("started")
    assert folder.status() == 7
    assert folder.grown("out") == (b"[-n][it's]some input" if fed else b"[-n][it's]")
    assert folder.grown("out") == b""
    assert folder.grown("err") == b"oops\n"
    folder.remove()
    assert not Path(folder.path).exists()


def test_the_proxys_own_srun_is_passed_over(tmp_path: Path) -> None:
    for name, words in (("first", "# slurm_cli_proxy\nexit 1"), ("second", "exit 5")):
        (tmp_path / name).mkdir()
        program = tmp_path / name / "srun"
        program.write_text(f"#!/bin/sh\n{words}\n")
        program.chmod(0o755)
    folder = SharedFolder(str(tmp_path / "shared"))
    text = script(folder.path, [], {}, fed=False, joins=False, group=False, niceness=0)
    environ = {"PATH": f"{tmp_path}/first:{tmp_path}/second:/usr/bin:/bin"}
    assert subprocess.run(["sh", "-c", text], env=environ, timeout=60).returncode == 5
