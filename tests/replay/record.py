"""Records the read-only cases on the real clusters, for replay without one.

    script/record [--core] [RELEASE ...]

`--core`: only the cases of the core.  Each distinct request is made once; a case is kept when native printed the same
before and after it and the proxy, given those answers, printed that too.
"""

from __future__ import annotations

import shlex
import sys
import time
import urllib.error
import urllib.request
from typing import Any

from tests.live.case import RELEASES, Case
from tests.live.cases import all_cases
from tests.live.harness import Bench, Scratch, fill
from tests.live.scene import ensure
from tests.live.test_side_by_side import VERSIONS
from tests.replay.playing import RECORDINGS, Answered, Exchange, Played, play, write


def asking(bench: Bench, user: str, answers: dict[str, list[Any]]) -> Exchange:
    """Asks the real server, each request once; `answers` keeps what it said."""

    def exchange(method: str, target: str, body: bytes | None) -> Answered:
        key = f"{method} {target}"
        if key not in answers:
            headers = {"X-SLURM-USER-NAME": user, "X-SLURM-USER-TOKEN": bench.cluster.token(user)}
            if body is not None:
                headers["Content-Type"] = "application/json"
            request = urllib.request.Request(bench.cluster.url + target, body, headers, method=method)
            try:
                with urllib.request.urlopen(request) as answer:
                    status, kind, text = answer.status, answer.headers.get_content_type(), answer.read()
            except urllib.error.HTTPError as error:
                status, kind, text = error.code, error.headers.get_content_type(), error.read()
            answers[key] = [status, kind, text.decode("utf-8", "surrogateescape")]
        return Answered(*answers[key])

    return exchange


def record_case(
    bench: Bench, case: Case, scene: dict[str, str], answers: dict[str, list[Any]]
) -> dict[str, Any] | None:
    """The recording of one case; None where it does not hold still or does not match."""
    line = fill(case.line, scene, Scratch(bench.cluster, case.user))
    environ = {**bench.cluster.environ(case.user), **case.env, "TZ": "UTC"}
    environ["SLURM_CLI_PROXY_API_VERSION"] = VERSIONS[bench.release][-1]
    uid, _ = bench.cluster.ids(case.user)
    for _ in range(3):
        before = bench.native(case.user, shlex.split(line), env=case.env)
        clock = time.time()
        mine = play(line, environ, clock, asking(bench, case.user, answers), uid)
        if mine == Played(before.stdout, before.stderr, before.status):
            keep = {key: value for key, value in environ.items() if key not in ("PATH", "LD_LIBRARY_PATH")}
            return {"line": line, "env": keep, "uid": uid, "clock": clock, **mine._asdict()}
    return None


def main() -> int:
    RECORDINGS.mkdir(exist_ok=True)
    core_only = "--core" in sys.argv
    for release in [word for word in sys.argv[1:] if word != "--core"] or RELEASES:
        bench = Bench(release)
        scene = ensure(release)
        answers: dict[str, list[Any]] = {}
        kept: list[dict[str, Any]] = []
        missed = 0
        for case in all_cases():
            wanted = release in case.releases and case.read_only and core_only <= case.core
            if wanted and case.reason(release, VERSIONS[release][-1]) is None:
                found = record_case(bench, case, scene, answers)
                missed += found is None
                kept += [found] if found else []
        write(RECORDINGS / f"{release}.json.gz", {"answers": answers, "cases": kept})
        print(f"{release}: {len(kept)} cases recorded on {len(answers)} answers, {missed} did not hold still")
    return 0


if __name__ == "__main__":
    sys.exit(main())
