"""The options of `sdiag`, in the native command's own order."""

from __future__ import annotations

from slurm_cli_proxy.options.spec import Option

_NEW = (23, 2)
_HOW = "How it is printed"
_OTHER = "Other"

OPTIONS: tuple[Option, ...] = (
    Option("autocomplete", "", "required", "PREFIX", since=_NEW, done=False),
    Option("all", "a", help="the whole report (the default)", group=_HOW),
    Option("help", "h", help="this text", group=_OTHER),
    Option("reset", "r", help="set the counters to zero, which REST cannot", group=_OTHER),
    Option("sort-by-id", "i", help="sort requests by their number", group=_HOW),
    Option("cluster", "M", "required", "NAME", dest="clusters"),
    Option("clusters", "M", "required", "NAME", "this cluster", group=_OTHER),
    Option("no-trunc", "", help="names as long as they are", since=(26, 5), group=_HOW),
    Option("sort-by-time", "t", help="sort requests by the time they took together", group=_HOW),
    Option("sort-by-time2", "T", help="sort requests by the time they took each", group=_HOW),
    Option("usage", help="a short summary of the options", group=_OTHER),
    Option("version", "V", help="the version", group=_OTHER),
    Option("json", "", "optional", "PARSER", "everything as JSON", since=_NEW, group=_HOW),
    Option("yaml", "", "optional", "PARSER", "everything as YAML", since=_NEW, group=_HOW),
)
