"""What it means in Slurm's terms when no answer comes, or one that does not tell what is wrong.

Found on real servers whose controller was down, did not answer, or rejected the token, next to what the native
commands of the same release print then.
"""

from __future__ import annotations

from slurm_cli_proxy.rest.transport import Reply

UNREACHABLE = 1800
TIMED_OUT = 5004
ZERO_BYTES = 5005
NOT_AUTHENTIC = 1007

NUMBERS: dict[str, int] = {
    "unreachable": UNREACHABLE,
    "closed": UNREACHABLE,
    "truncated": UNREACHABLE,
    "garbled": UNREACHABLE,
    "gateway": UNREACHABLE,
    "tls": UNREACHABLE,
    "certificate": UNREACHABLE,
    "config": UNREACHABLE,
    "too-large": UNREACHABLE,
    "version": UNREACHABLE,
    "missing": UNREACHABLE,
    "redirect": UNREACHABLE,
    "timeout": TIMED_OUT,
    "auth": NOT_AUTHENTIC,
}
"""Kind of failure (those of `transport.KINDS`, and more) to the number of the error native commands report."""

STATUSES: dict[int, tuple[str, str]] = {
    502: ("gateway", "slurmrestd cannot reach slurmctld"),
    503: ("gateway", "slurmrestd cannot reach slurmctld"),
    504: ("timeout", "slurmctld does not answer slurmrestd in time"),
    511: ("auth", "slurmctld rejects the token"),
}
"""What slurmrestd says by the HTTP status alone: `/partitions/` comes with an empty list of errors."""

COMMUNICATION = frozenset((*range(1000, 1024), *range(1800, 1806), *range(5000, 5006), *range(6000, 6012)))
"""Numbers of errors between Slurm's own parts: they say that a request did not get through, not that it was refused."""


DOUBTFUL = COMMUNICATION - {1001, 1007, 1800}
"""Of these, the ones after which slurmctld may have done what it was asked for: not those of no connection at all."""

PASSING = frozenset(("unreachable", "closed", "truncated", "garbled", "tls"))
"""Kinds of `transport.KINDS` that may be over in a moment. A timeout has taken all the time there is."""

TOO_MANY = 429


def auth_number(release: tuple[int, int]) -> int:
    """What a rejected token is to that release: slurmctld 22.05 hangs up, later ones say why."""
    return ZERO_BYTES if release < (23, 2) else NOT_AUTHENTIC


def explain(reply: Reply) -> tuple[str, str]:
    """(kind, what happened) for an HTTP answer that is not slurmrestd's JSON, or not one for a request that worked."""
    status = reply.status
    said = f"HTTP status {status}"
    if status in (401, 403, 407, 511):
        return "auth", f"{said}{_words(reply)}"
    if 300 <= status < 400:
        where = f" to {_printable(reply.location.split('?')[0])}" if reply.location else ""
        return "redirect", f"{said}: redirected{where}, which is not followed"
    if status in (408, 504):
        return "timeout", f"{said}{_words(reply)}"
    if status == 404:
        return "missing", f"{said}{_words(reply)}"
    if status >= 400:
        return "gateway", f"{said}{_words(reply)}"
    if not reply.body:
        return "truncated", f"{said} with an empty answer"
    return "garbled", f"{said}{_words(reply)}"


def is_lost(reply: Reply, kind: str) -> bool:
    """Whether such an answer (of that kind, see `explain`) may stand for slurmrestd's, which did not get through."""
    return kind in _LOSING and (reply.status == 408 or not 400 <= reply.status < 500)


_LOSING = frozenset(("gateway", "timeout", "truncated", "garbled"))


def is_page(reply: Reply) -> bool:
    """Whether the answer is an HTML page: a gateway's, slurmrestd has none."""
    return reply.content_type == "text/html" or b"<html" in bytes(reply.body[:4096]).lower()


def _words(reply: Reply) -> str:
    """What kind of body came instead, with the title of an HTML page or the beginning of a text."""
    body = bytes(reply.body[:4096]).decode("utf-8", "replace").strip()
    if not body:
        return ""
    if is_page(reply):
        import re

        title = re.search(r"<title[^>]*>(.*?)</title>", body, re.IGNORECASE | re.DOTALL)
        return " with an HTML page" + (f' "{_printable(title[1])}"' if title else "")
    if reply.content_type == "application/json" or body[0] in "{[":
        return " with JSON that breaks off or is not slurmrestd's"
    return f': "{_printable(body)}"'


def _printable(text: str) -> str:
    """One line of at most 120 characters."""
    line = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(line.split())[:120]
