"""The options of `sprio`, in the native command's own order."""

from __future__ import annotations

from slurm_cli_proxy.options.spec import Option

_WHAT = "What is listed"
_HOW = "How it is printed"
_OTHER = "Other"

OPTIONS: tuple[Option, ...] = (
    Option("autocomplete", "", "required", "PREFIX", since=(23, 2), done=False),
    Option("noheader", "h", help="no headings", group=_HOW),
    Option("jobs", "j", "optional", "IDS", "only these jobs, comma-separated", group=_WHAT),
    Option("long", "l", help="more columns", group=_HOW),
    Option("cluster", "M", "required", "NAME", dest="clusters"),
    Option("clusters", "M", "required", "NAME", "this cluster", group=_WHAT),
    Option("norm", "n", help="factors between 0 and 1", group=_HOW),
    Option("format", "o", "required", "FORMAT", "columns by letter, e.g. '%.15i %9r'", group=_HOW),
    Option("partition", "p", "required", "NAMES", "only jobs in these partitions", group=_WHAT),
    Option("sort", "S", "required", "LETTERS", "the order, e.g. 'r,-y'", group=_HOW),
    Option("user", "u", "required", "USERS", dest="users"),
    Option("users", "u", "required", "USERS", "only jobs of these users, by name or number", group=_WHAT),
    Option("verbose", "v", help="tell what is asked for", group=_OTHER),
    Option("version", "V", help="the version", group=_OTHER),
    Option("weights", "w", help="what the factors weigh, instead of jobs", group=_WHAT),
    Option("federation", help="every cluster of the federation", group=_WHAT),
    Option("help", help="this text", group=_OTHER),
    Option("local", help="only this cluster, even in a federation", group=_WHAT),
    Option("sib", dest="sibling"),
    Option("sibling", help="all siblings of a federated job", group=_WHAT),
    Option("usage", help="a short summary of the options", group=_OTHER),
)
