"""Scripts, durations and job ids against the native commands: what they do with text is what we say they do."""

from __future__ import annotations

import os
import re
import subprocess
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from devcluster import api
from tests.live.case import RELEASES
from tests.unit.script.odd_scripts import ARGUMENTS, BY_RELEASE, ERRORS, TOP

from slurm_cli_proxy.commands.squeue import jobids
from slurm_cli_proxy.notation import duration, hostlist, jobid
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.spec import Option
from slurm_cli_proxy.script.check import check
from slurm_cli_proxy.script.directives import arguments, read_directives

pytestmark = [pytest.mark.live, pytest.mark.parametrize("name", RELEASES)]

OPTIONS = [Option("comment", arg="required"), Option("job-name", "J", "required")]


def number(name: str) -> tuple[int, int]:
    year, month = name.split(".")
    return int(year), int(month)


def native(name: str, command: Sequence[str], cwd: str | None = None) -> subprocess.CompletedProcess[str]:
    cluster = api.cluster(name)
    return subprocess.run(
        cluster.native_argv("alice", command, cwd),
        env=cluster.environ("alice"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=60,
    )


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of alice's that every cluster sees."""
    made = Path(api.cluster(RELEASES[0]).shared("alice")) / f"reading-{uuid.uuid4().hex[:8]}"
    made.mkdir()
    made.chmod(0o755)
    yield made
    for file in made.iterdir():
        file.unlink()
    made.rmdir()


def submit(name: str, folder: Path, script: bytes) -> tuple[int, str, dict[str, str]]:
    """(exit status, standard error, what the controller then shows of the job) of `sbatch s.sh`; it is cancelled."""
    path = folder / "s.sh"
    path.write_bytes(script)
    path.chmod(0o644)
    done = native(name, ["sbatch", "--hold", "--parsable", "-o", "/dev/null", str(path)], str(folder))
    shown: dict[str, str] = {}
    if done.returncode == 0:
        text = native(name, ["scontrol", "show", "job", done.stdout.strip()]).stdout
        native(name, ["scancel", done.stdout.strip()])
        for key in ("JobName", "Comment"):
            found = re.search(rf"(?:^| ){key}=(.*?) ?$", text, re.MULTILINE)
            if found:
                shown[key] = found[1]
    return done.returncode, done.stderr, shown


def expected(words: list[str]) -> tuple[int, str, dict[str, str]]:
    """What a command line of nothing but -J and --comment comes to, as sbatch would put it."""
    shown = {"JobName": "s.sh"}
    keys = {"comment": "Comment", "job_name": "JobName"}
    scanner = Scanner("sbatch", words, OPTIONS, (99, 0), permute=False)
    for event in scanner:
        if isinstance(event, Fault):
            return 255, event.lines[0] + '\nTry "sbatch --help" for more information\n', {}
        shown[keys[event.option.dest]] = event.value or ""
    if scanner.operands:
        return 255, f"sbatch: error: Invalid directive found in batch script: {scanner.operands[0]}\n", {}
    return 0, "", shown


def test_directives(name: str, folder: Path) -> None:
    release = number(name)
    for lines in [row[0] for row in ARGUMENTS] + [row[0] for row in BY_RELEASE]:
        ours = arguments(list(read_directives(TOP + lines, release=release, name="s.sh")))
        status, errors, shown = submit(name, folder, TOP + lines)
        assert (status, errors, shown) == expected(ours), lines


def test_directives_that_are_fatal(name: str, folder: Path) -> None:
    for lines, message in ERRORS:
        assert submit(name, folder, TOP + lines) == (1, f"sbatch: fatal: s.sh: {message}\n", {}), lines


def test_script_checks(name: str, folder: Path) -> None:
    scripts = [
        b"",
        b" \n",
        b"\0#!",
        b"echo\r\n",
        b"\n#!/bin/sh\n",
        TOP + b"\0\r\n",
        TOP + b"a\r\n",
        TOP + b"a\r",
    ]
    for script in scripts:
        lines = check(script)
        status, errors, _ = submit(name, folder, script)
        assert (status, errors) == (
            int(bool(lines)),
            "".join(f"sbatch: error: {line}\n" for line in lines),
        ), script


def test_durations_shown(name: str, folder: Path) -> None:
    """A time limit as squeue and scontrol print it."""
    os.chmod(folder, 0o755)
    for text in ("1", "59:59", "1:00:00", "10:00:00", "23:59:59", "1-0", "3-4:5", "UNLIMITED"):
        minutes = duration.parse_minutes(text)
        done = native(
            name,
            ["sbatch", "-H", "--parsable", "-o", "/dev/null", "-p", "main", f"--time={text}", "--wrap=:"],
        )
        assert done.returncode == 0, done.stderr
        job = done.stdout.strip()
        listed = native(name, ["squeue", "-h", "-j", job, "-o", "%l"]).stdout.rstrip("\n")
        shown = native(name, ["scontrol", "show", "job", job]).stdout
        native(name, ["scancel", job])
        seconds = minutes if minutes == duration.INFINITE else minutes * 60
        assert listed == duration.format_elapsed(seconds), text
        assert f" TimeLimit={duration.format_minutes(minutes)} " in shown, text


@pytest.mark.parametrize(
    "text", ["n1,n2,n3", "n3,n2,n1", "n[3-1]", "n[1-2]x", "n[1-", "r[1-2]n[01-16],a", "n[1-2],m,n3", "n1,n1"]
)
def test_show_hosts(name: str, text: str) -> None:
    """`scontrol show hostlist`, `hostlistsorted` and `hostnames`."""
    try:
        hosts = hostlist.expand(text, number(name))
    except hostlist.HostlistError as error:
        log = f"scontrol: error: {error.log}\n" if error.log else ""
        for word in ("hostlist", "hostlistsorted", "hostnames"):
            done = native(name, ["scontrol", "show", word, text])
            # `hostnames` forgets to fail.
            assert (done.stdout, done.stderr) == ("", f"{log}{error}\n")
            assert done.returncode == (word != "hostnames")
        return
    assert native(name, ["scontrol", "show", "hostlist", text]).stdout == hostlist.compress(hosts) + "\n"
    assert (
        native(name, ["scontrol", "show", "hostlistsorted", text]).stdout
        == hostlist.compress_sorted(hosts) + "\n"
    )
    assert native(name, ["scontrol", "show", "hostnames", text]).stdout.split() == hosts


def test_job_ids(name: str) -> None:
    """Whether scancel and squeue take an id for one.  No job has a number so high."""
    for rest in (
        "",
        "_",
        "_3",
        "_[1-3]",
        "_[",
        "_[5-1]",
        "_*",
        "_x",
        "_-1",
        "+1",
        "+x",
        "_3+1",
        ".0",
        ".",
        "x",
    ):
        text = f"40000000{rest}"
        try:
            jobid.parse(text)
            wrong = ""
        except jobid.JobIdError as error:
            log = f"scancel: error: {error.log}\n" if error.log else ""
            wrong = f"{log}scancel: error: {error}\n"
        said = native(name, ["scancel", text]).stderr
        assert said == wrong if wrong else "Invalid job id 4" not in said, text
        try:
            jobids.parse(text, number(name))
            wrong = ""
        except NotationError:
            wrong = f"squeue: error: Invalid job id: {text}\n"
        said = native(name, ["squeue", "-h", "-j", text]).stderr
        assert said == wrong if wrong else "Invalid job id:" not in said, text
