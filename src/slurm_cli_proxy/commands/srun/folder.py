"""The files through which the proxy and the script on the cluster speak: a folder of this call's own."""

from __future__ import annotations

import os
import time
from typing import Final

_TRIES: Final = 20
_PIECE: Final = 1 << 20
_AHEAD: Final = 8  # pieces of input that wait for the step


class SharedFolder:
    """A new folder, its owner's alone, below the configured one. OSError."""

    def __init__(self, parent: str) -> None:
        os.makedirs(parent, 0o700, exist_ok=True)
        self.path = os.path.join(parent, f"srun-{os.getpid()}-{os.urandom(6).hex()}")
        os.mkdir(self.path, 0o700)
        self._read: dict[str, int] = {}
        self._pieces = 0
        for name in ("out", "err", "signals", "input", "batch"):
            os.close(os.open(self._of(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))

    def _of(self, name: str) -> str:
        return os.path.join(self.path, name)

    def has(self, name: str) -> bool:
        """Whether a file is there by now."""
        return os.path.exists(self._of(name))

    def grown(self, name: str) -> bytes:
        """What has been added to a file since it was last asked for; it is opened anew, as network shares need it."""
        at = self._read.get(name, 0)
        try:
            file = os.open(self._of(name), os.O_RDONLY)
        except OSError:
            return b""
        try:
            data = os.pread(file, _PIECE, at)
        finally:
            os.close(file)
        self._read[name] = at + len(data)
        return data

    def discard(self, name: str) -> None:
        """Empty a file that nobody will read; what is added (by appending) starts at its beginning."""
        try:
            os.truncate(self._of(name), 0)
        except OSError:
            pass

    def status(self) -> int | None:
        """The step's exit status, once it is known."""
        try:
            with open(self._of("status"), "rb") as file:
                text = file.read().strip()
        except OSError:
            return None
        return int(text) if text.isdigit() else None

    def signal(self, name: str) -> None:
        """Have a signal sent to the cluster's srun."""
        self._append("signals", name)

    def can_feed(self) -> bool:
        """Whether the step has taken most of the input that it was given."""
        return self._pieces < _AHEAD or not self.has(f"piece-{self._pieces - _AHEAD + 1}")

    def feed(self, data: bytes) -> None:
        """The next piece of standard input; the end of it, where there is none."""
        if not data:
            self._append("input", ".")
            return
        self._pieces += 1
        name = f"piece-{self._pieces}"
        file = os.open(self._of(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            while data:
                data = data[os.write(file, data) :]
        finally:
            os.close(file)
        self._append("input", name)

    def _append(self, name: str, line: str) -> None:
        file = os.open(self._of(name), os.O_WRONLY | os.O_APPEND)
        try:
            os.write(file, f"{line}\n".encode())
        finally:
            os.close(file)

    def remove(self) -> None:
        """Take the folder away; on network shares files that are open over there stay for a moment."""
        import shutil

        for _ in range(_TRIES):
            shutil.rmtree(self.path, ignore_errors=True)
            if not os.path.exists(self.path):
                return
            time.sleep(0.1)
