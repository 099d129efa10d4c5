"""The options of sbatch, and those it shares with salloc and srun: one table.

A row says everything about an option but its effect on other options: its names, how its value is read
(`options/values.py`, `geometry.py`, `binding.py`), which fields of the job carry it (the newest API's names;
`rest/payload.py` tells what older versions make of them), or that it acts on the client's side (CLIENT), that
the cluster's own srun gets it (STEP), or that nothing carries it (NOTHING).  The variables that stand for options are
in `options/variables.py`.

Rows are in the order of the native commands' own table.
"""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.options import allocating, binding, geometry, values
from slurm_cli_proxy.options.spec import Option, Release

CLIENT: Final = "client"
STEP: Final = "step"
NOTHING: Final = ""

V23_02: Final[Release] = (23, 2)
V23_11: Final[Release] = (23, 11)
V24_05: Final[Release] = (24, 5)
V24_11: Final[Release] = (24, 11)
V25_05: Final[Release] = (25, 5)
V25_11: Final[Release] = (25, 11)
V26_05: Final[Release] = (26, 5)

RUN = "What to run and when"
SIZE = "How much of the cluster"
WHERE = "Which nodes"
BIND = "Tasks and how they are bound"
FILES = "Files and environment"
ABOUT = "About the job"
SELF = "About this command"


class SubmitOption(Option, frozen=True, omit_defaults=True):
    """A row of the table.

    `read` turns the option's text into its meaning.  `sets` names the setting, where it is not the option's `dest`.
    `job` names the job fields that carry it, or is CLIENT or NOTHING.  `direct` says that the value goes into the
    (only) field as it is; "number" wraps it as the API wants numbers that can be unset.  `commands`: `a`, `b`, `r`
    for salloc, sbatch, srun.  `early`: read before the script is, because it settles where the script is or whether
    anything is done at all.
    """

    read: values.Reader = values.text
    sets: str = ""
    job: str = NOTHING
    direct: str = ""
    commands: str = "abr"
    early: bool = False


O = SubmitOption  # noqa: E741 - the table is read by columns
R: Final = "required"
N: Final = "none"
P: Final = "optional"

