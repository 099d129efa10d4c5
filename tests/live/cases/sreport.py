"""`sreport`: what follows from associations' usage, and what does not.  slurmdbd adds usage up at each full hour."""

from __future__ import annotations

from tests.live.case import Case

OLD = {"22.05": "v0.0.38 does not tell the usage of associations"}
WHOLE = {"*": "the API does not tell how long clusters were down, planned or idle"}

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
        Case(f"sreport {line}")
        for line in (
            *("foo", "user", "user foo", "cluster foo", "--bogus", "version"),
            *("cluster userutil", "-V cluster", "exit"),
        )
    ),
    Case("sreport cluster utilization", cannot=WHOLE),
    Case("sreport -t percent user top", cannot={"*": "the API does not tell the whole that is shared"}),
]
