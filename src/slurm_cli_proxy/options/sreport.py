"""The options of `sreport`, in the native command's own order."""

from __future__ import annotations

from slurm_cli_proxy.options.spec import Option

_HOW = "How it is printed"
_OTHER = "Other"

OPTIONS: tuple[Option, ...] = (
    Option("autocomplete", "", "required", "PREFIX", since=(23, 2), done=False),
    Option("all_clusters", "a", help="all clusters of the accounting"),
    Option("cluster", "M", "required", "NAMES", dest="clusters"),
    Option("clusters", "M", "required", "NAMES", "these clusters"),
    Option("federation", "F", help="the federation's clusters", done=False),
    Option("local", "", help="the local cluster alone", group=_OTHER),
    Option("help", "h", help="this text", group=_OTHER),
    Option("noheader", "n", help="no headings", group=_HOW),
    Option("parsable", "p", help="fields separated and ended by |", group=_HOW),
    Option("parsable2", "P", help="fields separated by |", group=_HOW),
    Option("quiet", "Q", help="say less", group=_HOW),
    Option("time_format", "t", "required", "UNIT", "seconds, minutes or hours", dest="time", group=_HOW),
    Option("tres", "T", "required", "NAMES", "the resources whose use is told", group=_HOW),
    Option("usage", "", help="a short summary of the options", group=_OTHER),
    Option("verbose", "v", help="say more", group=_OTHER),
    Option("version", "V", help="the version", group=_OTHER),
)
