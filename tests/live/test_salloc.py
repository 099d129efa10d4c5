"""salloc while things happen: signals, an allocation that others end, a terminal, a proxy that is killed."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import signal
import subprocess
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from tests.live.harness import PROXY_BIN, Bench, await_condition

pytestmark = pytest.mark.live
RELEASES = ("24.11", "26.05")
Masks = tuple[tuple[str, str], ...]
ID = re.compile(r"job allocation (\d+)")
MASKS = (
    (r"allocation \d+", "allocation N"),
    (r"[jJ]ob \d+", "job N"),
    (r"salloc: Job allocation N has been revoked\.\n", ""),  # native hears of it in time, or does not
)
AT_ONCE = (
    (
        r"salloc: Pending job allocation N\nsalloc: job N queued and waiting for resources\n"
        r"salloc: job N has been allocated resources\n",
        "",
    ),
)
"""Where it shall not matter whether another job's nodes were free in time."""
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2, signal.SIGPIPE)


class Session:
    """An salloc that runs, native or proxied."""

    def __init__(self, bench: Bench, *, native: bool, words: list[str], terminal: int | None = None) -> None:
        self.bench = bench
        self.native = native
        cluster = bench.cluster
        argv = ["salloc", *words]
        env = {**cluster.environ("alice"), "PS1": "$ ", "TERM": "dumb"}
        uid = gid = None
        if native:
            argv = list(cluster.native_argv("alice", argv, "/tmp"))
        else:
            argv[0] = str(PROXY_BIN / "salloc")
            env |= {
                "SLURM_CLI_PROXY_URL": cluster.url,
                "SLURM_JWT": cluster.token("alice"),
                "XDG_CACHE_HOME": f"{cluster.shared('alice')}/.cache-",
            }
            uid, gid = cluster.ids("alice")
        streams = subprocess.PIPE if terminal is None else terminal
        self.process = subprocess.Popen(
            argv, env=env, cwd="/tmp", user=uid, group=gid, extra_groups=None if uid is None else [],
            stdin=subprocess.DEVNULL if terminal is None else terminal, stdout=streams, stderr=streams,
            start_new_session=terminal is not None,
            preexec_fn=None if terminal is None else _own_terminal,
        )  # fmt: skip
        self.said = ""

    def hear(self, pattern: str) -> str:
        """Reads standard error until it fits; the words so far."""
        stream = self.process.stderr
        assert stream is not None
        while not re.search(pattern, self.said):
            piece = os.read(stream.fileno(), 4096)
            assert piece, f"{pattern!r} never came: {self.said}"
            self.said += piece.decode()
        return self.said

    @property
    def job(self) -> str:
        found = ID.search(self.said)
        assert found, self.said
        return found.group(1)

    def end(self, masks: Masks = ()) -> tuple[int, str, str]:
        """Exit status, standard output and standard error without what must differ, and without `masks`."""
        out, err = self.process.communicate(timeout=30)
        text = self.said + err.decode()
        for pattern, word in (*MASKS, *masks):
            text = re.sub(pattern, word, text)
        return self.process.returncode, out.decode(), text

    def state(self) -> str:
        return self.bench.words("alice", f"squeue -h -t all -j {self.job} -o %T").strip()


def _own_terminal() -> None:
    import fcntl

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@contextmanager
def session(bench: Bench, words: list[str], *, native: bool) -> Iterator[Session]:
    it = Session(bench, native=native, words=words)
    try:
        yield it
    finally:
        if it.process.poll() is None:
            it.process.kill()
            it.process.communicate()
        if found := ID.search(it.said):
            bench.cancel([found.group(1)])


def both(
    bench: Bench, words: list[str], act: Callable[[Session], None], masks: Masks = ()
) -> tuple[object, object]:
    """What both sides did when this happened to them."""

    def one(native: bool) -> object:
        with session(bench, words, native=native) as it:
            act(it)
            return it.end(masks), gone(it)

    try:
        native = one(True)
    except subprocess.TimeoutExpired:  # now and then native sleeps for ever when a signal comes early
        native = one(True)
    return native, one(False)


def gone(it: Session) -> bool:
    """Whether the job ends."""
    await_condition(
        it.state, lambda state: state not in ("RUNNING", "PENDING", "COMPLETING"), f"end of {it.job}"
    )
    return True


@pytest.fixture(params=RELEASES)
def bench(request: pytest.FixtureRequest) -> Bench:
    return Bench(request.param)


@pytest.mark.parametrize("number", ENDS)
def test_signal_while_the_command_runs(bench: Bench, number: signal.Signals) -> None:
    """The allocation ends at once, the command when it likes."""

    def act(it: Session) -> None:
        it.hear("ready for job")
        it.hear("started")
        it.process.send_signal(number)

    native, proxy = both(bench, ["sh", "-c", "echo started >&2; sleep 1; echo end; exit 4"], act, AT_ONCE)
    assert proxy == native


@pytest.mark.parametrize("number", (signal.SIGHUP, *ENDS))
def test_signal_while_the_job_waits(bench: Bench, number: signal.Signals) -> None:
    def act(it: Session) -> None:
        it.hear("queued and waiting")
        it.process.send_signal(number)
        while (
            it.native and it.process.poll() is None
        ):  # it overhears a signal between its last word and its waiting
            with contextlib.suppress(subprocess.TimeoutExpired):
                it.process.wait(5)
                break
            it.process.send_signal(number)

    native, proxy = both(bench, ["-H", "true"], act)
    assert proxy == native


