"""`squeue` of a long queue: the proxy beside the native command and beside curl, and the memory it takes.

Held jobs are submitted through the API until there are so many; they are cancelled at the end.  Times are medians of
the wall clock around the whole process, called in turn.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.bench import USER, Side
from benchmarks.report import arguments, tell
from devcluster import api

from slurm_cli_proxy.profiles import load
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.client import Client

NAME = "bench-crowd"
POLL = ("squeue", "-h", "-o", "%A %t")


def client(release: str) -> Client:
    # This process is not the user, whose cache it would spoil.
    environ = {**Side(release, False).env, "XDG_CACHE_HOME": "/nonexistent"}
    return Client(load(environ), environ, login=lambda: USER)


def grow(release: str, size: int) -> None:
    """Submit held jobs until the queue has `size` jobs."""
    native = Side(release, True)
    there = len(native.call("squeue", "-h", "-a", "-r", "-o", "%A")[1].split())
    speak = client(release)
    job = {
        "name": NAME,
        "hold": True,
        "environment": ["PATH=/usr/bin:/bin"],
        "current_working_directory": "/tmp",
    }
    for _ in range(size - there):
        endpoints.submit(speak, "#!/bin/sh\ntrue\n", job)


def clear(release: str) -> None:
    Side(release, True).call("scancel", "-Q", "-n", NAME)


def peak(argv: Sequence[str], env: Mapping[str, str]) -> int:
    """The most memory that the process had, bytes."""
    child = os.fork()
    if child == 0:
        out = os.open(os.devnull, os.O_WRONLY)
        os.dup2(out, 1)
        os.execvpe(argv[0], list(argv), dict(env))
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{argv}: status {status}")
    return usage.ru_maxrss * 1024


def timed_curl(release: str, path: str) -> tuple[float, int]:
    """(milliseconds, bytes) of the answer to GET `path`, by curl: what the server and the way take."""
    cluster = api.cluster(release)
    file = Path(cluster.shared(USER)) / ".bench-answer"
    curl = [
        "curl", "-sf", "-o", str(file), f"{cluster.url}/slurm/{path}",
        "-H", f"X-SLURM-USER-NAME: {USER}", "-H", f"X-SLURM-USER-TOKEN: {cluster.token(USER)}",
    ]  # fmt: skip
    start = time.perf_counter()
    subprocess.run(curl, check=True)
    return (time.perf_counter() - start) * 1000, file.stat().st_size


def measure(release: str, size: int, rounds: int) -> list[str]:
    """The table's lines for one release with so many jobs."""
    grow(release, size)
    native, proxy = Side(release, True), Side(release, False)
    proxy.call("squeue")  # sees how long the queue is
    version = client(release).version
    old = version == "v0.0.38"
    states, jobs = ("jobs", "jobs") if old else ("jobs/state/", "jobs/?flags=LOCAL")
    names = ("poll-n", "poll-c", "poll-p", "list-n", "list-c", "list-p")
    spent: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds):
        spent["poll-n"].append(native.call(*POLL)[0])
        spent["poll-c"].append(timed_curl(release, f"{version}/{states}")[0])
        spent["poll-p"].append(proxy.call(*POLL)[0])
        spent["list-n"].append(native.call("squeue")[0])
        taken, answer = timed_curl(release, f"{version}/{jobs}")
        spent["list-c"].append(taken)
        spent["list-p"].append(proxy.call("squeue")[0])
    ms = {name: statistics.median(times) for name, times in spent.items()}
    memory = peak(proxy.argv("squeue"), proxy.env)
    return [
        f"| {release} | {size} | `squeue -h -o '%A %t'` | native {ms['poll-n']:.0f} ms, curl {ms['poll-c']:.0f} ms "
        f"| {ms['poll-p']:.0f} ms | {ms['poll-p'] / ms['poll-n']:.2f} of native | |",
        f"| {release} | {size} | `squeue` | native {ms['list-n']:.0f} ms, curl {ms['list-c']:.0f} ms "
        f"| {ms['list-p']:.0f} ms | {ms['list-p'] / ms['list-c']:.2f} of curl "
        f"| {memory / 1e6:.0f} MB for an answer of {answer / 1e6:.0f} MB: {memory / answer:.2f}, "
        f"{memory / size / 1e3:.1f} kB a job |",
    ]


def main() -> int:
    parser = arguments("Times squeue of a long queue.", 5)
    parser.add_argument(
        "--jobs", type=int, nargs="+", default=[4000, 20000], help="queue lengths (4000 20000)"
    )
    args = parser.parse_args()
    lines = [
        "| release | jobs | command | beside | proxy | ratio | memory |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for release in args.releases:
        try:
            for size in args.jobs:
                lines += measure(release, size, args.rounds)
        finally:
            clear(release)
    tell(lines, "A long queue", "script/bench crowd", args.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
