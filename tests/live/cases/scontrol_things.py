"""`scontrol show` of nodes, partitions, reservations, licenses, and of what the API does not tell.

What no version of a release tells is masked by name below, so that everything around it is still compared, and stands
once among `UNTOLD`.
"""

from __future__ import annotations

from tests.live.case import Case

ADMIN = "slurmadmin"
CHATTER = "with -v the native command tells which of its plugins it loads; there are none here"
NO_MODE = "before v0.0.45 the preemption mode of a partition is not told"
NO_DEFAULT = "v0.0.40 to v0.0.44 do not tell a partition's flags; which one is the default can be configured"
NO_SHARING = "v0.0.38 does not tell how a partition's CPUs are shared"
NO_CORES = "v0.0.38 does not tell which cores are reserved"
NO_COMMENT = "the API does not tell a reservation's comment"
NOT_TOLD = "the REST API does not tell it"
NO_RESOURCES = "v0.0.43 and earlier have no such request"
NO_CONF = "only v0.0.45 tells the configuration"
NO_SUSPEND = dict.fromkeys(("26.05/v0.0.42", "v0.0.43", "v0.0.44"), "only v0.0.45 tells a node's SuspendTime")
HERE = "it is about the machine it is called on"

LOAD = {r"(CPULoad|FreeMem|LastBusyTime)=\S+": "moves on by itself"}
PARTITION_22 = {r"PreemptMode=\S+": NO_MODE, r"OverSubscribe=\S+": NO_SHARING}
FLAGS = r"(Default|DisableRootJobs|ExclusiveUser|ExclusiveTopo|Exclusive|Hidden|LLN|RootOnly|ReqResv)=\S+"
PARTITION_24 = {r"PreemptMode=\S+": NO_MODE, FLAGS: NO_DEFAULT}
OLDER_26 = dict.fromkeys(("v0.0.42", "v0.0.43", "v0.0.44"), NO_DEFAULT)


def partition(line: str, **more: object) -> list[Case]:
    """The line on each release, with what that one does not tell masked."""
    return [
        Case(line, releases=("22.05",), differs=PARTITION_22, **more),  # type: ignore[arg-type]
        Case(line, releases=("24.11",), differs=PARTITION_24, **more),  # type: ignore[arg-type]
        Case(line, releases=("26.05",), cannot=OLDER_26, **more),  # type: ignore[arg-type]
    ]


TABLE = {
    r"(?<=records=)\d+": "the room of the controller's table, until nodes have been created, is not told"
}


def node(line: str, **more: object) -> Case:
    return Case(line, differs=LOAD, **more)  # type: ignore[arg-type]


NODES = [
    node("scontrol show node"),
    node("scontrol show nodes"),
    node("scontrol show node node1", core=True, cannot=NO_SUSPEND),
    node("scontrol show node node3 -o"),
    node("scontrol -o show node"),
    node("scontrol --oneliner show node node[1-2]"),
    node("scontrol -d show node"),
    node("scontrol -d show node node4", core=True, cannot=NO_SUSPEND),
    node("scontrol -a show node node2"),
    node("scontrol --hide show node node2"),
    node("scontrol -F show node"),
    node("scontrol --future show node node1"),
    node("scontrol -Q show node node1"),
    node("scontrol show n node1"),
    node("scontrol SHOW NODE node1"),
    node("scontrol show node=node2"),
    node("scontrol show nodename node2"),
    node("scontrol show node node4,node1,node2"),
    node("scontrol show node node[4,1]"),
    node("scontrol show node node1", user="bob"),
    node("scontrol show node node1", user=ADMIN),
    node("scontrol show node node1", env={"SLURM_TIME_FORMAT": "%s"}),
    node("scontrol show node node1", env={"TZ": "Asia/Tokyo"}),
    Case("scontrol -v show node node1", releases=("26.05",), differs=LOAD | TABLE),
    node("scontrol -v show node node1", releases=("22.05", "24.11"), cannot={"*": CHATTER}),
    node("scontrol show node", scene=True),
    node("scontrol -d show node", scene=True),
    node("scontrol -d -o show node", scene=True),
    node("scontrol show node node1,nosuch"),
    Case("scontrol show node nosuch", core=True),
    Case("scontrol -Q show node nosuch"),
    Case("scontrol show node ''"),
    Case("scontrol show node ALL"),
    Case("scontrol show node 'node[3-1]'"),
    Case("scontrol show node 'node[1'"),
    Case("scontrol show node a b"),
]

