"""What can stand between the proxy and a server: a relay to a real slurmrestd, or somebody who is no server at all.

`Relay` passes bytes to a real server, through TLS or as an HTTP proxy if wanted, and notes what it saw. `Answering`
gives fixed bytes, for the faults that are not slurmrestd's: a gateway's page, half an answer, silence.
"""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self


class Listener:
    """Serves each connection in a thread of its own, until it is closed."""

    def __init__(self, *, unix: str = "") -> None:
        self._socket = socket.socket(socket.AF_UNIX if unix else socket.AF_INET)
        self._socket.bind(unix or ("127.0.0.1", 0))
        self._socket.listen(64)
        self.port = 0 if unix else self._socket.getsockname()[1]
        self.connections = 0
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        raise NotImplementedError

    def keep(self, connection: socket.socket) -> socket.socket:
        """Have it closed with the rest."""
        with self._lock:
            self._open.append(connection)
        return connection

    def close(self) -> None:
        for connection in [self._socket, *self._open]:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            self.keep(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            self.serve(connection)
        except (OSError, ssl.SSLError):
            pass
        finally:
            connection.close()


class Relay(Listener):
    """Passes everything to the server at `port` of this machine.

    `tls`: the side of the caller speaks TLS. `proxy`: it is an HTTP proxy (CONNECT, and plain requests with a whole
    URL), and all it is asked for is found at `port`. `heads`: the first line of each connection.
    """

    def __init__(self, port: int, *, tls: ssl.SSLContext | None = None, proxy: bool = False) -> None:
        self._target = port
        self._tls = tls
        self._proxy = proxy
        self.heads: list[str] = []
        super().__init__()

    def serve(self, connection: socket.socket) -> None:
        if self._tls is not None:
            connection = self.keep(self._tls.wrap_socket(connection, server_side=True))
        head = b""
        while b"\r\n\r\n" not in head:
            got = connection.recv(65536)
            if not got:
                return
            head += got
        self.heads.append(head.split(b"\r\n")[0].decode())
        server = self.keep(socket.create_connection(("127.0.0.1", self._target)))
        if self._proxy and head.startswith(b"CONNECT"):
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        elif self._proxy:
            method, url, rest = head.split(b" ", 2)
            server.sendall(b" ".join((method, b"/" + url.split(b"/", 3)[3], rest)))
        else:
            server.sendall(head)
        back = threading.Thread(target=pour, args=(server, connection), daemon=True)
        back.start()
        pour(connection, server)
        back.join()


class Answering(Listener):
    """Reads a request and gives `answer`, in pieces if it is a list; then closes, or with `hold` keeps silent.

    `requests`: what was received, whole.
    """

    def __init__(
        self,
        answer: bytes | Callable[[bytes], bytes] = b"",
        *,
        hold: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._answer = answer
        self._hold = threading.Event() if hold else None
        self._tls = tls
        self.requests: list[bytes] = []
        super().__init__()

    def serve(self, connection: socket.socket) -> None:
        if self._tls is not None:
            connection = self.keep(self._tls.wrap_socket(connection, server_side=True))
        request = connection.recv(1 << 20)
        if not request:
            return
        self.requests.append(request)
        answer = self._answer(request) if callable(self._answer) else self._answer
        if answer:
            connection.sendall(answer)
        if self._hold is not None:
            self._hold.wait(60)

    def close(self) -> None:
        if self._hold is not None:
            self._hold.set()
        super().close()


def pour(source: socket.socket, sink: socket.socket) -> None:
    """Pass on what comes until it ends, and then end the other side."""
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        pass
    try:
        sink.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


class Certificates:
    """A certificate authority of its own, made by openssl in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.authority = folder / "authority.pem"
        self._openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Test authority",
                      "-keyout", "authority.key", "-out", "authority.pem")  # fmt: skip

    def issue(self, name: str, *, host: str = "127.0.0.1", days: int = 2) -> tuple[Path, Path]:
        """(certificate, key) for an IP address."""
        (self.folder / f"{name}.ext").write_text(f"subjectAltName=IP:{host}\n")
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-keyout", f"{name}.key",
                      "-out", f"{name}.csr")  # fmt: skip
        self._openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "authority.pem", "-CAkey", "authority.key",
                      "-CAcreateserial", "-days", str(days), "-extfile", f"{name}.ext",
                      "-out", f"{name}.pem")  # fmt: skip
        return self.folder / f"{name}.pem", self.folder / f"{name}.key"

    def server(
        self, name: str = "server", *, host: str = "127.0.0.1", clients: bool = False, days: int = 2
    ) -> ssl.SSLContext:
        """A server's side of TLS; `clients`: it wants a certificate of the caller too; `days`: -1 has expired."""
        certificate, key = self.issue(name, host=host, days=days)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        if clients:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(self.authority)
        return context

    def _openssl(self, *argv: str) -> None:
        subprocess.run(["openssl", *argv], cwd=self.folder, check=True, capture_output=True)
