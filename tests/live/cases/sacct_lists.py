"""`sacct`, filters: lists that are empty, quoted or odd; numbers with units; states, reasons, steps and clusters."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.cases.sacct import NO_INDEX, NO_STATUS, scene

HERE = "-X -n -P -S 00:00 --name s-two,s-lic,s-gpu -o jobid,user,state"
UNTOLD = {"22.05": "v0.0.38 takes REQUEUED for PENDING, and tells a requeued run without its steps"}
MALFORMED = {"22.05": "native ends with the errno 22"}

LISTS = [
    scene(f"sacct {HERE} {filters}")
    for filters in (
        *("-A ''", "-A ,", "-A ,science", "-A \"'science',physics\"", "-A 'science,'", "-r ''", "-r ,main", "-W ''"),
        *("-x ''", "-x 6,", "-C ''", "-C ,", "-g ''", "-g ,", "-g 99999", "-g alice,", "-u ''", "-u ,", "-u alice,"),
        *("-u 99999", "-u alice,99999", "-q ''", "-q ,", "-q normal,", "-M ''", "-M ,", "-F ''", "-F ,", "-F None"),
        *("-F None,SchedMain", "-F JobAltered", "-N ''", "-N ,", "-N node1", "-N node1 -u alice", "-N node[1-4]"),
        *("-N ',node1'", "-N 'node1 node3'", "-j ,", "-s ''", "-s ,"),
    )
] + [
    scene("sacct -X -n -P -S 00:00 --name '' -o jobid"),
    scene("sacct -X -n -P -S 00:00 --name , -o jobid"),
    scene("sacct -X -n -P -S 00:00 --name \"'s-two,s-gpu',s-lic\" -o jobid"),
    scene("sacct -X -n -P -S 00:00 --name 's-[1-2],s-two' -o jobid"),
    *(
        scene(f"sacct -X -n -P -S 00:00 -o jobid,user,account,partition,state --name s-two,s-lic,s-gpu {filters}")
        for filters in (
            *("-u alice -u bob", "-A science -A physics", "-A '' -A science", "-r main -r shared", "--name s-closed"),
            *("-u alice -u alice", "-g alice -g bob,bob", "-g alice,bob -g bob"),
            *("-a -u bob", "-u bob -a", "-u -1 -u bob", "-g alice -g bob", "-s r -s pd", "-q normal -q high"),
            *("-q high -q normal", "-j {running_two} -j {licensed}", "-j {running_two} -j ''", "-F None -F ''"),
            *("-j \"{running_two},'{licensed}'\"", "-s \"r,'cd'\"", "-u \"alice,'bob'\"", "-A \"science,'physics'\""),
            *("-A 'n[1-2],science'", "-A 'n[,science'"),
        )
    ),
    scene("sacct -N 'node[1-' -X"),
    scene("sacct -N 'node[1-' -X -n"),
    scene("sacct -N 'node[3-1]' -X", cannot={"22.05": MALFORMED["22.05"]}),
    scene("sacct -x abc -X -n"),
    scene("sacct -x 2,x"),
]  # fmt: skip

NUMBERS = [
    scene(f"sacct {HERE} {option} {text}")
    for option in ("-i", "-I")
    for text in (
        *("''", "' 2'", "+2", "1k", "1-1k", "0-1M", "2147483647", "2147483648", "1-99999999999", "2097152k", "1.5"),
    )
] + [
    scene(f"sacct {HERE} -k {text}") for text in ("60 -K UNLIMITED", "60 -K 30", "INFINITE", "0:30", "-1")
]  # fmt: skip

STATES = [
    scene(f"sacct -n -P -S 00:00 -E now -o jobid,state -u alice -s {states} --name s-requeued,s-two")
    for states in ("RS", "RV,RS", "SI", "CG,R", "cf", "SE", "R,COMPLETING", "STOPPED", "r,,pd", "3")
] + [
    scene("sacct -n -P -S 00:00 -E now -o jobid,state -s RQ -X"),
    *(
        scene(f"sacct -n -P -S 00:00 -E now -o jobid,state {states}", cannot=UNTOLD)
        for states in ("-s RQ", "-u alice -s RQ,R --name s-requeued,s-two")
    ),
    *(
        scene(f"sacct -v -X -n -S 00:00 -E 00:00:01 -s {states}")
        for states in ("RQ", "R,RQ", "RV,CD", "RQ,RS", "CD,CD,F")
    ),
    scene("sacct --helpreason", releases=("24.11", "26.05")),
    *(
        scene(f"sacct -X -n -P -S 00:00 -o jobid,reason --name s-requeued,s-two,s-closed --reason={reason}")
        for reason in ("None", "none", "JobHeldUser", "Dependency", "nosuch", "1", "BeginTime,JobHeldUser", "''", ",")
    ),
]  # fmt: skip

STEPS = [
    scene(f"sacct -P -o jobid,jobname,state,ntasks {line}")
    for line in (
        *("-j {steps}.0", "-j {steps}.0 -X", "-j {steps}.batch,{steps}.1", "-j {steps}.7", "-j {array}.batch"),
        *("-j {array}_1.batch", "-j {array}.batch,{array}_0", "-j {het_steps}", "-j {het_steps}.0", "-j {het_steps}+1"),
        *("-j {het_steps}+1.0", "-j {het_steps}.batch", "-j {het_steps}.0+1", "-j {steps}.0,{steps}"),
        "-s CD -j {steps}.0",
    )
] + [
    scene("sacct -j {steps} -o jobid,state,exitcode,derivedexitcode", cannot={"22.05": NO_STATUS}),
    scene("sacct -X -j {completed},{het_steps} -P -o jobid,derivedexitcode,consumedenergy,totalcpu", core=True),
    scene(
        "sacct -j {steps} -P -o jobid,submitline",
        cannot={"22.05": NO_INDEX, "24.11": NO_INDEX, "26.05/v0.0.42": NO_INDEX},
    ),
    scene("sacct -j {steps},{het_steps},{running_two} -P -o jobid,reqnodes,wckeyid --units=G"),
    scene("sacct -B --env-vars -j {steps}"),
]  # fmt: skip

CLUSTERS = [
    scene(f"sacct {HERE} {which}") for which in ("-L", "-M all", "--clusters=all -L", "-M nosuch -L", "-M all,nosuch")
]  # fmt: skip

WINDOW = "-n -S 2021-01-01 -E 2021-01-02"
TOLD = [
    Case(
        f"sacct -vv {WINDOW} {line}",
        cannot={"22.05": "native tells of plugins of its own machine, too"},
    )
    for line in ("-X", "-o jobid%5,user -D --whole-hetjob=no", "-b --whole-hetjob=yes -o state -o user", "-l")
] + [
    Case(f"sacct {line}") for line in ("-l -o jobid", "-o jobid -l --json", "-bl -o jobid")
] + [
    Case(f"sacct {WINDOW} -l", env={"SACCT_FORMAT": "jobid"}),
    Case("sacct -B -j 9999999"),
    Case("sacct --env-vars -j 9999999"),
    *(Case(f"sacct {line} -o nosuch") for line in ("--json", "--json=nosuch", "-B -j 1", "-q nosuch")),
]  # fmt: skip

CASES = TOLD + LISTS + NUMBERS + STATES + STEPS + CLUSTERS
