"""The signals salloc minds itself: held back, and taken up one at a time between two questions to the server."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MINDED: Final = frozenset(
    {
        signal.SIGHUP,
        signal.SIGINT,
        signal.SIGQUIT,
        signal.SIGPIPE,
        signal.SIGTERM,
        signal.SIGUSR1,
        signal.SIGUSR2,
    }
)
"""What ends an allocation; the default action of others (ALRM) stays."""


@contextmanager
def held() -> Iterator[frozenset[int]]:
    """Within, `MINDED` and CHLD are held back for `next_signal`; gives the mask of before."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, MINDED | {signal.SIGCHLD})
    try:
        yield frozenset(before)
    finally:
        while signal.sigtimedwait(MINDED | {signal.SIGCHLD}, 0) is not None:
            pass  # has been dealt with, or comes too late
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def next_signal(seconds: float) -> int | None:
    """The number of the next signal that comes within so many seconds; SIGCHLD counts, too."""
    info = signal.sigtimedwait(MINDED | {signal.SIGCHLD}, max(seconds, 0.0))
    return None if info is None else info.si_signo


def as_before(mask: frozenset[int]) -> None:
    """In a new process: the signals as they were, and those that Python ignores as programs expect them."""
    for number in (signal.SIGPIPE, getattr(signal, "SIGXFSZ", signal.SIGPIPE)):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def send(process: int, number: int, *, group: bool = True) -> None:
    """Signal a process (group), if it is still there."""
    try:
        os.killpg(process, number) if group else os.kill(process, number)
    except (ProcessLookupError, PermissionError):
        pass
