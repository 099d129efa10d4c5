"""`srun`: what is wrong with a command line, what the controller refuses, waiting, variables, the environment."""

from __future__ import annotations

from tests.live.cases.srun import run, waits

ERRORS = [
    run("", core=True),
    run("--version", core=True),
    run("-V true"),
    run("--nosuch true"),
    run("--t true"),
    run("--th=1 true"),
    run("--accel"),
    run("-t soon true"),
    run("-n 0 true"),
    run("-n x true"),
    run("-N x true"),
    run("-N 3-1 true"),
    run("-c 0 true"),
    run("--mem=lots true"),
    run("--mem=1 --mem-per-cpu=1 true"),
    run("-I0x true"),
    run("-p nowhere true", core=True),
    run("-A nobody true"),
    run("-q nothing true"),
    run("-C nothing true"),
    run("-w nonode true"),
    run("--gres=nothing true"),
    run("--gpus=x: true"),
    run("--gres=gpu:1,gpu:a100:1 true"),
    run("--tres-per-task=gres/foo:1 true", releases=("24.11", "26.05")),
    run("--reboot true", cannot={"22.05": "v0.0.38 has no place for --reboot"}),
    run("-L matlab true : -L matlab true", releases=("24.11", "26.05")),
    run("--begin=never true"),
    run("-d nonsense true"),
    run("-L nothing true"),
    run("-m nothing true"),
    run("-v -Q true"),
    run("--cpu-bind=nonsense true"),
    run("--signal=B:USR2@30 true"),
    run("--signal=R:USR2@30 true"),
    run("--uid=0 true"),
    run("--x11 true"),
    run("--test-only true", cannot={"*": "the API cannot ask when a job would start"}),
    run("--test-only -N x true"),
    run("true", env={"SLURM_PARTITION": "nowhere"}),
    run("true", env={"SLURM_TIMELIMIT": "soon"}),
    run("-p nowhere true", env={"SLURM_EXIT_ERROR": "7"}),
]

WAITING = [
    waits("--begin=now+2 echo late"),
    waits("-Q --begin=now+2 echo late"),
    waits("-I true"),
    waits("-I20 true"),
    waits("-I2 -w node1 --exclusive true", jobs={"blocker": "!-w node1 -J srun-blocker --wrap 'sleep 60'"}),
    waits("-I2 -H true"),
]

ENVIRONMENT = "env | grep -v -e PACK_GROUP -e ^XDG_CACHE_HOME= | LC_ALL=C sort"
VARIABLES = [
    run("printenv SLURM_NTASKS", env={"SLURM_NTASKS": "2"}),
    run("-n 1 echo hello", env={"SLURM_LABELIO": "1"}),
    run("printenv SLURM_JOB_PARTITION", env={"SLURM_PARTITION": "short"}),
    run("-p shared printenv SLURM_JOB_PARTITION", env={"SLURM_PARTITION": "short"}),
    run("printenv FOO", env={"FOO": "bar"}),
    run("--export=NONE printenv FOO", env={"FOO": "bar"}),
    run("--export=FOO=baz printenv FOO", env={"FOO": "bar"}),
    run("--export=ALL,A=1 printenv A FOO", env={"FOO": "bar"}),
    run("printenv FOO", env={"FOO": "bar", "SLURM_EXPORT_ENV": "NONE"}),
    run("printenv SLURM_JOB_NAME"),
    run("-J mine printenv SLURM_JOB_NAME"),
    run("printenv SLURM_JOB_NAME", env={"SLURM_JOB_NAME": "theirs"}),
    run("printenv ENVIRONMENT HOSTNAME SLURM_NODE_ALIASES SLURM_MEM_PER_CPU"),
    run("printenv HOSTNAME", env={"HOSTNAME": "mine"}),
    run("printenv SLURM_SUBMIT_DIR SLURM_UMASK"),
    run(
        "-Q --hint=nomultithread sh -c 'echo hint-$SLURM_HINT'",
        cannot={"22.05": "the cluster's own srun, within the job, tells that CPUs are not bound"},
    ),
    run("sh -c umask"),
    run("sh -c 'ulimit -a'", differs={r".*pending signals.*": "the node's"}),
    run(f"-Q -w node1 sh -c '{ENVIRONMENT}'", differs={
        r"^(?:SLURM_(?:JOBID|JOB_ID|SRUN_COMM_PORT|STEP_LAUNCHER_PORT|TASK_PID|JOB_SLUID|SUBMIT_HOST)"
        r"|SLURM_JOB_\w+_TIME|SLURM_(?:LAUNCH_NODE_IPADDR|SRUN_COMM_HOST))=.*": "of this job",
    }),
]  # fmt: skip

VERBOSE = [
    run(
        "printenv SLURM_JOB_CPUS_PER_NODE_PACK_GROUP_0",
        cannot={"22.05": "a step within a batch job is told of components"},
    ),
    run("sh -c 'echo of-$SLURM_DISTRIBUTION-$SLURM_MEM_PER_NODE'"),
    run("-n 2 -m '*' sh -c 'echo of-$SLURM_DISTRIBUTION'"),
    run("-n 2 --mem=100 sh -c 'echo of-$SLURM_DISTRIBUTION-$SLURM_MEM_PER_NODE'"),
    run("--gpus=1 --mem-per-gpu=10 true"),
    run("-n 2 -N 2 sh -c 'echo of-$SLURM_DISTRIBUTION' : -c 2 true"),
    run(
        "-v -n 2 true",
        differs={r"jobid \d+": "the job's id"},
        cannot={"*": "the cluster's own srun, within the job, says a little more or less"},
    ),
]


CASES = [*ERRORS, *WAITING, *VARIABLES, *VERBOSE]
