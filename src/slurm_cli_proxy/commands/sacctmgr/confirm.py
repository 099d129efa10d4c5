"""`Would you like to commit changes?`: asked before a change, unless `-i` answers it.

Facts: one letter answers, without a return on a terminal; whatever is neither y nor n is asked again; nothing within
thirty seconds is a no.  So is the end of the input on 26.05; earlier releases ask forever then, and here it is a no.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from slurm_cli_proxy.commands.sacctmgr.cluster import DENIED
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest.errors import RestError

COMMIT: Final = "Would you like to commit changes?"
UNCONDITIONAL: Final = "You didn't set any conditions with 'WHERE'.\nAre you sure you want to continue?"
_SECONDS: Final = 30
_END_SINCE: Final = (25, 5)


def commit(ctx: Context, question: str = COMMIT) -> bool:
    """Whether the answer is yes."""
    ctx.out(f"{question} (You have {_SECONDS} seconds to decide)\n")
    deadline = ctx.clock() + _SECONDS
    with _Letters(ctx) as letters:
        again = False
        while True:
            ctx.out(("Y or N please\n" if again else "") + "(N/y): ")
            ctx.flush()
            letter = letters.next(deadline - ctx.clock())
            if letter is None or (not letter and ctx.release < _END_SINCE):
                ctx.out("timeout\n")
                return False
            if not letter:
                ctx.out("\nerror: Inappropriate ioctl for device\n")
                return False
            ctx.out("\n")
            if letter in "yYnN\n":
                return letter in "yY"
            again = True


def agree(ctx: Context, switches: Switches, send: Callable[[], None]) -> int:
    """Send the changes if they are agreed to; the exit status."""
    if not switches.immediate and not commit(ctx):
        ctx.out(" Changes Discarded\n")
        return 0
    try:
        send()
    except RestError as error:
        if error.number == DENIED:
            return denied(ctx)
        ctx.err(f" Error with request: {error.text}\n")
        return 1
    return 0


def denied(ctx: Context) -> int:
    """What is said where the user may not."""
    ctx.error("Your user doesn't have privilege to perform this action")
    ctx.err(" Error with request: Access/permission denied\n")
    return 1


class _Letters:
    """Standard input letter by letter; a terminal gives each at once while this is entered."""

    def __init__(self, ctx: Context) -> None:
        self._stdin = ctx.stdin
        self._saved: Any = None
        try:
            self._fd = ctx.stdin.fileno() if ctx.stdin is not None else -1
        except (OSError, ValueError):
            self._fd = -1

    def __enter__(self) -> _Letters:
        if self._fd >= 0 and os.isatty(self._fd):
            import termios

            self._saved = termios.tcgetattr(self._fd)
            mode = termios.tcgetattr(self._fd)
            mode[3] &= ~termios.ICANON
            termios.tcsetattr(self._fd, termios.TCSANOW, mode)
        return self

    def __exit__(self, *_: object) -> None:
        if self._saved is not None:
            import termios

            termios.tcsetattr(self._fd, termios.TCSANOW, self._saved)

    def next(self, seconds: float) -> str | None:
        """The next letter; "" at the end, None when the time is over."""
        import select

        if self._stdin is None:
            return None
        if self._fd < 0:
            return self._stdin.read(1).decode("latin-1")
        if not select.select([self._fd], [], [], max(0.0, seconds))[0]:
            return None
        return os.read(self._fd, 1).decode("latin-1")
