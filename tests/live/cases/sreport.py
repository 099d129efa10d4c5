"""`sreport`: what follows from associations' usage, and what does not.  slurmdbd adds usage up at each full hour."""

from __future__ import annotations

from tests.live.case import Case

OLD = {"22.05": "v0.0.38 does not tell the usage of associations"}
WHOLE = {"*": "the API does not tell how long clusters were down, planned or idle"}

PROMPT = """job sizes start=2020-01-01 end=2020-01-02
parsable
time hours
job sizes start=2020-01-01 end=2020-01-02
!!
foo
user
quiet x
exit x
version
"""

_ANY_DAY = "start=2020-01-01"

CASES = [
    *(
        Case(f"sreport {line} {_ANY_DAY}", cannot=OLD, core=core)
        for core, lines in (
            (True, ("cluster AccountUtilizationByUser", "user top")),
            (
                False,
                (
                    *("cluster UserUtilizationByAccount", "-P cluster UserUtilizationByA", "-np user top"),
                    *("cluster AccountUtilizationByUser tree", "-t hours cluster AccountUtilizationByU"),
                    *("-t sec user TopUsage topcount=1", "-T cpu,mem user top", "-T all -P user t"),
                    *("-T gres/gpu cluster AccountUtilizationByUser", "user top group", "user top alice"),
                    *(
                        "cluster AccountUtilizationByUser users=alice",
                        "user top users=nosuch",
                        "-t foo user top",
                    ),
                    *(
                        "cluster AccountUtilizationByUser accounts=physics",
                        "-n cluster AccountUtilizationByUser accounts=science users=alice,bob",
                        "cluster AccountUtilizationByUser format=login,used%12,acc",
                        "cluster AccountUtilizationByUser format=foo,login",
                        "cluster AccountUtilizationByUser bogus=1",
                        "cluster AccountUtilizationByUser nosuch",
                    ),
                ),
            ),
        )
        for line in lines
    ),
    Case("sreport user top", cannot=OLD),
    Case("sreport cluster AccountUtilizationBy", cannot=OLD),
    Case("sreport user top start=foo", cannot=OLD),
    Case("sreport user top start=2026-01-05T10:20 end=2026-01-05T11:45", cannot=OLD),
    Case("sreport user top start=2026-01-05T10:00 end=2026-01-05", cannot=OLD),
    Case("sreport -T foo user top", cannot=OLD),
    *(
        Case(f"sreport {line}", cannot=OLD)
        for line in (
            *(
                "user top start=2020-01-01 format=login%20,used%3,acc%-18",
                "user top start=2020-01-01 format=",
            ),
            *("user top start=2020-01-01 topcount=x", "-T mem,cpu user top start=2020-01-01"),
            *(
                "-T billing,cpu cluster accountutilizationbyuser start=2020-01-01",
                "-a user top start=2020-01-01",
            ),
            *("-M foo user top start=2020-01-01", "-M all cluster userutilizationbyaccount start=2020-01-01"),
        )
    ),
    *(
        Case(
            f"sreport {line} start=2020-01-01 end=now jobs={{timeout}},{{signalled}},{{cancelled}}",
            scene=True,
        )
        for line in (
            *("job SizesByAccount", "-n -t sec job sizes flatview", "-P job sizes accounts=science"),
            *(
                "-t minper job sizes grouping=2,4",
                "job sizes PrintJobCount users=alice,bob",
                "-T mem job sizes",
            ),
            *(
                "-t percent job sizes partitions=main,shared",
                "-t sec job sizes grouping=10,5 clusters=nosuch",
            ),
        )
    ),
    *(
        Case(f"sreport {line}", core=core)
        for core, line in (
            (True, f"job SizesByAccount {_ANY_DAY}"),
            (False, f"-n job sizes {_ANY_DAY} flatview"),
            (False, f"-P job sizes {_ANY_DAY} accounts=science"),
            (False, f"-t sec job sizes {_ANY_DAY} accounts=science,physics"),
            (False, f"-t percent job sizes {_ANY_DAY}"),
            (False, f"-t minper job sizes {_ANY_DAY} flatview"),
            (False, f"-t foo job sizes {_ANY_DAY} users=bob"),
            (False, f"job sizes {_ANY_DAY} partitions=shared"),
            (False, f"job sizes {_ANY_DAY} accounts=nosuch"),
            (False, f"job sizes {_ANY_DAY} grouping=2,4"),
            (False, f"job sizes {_ANY_DAY} grouping=10,5"),
            (False, f"job sizes PrintJobCount {_ANY_DAY} flatview"),
            (False, f"-T mem job sizes {_ANY_DAY}"),
            (False, f"-p job sizes {_ANY_DAY}"),
            (False, "job sizes start=2020-01-01 end=2020-01-02"),
            (False, "job sizes foo=1 end=2020-01-02"),
            (False, "job sizes foo start=2020-01-01"),
            (False, "job foo"),
            (False, "reservation foo"),
        )
    ),
    *(
        Case(f"sreport {line}")
        for line in (
            *("foo", "user", "user foo", "cluster foo", "--bogus", "version"),
            *("cluster userutil", "-V cluster", "exit"),
        )
    ),
    *(
        Case(f"sreport {line}")
        for line in (
            *("verbose", "verb x", "ver", "quiet x", "exit x", "version x"),
            *("time hours", "time", "time foo", "t"),
        )
    ),
    Case("sreport", stdin=PROMPT.encode()),
    *(Case("sreport", stdin=b"a " * count + b"\n\nversion\n") for count in (128, 129)),
    Case("sreport cluster utilization", cannot=WHOLE),
    Case("sreport -t percent user top", cannot={"*": "the API does not tell the whole that is shared"}),
]
