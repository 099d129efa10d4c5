"""When a request that got no answer is sent again, and how long to wait before that.

Native commands try a controller that is not there for nine to ten seconds (22.05, 26.05); here it is half of that at
most, or as long as a `Retry-After` says, and never beyond the profile's `timeout`.
"""

from __future__ import annotations

import os

from slurm_cli_proxy.rest.errors import RestError

PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds before each repeat, give or take a quarter by chance, so that many callers do not come back in step."""


def may(error: RestError, once: bool) -> bool:
    """Whether to send again: what surely was not taken up, and (unless `once`) what is harmless when done twice."""
    return error.passing and (not once or not error.sent)


def pause(attempt: int, error: RestError, left: float) -> float | None:
    """Seconds to wait before repeat number `attempt` (from 0), `left` being there; None: give up."""
    if attempt >= len(PAUSES):
        return None
    seconds = PAUSES[attempt] * (0.75 + os.urandom(1)[0] / 510)
    if error.retry_after is not None:
        seconds = max(seconds, error.retry_after)
    return seconds if seconds < left else None


def retry_after(text: str, now: float) -> float | None:
    """Seconds that a `Retry-After` header asks for (a number, or a date); None if it cannot be read."""
    if not text:
        return None
    try:
        return max(0.0, float(int(text)))
    except ValueError:
        pass
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
