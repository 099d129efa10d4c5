"""A network that fails by plan: between the proxy and a real slurmrestd, one fault or none for each request.

`Failing` passes requests on and answers back, one connection at a time, as HTTP: it must know where a request ends to
lose its answer only. What it does with each request is drawn from a seed, so that a run can be repeated.
"""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.faults.between import Listener

PAGE = b"<html><head><title>Bad gateway</title></head><body>nothing here</body></html>"


class Fault(NamedTuple):
    """`passes`: whether the request reaches the server."""

    name: str
    passes: bool


FAULTS: tuple[Fault, ...] = (
    Fault("refuse", False),  # the connection is reset before a byte is read
    Fault("reset before", False),  # the request is read and dropped
    Fault("reset after", True),  # the server's answer is dropped
    Fault("close after", True),
    Fault("truncate", True),
    Fault("break off", True),  # part of the JSON, with a length that fits
    Fault("late", True),  # the caller is reset, and the request reaches the server afterwards
    Fault("slow", True),  # passed on whole, after a while
    Fault("500", True),
    Fault("502", True),
    Fault("503", False),
    Fault("429", False),
    Fault("html", True),
    Fault("html 502", False),
)
SILENT = Fault("silent", True)
"""The answer is kept back; not in the list, since a call ends only when its time is over."""
LATE = 0.15
"""Seconds by which a late request comes after its caller was told that it had failed; a slow one takes as long."""


class Plan:
    """Draws what becomes of each request: nothing, or with probability `share` one of the faults."""

    def __init__(self, seed: int, share: float = 0.3, faults: Sequence[Fault] = FAULTS) -> None:
        self._random = random.Random(seed)
        self._share = share
        self._faults = faults
        self._lock = threading.Lock()
        self.drawn: dict[str, int] = {}

    def __call__(self, head: bytes) -> Fault | None:
        """`head`: the request's first line."""
        with self._lock:
            fault = self._random.choice(self._faults) if self._random.random() < self._share else None
            name = fault.name if fault else "none"
            self.drawn[name] = self.drawn.get(name, 0) + 1
        return fault


class Failing(Listener):
    """Stands before the server at `port`; `plan` gives the fault for a request, by its first line."""

    def __init__(self, port: int, plan: Callable[[bytes], Fault | None]) -> None:
        self._target = port
        self._plan = plan
        super().__init__()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def serve(self, connection: socket.socket) -> None:
        while True:
            head = connection.recv(1, socket.MSG_PEEK)
            if not head:
                return
            request = _message(connection)
            if request is None:
                return
            fault = self._plan(request.split(b"\r\n", 1)[0])
            if not self._one(connection, request, fault.name if fault else ""):
                return

    def _one(self, connection: socket.socket, request: bytes, fault: str) -> bool:
        """Whether the connection goes on."""
        if fault in ("refuse", "reset before"):
            return _reset(connection)
        if fault == "late":
            _reset(connection)
            time.sleep(LATE)
            self._ask(request)
            return False
        if fault == "slow":
            time.sleep(LATE)
        if fault in ("503", "429"):
            words = (
                b"HTTP/1.1 503 Service Unavailable" if fault == "503" else b"HTTP/1.1 429 Too Many Requests"
            )
            return _page(connection, words + b"\r\nRetry-After: 0", b"come back later", b"text/plain")
        if fault == "html 502":
            return _page(connection, b"HTTP/1.1 502 Bad Gateway", PAGE, b"text/html")
        answer = self._ask(request)
        if answer is None or fault == "reset after":
            return _reset(connection)
        if fault == "close after":
            return False
        if fault == "silent":
            return bool(connection.recv(1))  # until the caller has had enough
        if fault == "truncate":
            connection.sendall(answer[: max(1, len(answer) * 2 // 3)])
            return False
        if fault == "break off":
            _, _, body = answer.partition(b"\r\n\r\n")
            return _page(connection, b"HTTP/1.1 200 OK", body[: len(body) // 3], b"application/json")
        if fault in ("500", "502"):
            words = b"HTTP/1.1 500 Internal Server Error" if fault == "500" else b"HTTP/1.1 502 Bad Gateway"
            return _page(connection, words, b"upstream failed", b"text/plain")
        if fault == "html":
            return _page(connection, b"HTTP/1.1 200 OK", PAGE, b"text/html")
        connection.sendall(answer)
        return True

    def _ask(self, request: bytes) -> bytes | None:
        """The server's whole answer; None if there is none."""
        try:
            with socket.create_connection(("127.0.0.1", self._target)) as server:
                server.sendall(request)
                return _message(server)
        except OSError:
            return None


def _message(connection: socket.socket) -> bytes | None:
    """A whole HTTP message with a length (slurmrestd's answers and libcurl's requests have one)."""
    data = b""
    while b"\r\n\r\n" not in data:
        got = connection.recv(65536)
        if not got:
            return None
        data += got
    head, _, _ = data.partition(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    parts, have = [data], len(data) - len(head) - 4
    while have < length:
        got = connection.recv(1 << 20)
        if not got:
            return None
        parts.append(got)
        have += len(got)
    return b"".join(parts)


def _page(connection: socket.socket, head: bytes, body: bytes, kind: bytes) -> bool:
    lines = (
        head,
        b"Content-Type: " + kind,
        b"Content-Length: %d" % len(body),
        b"Connection: close",
        b"",
        body,
    )
    connection.sendall(b"\r\n".join(lines))
    return False


def _reset(connection: socket.socket) -> bool:
    """End it with a reset instead of an orderly close."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    return False
