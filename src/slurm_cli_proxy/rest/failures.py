"""What it means, in Slurm's terms, when no proper answer comes."""

from __future__ import annotations

from slurm_cli_proxy.rest.transport import Reply

NUMBERS: dict[str, int] = {
    "unreachable": 1800,
    "closed": 1800,
    "truncated": 1800,
    "garbled": 1800,
    "gateway": 1800,
    "tls": 1800,
    "certificate": 1800,
    "config": 1800,
    "too-large": 1800,
    "version": 1800,
    "missing": 1800,
    "redirect": 1800,
    "timeout": 5004,
    "auth": 1007,
}
"""Kind of failure (those of `transport.KINDS`, and more) to the number of the error native commands report."""


def explain(reply: Reply) -> tuple[str, str]:
    """(kind, what happened) for an HTTP answer that slurmrestd would not give, or not for a request that worked."""
    status = reply.status
    said = f"HTTP status {status}"
    if status in (401, 403, 407):
        return "auth", f"{said}{_words(reply)}"
    if 300 <= status < 400:
        where = f" to {_printable(reply.location)}" if reply.location else ""
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


def _words(reply: Reply) -> str:
    """What kind of body came instead, with the title of an HTML page or the beginning of a text."""
    body = bytes(reply.body[:4096]).decode("utf-8", "replace").strip()
    if not body:
        return ""
    if "<html" in body.lower() or reply.content_type == "text/html":
        import re

        title = re.search(r"<title[^>]*>(.*?)</title>", body, re.IGNORECASE | re.DOTALL)
        return " with an HTML page" + (f' "{_printable(title[1])}"' if title else "")
    if reply.content_type == "application/json" or body[0] in "{[":
        return " with JSON that breaks off or is not Slurm's"
    return f': "{_printable(body)}"'


def _printable(text: str) -> str:
    """One line of at most 120 characters."""
    line = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(line.split())[:120]
