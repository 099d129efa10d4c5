"""`sbatch`: scripts, standard input, --wrap; what it answers; precedence; waiting; the job's environment."""

from __future__ import annotations

from tests.live.case import Case
from tests.live.submission import CRASHES, DIFFERS, OLD_OOM, SCRIPT, SHOW

HELLO = b"#!/bin/sh\necho hello\n"
DIRECTIVES = b"""#!/bin/sh
#SBATCH -J "two words" --comment='it''s "so"'
# a comment
#SBATCH --time=7
#SBATCH -n2

echo one
#SBATCH -t 9
"""
ARGUMENTS = b'#!/bin/bash\nfor word in "$@"; do echo "[$word]"; done\n'
ENVIRONMENT = (
    b"#!/bin/sh\nexport LC_ALL=C\n"
    b"env | grep -v -e '^XDG_CACHE_HOME=' -e '^SLURM_SUBMIT_HOST=' -e '^SLURM_TASK_PID=' -e _TIME= -e SLUID=  -e '^_='"
    b" | sort\nulimit -a\numask\n"
)
COMMAND = {"22.05": CRASHES}


def held(line: str, *, stdin: bytes = b"", script: bool = False, **rest: object) -> Case:
    """A held submission, compared by the job that the controller shows."""
    after = (SHOW, SCRIPT) if script else (SHOW,)
    return Case(line, stdin=stdin, after=after, differs=DIFFERS, **rest)  # type: ignore[arg-type]


SCRIPTS = [
    held("sbatch -H --wrap true", script=True, core=True, cannot=OLD_OOM),
    held("sbatch -H --wrap 'echo \"a  b\"; exit 3'", script=True),
    held("sbatch -H --wrap ''", script=True),
    held("sbatch -H", stdin=HELLO, script=True),
    held("sbatch -H", stdin=b'#!/bin/sh\n# \xe4\xff\n\x01\x1b\t"\\\xc3\xbc\n', script=True),
    held("sbatch -H", stdin=b"#!", script=True),
    held("sbatch -H job.sh", files={"job.sh": HELLO}, script=True, cannot=COMMAND),
    held("sbatch -H ./job.sh", files={"job.sh": HELLO}, script=True, cannot=COMMAND),
    held("sbatch -H {scratch}/job.sh", files={"job.sh": HELLO}, cannot=COMMAND),
    held("sbatch -H -D / {scratch}/job.sh", files={"job.sh": HELLO}, cannot=COMMAND),
    held("sbatch -H -D /tmp job.sh", files={"job.sh": HELLO}, cannot=COMMAND),
    held("sbatch -H job.sh one 'two words' -x", files={"job.sh": ARGUMENTS}, script=True, cannot=COMMAND),
    held("sbatch -H -- job.sh --foo", files={"job.sh": ARGUMENTS}, cannot=COMMAND),
    held("sbatch -H found.sh", files={"found.sh": HELLO}, env={"PATH": "/nowhere:/usr/bin"}, cannot=COMMAND),
    held("sbatch -H", stdin=DIRECTIVES, script=True),
    held("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH -J\n#SBATCH name\n"),
    held("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH --wrap=foo -V --help\n#SBATCH -t 3\n"),
    held("sbatch", stdin=b"#!/bin/sh\n#SBATCH --hold --parsable\n"),
    held("sbatch -H -t 3", stdin=b"#!/bin/sh\n#SBATCH -t 7\n"),
    held("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH -t 7\n", env={"SBATCH_TIMELIMIT": "5"}),
    held("sbatch -H -t 3", stdin=b"#!/bin/sh\n#SBATCH -t 7\n", env={"SBATCH_TIMELIMIT": "5"}),
    held("sbatch -H -J mine", stdin=b"#!/bin/sh\n#SBATCH -J script\n", env={"SBATCH_JOB_NAME": "variable"}),
    held("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH --mem-per-cpu=7\n", env={"SBATCH_MEM_PER_NODE": "100"}),
    held("sbatch -H --no-requeue", stdin=b"#!/bin/sh\n#SBATCH --requeue\n"),
    held("sbatch -H", stdin=b"#!/bin/sh\n#SBATCH --no-requeue\n", env={"SBATCH_NO_REQUEUE": "no"}),
]