def test_hang_up_while_the_command_runs(bench: Bench) -> None:
    """The command's process group is told; native's exit status and order of words depend on who is first."""
    for native in (True, False):
        with session(
            bench,
            ["sh", "-c", "trap 'echo told >&2; exit 5' HUP; echo started >&2; sleep 9 & wait"],
            native=native,
        ) as it:
            it.hear("started")
            it.process.send_signal(signal.SIGHUP)
            _, _, text = it.end()
            assert "told" in text
            assert "Relinquishing job allocation N" in text
            assert gone(it)


@pytest.mark.parametrize("options", ([], ["-K"], ["-KHUP"], ["-Q"]))
def test_the_allocation_is_cancelled(bench: Bench, options: list[str]) -> None:
    """By somebody else, while the command runs."""

    def act(it: Session) -> None:
        it.hear("started")
        if "-Q" in options:
            it.said = f"{it.said}{named(it.bench)}\n"
        else:
            it.hear("ready for job")
        it.bench.cancel([it.job])

    words = [*options, "-J", "salloc-cancelled", "sh", "-c", "echo started >&2; sleep 4; echo end"]
    native, proxy = both(bench, words, act, AT_ONCE)
    assert proxy == native


def named(bench: Bench) -> str:
    found = bench.words("alice", "squeue -h -n salloc-cancelled -t R -o %i").split()
    return f"job allocation {found[-1]}"


def test_the_waiting_job_is_cancelled(bench: Bench) -> None:
    def act(it: Session) -> None:
        it.hear("queued and waiting")
        it.bench.cancel([it.job])

    native, proxy = both(bench, ["-H", "true"], act)
    assert proxy == native


def test_the_held_job_is_released(bench: Bench) -> None:
    def act(it: Session) -> None:
        it.hear("queued and waiting")
        it.bench.words("alice", f"scontrol release {it.job}")

    native, proxy = both(bench, ["-H", "sh", "-c", "echo ran; exit 3"], act)
    assert proxy == native


@pytest.mark.parametrize("words", (["sh", "-c", "echo started >&2; exec sleep 60"], ["-H", "true"]))
def test_killed(bench: Bench, words: list[str]) -> None:
    """A proxy that is killed leaves no allocation behind, neither granted nor queued; only its command lives on."""
    with session(bench, words, native=False) as it:
        it.hear("queued and waiting" if "-H" in words else "ready for job(?s:.*)started")
        it.process.kill()
        it.process.wait()
        assert gone(it)


def test_nothing_keeps_the_streams_open(bench: Bench) -> None:
    """Who reads salloc's output to its end is not kept waiting by the process that watches it."""
    with session(bench, ["true"], native=False) as it:
        assert it.end()[0] == 0


def test_many_wait_and_the_server_answers(bench: Bench) -> None:
    """Waiting allocations keep no thread of slurmrestd."""
    waiting = [Session(bench, native=False, words=["-H", "true"]) for _ in range(6)]
    try:
        for it in waiting:
            it.hear("queued and waiting")
        assert bench.proxy("alice", ["squeue", "-h", "-o", "%i"]).status == 0
    finally:
        for it in waiting:
            it.process.terminate()
        assert [it.end()[0] for it in waiting] == [1] * 6


@pytest.mark.parametrize("native", (True, False))
def test_a_shell_on_a_terminal(bench: Bench, native: bool) -> None:
    """The user's shell is interactive, has job control, and is not salloc's own process group."""
    ours, theirs = pty.openpty()
    it = Session(bench, native=native, words=[], terminal=theirs)
    os.close(theirs)
    heard = ""
    shells: list[str] = []

    def hear(pattern: str) -> None:
        nonlocal heard
        while not re.search(pattern, heard):
            heard += os.read(ours, 4096).decode()

    try:
        hear("ready for job")
        for line, answer in (
            ("echo flags-$-\n", "flags-h?im"),
            ("sleep 60\n", "sleep 60"),
            ("\x03", r"\^C"),
            ("sleep 60 &\n", r"\[1\] \d+"),
            ("kill %1; echo group-$(($(ps -o pgid= -p $$) - $$)) job-$SLURM_JOB_ID\n", r"group-0 job-\d+"),
            ("exit 3\n", "Relinquishing job allocation"),
        ):
            os.write(ours, line.encode())
            hear(answer)
            if line == "echo flags-$-\n":
                shells.append(str(os.tcgetpgrp(ours)))
            elif line == "sleep 60\n":  # its echo comes before it is there to be interrupted
                await_condition(
                    lambda: str(os.tcgetpgrp(ours)), lambda group: group not in shells, "sleep runs"
                )
            elif line == "\x03":
                await_condition(lambda: str(os.tcgetpgrp(ours)), lambda group: group in shells, "sleep ended")
        assert it.process.wait(60) == 3
    finally:
        if it.process.poll() is None:
            it.process.kill()
            it.process.wait()
        os.close(ours)
