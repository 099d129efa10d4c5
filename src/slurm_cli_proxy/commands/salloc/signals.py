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
OF_STEPS: Final = MINDED | {signal.SIGALRM, signal.SIGCONT}
"""What srun minds: no default action of these stays."""


@contextmanager
def held(minded: frozenset[signal.Signals] = MINDED) -> Iterator[frozenset[int]]:
    """Within, `minded` and CHLD are held back for `next_signal`; gives the mask of before."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, minded | {signal.SIGCHLD})
    try:
        yield frozenset(before)
    finally:
        while signal.sigtimedwait(minded | {signal.SIGCHLD}, 0) is not None:
            pass  # has been dealt with, or comes too late
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def next_signal(seconds: float) -> int | None:
    """The number of the next signal that comes within so many seconds; SIGCHLD counts, too."""
    info = signal.sigtimedwait(MINDED | {signal.SIGCHLD}, max(seconds, 0.0))
    if info is None or info.si_signo not in MINDED | {
        signal.SIGCHLD
    }:  # seen after a stop: no signal's number
        return None
    return info.si_signo


def next_of_step(seconds: float) -> int | None:
    """The same of those that a step is told of: not ALRM, nor the PIPE of a write of this process's own."""
    info = signal.sigtimedwait(OF_STEPS | {signal.SIGCHLD}, max(seconds, 0.0))
    if info is None or info.si_signo not in OF_STEPS - {signal.SIGALRM}:
        return None
    if info.si_signo == signal.SIGPIPE and info.si_pid == os.getpid():
        return None
    return info.si_signo


def as_before(mask: frozenset[int]) -> None:
    """In a new process: the signals as they were, and those that Python ignores as programs expect them."""
    for number in (signal.SIGPIPE, getattr(signal, "SIGXFSZ", signal.SIGPIPE)):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def send(process: int, number: int, *, group: bool = True) -> None:
    """Signal a process (group), if it is still there and there is such a signal."""
    try:
        os.killpg(process, number) if group else os.kill(process, number)
    except OSError:
        pass
