"""What `scontrol show config` prints of the configuration, as v0.0.45 tells it: names in the native sequence.

Each stands with the way its value is written.  What the API does not tell (when the controller was started, the next
job's number, where slurm.conf lies, whether nodes share a host, whether they have the same slurm.conf) prints as
nothing set.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from slurm_cli_proxy.notation import duration

Conf = Mapping[str, Any]
Render = Callable[[Conf, str], str]

NULL: Final = "(null)"

FIELDS: Final = {
    "PriorityWeightFairShare": "PriorityWeightFairshare",
    "SlurmctldHttpAuthParameters": "SlurmctldHttpAuthParams",
    "SlurmdHttpAuthParameters": "SlurmdHttpAuthParams",
}
"""Names that the API writes in another way."""


def value(conf: Conf, name: str) -> Any:
    return conf.get(FIELDS.get(name, name))


def text(conf: Conf, name: str) -> str:
    told = value(conf, name)
    return NULL if told is None or told == "" else str(told)


def listed(conf: Conf, name: str) -> str:
    told = value(conf, name)
    if isinstance(told, str):
        return told or NULL
    return ",".join(str(one) for one in told or ()) or NULL


def in_order(conf: Conf, name: str) -> str:
    """A list that is printed in the order of the alphabet."""
    return ",".join(sorted(value(conf, name) or ())) or NULL


def unit(word: str) -> Render:
    return lambda conf, name: f"{value(conf, name) or 0} {word}"


def bit(conf: Conf, name: str) -> str:
    return str(int(bool(value(conf, name))))


def yes(conf: Conf, name: str) -> str:
    return "yes" if value(conf, name) else "no"


def flag(conf: Conf, name: str) -> str:
    return "yes" if name in (conf.get("ConfFlags") or ()) else "no"


def untold(conf: Conf, name: str) -> str:
    return NULL


def number(conf: Conf, name: str, word: str = "") -> str:
    told = value(conf, name) or {}
    if told.get("infinite"):
        return "INFINITE"
    return f"{told.get('number', 0)} {word}".rstrip() if told.get("set") else NULL


def clock(conf: Conf, name: str) -> str:
    told = value(conf, name) or {}
    return duration.format_seconds(told.get("number", 0)) if told.get("set") else "NONE"


def memory(conf: Conf, name: str) -> str:
    """0 is no limit."""
    told = value(conf, name) or {}
    return str(told["number"]) if told.get("set") and told.get("number") else "UNLIMITED"


def max_memory(conf: Conf, name: str) -> str:
    """Of a node; the API tells that of a CPU, set or not."""
    return memory(conf, "MaxMemPerNode" if "MaxMemPerNode" in conf else "MaxMemPerCPU")


def prolog_timeout(conf: Conf, name: str) -> str:
    told = value(conf, "PrologTimeout") or {}
    return str(told["number"]) if told.get("set") else "65534"


def ports(conf: Conf, name: str) -> str:
    told = value(conf, name) or {}
    return f"{told.get('minimum', 0)}-{told.get('maximum', 0)}"


def user(conf: Conf, name: str) -> str:
    return f"{value(conf, name)}({value(conf, name + 'Id')})"


def private(conf: Conf, name: str) -> str:
    return ",".join(value(conf, name) or ()) or "none"


def task_param(conf: Conf, name: str) -> str:
    return ",".join(value(conf, name) or ()) or "(null type)"


def governors(conf: Conf, name: str) -> str:
    return ",".join(value(conf, name) or ()) or "OnDemand,Performance,UserSpace"


def priority_flags(conf: Conf, name: str) -> str:
    """FAIR_TREE goes without saying."""
    return ",".join(one for one in value(conf, name) or () if one != "FAIR_TREE")


def word(**numbers: str) -> Render:
    """A word by which the API calls a number."""
    return lambda conf, name: numbers.get(str(value(conf, name)), str(value(conf, name)))


def rows(conf: Conf, release_text: str) -> list[tuple[str, str]]:
    """The names and values in the native sequence."""
    found: list[tuple[str, str]] = []
    for name, render in NAMES:
        if name == "SlurmctldHost":
            for place, host in enumerate(conf.get("controllers") or ()):
                found.append((f"SlurmctldHost[{place}]", f"{host['machine']}({host['address']})"))
        elif name == "SLURM_VERSION":
            found.append((name, release_text))
        else:
            found.append((name, render(conf, name)))
    return found


NAMES: Final[tuple[tuple[str, Render], ...]] = (
    ("AccountingStorageBackupHost", text),
    ("AccountingStorageEnforce", listed),
    ("AccountingStorageHost", text),
    ("AccountingStorageExternalHost", text),
    ("AccountingStorageParameters", listed),
    ("AccountingStoragePort", text),
    ("AccountingStorageTRES", listed),
    ("AccountingStorageType", text),
    ("AccountingStoreFlags", in_order),
    ("AcctGatherEnergyType", listed),
    ("AcctGatherFilesystemType", text),
    ("AcctGatherInterconnectType", text),
    ("AcctGatherNodeFreq", unit("sec")),
    ("AcctGatherProfileType", text),
    ("AllowSpecResourcesUsage", flag),
    ("AuthAltTypes", listed),
    ("AuthAltParameters", text),
    ("AuthInfo", text),
    ("AuthType", text),
    ("BatchStartTimeout", unit("sec")),
    ("BcastExclude", listed),
    ("BcastParameters", listed),
    ("BOOT_TIME", untold),
    ("BurstBufferType", text),
    ("CertgenParameters", listed),
    ("CertgenType", text),
    ("CertmgrParameters", text),
    ("CertmgrType", text),
    ("CliFilterParameters", listed),
    ("CliFilterPlugins", listed),
    ("ClusterName", text),
    ("CommunicationParameters", listed),
    ("CompleteWait", unit("sec")),
    ("CpuFreqDef", text),
    ("CpuFreqGovernors", governors),
    ("CredType", text),
    ("DataParserParameters", text),
    ("DebugFlags", listed),
    ("DefMemPerCPU", memory),
    ("DependencyParameters", listed),
    ("DisableRootJobs", flag),
    ("EioTimeout", text),
    ("EnforcePartLimits", listed),
    ("EpilogMsgTime", unit("usec")),
    ("FairShareDampeningFactor", text),
    ("FederationParameters", listed),
    ("FirstJobId", text),
    ("GresTypes", listed),
    ("GpuFreqDef", text),
    ("GroupUpdateForce", bit),
    ("GroupUpdateTime", unit("sec")),
    ("HASH_VAL", untold),
    ("HashPlugin", text),
    ("HealthCheckInterval", unit("sec")),
    ("HealthCheckNodeState", listed),
    ("HealthCheckProgram", text),
    ("HealthCheckTimeout", unit("sec")),
    ("HttpParserType", text),
    ("InactiveLimit", unit("sec")),
    ("InteractiveStepOptions", text),
    ("JobAcctGatherFrequency", listed),
    ("JobAcctGatherType", text),
    ("JobAcctGatherParams", listed),
    ("JobCompHost", text),
    ("JobCompLoc", text),
    ("JobCompParams", text),
    ("JobCompPass", untold),
    ("JobCompPort", text),
    ("JobCompType", text),
    ("JobCompUser", text),
    ("JobDefaults", listed),
    ("JobFileAppend", bit),
    ("JobRequeue", bit),
    ("JobSubmitPlugins", listed),
    ("KillOnBadExit", bit),
    ("KillWait", unit("sec")),
    ("LaunchParameters", listed),
    ("LicenseParameters", listed),
    ("Licenses", listed),
    ("LogTimeFormat", text),
    ("MailDomain", text),
    ("MailProg", text),
    ("MaxArraySize", text),
    ("MaxBatchRequeue", text),
    ("MaxDBDMsgs", text),
    ("MaxJobCount", text),
    ("MaxJobId", text),
    ("MaxMemPerNode", max_memory),
    ("MaxNodeCount", text),
    ("MaxStepCount", text),
    ("MaxTasksPerNode", text),
    ("MCSPlugin", text),
    ("MCSParameters", listed),
    ("MessageTimeout", unit("sec")),
    ("MetricsAuthUsers", listed),
    ("MetricsParameters", listed),
    ("MetricsType", text),
    ("MinJobAge", unit("sec")),
    ("MpiDefault", text),
    ("MpiParams", listed),
    ("MULTIPLE_SLURMD", untold),
    ("NamespaceType", text),
    ("NEXT_JOB_ID", untold),
    ("NodeFeaturesPlugins", listed),
    ("OverTimeLimit", unit("min")),
    ("PluginDir", text),
    ("PlugStackConfig", text),
    ("PreemptMode", listed),
    ("PreemptParameters", listed),
    ("PreemptType", text),
    ("PreemptExemptTime", clock),
    ("PrEpParameters", text),
    ("PrEpPlugins", listed),
    ("PriorityParameters", text),
    ("PrioritySiteFactorParameters", text),
    ("PrioritySiteFactorPlugin", text),
    ("PriorityDecayHalfLife", text),
    ("PriorityCalcPeriod", text),
    ("PriorityFavorSmall", yes),
    ("PriorityFlags", priority_flags),
    ("PriorityMaxAge", text),
    ("PriorityType", text),
    ("PriorityUsageResetPeriod", text),
    ("PriorityWeightAge", text),
    ("PriorityWeightAssoc", text),
    ("PriorityWeightFairShare", text),
    ("PriorityWeightJobSize", text),
    ("PriorityWeightPartition", text),
    ("PriorityWeightQOS", text),
    ("PriorityWeightTRES", text),
    ("PrivateData", private),
    ("ProctrackType", text),
    ("PrologEpilogTimeout", prolog_timeout),
    ("PrologFlags", listed),
    ("PropagatePrioProcess", word(off="0", on="1", nicer="2")),
    ("PropagateResourceLimits", listed),
    ("PropagateResourceLimitsExcept", listed),
    ("RebootProgram", text),
    ("ReconfigFlags", listed),
    ("RequeueExit", listed),
    ("RequeueExitHold", listed),
    ("ResumeFailProgram", text),
    ("ResumeProgram", text),
    ("ResumeRate", unit("nodes/min")),
    ("ResumeTimeout", unit("sec")),
    ("ResvEpilog", text),
    ("ResvOverRun", unit("min")),
    ("ResvProlog", text),
    ("ReturnToService", word(none="0", down="1", all="2")),
    ("SchedulerParameters", listed),
    ("SchedulerTimeSlice", unit("sec")),
    ("SchedulerType", text),
    ("ScronParameters", listed),
    ("SelectType", text),
    ("SelectTypeParameters", listed),
    ("SlurmUser", user),
    ("SlurmctldAddr", text),
    ("SlurmctldDebug", text),
    ("SlurmctldHost", text),
    ("SlurmctldHttpAuthParameters", listed),
    ("SlurmctldLogFile", text),
    ("SlurmctldPort", text),
    ("SlurmctldSyslogDebug", text),
    ("SlurmctldPrimaryOffProg", text),
    ("SlurmctldPrimaryOnProg", text),
    ("SlurmctldTimeout", unit("sec")),
    ("SlurmctldParameters", listed),
    ("SlurmdDebug", text),
    ("SlurmdHttpAuthParameters", listed),
    ("SlurmdLogFile", text),
    ("SlurmdParameters", listed),
    ("SlurmdPidFile", text),
    ("SlurmdPort", text),
    ("SlurmdSpoolDir", text),
    ("SlurmdSyslogDebug", text),
    ("SlurmdTimeout", unit("sec")),
    ("SlurmdUser", user),
    ("SlurmSchedLogFile", text),
    ("SlurmSchedLogLevel", text),
    ("SlurmctldPidFile", text),
    ("SLURM_CONF", untold),
    ("SLURM_VERSION", text),
    ("SrunEpilog", text),
    ("SrunPortRange", ports),
    ("SrunProlog", text),
    ("StateSaveLocation", text),
    ("SuspendExcNodes", listed),
    ("SuspendExcParts", listed),
    ("SuspendExcStates", listed),
    ("SuspendProgram", text),
    ("SuspendRate", unit("nodes/min")),
    ("SuspendTime", lambda conf, name: number(conf, name, "sec")),
    ("SuspendTimeout", unit("sec")),
    ("SwitchParameters", listed),
    ("SwitchType", text),
    ("TaskEpilog", text),
    ("TaskPlugin", listed),
    ("TaskPluginParam", task_param),
    ("TaskProlog", text),
    ("TCPTimeout", unit("sec")),
    ("TLSParameters", listed),
    ("TLSType", text),
    ("TmpFS", text),
    ("TopologyParam", listed),
    ("TopologyPlugin", text),
    ("TrackWCKey", flag),
    ("TreeWidth", text),
    ("UsePam", flag),
    ("UnkillableStepProgram", text),
    ("UnkillableStepTimeout", unit("sec")),
    ("UrlParserType", text),
    ("VSizeFactor", unit("percent")),
    ("WaitTime", unit("sec")),
    ("X11Parameters", listed),
)
