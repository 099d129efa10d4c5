"""The clusters' configuration files.

One text for all releases; the few lines that differ are marked by the release that needs them.
"""

from __future__ import annotations

import os

from devcluster.releases import NODES, Release

HOSTNAME = "head"
SPOOL = "/var/lib/slurm"
JWT_KEY = f"{SPOOL}/jwt_hs256.key"
GPU_FOLDER = f"{SPOOL}/gpu"
GPU_TYPE = "a100"
#: node -> the devices that stand in for its GPUs
GPUS = {"node3": ("nvidia0", "nvidia1"), "node4": ("nvidia0", "nvidia1")}

#: What tells the nodes apart.  (Slurm lets ``Features=`` replace a node's features only where it has none, so
#: one has none.)
NODE_LINES = {
    "node1": "RealMemory=64000 Weight=10 Feature=small,fast",
    "node2": "RealMemory=64000 Weight=20",
    "node3": f"RealMemory=64000 Weight=50 Feature=big,gpu Gres=gpu:{GPU_TYPE}:2",
    "node4": f"RealMemory=128000 Weight=60 Feature=big,fast,gpu Gres=gpu:{GPU_TYPE}:2",
}

SLURM_CONF = """\
# Written by devcluster; changes are lost.
ClusterName={cluster}
SlurmctldHost={hostname}(127.0.0.1)
SlurmUser=slurm
SlurmdUser=root
SlurmctldPort={slurmctld_port}
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny

AuthType=auth/munge
CredType=cred/munge
AuthAltTypes=auth/jwt
AuthAltParameters=jwt_key={jwt_key}

StateSaveLocation={spool}/slurmctld
SlurmdSpoolDir={spool}/%n
SlurmctldPidFile={spool}/slurmctld/slurmctld.pid
SlurmdPidFile={spool}/%n/slurmd.pid
SlurmctldDebug=info
SlurmdDebug=info
MailProg=/bin/true

ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
KillWait=5
JobSubmitPlugins=lua
MinJobAge=450
MaxJobCount=30000

SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=50000,bf_interval=1
DefMemPerCPU=500
PreemptType=preempt/qos
PreemptMode=REQUEUE

# Weights that do not depend on age or use: two equal submissions get the same priority.
PriorityType=priority/multifactor
PriorityWeightPartition=10000
PriorityWeightQOS=10000

AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort={slurmdbd_port}
AccountingStorageEnforce=associations,limits,qos
AccountingStorageTRES=gres/gpu,gres/gpu:{gpu_type},license/matlab,license/ansys
AccountingStoreFlags=job_comment,job_env,job_script
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=5
JobCompType=jobcomp/none

# Room for nodes that tests make and delete again (scontrol create nodename=... State=CLOUD).
MaxNodeCount=6000
RebootProgram=/bin/true
{power}
Licenses=matlab:10,ansys:4
GresTypes=gpu

SlurmdParameters=config_overrides
NodeName=DEFAULT Sockets=2 CoresPerSocket=8 ThreadsPerCore=2 TmpDisk=100000 State=UNKNOWN
{nodes}

PartitionName=DEFAULT State=UP
PartitionName=main Nodes=node[1-4] Default=YES MaxTime=7-00:00:00 DefaultTime=1:00:00 PriorityJobFactor=10
PartitionName=short Nodes=node[1-2] MaxTime=30 DefaultTime=5 MaxNodes=1 PriorityJobFactor=20
PartitionName=shared Nodes=node[3-4] OverSubscribe=YES:4 MaxTime=INFINITE PriorityJobFactor=5
PartitionName=closed Nodes=node4 State=DOWN MaxTime=1-00:00:00
"""

#: Power saving that never begins by itself, and never with the nodes that are always there.
POWER = """\
SuspendProgram=/bin/true
ResumeProgram=/bin/true
SuspendTime=31536000
SuspendTimeout=600
ResumeTimeout=600
SuspendExcNodes={nodes}
"""
#: 24.11 saves none: its API does not tell so, which every report of a partition depends on.
SAVING_POWER = ("22.05", "26.05")
#: Nodes in the cloud that are powered down are shown; 26.05 does so anyway.
SHOWN = "PrivateData=cloud\n"

SLURMDBD_CONF = """\
# Written by devcluster; changes are lost.
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort={slurmdbd_port}
CommunicationParameters=NoInAddrAny
SlurmUser=slurm
PidFile={spool}/slurmdbd.pid
DebugLevel=info
AuthType=auth/munge
AuthAltTypes=auth/jwt
AuthAltParameters=jwt_key={jwt_key}
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=slurm
StorageLoc={cluster}
"""


def _beside(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8") as file:
        return file.read()


def power(release: Release) -> str:
    """The lines about nodes that are powered down."""
    saving = POWER.format(nodes=",".join(NODES)) if release.name in SAVING_POWER else ""
    return saving + ("" if release.name == "26.05" else SHOWN)


def files(release: Release) -> dict[str, str]:
    """Name in /etc/slurm -> text."""
    names = {
        "cluster": release.cluster,
        "hostname": HOSTNAME,
        "spool": SPOOL,
        "jwt_key": JWT_KEY,
        "gpu_type": GPU_TYPE,
        "slurmctld_port": release.slurmctld_port,
        "slurmdbd_port": release.slurmdbd_port,
        "power": power(release),
        "nodes": "\n".join(
            f"NodeName={node} NodeHostname={HOSTNAME} NodeAddr=127.0.0.1 Port={release.slurmd_port(node)} "
            + NODE_LINES[node]
            for node in NODES
        ),
    }
    gres = [
        f"NodeName={node} Name=gpu Type={GPU_TYPE} File={GPU_FOLDER}/{node}/{device}"
        for node, devices in GPUS.items()
        for device in devices
    ]
    written = {
        "slurm.conf": SLURM_CONF.format(**names),
        "slurmdbd.conf": SLURMDBD_CONF.format(**names),
        "job_submit.lua": _beside("job_submit.lua"),
        "gres.conf": "\n".join(("# Written by devcluster; changes are lost.", *gres, "")),
    }
    # Nothing here uses cgroups.  22.05 cannot be told so, but its v1 plugin does not mind that there are none.
    plugin = "cgroup/v1" if release.name == "22.05" else "disabled"
    written["cgroup.conf"] = f"CgroupPlugin={plugin}\n"
    return written


#: sacctmgr commands for a fresh database, in order.  {cluster} is the cluster's name.
ACCOUNTS = (
    "add cluster {cluster}",
    "add qos low",
    "add qos high Priority=100 Preempt=low",
    "add qos limited MaxJobsPerUser=1 MaxWall=00:10:00 MaxTRESPerUser=cpu=4 Flags=DenyOnLimit",
    "modify qos normal set Priority=10 Preempt=low",
    "add account science Description=science Organization=science",
    "add account physics Description=physics Organization=science",
    "add user alice Account=science,physics DefaultAccount=science",
    "add user bob Account=physics DefaultAccount=physics",
    "add user slurmadmin Account=science DefaultAccount=science AdminLevel=Administrator",
    "modify user where name=alice,slurmadmin set QOS=normal,high,low,limited DefaultQOS=normal",
    "modify user where name=bob set QOS=normal,limited DefaultQOS=normal",
)
