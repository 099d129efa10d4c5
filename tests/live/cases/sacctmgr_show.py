"""`sacctmgr show` with more than the records themselves: associations, coordinators, their words and conditions."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.sacctmgr_change import NOISE

IDS = {"22.05": "v0.0.38 does not tell associations' ids"}
OLD = {"22.05": "v0.0.38 tells neither what was deleted nor limits without those of the accounts above"}

_DENIED = ("show wckey", "show wckey name=nosuch format=id,wckey", "show wckey foo=1", "show wckey format=zz")

CASES = (
    [
        Case(f"sacctmgr {line}", core=core)
        for core, lines in (
            (
                True,
                ("show user withassoc", "show account withassoc -P", "show cluster", "show assoc wolimits"),
            ),
            (
                False,
                (
                    *(
                        "show user alice withassoc -P",
                        "-P show user witha format=user,account,cluster,qos,share",
                    ),
                    *(
                        "show account withassoc",
                        "-nP show account withassoc format=account,user,share",
                        "-s show user",
                    ),
                    *(
                        "show account withcoord",
                        "show user withcoord",
                        "show user bob withcoord withassoc -P",
                    ),
                    *(
                        "show account withcoord withassoc -P",
                        "-s show user alice account=physics -P",
                        "-s -P show account",
                    ),
                    *(
                        "-P show user alice cluster=nosuch withassoc format=user,account",
                        "-s show qos",
                        "-s show tres",
                    ),
                    *(
                        "-P show account user=alice withassoc format=account,user",
                        "-P show user format=user,account",
                    ),
                    *(
                        "-P show user withassoc format=user,defaultqos,defaultaccount",
                        "-P show user format=user,qos",
                    ),
                    *(
                        "show assoc wopl",
                        "show assoc wolimits tree",
                        "show assoc onlydefaults",
                        "show assoc onlyd -P",
                    ),
                    *(
                        "show assoc tree account=science withsubaccounts",
                        "show assoc -P account=root withsub",
                    ),
                    *("show assoc parent=root", "show assoc parent=science,root -P", "show assoc qos=high"),
                    *(
                        "show assoc qos=high,limited account=science",
                        "show assoc defaultqos=normal",
                        "show assoc user=bob",
                    ),
                    *(
                        "-P show assoc format=account,user,grpcpus,grpnodes,grpmem,grpcpumins",
                        "show cluster -P",
                    ),
                    *(
                        "-P show assoc format=account,user,maxcpus,maxnodes,maxcpumins",
                        "show assoc withassoc",
                    ),
                    *("show cluster format=cluster,qos,share", "show cluster name=nosuch", "show qos foo=1"),
                ),
            ),
        )
        for line in lines
    ]
    + [
        Case(f"sacctmgr {line}", cannot=OLD)
        for line in (
            *(
                "show account withdeleted",
                "show user withdeleted",
                "show qos withd",
                "show assoc withdeleted -P",
            ),
            *(
                "show user withdeleted withassoc",
                "show assoc wopi",
                "show assoc wopinfo -P format=account,user,qos",
            ),
            *("show assoc wopl -P format=account,user,maxjobs,qos", "show account withdeleted withassoc -P"),
        )
    ]
    + [
        Case(f"sacctmgr {line}", cannot=IDS)
        for line in (
            *("show assoc id=1", "show assoc id=1,5 format=id,account,user,parentid", "show assoc 5"),
            *(
                "show assoc format=account,user,parentname,parenti",
                "show user withassoc id=5 format=user,account",
            ),
            *("show account withassoc format=id,account,user", "show user withassoc format=id,account,user"),
        )
    ]
    + [
        Case(f"sacctmgr {line}")
        for line in (
            *("show user adminlevel=admin", "show user adminl=adm", "show user adminlevel=foo"),
            *(
                "show user defaultwckey=x",
                "show user name=",
                "show user format=user%",
                "show user format=user%x",
            ),
            *("show user format=user%0", "show user format=user,,def", "show user format=user%5,user%12"),
            *("show user format=user,name,user", "show user n=alice", "show user u=alice f=user"),
            *("show user format=FOO", "show account a=physics", "show account format=name,account"),
            *("show account withassoc qos=zzz", "show assoc qos=zzz", "show assoc id=x", "show assoc user="),
            *("show assoc format=parent", "show qos id=x", "show qos high,limited format=name,prio"),
            *(
                "show qos format=limit",
                "show qos format=name,limitf",
            ),
            *("show cluster wolimits", "show cluster classification=capacity", "show cluster rpcversion=1"),
            *("show cluster format=cluster,flags%30,name", "show cluster flags", "show runaway", "show ru"),
            *("show problem", "show p", "show res", "show s foo", "-i show account user=bob"),
            *("-i show user account=physics", "-i show user ac=physics cluster=nosuch"),
        )
    ]
    + [
        Case(f"sacctmgr {line}", stdin=stdin)
        for line in ("show user account=physics", "show account parent=root")
        for stdin in (b"n\n", b"y\n", b"\n")
    ]
    + [
        Case("sacctmgr show tres withdeleted", releases=("24.11", "26.05")),
        *(
            Case(f"sacctmgr {line}", cannot={"*": f"the API does not tell {what}"})
            for line, what in (
                ("show configuration", "slurmdbd's configuration"),
                ("show event", "events"),
                ("show transactions", "transactions"),
                ("show federation", "federations"),
                ("show resource", "resources"),
                ("show reservation", "past reservations"),
            )
        ),
        *(
            Case(f"sacctmgr {line}", user=user, differs=NOISE)
            for line in _DENIED
            for user in ("alice", "slurmadmin")
        ),
        Case(
            "sacctmgr ping",
            core=True,
            cannot=dict.fromkeys(("v0.0.40", "v0.0.41"), "has no ping of slurmdbd"),
        ),
    ]
)
