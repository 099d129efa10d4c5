"""Runs a case on both sides and compares.

Both sides use the same paths, one after the other, so that paths need no masking; ids of jobs are masked by the
name that they have in the case.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from devcluster import api
from tests.live.case import Case

PROXY_BIN = Path(os.environ.get("SLURM_CLI_PROXY_BIN") or Path(sys.executable).parent)
"""Where the proxy's commands are, for every user; `script/installed` says where."""
WAIT_SECONDS = 60.0


@dataclass(frozen=True)
class Run:
    """What a command line did: exact text and exit status."""

    stdout: str
    stderr: str
    status: int


@dataclass(frozen=True)
class Outcome:
    """What one side of a case gave: the run, and the output of each `after` line."""

    run: Run
    after: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [f"status {self.run.status}", "stdout:", self.run.stdout, "stderr:", self.run.stderr]
        for text in self.after:
            parts += ["after:", text]
        return "\n".join(parts)


def _called(caller: str, program: str, argv: Sequence[str]) -> list[str]:
    """`argv` with its program's file, where there is a `caller` by the shell that does that before."""
    words = [program, *argv[1:]]
    return ["/bin/bash", "-c", f'{caller}\nexec "$0" "$@"', *words] if caller else words


def _execute(
    argv: Sequence[str],
    env: Mapping[str, str],
    cwd: str,
    stdin: bytes,
    uid: int | None = None,
    gid: int | None = None,
) -> Run:
    done = subprocess.run(
        argv, env=dict(env), cwd=cwd, input=stdin, capture_output=True, timeout=75, user=uid, group=gid,
        extra_groups=None if uid is None else [],
    )  # fmt: skip
    return Run(
        done.stdout.decode("utf-8", "surrogateescape"),
        done.stderr.decode("utf-8", "surrogateescape"),
        done.returncode,
    )


class Bench:
    """One cluster, seen by the native commands and by the proxy."""

    def __init__(self, release: str, version: str = "") -> None:
        self.release = release
        self.version = version
        self.cluster = api.cluster(release)

    def native(
        self,
        user: str,
        argv: Sequence[str],
        *,
        cwd: str = "/",
        stdin: bytes = b"",
        env: Mapping[str, str] = {},
        caller: str = "",
    ) -> Run:
        """Runs the native command as `user` in the cluster's own root."""
        full = {**self.cluster.environ(user), **env}
        words = _called(caller, f"/usr/bin/{argv[0]}" if caller else argv[0], argv)
        return _execute(self.cluster.native_argv(user, words, cwd), full, "/", stdin)

    def proxy(
        self,
        user: str,
        argv: Sequence[str],
        *,
        cwd: str = "/",
        stdin: bytes = b"",
        env: Mapping[str, str] = {},
        caller: str = "",
    ) -> Run:
        """Runs the proxy's command of that name, as the same user."""
        full = {**self.cluster.environ(user), **env}
        full["SLURM_CLI_PROXY_URL"] = self.cluster.url
        full["SLURM_CLI_PROXY_PACKAGE_NAME"] = "slurm-wlm"  # Debian's
        full["SLURM_JWT"] = self.cluster.token(user)
        full["SLURM_CLI_PROXY_SRUN_FOLDER"] = f"{self.cluster.shared(user)}/.srun"
        full["XDG_CACHE_HOME"] = f"{self.cluster.shared(user)}/.cache-{self.version}"
        if self.version:
            full["SLURM_CLI_PROXY_API_VERSION"] = self.version
        uid, gid = self.cluster.ids(user)
        return _execute(_called(caller, str(PROXY_BIN / argv[0]), argv), full, cwd, stdin, uid, gid)

    def words(self, user: str, line: str) -> str:
        """What a native command line prints, for preparing and for looking afterwards."""
        run = self.native(user, shlex.split(line))
        return run.stdout + run.stderr

    def submit(self, user: str, args: str, cwd: str = "/") -> str:
        """Submits natively; returns the job's id.  Error: AssertionError with what native said."""
        run = self.native(user, ["sbatch", "--parsable", *shlex.split(args)], cwd=cwd)
        assert run.status == 0, f"sbatch {args}: {run.stderr}"
        return run.stdout.strip().split(";")[0]

    def wait_for(self, user: str, line: str, match: str) -> str:
        """Repeats a native command line until its output matches; returns the output."""
        return await_condition(
            lambda: self.words(user, line), lambda text: bool(re.search(match, text)), f"{line} ~ {match}"
        )

    def cancel(self, ids: Sequence[str]) -> None:
        """Cancels jobs, whatever their state."""
        if ids:
            self.native("slurmadmin", ["scancel", "-Q", *ids])


def await_condition(ask: Callable[[], str], good: Callable[[str], bool], what: str) -> str:
    """Asks until the answer is good; AssertionError with the last answer after a minute."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        answer = ask()
        if good(answer):
            return answer
        assert time.monotonic() < end, f"never came true: {what}; last:\n{answer}"
        time.sleep(0.05)


class Scratch:
    """A folder at one path for both sides, laid anew for each; of this very run, others may run beside it."""

    def __init__(self, cluster: api.ClusterHandle, user: str, name: str = "") -> None:
        self.path = Path(cluster.shared(user)) / (name or f"case-{os.getpid()}")
        self._ids = cluster.ids(user)

    def lay(self, files: Mapping[str, bytes]) -> None:
        """Empties the folder and writes `files` into it, as the user's own."""
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        os.chown(self.path, *self._ids)
        for name, content in files.items():
            target = self.path / name
            target.write_bytes(content)
            target.chmod(0o755)
            os.chown(target, *self._ids)


