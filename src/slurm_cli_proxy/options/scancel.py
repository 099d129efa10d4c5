"""The options of `scancel`, in the native command's own order, and the variables that stand for them."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.options.spec import Option

_WHICH = "Which jobs"
_WHAT = "What is done to them"
_OTHER = "Other"

OPTIONS: Final[tuple[Option, ...]] = (
    Option("autocomplete", "", "required", "PREFIX", since=(23, 2), done=False),
    Option("account", "A", "required", "ACCOUNT", "only jobs charged to this account", group=_WHICH),
    Option(
        "admin-comment",
        "",
        "required",
        "TEXT",
        "leave this comment on them",
        (26, 5),
        group=_WHAT,
    ),
    Option("batch", "b", help="signal the batch shell, and nothing but it", group=_WHAT),
    Option("ctld", help="let the controller choose the jobs and signal them", group=_WHAT),
    Option("cron", "c", help="jobs of scrontab, too", group=_WHAT, since=(23, 2)),
    Option("full", "f", help="signal the batch shell, its children and the steps", group=_WHAT),
    Option("help", help="this text", group=_OTHER),
    Option("hurry", "H", help="do not stage out burst buffer data", group=_WHAT),
    Option("interactive", "i", help="ask before each job", group=_WHAT),
    Option("cluster", "M", "required", "NAMES", dest="clusters"),
    Option("clusters", "M", "required", "NAMES", "jobs of these clusters", group=_WHICH),
    Option("me", help="only the caller's own jobs", group=_WHICH),
    Option("jobname", "n", "required", "NAME", dest="name"),
    Option("name", "n", "required", "NAME", "only jobs of this name", group=_WHICH),
    Option(
        "nodelist",
        "w",
        "required",
        "NODES",
        "only jobs on any of these nodes, or those a file lists",
        group=_WHICH,
    ),
    Option("partition", "p", "required", "PARTITION", "only jobs of this partition", group=_WHICH),
    Option("quiet", "Q", help="do not complain of jobs that are no more", group=_OTHER),
    Option("qos", "q", "required", "QOS", "only jobs of this quality of service", group=_WHICH),
    Option("reservation", "R", "required", "NAME", "only jobs of this reservation", group=_WHICH),
    Option("sibling", "", "required", "CLUSTER", "end a federated job's part on this cluster", group=_WHAT),
    Option(
        "signal",
        "s",
        "required",
        "SIGNAL",
        "send this signal, by name or number, and do no more",
        group=_WHAT,
    ),
    Option("state", "t", "required", "STATE", "only PENDING, or RUNNING, or SUSPENDED jobs", group=_WHICH),
    Option("usage", help="a short summary of the options", group=_OTHER),
    Option("user", "u", "required", "USER", "only jobs of this user", group=_WHICH),
    Option("verbose", "v", help="say what is done", group=_OTHER),
    Option("version", "V", help="the server's Slurm release", group=_OTHER),
    Option("wckey", "", "required", "KEY", "only jobs with this workload characterization key", group=_WHICH),
)

SYNOPSIS: Final = "[job_id[_array_id][.step_id]...]"

VARIABLES: Final[tuple[tuple[str, str], ...]] = (
    ("SCANCEL_ACCOUNT", "account"),
    ("SCANCEL_BATCH", "batch"),
    ("SCANCEL_CTLD", "ctld"),
    ("SCANCEL_FULL", "full"),
    ("SCANCEL_HURRY", "hurry"),
    ("SCANCEL_INTERACTIVE", "interactive"),
    ("SCANCEL_NAME", "name"),
    ("SCANCEL_PARTITION", "partition"),
    ("SCANCEL_QOS", "qos"),
    ("SCANCEL_STATE", "state"),
    ("SCANCEL_USER", "user"),
    ("SCANCEL_VERBOSE", "verbose"),
    ("SCANCEL_WCKEY", "wckey"),
)
"""Variable of the environment -> the `dest` of the option it stands for, in the order they are read."""
