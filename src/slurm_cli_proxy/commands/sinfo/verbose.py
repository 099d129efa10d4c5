"""`sinfo -v`: the settings, as the native command prints them."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.columns.column import Release
from slurm_cli_proxy.columns.sinfo import TABLE
from slurm_cli_proxy.commands.sinfo.settings import Settings

_RULE: Final = "-" * 29 + "\n"

# The line's beginning and the name of the match whose presence it tells, in native's order and spelling.
_FLAGS: Final = (
    ("alloc_mem_flag  = ", "alloc_mem"),
    ("avail_flag      = ", "avail"),
    ("comment_flag    = ", "comment"),
    ("cpus_flag       = ", "cpus"),
    ("default_time_flag =", "default_time"),
    ("disk_flag       = ", "disk"),
    ("extra_flag      = ", "extra"),
    ("features_flag   = ", "features"),
    ("features_flag_act = ", "features_act"),
    ("groups_flag     = ", "groups"),
    ("gres_flag       = ", "gres"),
    ("gres_used_flag  = ", "gres_used"),
    ("job_size_flag   = ", "job_size"),
    ("max_time_flag   = ", "max_time"),
    ("memory_flag     = ", "memory"),
    ("partition_flag  = ", "partition"),
    ("port_flag       = ", "port"),
    ("priority_job_factor_flag   = ", "priority_job_factor"),
    ("priority_tier_flag   = ", "priority_tier"),
    ("reason_flag     = ", "reason"),
    ("reason_timestamp_flag = ", "reason_timestamp"),
    ("reason_user_flag = ", "reason_user"),
    ("reservation_flag = ", ""),
    ("resv_name_flag   = ", "resv_name"),
    ("root_flag       = ", "root"),
    ("oversubscribe_flag      = ", "oversubscribe"),
    ("state_flag      = ", "state"),
    ("statecomplete_flag = ", "statecomplete"),
    ("weight_flag     = ", "weight"),
)


def options(settings: Settings, release: Release) -> str:
    """The two blocks."""
    assert settings.layout
    matches = settings.layout.matches | ({"gres_used"} if settings.document and release >= TABLE else set())
    values = (
        ("dead        = ", _word(settings.dead)),
        ("exact       = ", str(int(settings.exact))),
        ("filtering   = ", _word(settings.filtering)),
        ("format      = ", settings.format),
        ("iterate     = ", str(settings.iterate)),
        ("long        = ", _word(settings.long)),
        ("no_header   = ", _word(settings.no_header)),
        ("node_field  = ", _word(settings.node_field)),
        ("node_format = ", _word(settings.node)),
        ("nodes       = ", _or(settings.node_text, "n/a")),
        ("part_field  = ", _word(settings.part_field)),
        ("partition   = ", _or(settings.partition_text, "n/a")),
        ("responding  = ", _word(settings.responding)),
        ("states      = ", _or(settings.state_text, "(null)")),
        ("sort        = ", _or(settings.sort, "(null)")),
        ("summarize   = ", _word(settings.summarize)),
        ("verbose     = ", str(settings.verbose)),
    )
    flags = (
        (text, _word(match in matches if match else settings.reservation))
        for text, match in _FLAGS
        if match != "resv_name" or release >= TABLE
    )
    return "".join(
        (
            _RULE,
            *(f"{text}{value}\n" for text, value in values),
            _RULE,
            f"all_flag        = {_word(settings.all)}\n",
            *(f"{text}{value}\n" for text, value in flags),
            _RULE,
            "\n",
        )
    )


def _word(value: bool) -> str:
    return "true" if value else "false"


def _or(text: str | None, default: str) -> str:
    return default if text is None else text
