"""Huge answers (`HUGE_ANSWERS` MB; script/test odd-answers takes 100), each to a process with bounded memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.between import Answering

MEGABYTES = int(os.environ.get("HUGE_ANSWERS", "0"))

pytestmark = pytest.mark.skipif(not MEGABYTES, reason="takes minutes: script/test odd-answers")

MEMORY = 2000 * 1_000_000
"""Bytes of address space: the interpreter and its libraries, the answer, and what is made of it."""
SECONDS = 240

BODIES: dict[str, tuple[bytes, bytes, bytes]] = {
    "blanks": (b"", b" ", b""),
    "one string": (b'{"jobs": [{"name": "', b"x", b'"}]}'),
    "bytes that are no text": (b'{"jobs": [{"name": "', b"\xff", b'"}]}'),
    "a list of nothing": (b'{"jobs": [', b"null,", b"null]}"),
    "a list of jobs": (
        b'{"jobs": [',
        b'{"job_id": 7, "job_state": ["RUNNING"], "name": "n"},' * 2,
        b'{"job_id": 8}]}',
    ),
    "deep": (b'{"jobs": ', b"[", b""),
    "a number": (b'{"jobs": [{"job_id": ', b"9", b"}]}"),
    "errors": (b'{"errors": [', b'{"error_number": 1, "description": "odd"},', b"{}]}"),
    "a key": (b'{"', b"k", b'": 1}'),
}
"""What begins, is repeated, and ends."""


def body(name: str) -> bytes:
    begin, middle, end = BODIES[name]
    return begin + middle * (MEGABYTES * 1_000_000 // len(middle)) + end


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    yield {
        "HOME": str(tmp_path), "PATH": os.environ["PATH"], "SLURM_JWT": "a.b.c",
        "SLURM_CLI_PROXY_API_VERSION": "v0.0.42",
        "SLURM_CLI_PROXY_TIMEOUT": "60", "SLURM_CLI_PROXY_USER": "jdoe",
    }  # fmt: skip


@pytest.mark.parametrize("name", list(BODIES))
def test_a_huge_answer(environ: dict[str, str], name: str) -> None:
    whole = body(name)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(whole)
    with Answering(head + whole) as server:
        done = subprocess.run(
            [sys.executable, "-m", "slurm_cli_proxy", "squeue", "-h", "-o", "%A %t"],
            env={**environ, "SLURM_CLI_PROXY_URL": f"http://127.0.0.1:{server.port}"},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=SECONDS,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        )  # fmt: skip
    assert done.returncode in (0, 1)
    assert (done.returncode == 0) == (done.stderr == b"")
    assert b"Traceback" not in done.stderr and b"internal error" not in done.stderr
    assert len(done.stderr) < 2000
