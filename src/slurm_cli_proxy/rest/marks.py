"""The mark that each submission carries, so that it is found again when its answer was lost.

It lies in `mail_user`, as a tag on what the controller would put there by itself: `alice` becomes
`alice+slurm-cli-proxy-0123456789abcdef`. Measured on 24.11 and 26.05, versions v0.0.40 to v0.0.45:

* Any user may set it, and the API tells it of pending, running and finished jobs.
* Without a mail type no native command shows it but `--json` and `--yaml`; nobody is sent mail. A job that is to send
  mail, or that names a `mail_user`, keeps what it says and goes without a mark.
* `extra` and `container_id` stand in `scontrol show job`, `wckey` and `mcs_label` in `squeue` or `sacct`, too;
  `admin_comment` is an operator's; `selinux_context` and `account_gather_frequency` are not told.

v0.0.38 (22.05) tells neither `mail_user` nor any other field that could hold a mark unseen, and so it may be with
v0.0.39: there a submission is known by what it is (`lost`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

SINCE = 40
"""The last part of the first API version that tells `mail_user`."""

_TAG = "+slurm-cli-proxy-"
_DIGITS = 16


def new() -> str:
    """A mark that no other submission has."""
    return _TAG + os.urandom(_DIGITS // 2).hex()


def marked(jobs: Sequence[Mapping[str, Any]], user: str, mark: str) -> list[Mapping[str, Any]] | None:
    """The jobs with the mark; None where it would be in the way of mail."""
    if any(job.get("mail_user") or job.get("mail_type") for job in jobs):
        return None
    return [{**job, "mail_user": user + mark} for job in jobs]


def unmarked(text: str) -> str:
    """A `mail_user` without its mark: what the controller would have put there."""
    at = text.find(_TAG)
    return text if at < 0 else text[:at] + text[at + len(_TAG) + _DIGITS :]


def without_marks(answer: bytes) -> bytes:
    """Jobs as JSON, without marks."""
    if _TAG.encode() not in answer:
        return answer
    import re

    return re.sub(re.escape(_TAG.encode()) + b"[0-9a-f]{%d}" % _DIGITS, b"", answer)
