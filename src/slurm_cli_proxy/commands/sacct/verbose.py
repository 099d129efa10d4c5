"""What `sacct -v` and `-vv` say before the listing."""

from __future__ import annotations

import time

from slurm_cli_proxy.commands.sacct.settings import Settings
from slurm_cli_proxy.notation import state

_PLUGIN_UNTIL = (23, 2)
_HELP_UNTIL = (25, 5)


def window(settings: Settings, release: tuple[int, int]) -> str:
    """The span of time that is asked for."""
    states = [
        f"PENDING,{name}" if state.is_flag(name) else name for name in dict.fromkeys(settings.states or ())
    ]
    what = ",".join(states) or "Eligible"
    first = _moment(settings.start) if settings.start else "Epoch 0"
    lines = [f"Jobs {what} in the time window from {first} to {_moment(settings.end or 0)}"]
    if settings.verbose > 1:
        lines.append(_options(settings, release))
    if release < _PLUGIN_UNTIL:
        lines.append("accounting_storage/slurmdbd: init: Accounting storage SLURMDBD plugin loaded")
    if settings.verbose > 1:
        lines.append("debug:  accounting_storage/slurmdbd: _connect_dbd_conn: Sent PersistInit msg")
    return "".join(f"sacct: {line}\n" for line in lines)


def _moment(when: int) -> str:
    return time.strftime("%a %b %d %H:%M:%S %Y", time.localtime(when))


def _options(settings: Settings, release: tuple[int, int]) -> str:
    """Some of the options."""
    whole = settings.whole_hetjob
    rows = (
        ("completion", _answer(settings.completion)),
        ("dup", _answer(settings.duplicates)),
        ("field_list", "(null)" if settings.format_text is None else f"{settings.format_text},"),
        *((("help", "0"),) if release < _HELP_UNTIL else ()),
        ("no_steps", _answer(settings.allocations)),
        ("whole_hetjob", "(null)" if whole is None else _answer(whole)),
    )
    return "\n".join(["debug:  Options selected:", *(f"\topt_{name}={value}" for name, value in rows)])


def _answer(value: bool) -> str:
    return "yes" if value else "no"
