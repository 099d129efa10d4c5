"""`sacctmgr add`, `modify`, `delete`: previews, the question, errors, and what the native command shows afterwards."""

from __future__ import annotations

from tests.live.case import Case

NO_PLACE = {"22.05": "v0.0.38 cannot place an account below another"}
NO_LIMIT = {"22.05": "v0.0.38 takes changes of an account's association and does not always make them"}
NO_GROUP = {"22.05": "v0.0.38 has no GrpSubmitJobs and GrpTRESMins of a QOS"}
NO_USER = {"22.05": "v0.0.38 ignores changes of a user's level and default account"}
NO_COORD = {"22.05": "v0.0.38 cannot change coordinators"}
NO_CLUSTER = {"22.05": "v0.0.38 cannot delete a cluster"}
NO_EMPTY = {"24.11": "an empty list of QOS changes nothing", "26.05": "an empty list of QOS changes nothing"}
NOISE = {
    # printed natively or not, as it happens; also where it is not printed the place is marked
    r"(?<=denied\n)(?:sacctmgr: error: Getting response to message type: DBD_FINI\n)?": "said or not, as it happens"
}
ADMIN = "slurmadmin"
CLEAN = (
    "sacctmgr -i delete user zed",
    "sacctmgr -i delete account zb",
    "sacctmgr -i delete account zz",
)
ZED = (
    *CLEAN,
    "sacctmgr -i add account zz",
    "sacctmgr -i add user zed account=zz grptres=cpu=5,mem=100 maxtres=node=2 maxjobs=3",
)
ASSOC = (
    "sacctmgr -nP show assoc where account=zz format=cluster,account,user,share,priority,grpjobs,grpjobsaccrue,"
    "grpsubmit,grptres,grptresmins,grptresrunmins,grpwall,maxjobs,maxjobsaccrue,maxsubmit,maxtres,maxtrespernode,"
    "maxtresmins,maxwall,qos,defaultqos,parentname"
)
USER = "sacctmgr -nP show user zed withassoc"
QOS = "sacctmgr -nP show qos zq"
QCLEAN = "sacctmgr -i delete qos zq"
ZQ = (
    QCLEAN,
    "sacctmgr -i add qos zq flags=NoDecay maxtrespu=cpu=4 preemptmode=cancel preempt=low grptres=mem=4",
)
LIMITS = (
    "grpjobs=1 grpjobsaccrue=2 grpsubmit=3 maxjobs=4 maxjobsaccrue=5 maxsubmit=6 grpwall=7 maxwall=8 priority=10 "
    "grptres=cpu=11,mem=2G grptresmins=cpu=12 grptresrunmins=cpu=13 maxtres=cpu=14 maxtrespernode=cpu=15 "
    "maxtresmins=cpu=16 fairshare=17 qos=normal,high defaultqos=high"
)
QOS_LIMITS = (
    "grpjobs=1 grpjobsaccrue=2 grpsubmit=3 maxjobspu=4 maxjobspa=5 maxsubmitjobspu=8 maxsubmitjobspa=9 maxwall=10 "
    "grpwall=11 grptres=cpu=13,mem=2G grptresmins=cpu=14 maxtres=cpu=16 maxtrespernode=cpu=17 maxtrespu=cpu=18 "
    "maxtrespa=cpu=19 maxtresmins=cpu=20 mintres=cpu=23 usagef=25 usaget=26 preemptexempt=27 gracetime=28 "
    "priority=29 flags=NoReserve,DenyOnLimit preempt=low,normal preemptmode=requeue desc=Abc"
)
ACTIVE = {"*": "that users have jobs is only told when they are removed, natively before the question"}
DISCARDED = tuple(
    Case(line, user=ADMIN, stdin=b"n\n", cannot=cannot)
    for line, cannot in (
        ("sacctmgr add account zz maxjobs=3 grptres=cpu=1", NO_PLACE),
        ("sacctmgr modify user alice set maxjobs=5", {}),
        ("sacctmgr modify user where account=physics set maxwall=1-0", {}),
        ("sacctmgr modify account physics set grpjobs=3", NO_LIMIT),
        ("sacctmgr modify account physics set maxjobs=3 description=x", NO_LIMIT),
        ("sacctmgr modify account root set maxjobs=3", {}),
        ("sacctmgr modify account where parent=root set grpjobs=3", NO_LIMIT),
        ("sacctmgr modify account physics,science set organization=z", {}),
        ("sacctmgr modify qos normal,low set priority=3", {}),
        ("sacctmgr modify qos where id=1 set priority=3", {}),
        ("sacctmgr modify user where set maxjobs=4", {}),
        ("sacctmgr modify qos set maxjobs=4", {}),
        ("sacctmgr modify cluster set fairshare=1", {}),
        ("sacctmgr delete user alice bob", ACTIVE),
        ("sacctmgr delete qos low", {}),
        ("sacctmgr add user bob account=science defaultaccount=science", {}),
        ("sacctmgr add user bob,alice account=root", {}),
        ("sacctmgr add user alice account=physics,science,root partition=main", {}),
        ("sacctmgr add qos zz,yy", {}),
        ("sacctmgr add cluster zz fairshare=3 maxjobs=2", {}),
        ("sacctmgr add user nosuchzz account=physics", {}),
    )
)
WRONG = tuple(
    Case(f"sacctmgr {line}", user=ADMIN)
    for line in (
        *(
            "add",
            "modify",
            "delete",
            "add foo",
            "modify foo",
            "delete foo",
            "add account",
            "add user",
            "add qos",
        ),
        *("add cluster", "modify user", "modify user set", "modify user alice", "modify user alice set"),
        *("modify user alice set foo=1", "modify user alice set foo", "modify user alice set maxjobs=abc"),
        *(
            "modify user alice set maxwall=abc",
            "modify user alice set grptres=abc",
            "modify user alice set qos=abc",
        ),
        *(
            "modify user alice set defaultqos=abc",
            "modify user alice set fairshare=abc",
            "modify user foo=1 set x=1",
        ),
        *("modify qos nosuch set maxjobs=4", "modify qos normal", "modify qos normal set foo=1"),
        *(
            "modify qos normal set flags=foo",
            "modify qos normal set priority=abc",
            "delete user",
            "delete user where",
        ),
        *(
            "delete user foo=1",
            "delete account",
            "delete qos",
            "delete cluster",
            "delete assoc",
            "delete coordinator",
        ),
        *("add coordinator", "add coordinator alice", "add coordinator accounts=physics", "add wckey x"),
        *("delete user nosuch", "delete account root", "delete cluster nosuch", "delete account nosuch"),
        *("-i add user alice", "-i add user alice account=nosuch", "-i add user alice account=science"),
        *(
            "-i modify user nosuch set maxjobs=5",
            "-i modify account nosuch set maxjobs=1",
            "-r -i add qos zq",
        ),
        *(
            "-i add qos normal",
            "add qos zz preempt=nosuch",
            "add qos zz preemptmode=nosuch",
        ),
        *("-i add coordinator account=nosuch names=bob", "-i add coordinator account=physics names=nosuch"),
    )
)
CHANGES = (
    Case(
        "sacctmgr -i delete qos normal",
        user=ADMIN,
        cannot={"26.05": "native names the first of the running jobs, which the API does not tell by QOS"},
    ),
    Case("sacctmgr -i add account zz", user=ADMIN, before=CLEAN, after=(ASSOC,), cannot=NO_PLACE),
    Case(f"sacctmgr -i add account zz {LIMITS}", user=ADMIN, before=CLEAN, after=(ASSOC,), cannot=NO_PLACE, core=True),
    Case(
        "sacctmgr -i add account zz,zb parent=physics desc='Bio Geo' org=ORG", user=ADMIN, before=CLEAN,
        after=("sacctmgr -nP show account zz,zb", ASSOC), cannot=NO_PLACE,
    ),
    Case("sacctmgr -i add user zed account=zz", user=ADMIN, before=(*CLEAN, ZED[3]), after=(USER, ASSOC), core=True),
    Case(
        "sacctmgr -i add user zed account=zz,physics adminlevel=op defaultaccount=physics", user=ADMIN,
        before=(*CLEAN, ZED[3]), after=("sacctmgr -nP show user zed",),
    ),
    Case(f"sacctmgr -i add user zed account=zz {LIMITS}", user=ADMIN, before=(*CLEAN, ZED[3]), after=(ASSOC,)),
    Case("sacctmgr -i modify user zed set maxjobs=5", user=ADMIN, before=ZED, after=(ASSOC,), core=True),
    Case(f"sacctmgr -i modify user zed set {LIMITS}", user=ADMIN, before=ZED, after=(ASSOC,)),
    Case("sacctmgr -i modify user zed set maxjobs=-1 grptres=cpu=-1", user=ADMIN, before=ZED, after=(ASSOC,)),
    Case("sacctmgr -i modify user zed set grptres=cpu=6,gres/gpu=1", user=ADMIN, before=ZED, after=(ASSOC,)),
    Case("sacctmgr -i modify user where user=zed set fairshare=parent", user=ADMIN, before=ZED, after=(ASSOC,)),
    Case("sacctmgr modify user zed set maxjobs=6", user=ADMIN, before=ZED, after=(ASSOC,), stdin=b"y"),
    Case("sacctmgr modify user zed set maxjobs=6", user=ADMIN, before=ZED, after=(ASSOC,), stdin=b"xn"),
    Case("sacctmgr -i modify user zed set qos+=high", user=ADMIN, before=ZED, after=(ASSOC,)),
    Case("sacctmgr -i modify user zed set qos=", user=ADMIN, before=ZED, after=(ASSOC,), cannot=NO_EMPTY),
    Case("sacctmgr -i modify user zed set adminlevel=Operator", user=ADMIN, before=ZED, after=(USER,), cannot=NO_USER),
    Case("sacctmgr -i modify account zz set desc=C maxjobs=9", user=ADMIN, before=ZED, after=(ASSOC,), cannot=NO_LIMIT),
    Case("sacctmgr -i delete user zed", user=ADMIN, before=ZED, after=(USER, ASSOC), core=True),
    Case(
        "sacctmgr -i delete user zed account=zz", user=ADMIN,
        before=(*ZED, "sacctmgr -i add user zed account=physics", "sacctmgr -i modify user zed set defaultacc=physics"),
        after=(USER,),
    ),
    Case("sacctmgr -i delete account zz", user=ADMIN, before=(*CLEAN, ZED[3]), after=(ASSOC,), core=True),
    Case(f"sacctmgr -i add qos zq {QOS_LIMITS}", user=ADMIN, before=(QCLEAN,), after=(QOS,), cannot=NO_GROUP),
    Case("sacctmgr -i modify qos zq set priority=3", user=ADMIN, before=ZQ, after=(QOS,), core=True),
    Case(f"sacctmgr -i modify qos zq set {QOS_LIMITS}", user=ADMIN, before=ZQ, after=(QOS,), cannot=NO_GROUP),
    Case("sacctmgr -i modify qos zq set flags+=DenyOnLimit preempt+=normal", user=ADMIN, before=ZQ, after=(QOS,)),
    Case("sacctmgr -i modify qos zq set flags-=NoDecay maxtrespu=cpu=-1", user=ADMIN, before=ZQ, after=(QOS,)),
    Case("sacctmgr -i modify qos zq set preempt=", user=ADMIN, before=ZQ, after=(QOS,), cannot=NO_EMPTY),
    Case("sacctmgr -i delete qos zq", user=ADMIN, before=ZQ, after=(QOS,), core=True),
    Case(
        "sacctmgr -i add cluster zc", user=ADMIN, before=("sacctmgr -i delete cluster zc",),
        after=("sacctmgr -nP show assoc cluster=zc", "sacctmgr -i delete cluster zc"),
    ),
    Case(
        "sacctmgr -i delete cluster zc", user=ADMIN, before=("sacctmgr -i add cluster zc",),
        after=("sacctmgr -nP show cluster format=cluster", "sacctmgr -i delete cluster zc"), cannot=NO_CLUSTER,
    ),
    Case(
        "sacctmgr -i add coordinator account=zz names=zed", user=ADMIN, before=ZED,
        after=("sacctmgr -nP show account zz withcoord",), cannot=NO_COORD,
    ),
    Case(
        "sacctmgr -i delete coordinator account=zz names=zed", user=ADMIN,
        before=(*ZED, "sacctmgr -i add coordinator account=zz names=zed"),
        after=("sacctmgr -nP show account zz withcoord",), cannot=NO_COORD,
    ),
)  # fmt: skip
DENIED = tuple(
    Case(f"sacctmgr -i {line}", differs=NOISE, cannot=cannot)
    for line, cannot in (
        ("add account chem", NO_PLACE),
        ("add user foo account=science", {}),
        ("modify user bob set adminlevel=admin", NO_USER),
        ("modify account physics set description=x", {}),
        ("modify user bob set maxjobs=3", {}),
        ("delete user bob", {}),
        ("delete account physics", {}),
        ("delete qos low", {}),
        ("modify qos low set priority=4", {}),
        ("add qos foo", {}),
        ("add cluster foo", {}),
        ("add coordinator account=physics names=bob", NO_COORD),
    )
)
PROMPT = tuple(
    Case(line, stdin=text)
    for line, text in (
        ("sacctmgr", b"show tres format=type\nversion\nfoo\nquit\n"),
        ("sacctmgr -n", b"add account\n\nshow user format=user\n!!\nexit\n"),
        ("sacctmgr -nP", b"show qos format=name\n"),
        ("sacctmgr", b""),
    )
)
BELOW = (
    *ZED,
    "sacctmgr -i add account zb parent=zz",
    "sacctmgr -i add user zed account=zb",
)
MISREAD = (
    Case(
        "sacctmgr -i modify user zed set grptres=cpu=2.5,mem=5X", user=ADMIN, before=ZED, after=(ASSOC,),
    ),
    Case("sacctmgr -i modify user zed set rawusage=0", user=ADMIN),
    Case("sacctmgr -i modify user zed set adminlevel=foo", user=ADMIN, before=ZED, after=(USER,), cannot=NO_USER),
    Case(
        "sacctmgr -i delete user zed account=zz", user=ADMIN, before=BELOW, after=(ASSOC,),
        releases=("24.11", "26.05"),
    ),
    Case("sacctmgr -i modify qos zq set gracetime=5:00", user=ADMIN, before=ZQ, after=(QOS,)),
    Case("sacctmgr -i modify qos zq set maxwall=abc priority=2", user=ADMIN, before=ZQ, after=(QOS,)),
    Case("sacctmgr -i modify qos zq set usagefactor=1x", user=ADMIN, before=ZQ, after=(QOS,)),
    Case("sacctmgr -i modify qos zq set usagefactor=abc", user=ADMIN, before=ZQ, after=(QOS,)),
    Case("sacctmgr -i add user zee account=physics foo=1", user=ADMIN),
    Case("sacctmgr -i add cluster zc foo=1", user=ADMIN),
    Case("sacctmgr -i add coordinator account=physics names=bob foo=1", user=ADMIN),
    Case("sacctmgr -i add coordinator account=physics,nosuch names=bob", user=ADMIN),
    Case("sacctmgr -i add coordinator account=physics names=bob,nosuch", user=ADMIN),
)  # fmt: skip
CASES = [*DISCARDED, *WRONG, *CHANGES, *MISREAD, *DENIED, *PROMPT]
