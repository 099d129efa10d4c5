"""The options of `sstat`, in the native command's own order."""

from __future__ import annotations

from slurm_cli_proxy.options.spec import Option

_WHAT = "What is listed"
_HOW = "How it is printed"
_OTHER = "Other"

OPTIONS: tuple[Option, ...] = (
    Option("autocomplete", "", "required", "PREFIX", since=(23, 2), done=False),
    Option("allsteps", "a", help="all steps of jobs that are named without step", group=_WHAT),
    Option("helpformat", "e", help="the names that --format knows", group=_OTHER),
    Option("help", "h", help="this text", group=_OTHER),
    Option("pidformat", "i", help="the processes of each step", group=_HOW),
    Option("jobs", "j", "required", "IDS", "these jobs and steps, comma-separated", group=_WHAT),
    Option("noheader", "n", help="no headings", group=_HOW),
    Option("fields", "o", "required", "FORMAT", dest="format"),
    Option("format", "o", "required", "FORMAT", "columns, e.g. 'jobid,maxrss%20'", group=_HOW),
    Option("parsable", "p", help="fields separated and ended by |", group=_HOW),
    Option("parsable2", "P", help="fields separated by |", group=_HOW),
    Option("usage", help="a short summary of the options", group=_OTHER),
    Option("verbose", "v", help="tell what is asked for", group=_OTHER),
    Option("version", "V", help="the version", group=_OTHER),
    Option("noconvert", help="sizes as they are, 2048M and not 2G", group=_HOW),
)
