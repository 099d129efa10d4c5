"""What `format=` of `sacctmgr show` can name: the same words for all kinds of records, own or not."""

from __future__ import annotations

from tests.live.case import Case

TREE = {"22.05": "v0.0.38 does not tell the places of associations in the tree"}

_FOREIGN = "User,Problem,Where,Server,NodeInx,Reason%5,Info,Actor,Organization"
_QOS = (
    "Name%3,MinCPUs,MaxCPUs,MaxCPUsPerUser,MaxNodes,MaxNodesPerUser,GrpCPUs,GrpCPUMins,GrpMem,GrpNodes,MaxCPUM",
    "Name,GrpCPURun,MaxCPURun,MaxTRESMinsPerJob,MaxTRESPerAccount,MaxTRESPerUser,MaxTRESRunMins,MaxJobs,MaxSub",
    "Name,MaxTRESRunMinsPerUser,MaxTRESRunMinsPerAccount,MaxJobsPerUser,MaxJobsPerAccount,MinTRESPerJob,MaxWallD",
    "Name,MaxSubmitJobsPA,MaxSubmitJobsPerUser,MaxJobsAccruePerAccount,MaxJobsAccruePU,MinPrioThresh,Preempt%2",
    "Name%3,Priority%2,MaxTRESPU%3,MaxWall%3,UsageFactor%3,UsageThres%3,ID%1,GraceTime%3,MaxJobsPU%0",
)

CASES = [
    *(Case(f"sacctmgr show qos format={names}") for names in _QOS),
    *(
        Case(f"sacctmgr show {line}")
        for line in (
            f"user format={_FOREIGN}",
            f"account format={_FOREIGN}",
            f"assoc format={_FOREIGN}",
            f"qos format={_FOREIGN}",
            f"cluster format={_FOREIGN}",
            f"tres format=ID,Name,{_FOREIGN}",
            "assoc format=Account,User,QOSRAW,Coord,GrpCPURun,MaxCPURun,WCKey,MinPrio,MaxTRESRun,GrpSubmitJobs",
            "user format=User%-20,Account%5,QOSRAW withassoc",
            "user format=User,DefaultQOS,Flags,WCKeys",
            "account format=Acct,Flags,Coord,Org%-8,Desc%3",
            "cluster withfed",
            "cluster withfed wolimits",
            "cluster format=Cluster,Features,Federation,FedState,FedStateRaw,ID,ParentID,NodeNames,CPUCount",
            "cluster format=TRES%90,Cluster%3,RPC%2,ControlPort%1",
            "assoc tree format=Account%20,User",
            "assoc tree format=User,Account%-20,ParentName",
            "assoc withrawq -P",
            "qos preemptmode=requeue",
            "qos preemptmode=cluster,gang format=Name",
            "qos preemptmode=foo",
        )
    ),
    Case("sacctmgr -P show user format=User,Problem,Where withassoc", core=True),
    Case("sacctmgr show assoc format=LFT,Account", cannot=TREE),
    Case("sacctmgr show assoc format=Account,RGT", cannot=TREE),
    Case("sacctmgr show assoc format=Comment,Extra,Lineage", releases=("24.11", "26.05")),
    Case(
        "sacctmgr show qos format=MaxTRESPJ,MaxTRESMinsPJ,MaxTRESPN,MaxTRESRunM", releases=("24.11", "26.05")
    ),
]
