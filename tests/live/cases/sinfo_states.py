"""`sinfo` of nodes and partitions that are not well: drained, reserved, hidden, empty, closed to the user.

node4 has no jobs of the scene.  What a case does to it is taken back in its `after` lines; a node that was drained
is said not to respond until the controller has heard of it again, which the next side waits for.
"""

from __future__ import annotations

from tests.live.case import Case

ADMIN = "slurmadmin"
HIDDEN = "before v0.0.40 the API shows every partition, and does not tell who may use which"
FLAGS = "v0.0.42 does not tell the flags of a partition"
OVERSUBSCRIBE = "v0.0.38 does not tell whether a partition oversubscribes"


def until(state: str) -> str:
    """A native command line that waits, for some seconds at most, until node4's short state matches."""
    look = "sinfo -h -n node4 -p main -o %t"
    return f"sh -c 'for i in $(seq 150); do {look} | grep -qx \"{state}\" && break; sleep 0.1; done'"


RESPONDING = until("[a-z]*")
PARTITION = "scontrol create partitionname=zz nodes=node4"
GONE = "scontrol delete partitionname=zz"
DRAIN = "scontrol update nodename=node4 state=drain reason='disk 3: slow, and \"odd\"'"
UNDRAIN = "scontrol update nodename=node4 state=undrain"
RESERVE = "scontrol create reservation reservationname=zz starttime=now duration=10 users=alice nodes=node4"
UNRESERVE = "scontrol delete reservation=zz"
TIMES = {
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d": "when the side's own change was made",
    r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}": "the time of the call",
}


def drained(line: str, **more: object) -> Case:
    """A line about node4, drained, in a partition of its own."""
    return Case(
        line,
        before=(RESPONDING, PARTITION, DRAIN),
        after=(UNDRAIN, GONE),
        after_user=ADMIN,
        differs=TIMES,
        **more,  # type: ignore[arg-type]
    )


def partition(line: str, settings: str, **more: object) -> Case:
    """A line about a partition with these settings."""
    return Case(
        line,
        before=(f"scontrol create partitionname=zz {settings}",),
        after=(GONE,),
        after_user=ADMIN,
        **more,  # type: ignore[arg-type]
    )


def reserved(line: str, state: str, *, flags: str = "", **more: object) -> Case:
    """A line while a reservation has put node4 into a state."""
    return Case(
        line,
        before=(RESPONDING, f"{RESERVE} {flags}".strip(), until(state)),
        after=(UNRESERVE,),
        after_user=ADMIN,
        differs=TIMES,
        **more,  # type: ignore[arg-type]
    )


def draining(line: str, **more: object) -> Case:
    """A line about node4, drained while a job runs there."""
    return Case(
        line,
        jobs={"busy": "!-J z-busy -w node4 -c 2 --mem=100 -t 10 --wrap 'sleep 1000'"},
        before=(PARTITION, DRAIN),
        after=(UNDRAIN, GONE),
        after_user=ADMIN,
        differs=TIMES,
        **more,  # type: ignore[arg-type]
    )


