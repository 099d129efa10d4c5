"""Nodes that are powered down and up, or are to reboot.

The nodes stand in the cloud: made for a side and deleted after it, they never were.  node4, which is to
reboot, is there all the time (see `sinfo_states`); a job keeps it from doing so, until the reboot is cancelled.
"""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.sinfo_states import ADMIN, TIMES

MOVING = {
    **TIMES,
    r"\b(CPULoad|FreeMem|NodeAddr|LastBusyTime|BootTime|State)=\S+": "what moves by itself, or has an id's digits",
}

SAVING_POWER = ("22.05", "26.05")
MADE = (
    "scontrol create nodename=zz1 CPUs=32 RealMemory=4000 State=CLOUD",
    "scontrol create nodename=zz2 CPUs=32 RealMemory=4000 State=CLOUD",
    "scontrol create partitionname=zz nodes=zz1,zz2",
)
DELETED = (
    "scontrol delete partitionname=zz",
    "scontrol delete nodename=zz1",
    "scontrol delete nodename=zz2",
)


def until(node: str, state: str) -> str:
    """A native command line that waits, half a minute at most, for a node's short state."""
    look = f"sinfo -h -n {node} -p zz,closed -o %t"
    return f"sh -c 'for i in $(seq 300); do {look} | grep -qx \"{state}\" && break; sleep 0.1; done'"


def cloud(line: str, *steps: str, **more: object) -> Case:
    """A line about zz1 and zz2, alone in a partition, after these steps."""
    return Case(line, before=(*MADE, *steps), after=DELETED, after_user=ADMIN, differs=TIMES, **more)  # type: ignore[arg-type]


def starting(line: str, **more: object) -> Case:
    """A line about zz1, which is being powered up, while zz2 is down."""
    up = ("scontrol update nodename=zz1 state=power_up", until("zz1", "idle#"))
    return cloud(line, *up, releases=SAVING_POWER, **more)


def to_reboot(line: str, options: str) -> Case:
    """A line about node4, which reboots when its job has ended."""
    return Case(
        line,
        jobs={"busy": "!-J z-busy -w node4 -c 2 --mem=100 -t 10 --wrap 'sleep 1000'"},
        before=(f"scontrol reboot {options} node4",),
        after=("scontrol cancel_reboot node4", "scontrol update nodename=node4 state=undrain"),
        after_user=ADMIN,
        differs=MOVING,
    )


CASES: list[Case] = [
    cloud("sinfo -p zz"),
    cloud("sinfo -p zz -O nodelist,statecomplete:60,statelong,statecompact,cpusstate -N"),
    cloud("sinfo -p zz -t powered_down -o '%N %t %A %F %C %E %H'"),
    cloud("sinfo -p zz -e -O nodelist,cpus,memory,nodehost,nodeaddr,version,port,gresused,allocmem,extra,comment"),
    cloud("scontrol show node zz1"),
    starting("sinfo -p zz -t powering_up,power_up -N -o '%N|%t|%T|%C|%O|%e|%v'"),
    to_reboot("sinfo -p closed -N -o '%N|%t|%T|%A|%E|%u'", ""),
    to_reboot("sinfo -p closed -t reboot_requested -O nodelist,reason", "asap nextstate=resume reason='new kernel'"),
    to_reboot("scontrol show node node4", "asap nextstate=resume reason='new kernel'"),
    to_reboot("scontrol show node node4", "nextstate=down"),
]  # fmt: skip