DOWN = "scontrol update nodename=node4 state=fail reason='two words'"
UP = "scontrol update nodename=node4 state=resume"
ODD_NODES = [
    Case(
        "scontrol show node node4",
        user=ADMIN,
        before=(DOWN,),
        after=(UP,),
        differs={**LOAD, r"@[0-9T:-]+\]": "when it was said"},
    ),
    Case(
        "scontrol -o show node node4",
        user=ADMIN,
        before=("scontrol update nodename=node4 state=drain reason=x comment='a b' extra=e=1",),
        after=(UP, "scontrol update nodename=node4 comment= extra="),
        differs={**LOAD, r"@[0-9T:-]+\]": "when it was said"},
    ),
    Case(
        "scontrol show node node4",
        user=ADMIN,
        before=(
            "scontrol create reservation=c-maint starttime=now duration=60 nodes=node4 users=alice"
            " flags=maint,overlap,ignore_jobs",
            "bash -c 'until sinfo -h -n node4 -o %T | grep -q maint; do sleep 0.2; done'",
        ),
        after=("scontrol delete reservation=c-maint",),
        differs=LOAD,
    ),
]

PARTITIONS = [
    *partition("scontrol show partition"),
    *partition("scontrol show partition main", core=True),
    *partition("scontrol show partition shared"),
    *partition("scontrol show part short"),
    *partition("scontrol -o show partition"),
    *partition("scontrol -o show partition closed"),
    *partition("scontrol -a show partitions"),
    *partition("scontrol --hide show partition"),
    *partition("scontrol -d show partition main"),
    *partition("scontrol -Q show partition main"),
    *partition("scontrol show pa main"),
    *partition("scontrol show partitionname main"),
    *partition("scontrol show partition=main"),
    *partition("scontrol show partition", user="bob"),
    *partition("scontrol show partition", user=ADMIN),
    Case("scontrol show partition nosuch", core=True),
    Case("scontrol -Q show partition nosuch"),
    Case("scontrol show partition ''"),
    Case("scontrol show partition main short"),
    Case("scontrol show p main"),
]

RESERVED = "scontrol create reservation=c-show-{j}"
UNRESERVED = "scontrol delete reservation=c-show-{j}"


def reservation(line: str, words: str, **more: object) -> Case:
    """A reservation of its own, shown."""
    return Case(
        line,
        user=ADMIN,
        jobs={"j": "@alice -J c-show -H --wrap true"},
        before=(f"{RESERVED} {words}",),
        after=(UNRESERVED,),
        **more,  # type: ignore[arg-type]
    )


SOON = "starttime=2037-02-01T10:00 duration=90 flags=overlap"
PLACE = {r"(Nodes|NodeName|CoreIDs)=\S+": "the place that is chosen"}
NOW = {r"(StartTime|EndTime)=\S+": "now"}
RESERVATIONS = [
    reservation("scontrol show reservation c-show-{j}", f"{SOON} nodes=node1 users=alice", core=True),
    reservation("scontrol -o show reservation c-show-{j}", f"{SOON} nodes=node[1-2] users=alice,bob"),
    reservation("scontrol show res=c-show-{j}", f"{SOON} nodes=node1 accounts=science"),
    reservation(
        "scontrol show reservationname c-show-{j}", f"{SOON} nodes=node1 groups=alice partition=main"
    ),
    reservation("scontrol show r c-show-{j}", f"{SOON},daily,maint,ignore_jobs nodes=ALL users=alice"),
    reservation(
        "scontrol show reservation c-show-{j}",
        f"{SOON},purge_comp=10:00,magnetic,flex nodes=node1 users=alice",
    ),
    reservation(
        "scontrol show reservation c-show-{j}", f"{SOON},any_nodes licenses=matlab:2 nodecnt=0 users=alice"
    ),
    reservation("scontrol show reservation c-show-{j}", f"{SOON} nodes=node1 users=alice maxstartdelay=90"),
    reservation(
        "scontrol show reservation c-show-{j}",
        f"{SOON} corecnt=4 partition=main users=alice",
        differs=PLACE,
        cannot={"22.05": NO_CORES},
    ),
    reservation(
        "scontrol show reservation c-show-{j}",
        "starttime=now duration=60 nodes=node1 users=alice flags=overlap",
        differs=NOW,
    ),
    reservation(
        "scontrol show reservation c-show-{j}",
        f"{SOON} nodes=node1 users=alice comment=said",
        releases=("24.11", "26.05"),
        cannot={"*": NO_COMMENT},
    ),
    Case("scontrol show reservation nosuch", core=True),
    Case("scontrol -Q show reservation nosuch"),
    Case("scontrol show reservation ''"),
    Case("scontrol show reservation a b"),
]

