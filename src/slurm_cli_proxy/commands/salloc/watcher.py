"""A small process that outlives salloc, should salloc be killed, and then releases the allocation.

It waits on a pipe whose other end only salloc holds. Whatever way salloc ends, the pipe closes; unless salloc has
said before that the job is released, it is cancelled now, with some patience for a server that does not answer.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Final

from slurm_cli_proxy.context import Context

_TRIES: Final = 8
_FAREWELL: Final = b"bye\n"


class Watcher:
    """The watcher of this process; to be told of the job as soon as there is one."""

    def __init__(self, ctx: Context, afterwards: Callable[[], None] = lambda: None) -> None:
        """`afterwards` tidies up when the job has been released in the process's stead."""
        self._guarding = False
        listening, self._told = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            status = 1
            try:
                _watch(ctx, listening, afterwards)
                status = 0
            finally:
                os._exit(status)
        os.close(listening)

    def guard(self, job_id: int) -> None:
        """Release this job if this process should die."""
        self._guarding = True
        self._tell(f"{job_id}\n".encode())

    def released(self) -> None:
        """The job is cancelled; nothing is left to do."""
        self._guarding = False
        self._tell(_FAREWELL)

    def leave(self) -> None:
        """This process is at its end. A job that could not be released is the watcher's now."""
        os.close(self._told)
        if not self._guarding:
            try:
                os.waitpid(self._process, 0)
            except ChildProcessError:
                pass

    def _tell(self, message: bytes) -> None:
        try:
            os.write(self._told, message)
        except OSError:  # somebody has killed the watcher; nothing to be done about it
            pass


def _watch(ctx: Context, listening: int, afterwards: Callable[[], None]) -> None:
    os.setsid()
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    _let_go_of_files(listening)
    heard = b""
    while piece := os.read(listening, 4096):
        heard += piece
    lines = heard.splitlines()
    if lines and lines[-1] + b"\n" != _FAREWELL:
        _release(ctx, lines[-1].decode())
        afterwards()


def _let_go_of_files(listening: int) -> None:
    """Nobody shall wait for an end of file because of this process."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    for name in os.listdir("/proc/self/fd"):
        number = int(name)
        if number > 2 and number != listening:
            try:
                os.close(number)
            except OSError:
                pass
    os.chdir("/")


def _release(ctx: Context, job_id: str) -> None:
    from slurm_cli_proxy.rest import endpoints
    from slurm_cli_proxy.rest.client import Client
    from slurm_cli_proxy.rest.errors import RestError

    pause = 1.0
    for _ in range(_TRIES):
        try:
            client = Client(ctx.profile, ctx.environ, login=lambda: ctx.login, clock=ctx.clock)
            endpoints.kill_jobs(client, [job_id])
        except RestError as error:
            if error.detail is None:  # the controller's own word: there is nothing left to release
                return
        else:
            return
        time.sleep(pause)
        pause *= 2
