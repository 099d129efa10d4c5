"""What `sacct -v` says before the listing."""

from __future__ import annotations

import time

from slurm_cli_proxy.commands.sacct.settings import Settings
from slurm_cli_proxy.notation import state

_PLUGIN_UNTIL = (23, 2)


def window(settings: Settings, release: tuple[int, int]) -> str:
    """The span of time that is asked for."""
    states = [
        f"PENDING,{name}" if state.is_flag(name) else name for name in dict.fromkeys(settings.states or ())
    ]
    what = ",".join(states) or "Eligible"
    first = time.ctime(settings.start) if settings.start else "Epoch 0"
    lines = [f"Jobs {what} in the time window from {first} to {time.ctime(settings.end)}"]
    if release < _PLUGIN_UNTIL:
        lines.append("accounting_storage/slurmdbd: init: Accounting storage SLURMDBD plugin loaded")
    return "".join(f"sacct: {line}\n" for line in lines)
