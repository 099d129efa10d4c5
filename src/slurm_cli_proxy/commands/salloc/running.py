"""Running the command within the allocation, until it ends; minding the job and signals meanwhile."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Mapping, Sequence
from typing import Final

from slurm_cli_proxy.commands.salloc.allocate import ENDED, Release, ask
from slurm_cli_proxy.commands.salloc.signals import as_before, next_signal, send
from slurm_cli_proxy.commands.submitting import search_path
from slurm_cli_proxy.context import Context, encode
from slurm_cli_proxy.rest.errors import RestError

_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 10.0
_NO_SUCH_JOB: Final = 2017
_HARMLESS: Final = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
"""A command that ends by one of these makes salloc exit with 0, by any other with 1."""


class Terminal:
    """The terminal that standard input is, given to the command and taken back; nothing where it is none."""

    def __init__(self, ctx: Context) -> None:
        self._descriptor = -1
        try:
            descriptor = ctx.stdin.fileno() if ctx.stdin else -1
            if descriptor >= 0 and os.isatty(descriptor):
                self._group = os.tcgetpgrp(descriptor)
                self._descriptor = descriptor
        except (OSError, ValueError):
            return
        if self._descriptor >= 0:
            import termios

            self._mode = termios.tcgetattr(self._descriptor)

    def give(self, group: int) -> None:
        """Make a process group the terminal's foreground."""
        if self._descriptor >= 0:
            _without_stopping(self._descriptor, group)

    def take_back(self) -> None:
        """As it was before."""
        if self._descriptor < 0:
            return
        import termios

        _without_stopping(self._descriptor, os.getpgrp())
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
        try:
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._mode)
        except termios.error:
            pass
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _without_stopping(descriptor: int, group: int) -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    try:
        os.tcsetpgrp(descriptor, group)
    except OSError:  # the terminal has gone
        pass
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def find(ctx: Context, command: str, folder: str) -> str | None:
    """The program's file; None if there is none."""
    if command.startswith("/"):
        candidates = [command]
    elif command.startswith("."):
        candidates = [f"{folder}/{command}"]
    else:
        candidates = [f"{place}/{command}" for place in (folder, *search_path(ctx)) if place]
    return next((name for name in candidates if os.path.isfile(name) and os.access(name, os.X_OK)), None)


def start(
    ctx: Context,
    words: Sequence[str],
    program: str,
    environ: Mapping[str, str],
    folder: str | None,
    mask: frozenset[int],
    terminal: Terminal,
) -> int:
    """Start the command in a process group of its own; its process id."""
    ctx.flush()
    argv = [encode(word) for word in words]
    variables = {encode(name): encode(value) for name, value in environ.items()}
    process = os.fork()
    if process == 0:
        try:
            os.setpgid(0, 0)
            terminal.give(os.getpid())
            if folder is not None:
                os.chdir(encode(folder))
            as_before(mask)
            _execute(encode(program), argv, variables)
        except OSError as error:
            ctx.error(f"execvp: {error.strerror}")
        finally:
            os._exit(1)
    try:
        os.setpgid(process, process)
    except OSError:  # it has done so itself, and more
        pass
    terminal.give(process)
    return process


def _execute(program: bytes, argv: list[bytes], variables: dict[bytes, bytes]) -> None:
    """As execvp does it: a file that is no program is a script of the shell."""
    try:
        os.execve(program, argv, variables)
    except OSError as error:
        if error.errno != errno.ENOEXEC:
            raise
    os.execve(b"/bin/sh", [b"/bin/sh", program, *argv[1:]], variables)


class Attendant:
    """Waits for the command, and looks after the job."""

    def __init__(
        self, ctx: Context, job_id: int, process: int, kill: int | None, release: Release, *, quiet: bool
    ) -> None:
        self._ctx = ctx
        self._job_id = job_id
        self._process = process
        self._kill = kill
        self._release = release
        self._quiet = quiet
        self.revoked = False

    def wait(self) -> int:
        """The wait status, when the command has ended."""
        pause = _FIRST_PAUSE
        while True:
            ended, status = os.waitpid(self._process, os.WNOHANG)
            if ended:
                return status
            number = next_signal(60.0 if self.revoked else pause)
            if number is None and not self.revoked:
                self._look_after_job()
                pause = min(pause * 1.5, _LONGEST_PAUSE)
            elif number == signal.SIGHUP:
                send(self._process, signal.SIGHUP)
                return os.waitpid(self._process, 0)[1]
            elif number not in (None, signal.SIGCHLD) and not self.revoked:
                self._release(self._job_id)
                self._revoke(f"Job allocation {self._job_id} has been revoked.")

    def _look_after_job(self) -> None:
        try:
            states = frozenset().union(*(job.states for job in ask(self._ctx, self._job_id)))
        except RestError as error:
            if error.number != _NO_SUCH_JOB:  # a server that does not answer now will later
                return
            states = ENDED
        if "TIMEOUT" in states:
            self._revoke(
                f"Job {self._job_id} has exceeded its time limit and its allocation has been revoked."
            )
        elif states & ENDED:
            self._revoke(f"Job allocation {self._job_id} has been revoked.")

    def _revoke(self, words: str) -> None:
        self.revoked = True
        if not self._quiet:
            self._ctx.err(f"{self._ctx.prog}: {words}\n")
        if self._kill is not None:
            send(self._process, self._kill)


def exit_status(status: int) -> int:
    """What salloc exits with, from the command's wait status."""
    if os.WIFEXITED(status):
        return os.WEXITSTATUS(status)
    return 0 if os.WTERMSIG(status) in _HARMLESS else 1


def shell_of(uid: int) -> str:
    """The shell that the user's entry names."""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_shell or "/bin/sh"
    except KeyError:
        return "/bin/sh"


def ring(ctx: Context) -> None:
    """The bell of the terminal that standard output is, if it is one."""
    try:
        if ctx.stdout is not None and ctx.stdout.isatty():
            ctx.out("\a")
            ctx.flush()
    except (OSError, ValueError):
        pass
