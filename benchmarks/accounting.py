"""`sacct` of a day with many jobs: the proxy beside the native command and beside curl, and the memory it takes.

The jobs are copies, in the clusters' own database, of one that was run, set into a day of 2021; they are taken out
again at the end.  Times are medians of the wall clock around the whole process, called in turn.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.bench import USER, Side
from benchmarks.crowd import client, peak
from benchmarks.report import arguments, tell
from devcluster import api
from devcluster.database import Database
from devcluster.releases import RELEASES as KNOWN

FIRST_ID = 10_000_000
DAY = "2021-03-04"
NEXT = "2021-03-05"
SHOWN = {
    "jobs": ("-X", "jobid,user,state,elapsed,exitcode"),
    "jobs and steps": ("", "jobid,state,exitcode,maxrss"),
}


def cluster_name(release: str) -> str:
    return next(one.cluster for one in KNOWN if one.name == release)


def copies(
    database: Database, release: str, table: str, changed: dict[str, str], where: str, count: int
) -> None:
    """Insert `count` copies of the rows; `seq` counts them in the expressions of `changed`."""
    name = cluster_name(release)
    columns = database.query(
        "SELECT column_name FROM information_schema.columns"
        f" WHERE table_schema='{name}' AND table_name='{name}_{table}'"
    ).split()
    names = ",".join(f"`{column}`" for column in columns)
    values = ",".join(changed.get(column, f"one.`{column}`") for column in columns)
    database.query(
        f"INSERT INTO `{name}`.`{name}_{table}` ({names}) SELECT {values}"
        f" FROM `{name}`.seq_0_to_{count - 1}, `{name}`.`{name}_{table}` AS one WHERE {where}"
    )


def fill(database: Database, release: str, count: int) -> None:
    """So many finished jobs of that day, a batch step each, a few seconds apart."""
    native = Side(release, True)
    job_id = (
        native.call("sbatch", "--parsable", "--wait", "-o", "/dev/null", "-J", "bench-day", "--wrap", "true")[
            1
        ]
        .decode()
        .strip()
    )
    name = cluster_name(release)
    found = f"SELECT job_db_inx FROM `{name}`.`{name}_job_table` WHERE id_job={job_id}"
    index = ""
    for _ in range(50):  # slurmdbd hears of the end a little later
        index = database.query(f"{found} AND time_end>0").strip()
        if index:
            break
        time.sleep(0.2)
    start = f"UNIX_TIMESTAMP('{DAY}')+seq*80000 DIV {count}"
    times = {
        "time_submit": start,
        "time_eligible": start,
        "time_start": f"{start}+1",
        "time_end": f"{start}+61",
    }
    index_of = {"job_db_inx": f"{FIRST_ID}+seq"}
    jobs = {**times, **index_of, "id_job": f"{FIRST_ID}+seq", "sluid": f"{FIRST_ID}+seq"}
    copies(database, release, "job_table", jobs, f"one.job_db_inx={index}", count)
    copies(database, release, "step_table", {**times, **index_of}, f"one.job_db_inx={index}", count)


def clear(database: Database, release: str) -> None:
    name = cluster_name(release)
    last = 2 * FIRST_ID
    for table in ("job_table", "step_table"):
        database.query(
            f"DELETE FROM `{name}`.`{name}_{table}` WHERE job_db_inx BETWEEN {FIRST_ID} AND {last}"
        )


def curl(release: str, steps: bool) -> list[str]:
    """The request that sacct makes, as a command line."""
    version = client(release).version
    start, end = (int(time.mktime(time.strptime(day, "%Y-%m-%d"))) for day in (DAY, NEXT))
    path = "jobs" if version == "v0.0.38" else "jobs/"
    more = "" if version == "v0.0.38" else "&disable_truncate_usage_time=true"
    more += "" if steps else "&skip_steps=true"
    cluster = api.cluster(release)
    return [
        "curl", "-sf", "-o", f"{cluster.shared(USER)}/.bench-answer",
        "-H", f"X-SLURM-USER-NAME: {USER}", "-H", f"X-SLURM-USER-TOKEN: {cluster.token(USER)}",
        f"{cluster.url}/slurmdb/{version}/{path}?start_time=uts{start}&end_time=uts{end}{more}",
    ]  # fmt: skip


def measure(release: str, count: int, rounds: int) -> list[str]:
    """The table's lines for one release."""
    native, proxy = Side(release, True), Side(release, False)
    lines = []
    for what, (option, columns) in SHOWN.items():
        words = ["sacct", "-a", "-P", "-S", DAY, "-E", NEXT, "-o", columns, *([option] if option else [])]
        ask = curl(release, not option)
        spent: dict[str, list[float]] = {"native": [], "curl": [], "proxy": []}
        for _ in range(rounds):
            spent["native"].append(native.call(*words)[0])
            start = time.perf_counter()
            subprocess.run(ask, check=True)
            spent["curl"].append((time.perf_counter() - start) * 1000)
            spent["proxy"].append(proxy.call(*words)[0])
        ms = {name: statistics.median(times) for name, times in spent.items()}
        answer = Path(ask[ask.index("-o") + 1]).stat().st_size
        memory = peak(proxy.argv(*words), proxy.env)
        lines.append(
            f"| {release} | {count} | {what} | {ms['native']:.0f} | {ms['curl']:.0f} | {ms['proxy']:.0f} "
            f"| {ms['proxy'] / ms['curl']:.2f} | {memory / 1e6:.0f} MB for an answer of {answer / 1e6:.0f} MB: "
            f"{memory / answer:.2f} |"
        )
    return lines


def main() -> int:
    parser = arguments("Times sacct of a day with many jobs.", 3)
    parser.add_argument("--jobs", type=int, default=50000, help="jobs of that day (50000)")
    args = parser.parse_args()
    lines = [
        "| release | jobs | listing | native ms | curl ms | proxy ms | of curl | memory |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    database = Database()
    for release in args.releases:
        try:
            fill(database, release, args.jobs)
            lines += measure(release, args.jobs, args.rounds)
        finally:
            clear(database, release)
    tell(lines, "A day's jobs", "script/bench accounting", args.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
