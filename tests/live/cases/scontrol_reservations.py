"""`scontrol create`, `update` and `delete` of reservations, and the reservation afterwards.

Names carry the case's own job, so that runs beside each other do not meet.
"""

from __future__ import annotations

from tests.live.case import Case

ADMIN = "slurmadmin"
NO_REQUEST = (
    "only v0.0.43 and later have a request that creates or changes reservations, and 26.05 alone deletes them"
)
OLD = {"22.05": NO_REQUEST, "24.11": NO_REQUEST, "v0.0.42": NO_REQUEST}
NO_NAME = "the API wants a name for a new reservation"
NO_PLACE = "the API has no place for it in a reservation"
NO_EMPTY = "the API takes an empty value for one that is left out"
PERMISSION = "the API looks at what is missing before it looks at who asks"

JOB = "@alice -J c-res -H --wrap true"
NAME = "c-res-{j}"
SHOW = f"scontrol show reservation {NAME}"
DELETE = f"scontrol delete reservation={NAME}"
WHEN = "starttime=2037-02-01T10:00"
MADE = f"scontrol create reservation={NAME} {WHEN} duration=60 nodes=node1 users=alice flags=overlap"
CORES = {r"(?<=TRES=cpu=)(?:\d+|<\w+>)": "the number of the job may stand in it"}
PLACE = {**CORES, r"(?<=[ ])(Nodes|NodeName|CoreIDs)=\S+": "the nodes that are chosen"}


def create(words: str, *, user: str = ADMIN, **more: object) -> Case:
    """A new reservation, and what it is like."""
    options: dict[str, object] = {"cannot": OLD, "differs": CORES, **more}
    return Case(
        f"scontrol create {words}",
        user=user,
        jobs={"j": JOB},
        after=(SHOW, DELETE),
        after_user=ADMIN,
        **options,  # type: ignore[arg-type]
    )


def update(words: str, *, user: str = ADMIN, **more: object) -> Case:
    """A change of a reservation."""
    options: dict[str, object] = {"cannot": OLD, "differs": CORES, **more}
    return Case(
        f"scontrol update ReservationName={NAME} {words}",
        user=user,
        jobs={"j": JOB},
        before=(MADE,),
        after=(SHOW, DELETE),
        after_user=ADMIN,
        **options,  # type: ignore[arg-type]
    )


