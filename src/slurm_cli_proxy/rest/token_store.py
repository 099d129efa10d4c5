"""The tokens of token commands, kept until shortly before they expire.

One file a cluster and command, mode 600 in a folder of mode 700. One process renews a token while the others wait for
it, bounded; without a usable cache folder each call runs the command itself.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

from slurm_cli_proxy.profiles import Profile
from slurm_cli_proxy.rest import cache
from slurm_cli_proxy.rest.auth import AuthError, token_of
from slurm_cli_proxy.rest.jwt import claims

if TYPE_CHECKING:
    from subprocess import Popen

MARGIN = 60.0
"""Seconds before its expiry at which a token is no longer used; a tenth of its life if that is shorter."""
UNDATED = 300.0
"""Seconds for which a token is kept that does not tell its expiry, or tells one that cannot be."""
_POLL = 0.05
_MOST = 1 << 20


class Kept(msgspec.Struct):
    """A token, when it was obtained, and until when it is used (seconds since the epoch)."""

    token: str
    obtained: float
    until: float


def token(
    profile: Profile, environ: Mapping[str, str], clock: Callable[[], float], *, rejected: str = ""
) -> str:
    """A token of the profile's command that is not `rejected`: the kept one, else a new one. AuthError if none."""
    path = path_for(profile, environ)
    kept = _usable(path, clock(), rejected)
    if kept:
        return kept
    if not path:
        return _new(profile, environ, clock).token
    with _renewing(path, profile.timeout):
        kept = _usable(path, clock(), rejected)
        if kept:
            return kept
        new = _new(profile, environ, clock)
        cache.write(path, msgspec.json.encode(new))
        return new.token


def path_for(profile: Profile, environ: Mapping[str, str]) -> str:
    """The file that keeps this profile's token; "" without a cache folder.

    Of the command only a check sum is in its name: its words may hold secrets.
    """
    from zlib import crc32

    words = "\0".join(profile.token_command).encode("utf-8", "surrogateescape")
    return cache.place(environ, "tokens", profile.name, profile.url, profile.user, f"{crc32(words):08x}")


def _usable(path: str, now: float, rejected: str) -> str:
    data = cache.read(path, private=True)
    if not data:
        return ""
    try:
        kept = msgspec.json.decode(data, type=Kept)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ""
    # One obtained in the future was kept by a clock that has been set back since: its `until` means nothing.
    if kept.token == rejected or not kept.obtained - MARGIN <= now < kept.until:
        return ""
    return kept.token


@contextmanager
def _renewing(path: str, patience: float) -> Iterator[None]:
    """Be the one process that renews; go on without the lock when it cannot be had in time or at all."""
    import fcntl

    name = f"{path}.lock"
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        try:
            descriptor = os.open(name, flags, 0o600)
        except FileNotFoundError:
            cache.make_folders(path)
            descriptor = os.open(name, flags, 0o600)
    except OSError:
        yield
        return
    try:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(_POLL)
            except OSError:  # a file system without locks
                break
        yield
    finally:
        os.close(descriptor)


def _new(profile: Profile, environ: Mapping[str, str], clock: Callable[[], float]) -> Kept:
    text = _run(profile, environ)
    fresh = token_of(text, f"token command {profile.token_command[0]}")
    now = clock()
    expiry = claims(fresh).exp
    if expiry is None or expiry <= now:  # one just made and over already: this machine's clock is wrong
        return Kept(fresh, now, now + UNDATED)
    return Kept(fresh, now, expiry - min(MARGIN, (expiry - now) / 10))


def _run(profile: Profile, environ: Mapping[str, str]) -> str:
    """What the token command prints. Only its program is named in errors: its arguments may hold secrets."""
    import subprocess

    name = f"token command {profile.token_command[0]}"
    try:
        process = subprocess.Popen(
            profile.token_command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(environ),
        )
    except OSError as error:
        raise AuthError(f"{name}: {error.strerror}") from None
    except ValueError:
        raise AuthError(f"{name}: cannot be run") from None
    with process:
        try:
            said, complaints = _heard(process, profile.timeout, name)
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        complaint = _last_line(complaints.decode("utf-8", "replace"))
        how = (
            f"exited with status {process.returncode}"
            if process.returncode > 0
            else f"died of signal {-process.returncode}"
        )
        raise AuthError(f"{name}: {how}" + (f": {complaint}" if complaint else ""))
    return said.decode("utf-8", "replace")


def _heard(process: Popen[bytes], patience: float, name: str) -> tuple[bytes, bytes]:
    """What the process has said on its two streams when it has ended; AuthError if it is too slow or says too much.

    Others may hold the streams still, as the master of shared ssh connections does: they are not waited for.
    """
    import selectors

    assert process.stdout is not None and process.stderr is not None
    streams = (process.stdout, process.stderr)
    heard = {stream.fileno(): b"" for stream in streams}
    deadline = time.monotonic() + patience
    with selectors.DefaultSelector() as selector:
        for number in heard:
            selector.register(number, selectors.EVENT_READ)
        while True:
            over = process.poll() is not None
            ready = selector.select(0 if over else _POLL) if selector.get_map() else []
            for key, _ in ready:
                piece = os.read(key.fd, 1 << 16)
                heard[key.fd] += piece
                if not piece:
                    selector.unregister(key.fd)
            if max(map(len, heard.values())) > _MOST:
                raise AuthError(f"{name}: prints more than a token")
            if over and not ready:
                return heard[streams[0].fileno()], heard[streams[1].fileno()]
            if not over and not selector.get_map():
                time.sleep(_POLL)
            if time.monotonic() > deadline:
                raise AuthError(f"{name}: not finished within {patience:g} seconds")


def _last_line(text: str) -> str:
    """The last line, fit to be shown: without control characters and without anything that looks like a token."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return ""
    words = ("***" if word.count(".") >= 2 and len(word) > 60 else word for word in lines[-1].split())
    return "".join(character for character in " ".join(words) if character.isprintable())[:200]
