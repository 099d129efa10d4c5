"""The options of `sacctmgr`, in the native command's own order."""

from __future__ import annotations

from slurm_cli_proxy.options.spec import Option

_NEW = (23, 2)
_HOW = "How it is printed"
_OTHER = "Other"

OPTIONS: tuple[Option, ...] = (
    Option("autocomplete", "", "required", "PREFIX", since=_NEW, done=False),
    Option("help", "h", help="this text", group=_OTHER),
    Option("usage", "", help="a short summary of the options", since=_NEW, group=_OTHER),
    Option("immediate", "i", help="do not ask before a change", group=_OTHER),
    Option("noheader", "n", help="no headings", group=_HOW),
    Option("oneliner", "o", help="a line for each record", group=_HOW),
    Option("parsable", "p", help="fields separated and ended by |", group=_HOW),
    Option("parsable2", "P", help="fields separated by |", group=_HOW),
    Option("quiet", "Q", help="say less", group=_HOW),
    Option("readonly", "r", help="change nothing", group=_OTHER),
    Option("associations", "s", help="users and accounts with their associations", group=_HOW),
    Option("verbose", "v", help="say more", group=_OTHER),
    Option("version", "V", help="the version", group=_OTHER),
    Option("json", "", "optional", "PARSER", "everything as JSON", since=_NEW, group=_HOW),
    Option("yaml", "", "optional", "PARSER", "everything as YAML", since=_NEW, group=_HOW),
)