CREATED = [
    create(f"reservation={NAME} {WHEN} duration=60 nodes=node1 users=alice"),
    create(f"reservation={NAME} {WHEN} endtime=2037-02-02 nodes=node[1-2] users=alice,bob flags=overlap"),
    create(
        f"ReservationName={NAME} start=2037-02-01 dur=1-00:00 nodecnt=1 part=short accounts=physics",
        differs=PLACE,
    ),
    create(f"res={NAME} {WHEN} duration=infinite nodes=ALL groups=alice flags=maint,ignore_jobs,overlap"),
    create(
        f"reservation={NAME} {WHEN} dur=30 nodes=node1 user=alice flags=daily,purge_comp=0:10,magnetic,overlap"
    ),
    create(
        f"reservation={NAME} {WHEN} dur=30 nodes=node1 user=alice flags=WEEKLY,flex,no_hold_jobs_after,overlap"
    ),
    create(
        f"reservation={NAME} {WHEN} dur=30 licenses=matlab:2 nodecnt=0 users=alice flags=any_nodes,overlap"
    ),
    create(f"reservation={NAME} {WHEN} dur=30 nodes=node1 users=alice maxstartdelay=90 flags=overlap"),
    create(
        f"reservation={NAME} {WHEN} dur=30 nodes=node1 users=alice comment='two words' flags=overlap",
        releases=("26.05",),
    ),
    create(f"reservation {NAME} {WHEN} dur=30 nodes=node1 users=alice", cannot={}),
    create(f"reservation {WHEN} dur=30 nodes=node1 users=alice flags=overlap foo=1", cannot={}),
    create(f"{WHEN} dur=30 nodes=node1 users=alice reservation={NAME} flags=overlap"),
    create(f"reservation={NAME} {WHEN} duration=60 nodes=node1 users=alice", user="alice"),
    create(f"reservation={NAME} {WHEN} duration=60 nodes=nosuch users=alice"),
    create(f"reservation={NAME} {WHEN} duration=60 nodes=node1 users=nosuch"),
    create(f"reservation={NAME} {WHEN} duration=60 nodes=node1 accounts=nosuch"),
    create(f"reservation={NAME} {WHEN} duration=60 nodes=node1 users=alice partition=nosuch"),
    create(f"res={NAME} {WHEN} duration=5 nodes=node1 users=alice flags=daily,weekly"),
    create(f"res={NAME} {WHEN} duration=5 nodes=node1 users=alice flags=replace"),
    create(f"res={NAME} {WHEN} duration=5 nodecnt=9 users=alice flags=overlap"),
    create(f"res={NAME} {WHEN} duration=5 nodecnt=1 users=alice features=nosuch"),
    create(f"res={NAME} {WHEN} duration=5 tres=node=2 users=alice flags=overlap", differs=PLACE),
    create(f"res={NAME} {WHEN} duration=5 tres=gres/gpu=1 users=alice flags=overlap", differs=PLACE),
    create(
        f"res={NAME} {WHEN} duration=5 nodes=node1 users=alice flags=force_start",
        releases=("26.05",),
    ),
    Case(
        f"scontrol create reservation={NAME} {WHEN} duration=60 nodes=node1 users=alice flags=overlap",
        user=ADMIN,
        jobs={"j": JOB},
        before=(MADE,),
        after=(DELETE,),
        releases=("26.05",),
        cannot=OLD,
    ),
]

CHANGED = [
    update("duration=90"),
    update("duration+=15"),
    update("duration-=15"),
    update("endtime=2037-02-01T15:00"),
    update("starttime=2037-02-01T09:30"),
    update("users=bob"),
    update("users+=bob"),
    update("users+=bob users-=alice", cannot={}),
    update("accounts=science"),
    update("flags+=daily"),
    update("flags=daily,ignore_jobs"),
    update("flags-=overlap", cannot={}),
    update("nodes=node2"),
    update("nodes=node[1-2] duration=30"),
    update("maxstartdelay=5"),
    update("partition=main"),
    update("users=nosuch"),
    update("nodes=nosuch"),
    update("accounts=nosuch"),
    update("users="),
    update("users= accounts=physics"),
    update("accounts= licenses="),
    update("comment=", releases=("26.05",), cannot={"*": NO_EMPTY}),
    update("partition="),
    update("duration=-1"),
    update("nodecnt=1,1", cannot={"22.05": NO_REQUEST}),
    update("nodecnt+=1", cannot={}),
    update("starttime+=now", cannot={}),
    update("s=now", cannot={}),
    update("corecnt=4"),
    update("flags=daily,weekly"),
    update("flags=w"),
    update("flags=n"),
    update("flags=replace"),
    update("flags=purge_comp=x"),
    update("flags+=time_float", cannot={}),
    update("flags=skip", cannot={}),
    update("skip"),
    update("flags=daily skip"),
    update("flags+=", cannot={}),
    update("flags+=flex,-daily", cannot={}),
    update("flags=daily flags+=flex"),
    update("maxstartdelay=-1", cannot={}),
    update("tres=node=2"),
    update("tres=cpu=4k"),
    update("tres=license/matlab=2"),
    update("tres=license/matlab=2 licenses=ansys:1", cannot={"22.05": NO_REQUEST}),
    update("tres=cpu=1 corecnt=1", cannot={"22.05": NO_REQUEST}),
    update("tres=node=1 nodecnt=1", cannot={"22.05": NO_REQUEST}),
    update("tres=nosuch=1", cannot={}),
    update("tres+=cpu=1", cannot={}),
    update("duration=7 duration=8"),
    update("nodes=node1 nodes=node2"),
    update("qos=high", releases=("26.05",), cannot={"*": NO_PLACE}),
    update("allowedpartitions=main", releases=("26.05",), cannot={"*": NO_PLACE}),
    update("trespernode=gres/gpu=1", releases=("24.11", "26.05"), cannot={"*": NO_PLACE}),
    update("duration=90", user="alice"),
    update("users+=bob", user="bob"),
    update("duration=x", cannot={}),
    update("starttime=x", cannot={}),
    update("flags=nosuch", cannot={}),
    update("nosuch=1", cannot={}),
    update("duration", cannot={}),
]

