"""`scontrol` without jobs: host lists, `ping`, `version`, `update NodeName=`.

Changes are made to node4, where the scene has no jobs, and taken back in the `after` lines.
"""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.sinfo_states import RESPONDING

NO_UPDATE = "v0.0.38 has no request that changes a node"
NO_PLACE = "the API has no place for it in a change of a node"
OWN_USAGE = "the usage that follows is in our own words"
ADMIN = "slurmadmin"

HOSTLISTS = [
    Case("scontrol show hostnames 'node[1-3,07],a,r[1-2]n[08-10]'", core=True),
    Case("scontrol show hostname n1"),
    Case("scontrol show hostnames"),
    Case("scontrol show hostnames ''"),
    Case("scontrol show hostnames", env={"SLURM_NODELIST": "k[1-3],x"}),
    Case("scontrol show hostnames", env={"SLURM_JOB_NODELIST": "k[1-3]"}),
    Case("scontrol show hostnames 'n[3-1]'"),
    Case("scontrol show hostnames 'n[1'"),
    Case("scontrol show hostnames 'n[1-70000]'"),
    Case("scontrol show hostnames a b"),
    Case("scontrol -o show hostnames 'n[1-2]'"),
    Case("scontrol show hostlist n1,n2,n4,n3,n02,a"),
    Case("scontrol show hostl n1,n2"),
    Case("scontrol show hostlist ''"),
    Case("scontrol show hostlist 'n[3-1]'"),
    Case("scontrol show hostlist", cannot={"*": OWN_USAGE}),
    Case("scontrol show hostlist {scratch}/hosts", files={"hosts": b"h1\nh2,h3\nh5 h4\n"}),
    Case("scontrol show hostlistsorted {scratch}/hosts", files={"hosts": b"h1\nh2,h3\nh5 h4\n"}),
    Case("scontrol show hostlist /nonexistent/file"),
    Case("scontrol show hostlist /tmp"),
    Case("scontrol show hostlistsorted n3,n1,n2,n1,n10"),
    Case("scontrol show hostlistso n2,n1"),
    Case("scontrol show hostlistsorted 'n[1-70000]'"),
    Case("scontrol show hosts x"),
]

ABOUT = [
    Case("scontrol ping", core=True),
    Case("scontrol pin"),
    Case("scontrol ping extra"),
    Case("scontrol version", core=True),
    Case("scontrol --version"),
    Case("scontrol -o ping"),
]


def change(words: str, *, undo: tuple[str, ...] = (), **more: object) -> Case:
    """A change of node4 by the administrator, with what the node is like afterwards."""

    return Case(
        f"scontrol update {words}",
        user=ADMIN,
        before=(RESPONDING,),
        after=(
            "sinfo -h -p closed -o '%N|%b|%f|%w|%E|%u|%T'",
            "sinfo -h -p closed -O nodelist,comment,extra",
            *undo,
        ),
        cannot={"22.05": NO_UPDATE},
        **more,  # type: ignore[arg-type]
    )


FEATURES = "scontrol update nodename=node4 features=big,fast,gpu activefeatures=big,fast,gpu"

UPDATES = [
    change("NodeName=node4 Features=big,fast,gpu,instancetype=a", undo=(FEATURES,), core=True),
    change("nodename=node4 availablefeatures=x,y activefeatures=y", undo=(FEATURES,)),
    change("NodeName=node4 Features=", undo=(FEATURES,)),
    change(
        "NodeName=node4 comment='two words' extra=e", undo=("scontrol update nodename=node4 comment= extra=",)
    ),
    change("node=node4 weight=77", undo=("scontrol update nodename=node4 weight=60",)),
    change(
        "nodename=node4 state=drain reason='\"by hand\"'",
        undo=("scontrol update nodename=node4 state=undrain",),
    ),
    change("node=node4 weight=4294967293", undo=("scontrol update nodename=node4 weight=60",)),
    change("node=node4 weight=' +5'", undo=("scontrol update nodename=node4 weight=60",)),
    change(
        "nodename=node4 state=drain reason=x resumeafter= weight=+9",
        undo=("scontrol update nodename=node4 state=undrain weight=60",),
    ),
    change("nodename=node[3-4] comment=both", undo=("scontrol update nodename=node[3-4] comment=",)),
    Case("scontrol update NodeName=nosuch Features=a", user=ADMIN, cannot={"22.05": NO_UPDATE}),
    Case("scontrol update NodeName=node4,nosuch Features=a", user=ADMIN, cannot={"22.05": NO_UPDATE}),
    Case("scontrol update NodeName= Features=a", user=ADMIN, cannot={"22.05": NO_UPDATE}),
    Case("scontrol update 'NodeName=node[3-1]' Features=a", user=ADMIN, cannot={"22.05": NO_UPDATE}),
    Case("scontrol update NodeName=node4 Features=a", cannot={"22.05": NO_UPDATE}),
    Case("scontrol update NodeName=node4", user=ADMIN),
    Case("scontrol update NodeName=node4 bogus=1", user=ADMIN),
    Case("scontrol update NodeName=node4 bogus", user=ADMIN),
    Case("scontrol update NodeName=node4 c", user=ADMIN),
    Case("scontrol update NodeName=node4 state=bogus", user=ADMIN),
    Case("scontrol update NodeName=node4 state=dr reason=x", user=ADMIN),
    Case("scontrol update NodeName=node4 state=down", user=ADMIN),
    Case("scontrol update NodeName=node4 state=drain reason=", user=ADMIN),
    Case("scontrol update NodeName=node4 weight=abc", user=ADMIN),
    Case("scontrol update NodeName=node4 weight=-1", user=ADMIN),
    Case("scontrol update NodeName=node4 weight=99999999999", user=ADMIN),
    Case("scontrol update NodeName=node4 resumeafter=60", user=ADMIN),
    Case("scontrol update NodeName=node4 resumeafter=soon", user=ADMIN),
    Case("scontrol update NodeName=node4 resumeafter=' -1'", user=ADMIN),
    Case("scontrol update NodeName=node4 weight=4294967294", user=ADMIN),
    Case("scontrol update NodeName=node4 cpubind=core,thread", user=ADMIN),
    Case("scontrol update NodeName=node4 cpubind=core,core", user=ADMIN),
    Case("scontrol update NodeName=node4 top=x", user=ADMIN),
    Case("scontrol update NodeName=node4 instance=x", user=ADMIN),
    *(
        Case(
            f"scontrol update NodeName=node4 {key}=x",
            user=ADMIN,
            after=("scontrol update NodeName=node4 instanceid= instancetype=",),
            after_user=ADMIN,
            releases=("24.11", "26.05"),
            cannot={"*": NO_PLACE},
        )
        for key in ("instancet", "InstanceId")
    ),
]

CASES: list[Case] = [*HOSTLISTS, *ABOUT, *UPDATES]
