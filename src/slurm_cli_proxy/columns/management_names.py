"""What `format=` of sacctmgr can name, the same words for every kind of record, whether it has such a thing or not.

How many letters a name needs was found by giving each release ever fewer of them.
"""

from __future__ import annotations

from typing import Final

import msgspec

from slurm_cli_proxy.columns.table import Kind, Release


class Named(msgspec.Struct, frozen=True):
    """A thing to print: its names, each with how many letters of it are enough, its heading and width.

    The first name is what the records' tables call it.
    """

    names: str
    header: str
    width: int
    kind: Kind = "text"
    since: Release = (0, 0)
    until: Release = (99, 0)


_NEW: Final = (22, 11)
_NUMBER: Final[Kind] = "number"

NAMED: Final = (
    Named("Account:3 Acct:4", "Account", 10),
    Named("Action:4", "Action", 20),
    Named("ActionRaw:7", "ActionRaw", 10, _NUMBER),
    Named("Actor:4", "Actor", 10),
    Named("AdminLevel:2", "Admin", 9),
    Named("Allocated:7", "% Allocated", 11, _NUMBER, until=_NEW),
    Named("Allocated:7", "Allocated", 9, _NUMBER, since=_NEW),
    Named("Allowed:2", "% Allowed", 10, _NUMBER, until=_NEW),
    Named("Allowed:2", "Allowed", 8, _NUMBER, since=_NEW),
    Named("Associations:2", "Assocs", 10),
    Named("Classification:3", "Class", 9),
    Named("Cluster:2", "Cluster", 10),
    Named("ClusterNodes:8", "Cluster Nodes", 20),
    Named("Comment:3", "Comment", 20, since=_NEW),
    Named("ControlHost:8", "ControlHost", 15),
    Named("ControlPort:8", "ControlPort", 12, _NUMBER),
    Named("Coordinators:2", "Coord Accounts", 20, until=_NEW),
    Named("Coordinators:3", "Coord Accounts", 20, since=_NEW),
    Named("Count:3", "Count", 6, _NUMBER),
    Named("CountAllowed:6", "# Allowed", 10, _NUMBER),
    Named("CountUsed:6", "# Used", 10, _NUMBER),
    Named("CPUCount:2", "CPU Cnt", 7),
    Named("DefaultAccount:8", "Def Acct", 10),
    Named("DefaultQOS:8", "Def QOS", 9),
    Named("DefaultWCKey:8", "Def WCKey", 10),
    Named("Description:3", "Descr", 20),
    Named("Duration:2", "Duration", 13),
    Named("Event:2", "Event", 7),
    Named("EventRaw:6", "EventRaw", 8, _NUMBER),
    Named("Extra:2", "Extra", 20, since=_NEW),
    Named("Fairshare:2", "Share", 9),
    Named("Features:3", "Features", 20),
    Named("Federation:3", "Federation", 10),
    Named("FedState:4", "FedState", 12),
    Named("FedStateRaw:9", "FedStateRaw", 11, _NUMBER),
    Named("Flags:2", "Flags", 20),
    Named("GraceTime:3", "GraceTime", 10, _NUMBER),
    Named("GrpCPUMins:7", "GrpCPUMins", 11, _NUMBER),
    Named("GrpCPURunMins:7", "GrpCPURunMins", 13, _NUMBER),
    Named("GrpCPUs:6", "GrpCPUs", 8, _NUMBER),
    Named("GrpJobs:4", "GrpJobs", 7, _NUMBER),
    Named("GrpJobsAccrue:8", "GrpJobsAccrue", 13, _NUMBER),
    Named("GrpMemory:4", "GrpMem", 7, _NUMBER),
    Named("GrpNodes:4", "GrpNodes", 8, _NUMBER),
    Named("GrpSubmitJobs:4", "GrpSubmit", 9, _NUMBER),
    Named("GrpTRES:7", "GrpTRES", 13),
    Named("GrpTRESMins:8", "GrpTRESMins", 13),
    Named("GrpTRESRunMins:8", "GrpTRESRunMins", 13),
    Named("GrpWall:4", "GrpWall", 11, _NUMBER),
    Named("ID:2", "ID", 6, _NUMBER),
    Named("Info:2", "Info", 20, until=_NEW),
    Named("Info:3", "Info", 20, since=_NEW),
    Named("InstanceId:9", "InstanceId", 20, since=_NEW),
    Named("InstanceType:9", "InstanceType", 20, since=_NEW),
    Named("LastConsumed:8", "LastConsumed", 12, _NUMBER, since=_NEW),
    Named("LFT:1", "LFT", 6, _NUMBER, until=_NEW),
    Named("LimitFactor:6", "LimitFactor", 11, "double"),
    Named("Lineage:1", "Lineage", -20, since=_NEW),
    Named("MaxCPUMinsPerJob:7", "MaxCPUMins", 11, _NUMBER),
    Named("MaxCPURunMins:7", "MaxCPURunMinsPU", 15, _NUMBER),
    Named("MaxCPUsPerJob:7", "MaxCPUs", 8, _NUMBER),
    Named("MaxCPUsPerUser:11", "MaxCPUsPU", 9, _NUMBER),
    Named("MaxJobs:4", "MaxJobs", 7, _NUMBER),
    Named("MaxJobsAccrue:8", "MaxJobsAccrue", 13, _NUMBER),
    Named("MaxJobsAccruePA:15 MaxJobsAccruePerAccount:17", "MaxJobsAccruePA", 15, _NUMBER),
    Named("MaxJobsAccruePU:15 MaxJobsAccruePerUser:17", "MaxJobsAccruePU", 15, _NUMBER),
    Named("MaxJobsPA:9 MaxJobsPerAccount:11", "MaxJobsPA", 9, _NUMBER),
    Named("MaxJobsPU:9 MaxJobsPerUser:11", "MaxJobsPU", 9, _NUMBER),
    Named("MaxNodesPerJob:4", "MaxNodes", 8, _NUMBER),
    Named("MaxNodesPerUser:12", "MaxNodesPU", 10, _NUMBER),
    Named("MaxSubmitJobs:4", "MaxSubmit", 9, _NUMBER),
    Named("MaxSubmitPA:11 MaxSubmitJobsPA:15 MaxSubmitJobsPerAccount:17", "MaxSubmitPA", 11, _NUMBER),
    Named("MaxSubmitPU:10 MaxSubmitJobsPU:14 MaxSubmitJobsPerUser:14", "MaxSubmitPU", 11, _NUMBER),
    Named("MaxTRES:7 MaxTRESPerJob:11", "MaxTRES", 13),
    Named("MaxTRESPJ:9", "MaxTRES", 13, since=_NEW),
    Named("MaxTRESMins:8 MaxTRESMinsPerJob:8", "MaxTRESMins", 13),
    Named("MaxTRESMinsPJ:8", "MaxTRESMins", 13, since=_NEW),
    Named("MaxTRESPA:9 MaxTRESPerAccount:11", "MaxTRESPA", 13),
    Named("MaxTRESPerNode:11", "MaxTRESPerNode", 14),
    Named("MaxTRESPN:9", "MaxTRESPerNode", 14, since=_NEW),
    Named("MaxTRESPU:9 MaxTRESPerUser:11", "MaxTRESPU", 13),
    Named("MaxTRESRunMinsPU:8 MaxTRESRunMinsPerUser:8", "MaxTRESRunMinsPU", 15, until=_NEW),
    Named("MaxTRESRunMinsPA:16 MaxTRESRunMinsPerAccount:18", "MaxTRESRunMinsPA", 15, until=_NEW),
    Named("MaxTRESRunMins:8", "MaxTRESRunMinsPU", 16, since=_NEW),
    Named("MaxTRESRunMinsPA:15 MaxTRESRunMinsPerAccount:18", "MaxTRESRunMinsPA", 16, since=_NEW),
    Named("MaxTRESRunMinsPU:16 MaxTRESRunMinsPerUser:16", "MaxTRESRunMinsPU", 16, since=_NEW),
    Named("MaxWallDurationPerJob:4", "MaxWall", 11, _NUMBER),
    Named("MinCPUsPerJob:7", "MinCPUs", 8, _NUMBER),
    Named("MinPrioThreshold:4", "MinPrioThres", 12, _NUMBER),
    Named("MinTRESPerJob:7", "MinTRES", 13),
    Named("Name:2", "Name", 10),
    Named("NodeCount:5", "NodeCount", 9, _NUMBER),
    Named("NodeInx:5", "NodeInx", 9),
    Named("NodeNames:5", "NodeName", -15),
    Named("Organization:1", "Org", 20),
    Named("ParentID:7", "ParentID", 8, _NUMBER),
    Named("ParentName:7", "ParentName", 10),
    Named("Partition:4", "Partition", 10),
    Named("PluginIDSelect:2", "PluginIDSelect", 14, _NUMBER, until=_NEW),
    Named("Preempt:7", "Preempt", 10),
    Named("PreemptExemptTime:8", "PreemptExemptTime", 19, _NUMBER),
    Named("PreemptMode:8", "PreemptMode", 11),
    Named("Priority:3", "Priority", 10, _NUMBER),
    Named("Problem:1", "Problem", 40),
    Named("QOSLevel:3", "QOS", 20),
    Named("QOSRAW:4", "QOS_RAW", 10),
    Named("Reason:1", "Reason", 30),
    Named("RGT:2", "RGT", 6, _NUMBER, until=(25, 5)),
    Named("RPC:2", "RPC", 5, _NUMBER),
    Named("Server:3", "Server", 10),
    Named("ServerType:10", "ServerType", 10),
    Named("Share:1", "Share", 9),
    Named("State:2", "State", 6),
    Named("StateRaw:6", "StateRaw", 8, _NUMBER),
    Named("Time:2", "Time", 19, "date"),
    Named("TimeEligible:6 Eligible:2", "TimeEligible", 19, "date"),
    Named("TimeEnd:6 End:2", "TimeEnd", 19, "date"),
    Named("TimeStart:8 Start:4", "TimeStart", 19, "date"),
    Named("TimeSubmit:6 Submit:2", "TimeSubmit", 19, "date"),
    Named("TRES:2", "TRES", 20),
    Named("Type:2", "Type", 8),
    Named("UnusedWall:2", "UnusedWall", 10, "double"),
    Named("UsageFactor:6", "UsageFactor", 11, "double"),
    Named("UsageThreshold:6", "UsageThres", 10, "double"),
    Named("User:1", "User", 10),
    Named("WCKeys:2", "WCKeys", 20),
    Named("Where:2", "Where", 20),
)  # fmt: skip