LICENSES = [
    Case("scontrol show licenses", core=True),
    Case("scontrol show lic matlab"),
    Case("scontrol show license=ansys"),
    Case("scontrol -o show licenses"),
    Case("scontrol -o show lic matlab"),
    Case("scontrol show lic nosuch"),
    Case("scontrol -Q show lic nosuch"),
    Case("scontrol show lic ''"),
    Case("scontrol -a show lic"),
    Case("scontrol show licenses", scene=True),
    Case("scontrol show li matlab"),
    Case("scontrol show l"),
]

SMALL = [
    Case("scontrol show aliases head"),
    Case("scontrol show aliases nosuch"),
    Case("scontrol show al head"),
    Case("scontrol show aliases", cannot={"*": HERE}),
    Case("scontrol show resources"),
    Case("scontrol show resources 999999"),
    Case("scontrol show resources x"),
    Case(
        "scontrol show resources {j}",
        jobs={"j": "!-J c-res -n 3 --mem=200 -w node3 -t 60 -o /dev/null --wrap 'sleep 1000'"},
        releases=("26.05",),
        cannot=dict.fromkeys(("v0.0.42", "v0.0.43"), NO_RESOURCES),
        differs={r"AbstractCores=\S+": "the cores that are free"},
        core=True,
    ),
    Case("scontrol show resources {held}", scene=True),
]

UNTOLD = [
    *(
        Case(f"scontrol show {words}", cannot={"*": NOT_TOLD})
        for words in (
            "topology",
            "federation",
            "assoc_mgr",
            "cache",
            "burstbuffer",
            "bbstat",
            "dwstat",
            "daemons",
            "slurmd",
        )
    ),
    Case(
        "scontrol show config",
        releases=("26.05",),
        differs={
            r"^(BOOT_TIME|HASH_VAL|MULTIPLE_SLURMD|NEXT_JOB_ID|SLURM_CONF) .*$": NOT_TOLD,
            r"as of \S+": "now",
        },
        cannot=dict.fromkeys(("v0.0.42", "v0.0.43", "v0.0.44"), NO_CONF),
        core=True,
    ),
    Case("scontrol show config", releases=("22.05", "24.11"), cannot={"*": NO_CONF}),
    Case("scontrol show topoconf", releases=("26.05",), cannot={"*": NOT_TOLD}),
    Case("scontrol show topoconf", releases=("22.05", "24.11")),
    Case("scontrol show frontend", releases=("22.05", "24.11"), cannot={"*": NOT_TOLD}),
    Case("scontrol show frontend", releases=("26.05",)),
    Case("scontrol show partition main", releases=("22.05",), cannot={"*": NO_MODE}),
    Case("scontrol show partition main", releases=("24.11",), cannot={"*": NO_DEFAULT}),
    Case("scontrol show"),
    Case("scontrol show nosuch"),
    Case("scontrol show ''"),
    Case("scontrol -Q show nosuch"),
    Case("scontrol show daemons x y"),
]

CASES = [*NODES, *ODD_NODES, *PARTITIONS, *RESERVATIONS, *LICENSES, *SMALL, *UNTOLD]
