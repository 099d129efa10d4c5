"""Five thousand nodes: made for a side in one word, and deleted after it."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.sinfo_power import SAVING_POWER
from tests.live.cases.sinfo_states import ADMIN, TIMES

NODES = "zz[0001-2000,2002-5001]"
RESERVED = f"scontrol create reservation reservationname=zz starttime=2037-05-06 duration=10 users=alice nodes={NODES}"


def many(line: str, *steps: str, undo: tuple[str, ...] = ()) -> Case:
    """A line about the nodes of a partition; 24.11 makes a list of nodes only in part, a fault of its own."""
    return Case(
        line,
        before=(
            f"scontrol create nodename={NODES} CPUs=32 State=CLOUD",
            f"scontrol create partitionname=zz nodes={NODES}",
            *steps,
        ),
        after=(*undo, "scontrol delete partitionname=zz", f"scontrol delete nodename={NODES}"),
        after_user=ADMIN,
        differs=TIMES,
        releases=SAVING_POWER,
    )


CASES: list[Case] = [
    many("sinfo -h -p zz -n zz[0100-4999,5001] -o '%N|%.10N|%15N|%D|%A'"),
    many("sinfo -T", RESERVED, undo=("scontrol delete reservation=zz",)),
]
