"""`scontrol create`, `update` and `delete` of partitions and nodes, and the partition afterwards.

Names carry the case's own job, so that runs beside each other do not meet.
"""

from __future__ import annotations

from tests.live.case import Case

ADMIN = "slurmadmin"
NO_REQUEST = "only v0.0.45 has requests that create, change and delete partitions"
NO_NODES = "only v0.0.44 and later have a request that creates nodes"
NO_DELETE = "v0.0.38 has no request that deletes nodes"
PERMISSION = "whether the partition exists is looked up before anything is changed"
OLD = {
    "22.05": NO_REQUEST,
    "24.11": NO_REQUEST,
    "v0.0.42": NO_REQUEST,
    "v0.0.43": NO_REQUEST,
    "v0.0.44": NO_REQUEST,
}

JOB = "@alice -J c-part -H --wrap true"
NAME = "c-part-{j}"
SHOW = f"scontrol -a show partition {NAME}"
DELETE = f"scontrol delete partition={NAME}"
MADE = f"scontrol create partition={NAME} nodes=node1"
TRES = {r"TRES=\S+": "the number of the job may stand in it"}


def create(words: str, *, user: str = ADMIN, **more: object) -> Case:
    """A new partition, and what it is like."""
    options: dict[str, object] = {"cannot": OLD, "differs": TRES, **more}
    return Case(
        f"scontrol create {words}",
        user=user,
        jobs={"j": JOB},
        after=(SHOW, DELETE),
        after_user=ADMIN,
        **options,  # type: ignore[arg-type]
    )


def update(words: str, *, user: str = ADMIN, **more: object) -> Case:
    """A change of a partition."""
    options: dict[str, object] = {"cannot": OLD, "differs": TRES, **more}
    return Case(
        f"scontrol update PartitionName={NAME} {words}",
        user=user,
        jobs={"j": JOB},
        before=(MADE,),
        after=(SHOW, DELETE),
        after_user=ADMIN,
        **options,  # type: ignore[arg-type]
    )


SPELT = [
    update(words)
    for words in (
        "state=d",
        "state=inact",
        "priority=+5",
        "prioritytier=+7",
        "maxt=-1",
        "maxnodes=1k",
        "minnodes=1k",
        "gracetime=+5",
        "exclusiveuser=yes",
        "exclusivetopo=no",
    )
]
SPELT += [
    update(words, cannot={})
    for words in ("maxt=99999999999", "priority=5x", "maxmempernode=infinite", "defmempercpu=unlimited")
]
SPELT += [update("preemptmode=gang", releases=("24.11", "26.05"), cannot={})]

CREATED = [
    create(f"partition={NAME}"),
    create(f"PartitionName={NAME} nodes=node[1-2] maxtime=1:00:00 defaulttime=10 state=down"),
    create(f"part={NAME} nodes=ALL hidden=yes rootonly=yes priority=7 gracetime=30"),
    create(f"nodes=node1 partition={NAME} allowaccounts=science denyqos=low"),
    create(f"partition={NAME} nodes=nosuch"),
    create(f"partition={NAME} nodes=node1", user="alice"),
    create(f"partition={NAME} foo=1", cannot={}),
    create(f"partition={NAME} foo", cannot={}),
    Case("scontrol create partition=main nodes=node1", user=ADMIN, cannot=OLD),
]