DELETED = [
    Case(line, user=user, jobs={"j": JOB}, before=(MADE,), after=(SHOW, DELETE), after_user=ADMIN, cannot=OLD)
    for line, user in (
        (f"scontrol delete reservation={NAME}", ADMIN),
        (f"scontrol delete ReservationName={NAME}", ADMIN),
        (f"scontrol delete reservation {NAME}", ADMIN),
        (f"scontrol del res={NAME}", ADMIN),
        (f"scontrol delete reservation={NAME}", "alice"),
        (f"scontrol delete reservation {NAME}", "bob"),
    )
]
DELETED += [Case("scontrol delete reservation=c-res-nosuch", user=user) for user in ("alice", ADMIN)]

WRONG = [
    Case(f"scontrol {words}", user=ADMIN)
    for words in (
        "create",
        "create nosuch",
        "create nosuch=1",
        "create r=x",
        "create reservation",
        "create reservation starttime=now",
        "create reservation starttime=now duration=5",
        "create reservation starttime=now duration=5 users=alice",
        "create reservation starttime=now duration=5 nodes=node1",
        "create reservation starttime=x duration=5",
        "create reservation starttime=now duration=x",
        "create reservation starttime=now endtime=x",
        "create reservation starttime=2037-01-01 endtime=2036-01-01 nodes=node1 users=alice",
        "create reservation starttime=now duration=5 nodes=node1 users=alice groups=alice",
        "create reservation starttime=now duration=5 nodes=node1 users=alice flags=nosuch",
        "create reservation starttime=now duration=5 nodecnt=x users=alice",
        "create reservation starttime",
        "create reservation foo=1",
        "create reservation users=alice users=bob",
        "create res starttime=2037-01-01 endtime=2037-01-02 duration=5 users=alice",
        "create res starttime=2037-01-01 duration=5 nodes=node1 users=alice flags=part_nodes",
        "create res starttime=2037-01-01 duration=5 nodes= users=alice",
        "create res starttime=2037-01-01 duration=5 features=big users=alice",
        "create res starttime=2037-01-01 endtime= nodes=node1 users=alice",
        "create res starttime+=now duration=5 nodes=node1 users=alice",
        "create reservationfoo starttime=now",
        "delete",
        "delete nosuch",
        "delete nosuch=1",
        "delete reservation",
        "delete jobid=5",
        "delete r=x",
        "update reservation duration=5",
        "update reservationname=c-nosuch foo=1",
        "update reservationname=c-nosuch dur=+5",
    )
]
WRONG += [
    Case("scontrol update reservationname=c-nosuch duration=5", user=ADMIN),
    Case("scontrol update reservationname=c-nosuch duration=5", cannot={**OLD, "*": PERMISSION}),
    Case("scontrol update reservationname= duration=5", user=ADMIN),
    Case("scontrol delete reservation=", user=ADMIN),
    Case(
        f"scontrol create reservation {WHEN} duration=60 nodes=nosuch users=alice",
        user=ADMIN,
        cannot={**OLD, "*": NO_NAME},
    ),
]

CASES = [*CREATED, *CHANGED, *DELETED, *WRONG]
