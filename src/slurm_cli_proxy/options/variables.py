"""Variables of the environment that stand for options of the submitting commands.

In the native commands' own order, which shows when two of them are wrong.
"""

from __future__ import annotations

from typing import Final

import msgspec

from slurm_cli_proxy.options.spec import Release


class Variable(msgspec.Struct, frozen=True, omit_defaults=True):
    """A variable and the `dest` of the option it stands for; `early` ones are read before the script."""

    name: str
    dest: str
    since: Release = (0, 0)
    until: Release | None = None
    early: bool = False


V = Variable
V23_02: Final[Release] = (23, 2)
V25_11: Final[Release] = (25, 11)

SBATCH: Final[tuple[Variable, ...]] = (
    V("SBATCH_ACCOUNT", "account"),
    V("SBATCH_ARRAY_INX", "array"),
    V("SBATCH_ACCTG_FREQ", "acctg_freq"),
    V("SBATCH_BATCH", "batch"),
    V("SBATCH_BURST_BUFFER", "bb"),
    V("SBATCH_CLUSTER_CONSTRAINT", "cluster_constraint"),
    V("SBATCH_CLUSTERS", "clusters"),
    V("SLURM_CLUSTERS", "clusters"),
    V("SBATCH_CONSOLIDATE_SEGMENTS", "consolidate_segments", since=V25_11),
    V("SBATCH_CONTAINER", "container"),
    V("SBATCH_CONTAINER_ID", "container_id", since=V23_02),
    V("SBATCH_CONTAINER_TYPE", "container_type", since=V25_11),
    V("SBATCH_CONSTRAINT", "constraint"),
    V("SBATCH_CORE_SPEC", "core_spec"),
    V("SBATCH_CPU_FREQ_REQ", "cpu_freq"),
    V("SBATCH_CPUS_PER_GPU", "cpus_per_gpu"),
    V("SBATCH_DEBUG", "verbose", until=V23_02),
    V("SBATCH_DELAY_BOOT", "delay_boot"),
    V("SBATCH_DISTRIBUTION", "distribution"),
    V("SBATCH_EXCLUSIVE", "exclusive"),
    V("SBATCH_EXPORT", "export"),
    V("SBATCH_GET_USER_ENV", "get_user_env"),
    V("SBATCH_GRES", "gres"),
    V("SBATCH_GRES_FLAGS", "gres_flags"),
    V("SBATCH_GPUS", "gpus"),
    V("SBATCH_GPU_BIND", "gpu_bind"),
    V("SBATCH_GPU_FREQ", "gpu_freq"),
    V("SBATCH_GPUS_PER_NODE", "gpus_per_node"),
    V("SBATCH_GPUS_PER_SOCKET", "gpus_per_socket"),
    V("SBATCH_GPUS_PER_TASK", "gpus_per_task"),
    V("SLURM_HINT", "hint"),
    V("SBATCH_HINT", "hint"),
    V("SBATCH_JOB_NAME", "job_name"),
    V("SBATCH_MEM_BIND", "mem_bind"),
    V("SBATCH_MEM_PER_CPU", "mem_per_cpu"),
    V("SBATCH_MEM_PER_GPU", "mem_per_gpu"),
    V("SBATCH_MEM_PER_NODE", "mem"),
    V("SBATCH_NETWORK", "network"),
    V("SBATCH_NO_KILL", "no_kill"),
    V("SBATCH_NO_REQUEUE", "no_requeue"),
    V("SBATCH_OPEN_MODE", "open_mode"),
    V("SBATCH_OVERCOMMIT", "overcommit"),
    V("SBATCH_PARTITION", "partition"),
    V("SBATCH_POWER", "power"),  # outlived its option: since 23.02 it makes native sbatch exit without a word
    V("SBATCH_PROFILE", "profile"),
    V("SBATCH_QOS", "qos"),
    V("SBATCH_REQ_SWITCH", "switches"),
    V("SBATCH_REQUEUE", "requeue"),
    V("SBATCH_RESERVATION", "reservation"),
    V("SBATCH_SEGMENT_SIZE", "segment", since=V25_11),
    V("SBATCH_SIGNAL", "signal"),
    V("SBATCH_SPREAD_JOB", "spread_job"),
    V("SBATCH_SPREAD_SEGMENTS", "spread_segments", since=V25_11),
    V("SBATCH_THREAD_SPEC", "thread_spec"),
    V("SBATCH_THREADS_PER_CORE", "threads_per_core"),
    V("SBATCH_TIMELIMIT", "time"),
    V("SBATCH_TRES_BIND", "tres_bind", since=V23_02),
    V("SBATCH_TRES_PER_TASK", "tres_per_task", since=V23_02),
    V("SBATCH_USE_MIN_NODES", "use_min_nodes"),
    V("SBATCH_WAIT", "wait"),
    V("SBATCH_WAIT_ALL_NODES", "wait_all_nodes"),
    V("SBATCH_WAIT4SWITCH", "wait_for_switch"),
    V("SBATCH_WCKEY", "wckey"),
    V("SBATCH_ERROR", "error"),
    V("SBATCH_INPUT", "input"),
    V("SBATCH_OUTPUT", "output"),
    V("SBATCH_IGNORE_PBS", "ignore_pbs", early=True),
    V("SBATCH_DEBUG", "verbose", since=V23_02, early=True),
)