STATES = [
    draining("sinfo -p zz -o '%N|%t|%T|%A|%F|%C'", core=True),
    draining("sinfo -p zz -O statecomplete,statelong,cpusstate"),
    draining("sinfo -p zz -t 'mix&drain' -o '%N %T'"),
    draining("sinfo -p zz -t 'alloc&draining' -o '%N %T'"),
    draining("sinfo -p zz -t idle,drained -o '%N %T'"),
    drained("sinfo -p zz", core=True),
    drained("sinfo -p zz -o '%N|%t|%T|%3t|%.4t|%u|%U|%H|%E|%20E|%.10E|%C|%F|%A'"),
    drained("sinfo -p zz -R"),
    drained("sinfo -p zz -R -l"),
    drained("sinfo -p zz -Rh -S H,-u,E"),
    drained("sinfo -p main -R -n node4 -o '%N %E %u' -S E"),
    drained("sinfo -p zz -t drain,down -o '%N %T'"),
    drained("sinfo -p zz -t drained -N"),
    drained("sinfo -p zz -t draining -N"),
    drained("sinfo -p zz -t idle -o '%N %T'"),
    drained("sinfo -p zz -t 'idle&drain' -o '%N %T'"),
    drained("sinfo -p zz -t 'drain&down' -o '%N %T'"),
    drained("sinfo -p zz -t '~drain,mix' -o '%N %T'"),
    drained("sinfo -p zz -s"),
    drained("sinfo -p zz -O statecomplete,statelong,statecompact,reason:9,user,timestamp"),
    drained("sinfo -p zz -o '%N %H'", env={"SLURM_TIME_FORMAT": "%d of %B"}),
    drained("sinfo -p zz -o '%N %H'", env={"SLURM_TIME_FORMAT": "nonsense"}),
    drained("sinfo -p zz -o '%N %H'", env={"SLURM_TIME_FORMAT": "%Y" * 16}),
    drained("sinfo -p zz -r -N"),
    drained("sinfo -p zz -d -N"),
    reserved("sinfo -p main -n node4 -o '%N|%t|%T'", "resv"),
    reserved("sinfo -p main -n node4 -o '%N|%t|%T|%i'", "maint", flags="flags=maint"),
    reserved("sinfo -p main -n node4 -t maint -O nodelist,statecomplete", "maint", flags="flags=maint"),
    reserved("sinfo -p main -n node4 -t resv -h -o '%N %t'", "resv"),
    reserved("sinfo -T", "resv"),
    reserved("sinfo -T -h", "resv"),
    Case(
        "sinfo -T",
        before=(RESPONDING, RESERVE.replace("zz", "zzé")),
        after=(UNRESERVE + "é",),
        after_user=ADMIN,
        differs=TIMES,
    ),
    reserved("sinfo -T -h", "resv", env={"SLURM_TIME_FORMAT": "nonsense"}),
]

PARTITIONS = [
    partition(
        "sinfo -p zz -o '%all'",
        "maxnodes=3 minnodes=2 state=drain",
        cannot={
            "22.05": OVERSUBSCRIBE,
            "24.11": "the cluster's own preemption mode is told since v0.0.45",
        },
    ),
    partition("sinfo -p zz -N -l", "state=inactive", differs=TIMES),
    partition("sinfo -p zz -O nodelist:5,features:5,features:.8,features:7,comment:3,comment:.3,gres", ""),
    partition("sinfo -o '%R %a %s %D|%N' -p zz,closed", "maxnodes=1 state=inactive"),
    partition("sinfo -o '%R %r' -p zz", "nodes=node4 rootonly=yes", cannot={"24.11": FLAGS}),
    partition(
        "sinfo -o '%R %h %l %L' -p zz",
        "nodes=node4 oversubscribe=force:3 maxtime=1:30 defaulttime=0:10",
        cannot={"22.05": OVERSUBSCRIBE},
    ),
    partition(
        "sinfo -o '%R %h' -p zz", "nodes=node4 oversubscribe=exclusive", cannot={"22.05": OVERSUBSCRIBE}
    ),
    partition("sinfo -o '%R %g %S' -p zz", "nodes=node4 allowgroups=slurmadmin,alice allocnodes=head"),
    partition("sinfo -o '%R %I %p' -p zz", "nodes=node4 priorityjobfactor=2048 prioritytier=1536"),
    partition(
        "sinfo --noconvert -o '%R %I %p' -p zz", "nodes=node4 priorityjobfactor=2048 prioritytier=1536"
    ),
    partition("sinfo -o '%R %B' -p zz", "nodes=node4 maxcpuspernode=5"),
    partition("sinfo -o '%R %B' -p zz", "maxcpuspernode=5"),
    partition("sinfo -o '%R' -S R", "nodes=node4 hidden=yes"),
    partition("sinfo -a -o '%R' -S R", "nodes=node4 hidden=yes"),
    partition("sinfo -p zz -o '%R %D'", "nodes=node4 hidden=yes"),
    partition("sinfo -o '%R' -S R", "nodes=node4 hidden=yes", user=ADMIN, cannot={"22.05": HIDDEN}),
    partition("sinfo -o '%R' -S R", "nodes=node4 allowgroups=slurmadmin", cannot={"22.05": HIDDEN}),
]

CASES: list[Case] = [*STATES, *PARTITIONS]
