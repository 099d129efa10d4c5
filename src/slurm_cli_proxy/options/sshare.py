"""The options of `sshare`, in the native command's own order."""

from __future__ import annotations

from slurm_cli_proxy.options.spec import Option

_WHAT = "What is listed"
_HOW = "How it is printed"
_OTHER = "Other"
_NEW = (23, 2)

OPTIONS: tuple[Option, ...] = (
    Option("autocomplete", "", "required", "PREFIX", since=_NEW, done=False),
    Option("accounts", "A", "required", "NAMES", "only these accounts, comma-separated", group=_WHAT),
    Option("all", "a", help="all users", group=_WHAT),
    Option("helpformat", "e", help="the names that --format knows", group=_OTHER),
    Option("long", "l", help="more columns", group=_HOW),
    Option("partition", "m", help="the partitions of associations", group=_HOW),
    Option("cluster", "M", "required", "NAMES", dest="clusters"),
    Option("clusters", "M", "required", "NAMES", "these clusters", group=_WHAT),
    Option("noheader", "n", help="no headings", group=_HOW),
    Option("noheader", "h", help="no headings"),
    Option("format", "o", "required", "FORMAT", "columns, e.g. 'account,user%20'", group=_HOW),
    Option("parsable", "p", help="fields separated and ended by |", group=_HOW),
    Option("parsable2", "P", help="fields separated by |", group=_HOW),
    Option("users", "u", "required", "USERS", "only these users, comma-separated", group=_WHAT),
    Option("Users", "U", help="users alone, without the accounts above them", group=_WHAT),
    Option("verbose", "v", help="tell what is asked for", group=_OTHER),
    Option("version", "V", help="the version", group=_OTHER),
    Option("help", help="this text", group=_OTHER),
    Option("usage", help="a short summary of the options", group=_OTHER),
    Option("json", "", "optional", "PARSER", "everything as JSON", since=_NEW, group=_HOW),
    Option("yaml", "", "optional", "PARSER", "everything as YAML", since=_NEW, group=_HOW),
)