ANSWERS = [
    Case("sbatch -H --parsable --wrap true", core=True),
    Case("sbatch -H -Q --wrap true"),
    Case("sbatch -H --parsable -Q --wrap true"),
    Case("sbatch -V", core=True),
    Case("sbatch --version --nosuch"),
    Case("sbatch -H -Q -n 2 -N 3 --wrap true"),
    Case("sbatch -H -n 2 -N 3 --wrap true"),
]

FOREIGN = [
    held("sbatch -H", stdin=b"#!/bin/sh\n" + body)
    for body in (
        b"#SBATCH -J mine\n#PBS -N theirs\n",
        b"echo\n#PBS -N name -q short -l nodes=2:ppn=2,walltime=9 -l mem=2gb\n",
        b"#PBS -l select=1:ncpus=3 -m abe -M user -p 5 -h -t 1-3\n",
        b"#PBS -l nodes=node1:ppn=2+node2:ppn=2 -V -j oe -r n\n",
        b"#PBS -v A=1,B -o out -e err -W depend=singleton\n",
        b"#PBS -N b extra\n",
        b"#PBS -D /tmp\n",
        b"#PBS -l walltime=x\n",
        b"#PBS -q\n",
        b"#BSUB -J name -q short -n 2,4 -W 1:30 -M 4096 -cwd /tmp -x\n#PBS -N no\n",
        b"#BSUB -K\n",
    )
]
FOREIGN += [
    held("sbatch -H --ignore-pbs", stdin=b"#!/bin/sh\n#PBS -N no\n"),
    held("sbatch -H", stdin=b"#!/bin/sh\n#PBS -N no\n", env={"SBATCH_IGNORE_PBS": "1"}),
    held("sbatch -H", stdin=b"#!/bin/sh\n#PBS -N no\n", env={"SBATCH_JOB_NAME": "variable"}),
]

PLUGINS = {"22.05": "the native command logs the plugins that it loads"}
VERBOSE = [
    Case("sbatch -v -H --wrap true", cannot=PLUGINS),
    Case("sbatch -vv -H --wrap true", cannot=PLUGINS),
    Case("sbatch -v -Q -H --wrap true"),
    Case("sbatch -v -t 5", stdin=b""),
    Case("sbatch -H --wrap true", env={"SBATCH_DEBUG": "1", "SBATCH_PARTITION": "short"}),
    Case(
        "sbatch -v -H -p nowhere -t 5 --mem=1G -n 2 -N 2-3 -c 3 --gres=gpu:1 -a 1-3 -d singleton --export=NONE -o x"
        " -b 2037-01-01 --nice --mail-type=END -k --exclusive --requeue -m cyclic --hint=nomultithread --gpus=2"
        " -w node1 -D /tmp --open-mode=append --propagate=CORE --comment='a b' --tmp=5 --wrap true",
        cannot=PLUGINS,
    ),
    Case(
        "sbatch -v -H --deadline=2037-01-01 --delay-boot=5 --mem-per-cpu=1500 --mem-bind=v,local --cpu-freq=high"
        " --profile=task --gres-flags=enforce-binding -m plane=2 -n 8 -x node2 -e err -i in --kill-on-invalid-dep=yes"
        " --no-requeue -s --priority=5 --propagate --spread-job --use-min-nodes --time-min=3 -t 1-0"
        " --wait-all-nodes=1 -L matlab --mincpus=3 --parsable -J n -A science --qos=high -p nope --wrap true",
        cannot=PLUGINS,
    ),
]