Runner = Callable[..., Run]
NEW_JOB = re.compile(r"^(?:Submitted batch job )?(\d+)(?:;\S+| on cluster \S+)?$", re.MULTILINE)

ALLOCATED = re.compile(r"^salloc: (?:Granted|Pending) job allocation (\d+)$", re.MULTILINE)


def one_side(bench: Bench, case: Case, runner: Runner, scratch: Scratch, scene: Mapping[str, str]) -> Outcome:
    """Prepares, runs, looks, cleans up; the outcome with ids masked."""
    scratch.lay(case.files)
    ids: dict[str, str] = {}
    watcher = case.after_user or case.user
    cwd = str(scratch.path)
    try:
        for name, args in case.jobs.items():
            running = args.startswith("!")
            owner, args = owned(args.lstrip("!"), case.user)
            ids[name] = bench.submit(owner, fill(args, ids, scratch), cwd if owner == case.user else "/")
            if running:
                bench.wait_for(owner, f"squeue -h -j {ids[name]} -o %T", "^RUNNING")
        for line in case.before:
            bench.words(watcher, fill(line, ids, scratch))
        line = fill(case.line, {**scene, **ids}, scratch)
        stdin = fill(case.stdin.decode("utf-8", "surrogateescape"), {**scene, **ids}, scratch)
        typed = stdin.encode("utf-8", "surrogateescape")
        run = runner(case.user, shlex.split(line), cwd=cwd, stdin=typed, env=case.env, caller=case.caller)
        if case.command == "sbatch" and (found := NEW_JOB.search(run.stdout)):
            ids["new"] = found.group(1)
        if case.command == "salloc" and (found := ALLOCATED.search(run.stderr)):
            ids["new"] = found.group(1)
        after = look_afterwards(bench, case, {**scene, **ids}, scratch, watcher)
    finally:
        bench.cancel(list(ids.values()))
    hide = Masker(ids, case)
    return Outcome(Run(hide(run.stdout), hide(run.stderr), run.status), tuple(hide(text) for text in after))


def owned(args: str, user: str) -> tuple[str, str]:
    """Whose job it is, and its arguments: `@bob -H --wrap true` is bob's."""
    if args.startswith("@"):
        owner, _, args = args[1:].partition(" ")
        return owner, args
    return user, args


def look_afterwards(
    bench: Bench, case: Case, ids: Mapping[str, str], scratch: Scratch, watcher: str
) -> list[str]:
    """The output of the case's `after` lines; of none where they need a new job and there is none."""
    lines = [fill(line, ids, scratch) for line in case.after]
    if any("{new}" in line for line in lines):
        return []
    if case.await_line:
        bench.wait_for(watcher, fill(case.await_line, ids, scratch), case.await_match)
    return [read_after(bench, watcher, line, str(scratch.path)) for line in lines]


def read_after(bench: Bench, user: str, line: str, cwd: str) -> str:
    """What an `after` line prints; ``file NAME`` prints a file of the scratch folder."""
    words = shlex.split(line)
    if words[0] == "file":
        target = Path(cwd) / words[1]
        return target.read_text("utf-8", "surrogateescape") if target.exists() else f"no file {words[1]}"
    run = bench.native(user, words, cwd=cwd)
    return run.stdout + run.stderr


def fill(text: str, ids: Mapping[str, str], scratch: Scratch) -> str:
    """`text` with ids and the scratch folder in their places; other braces stay."""
    text = text.replace("{scratch}", str(scratch.path))
    return re.sub(r"\{(\w+)\}", lambda m: ids.get(m.group(1), m.group(0)), text)


MARK = re.compile(r"\+slurm-cli-proxy-[0-9a-f]{16}\b")
"""What a submission of the proxy's carries so that it can be found again (docs/reliability.md); its own commands hide
it, native documents show it.  A listing of everything may meet such jobs of other tests."""


class Masker:
    """Replaces this side's own job ids, and what the case names as different."""

    def __init__(self, ids: Mapping[str, str], case: Case) -> None:
        self._ids = sorted(ids.items(), key=lambda item: -len(item[1]))
        self._case = case

    def __call__(self, text: str) -> str:
        for name, number in self._ids:
            text = re.sub(rf"(?<!\d){number}(?![\dA-Za-z])", f"<{name}>", text)
        return self._case.mask(MARK.sub("", text))


def compare(bench: Bench, case: Case, scratch: Scratch, scene: Mapping[str, str]) -> tuple[Outcome, Outcome]:
    """Runs both sides until they agree or the native side has shown that it stands still.

    A change is made twice at most: the scheduler does not always do the same thing at the same moment.
    """
    for turn in range(6):
        native = one_side(bench, case, bench.native, scratch, scene)
        proxy = one_side(bench, case, bench.proxy, scratch, scene)
        if native == proxy or (turn and not case.still):
            break
        if not case.still:
            continue
        again = one_side(bench, case, bench.native, scratch, scene)
        if again == proxy:
            return again, proxy
        if again == native:
            break  # the cluster stood still, the difference is ours
    return native, proxy
