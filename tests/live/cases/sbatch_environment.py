"""`sbatch`: the environment, the limits and the umask that a job gets, as the job itself tells them."""

from __future__ import annotations

from tests.live.case import Case

SHOWS = (
    b"#!/bin/sh\nexport LC_ALL=C\n"
    b"env | grep -v -e '^XDG_CACHE_HOME=' -e '^SLURM_SUBMIT_HOST=' -e '^SLURM_TASK_PID=' -e _TIME= -e SLUID= -e '^_='"
    b" | sort\nulimit -a\nulimit -H -a\numask\n"
)
FILE = (
    b"A=1\0B=two words\0SLURM_BAR=bar\0FOO=file\0PATH=/usr/bin:/bin\0SLURM_PRIO_PROCESS=7\0A=again\0C=x\ny\0"
)
NAMED = {"22.05": "v0.0.38's slurmrestd adds SLURM_JOB_NAME to the environment by itself"}
ODD = b"=x\0D=\0E\0F=a=b\0\0G=\xff\xfc\0HYDRA_BOOTSTRAP=ssh\0SLURM_JWT=x\0H=1"


def shown(line: str, *, stdin: bytes = b"", cannot: dict[str, str] | None = None, **variables: str) -> Case:
    """What the job sees, on the same nodes both times."""
    return Case(
        f"sbatch -W -t 3 -o out -w node1 {line} job.sh",
        stdin=stdin,
        files={"job.sh": SHOWS, "vars": FILE, "odd": ODD, "none": b"", "lines": b"A=1\nB=2\n"},
        env={"PATH": "/usr/bin:/bin", **variables},
        after=("file out",),
        cannot=cannot or {},
    )


def from_file(line: str, *, stdin: bytes = b"", **variables: str) -> Case:
    """Native 22.05 alone has no SLURM_JOB_NAME then."""
    return shown(line, stdin=stdin, cannot={} if "=0" in line else NAMED, **variables)


EXPORT = [
    shown("--export=ALL", FOO="bar"),
    shown("--export=all", FOO="bar"),
    shown("--export=none", FOO="bar", SLURM_X="y"),
    shown("--export=nil", FOO="bar", SLURM_X="y"),
    shown("--export=''", FOO="bar"),
    shown("--export=,", FOO="bar"),
    shown("--export=FOO", FOO="bar", BAZ="no"),
    shown("--export=FOO,BAZ", FOO="bar", BAZ="two  words"),
    shown("--export=FO", FOO="bar"),
    shown("--export=ALL,FOO=new", FOO="bar"),
    shown("--export=FOO=new,ALL", FOO="bar"),
    shown("--export=all,FOO=new", FOO="bar"),
    shown("--export=NONE,FOO", FOO="bar", BAZ="no"),
    shown("--export=NIL,FOO=x", FOO="bar", BAZ="no"),
    shown("--export='A=1,B=x y,C=\"a,b\"'"),
    shown("--export=\"A='a,b',B='it',C\"", C="c"),
    shown("--export=A=,B==,C=a=b"),
    shown("--export='A=\"open,B=2'"),
    shown("--export='A=a\\,b,B=2'"),
    shown("--export=A=1,A=2"),
    shown('--export=\'"A=1","FOO","B=x,y","C"="z"\'', FOO="bar"),
    shown('--export="A=\\"x\'y\\",B=1"'),
    shown("--export='A=caf\u00e9,B=$HOME,C=`id`'"),
    shown("--export=PATH=/bin:/usr/bin"),
    shown("--export=HYDRA_BOOTSTRAP=rsh", HYDRA_BOOTSTRAP="ssh"),
    shown("--export=SLURM_X=1,SLURM_UMASK=0077", SLURM_X="2"),
    shown("", SBATCH_EXPORT="FOO,A=1", FOO="bar", BAZ="no"),
    shown("--export=ALL", SBATCH_EXPORT="NONE", FOO="bar"),
    shown("", SLURM_EXPORT_ENV="NONE", FOO="bar"),
    shown("", LONG="x" * 100_000),
    shown("", MULTI="one\ntwo\n", EMPTY="", TAB="a\tb"),
    shown("", MANY_0="0", MANY_1="1", many_0="2", Many="3"),
]

