"""The batch script that carries the step: it calls the cluster's own srun and joins it to the shared folder.

In the folder: `out` and `err` grow; `started` appears when the script runs; `status` when the step has ended, with
its exit status; lines of `signals` name signals for srun; lines of `input` name files that hold the next piece of
its standard input, and `.` is its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from slurm_cli_proxy.commands.srun.passes import Line
from slurm_cli_proxy.options.submission import OPTIONS, STEP
from slurm_cli_proxy.submission.policy import OURS

_SHARED: Final = frozenset(
    {
        "acctg_freq", "container", "container_id", "container_type", "cpu_freq", "cpus_per_gpu", "cpus_per_task",
        "distribution", "error", "export", "extra_node_info", "gpu_bind", "gpu_freq", "gpus", "gpus_per_node",
        "gpus_per_socket", "gpus_per_task", "gres", "hint", "input", "job_name", "mem", "mem_bind", "mem_per_cpu",
        "mem_per_gpu", "network", "no_kill", "nodelist", "nodes", "ntasks", "ntasks_per_core", "ntasks_per_gpu",
        "ntasks_per_node", "ntasks_per_socket", "ntasks_per_tres", "oom_kill_step", "open_mode", "output",
        "overcommit", "profile", "propagate", "quiet", "threads_per_core", "time", "tres_bind", "tres_per_task",
        "verbose",
    }
)  # fmt: skip
"""Options of the allocation that its step is given as well."""
_MEMORY: Final = ("mem", "mem_per_cpu", "mem_per_gpu")
_STEP: Final = _SHARED | {option.dest for option in OPTIONS if option.job == STEP}

_OF_BATCH: Final = (
    "ENVIRONMENT", "HOSTNAME", "PWD", "OLDPWD", "SHLVL",
    "SLURM_DISTRIBUTION", "SLURM_MEM_PER_CPU", "SLURM_MEM_PER_NODE", "SLURM_NODE_ALIASES",
    "SLURM_JOB_EXCLUSIVE", "SLURM_JOB_OVERSUBSCRIBE", "SLURM_GET_USER_ENV", "SLURM_EXPORT_ENV", "SLURM_HINT",
)  # fmt: skip
"""Variables that a batch job has and a step of srun's own job has not, unless the caller has set them."""

_OF_FIRST: Final = (
    *(f"SLURM_{name}" for name in (
        "NTASKS", "NPROCS", "CPUS_PER_TASK", "TRES_PER_TASK", "NTASKS_PER_NODE", "NTASKS_PER_CORE",
        "NTASKS_PER_SOCKET", "NTASKS_PER_GPU", "NTASKS_PER_TRES", "THREADS_PER_CORE", "GPUS", "GPUS_PER_NODE",
        "GPUS_PER_SOCKET", "GPUS_PER_TASK", "CPUS_PER_GPU", "MEM_PER_GPU", "GPU_BIND", "GPU_FREQ", "TRES_BIND",
        "OVERCOMMIT", "PROFILE", "NO_KILL", "CPU_FREQ_REQ", "JOB_NUM_NODES", "NNODES",
    )),
)  # fmt: skip
"""What the first component asked for stands in the batch job's environment, and would be asked for by each step."""
_NO_COMPONENTS: Final = (
    "unset $(env | sed -n -e 's/^\\(SLURM_[A-Z_]*_HET_GROUP_[0-9]*\\)=.*/\\1/p'"
    " -e '/^SLURM_JOB_\\(ACCOUNT\\|CPUS_PER_NODE\\|ID\\|NODELIST\\|PARTITION\\|QOS\\)_PACK_/d'"
    " -e 's/^\\(SLURM_[A-Z_]*_PACK_GROUP_[0-9]*\\)=.*/\\1/p')"
)
"""A batch job is told more of its components than srun tells its tasks."""

