"""`sprio`: what is told of priorities, what the factors weigh, and wrong input."""

from __future__ import annotations

from tests.live.case import Case

NOT_TOLD = {"*": "the API does not tell the factors of priorities"}
WEIGHTS = dict.fromkeys(("22.05", "24.11"), "the API tells what the factors weigh from v0.0.45 on")
WEIGHTS |= {f"26.05/{version}": WEIGHTS["22.05"] for version in ("v0.0.42", "v0.0.43", "v0.0.44")}

JOBS = "-j{too_big},999999"  # of a list, 24.11 reads the last one only
ONE = "-j{too_big}"

CASES = [Case("sprio", scene=True, cannot=NOT_TOLD), Case(f"sprio -l {ONE}", scene=True, cannot=NOT_TOLD)]

CASES += [
    Case(f"sprio {line}", scene=True, core=core)
    for core, lines in (
        (True, (f"{ONE} -o '%i|%r|%u|%Y|%y|%N|%c'",)),
        (
            False,
            (
                *(f"{ONE} -o '%i %n %o'", f"{JOBS} -o %i"),
                *(f"{ONE} -o 'a %i b %.3r c%-5i %5i|%.9i|'", "-j {too_big} -o %i"),
                *(f"{ONE} -o ''", f"{ONE} -o %", f"{ONE} -o i"),
                *(f"{ONE} -o %5", f"{ONE} -o '%Z %i'", f"{ONE} -S -u,+i -o %i"),
                *(f"{ONE} -S '' -o %i", f"{ONE} -S Z -o %i"),
                *(f"{ONE} -S '%i' -o %i", f"{ONE} -h -o %i", f"{ONE} -p main -o %r"),
                *(f"{ONE} -p short,closed -o %i", f"{ONE} -p '' -o %i"),
                *(f"{ONE} -u alice,nosuch -o %u", f"{ONE} -u 6001 -o %u"),
                *(f"{ONE} -u bob -o %u", f"{ONE} -u '' -o %u"),
                *(f"{ONE} -v -o %i", f"{ONE} --sibling -o %c", f"{ONE} --local -o %i"),
                *("-j{running} -o %i", "-j{held} -o %i"),
                *("-j{too_big}.0 -o %i", "-j{too_big}_1 -o %i", "-j{too_big}+0 -o %i"),
                *("-j{later} -l", "-j{dependent} -nl", "-u bob -l"),
            ),
        ),
    )
    for line in lines
]  # fmt: skip

CASES += [
    Case(f"sprio {line}")
    for line in (
        *(
            "-j0",
            "-j-1",
            "-jabc",
            "-j4x",
            "-j4,x",
            "foo -o %i",
            "-M",
            "-o",
            "-S",
            "-p",
            "-u",
            "--s",
        ),
        *(
            "--l",
            "--no=1",
            "--nope",
            "-x",
            "-P",
            "-l -o %i",
            "-V",
            "--version",
            "-u nosuch -jabc",
            "-M nosuch -o %i",
        ),
    )
    if not line.startswith("foo")  # whose usage is in our own words
]
CASES += [
    Case(f"sprio {ONE}", env={"SPRIO_FORMAT": "%i %Z"}, scene=True),
]

CASES += [
    Case(f"sprio {line}", cannot=WEIGHTS)
    for line in (
        *("-w", "-wl", "-wn", "-wnl", "-wh", "-w -u alice", "-w -v -S Z", "-w -o '%.5i|%9r|%.8u|%o|%n'"),
        *(
            "-w -o '%i %r %Y %y %N %u %A %a %B %F %J %P %Q %S %T'",
            "-w -o '[%t]'",
            "-w -o '[%Z]'",
            "-u bob -p nosuch",
        ),
    )
]