OPTIONS: Final[tuple[SubmitOption, ...]] = (
    O("accel-bind", "", R, "OPTIONS", "bind tasks to accelerators", group=BIND, job=STEP, commands="r"),
    O("account", "A", R, "NAME", "charge the job to this account", group=ABOUT, job="account", direct="text"),
    O("acctg-freq", "", R, "TYPE=SECONDS", "how often to sample accounting and profiling data", group=ABOUT,
      read=values.acctg_freq, job="account_gather_frequency", direct="text"),
    O("array", "a", R, "TASKS", "submit a job array: task numbers, ranges with a step, %limit", group=RUN,
      job="array", direct="text", commands="b"),
    O("async", "", N, "", "create an asynchronous step", group=RUN, since=V26_05, read=values.flag(), job=STEP,
      commands="r"),
    O("autocomplete", "", R, "WORD", since=V23_02, done=False),
    O("batch", "", R, "FEATURES", "features of the node that runs the script", group=WHERE,
      job="batch_features", direct="text", commands="b"),
    O("bcast", "", P, "PATH", "copy the program to the nodes", group=FILES, job=STEP, commands="r"),
    O("bcast-exclude", "", R, "PATHS", "libraries that are not copied", group=FILES, job=STEP, commands="r"),
    O("begin", "b", R, "TIME", "do not start before this time", group=RUN, read=values.moment("--begin"),
      job="begin_time", direct="number"),
    O("bell", "", N, "", "ring the terminal's bell when the allocation is there", group=SELF,
      read=values.flag("always"), job=CLIENT, commands="a"),
    O("bb", "", R, "SPEC", "burst buffer wanted", group=SIZE, job="burst_buffer", direct="text"),
    O("bbf", "", R, "FILE", "file that describes the burst buffer wanted", group=SIZE, job="script"),
    O("cluster-constraint", "", R, "[!]FEATURES", "features of the federation's clusters", group=WHERE,
      job="cluster_constraint", direct="text"),
    O("chdir", "D", R, "FOLDER", "working folder of the job", group=FILES,
      job="current_working_directory", early=True),
    O("cluster", "", R, "NAMES", sets="clusters", job=CLIENT),
    O("clusters", "M", R, "NAMES", "clusters to choose from: those of the configuration", group=WHERE, job=CLIENT),
    O("comment", "", R, "TEXT", "words kept with the job", group=ABOUT, job="comment", direct="text"),
    O("compress", "", P, "LIBRARY", "compress what --bcast copies", group=FILES, job=STEP, commands="r"),
    O("consolidate-segments", "", N, "", "place the segments near one another", group=WHERE, since=V25_11,
      read=values.flag(), job="flags"),
    O("container", "", R, "PATH", "OCI bundle to run in", group=RUN, job="container", direct="text"),
    O("container-id", "", R, "ID", "OCI container to run in", group=RUN, since=V23_02,
      job="container_id", direct="text"),
    O("container-type", "", R, "TYPE", "kind of the container", group=RUN, since=V25_11,
      job="container_type", direct="text"),
    O("context", "", R, "CONTEXT", "SELinux context", group=RUN, job="selinux_context", direct="text"),
    O("contiguous", "", N, "", "nodes that lie next to one another", group=WHERE, read=values.flag(),
      job="contiguous", direct="text"),
    O("constraint", "C", R, "FEATURES", "features the nodes must have", group=WHERE,
      job="constraints", direct="text"),
    O("core-spec", "S", R, "NUMBER", "cores kept for the system", group=SIZE,
      read=values.count("--core-spec", positive=False), job="core_specification", direct="text"),
    O("cores-per-socket", "", R, "NUMBER", "cores a socket at least", group=WHERE,
      read=values.count("--cores-per-socket"), job="cores_per_socket", direct="text"),
    O("cpu-bind", "", R, "TYPE", "bind tasks to CPUs", group=BIND, job=STEP, commands="r"),
    O("cpu_bind", "", R, dest="cpu_bind", job=STEP, commands="r"),
    O("cpu-freq", "", R, "MIN[-MAX][:GOVERNOR]", "frequency of the CPUs", group=BIND, read=binding.cpu_freq,
      job="cpu_frequency", direct="text"),
    O("cpus-per-gpu", "", R, "NUMBER", "CPUs for each GPU", group=SIZE, read=values.count("--cpus-per-gpu"),
      job="cpus_per_tres"),
    O("cpus-per-task", "c", R, "NUMBER", "CPUs for each task", group=SIZE,
      read=values.count("--cpus-per-task"), job="cpus_per_task minimum_cpus"),
    O("deadline", "", R, "TIME", "give the job up if it cannot end by then", group=RUN,
      read=values.moment("--deadline"), job="deadline", direct="text"),
    O("debugger-test", "", N, "", since=(0, 0), commands="r", done=False),
    O("delay-boot", "", R, "TIME", "wait so long for nodes that need no reboot", group=WHERE,
      read=values.seconds("--delay-boot"), job="delay_boot", direct="text"),
    O("dependency", "d", R, "TYPE:JOB", "wait for other jobs", group=RUN, job="dependency", direct="text"),
    O("disable-status", "X", N, "", "no status upon Ctrl-C", group=RUN, read=values.flag(), job=STEP,
      commands="r"),
    O("distribution", "m", R, "LAYOUT", "how tasks are spread over nodes, sockets and cores", group=BIND,
      read=geometry.distribution, job="distribution"),
    O("epilog", "", R, "PROGRAM", "run after the step, where srun runs", group=RUN, job=STEP, commands="r"),
    O("error", "e", R, "FILE", "file for standard error", group=FILES, job="standard_error", commands="br"),
    O("exact", "", N, "", "only the resources that the step asks for", group=SIZE, read=values.flag(), job=STEP,
      commands="r"),
    O("exclude", "x", R, "NODES", "nodes not to use", group=WHERE, job="excluded_nodes"),
    O("exclusive", "", P, "user|mcs", "whole nodes, or nodes shared with certain jobs only", group=WHERE,
      read=values.exclusive, sets="shared", job="shared"),
    O("export", "", R, "VARIABLES", "variables that go with the job: ALL, NONE, NIL, names, NAME=VALUE",
      group=FILES, job="environment", commands="br"),
    O("export-file", "", R, "FILE", "file with the job's environment", group=FILES, job="environment",
      commands="b"),
    O("external", "", N, "", "a job whose work is done outside of Slurm", group=RUN, since=V25_11, commands="b",
      read=values.flag(), job="flags", early=True),
    O("external-launcher", "", N, "", since=V23_11, commands="r", read=values.flag(), job=STEP),
    O("extra", "", R, "TEXT", "more words kept with the job", group=ABOUT, since=V23_02,
      job="extra", direct="text"),
    O("extra-node-info", "B", R, "S[:C[:T]]", "sockets, cores and threads at least", group=WHERE,
      read=geometry.extra_node_info, job="sockets_per_node cores_per_socket threads_per_core tasks"),
    O("get-user-env", "", P, "SECONDS", "take the environment of a login on the cluster", group=FILES,
      until=(25, 5), read=values.get_user_env, job="environment", commands="b"),
    O("get-user-env", "", P, "SECONDS", "take the environment of a login on the cluster", group=FILES,
      until=V23_11, read=values.get_user_env, job="environment", commands="a", done=False),
    O("get-user-env", "", N, "", "take the environment of a login on the cluster", group=FILES,
      since=(25, 5), read=values.get_user_env, job="environment", commands="b"),
    O("gid", "", R, "GROUP", "run the job as this group (root only)", group=ABOUT,
      read=values.root_only("--gid", "group"), job="group_id", commands="b"),
    O("gid", "", R, "GROUP", "run the job as this group (root only)", group=ABOUT, until=V23_11,
      read=values.root_only("--gid", "group"), job="group_id", commands="ar"),
    O("gpu-bind", "", R, "TYPE", "which GPUs a task may use", group=BIND, read=binding.gpu_bind,
      job="tres_bind"),
    O("gpu-freq", "", R, "FREQUENCY", "frequency of the GPUs", group=BIND, read=binding.gpu_freq,
      job="tres_freq"),
    O("gpus", "G", R, "[TYPE:]NUMBER", "GPUs for the job", group=SIZE, job="tres_per_job"),
    O("gpus-per-node", "", R, "[TYPE:]NUMBER", "GPUs on each node", group=SIZE, job="tres_per_node"),
    O("gpus-per-socket", "", R, "[TYPE:]NUMBER", "GPUs on each socket", group=SIZE, job="tres_per_socket"),
    O("gpus-per-task", "", R, "[TYPE:]NUMBER", "GPUs for each task", group=SIZE,
      job="tres_per_task tres_bind"),
    O("gres", "", R, "NAME[:TYPE]:NUMBER", "generic resources on each node", group=SIZE, read=values.gres,
      job="tres_per_node"),
    O("gres-flags", "", R, "FLAGS", "how generic resources and CPUs go together", group=BIND,
      read=binding.gres_flags, job="flags"),
    O("help", "h", N, "", "show this text", group=SELF, job=CLIENT, early=True),
    O("het-group", "", R, "COMPONENTS", "components of a het job's allocation", group=WHERE, commands="r",
      read=geometry.het_group, job=CLIENT),
    O("hint", "", R, "HINT", "bind for a kind of program (help: which there are)", group=BIND,
      job="threads_per_core cores_per_socket tasks_per_core"),
    O("hold", "H", N, "", "submit the job held", group=RUN, read=values.flag(), job="hold", direct="text"),
    O("ignore-pbs", "", N, "", "pass over #PBS and #BSUB lines", group=SELF, read=values.flag(), job=CLIENT,
      commands="b", early=True),
    O("ignore-signals", "", R, "SIGNALS", "signals that are not passed on", group=RUN, since=V26_05, job=STEP,
      commands="r"),
    O("immediate", "I", P, "SECONDS", "give up unless resources are there (so soon)", group=RUN,
      read=allocating.immediate, job=CLIENT, commands="r"),
    O("immediate", "I", P, "SECONDS", "give up if there is nothing free (after so long)", group=RUN,
      read=allocating.immediate, job="immediate", commands="a"),
    O("input", "i", R, "FILE", "file for standard input", group=FILES, job="standard_input", commands="br"),
    O("interactive", "", N, "", job=STEP, commands="r"),
    O("jobid", "", R, "JOB", "run in this allocation", group=WHERE, job=STEP, commands="r"),
    O("job-name", "J", R, "NAME", "the job's name", group=ABOUT, job="name"),
    O("kill-on-bad-exit", "K", P, "0|1", "a task's failure ends the step", group=RUN, read=values.optional("1"),
      job=STEP, commands="r"),
    O("kill-command", "K", P, "SIGNAL", "end the command when the allocation ends", group=RUN,
      read=allocating.kill_command, job=CLIENT, commands="a"),
    O("kill-on-invalid-dep", "", R, "yes|no", "what becomes of a job whose dependency cannot come true",
      group=RUN, read=values.kill_on_invalid_dep, job="flags", commands="b"),
    O("label", "l", N, "", "put the task's number before each line", group=FILES, read=values.flag(), job=STEP,
      commands="r"),
    O("licenses", "L", R, "NAME[:NUMBER]", "licences", group=SIZE, job="licenses", direct="text"),
    O("mail-type", "", R, "EVENTS", "send mail about these events", group=ABOUT, read=values.mail_types,
      job="mail_type", direct="text"),
    O("mail-user", "", R, "USER", "who gets the mail", group=ABOUT, job="mail_user", direct="text"),
    O("mcs-label", "", R, "LABEL", "group of users that nodes are shared with", group=ABOUT,
      job="mcs_label", direct="text"),
    O("mem", "", R, "SIZE", "memory on each node (megabytes, or with K, M, G, T)", group=SIZE,
      read=values.megabytes("--mem"), job="memory_per_node"),
    O("mem-bind", "", R, "TYPE", "bind tasks to memory", group=BIND, read=binding.mem_bind,
      job="memory_binding memory_binding_type"),
    O("mem-per-cpu", "", R, "SIZE", "memory for each CPU", group=SIZE, read=values.megabytes("--mem-per-cpu"),
      job="memory_per_cpu"),
    O("mem-per-gpu", "", R, "SIZE", "memory for each GPU", group=SIZE, read=values.megabytes("--mem-per-gpu"),
      job="memory_per_tres"),
    O("mem-update", "", R, "PERCENT@MINUTES", "lower the job's memory to what it uses", group=SIZE,
      since=V26_05, read=values.mem_update, job="memory_update_margin memory_update_delay"),
    O("mincpus", "", R, "NUMBER", "CPUs on each node at least", group=SIZE, read=values.count("--mincpus"),
      job="minimum_cpus_per_node", direct="text"),
    O("mpi", "", R, "TYPE", "kind of MPI", group=RUN, job=STEP, commands="r"),
    O("msg-timeout", "", R, "SECONDS", job=STEP, commands="r"),
    O("multi-prog", "", N, "", "the operand is a file that lists programs for tasks", group=RUN,
      read=values.flag(), job=STEP, commands="r"),
    O("network", "", R, "TYPE", "what is wanted of the network", group=WHERE, job="network", direct="text"),
    O("nice", "", P, "NUMBER", "lower the priority by so much (100)", group=RUN, read=values.nice,
      job="nice", direct="text"),
    O("no-bell", "", N, "", "never ring the bell", group=SELF, read=values.flag("never"), sets="bell",
      job=CLIENT, commands="a"),
    O("no-allocate", "Z", N, "", "without an allocation (administrators)", group=WHERE,
      read=values.flag(), job=CLIENT, commands="r"),
    O("no-kill", "k", P, "off", "let the job live on when a node fails", group=RUN, read=values.no_kill,
      job="kill_on_node_fail"),
    O("no-shell", "", N, "", "leave the allocation behind, run nothing", group=RUN, read=values.flag(),
      job=CLIENT, commands="a"),
    O("no-requeue", "", N, "", "never requeue the job", group=RUN, read=values.flag(False), sets="requeue",
      job="requeue", commands="b"),
    O("nodefile", "F", R, "FILE", "file with the names of nodes to use", group=WHERE, job="required_nodes"),
    O("nodelist", "w", R, "NODES", "nodes to use", group=WHERE, read=geometry.nodelist, job="required_nodes"),
    O("nodes", "N", R, "MIN[-MAX]", "number of nodes", group=SIZE, read=geometry.nodes,
      job="nodes minimum_nodes maximum_nodes"),
    O("ntasks", "n", R, "NUMBER", "number of tasks", group=SIZE, read=values.count("--ntasks"),
      job="tasks minimum_cpus"),
    O("ntasks-per-core", "", R, "NUMBER", "tasks on each core at most", group=BIND,
      read=values.count("--ntasks-per-core"), job="tasks_per_core", direct="text"),
    O("ntasks-per-gpu", "", R, "NUMBER", "tasks for each GPU", group=BIND,
      read=values.count("--ntasks-per-gpu"), job="ntasks_per_tres"),
    O("ntasks-per-node", "", R, "NUMBER", "tasks on each node", group=BIND,
      read=values.count("--ntasks-per-node"), job="tasks_per_node", direct="text"),
    O("ntasks-per-socket", "", R, "NUMBER", "tasks on each socket at most", group=BIND,
      read=values.count("--ntasks-per-socket"), job="tasks_per_socket", direct="text"),
    O("ntasks-per-tres", "", R, "NUMBER", read=values.count("--ntasks-per-tres"), job="ntasks_per_tres"),
    O("oom-kill-step", "", P, "0|1", "whether a task out of memory ends the whole step", group=RUN,
      since=V24_11, read=values.oom_kill_step, job="oom_kill_step", direct="text"),
    O("open-mode", "", R, "append|truncate", "how output files are opened", group=FILES,
      read=values.open_mode, job="open_mode", commands="br"),
    O("output", "o", R, "FILE", "file for standard output", group=FILES, job="standard_output", commands="br"),
    O("overcommit", "O", N, "", "more tasks than CPUs", group=SIZE, read=values.flag(), job="overcommit"),
    O("overlap", "", N, "", "share resources with other steps", group=SIZE, read=values.flag(), job=STEP,
      commands="r"),
    O("oversubscribe", "s", N, "", "share nodes with other jobs", group=WHERE,
      read=values.flag("oversubscribe"), sets="shared", job="shared"),
    O("pack-group", "", R, "COMPONENTS", dest="het_group", commands="r", read=geometry.het_group, job=CLIENT),
    O("parsable", "", N, "", "print the job's id alone", group=SELF, read=values.flag(), job=CLIENT,
      commands="b", early=True),
    O("parsable", "", N, "", "print the step's id alone", group=SELF, since=V26_05, read=values.flag(), job=STEP,
      commands="r"),
    O("partition", "p", R, "NAMES", "partitions to choose from", group=WHERE, job="partition", direct="text"),
    O("power", "", R, "FLAGS", "power management", group=BIND, until=V23_02, read=binding.power, job="power_flags"),
    O("prefer", "", R, "FEATURES", "features wished for", group=WHERE, job="prefer", direct="text"),
    O("preserve-env", "E", N, "", "variables override counts of nodes and tasks", group=SIZE, read=values.flag(),
      job=STEP, commands="r"),
    O("priority", "", R, "NUMBER|TOP", "the job's priority (administrators)", group=RUN, read=values.priority,
      job="priority"),
    O("profile", "", R, "TYPES", "data to gather profiles of", group=ABOUT, read=values.profile,
      job="profile", direct="text"),
    O("prolog", "", R, "PROGRAM", "run before the step, where srun runs", group=RUN, job=STEP, commands="r"),
    O("propagate", "", P, "LIMITS", "resource limits that go with the job", group=FILES,
      read=values.optional("ALL"), job="environment", commands="br"),
    O("pty", "", P, "", "run task 0 in a terminal", group=RUN, job=STEP, commands="r"),
    O("qos", "q", R, "NAME", "quality of service", group=ABOUT, job="qos", direct="text"),
    O("quiet", "Q", N, "", "say nothing but errors", group=SELF, read=values.flag(), job=CLIENT, early=True),
    O("quit-on-interrupt", "", N, "", "end on a single Ctrl-C", group=RUN, read=values.flag(), job=STEP,
      commands="r"),
    O("reboot", "", N, "", "reboot the nodes before (administrators)", group=WHERE, read=values.flag(),
      job="reboot", direct="text"),
    O("relative", "r", R, "NUMBER", "first node of the allocation to use", group=WHERE, job=STEP, commands="r"),
    O("requeue", "", N, "", "requeue the job when its node fails", group=RUN, until=(25, 5),
      read=values.requeue, sets="requeue", job="requeue", commands="b"),
    O("requeue", "", P, "expedite", "requeue the job when its node fails", group=RUN, since=(25, 5),
      read=values.requeue, sets="requeue", job="requeue flags", commands="b"),
    O("resources", "", R, "NAME[:NUMBER]", "hierarchical resources", group=SIZE, since=V25_11, job="licenses"),
    O("reservation", "", R, "NAMES", "reservations to run in", group=WHERE, job="reservation", direct="text"),
    O("resv-ports", "", P, "NUMBER", "communication ports on each node", group=SIZE,
      read=values.resv_ports, sets="step_ports", job=STEP, commands="r"),
    O("resv-ports", "", P, "NUMBER", "communication ports on each node", group=SIZE, since=V23_02,
      read=values.resv_ports, job="reserve_ports", commands="ab"),
    O("segment", "", R, "NODES", "size of segments in a block topology", group=WHERE, since=V24_05,
      read=values.segment, job="segment_size", direct="number"),
    O("send-libs", "", P, "yes|no", "copy the libraries of what --bcast copies", group=FILES, job=STEP,
      commands="r"),
    O("signal", "", R, "[R|B:]SIGNAL[@SECONDS]", "signal sent before the time limit", group=RUN,
      read=values.signal, job="kill_warning_signal kill_warning_delay kill_warning_flags"),
    O("slurmd-debug", "", R, "LEVEL", "how talkative the nodes are", group=SELF, job=STEP, commands="r"),
    O("sockets-per-node", "", R, "NUMBER", "sockets a node at least", group=WHERE,
      read=values.count("--sockets-per-node"), job="sockets_per_node", direct="text"),
    O("spread-job", "", N, "", "spread the job over many nodes", group=WHERE, read=values.flag(), job="flags"),
    O("spread-segments", "", N, "", "place the segments apart", group=WHERE, since=V25_11, read=values.flag(),
      job="flags"),
    O("stepmgr", "", N, "", "manage steps on the job's first node", group=RUN, since=V24_05,
      read=values.flag(), job="flags"),
    O("switches", "", R, "COUNT[@TIME]", "switches at most, and how long to wait for that", group=WHERE,
      read=geometry.switches, job="required_switches wait_for_switch"),
    O("threads", "T", R, "NUMBER", "connections at once", group=SELF, job=STEP, commands="r"),
    O("task-epilog", "", R, "PROGRAM", "run after each task", group=RUN, job=STEP, commands="r"),
    O("task-prolog", "", R, "PROGRAM", "run before each task", group=RUN, job=STEP, commands="r"),
    O("tasks-per-node", "", R, "NUMBER", read=values.count("--ntasks-per-node"), dest="ntasks_per_node",
      job="tasks_per_node", direct="text"),
    O("test-only", "", N, "", "ask when the job would start, submit nothing", group=SELF, commands="br",
      read=values.flag(), job="test_only", direct="text"),
    O("thread-spec", "", R, "NUMBER", "threads kept for the system", group=SIZE,
      read=values.count("--thread-spec"), job="thread_specification", direct="text"),
    O("threads-per-core", "", R, "NUMBER", "threads a core", group=WHERE,
      read=values.count("--threads-per-core"), job="threads_per_core", direct="text"),
    O("time", "t", R, "TIME", "time limit: minutes, M:S, H:M:S, D-H, D-H:M:S", group=RUN,
      read=values.minutes("--time"), job="time_limit"),
    O("time-min", "", R, "TIME", "time limit may be lowered to this", group=RUN,
      read=values.minutes("--time-min"), job="time_minimum"),
    O("tmp", "", R, "SIZE", "temporary disk on each node", group=SIZE, read=values.megabytes("--tmp", bits=32),
      job="temporary_disk_per_node", direct="text"),
    O("treewidth", "", R, "WIDTH", since=V23_11, job=STEP, commands="r"),
    O("tres-bind", "", R, "TRES:TYPE", "which resources a task may use", group=BIND, since=V23_02,
      job="tres_bind"),
    O("tres-per-task", "", R, "TRES=NUMBER", "resources for each task", group=SIZE, since=V23_02,
      job="tres_per_task cpus_per_task"),
    O("uid", "", R, "USER", "run the job as this user (root only)", group=ABOUT,
      read=values.root_only("--uid", "user"), job="user_id", commands="b"),
    O("uid", "", R, "USER", "run the job as this user (root only)", group=ABOUT, until=V23_11,
      read=values.root_only("--uid", "user"), job="user_id", commands="ar"),
    O("unbuffered", "u", N, "", "do not buffer lines", group=FILES, read=values.flag(), job=STEP, commands="r"),
    O("use-min-nodes", "", N, "", "of a range of node counts, prefer the least", group=SIZE,
      read=values.flag(), job="flags"),
    O("verbose", "v", N, "", "say more; repeat for still more", group=SELF, read=values.verbose, job=CLIENT,
      early=True),
    O("version", "V", N, "", "print the cluster's Slurm release", group=SELF, job=CLIENT, early=True),
    O("usage", "", N, "", "show the options in short", group=SELF, job=CLIENT, early=True),
    O("wait", "W", N, "", "wait until the job ends, and exit as it did", group=SELF, read=values.flag(),
      job=CLIENT, commands="b", early=True),
    O("wait-all-nodes", "", R, "0|1", "start only when all nodes are ready", group=RUN,
      read=values.wait_all_nodes, job="wait_all_nodes", commands="ab"),
    O("wait", "W", R, "SECONDS", "wait so long after the first task has ended", group=RUN, job=STEP,
      commands="r"),
    O("wait-for-children", "", N, "", "a task ends with all its children", group=RUN, since=V25_05, job=STEP,
      commands="r"),
    O("wckey", "", R, "KEY", "workload characterization key", group=ABOUT, job="wckey", direct="text"),
    O("whole", "", N, "", "all resources of the allocation's nodes", group=SIZE, read=values.flag(), job=STEP,
      commands="r"),
    O("x11", "", P, "NODES", "forward X11 (refused: it needs a live connection)", group=RUN,
      read=values.optional("all"), job=CLIENT, commands="ar"),
    O("wrap", "", R, "COMMAND", "run this shell command instead of a script", group=RUN, job="script",
      commands="b", early=True),
)  # fmt: skip


VARIABLES_ONLY: Final = (
    O(dest="wait_for_switch", read=geometry.wait_for_switch, job="wait_for_switch"),
)  # fmt: skip
"""What only a variable of the environment can ask for by itself."""


def options_of(command: str) -> list[SubmitOption]:
    """The rows of `sbatch` ("b"), `salloc` ("a") or `srun` ("r")."""
    return [option for option in OPTIONS if command in option.commands]
