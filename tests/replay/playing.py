"""Recordings: what a real server answered, what native printed from the same state, and playing them back.

A recording file (one a release) holds the answers once, each named by its request, and the cases that were run on
them: command line, variables, the clock's reading, and native's output and exit status.
"""

from __future__ import annotations

import gzip
import io
import json
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

from slurm_cli_proxy.context import Context, decode
from slurm_cli_proxy.main import run
from slurm_cli_proxy.profiles import load
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.transport import Reply, Transport

RECORDINGS = Path(__file__).parent / "recordings"
ANSWERS = Path(__file__).parent / "answers"
"""Answers of every endpoint, without what native printed; see `record_answers`."""


class Played(NamedTuple):
    """What a command printed, and its exit status."""

    stdout: str
    stderr: str
    status: int


class Answered(NamedTuple):
    """An answer: HTTP status, content type, body; a text holds bytes that were not UTF-8 as surrogates."""

    status: int
    kind: str
    body: str | bytes


Exchange = Callable[[str, str, bytes | None], Answered]
"""(method, path with query, body) -> the answer."""


class PlayedTransport:
    """Stands where the network would: asks `exchange` instead."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def request(
        self,
        method: str,
        path: str,
        headers: list[str],
        body: bytes | None = None,
        *,
        once: bool = False,
        timeout: float | None = None,
    ) -> Reply:
        """An answer as the transport gives it."""
        status, kind, text = self._exchange(method, path, body)
        if isinstance(text, bytes):
            data = text
        else:
            try:
                data = text.encode("utf-8", "surrogateescape")
            except UnicodeEncodeError:
                data = text.encode("utf-8", "surrogatepass")
        return Reply(status, bytearray(data), kind, "")

    def close(self) -> None:
        """Nothing is open."""


def play(line: str, env: Mapping[str, str], clock: float, exchange: Exchange, uid: int) -> Played:
    """Runs a command line in-process on answers given by `exchange`."""
    argv = shlex.split(line)
    nowhere = {"SLURM_CLI_PROXY_URL": "http://127.0.0.1:1", "SLURM_JWT": "x", "XDG_CACHE_HOME": "/dev/null"}
    environ = {**env, **nowhere}
    out, err = io.BytesIO(), io.BytesIO()
    profile = load(environ)
    transport = cast(Transport, PlayedTransport(exchange))
    client = Client(
        profile,
        environ,
        login=lambda: env["USER"],
        clock=lambda: clock,
        transport=transport,
        sleep=lambda seconds: None,
    )
    ctx = Context(
        argv[0], environ, stdin=io.BytesIO(), stdout=out, stderr=err, cwd="/", clock=lambda: clock, uid=uid,
        login=env["USER"], profile=profile, client=client,
    )  # fmt: skip
    status = run(ctx, argv[1:])
    return Played(decode(out.getvalue()), decode(err.getvalue()), status)


def read(path: Path) -> dict[str, Any]:
    """A recording file: {"release", "version", "uid", "answers": {request: [status, type, body]}, "cases": [...]}."""
    recording: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return recording


def write(path: Path, recording: Mapping[str, Any]) -> None:
    """Writes a recording file; the same content gives the same bytes."""
    text = json.dumps(recording, indent=1, sort_keys=True, ensure_ascii=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))