ADDS = [
    shown("", SLURM_JOB_ID="7", SLURM_NTASKS="9", SLURM_SUBMIT_DIR="/x"),
    shown("", SLURM_UMASK="0007", SLURM_PRIO_PROCESS="5"),
    shown("", SLURM_RLIMIT_NOFILE="100"),
    shown("-n 3 --ntasks-per-core=1"),
    shown("-n 4 --ntasks-per-socket=2"),
    shown("--mem-per-cpu=50 -c 2"),
    shown("--threads-per-core=1 -c 2"),
    shown("-d singleton -J lonely"),
    shown("--mem-bind=local,verbose"),
    shown("--open-mode=append"),
    shown("--profile=task", cannot={"22.05": "v0.0.38's slurmrestd makes SLURM_PROFILE `0,Task`"}),
    shown("-J 'two words'"),
    shown("-q high -A physics -p short"),
    shown("--array=3"),
    shown("-D /tmp -o {scratch}/out"),
    shown("-k --exclusive=user -s"),
    Case("sbatch -W -t 3 -o out -w node4 --gpus=2 --gpus-per-node=2 -n 2 job.sh", files={"job.sh": SHOWS},
         after=("file out",)),
    Case("sbatch -W -t 3 -o out -w node4 --gres=gpu:a100:1 --cpus-per-gpu=2 --mem-per-gpu=40 job.sh",
         files={"job.sh": SHOWS}, after=("file out",)),
]  # fmt: skip

LIMITS = [
    shown("--propagate"),
    shown("--propagate=ALL"),
    shown("--propagate=STACK,CORE"),
    shown("--propagate=none"),
    shown("--propagate=NPROC,MEMLOCK,AS"),
    shown("--propagate=NONE --export=NONE"),
    shown("--propagate=CORE --get-user-env"),
]

LOGIN = [
    shown("--get-user-env", FOO="bar"),
    shown("--get-user-env --export=NONE", FOO="bar"),
    shown("--get-user-env --export=FOO", FOO="bar", BAZ="no"),
    shown("--get-user-env --export=ALL,A=1", FOO="bar"),
    shown("", SBATCH_GET_USER_ENV="1", FOO="bar"),
]

FROM_FILE = [
    from_file("--export-file=vars", FOO="bar", SLURM_X="y"),
    from_file("--export-file=vars --hint=compute_bound", FOO="bar"),
    from_file("--export-file=vars --export=ALL", FOO="bar", SLURM_X="y"),
    from_file("--export-file=vars --export=ALL,Q=1", FOO="bar", BAZ="no"),
    from_file("--export-file=vars --export=BAZ,Q=1", BAZ="no"),
    from_file("--export-file=vars --export=NONE", FOO="bar"),
    from_file("--export-file=vars --export=NIL", FOO="bar"),
    from_file("--export-file=vars --get-user-env", FOO="bar"),
    from_file("--export-file=vars --export=ALL --get-user-env", FOO="bar"),
    from_file("--export-file=vars", SBATCH_EXPORT="FOO", FOO="bar"),
    from_file("--export-file=odd --export=ALL"),
    from_file("--export-file=lines --export=ALL"),
    from_file("--export-file=none --export=ALL", FOO="bar"),
    from_file("--export-file={scratch}/vars --export=ALL -D /tmp -o {scratch}/out"),
    from_file("--export-file=0 --export=ALL", stdin=FILE),
    from_file("--export-file=vars --export=ALL -n 2 -c 2 --propagate=CORE", SLURM_UMASK="0077"),
    Case("sbatch -H --export-file=nosuch --wrap true"),
    Case("sbatch -H --export-file= --wrap true"),
    Case("sbatch -H --export-file=77 --wrap true"),
    Case("sbatch -H --export-file=/ --wrap true"),
    Case("sbatch -H --export-file=4294967296 --wrap true"),
    Case("sbatch -H --export-file=nosuch -t soon --wrap true"),
    Case("sbatch -H --export-file=nosuch --export=NONE --wrap true"),
    Case("sbatch -H --export-file=nosuch --wrap true", env={"SLURM_EXIT_ERROR": "9"}),
    Case("sbatch -H -n 2 -N 3 --export-file=nosuch --wrap true"),
    Case("sbatch -H --export-file"),
]

CASES = [*EXPORT, *ADDS, *LIMITS, *LOGIN, *FROM_FILE]
