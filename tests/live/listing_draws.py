"""Random command lines of `squeue`, `sinfo` and `sacct`: any columns, widths, orders and filters together.

Drawn from the tables of columns and options, so that a column that is added is drawn, too; without what the API does
not tell (its own cases say so) and what moves by itself between two calls.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from hypothesis import strategies as st

from slurm_cli_proxy.columns import accounting, job, sinfo, table
from slurm_cli_proxy.columns.column import for_release

Release = tuple[int, int]
Line = tuple[str, dict[str, str]]

_MOVING_JOB = {
    "LastSchedEval",
    "PendingTime",
    "Priority",
    "PriorityLong",
    "TimeLeft",
    "TimeUsed",
    "AccrueTime",
}
_UNTOLD_JOB = {
    "AllocNodes",
    "AllocSID",
    "ClusterFeature",  # of other tests' jobs, for which empty ones were asked
    "CPUsPerTask",
    "cpus-per-task",
    "NumTasks",
    "MaxCPUs",
    "SchedNodes",
    "StdErr",
}
_UNTOLD_JOB |= {"StdOut", "StdIn"}
_MOVING_NODE = {"CPUsLoad", "FreeMem"}
_UNTOLD_NODE = {"PreemptMode", "OverSubscribe", "Share", "Partition", "UserLong"}
# What is told by no version, or in v0.0.38 not as it was, and what moves while a job runs or waits.
_UNTOLD_ACCOUNTED = {"AssocID", "DBIndex", "SLUID", "SubmitLine", "AveCPUFreq"}
_MOVING_ACCOUNTED = {
    "Elapsed",
    "ElapsedRaw",
    "CPUTime",
    "CPUTimeRAW",
    "Planned",
    "PlannedCPU",
    "PlannedCPURAW",
}
_MOVING_ACCOUNTED |= {"Reserved", "ResvCPU", "ResvCPURAW", "Suspended"}
_STATES = ("pd", "r", "s", "cd", "f", "ca", "to", "pending,running", "all", "SUSPENDED,cg", "cf,pd")
_NAMES = (
    "s-two",
    "s-held",
    "s-array",
    "s-array-held",
    "s-het",
    "s-gpu",
    "s-lic",
    "s-completed",
    "s-parts",
    "s-high",
)
_PARTITIONS = ("main", "short", "shared", "closed", "main,shared", "nosuch")
_DELIMITERS = ("::", " ", "\t", "", "|", "ä", "%s", "\\n")
_FIRST_MOMENTS = (
    "00:00",
    "today",
    "now-2hours",
    "2020-01-01",
    "010120",
    "12/31",
    "uts1600000000",
    "midnight",
    "now",
)
_LAST_MOMENTS = (
    "now",
    "now+1day",
    "tomorrow",
    "2037-01-01T00:00",
    "now-1minute",
    "00:00",
    "2021-01-01",
    "noon",
)
_MOMENTS_ASKED = (
    "-S now-1day -E now -T",
    "-S 2026-13-45",
    "-E 00:00",
    "-S nosuch",
    "-E 2020-01-01 -S 2021-01-01",
)
_BETWEEN = st.sampled_from([" ", "|", "", ",", " x", "%%", "_"])


def _some(values: Sequence[str], most: int = 4) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most).map(",".join)


def _width() -> st.SearchStrategy[str]:
    return st.one_of(st.just(""), st.builds("{}{}".format, st.sampled_from(["", "."]), st.integers(0, 34)))


def _by_letter(letters: Sequence[str]) -> st.SearchStrategy[str]:
    cell = st.builds("%{}{}{}".format, _width(), st.sampled_from(letters), _BETWEEN)
    return st.lists(cell, min_size=1, max_size=6).map(lambda cells: "-o " + shlex.quote("".join(cells)))


def _by_name(names: Sequence[str]) -> st.SearchStrategy[str]:
    width = st.builds(":{}{}".format, _width(), st.sampled_from(["", " ", "|"]))
    cell = st.builds("{}{}".format, st.sampled_from(names), st.one_of(st.just(""), width))
    return st.lists(cell, min_size=1, max_size=6).map(lambda cells: "-O " + shlex.quote(",".join(cells)))


def _sort(letters: str, last: str) -> st.SearchStrategy[str]:
    key = st.builds("{}{}".format, st.sampled_from(["", "-", "+"]), st.sampled_from(letters))
    return st.lists(key, max_size=3).map(lambda keys: "-S " + shlex.quote(",".join([*keys, last])))


def _options(always: st.SearchStrategy[str], *others: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    chosen = st.lists(st.one_of(*others), max_size=4)
    return st.builds(lambda first, rest: " ".join([first, *rest]), always, chosen)


def _called(command: str, options: st.SearchStrategy[str]) -> st.SearchStrategy[Line]:
    styles = st.sampled_from([{}, {}, {"SLURM_TIME_FORMAT": "%d.%m.%y %T"}, {"TZ": "Asia/Tokyo"}])
    return st.tuples(options.map(f"{command} {{}}".format), styles)


def squeue(release: Release) -> st.SearchStrategy[Line]:
    """Command lines of `squeue` on the scene; ``{name}`` stands for a job of it."""
    there = [
        column
        for column in for_release(job.COLUMNS, release)
        if not {*column.names} & (_MOVING_JOB | _UNTOLD_JOB)
    ]
    ids = st.lists(
        st.sampled_from(["{running}", "{held}", "{array}", "{array_held}_4", "{het}", "{completed}", "9999"])
    )
    return _called(
        "squeue",
        _options(
            st.builds(
                "{} {}".format,
                st.one_of(
                    _by_letter([column.letter for column in there if column.letter]),
                    _by_name([name for column in there for name in column.names]),
                ),
                _sort("BCdDeGgHIjJlmNOPqSTtuUvVz", "i"),
            ),
            st.sampled_from(["-r", "-a", "-h", "--noconvert", "-P", "--me", "--start", "--hide", "--local"]),
            _some(_STATES, 2).map("-t {}".format),
            _some(["alice", "bob", "6001", "root"]).map("-u {}".format),
            _some(_NAMES).map("-n {}".format),
            _some(_PARTITIONS).map("-p {}".format),
            _some(["normal", "high", "limited", "nosuch"]).map("-q {}".format),
            _some(["science", "physics", "nosuch"]).map("-A {}".format),
            _some(["node1", "node[2-3]", "node4"]).map("-w {}".format),
            _some(["matlab", "ansys"]).map("-L {}".format),
            ids.filter(lambda found: len(found) > 1).map(lambda found: "-j" + ",".join(found)),
        ),
    )


def sinfo_lines(release: Release) -> st.SearchStrategy[Line]:
    """Command lines of `sinfo`; sorted so far that no two lines can be alike in it and different otherwise."""
    there = [
        column
        for column in for_release(sinfo.COLUMNS, release)
        if not {*column.names} & (_MOVING_NODE | _UNTOLD_NODE)
    ]
    return _called(
        "sinfo",
        _options(
            st.builds(
                "{} {}".format,
                st.one_of(
                    _by_letter([column.letter for column in there if column.letter]),
                    _by_name([column.names[0] for column in there]),
                ),
                _sort("aAbcdDefFglmpPrRstTwXYz", "R,N"),
            ),
            st.sampled_from(["-h", "-a", "-e", "-d", "-r", "--noconvert", "--hide", "--local", "-v"][:8]),
            _some(["idle", "mix", "alloc", "drain", "down", "resv"]).map("-t {}".format),
            _some(["node1", "node[2-3]", "node4", "nosuch"]).map("-n {}".format),
        ),
    )


def sacct(release: Release) -> st.SearchStrategy[Line]:
    """Command lines of `sacct`, of jobs that have not failed, whose exit status v0.0.38 would not tell."""
    names = [
        column.name
        for column in table.for_release(accounting.COLUMNS, release)
        if column.name not in _UNTOLD_ACCOUNTED | _MOVING_ACCOUNTED
    ]
    width = st.one_of(
        st.just(""),
        st.builds("%{}{}".format, st.sampled_from(["", "-", "+", " "]), st.integers(0, 34)),
        st.sampled_from(["%", "%x", "%-", "%1x", "%%5", "%200"]),
    )
    names += [
        name.lower()[:short] for name in names for short in (4, 7)
    ]  # the first column with those letters
    cells = st.lists(st.builds("{}{}".format, st.sampled_from(names), width), min_size=1, max_size=6)
    ids: tuple[str, ...] = (
        "{completed}",
        "{timeout}",
        "{running}",
        "{array}",
        "{array}_1",
        "{het_steps}",
        "{cancelled}",
        "{requeued}",
    )
    ids += (
        "{completed}.batch",
        "{het_steps}.0",
        "{het_steps}+1",
        "9999999",
        "{running_two}",
        "{licensed}",
        "{gpu}",
    )
    fitting = "s-two,s-gpu,s-lic,s-completed,s-array,s-hetsteps,s-suspended,s-closed"
    return _called(
        "sacct",
        _options(
            st.builds(
                "-o {} {}".format,
                cells.map(lambda found: shlex.quote(",".join(found))),
                st.one_of(
                    _some(ids, 5).map("-j {}".format),
                    st.just(f"-S 00:00 --name {fitting}"),
                    st.just(f"--name {fitting}"),
                ),
            ),
            st.sampled_from(
                [
                    *(
                        "-P",
                        "-p",
                        "-n",
                        "-X",
                        "-D",
                        "-a",
                        "-l",
                        "--noconvert",
                        "-L",
                        "--local",
                        "--federation",
                        "-Pn",
                    ),
                    *("--units=G", "--units=K", "--units=T", "--units=m --noconvert"),
                ]
            ),
            st.sampled_from(
                ["-T -E now+1hour", "--delimiter=,", "--whole-hetjob=yes", "--whole-hetjob=no", "-b"]
            ),
            st.sampled_from(_DELIMITERS).map(lambda text: f"-P --delimiter={shlex.quote(text)}"),
            st.builds("-S {} -E {}".format, st.sampled_from(_FIRST_MOMENTS), st.sampled_from(_LAST_MOMENTS)),
            st.sampled_from(_MOMENTS_ASKED),
            st.sampled_from(
                ["-W ''", "-W nosuch", "-C fast", "-C nosuch", "-C 'fast&big'", "-R None", "-R nosuch"]
            ),
            _some(["CD", "R", "TO", "s", "cancelled", "F"], 3).map("-S 00:00 -E now -s {}".format),
            _some(["alice", "bob", "6001", "root"]).map("-u {}".format),
            _some(["main", "shared", "nosuch"]).map("-r {}".format),
            _some(["normal", "high"]).map("-q {}".format),
            _some(["science", "physics", "nosuch"]).map("-A {}".format),
            _some(["node1", "node[2-3]", "nosuch"]).map("-N {}".format),
            _some(["alice", "bob"]).map("-g {}".format),
            st.sampled_from(
                [
                    "-i 1",
                    "-i 1-2",
                    "-i 2-1",
                    "-I 2",
                    "-I 1-4",
                    "-I 3-",
                    "-k 60",
                    "-k 1 -K 1-0",
                    "-K 90",
                    "-F SchedMain",
                ]
            ),
        ),
    )