_SCRIPT: Final = """\
#!/bin/sh
# Carries a step that was asked for by srun of slurm-cli-proxy on another machine.
here={folder}
{environment}
command_of_cluster() {{
    old=$IFS; IFS=:
    for folder in $PATH /usr/bin /usr/local/bin /opt/slurm/bin /usr/local/slurm/bin; do
        if [ -x "$folder/srun" ] && ! grep -q slurm_cli_proxy "$folder/srun" 2>/dev/null; then
            IFS=$old; echo "$folder/srun"; return
        fi
    done
    IFS=$old; echo srun
}}
native=$(command_of_cluster)
(umask 077; : > "$here/started")
trap : TERM INT HUP USR1 USR2
sleep 2147483647 < /dev/null > /dev/null 2>&1 &
keeper=$!
{feed} | {{
    trap : TERM INT HUP USR1 USR2
    exec 4<&0 < /dev/null
    {nice}"$native" {words} <&4 4<&- >> "$here/out" 2>> "$here/err" &
    step=$!
    exec 4<&-
    tail --pid=$keeper -s 0.2 -n +1 -f "$here/signals" 2>/dev/null | while read -r name; do
        kill -s "$name" $step
    done &
    while :; do
        wait $step
        status=$?
        kill -0 $step 2>/dev/null || break
    done
    (umask 077; echo $status > "$here/status.new"; mv "$here/status.new" "$here/status")
    kill $keeper
    exit $status
}}
status=$?
if [ $status -gt 128 ]; then
    trap - TERM INT HUP USR1 USR2
    kill -s $((status - 128)) $$
fi
exit $status
"""

_FEED: Final = """\
tail --pid=$keeper -s 0.2 -n +1 -f "$here/input" 2>/dev/null | while read -r piece; do
    [ "$piece" = . ] && break
    cat "$here/$piece" && rm -f "$here/$piece"
done"""
_NO_INPUT: Final = ":"


def quoted(word: str) -> str:
    """A word as the shell reads it back, whatever is in it."""
    return "'" + word.replace("'", "'\\''") + "'"


def step_words(line: Line, folder: str) -> list[str]:
    """The arguments for the cluster's srun: the options that concern the step, the command.

    For a step that joins another job's allocation every option is the step's.
    """
    words = [word for dest, word in line.options if dest != "chdir" and (line.joins or dest in _STEP)]
    if line.warned:  # with the count of nodes that was settled on, so that srun does not warn of it once more
        settled = f"--nodes={line.request['min_nodes']}"
        words = [settled if word.startswith("--nodes=") else word for word in words]
    if line.alone and not line.joins and not any(name in line.request for name in _MEMORY):
        words.append(
            "--mem=0"
        )  # all that the job has, as by default; tasks are not told the distribution then
    end = ["--"] if line.command[:1] and line.command[0].startswith("-") else []
    return [*words, f"--chdir={folder}", *end, *line.command]


def reads_input(line: Line) -> bool:
    """Whether the step reads srun's own standard input, and not a file or nothing."""
    name = line.request.get("input")
    return name is None or name[:3].lower() == "all" or name[:1] in ("", "-") or name.isdigit()


def script(
    folder: str,
    words: Iterable[str],
    environ: Mapping[str, str],
    *,
    fed: bool,
    joins: bool,
    group: bool,
    niceness: int,
    components: int = 1,
    caller: str = "",
) -> str:
    """The script; `environ` and `niceness` are the caller's, `caller` its folder where the job has another one."""
    if joins:
        lines = ["unset $(env | sed -n 's/^\\(S[LR][A-Z]*_[A-Za-z0-9_]*\\)=.*/\\1/p') ENVIRONMENT"]
        lines += [
            f"export {name}={quoted(value)}"
            for name, value in environ.items()
            if name.startswith(("SLURM_", "SRUN_")) and name != "SLURM_JWT" and not name.startswith(OURS)
        ]
    else:
        lines = [
            f"export {name}={quoted(environ[name])}" if name in environ else f"unset {name}"
            for name in (*_OF_BATCH, *(_OF_FIRST if components > 1 else ()))
        ]
        lines.append(_NO_COMPONENTS if components > 1 else "unset SLURM_JOB_CPUS_PER_NODE_PACK_GROUP_0")
        if group:
            lines.append("SLURM_JOB_GROUP=$(id -gn); export SLURM_JOB_GROUP")
    if caller:  # files named without a folder are the caller's, wherever the tasks run
        lines[:0] = [f"cd {quoted(caller)}"]
    return _SCRIPT.format(
        folder=quoted(folder),
        environment="\n".join(lines),
        feed=_FEED if fed else _NO_INPUT,
        nice=f"nice -n {niceness} " if niceness > 0 else "",
        words=" ".join(map(quoted, words)),
    )
