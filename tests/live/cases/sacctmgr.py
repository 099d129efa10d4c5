"""`sacctmgr show`: users, accounts, associations, QOS, resources, clusters; and wrong input."""

from __future__ import annotations

from tests.live.case import Case

NOT_TOLD = {"22.05": "v0.0.38 does not tell it"}

CASES = [
    *(
        Case(f"sacctmgr {line}", core=True)
        for line in (
            "show user",
            "show account -n -P",
            "show assoc",
            "show qos",
            "show tres -P",
            "-nP show assoc user=alice format=account,qos",
        )
    ),
    *(
        Case(f"sacctmgr {line}")
        for line in (
            *(
                "show user alice",
                "show user alice,bob -p",
                "show user name=bob",
                "show user where name=alice,nosuch",
            ),
            *(
                "show user nosuch",
                "list user",
                "list users",
                "show u",
                "show us",
                "show user format=user,admin",
            ),
            *(
                "show user format=user%5,defaultaccount%4",
                "show user format=user%-15",
                "show user format=user format=ad",
            ),
            *(
                "show user format=",
                "show user format=nosuch",
                "show user nosuch=1",
                "-P show user",
                "-p show user",
            ),
            *(
                "show user coordinators=x",
                "show account",
                "show account physics",
                "show account where name=science -p",
            ),
            *(
                "show acc",
                "show account format=account,org,descr%30",
                "show account nosuch",
                "show account nosuch=1",
            ),
            *("show a", "show foo", "show", "list", "foo", "sh user", "--nope", "-Z", "-V", "version"),
            *(
                "show assoc -P",
                "show assoc tree format=account,user,share",
                "show assoc where account=physics",
            ),
            *(
                "show assoc account=physics,science user=alice",
                "show assoc nosuch",
                "show assoc nosuch=1",
                "show assoc tree",
            ),
            *(
                "show assoc format=cluster,account%-12,user",
                "show assoc format=grpjobs,grptres,grpwall,maxjobs,maxtres",
            ),
            *(
                "show assoc format=partition,priority,maxwall,maxsubmit,defaultqos",
                "show assoc user=nosuch -n",
            ),
            *("show qos -P", "show qos -p", "show qos normal", "show qos name=limited -P", "show qos nosuch"),
            *(
                "show qos format=name,maxwall,maxtrespu,maxjobspu,flags",
                "show qos format=name,id,description",
            ),
            *(
                "show qos format=name,grpjobs,grptres,grpwall,maxtres,mintres,usagefactor",
                "show qos limited format=na",
            ),
            *("show tres", "show tres type=gres", "show tres format=type,id", "show tres cpu"),
            *(
                "show cluster format=cluster,controlhost,controlport,rpc",
                "show cluster format=cluster,nodecount",
            ),
            *("show cluster format=clusternodes,classification -P", "-n list qos format=name%20,priority%4"),
        )
    ),
    *(
        Case(line, releases=("24.11", "26.05"))
        for line in ("sacctmgr show assoc format=lineage%40,comment,user",)
    ),
    Case(
        "sacctmgr show assoc format=id,account",
        cannot=NOT_TOLD,
    ),
]
