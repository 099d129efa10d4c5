"""`sstat`: jobs without running steps, formats, and wrong input."""

from __future__ import annotations

from tests.live.case import Case

NOT_TOLD = {"*": "the API does not tell the use of running steps"}

CASES = [
    Case(f"sstat {line}", scene=True, cannot=NOT_TOLD)
    for line in ("{running}", "-a -j {running_two} -o jobid")
]
CASES += [
    Case(f"sstat {line}", scene=True)
    for line in (
        "{held}",
        "-V",
        "--version",
        "-j {held}.batch -o jobid",
        "-an -j {held},999999 -P",
        "-j {array_held}_4 -o jobid,maxrss",
    )
]
CASES += [
    Case(f"sstat {line}", core=not line)
    for line in (
        *("", "999999", "foo bar", "-j", "-j ''"),
        *("-j ,", "-j 999999", "-j abc", "-j 999999.0", "-j 999999.batch,999998"),
        *("-j 999999.foo", "-j 999999_2", "-j 999999_2.0", "-j 999999+1"),
        *("-j 0", "-j -1", "-j 999999x", "-j 999999999999"),
        *("-a -j 999999", "-i -j 999999", "-n -j 999999"),
        *("-p -j 999999", "-P -j 999999", "-v -j 999999", "-o nosuch"),
        *("-o jobid -j 999999", "-o nosuch -j 999999", "-o '' -j 999999"),
        *("-o , -j 999999", "-o nosuch -j abc", "-e -n"),
        *("-o jobid%5,avec -j 999999", "-o jobid%abc -j 999999"),
        *("-o jobid%-20,j%3 -j 999999", "-o jobid -o pids 999999"),
        *("--nope", "-x", "--a", "--no"),
        *("--p", "--noconvert -j 999999 -o jobid -Pn", "-V foo", "--helpformat", "-M x"),
        *("--format=jobid,pids -i -j 999999", "-j 999998 -j 999999", "999999 -j 999998", "--units=K -j 999999"),
        *("-j 999999.extern", "-j 999999.interactive"),
        *("-j 999999.4294967295", "--fields=ntasks -p 999999", "-j 1.2.3"),
    )
]  # fmt: skip
