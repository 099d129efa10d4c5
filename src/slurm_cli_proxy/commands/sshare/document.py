"""`sshare --json` and `--yaml`: the shares that the options let through."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from slurm_cli_proxy.commands import documents
from slurm_cli_proxy.commands.sshare import Settings, rows
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import document
from slurm_cli_proxy.layout.document import Members
from slurm_cli_proxy.records.share import Share, fraction

_ENDLESS = "place holder for Infinity"
"""What a warning tells of each endless number; those of rows that are not shown go with them."""


_NO_PARSER = 253
"""How sshare ends where there is no such data parser."""


def report(ctx: Context, settings: Settings, argv: Sequence[str]) -> int:
    """Print the document; the exit status.  RestError if the server does not answer."""
    form = settings.document
    assert form
    version = form.version(ctx.client)
    members = documents.ask(ctx.client, version or ctx.client.version, "shares")
    if not version:
        return _NO_PARSER if documents.complain(ctx, form) else 0
    shares: Members = msgspec.json.decode(members["shares"], type=dict[str, msgspec.Raw])
    records = msgspec.json.decode(shares["shares"], type=list[Share])
    texts = dict(zip(map(id, records), document.elements(shares, "shares"), strict=True))
    settings.users_only = False  # which is about printing alone
    found = [row.share for row in rows(records, settings)]
    shares["shares"] = document.array([texts[id(share)] for share in found])
    members["shares"] = document.whole(shares)
    endless = sum(fraction(share.fairshare.level) == math.inf for share in found)
    told = document.plain(members["warnings"])
    others = [one for one in told if _ENDLESS not in one["description"]]
    members["warnings"] = document.raw(
        others + [one for one in told if _ENDLESS in one["description"]][:endless]
    )
    documents.show(ctx, form, version, members, argv, ())
    return 0