CHANGED = [
    update(words)
    for words in (
        "state=down",
        "state=DRAIN",
        "state=inactive",
        "maxtime=30",
        "maxtime=2-00:00:00 defaulttime=1:00:00",
        "maxtime=unlimited",
        "maxnodes=3 minnodes=2",
        "maxnodes=unlimited",
        "maxcpuspernode=8",
        "nodes=node[1-3]",
        "nodes=",
        "allowgroups=alice",
        "allowaccounts=science,physics",
        "allowqos=high",
        "denyaccounts=physics denyqos=low",
        "allocnodes=node2",
        "alternate=main",
        "gracetime=60",
        "overtimelimit=5",
        "overtimelimit=unlimited",
        "priority=9",
        "priorityjobfactor=3 prioritytier=4",
        "hidden=yes",
        "hidden=no",
        "rootonly=y lln=yes reqresv=yes disablerootjobs=yes",
        "rootonly=no",
        "oversubscribe=yes:7",
        "oversubscribe=force",
        "shared=no",
        "oversubscribe=exclusive",
        "preemptmode=off",
        "preemptmode=cancel",
        "defmempercpu=100 maxmempercpu=2000",
        "defmempernode=100",
        "qos=high",
        "tresbillingweights=cpu=2,mem=0.5",
        "nodes=nosuch",
        "qos=nosuch",
        "alternate=nosuch",
    )
]
CHANGED += [
    update("nodes+=node2", cannot={"24.11": NO_REQUEST}),
    update("maxcpuspersocket=4", releases=("24.11", "26.05")),
    update("exclusive=user", releases=("26.05",)),
    update("jobdefaults=DefCpuPerGPU=2"),
    update("state=up", user="alice"),
    update("nodes=node2", user="bob"),
]
CHANGED += [
    update(words, cannot={})
    for words in (
        "maxtime=x",
        "defaulttime=x",
        "state=x",
        "hidden=x",
        "shared=x",
        "preemptmode=x",
        "priority=x",
        "prioritytier=99999999",
        "priorityjobfactor=x",
        "overtimelimit=x",
        "gracetime=x",
        "defmempernode=x",
        "maxmempercpu=x",
        "exclusive=x",
        "maxcpuspernode=x",
        "default=x",
        "rootonly=x",
        "lln=x",
        "reqresv=x",
        "disablerootjobs=x",
        "foo",
        "foo=1",
        "",
    )
]

DELETED = [
    Case(
        line,
        user=user,
        jobs={"j": JOB},
        before=(MADE,),
        after=(SHOW, DELETE),
        after_user=ADMIN,
        cannot=OLD,
        differs=TRES,
    )
    for line, user in (
        (f"scontrol delete partition={NAME}", ADMIN),
        (f"scontrol delete PartitionName {NAME}", ADMIN),
        (f"scontrol del part={NAME}", ADMIN),
        (f"scontrol delete partition={NAME}", "alice"),
        ("scontrol delete partition=c-nosuch", ADMIN),
    )
]

MORE = [
    Case("scontrol update partitionname=c-nosuch state=up", user=ADMIN, cannot=OLD),
    Case("scontrol update partitionname=c-nosuch state=up", cannot={**OLD, "*": PERMISSION}),
    Case("scontrol update partitionname= state=up", user=ADMIN, cannot=OLD),
    Case("scontrol create partitionname", user=ADMIN),
    Case("scontrol create p=x", user=ADMIN),
    Case("scontrol delete p=x", user=ADMIN),
]

NO_NEW = {"22.05": NO_NODES, "24.11": NO_NODES, "v0.0.42": NO_NODES, "v0.0.43": NO_NODES}
DELETED_NODES = "scontrol delete nodename=c-n[1-3]"
NODES = [
    Case("scontrol create nodename=c-n1", user=ADMIN, cannot=NO_NEW),
    Case("scontrol create nodename=c-n1", cannot=NO_NEW),
    Case("scontrol create nodename=c-n1 cpus=x", user=ADMIN, cannot=NO_NEW),
    Case("scontrol create nodename=c-n1 partition=main", user=ADMIN, cannot=NO_NEW),
    *(
        Case(
            line,
            user=ADMIN,
            cannot=NO_NEW,
            releases=("24.11", "26.05"),
            before=before,
            after=(DELETED_NODES,),
            after_user=ADMIN,
        )
        for line, before in (
            ("scontrol create nodename=c-n[1-2] state=future cpus=4", ()),
            ("scontrol create cpus=4 nodename=c-n1 state=cloud", ()),
            (
                "scontrol create nodename=c-n[1-3] state=future cpus=4",
                ("scontrol create nodename=c-n2 state=future cpus=4",),
            ),
        )
    ),
    Case(
        "scontrol delete nodename=c-n[1-3]",
        user=ADMIN,
        cannot=NO_NEW,
        releases=("26.05",),
        before=("scontrol create nodename=c-n2 state=future cpus=4",),
        after=("scontrol -F -o show node c-n2",),
        after_user=ADMIN,
    ),
    Case("scontrol delete nodename=c-nosuch", user=ADMIN, cannot={"22.05": NO_DELETE}),
    Case("scontrol delete nodename=c-nosuch[1-2]", user=ADMIN, cannot={"22.05": NO_DELETE}),
    Case("scontrol delete nodename=node1", cannot={"22.05": NO_DELETE}),
    Case("scontrol delete node node1", cannot={"22.05": NO_DELETE}),
    Case("scontrol delete nodename=", user=ADMIN, cannot={"22.05": NO_DELETE}),
]

CASES = [*SPELT, *CREATED, *CHANGED, *DELETED, *MORE, *NODES]
