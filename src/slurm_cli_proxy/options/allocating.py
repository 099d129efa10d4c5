"""How the values of salloc's own options are read."""

from __future__ import annotations

from slurm_cli_proxy.options.values import At, integer, invalid, leading_number


def immediate(value: str | None, at: At) -> int:
    """`-I[SECONDS]`: how long to wait for resources; 1 (the option alone) is not at all, 0 as long as it takes."""
    return 1 if value is None else integer("immediate", value, at, positive=False)


def kill_command(value: str | None, at: At) -> int:
    """`-K[SIGNAL]`: the signal's number, TERM's for the option alone; it need not be one that there is."""
    if not value:
        return 15
    from slurm_cli_proxy.notation import signal
    from slurm_cli_proxy.notation.errors import NotationError

    number, rest = leading_number(value)
    try:
        number = number if not rest else signal.parse(value, at.release)
    except NotationError:
        number = 0
    if not number:
        raise invalid(at, "Invalid --kill-command specification")
    return number
