"""`slurm-cli-proxy doctor`: everything between here and the cluster, checked one by one, with remedies."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.tools import checks, trial
from slurm_cli_proxy.tools.arguments import Parser, add_cluster, add_json, guarded, print_json
from slurm_cli_proxy.tools.checks import Finding, Visit

WHAT: Final = """Checks, one by one, what a call needs: the configuration, the server's name, its port, its certificate,
the token, the API versions, accounting, the clocks, the mapped folders, and whose commands come first on PATH.  Each
line tells the result and, where something is wrong, the remedy."""
MARKS: Final = {"ok": "ok  ", "warning": "warn", "failure": "FAIL", "skipped": "-   "}


@guarded
def run(ctx: Context, argv: list[str]) -> int:
    """Check, and tell; 1 when a check failed (warnings do not count)."""
    parser = Parser(ctx, "doctor", WHAT)
    add_cluster(parser)
    parser.add_argument(
        "--job",
        action="store_true",
        help="also run a tiny job that writes into the mapped folders (or this one)",
    )
    parser.add_argument(
        "--wait", type=seconds, default=120.0, metavar="SECONDS", help="for that job at most (120)"
    )
    add_json(parser)
    given = parser.parse_args(argv)
    visit = Visit(ctx, given.cluster)
    found: list[Finding] = []
    steps = [*checks.CHECKS]
    if given.job:
        steps.append(("job", lambda visit: trial.job(visit, given.wait)))
    for name, check in steps:
        finding = check(visit)
        finding.name = name
        found.append(finding)
        if not given.json:
            ctx.out(f"{MARKS[finding.status]}  {name:<14} {finding.text}\n")
            if finding.remedy:
                ctx.out(f"{'':<20} -> {finding.remedy}\n")
            ctx.flush()
    failed = any(finding.status == "failure" for finding in found)
    if given.json:
        print_json(ctx, {"ok": not failed, "checks": found})
    return 1 if failed else 0


def seconds(text: str) -> float:
    """A time to wait, for argparse."""
    value = float(text)
    if not 0 < value < 1e9:
        raise ValueError
    return value
