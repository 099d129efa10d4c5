"""`scontrol show job`, of every job of the scene.

Some values no API version carries, and v0.0.38 lacks more; they are masked one by one below, so that everything
around them is still compared, and each stands once among `UNTOLD` as what cannot match.
"""

from __future__ import annotations

from dataclasses import replace

from tests.live.case import Case
from tests.live.scene import JOBS

SESSION = "the API does not tell the session a job was submitted from"
V38_SCHEDULER = "v0.0.38 does not tell which scheduler looked at a job last"
V38_PREEMPTION = "v0.0.38 does not tell from when on a job may be preempted"
V38_CPUS = "v0.0.38 does not tell the CPUs per task, where a node's minimum does not settle it"
CHATTER = "with -v the native command tells which of its plugins it loads; there are none here"
OLD_26 = "only v0.0.44 and later tell the command line of the submission"

MASKS = {r"AllocNode:Sid=\S+": SESSION}
MASKS_V38 = {
    **MASKS,
    r"Scheduler=\S+": V38_SCHEDULER,
    r"(?<=Deadline=)(\S+)(?:(\n   | )PreemptEligibleTime=\S+ PreemptTime=\S+)?": V38_PREEMPTION,
}
CANNOT = {
    "memory": {"22.05": V38_CPUS},
}
OLDER = {"v0.0.42": OLD_26, "v0.0.43": OLD_26}


def show(line: str, name: str = "", **more: object) -> list[Case]:
    """The case with what must be masked on each release."""
    case = Case(line, scene=True, cannot=CANNOT.get(name, {}), **more)  # type: ignore[arg-type]
    newer = replace(case, releases=("24.11", "26.05"), differs=MASKS)
    if case.core:
        newest = replace(newer, releases=("26.05",), cannot=OLDER)
        return [
            replace(newer, releases=("24.11",)),
            newest,
            replace(case, releases=("22.05",), differs=MASKS_V38),
        ]
    return [newer, replace(case, releases=("22.05",), differs=MASKS_V38)]


SCENE = [
    case
    for name in JOBS
    for case in show(f"scontrol show job {{{name}}}", name, core=name in ("held", "running", "array_held"))
]

FORMS = [
    *show("scontrol -o show job {running_two}"),
    *show("scontrol --oneliner show job {het}"),
    *show("scontrol -d show job {running_two}"),
    *show("scontrol --details show job {gpu}"),
    *show("scontrol -d show job {licensed}"),
    *show("scontrol -d show job {held}"),
    *show("scontrol -d -o show job {failed}"),
    *show("scontrol -od show job {array}"),
    Case("scontrol -v show job {held}", scene=True, differs=MASKS, releases=("24.11", "26.05")),
    Case("scontrol -v show job {held}", scene=True, cannot={"22.05": CHATTER}, releases=("22.05",)),
    *show("scontrol -o -d show job {running_two}"),
    *show("scontrol -a show job {held}"),
    *show("scontrol --hide show job {held}"),
    *show("scontrol -Q show job {held}"),
    *show("scontrol show jobs {held}"),
    *show("scontrol sho jo {held}"),
    *show("scontrol SHOW JOBID {held}"),
    *show("scontrol show j {held}"),
    *show("scontrol show job={held}"),
    *show("scontrol show jobid={held} {later}"),
    *show("scontrol show job {held_bob}", user="bob"),
    *show("scontrol show job {held}", user="slurmadmin"),
    *show("scontrol show job {array_held}_1"),
    *show("scontrol show job {array_held}_7"),
    *show("scontrol show job {array}_100"),
    *show("scontrol show job {het}+1"),
    *show("scontrol show job {het}+0"),
    *show("scontrol show job {held}+0"),
    *show("scontrol show job 00{held}"),
    *show("scontrol show job {later}", env={"SLURM_TIME_FORMAT": "%s %Y/%m"}),
    *show("scontrol show job {later}", env={"SLURM_TIME_FORMAT": "relative"}),
    *show("scontrol show job {later}", env={"TZ": "Asia/Tokyo"}),
]

WRONG = [
    Case("scontrol show job 999999", core=True),
    Case("scontrol show job abc"),
    Case("scontrol show job 5x"),
    Case("scontrol show job {held},{later}", scene=True),
    Case("scontrol show job {held}.0", scene=True),
    Case("scontrol show job {held}_1", scene=True),
    Case("scontrol show job {held}+1", scene=True),
    Case("scontrol show job {array_held}_2", scene=True),
    Case("scontrol show job {array_held}_", scene=True),
    Case("scontrol show job {array_held}_x", scene=True),
    Case("scontrol show job '{array_held}_[1-4]'", scene=True),
    Case("scontrol show job {het}+7", scene=True),
    Case("scontrol show job {held} {later}", scene=True),
    Case("scontrol show job 99999999999"),
    Case("scontrol show job -5"),
    Case("scontrol -Q show job 999999"),
    Case("scontrol -Q show job abc"),
    Case("scontrol show"),
    Case("scontrol -Q show"),
    Case("scontrol show nothing"),
    Case("scontrol -Q show nothing"),
    Case("scontrol show ''"),
    Case("scontrol show JobX"),
]

UNTOLD = [
    Case("scontrol show job {held}", scene=True, cannot={"*": SESSION}),
    Case(
        "scontrol show job {completed}",
        scene=True,
        differs={r"AllocNode:Sid=\S+": SESSION},
        cannot={"22.05": V38_PREEMPTION},
        releases=("22.05",),
    ),
]

CASES = [*SCENE, *FORMS, *WRONG, *UNTOLD]
