"""`sacctmgr --json` and `--yaml`, in full; the other forms of the option are the same for all commands."""

from __future__ import annotations

from tests.live.case import Case

NEW = ("24.11", "26.05")
LATENCY = {r"latency\W+(!!int )?\d+": "how long slurmdbd took to answer"}

CASES = [
    *(
        Case(f"sacctmgr {line}", releases=NEW)
        for line in (
            "--json show user",
            "show user --yaml",
            "--json show user alice withassoc",
            "--json show user withcoord",
            "-s --json show user bob",
            "--json show account",
            "--json show account withassoc",
            "--yaml list account physics withcoord",
            "--json show assoc",
            "--json show assoc user=alice cluster=x",
            "--yaml show assoc account=physics format=user",
            "--json show assoc tree",
            "--json show assoc wopl",
            "--json show qos",
            "--json show qos normal,high",
            "--json=v0.0.42+complex show qos limited",
            "--json show cluster",
            "--json show cluster withfed",
            "--json show tres",
            "--yaml show tres type=gres",
            "--json show wckey",
            "--json show user nosuch",
            "--json show user format=zz",
            "--json=foo show user",
            "--json=v0.0.42 show user bob",
            "--json show foo",
            "--json show stats",
        )
    ),
    Case("sacctmgr --json show config", releases=("26.05",)),
    *(
        Case(f"sacctmgr {line}", releases=NEW, differs=LATENCY)
        for line in ("--json ping", "--yaml ping foo", "ping foo")
    ),
]
