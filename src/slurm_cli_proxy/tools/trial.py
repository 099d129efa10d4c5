"""`doctor --job`: a tiny job that shows whether the cluster sees the folders that it should."""

from __future__ import annotations

import os
import re
import secrets
import time
from typing import Final

from slurm_cli_proxy import main
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.records.narrow import narrow
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.tools.checks import Finding, Visit

ENDED = frozenset(
    {"COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY", "BOOT_FAIL", "DEADLINE"}
)


REFUSED: Final = "the cluster must take a job of one minute in its default partition"
WAITS: Final = "the queue may be long (squeue --me tells why a job waits): --wait gives it more time"
UNSEEN: Final = (
    "the cluster's nodes must see this folder too, as paths in the configuration tells, and the user there must be"
    " allowed to write into it"
)
FOREIGN: Final = (
    "users differ here and there: see that each may read, write and remove the other's files there"
)


def job(visit: Visit, patience: float) -> Finding:
    """Submit it, wait for it `patience` seconds, and look whether its output is where it was to be written."""
    if not visit.known:
        return Finding("skipped", "the server does not answer")
    places = [one.local for one in visit.profile.paths] or [visit.ctx.cwd]
    found = [tried(visit, place, patience) for place in places]
    wrong = [one for one in found if one.status != "ok"]
    if not wrong:
        return Finding("ok", f"a job wrote into {', '.join(places)}")
    return Finding(
        "failure" if any(one.status == "failure" for one in wrong) else "warning",
        "; ".join(one.text for one in wrong),
        "; ".join(dict.fromkeys(one.remedy for one in wrong)),
    )


def tried(visit: Visit, place: str, patience: float) -> Finding:
    """What became of a job that writes into this folder."""
    target = os.path.join(place, f".slurm-cli-proxy-doctor-{secrets.token_hex(4)}")
    line = ["--parsable", "-J", "doctor", "-t", "1", "-D", place, "-o", target, "--wrap", "echo here"]
    status, said, complaint = call(visit, "sbatch", *line)
    if status:
        return Finding("failure", f"{place}: {complaint or f'sbatch ended with status {status}'}", REFUSED)
    number = said.strip().partition(";")[0]
    try:
        state = ended(visit, number, patience)
    finally:
        call(visit, "scancel", "-Q", number)
    deadline = time.monotonic() + 5  # a network file system may take a moment to show what others wrote
    while state and not os.path.exists(target) and time.monotonic() < deadline:
        time.sleep(0.1)
    seen = os.path.exists(target)
    try:
        os.unlink(target)
        stays = False
    except OSError:
        stays = seen
    if not state:
        return Finding("failure", f"{place}: job {number} did not end within {patience:g} seconds", WAITS)
    if not seen:
        return Finding(
            "failure", f"{place}: job {number} ended ({state}), and its output is not to be seen here", UNSEEN
        )
    if stays:
        return Finding("warning", f"{target}: a job wrote it, and it cannot be removed from here", FOREIGN)
    return Finding("ok", place)


def call(visit: Visit, prog: str, *argv: str) -> tuple[int, str, str]:
    """Run one of the commands on the cluster that is visited: status, what it printed, and its last complaint."""
    import io

    stdout, stderr = io.BytesIO(), io.BytesIO()
    ctx = Context(
        prog,
        visit.ctx.environ,
        stdin=None,
        stdout=stdout,
        stderr=stderr,
        cwd=visit.ctx.cwd,
        profile=visit.profile,
    )
    status = main.run(ctx, list(argv))
    lines = [
        re.sub(rf"^{prog}: (error: )?", "", line)
        for line in stderr.getvalue().decode("utf-8", "replace").splitlines()
    ]
    return status, stdout.getvalue().decode("utf-8", "replace"), "; ".join(lines)


def ended(visit: Visit, number: str, patience: float) -> str:
    """The state in which the job ended; "" when it did not."""
    deadline = time.monotonic() + patience
    wait = 0.2
    while True:
        try:
            found = endpoints.job(visit.client, number, narrow(Job, frozenset({"job_id", "job_state"})))
        except RestError:
            found = []
        state = next((word for word in (found[0].states if found else ()) if word in ENDED), "")
        if state or time.monotonic() > deadline:
            return state
        time.sleep(wait)
        wait = min(wait * 1.5, 5)