LISTED = "squeue -h -j {new} -o '%j|%a|%P|%q|%l|%C|%D|%m|%c|%d|%f|%r|%u|%y|%o'"
CORE = [
    Case("sbatch -H -J core -p short -q high -A physics -t 12 -n 3 -c 2 --mem=500 --wrap true", core=True,
         after=(LISTED,)),
    Case("sbatch -H -n 2 -C big --nice=30 --tmp=1G --mincpus=2 --wrap true", core=True, after=(LISTED,)),
    Case("sbatch -H --gres=gpu:a100:1 -L matlab:2 --comment=c --wrap true", core=True,
         after=("squeue -h -j {new} -O tres-per-node,licenses,comment",)),
    Case("sbatch -H -a 1-5:2%2 -d singleton --wrap true", core=True,
         after=("squeue -h -j {new} -o '%K %E'",)),
    Case("sbatch --nice=10000 --no-requeue --job-name=uuid --mem=100 --cpus-per-task=1 --tmp=10 --partition=main -H",
         stdin=HELLO, core=True, after=(LISTED,)),
    Case("sbatch -H -p nowhere --wrap true", core=True),
    Case("sbatch -H -t soon --wrap true", core=True),
]  # fmt: skip

WAITING = [
    Case("sbatch -W -o /dev/null --wrap 'exit 3'", core=True),
    Case("sbatch -W -o /dev/null --wrap true"),
    Case("sbatch -W -o /dev/null --wrap 'exit 300'"),
    Case("sbatch -W -o /dev/null --wrap 'kill -9 $$'"),
    Case("sbatch -W -Q -o /dev/null -a 0-2 --wrap 'exit $SLURM_ARRAY_TASK_ID'"),
    Case("sbatch -o /dev/null --parsable --wrap 'exit 1'", env={"SBATCH_WAIT": "1"}),
]


def words(line: str, file: str = "out", **rest: object) -> Case:
    """A job that runs and writes into a file of the scratch folder."""
    return Case(f"sbatch -W {line}", after=(f"file {file}",), **rest)  # type: ignore[arg-type]


def environment(line: str, variables: dict[str, str]) -> Case:
    """A job that prints its variables, limits and umask; on the same node both times."""
    return words(f"-o out -w node1 {line} job.sh", files={"job.sh": ENVIRONMENT}, env=variables)


RUNNING = [
    words("-o out --wrap 'echo here; pwd; echo there >&2'"),
    words("-o out -e err --wrap 'echo here; echo there >&2'", "err"),
    words("-o out -i in --wrap cat", files={"in": b"from a file\n"}),
    words("-o out-%x-%a-%t -J name -a 3 --wrap 'echo %a'", "out-name-3-0"),
    words("-o out --open-mode=append --wrap 'echo more'", files={"out": b"before\n"}),
    words("-o out --open-mode=truncate --wrap 'echo more'", files={"out": b"before\n"}),
    words("-o out job.sh one 'two  words' '$x' \"it's\"", files={"job.sh": ARGUMENTS}),
    words("-o out job.py", files={"job.py": b"#!/usr/bin/python3\nprint(6 * 7)\n"}),
    *(
        environment(line, variables)
        for line, variables in (
            ("", {}),
            ("-n 2 -c 2 --mem=100", {}),
            ("-N 2 -w node1,node2", {}),
            ("--ntasks-per-node=2", {}),
            ("-m cyclic:block --hint=nomultithread", {}),
            ("--export=ALL,A=1,B='x y'", {"FOO": "bar"}),
            ("--export=FOO,A='\"x,y\"',B=2,C", {"FOO": "bar", "BAZ": "no"}),
            ("--export=NONE", {"FOO": "bar", "SLURM_BAR": "yes"}),
            ("--export=NIL", {"FOO": "bar"}),
            ("", {"SBATCH_EXPORT": "NONE", "FOO": "bar"}),
            ("--propagate=NONE", {}),
            ("--propagate=NOFILE,CORE", {}),
            ("", {"SLURM_UMASK": "0077", "FOO": "caf\u00e9", "HYDRA_BOOTSTRAP": "ssh"}),
        )
    ),
]  # fmt: skip

CASES = [*SCRIPTS, *ANSWERS, *FOREIGN, *VERBOSE, *CORE, *WAITING, *RUNNING]
