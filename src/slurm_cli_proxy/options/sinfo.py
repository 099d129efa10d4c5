"""The options of `sinfo`, in the native command's own order."""

from __future__ import annotations

from slurm_cli_proxy.options.spec import Option

_WHAT = "What is listed"
_HOW = "How it is printed"
_OTHER = "Other"

OPTIONS: tuple[Option, ...] = (
    Option("autocomplete", "", "required", "PREFIX", since=(23, 2), done=False),
    Option("all", "a", help="every partition, hidden ones and ones closed to the user included", group=_WHAT),
    Option("dead", "d", help="only nodes that do not respond", group=_WHAT),
    Option("exact", "e", help="put nodes on one line only if their sizes are the same", group=_HOW),
    Option("federation", help="every cluster of the federation", group=_WHAT),
    Option("future", "F", help="nodes in state FUTURE, too", group=_WHAT, since=(23, 2)),
    Option("help", help="this text", group=_OTHER),
    Option("helpformat", help="the letters that --format knows", group=_OTHER, since=(23, 2)),
    Option("helpFormat", help="the names that --Format knows", group=_OTHER, since=(23, 2)),
    Option("helpstate", help="the states that --states knows", group=_OTHER, since=(23, 2)),
    Option("hide", help="no hidden partitions (the default)", group=_WHAT),
    Option("iterate", "i", "required", "SECONDS", "print again and again, this often", group=_HOW),
    Option("local", help="only this cluster, even in a federation", group=_WHAT),
    Option("long", "l", help="more columns", group=_HOW),
    Option("cluster", "M", "required", "NAMES", dest="clusters"),
    Option(
        "clusters",
        "M",
        "required",
        "NAMES",
        "this cluster, by name; another one takes another profile",
        group=_WHAT,
    ),
    Option("nodes", "n", "required", "NODES", "only these nodes, as a host list", group=_WHAT),
    Option("noconvert", help="print numbers in full, 2048 and not 2K", group=_HOW),
    Option("noheader", "h", help="no headings", group=_HOW),
    Option("Node", "N", help="a line for each node and partition", group=_HOW),
    Option("format", "o", "required", "FORMAT", "columns by letter, e.g. '%P %.6D %N'", group=_HOW),
    Option("Format", "O", "required", "FORMAT", "columns by name, e.g. 'partition,nodes:.6'", group=_HOW),
    Option("partition", "p", "required", "NAMES", "only these partitions, comma-separated", group=_WHAT),
    Option("responding", "r", help="only nodes that respond", group=_WHAT),
    Option("list-reasons", "R", help="why nodes are down, drained or failing", group=_HOW),
    Option("summarize", "s", help="a line for each partition, nodes counted by state", group=_HOW),
    Option(
        "sort",
        "S",
        "required",
        "KEYS",
        "sort by these letters of --format; - before one reverses",
        group=_HOW,
    ),
    Option("states", "t", "required", "STATES", "only nodes in one of these states", group=_WHAT),
    Option("reservation", "T", help="the reservations instead", group=_WHAT),
    Option("usage", help="a short summary of the options", group=_OTHER),
    Option("verbose", "v", help="say what was asked for", group=_OTHER),
    Option("version", "V", help="the server's Slurm release", group=_OTHER),
    Option("json", help="everything as JSON", group=_HOW, until=(23, 2)),
    Option("yaml", help="everything as YAML", group=_HOW, until=(23, 2)),
    Option("json", "", "optional", "PARSER", "everything as JSON", group=_HOW, since=(23, 2)),
    Option("yaml", "", "optional", "PARSER", "everything as YAML", group=_HOW, since=(23, 2)),
)
