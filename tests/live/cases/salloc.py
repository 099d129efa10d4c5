"""`salloc`: what is granted, what it says, the command's environment and exit status; wrong inputs."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.submission import DIFFERS, SHOW

HAVE_IT = ("24.11", "26.05")
OLD = {"24.11/v0.0.40": "v0.0.40 has no call for allocations"}
NO_CALL = {"22.05": "v0.0.38 has no call for allocations"}
WORDS = "the API leaves out what the controller says beside an error"
RACE = {
    r"Relinquishing job allocation \S+\n(?:salloc: Job allocation \S+ has been revoked\.\n)?": "native hears of"
    " the end of its own allocation in time, or does not",
}
COMPONENT_IDS = {r"^SLURM_JOB_?ID_\w+_GROUP_\d=\d+": "each component has an id"}
TIMES = {**DIFFERS, r"RunTime=\S+": "how long it runs by now"}
REFUSED = {
    r"\n(?:salloc: Job allocation \S+ has been revoked\.\n)?\Z": "as above, of one that was not granted",
    r"(?:salloc: Job allocation \S+ has been revoked\.\n)?(?=salloc: error: )": "it may be told before the reason",
}
VARIABLES = (
    "sh -c 'env | grep -e ^SLURM_ -e HYDRA -e _MCA_ | grep -v -e ^SLURM_CLI_PROXY -e ^SLURM_JWT= -e ^SLURM_CONF="
    " -e ^SLURM_SUBMIT_HOST= | sort'"
)


def granted(line: str, **rest: object) -> Case:
    """An allocation and its command."""
    differs = {**RACE, **COMPONENT_IDS} if ":" in line.split() else RACE
    return Case(f"salloc {line}", releases=HAVE_IT, differs=differs, **{"cannot": OLD, **rest})  # type: ignore[arg-type]


def shaped(line: str, **rest: object) -> Case:
    """An allocation left behind, compared by the job that the controller shows."""
    return Case(f"salloc --no-shell {line}", releases=HAVE_IT, after=(SHOW,), differs=TIMES, **rest)  # type: ignore[arg-type]


def refused(line: str, **rest: object) -> Case:
    """No allocation, for a reason that the controller gives."""
    return Case(f"salloc {line}", releases=HAVE_IT, differs=REFUSED, cannot=OLD, **rest)  # type: ignore[arg-type]


COMMANDS = [
    granted("true", core=True),
    granted("false"),
    granted("sh -c 'exit 7'", core=True),
    granted("-Q true", core=True),
    granted("-Q sh -c 'exit 255'"),
    granted("-J name -t 5 -n 2 echo 'two  words'", core=True),
    granted("cat", stdin=b"what stands there\n"),
    granted("sh -c 'echo out; echo err >&2'"),
    granted("sh -c 'kill -9 $$'"),
    granted("sh -c 'kill -HUP $$'"),
    granted("sh -c 'kill -INT $$'"),
    granted("sh -c 'kill -QUIT $$'"),
    granted("sh -c 'kill -TERM $$'"),
    granted("sh -c 'kill -SEGV $$'"),
    granted("sh -c 'kill -USR1 $$'"),
    granted("nosuchcommand", core=True),
    granted("/tmp"),
    granted("./mine one", files={"mine": b"#!/bin/sh\necho $0 $1\n"}),
    granted("mine one", files={"mine": b"#!/bin/sh\necho mine $1\n"}),
    granted("./none", files={"none": b"exit 5\n"}),
    granted("-D /tmp ./mine", files={"mine": b"#!/bin/sh\necho $0 $1\n"}),
    granted("-D / usr/bin/true"),
    granted("-D /tmp pwd"),
    granted("-- true"),
    granted("-K true"),
    granted("-K9 true"),
    granted("--kill-command=HUP true"),
    granted("--kill-command=-5 true"),
    granted("--kill-command=99 true"),
    granted("-Q -t 5 true"),
    granted("-Q --exclusive=allocation true"),
    granted("-I0 true"),
    granted("-I true", core=True),
    granted("-I30 true"),
    granted("--bell true"),
    granted("--no-bell true"),
    granted("", stdin=b"echo shell $0; exit 3\n"),
    granted("-Q", stdin=b"echo shell $0\nexit 4\n"),
    granted("-b now+2 true", core=True),
    granted("-b now+2 -Q true"),
    granted("-b now true"),
    granted("-d singleton -J salloc-alone true"),
    granted("--no-shell"),
    granted("--no-shell echo ignored"),
]

ENVIRONMENT = [
    granted(f"{line} {VARIABLES}", **more)
    for line, more in (
        ("", {"core": True}),
        ("-n 3 -N 2 -t 5 -J two", {"core": True}),
        ("-n 5 -N 2", {}),
        ("-n 40 -N 2", {}),
        ("-n 3 -c 2 -N 2 --mem=100 -m cyclic --ntasks-per-node=2", {}),
        ("-N 3", {}),
        ("-N 2 -c 3", {}),
        ("-n 2 -D /tmp --mem-per-cpu=100 --ntasks-per-core=1 -O", {}),
        ("-n 2 --gpus=2 --cpus-per-gpu=2", {}),
        ("-n 2 --gpus-per-node=1 --mem-per-gpu=10", {}),
        ("--gpus-per-task=1 -n 2", {}),
        ("-B 1:2:1", {"cannot": {"24.11": "only v0.0.40 and v0.0.45 carry --cores-per-socket"}}),
        ("--profile=task --mem-bind=local", {}),
        ("--hint=nomultithread", {}),
        ("--threads-per-core=1", {}),
        ("--qos=high -A physics -p short", {}),
        ("-m plane=2 -n 4 -N 2", {}),
        ("-d singleton -w node1", {}),
        ("-w node2", {"env": {"SALLOC_PARTITION": "main", "SALLOC_TIMELIMIT": "3"}}),
        ("", {"env": {"OMPI_MCA_plm_slurm_args": "mine", "SLURM_JOB_ID": "1"}}),
        ("", {"env": {"HYDRA_BOOTSTRAP": "ssh", "I_MPI_HYDRA_BOOTSTRAP": "ssh"}}),
        ("-N 2 -n 7 --threads-per-core=1", {}),
        ("-c 4 --mem=10 --tmp=1", {}),
        ("--mem=0 -w node4", {}),
        ("--mem-per-cpu=0 -w node4", {}),
        ("--ntasks-per-gpu=1 --gpus=2", {}),
    )
]

SHAPES = [
    shaped("", core=False),
    shaped("-n 3 -N 2 -t 5 -J name"),
    shaped("-p short -q high -A physics --comment='a b'"),
    shaped("--mem=500 -c 2 --tmp=5 -C big"),
    shaped("--gres=gpu:1 -L matlab:2"),
    shaped("-n 4 --ntasks-per-node=2 -m cyclic"),
    shaped("-k -D /tmp --nice=5"),
    shaped("--exclusive -w node4"),
    shaped("-x node1 --signal=USR1@30"),
    shaped("true"),
]

QUEUED = [
    granted(f"-b now+2 -n 3 -N 2 -t 5 {VARIABLES}"),
    shaped("-b now+2", cannot={"*": "a queued allocation is carried by a batch job, whose script sleeps"}),
    granted(
        "true",
        after=("squeue -h -t all -j {new} -o %T",),
        await_line="squeue -h -t all -j {new} -o %T",
        await_match="COMPLETED|CANCELLED",
        cannot={"*": "the API can cancel a job, but not complete it"},
    ),
]

VERBOSE = [
    granted("-v -t 5 -n 2 sh -c 'exit 3'"),
    granted("-v sh -c 'kill -9 $$'"),
    granted("-v -K -I sh -c 'kill $$'"),
    refused("-v -H -I2 true"),
    refused("-v -p nowhere true"),
    Case("salloc -v -Q true"),
]

REFUSALS = [
    refused("-p nowhere true", core=True),
    refused("-Q -p nowhere -n 1 -N 2 true"),
    refused("-q nope true", core=True),
    refused("-A nope true"),
    refused("-w nonode true"),
    refused("-C nope true"),
    refused("--gres=nope:1 true"),
    refused("-d afterok:99999999 true"),
    refused("-p closed -I true"),
    refused("-N 0 true"),
    refused("-I -N 0-2 -n 1 true"),
    refused("-N 0-2 -p nowhere true"),
    refused("--gpus=x: true"),
    refused("--gpus=1,a100:1 true"),
    refused("--reboot true"),
    refused("-H -I true"),
    refused("-b now+1hour -I true"),
    refused("-p closed -I2 true"),
    refused("-n 1000 -I true"),
    refused("-N 2 -p short -I true"),
    refused("-t 2-0 -p short -I true"),
    refused("-t 2-0 -p short -I2 true"),
    refused("-H -I2 true", core=True),
    refused("-Q -H -I2 true"),
    refused("-H -I2 true", env={"SLURM_EXIT_ERROR": "9"}),
    refused("-p nowhere true", env={"SLURM_EXIT_ERROR": "9"}),
    refused("-H -I2 true", env={"SLURM_EXIT_IMMEDIATE": "7"}),
    refused("-I -p closed true", env={"SLURM_EXIT_IMMEDIATE": "7"}),
    Case("salloc --get-user-env true", releases=HAVE_IT),
    Case("salloc --nice=x true", releases=HAVE_IT),
    Case("salloc --x11 -p nowhere true"),
    Case("salloc --x11=first -n 2 true"),
    granted("--x11=foo true"),
    Case(
        "salloc --x11 true", env={"DISPLAY": ":99"}, cannot={"*": "X11 needs a live connection to the node"}
    ),
    Case("salloc -D /nowhere true", releases=HAVE_IT),
    Case("salloc -D /etc/passwd --no-shell", releases=HAVE_IT),
    Case(
        "salloc -D nowhere/here true", releases=HAVE_IT, differs={r"case-\w+(?:-\w+)*": "the caller's folder"}
    ),
]

MISTAKES = [
    Case(f"salloc {line}", core=number < 3)
    for number, line in enumerate(
        (
            "--nosuch",
            "-N x true",
            "--no true",
            "-t nonsense true",
            "-n 0 true",
            "-n -1 true",
            "-W 1 true",
            "-a 1-2 true",
            "-e file true",
            "-o file true",
            "--wrap=true",
            "--parsable true",
            "--array=1 true",
            "-J",
            "--mem=x true",
            "--mem=1 --mem-per-cpu=1 true",
            "-Kfoo true",
            "-K0 true",
            "-Ix true",
            "--immediate=-1 true",
            "-vQ true",
            "-F /nowhere true",
            "-c 0 true",
            "--begin=never true",
            "--signal=foo true",
            "--signal=B: true",
            "--exclusive=foo true",
            "--uid=root true",
            "--cpu-freq=foo true",
            "-B x true",
            "--gpu-bind=foo true",
            "--mail-type=foo true",
            "-V",
            "--version --nosuch",
            "-n 2 --gpus=1 --gpus-per-node=2 true",
        )
    )
]
MISTAKES += [
    Case("salloc true", env={"SALLOC_TIMELIMIT": "x"}),
    Case("salloc true", env={"SALLOC_IMMEDIATE": "x"}),
    Case("salloc -J", env={"SLURM_EXIT_ERROR": "0"}),
]

HET = [
    granted("-n1 : -n2 true", core=True),
    granted("-n1 : -n2 : -n3 true"),
    granted(": true"),
    granted("-n1 -Q : -n2 sh -c 'exit 3'"),
    granted("-n1 : -n2 -Q true"),
    granted("-n1 -N2 -p short : -n2 true"),
    granted("echo a : b"),
    granted("-n1 : -n2 -K echo a : b"),
    granted(f"-n1 -J a : -n2 -c 2 -J b --hint=nomultithread {VARIABLES}", core=True),
    granted(f"-N1 : -c 3 -N2 {VARIABLES}"),
    granted(f"-n2 --gpus-per-task=1 -m plane=2 : -n1 --threads-per-core=1 {VARIABLES}"),
    granted(f"--mem=100 : -n1 {VARIABLES}"),
    refused("-n1 -I : -n2 true"),
    refused("-n1 -p nowhere : -n2 true"),
    refused("-n1 : -n2 -p nowhere true"),
    refused("-n1 : -n2 -H -I2 true"),
    Case("salloc -n1 : -n x true", releases=HAVE_IT),
    Case("salloc -n1 : --nosuch true", releases=HAVE_IT),
    Case("salloc --mem=100 : --mem-per-cpu=10 true", releases=HAVE_IT),
    refused("-p main,nowhere,nix true"),
    refused("-p nowhere,main true"),
]

CASES = [
    *COMMANDS,
    *HET,
    *ENVIRONMENT,
    *SHAPES,
    *QUEUED,
    *VERBOSE,
    *REFUSALS,
    *MISTAKES,
    Case("salloc true", releases=("22.05",), cannot=NO_CALL),
]
