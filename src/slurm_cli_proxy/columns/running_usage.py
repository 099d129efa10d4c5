"""sstat's columns, of which the API tells none: their headings stand where no step runs."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.columns.table import TableColumn

_ALLOCATED_SINCE: Final = (25, 5)

_WIDTHS: Final = {
    10: "AllocTRES AveCPU AveCPUFreq AvePages AveRSS AveVMSize MaxRSS MaxRSSNode MaxRSSTask MaxVMSize MinCPU "
    "MinCPUNode MinCPUTask ReqCPUFreq",
    12: "AveDiskRead AveDiskWrite MaxDiskRead MaxDiskWrite MaxPagesNode",
    14: "ConsumedEnergy MaxPagesTask MaxVMSizeNode MaxVMSizeTask SLUID TRESUsageInAve TRESUsageInMax "
    "TRESUsageInMin TRESUsageInTot",
    17: "ConsumedEnergyRaw",
    -12: "JobID",
    15: "MaxDiskReadNode MaxDiskReadTask TRESUsageOutAve TRESUsageOutMax TRESUsageOutMin TRESUsageOutTot",
    16: "MaxDiskWriteNode MaxDiskWriteTask",
    8: "MaxPages NTasks",
    20: "Nodelist Pids",
    13: "ReqCPUFreqMin ReqCPUFreqMax ReqCPUFreqGov",
    18: "TRESUsageInMaxNode TRESUsageInMaxTask TRESUsageInMinNode TRESUsageInMinTask",
    19: "TRESUsageOutMaxNode TRESUsageOutMaxTask TRESUsageOutMinNode TRESUsageOutMinTask",
}
"""Width to the columns that have it."""
_SINCE: Final = {"AllocTRES": _ALLOCATED_SINCE, "SLUID": _ALLOCATED_SINCE}
_BEHIND: Final = {"reqcpufreq": 0, "reqcpufreqmin": 1, "reqcpufreqmax": 2, "reqcpufreqgov": 3}
"""What does not stand in the order of the alphabet."""


def _nothing(record: None, view: object) -> None:
    return None


def _place(column: TableColumn[None]) -> tuple[str, int]:
    name = column.name.lower()
    return ("reqcpufreq", _BEHIND[name]) if name in _BEHIND else (name, 0)


COLUMNS: tuple[TableColumn[None], ...] = tuple(
    sorted(
        (
            TableColumn(name, width, (), _nothing, since=_SINCE.get(name, (0, 0)))
            for width, names in _WIDTHS.items()
            for name in names.split()
        ),
        key=_place,
    )
)

DEFAULT: Final = (
    "jobid,{allocated}maxvmsize,maxvmsizenode,maxvmsizetask,avevmsize,maxrss,maxrssnode,maxrsstask,averss,maxpages,"
    "maxpagesnode,maxpagestask,avepages,mincpu,mincpunode,mincputask,avecpu,ntasks,avecpufreq,reqcpufreqmin,"
    "reqcpufreqmax,reqcpufreqgov,consumedenergy,maxdiskread,maxdiskreadnode,maxdiskreadtask,avediskread,"
    "maxdiskwrite,maxdiskwritenode,maxdiskwritetask,avediskwrite,tresusageinave,tresusageinmax,"
    "tresusageinmaxnode,tresusageinmaxtask,tresusageinmin,tresusageinminnode,tresusageinmintask,tresusageintot,"
    "tresusageoutave,tresusageoutmax,tresusageoutmaxnode,tresusageoutmaxtask,tresusageoutmin,"
    "tresusageoutminnode,tresusageoutmintask,tresusageouttot"
)
PROCESSES: Final = "jobid,nodelist,pids"


def default(release: tuple[int, int]) -> str:
    """The columns where none are named."""
    return DEFAULT.format(allocated="alloctres," if release >= _ALLOCATED_SINCE else "")
