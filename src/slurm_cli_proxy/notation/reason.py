"""Why a job waits, by Slurm's own numbers: the place in the table is the number.

What a release calls otherwise stands in `_OTHERWISE`; before 23.02 the table ends earlier.
"""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.notation.errors import NotationError

Release = tuple[int, int]

_NAMES: Final = """
    None Priority Dependency Resources PartitionNodeLimit PartitionTimeLimit PartitionDown
    PartitionInactive JobHeldAdmin BeginTime Licenses AssociationJobLimit AssociationResourceLimit
    AssociationTimeLimit Reservation ReqNodeNotAvail JobHeldUser NvidiaImexChannels SchedDefer
    PartitionDown NodeDown BadConstraints SystemFailure JobLaunchFailure NonZeroExitCode TimeLimit
    InactiveLimit InvalidAccount InvalidQOS QOSUsageThreshold QOSJobLimit QOSResourceLimit QOSTimeLimit
    RaisedSignal InvalidReason Cleaning Prolog QOSNotAllowed AccountNotAllowed DependencyNeverSatisfied
    QOSGrpCpuLimit QOSGrpCPUMinutesLimit QOSGrpCPURunMinutesLimit QOSGrpJobsLimit QOSGrpMemLimit
    QOSGrpNodeLimit QOSGrpSubmitJobsLimit QOSGrpWallLimit QOSMaxCpuPerJobLimit QOSMaxCpuMinutesPerJobLimit
    QOSMaxNodePerJobLimit QOSMaxWallDurationPerJobLimit QOSMaxCpuPerUserLimit QOSMaxJobsPerUserLimit
    QOSMaxNodePerUserLimit QOSMaxSubmitJobPerUserLimit QOSMinCpuNotSatisfied AssocGrpCpuLimit
    AssocGrpCPUMinutesLimit AssocGrpCPURunMinutesLimit AssocGrpJobsLimit AssocGrpMemLimit
    AssocGrpNodeLimit AssocGrpSubmitJobsLimit AssocGrpWallLimit AssocMaxJobsLimit AssocMaxCpuPerJobLimit
    AssocMaxCpuMinutesPerJobLimit AssocMaxNodePerJobLimit AssocMaxWallDurationPerJobLimit
    AssocMaxSubmitJobLimit JobHoldMaxRequeue JobArrayTaskLimit BurstBufferResources BurstBufferStageIn
    BurstBufferOperation InvalidReason InvalidReason AssocGrpUnknown AssocGrpUnknownMinutes
    AssocGrpUnknownRunMinutes AssocMaxUnknownPerJob AssocMaxUnknownPerNode AssocMaxUnknownMinutesPerJob
    AssocMaxCpuPerNode AssocGrpMemMinutes AssocGrpMemRunMinutes AssocMaxMemPerJob AssocMaxMemPerNode
    AssocMaxMemMinutesPerJob AssocGrpNodeMinutes AssocGrpNodeRunMinutes AssocMaxNodeMinutesPerJob
    AssocGrpEnergy AssocGrpEnergyMinutes AssocGrpEnergyRunMinutes AssocMaxEnergyPerJob
    AssocMaxEnergyPerNode AssocMaxEnergyMinutesPerJob AssocGrpGRES AssocGrpGRESMinutes
    AssocGrpGRESRunMinutes AssocMaxGRESPerJob AssocMaxGRESPerNode AssocMaxGRESMinutesPerJob
    AssocGrpLicense AssocGrpLicenseMinutes AssocGrpLicenseRunMinutes AssocMaxLicensePerJob
    AssocMaxLicenseMinutesPerJob AssocGrpBB AssocGrpBBMinutes AssocGrpBBRunMinutes AssocMaxBBPerJob
    AssocMaxBBPerNode AssocMaxBBMinutesPerJob QOSGrpUnknown QOSGrpUnknownMinutes QOSGrpUnknownRunMinutes
    QOSMaxUnknownPerJob QOSMaxUnknownPerNode QOSMaxUnknownPerUser QOSMaxUnknownMinutesPerJob QOSMinUnknown
    QOSMaxCpuPerNode QOSGrpMemoryMinutes QOSGrpMemoryRunMinutes QOSMaxMemoryMinutesPerJob
    QOSMaxMemoryPerJob QOSMaxMemoryPerNode QOSMaxMemoryPerUser QOSMinMemory QOSGrpEnergy
    QOSGrpEnergyMinutes QOSGrpEnergyRunMinutes QOSMaxEnergyPerJob QOSMaxEnergyPerNode QOSMaxEnergyPerUser
    QOSMaxEnergyMinutesPerJob QOSMinEnergy QOSGrpNodeMinutes QOSGrpNodeRunMinutes QOSMaxNodeMinutesPerJob
    QOSMinNode QOSGrpGRES QOSGrpGRESMinutes QOSGrpGRESRunMinutes QOSMaxGRESPerJob QOSMaxGRESPerNode
    QOSMaxGRESPerUser QOSMaxGRESMinutesPerJob QOSMinGRES QOSGrpLicense QOSGrpLicenseMinutes
    QOSGrpLicenseRunMinutes QOSMaxLicensePerJob QOSMaxLicensePerUser QOSMaxLicenseMinutesPerJob
    QOSMinLicense QOSGrpBB QOSGrpBBMinutes QOSGrpBBRunMinutes QOSMaxBBPerJob QOSMaxBBPerNode
    QOSMaxBBPerUser AssocMaxBBMinutesPerJob QOSMinBB DeadLine MaxBBPerAccount MaxCpuPerAccount
    MaxEnergyPerAccount MaxGRESPerAccount MaxNodePerAccount MaxLicensePerAccount MaxMemoryPerAccount
    MaxUnknownPerAccount MaxJobsPerAccount MaxSubmitJobsPerAccount PartitionConfig AccountingPolicy
    FedJobLock OutOfMemory MaxMemPerLimit AssocGrpBilling AssocGrpBillingMinutes AssocGrpBillingRunMinutes
    AssocMaxBillingPerJob AssocMaxBillingPerNode AssocMaxBillingMinutesPerJob QOSGrpBilling
    QOSGrpBillingMinutes QOSGrpBillingRunMinutes QOSMaxBillingPerJob QOSMaxBillingPerNode
    QOSMaxBillingPerUser QOSMaxBillingMinutesPerJob MaxBillingPerAccount QOSMinBilling ReservationDeleted
    ReservationInvalid Constraints MaxBBRunMinsPerAccount MaxBillingRunMinsPerAccount
    MaxCpuRunMinsPerAccount MaxEnergyRunMinsPerAccount MaxGRESRunMinsPerAccount MaxNodeRunMinsPerAccount
    MaxLicenseRunMinsPerAccount MaxMemoryRunMinsPerAccount MaxUnknownRunMinsPerAccount MaxBBRunMinsPerUser
    MaxBillingRunMinsPerUser MaxCpuRunMinsPerUser MaxEnergyRunMinsPerUser MaxGRESRunMinsPerUser
    MaxNodeRunMinsPerUser MaxLicenseRunMinsPerUser MaxMemoryRunMinsPerUser MaxUnknownRunMinsPerUser
    MaxPoweredUpNodes MpiPortsBusy
""".split()
_SHORT_UNTIL: Final = (22, 11)
_SHORT: Final = 199
_OTHERWISE: Final[tuple[tuple[Release, dict[int, str]], ...]] = (
    (
        (22, 11),
        {33: "BlockMaxError", 34: "BlockFreeAction", 76: "PowerNotAvail", 77: "PowerReserved"},
    ),
    ((25, 5), {17: "FrontEndDown", 34: "InvaildReason", 76: "InvaildReason", 77: "InvaildReason"}),
)
"""Up to which release what is called how; the first that says anything of a number is right.  (Their spelling.)"""


def names(release: Release) -> list[str]:
    """All reasons by number."""
    found = list(_NAMES)
    for until, other in reversed(_OTHERWISE):
        if release < until:
            for number, name in other.items():
                found[number] = name
    return found[:_SHORT] if release < _SHORT_UNTIL else found


def number(text: str, release: Release) -> int:
    """The number of a reason, in any case of letters.  NotationError."""
    known = [name.lower() for name in names(release)]
    try:
        return known.index(text.lower())
    except ValueError:
        raise NotationError(f"unrecognized job reason value '{text}'") from None