SALLOC: Final[tuple[Variable, ...]] = (
    V("SALLOC_ACCOUNT", "account"),
    V("SALLOC_ACCTG_FREQ", "acctg_freq"),
    V("SALLOC_BELL", "bell"),
    V("SALLOC_BURST_BUFFER", "bb"),
    V("SALLOC_CLUSTER_CONSTRAINT", "cluster_constraint"),
    V("SALLOC_CLUSTERS", "clusters"),
    V("SLURM_CLUSTERS", "clusters"),
    V("SALLOC_CONSOLIDATE_SEGMENTS", "consolidate_segments", since=V25_11),
    V("SALLOC_CONTAINER", "container"),
    V("SALLOC_CONTAINER_ID", "container_id", since=V23_02),
    V("SALLOC_CONTAINER_TYPE", "container_type", since=V25_11),
    V("SALLOC_CONSTRAINT", "constraint"),
    V("SALLOC_CORE_SPEC", "core_spec"),
    V("SALLOC_CPU_FREQ_REQ", "cpu_freq"),
    V("SALLOC_CPUS_PER_GPU", "cpus_per_gpu"),
    V("SALLOC_DEBUG", "verbose"),
    V("SALLOC_DELAY_BOOT", "delay_boot"),
    V("SALLOC_EXCLUSIVE", "exclusive"),
    V("SALLOC_GPUS", "gpus"),
    V("SALLOC_GPU_BIND", "gpu_bind"),
    V("SALLOC_GPU_FREQ", "gpu_freq"),
    V("SALLOC_GPUS_PER_NODE", "gpus_per_node"),
    V("SALLOC_GPUS_PER_SOCKET", "gpus_per_socket"),
    V("SALLOC_GPUS_PER_TASK", "gpus_per_task"),
    V("SALLOC_GRES", "gres"),
    V("SALLOC_GRES_FLAGS", "gres_flags"),
    V("SALLOC_IMMEDIATE", "immediate"),
    V("SLURM_HINT", "hint"),
    V("SALLOC_HINT", "hint"),
    V("SALLOC_KILL_CMD", "kill_command"),
    V("SALLOC_MEM_BIND", "mem_bind"),
    V("SALLOC_MEM_PER_CPU", "mem_per_cpu"),
    V("SALLOC_MEM_PER_GPU", "mem_per_gpu"),
    V("SALLOC_MEM_PER_NODE", "mem"),
    V("SALLOC_NETWORK", "network"),
    V("SALLOC_NO_BELL", "no_bell"),
    V("SALLOC_NO_KILL", "no_kill"),
    V("SALLOC_OVERCOMMIT", "overcommit"),
    V("SALLOC_PARTITION", "partition"),
    V("SALLOC_POWER", "power"),
    V("SALLOC_PROFILE", "profile"),
    V("SALLOC_QOS", "qos"),
    V("SALLOC_RESERVATION", "reservation"),
    V("SALLOC_REQ_SWITCH", "switches"),
    V("SALLOC_SEGMENT_SIZE", "segment", since=V25_11),
    V("SALLOC_SIGNAL", "signal"),
    V("SALLOC_SPREAD_JOB", "spread_job"),
    V("SALLOC_SPREAD_SEGMENTS", "spread_segments", since=V25_11),
    V("SALLOC_THREAD_SPEC", "thread_spec"),
    V("SALLOC_THREADS_PER_CORE", "threads_per_core"),
    V("SALLOC_TIMELIMIT", "time"),
    V("SALLOC_TRES_BIND", "tres_bind", since=V23_02),
    V("SALLOC_TRES_PER_TASK", "tres_per_task", since=V23_02),
    V("SALLOC_USE_MIN_NODES", "use_min_nodes"),
    V("SALLOC_WAIT_ALL_NODES", "wait_all_nodes"),
    V("SALLOC_WAIT4SWITCH", "wait_for_switch"),
    V("SALLOC_WCKEY", "wckey"),
)
