"""Records answers of every endpoint that the commands ask, changes too, for the tests of odd answers.

    .venv/bin/python -m tests.replay.record_answers [RELEASE ...]

Long lists are shortened: what is tried out is the kind of an answer, again and again.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.live.case import RELEASES
from tests.live.harness import Bench
from tests.replay.playing import ANSWERS, play, write
from tests.replay.record import asking

LINES: tuple[str, ...] = tuple(Path(__file__).with_name("answers.txt").read_text().splitlines())
"""{job} runs, {array} is held, {het} has two components."""
LONGEST = 8


def shortened(value: Any) -> Any:
    """Without what comes after the first few of a list; of a description of the API the paths alone."""
    if isinstance(value, dict):
        if "openapi" in value and "paths" in value:
            return {
                "openapi": value["openapi"],
                "info": value["info"],
                "paths": {path: {} for path in value["paths"]},
            }
        return {name: shortened(one) for name, one in value.items()}
    return [shortened(one) for one in value[:LONGEST]] if isinstance(value, list) else value


def main() -> int:
    for release in sys.argv[1:] or RELEASES:
        bench = Bench(release)
        ids = {
            "job": _submit(bench, "-J answers --wrap 'sleep 300'"),
            "array": _submit(bench, "-J answers -H --array=0-3 --wrap true"),
            "het": _submit(bench, "-J answers -H -n 1 : -n 2 --wrap true"),
        }
        uid, _ = bench.cluster.ids("alice")
        environ = {**bench.cluster.environ("alice"), "TZ": "UTC"}
        del environ["PATH"]
        recorded: list[dict[str, Any]] = []
        for line in LINES:
            answers: dict[str, list[Any]] = {}
            clock = time.time()
            text = line.format(**ids)
            play(text, environ, clock, asking(bench, "alice", answers), uid)
            for answer in answers.values():
                try:
                    answer[2] = json.dumps(shortened(json.loads(answer[2])))
                except ValueError:
                    answer[2] = answer[2][:100_000]
            recorded.append({"line": text, "env": environ, "uid": uid, "clock": clock, "answers": answers})
        ANSWERS.mkdir(exist_ok=True)
        write(ANSWERS / f"{release}.json.gz", {"recorded": recorded})
        print(
            release, len(recorded), "command lines", sum(len(one["answers"]) for one in recorded), "answers"
        )
    return 0


def _submit(bench: Bench, options: str) -> str:
    argv = bench.cluster.native_argv("alice", ["sbatch", "--parsable", *shlex.split(options)], "/tmp")
    done = subprocess.run(
        argv, capture_output=True, text=True, env=bench.cluster.environ("alice"), check=True
    )
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
