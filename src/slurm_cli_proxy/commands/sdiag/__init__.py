"""`sdiag`: the controller's statistics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from slurm_cli_proxy.commands import scanning
from slurm_cli_proxy.commands.sdiag.report import report
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault
from slurm_cli_proxy.options.sdiag import OPTIONS
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

if TYPE_CHECKING:
    from slurm_cli_proxy.commands.documents import Form

_NO_PARSER: Final = 253
"""How sdiag ends where there is no such data parser."""
_SORTS: Final = ("sort_by_id", "sort_by_time", "sort_by_time2")


def run(ctx: Context, argv: list[str]) -> int:
    """Run `sdiag` with these arguments; returns the exit status."""
    sort, whole, reset = "", False, False
    form: Form | None = None
    for event in scanning.scanner(ctx, argv, OPTIONS):
        if isinstance(event, Fault):
            ctx.err(event.told(ctx.prog))
            return 1
        dest = event.option.dest
        if dest in _SORTS:
            sort = dest
        elif dest == "no_trunc":
            whole = True
        elif dest == "reset":
            reset = True
        elif dest in ("json", "yaml"):
            from slurm_cli_proxy.commands import documents

            form = documents.requested(ctx, dest, event.value)
            if form is None:
                return 1
        elif dest not in ("all", "clusters"):  # the call is for that cluster by now
            from slurm_cli_proxy.commands import about

            return about.tell(ctx, dest, OPTIONS)
    try:
        if reset:
            return refuse_reset(ctx)
        if form:
            return document(ctx, form, argv)
        statistics = endpoints.diag(ctx.client)
    except RestError as error:
        ctx.rest_error("slurm_get_statistics: ", error)
        return 1
    ctx.out(report(statistics, ctx.release, sort, whole=whole))
    return 0


def refuse_reset(ctx: Context) -> int:
    """Say why the counters stay as they are, natively to those who may not change them; the exit status."""
    from slurm_cli_proxy.rest import allowed

    try:
        allowed.must_be_allowed(ctx.client)
    except RestError as error:
        if error.number != allowed.INVALID_USER_ID:
            raise
        ctx.err("slurm_reset_statistics: Access/permission denied\n")
        return 255
    ctx.error("--reset: Slurm's REST API has no request for it")
    return 1


def document(ctx: Context, form: Form, argv: Sequence[str]) -> int:
    """Print everything as JSON or YAML; the exit status.  RestError if the server does not answer."""
    from slurm_cli_proxy.commands import documents

    version = form.version(ctx.client)
    members = documents.ask(ctx.client, version or ctx.client.version, "diag/")
    if not version:
        return _NO_PARSER if documents.complain(ctx, form) else 0
    documents.show(ctx, form, version, members, argv, ())
    return 0
