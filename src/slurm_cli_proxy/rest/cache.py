"""Small files of the user's cache folder: remembered servers, kept tokens.

Everything here works without a cache too: with no home, a read-only or a full disk, a value is simply not kept.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from slurm_cli_proxy.profiles.layers import xdg


def folder(environ: Mapping[str, str]) -> str:
    """The cache folder, "" where there can be none."""
    base = xdg(environ, "XDG_CACHE_HOME", ".cache")
    return f"{base}/slurm-cli-proxy" if base else ""


def name_for(*parts: str) -> str:
    """A file name for a server or an account: readable, and distinct for distinct parts."""
    from zlib import crc32

    text = "|".join(parts)
    plain = "".join(character if character.isalnum() and character.isascii() else "-" for character in text)
    return f"{plain[:80].strip('-')}-{crc32(text.encode('utf-8', 'surrogateescape')):08x}"


def place(environ: Mapping[str, str], kind: str, *parts: str, suffix: str = "") -> str:
    """The file of `kind` that keeps what is known of these parts; "" where there is no cache folder.

    `read` and `write` take "" for a file that cannot be.
    """
    base = folder(environ)
    return f"{base}/{kind}/{name_for(*parts)}{suffix}" if base else ""


def make_folders(path: str) -> None:
    """Make the folders that a file of the cache needs, with mode 700; OSError.

    A home that is not there is not made.
    """
    kind = os.path.dirname(path)
    base = os.path.dirname(kind)
    for made in (os.path.dirname(base), base, kind):
        try:
            os.mkdir(made, 0o700)
        except FileExistsError:
            pass


def read(path: str, *, private: bool = False, limit: int = 1 << 20) -> bytes | None:
    """The file's content; None if it cannot be read. `private`: None too unless it is ours alone.

    No link is followed.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if status.st_size > limit or (private and (status.st_uid != os.geteuid() or status.st_mode & 0o077)):
            return None
        return os.read(descriptor, limit)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _opened(path: str, flags: int) -> int:
    """Descriptor of a file of mode 600 that may have to be made, its folders with it; follows no link. OSError."""
    flags |= os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        return os.open(path, flags, 0o600)
    except FileNotFoundError:
        make_folders(path)
        return os.open(path, flags, 0o600)


def write(path: str, data: bytes) -> bool:
    """Put a file of mode 600 there in one step, its folder made with mode 700; False when that cannot be done.

    A reader sees the old content or the new, never a part; two writers do not disturb each other.
    """
    if not path:
        return False
    temporary = f"{path}.{os.getpid()}.new"
    try:
        try:
            descriptor = _opened(temporary, os.O_EXCL)
        except FileExistsError:  # left by a process of that number that was killed
            os.unlink(temporary)
            descriptor = _opened(temporary, os.O_EXCL)
    except OSError:
        return False
    try:
        try:
            if os.write(descriptor, data) != len(data):
                raise OSError("short write")
        finally:
            os.close(descriptor)
        os.replace(temporary, path)
    except OSError:
        try:
            os.unlink(temporary)
        except OSError:
            pass
        return False
    return True


def append(path: str, data: bytes) -> int:
    """Add to the end of a file of mode 600 in one step, made like `write`'s; its size, -1 when that cannot be done."""
    if not path:
        return -1
    try:
        descriptor = _opened(path, os.O_APPEND | os.O_NONBLOCK)
        try:
            os.write(descriptor, data)
            return os.fstat(descriptor).st_size
        finally:
            os.close(descriptor)
    except OSError:
        return -1
