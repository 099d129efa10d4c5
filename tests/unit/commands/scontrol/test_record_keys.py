"""The words about partitions and reservations: what is asked of the API, and what is refused as natively."""

from __future__ import annotations

from typing import Any

import pytest

from slurm_cli_proxy.commands.scontrol import partition_keys, reservation_keys
from slurm_cli_proxy.commands.scontrol.reservation_keys import Refused

OLD, NEW, NEWEST = (22, 5), (24, 11), (26, 5)
NOW = 1_000_000_000.0
TAIL = "No reservation update."
ENDLESS = {"set": False, "infinite": True, "number": 0}


def some(number: int) -> dict[str, Any]:
    return {"set": True, "infinite": False, "number": number}


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (["PartitionName=p"], {"name": "p"}),
        (["part=p", "MaxTime=1-0"], {"name": "p", "maximums": {"time": some(1440)}}),
        (["p=p", "maxt=UNLIMITED"], {"name": "p", "maximums": {"time": ENDLESS}}),
        (["p=p", "State=up"], {"name": "p", "partition": {"state": ["UP"]}}),
        (["p=p", "Hidden=y", "RootOnly=no"], {"name": "p", "flags": ["HIDDEN", "ROOT_ONLY_CLEAR"]}),
        (["p=p", "Priority=7"], {"name": "p", "priority": {"tier": 7, "job_factor": 7}}),
        (["p=p", "OverSubscribe=YES:2"], {"name": "p", "partition": {"oversubscribe": "YES:2"}}),
        (["p=p", "Shared=FORCE"], {"name": "p", "partition": {"oversubscribe": "FORCE:4"}}),
        (["p=p", "AllowAccounts+=a,b"], {"name": "p", "accounts": {"allowed": "+a,+b"}}),
    ],
)
def test_partition(words: list[str], fields: dict[str, Any]) -> None:
    assert partition_keys.read(words, NEWEST) == fields


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("State=odd", "Acceptable State values are UP, DOWN, DRAIN and INACTIVE"),
        ("Hidden=maybe", "Acceptable Hidden values are YES and NO"),
        ("MaxTime=x", "Invalid input MaxTime=x"),
        ("PriorityTier=99999", "Invalid PriorityTier value: 99999"),
        ("nosuch=1", "Update of this parameter is not supported: nosuch=1"),
        ("State", "Invalid input: State  Request aborted"),
        ("=x", "Update of this parameter is not supported: =x"),
    ],
)
def test_partition_refused(word: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        partition_keys.read(["PartitionName=p", word], NEWEST)
    assert said in refused.value.lines


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (["ReservationName=r"], {"name": "r"}),
        (["reservation", "res=r"], {"name": "r"}),
        (["r=r", "Duration=90"], {"name": "r", "duration": some(90)}),
        (["r=r", "Duration+=30"], {"name": "r", "duration": some(30), "flags": ["DURATION_PLUS"]}),
        (["r=r", "Users=a,b"], {"name": "r", "users": ["a", "b"]}),
        (["r=r", "Users-=a,b"], {"name": "r", "users": ["-a", "-b"]}),
        (["r=r", "Flags=maint,-daily"], {"name": "r", "flags": ["MAINT", "NO_DAILY"]}),
        (
            ["r=r", "TRES=cpu=4,gres/gpu=1"],
            {
                "name": "r",
                "tres": [
                    {"type": "cpu", "name": "", "count": 4},
                    {"type": "gres", "name": "gpu", "count": 1},
                ],
            },
        ),
        (["r=r", "NodeCnt=3"], {"name": "r", "node_count": some(3)}),
        (["r=r", "NodeCnt=2k"], {"name": "r", "node_count": some(2048)}),
        (["r=r", "TRES=node=2"], {"name": "r", "tres_nodes": some(2)}),
        (["r=r", "TRES=odd=2"], {"name": "r", "bad_tres": True}),
        (
            ["r=r", "Flags=w,n,", "skip"],
            {"name": "r", "flags": ["WEEKDAY", "NO_HOLD_JOBS_AFTER_END", "SKIP"]},
        ),
        (["r=r", "Flags=purge=odd"], {"name": "r", "flags": ["PURGE_COMP"]}),
        (["r=r", "Duration=-1"], {"name": "r", "duration": ENDLESS}),
        (["r=r", "Nodes=n1", "Nodes=n2"], {"name": "r", "node_list": ["n2"]}),
    ],
)
def test_reservation(words: list[str], fields: dict[str, Any]) -> None:
    assert reservation_keys.read(words, TAIL, lambda: NOW, NEW) == fields


@pytest.mark.parametrize(
    ("word", "release", "said"),
    [
        ("Duration=x", NEW, f"Invalid duration Duration=x.  {TAIL}"),
        ("NodeCnt=x", NEW, '"x" is not a valid node count'),
        ("NodeCnt=x", OLD, "Invalid node count x"),
        ("Flags=odd", NEW, f"Error parsing flags odd.  {TAIL}"),
        ("Flags=-overlap", NEW, "Error parsing flags -overlap"),
        ("odd=1", NEW, f"Unknown parameter odd=1.  {TAIL}"),
        ("Users", NEW, "Misformatted parameter 'Users'"),
        ("Comment=x", OLD, "Unknown parameter Comment=x"),
        ("Starttime+=now", NEW, f"The +=/-= notation is not supported when updating Starttime.  {TAIL}"),
        ("Nodes+=n1", OLD, "The +=/-= notation is not supported when updating Nodes"),
        ("Flags+=daily,-flex", NEW, f"Error parsing flags +daily,+-flex.  {TAIL}"),
        ("Flags=skip", NEWEST, "Error parsing flags skip"),
        ("Flags+=time", NEW, "Error parsing flags +time"),
        ("Flags=daily=5", NEW, "Error parsing flags daily=5"),
        ("TRES+=cpu=1", NEW, "Parameter TRES+=cpu=1 specified a plus or minus.  This is not allowed."),
        ("TRES=cpu=", OLD, "invalid TRES 'cpu'"),
        ("NodeCnt=1,1", NEW, "Using a comma separated array for NodeCnt is no longer valid."),
        ("MaxStartDelay=-1", NEW, f"Invalid duration MaxStartDelay=-1.  {TAIL}"),
        ("s=now", NEW, "Unknown parameter s=now"),
    ],
)
def test_reservation_refused(word: str, release: tuple[int, int], said: str) -> None:
    with pytest.raises(Refused) as refused:
        reservation_keys.read(["ReservationName=r", word], TAIL, lambda: NOW, release)
    assert said in refused.value.lines


@pytest.mark.parametrize("word", ["Users=b", "Users+=b", "accounts=a", "TRES=cpu=1", "TRESPerNode=cpu=1"])
def test_reservation_says_once(word: str) -> None:
    words = ["r=r", "Users=a", "Accounts=b", "TRES=node=1", word]
    with pytest.raises(Refused) as refused:
        reservation_keys.read(words, TAIL, lambda: NOW, NEW)
    assert f"Parameter {word} specified more than once" in refused.value.lines
