"""What the REST API cannot carry: said before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from slurm_cli_proxy.commands.scancel.kill import SIGKILL
from slurm_cli_proxy.commands.scancel.settings import Settings
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest import endpoints
from slurm_cli_proxy.rest.errors import RestError

if TYPE_CHECKING:
    from slurm_cli_proxy.commands.scancel.choose import Target
    from slurm_cli_proxy.records.job import Job

_LARGEST_SIGNAL = 63


def refusal(ctx: Context, settings: Settings) -> str:
    """Why the request cannot be made at all, whichever jobs it is about; "" if it can."""
    try:
        if not _old(ctx, settings.hurry):
            return ""
    except RestError:  # who asks next reports it in its own words
        return ""
    return f"--hurry: the REST API of this server ({ctx.client.version}) has no such flag"


def refusal_of(ctx: Context, settings: Settings, targets: Sequence[Target]) -> str:
    """Why these jobs cannot be signalled as asked; "" if they can.

    v0.0.38 sends every signal to the batch shell, its children and all steps.  To a job that does not run it makes
    no difference.
    """
    for target in targets:
        if target.step:
            return f"{target.step}: the REST API signals jobs only, not single steps"
    if settings.sibling is not None:
        from slurm_cli_proxy.commands.scancel import sibling

        return sibling.REFUSAL if sibling.federated(target.job for target in targets) else ""
    narrow = settings.batch or settings.signal not in (0, SIGKILL)
    if not targets or not _old(ctx, narrow):
        return ""
    version = ctx.client.version
    if not 0 <= settings.signal <= _LARGEST_SIGNAL:
        return f"--signal={settings.signal}: the REST API of this server ({version}) has no such signal"
    if settings.full or all(target.job.pending for target in targets):
        return ""
    what = "--batch" if settings.batch else "--signal without --full"
    return f"{what}: the REST API of this server ({version}) can signal a running job only as --full does"


def refusal_of_cut(ctx: Context, targets: Iterable[Target], jobs: Iterable[Job]) -> str:
    """Why an array's waiting tasks cannot be signalled apart from its others; "" if they can, or it has no others.

    v0.0.38 knows no filter by state, and the server cuts the list of an array's waiting tasks at 64 bytes.
    """
    cut = [target for target in targets if target.cut]
    if not _old(ctx, bool(cut)):
        return ""
    going = {job.array_leader for job in jobs if not job.finished and not job.pending}
    for target in cut:
        if target.wire.job in going:
            return (
                f"{target.text}: the REST API of this server does not list these tasks to the end: name them"
            )
    return ""


def left_to_controller(ctx: Context, settings: Settings) -> bool:
    """Whether the controller chooses the jobs; nobody is asked about them then.

    `--ctld` concerns jobs since 23.11 (up to 22.05 it did steps only), and so do the options that need it.
    """
    wanted = settings.ctld or settings.admin_comment is not None or ctx.cluster is not None
    return wanted and settings.sibling is None and not settings.steps and ctx.release >= (23, 11)


def _old(ctx: Context, concerned: bool) -> bool:
    return concerned and not endpoints.offers(ctx.client, "kill_jobs")
