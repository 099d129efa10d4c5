"""The options of `sacct`, in the native command's own order."""

from __future__ import annotations

from slurm_cli_proxy.options.spec import Option

_WHAT = "What is listed"
_HOW = "How it is printed"
_OTHER = "Other"
_NEW = (23, 2)

OPTIONS: tuple[Option, ...] = (
    Option("autocomplete", "", "required", "PREFIX", since=_NEW, done=False),
    Option("allusers", "a", help="the jobs of all users", group=_WHAT),
    Option("accounts", "A", "required", "NAMES", "only jobs of these accounts, comma-separated", group=_WHAT),
    Option("allocations", "X", help="jobs without their steps", group=_HOW),
    Option("array", help="a line for each pending task of an array", since=_NEW, group=_HOW),
    Option("brief", "b", help="id, state and exit code", group=_HOW),
    Option("batch-script", "B", help="the script of the jobs named by --jobs", group=_HOW),
    Option("completion", "c", help="read the job completion log instead", group=_OTHER),
    Option("constraints", "C", "required", "FEATURES", "only jobs that asked for these", group=_WHAT),
    Option("delimiter", "", "required", "TEXT", "what separates the fields with -p and -P", group=_HOW),
    Option("duplicates", "D", help="every run of a requeued job", group=_WHAT),
    Option("federation", help="every cluster of the federation", group=_WHAT),
    Option("helpformat", "e", help="the names that --format knows", group=_OTHER),
    Option("help-fields", "e", dest="helpformat"),
    Option("helpreason", help="the reasons that --reason knows", since=_NEW, group=_OTHER),
    Option("helpstate", help="the states that --state knows", since=_NEW, group=_OTHER),
    Option("endtime", "E", "required", "TIME", "only jobs before this time", group=_WHAT),
    Option("env-vars", help="the environment of the jobs named by --jobs", group=_HOW),
    Option("expand-patterns", help="file names with their patterns filled in", since=_NEW, group=_HOW),
    Option("file", "f", "required", "FILE", "the job completion log to read", group=_OTHER),
    Option("flags", "F", "required", "FLAGS", "only jobs started so: SchedMain, ...", group=_WHAT),
    Option("gid", "g", "required", "GROUPS", "only jobs of these groups", group=_WHAT),
    Option("group", "g", "required", "GROUPS", dest="gid"),
    Option("help", "h", help="this text", group=_OTHER),
    Option("local", help="only this cluster, even in a federation", group=_WHAT),
    Option("name", "", "required", "NAMES", "only jobs with one of these names", group=_WHAT),
    Option("nnodes", "i", "required", "MIN[-MAX]", "only jobs on this many nodes", group=_WHAT),
    Option("ncpus", "I", "required", "MIN[-MAX]", "only jobs on this many CPUs", group=_WHAT),
    Option("jobs", "j", "required", "IDS", "only these jobs and steps: 12, 12_3, 12.batch", group=_WHAT),
    Option("timelimit-min", "k", "required", "TIME", "only jobs with this time limit", group=_WHAT),
    Option("timelimit-max", "K", "required", "TIME", "with -k: the longest time limit", group=_WHAT),
    Option("long", "l", help="more columns", group=_HOW),
    Option("allclusters", "L", help="the jobs of all clusters", group=_WHAT),
    Option("cluster", "M", "required", "NAMES", dest="clusters"),
    Option("clusters", "M", "required", "NAMES", "the jobs of these clusters", group=_WHAT),
    Option("nodelist", "N", "required", "NODES", "only jobs that ran on one of these nodes", group=_WHAT),
    Option("noconvert", help="sizes as they are, 2048M and not 2G", group=_HOW),
    Option("units", "", "required", "KMGTP", "sizes in this unit", group=_HOW),
    Option("noheader", "n", help="no headings", group=_HOW),
    Option("fields", "o", "required", "FORMAT", dest="format"),
    Option("format", "o", "required", "FORMAT", "columns, e.g. 'jobid,state%20'", group=_HOW),
    Option("parsable", "p", help="fields separated and ended by |", group=_HOW),
    Option("parsable2", "P", help="fields separated by |", group=_HOW),
    Option("qos", "q", "required", "NAMES", "only jobs with one of these QOS", group=_WHAT),
    Option("partition", "r", "required", "NAMES", "only jobs in these partitions", group=_WHAT),
    Option(
        "reason", "R", "required", "REASONS", "only jobs that waited for this", since=(26, 5), group=_WHAT
    ),
    Option("reason", "", "required", "REASONS", until=(26, 5), dest="reason"),
    Option("state", "s", "required", "STATES", "only jobs in one of these states at that time", group=_WHAT),
    Option("starttime", "S", "required", "TIME", "only jobs after this time", group=_WHAT),
    Option("truncate", "T", help="times cut to --starttime and --endtime", group=_HOW),
    Option("uid", "u", "required", "USERS", dest="user"),
    Option("use-local-uid", help="user numbers as this machine knows them", group=_HOW),
    Option("usage", "U", help="a short summary of the options", group=_OTHER),
    Option("user", "u", "required", "USERS", "only jobs of these users, by name or number", group=_WHAT),
    Option("verbose", "v", help="tell what is asked for", group=_OTHER),
    Option("version", "V", help="the version", group=_OTHER),
    Option("wckeys", "W", "required", "NAMES", "only jobs with one of these wckeys", group=_WHAT),
    Option("whole-hetjob", "", "optional", "yes|no", "all components of heterogeneous jobs", group=_WHAT),
    Option("associations", "x", "required", "IDS", "only jobs of these associations", group=_WHAT),
    Option("json", help="everything as JSON", group=_HOW, until=_NEW),
    Option("yaml", help="everything as YAML", group=_HOW, until=_NEW),
    Option("json", "", "optional", "PARSER", "everything as JSON", since=_NEW, group=_HOW),
    Option("yaml", "", "optional", "PARSER", "everything as YAML", since=_NEW, group=_HOW),
)
