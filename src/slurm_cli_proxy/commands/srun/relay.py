"""While the step runs: its output comes over, input and signals go there, and at last its exit status comes back."""

from __future__ import annotations

import os
import select
import signal
import time
from typing import BinaryIO, Final

from slurm_cli_proxy.commands.salloc.allocate import ENDED, cancel
from slurm_cli_proxy.commands.salloc.signals import next_of_step
from slurm_cli_proxy.commands.srun.folder import SharedFolder
from slurm_cli_proxy.commands.srun.waiting import CarrierJob, Waiting
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest.errors import RestError

_SHORTEST: Final = 0.02
_LONGEST: Final = 0.25
_ASK_EVERY: Final = 5.0  # seconds between two questions to the server whether the job still lives
_GRACE: Final = 5.0  # seconds that files may take to arrive after the job has ended
_PIECE: Final = 1 << 16
_PIECES: Final = 1 << 20  # bytes of input in a file
_LOST: Final = 1
_ABORTED: Final = b"srun: Job step aborted: "
_READER_ENDS_STEP_SINCE: Final = (26, 5)
_END_OF_OPTIONS: Final = b"end of defined options\n"


class Relay:
    """Between the caller's streams and the files of the shared folder."""

    def __init__(
        self, ctx: Context, waiting: Waiting, shared: SharedFolder, *, fed: bool, reports: int
    ) -> None:
        self._ctx = ctx
        self._waiting = waiting
        self._shared = shared
        self._input = _number(ctx.stdin) if fed else None
        self._hidden = reports
        self._held = b""
        self._echoes = [b"srun: got SIGCONT\n", b"srun: forcing job termination\n"]
        self._answers: list[CarrierJob | None] = []
        self._asking = False
        self._aborted = self._signalled = self._nobody_reads = False
        if fed and self._input is None:
            shared.feed(b"")

    def run(self) -> int:
        """The step's exit status."""
        pause = _SHORTEST
        asked = time.monotonic()
        over: float | None = None
        while True:
            status = self._shared.status()
            moved = self._bring() | self._take()
            if status is not None:
                while self._bring():
                    pass
                self._let_go()
                return status & 0xFF
            now = time.monotonic()
            if over is None and now - asked >= _ASK_EVERY and not self._asking:
                asked = now
                self._ask_aside()
            while self._answers:
                job = self._answers.pop()
                if job is not None and job.states & ENDED and "COMPLETING" not in job.states:
                    over = now + _GRACE
            if over is not None and now >= over:
                return self._lost()
            pause = _SHORTEST if moved else min(pause * 1.5, _LONGEST)
            self._rest(pause)

    def _ask_aside(self) -> None:
        """Ask whether the job still lives, while its output goes on coming: a server may take its time to answer."""
        import threading

        def ask() -> None:
            try:
                self._answers.append(self._waiting.look())
            except RestError:  # asked again later
                pass
            finally:
                self._asking = False

        self._asking = True
        threading.Thread(target=ask, daemon=True).start()

    def _rest(self, pause: float) -> None:
        """Until something is to be done, or the time is over."""
        if self._input is not None and self._shared.can_feed():
            select.select([self._input], [], [], pause)
            pause = 0
        number = next_of_step(pause)
        while number is not None:
            self._signalled = True
            self._shared.signal(signal.Signals(number).name.removeprefix("SIG"))
            number = next_of_step(0)

    def _bring(self) -> bool:
        """What the step has said since."""
        err = self._shared.grown("err")
        if err:
            self._write(self._ctx.stderr, self._without_echoes(self._without_options(err)))
        if self._nobody_reads:
            self._shared.discard("out")
            return bool(err)
        out = self._shared.grown("out")
        if out and not self._write(self._ctx.stdout, out):
            self._nobody_reads = True
            if self._ctx.release >= _READER_ENDS_STEP_SINCE and not self._asking:
                cancel(self._ctx, self._waiting.job_id)
        return bool(out or err)

    def _without_echoes(self, data: bytes) -> bytes:
        """When the job ends, the cluster's srun within it is signalled as well, which no srun outside would tell."""
        self._aborted = self._aborted or _ABORTED in data
        if self._aborted and not self._signalled:
            for line in [line for line in self._echoes if line in data]:
                data = data.replace(line, b"", 1)
                self._echoes.remove(line)
        return data

    def _without_options(self, data: bytes) -> bytes:
        """The cluster's srun lists its options as well, for each component; that has been done."""
        if not self._hidden:
            return data
        self._held += data
        while self._hidden and _END_OF_OPTIONS in self._held:
            self._held = self._held.partition(_END_OF_OPTIONS)[2]
            self._hidden -= 1
        if self._hidden and (not self._held or b"defined options" in self._held):
            return b""
        self._hidden, self._held, rest = 0, b"", self._held
        return rest

    def _let_go(self) -> None:
        if self._hidden and self._held:
            self._hidden = 0
            self._write(self._ctx.stderr, self._held)

    @staticmethod
    def _write(stream: BinaryIO | None, data: bytes) -> bool:
        """Whether somebody takes it; a reader that has gone away does not by itself end the step."""
        if stream is None:
            return True
        try:
            stream.write(data)
            stream.flush()
        except BrokenPipeError:
            return False
        except (OSError, ValueError):
            pass
        return True

    def _take(self) -> bool:
        """Standard input that is there by now."""
        if self._input is None or not self._shared.can_feed():
            return False
        ready, _, _ = select.select([self._input], [], [], 0)
        if not ready:
            return False
        data = b""
        while ready and len(data) < _PIECES:
            piece = self._read(self._input)
            data += piece
            if not piece:
                self._input = None
                break
            ready, _, _ = select.select([self._input], [], [], 0)
        if data:
            self._shared.feed(data)
        if self._input is None:
            self._shared.feed(b"")
        return True

    @staticmethod
    def _read(file: int) -> bytes:
        try:
            return os.read(file, _PIECE)
        except OSError:
            return b""

    def _lost(self) -> int:
        """The job has ended and the step's status never came."""
        while self._bring():
            pass
        self._write(self._ctx.stderr, self._shared.grown("batch"))
        self._ctx.error(f"job {self._waiting.job_id} has ended, and the step's exit status is not known")
        return _LOST


def _number(stream: BinaryIO | None) -> int | None:
    """The file's descriptor; None where there is none to read from."""
    try:
        return None if stream is None else stream.fileno()
    except (OSError, ValueError):
        return None
