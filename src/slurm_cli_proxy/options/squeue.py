"""The options of `squeue`, in the native command's own order."""

from __future__ import annotations

from slurm_cli_proxy.options.spec import Option

_WHAT = "What is listed"
_HOW = "How it is printed"
_OTHER = "Other"

OPTIONS: tuple[Option, ...] = (
    Option("autocomplete", "", "required", "PREFIX", since=(23, 2), done=False),
    Option("accounts", "A", "required", "NAMES", "only jobs of these accounts, comma-separated", group=_WHAT),
    Option("all", "a", help="jobs in hidden partitions and ones closed to the user, too", group=_WHAT),
    Option("array", "r", help="a line for each task of an array", group=_HOW),
    Option("array-unique", help="a line for each pending task of an array", group=_HOW, until=(23, 2)),
    Option("Format", "O", "required", "FORMAT", "columns by name, e.g. 'jobid:.18 ,name'", group=_HOW),
    Option("format", "o", "required", "FORMAT", "columns by letter, e.g. '%.18i %j'", group=_HOW),
    Option("federation", help="every cluster of the federation", group=_WHAT, done=False),
    Option("help", help="this text", group=_OTHER),
    Option("helpstate", help="the states that --states knows", group=_OTHER, since=(23, 2)),
    Option("helpformat", help="the letters that --format knows", group=_OTHER, since=(23, 2)),
    Option("helpFormat", help="the names that --Format knows", group=_OTHER, since=(23, 2)),
    Option("hide", help="no jobs in hidden partitions (the default)", group=_WHAT),
    Option("iterate", "i", "required", "SECONDS", "print again and again, this often", group=_HOW),
    Option(
        "jobs", "j", "optional", "IDS", "only these jobs, comma-separated: 12, 12_3 (a task)", group=_WHAT
    ),
    Option("json", help="everything as JSON", group=_HOW, until=(23, 2)),
    Option("json", "", "optional", "PARSER", "everything as JSON", group=_HOW, since=(23, 2)),
    Option("local", help="only this cluster, even in a federation", group=_WHAT),
    Option("long", "l", help="more columns", group=_HOW),
    Option("licenses", "L", "required", "NAMES", "only jobs that use or wait for one of these", group=_WHAT),
    Option("cluster", "M", "required", "NAMES", dest="clusters", done=False),
    Option("clusters", "M", "required", "NAMES", "these clusters", group=_WHAT, done=False),
    Option("me", help="only the user's own jobs", group=_WHAT),
    Option("name", "n", "required", "NAMES", "only jobs with one of these names", group=_WHAT),
    Option("noconvert", help="print sizes as they are, 2048M and not 2G", group=_HOW),
    Option("node", "w", "required", "NODES", dest="nodelist"),
    Option("nodes", "w", "required", "NODES", dest="nodelist"),
    Option("nodelist", "w", "required", "NODES", "only jobs that run on one of these nodes", group=_WHAT),
    Option("noheader", "h", help="no headings", group=_HOW),
    Option("notme", help="only the jobs of others", group=_WHAT, since=(23, 2)),
    Option("only-job-state", help="ids and states alone", group=_HOW, since=(24, 5), done=False),
    Option("partitions", "p", "required", "NAMES", "only jobs in these partitions", group=_WHAT),
    Option("priority", "P", help="a line for each partition that a pending job may run in", group=_HOW),
    Option("qos", "q", "required", "NAMES", "only jobs with one of these QOS", group=_WHAT),
    Option("reservation", "R", "required", "NAMES", "only jobs of these reservations", group=_WHAT),
    Option(
        "running-over",
        "",
        "required",
        "TIME",
        "only jobs that have been running longer",
        since=(26, 5),
        group=_WHAT,
    ),
    Option(
        "running-under",
        "",
        "required",
        "TIME",
        "only jobs that have been running less",
        since=(26, 5),
        group=_WHAT,
    ),
    Option("sib", dest="sibling", done=False),
    Option("sibling", help="all sibling jobs of a federation", group=_WHAT, done=False),
    Option(
        "sort",
        "S",
        "required",
        "KEYS",
        "sort by these letters of --format; - before one reverses",
        group=_HOW,
    ),
    Option("start", help="when pending jobs are expected to start", group=_HOW),
    Option("steps", "s", "optional", "IDS", "job steps instead of jobs", group=_WHAT, done=False),
    Option("states", "t", "required", "STATES", "only jobs in one of these states, or all", group=_WHAT),
    Option("usage", help="a short summary of the options", group=_OTHER),
    Option("user", "u", "required", "USERS", "only jobs of these users, by name or number", group=_WHAT),
    Option("users", "u", "required", "USERS", dest="user"),
    Option("verbose", "v", help="say what was asked for", group=_OTHER),
    Option("version", "V", help="the server's Slurm release", group=_OTHER),
    Option("yaml", help="everything as YAML", group=_HOW, until=(23, 2)),
    Option("yaml", "", "optional", "PARSER", "everything as YAML", group=_HOW, since=(23, 2)),
    Option(
        "expand-patterns",
        help="file names with their patterns replaced",
        group=_HOW,
        since=(24, 11),
    ),
)
