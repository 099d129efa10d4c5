"""`sacctmgr --json` and `--yaml`: the records that the conditions let through, and slurmdbd's state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from slurm_cli_proxy.columns.management import Record
from slurm_cli_proxy.commands import documents
from slurm_cli_proxy.commands.sacctmgr.switches import Switches
from slurm_cli_proxy.commands.scontrol.document import WHOLE_COMMAND_SINCE
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import document
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.rest.untyped import untyped
from slurm_cli_proxy.rest.wire import Query

_PLUGIN: Final = "slurmdb"
_DENIED: Final = 2002
_NESTED: Final = (("associations", "withassoc"), ("coordinators", "withcoordinators"))
"""Members of users and accounts that are empty unless a word asks for them."""


@untyped
def report(
    ctx: Context,
    switches: Switches,
    path: str,
    member: str,
    query: Query | None = None,
    *,
    chosen: Callable[[list[Record]], list[Record]] | None = None,
    flags: set[str] | None = None,
) -> int:
    """Print the document; the exit status.

    `chosen` gives those of the records that are shown, in their order; `flags`: what is shown of users and accounts.
    RestError if the server does not answer.
    """
    form = switches.document
    assert form
    client = ctx.client
    version = form.version(client)
    try:
        members = documents.ask(client, version or client.version, path, query, plugin=_PLUGIN)
    except RestError as error:
        if error.number != _DENIED:
            raise
        ctx.error("Your user doesn't have privilege to perform this action")
        meta = documents.ask(client, version or client.version, "ping/", plugin=_PLUGIN)["meta"]
        members = {"meta": meta}
    if not version:
        return documents.complain(ctx, form)
    found = members.get(member, document.raw([]))
    if chosen is not None:
        texts = document.elements({member: found}, member)
        records: list[Record] = [document.plain(text) for text in texts]
        told = dict(zip(map(id, records), texts, strict=True))
        found = document.array([_emptied(one, told[id(one)], flags) for one in chosen(records)])
    whole = {member: found, "meta": members["meta"], "errors": document.raw([]), "warnings": document.raw([])}
    operands = switches.operands
    late = ctx.release >= WHOLE_COMMAND_SINCE
    command = [ctx.prog, *switches.argv] if late else operands[0 if member == "pings" else 2 : -1]
    documents.show(ctx, form, version, whole, switches.argv, operands, command=command)
    return 0


def _emptied(record: Record, text: msgspec.Raw, flags: set[str] | None) -> msgspec.Raw:
    """A record's text, of a user or account without what was not asked for."""
    if flags is None:
        return text
    unwanted: Record = {name: [] for name, word in _NESTED if word not in flags and record.get(name)}
    return document.raw(record | unwanted) if unwanted else text
