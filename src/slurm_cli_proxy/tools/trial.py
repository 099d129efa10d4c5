"""`doctor --job`: a tiny job that shows whether the cluster sees the folders that it should."""

from __future__ import annotations

import os
import re
import secrets
import time

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


def job(visit: Visit, patience: float) -> Finding:
    """Submit it, wait for it `patience` seconds, and look whether its output is where it was to be written."""
    if not visit.known:
        return Finding("skipped", "the server does not answer")
    places = [one.local for one in visit.profile.paths] or [visit.ctx.cwd]
    unseen: list[str] = []
    for place in places:
        trouble = tried(visit, place, patience)
        if trouble:
            unseen.append(f"{place}: {trouble}")
    if unseen:
        return Finding(
            "failure",
            "; ".join(unseen),
            "the cluster's nodes must see this folder too, as paths in the configuration tells",
        )
    return Finding("ok", f"a job wrote into {', '.join(places)}")


def tried(visit: Visit, place: str, patience: float) -> str:
    """What went wrong with a job that writes into this folder; "" when nothing did."""
    target = os.path.join(place, f".slurm-cli-proxy-doctor-{secrets.token_hex(4)}")
    try:
        status, said, complaint = call(
            visit,
            "sbatch",
            "--parsable",
            "-J",
            "doctor",
            "-t",
            "1",
            "-D",
            place,
            "-o",
            target,
            "--wrap",
            "echo here",
        )
        if status:
            return complaint or f"sbatch ended with status {status}"
        number = said.strip().partition(";")[0]
        try:
            state = ended(visit, number, patience)
        finally:
            call(visit, "scancel", "-Q", number)
        if not state:
            return f"job {number} did not end within {patience:g} seconds"
        deadline = (
            time.monotonic() + 5
        )  # a network file system may take a moment to show what another host wrote
        while not os.path.exists(target) and time.monotonic() < deadline:
            time.sleep(0.1)
        return (
            ""
            if os.path.exists(target)
            else f"job {number} ended ({state}), and its output is not to be seen here"
        )
    finally:
        if os.path.exists(target):
            os.unlink(target)


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
