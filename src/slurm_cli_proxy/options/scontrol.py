"""The options of scontrol, in the order of the native command's own table."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.options.spec import Option

FORMATS_SINCE: Final = (24, 11)

OPTIONS: Final = (
    Option("autocomplete", arg="required", since=(24, 11), done=False),
    Option("all", "a", help="show hidden partitions and their jobs, too"),
    Option("cluster", "M", "required", "NAME", dest="clusters"),
    Option("clusters", "M", "required", "NAME", "speak to this cluster", dest="clusters"),
    Option("details", "d", help="show more of each job"),
    Option("federation", help="show jobs of the whole federation"),
    Option("future", "F", help="show nodes in state FUTURE, too"),
    Option("help", "h", help="print this text", dest="help"),
    Option("hide", help="leave hidden partitions and their jobs out"),
    Option("json", arg="optional", metavar="PARSER", help="print JSON", since=FORMATS_SINCE),
    Option("local", help="show this cluster only, not its federation"),
    Option("oneliner", "o", help="print each record on one line"),
    Option("quiet", "Q", help="print no message about what is wrong with the command"),
    Option("sibling", help="show sibling jobs of the federation"),
    Option("uid", "u", "required", "UID", "update jobs as this user"),
    Option("usage", dest="help"),
    Option("verbose", "v", help="print more about what is going on"),
    Option("version", "V", help="print the version of Slurm"),
    Option("yaml", arg="optional", metavar="PARSER", help="print YAML", since=FORMATS_SINCE),
)
