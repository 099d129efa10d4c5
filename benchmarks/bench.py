"""Wall times of the proxy's commands beside the native ones, on the same clusters in one run.

Calls alternate between native and proxy, so that whatever else the machine does falls on both.  Times are
milliseconds of wall clock around the whole process, medians of the rounds.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.report import arguments, tell
from devcluster import api

BIN = Path(os.environ.get("SLURM_CLI_PROXY_BIN") or Path(sys.executable).parent)
USER = "alice"


def timed(argv: Sequence[str], env: Mapping[str, str]) -> tuple[float, bytes]:
    """(milliseconds, standard output) of one process; RuntimeError when it failed."""
    start = time.perf_counter()
    done = subprocess.run(argv, env=dict(env), cwd="/", capture_output=True, stdin=subprocess.DEVNULL)
    spent = (time.perf_counter() - start) * 1000
    if done.returncode:
        raise RuntimeError(f"{argv}: {done.stderr.decode(errors='replace')}")
    return spent, done.stdout


class Side:
    """One way to call a command: natively, or through the proxy."""

    def __init__(self, release: str, native: bool) -> None:
        self.release = release
        self.native = native
        self.cluster = api.cluster(release)
        self.env: Mapping[str, str] = self.cluster.environ(USER)
        if not native:
            self.env = {
                **self.env,
                "SLURM_CLI_PROXY_URL": self.cluster.url,
                "SLURM_JWT": self.cluster.token(USER),
                "XDG_CACHE_HOME": f"{self.cluster.shared(USER)}/.bench-cache",
            }
        self.ids = self.cluster.ids(USER)

    def argv(self, *command: str) -> list[str]:
        """What runs a command; both sides pay for a change of user before it (the native one also of root)."""
        if self.native:
            return self.cluster.native_argv(USER, command)
        uid, gid = self.ids
        drop = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups"]
        return [*drop, str(BIN / command[0]), *command[1:]]

    def call(self, *command: str) -> tuple[float, bytes]:
        """Times a command."""
        return timed(self.argv(*command), self.env)


def measure(release: str, rounds: int) -> list[tuple[str, float, float]]:
    """(command, native ms, proxy ms) for each measured command of one release."""
    sides = (Side(release, True), Side(release, False))
    sides[1].call("squeue")  # remembers the API version
    spent: dict[str, tuple[list[float], list[float]]] = {
        name: ([], []) for name in ("squeue", "sinfo", "sbatch --wrap", "scancel ID")
    }
    for _ in range(rounds):
        for at, side in enumerate(sides):
            spent["squeue"][at].append(side.call("squeue")[0])
            spent["sinfo"][at].append(side.call("sinfo")[0])
            ms, said = side.call("sbatch", "-H", "--wrap", "true")
            spent["sbatch --wrap"][at].append(ms)
            spent["scancel ID"][at].append(side.call("scancel", said.split()[-1].decode())[0])
    return [(name, statistics.median(a), statistics.median(b)) for name, (a, b) in spent.items()]


def interpreter(rounds: int) -> tuple[float, float]:
    """(bare interpreter's start, the proxy's own imports for squeue above it), milliseconds."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    bare: list[float] = []
    ours: list[float] = []
    code = (
        "from slurm_cli_proxy import lean, main; lean.import_msgspec(); lean.import_pycurl();"
        "import slurm_cli_proxy.commands.squeue, slurm_cli_proxy.rest.client"
    )
    for _ in range(rounds):
        bare.append(timed([str(BIN / "python"), "-c", "pass"], env)[0])
        ours.append(timed([str(BIN / "python"), "-c", code], env)[0])
    return statistics.median(bare), statistics.median(ours) - statistics.median(bare)


def report(rounds: int, releases: Sequence[str]) -> list[str]:
    """The table's lines, Markdown."""
    bare, imports = interpreter(rounds)
    lines = [
        f"Bare interpreter's start: {bare:.1f} ms. The proxy's imports for `squeue` above it: {imports:.1f} ms.",
        "",
        "| release | command | native ms | proxy ms | ratio | above the bare interpreter, ms |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for release in releases:
        for name, native, proxy in measure(release, rounds):
            lines.append(
                f"| {release} | `{name}` | {native:.1f} | {proxy:.1f} | {proxy / native:.1f} | {proxy - bare:.1f} |"
            )
    return lines


def main() -> int:
    parser = arguments("Times the proxy's commands beside the native ones.", 21)
    args = parser.parse_args()
    lines = report(args.rounds, args.releases)
    tell(lines, "Speed beside the native commands", "script/bench", args.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
