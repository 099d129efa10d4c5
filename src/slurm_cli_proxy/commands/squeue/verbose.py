"""What `squeue -v` says before the listing: the options as they were understood."""

from __future__ import annotations

from slurm_cli_proxy.commands.squeue import users
from slurm_cli_proxy.commands.squeue.settings import SORT, SORT_START, Settings

Release = tuple[int, int]

_RULE = "-----------------------------\n"
_JOB_STATES_SINCE = (24, 5)


def options(settings: Settings, release: Release) -> str:
    """The table of options; with a second `-v` the lists' entries, too."""
    sort = None if settings.sort in (SORT, SORT_START) else settings.sort
    rows: list[tuple[str, object]] = [
        ("all         ", settings.all),
        ("array       ", settings.array),
        ("federation  ", settings.federation),
        ("format      ", settings.format_text),
        ("iterate     ", settings.iterate),
        ("job_flag    ", int(settings.job_flag and not settings.steps)),
        ("jobs        ", settings.jobs_text),
        ("licenses    ", settings.licenses_text),
        ("local       ", settings.local),
        ("names       ", settings.names_text),
        ("nodes       ", _nodes(settings)),
        ("only_job_state ", settings.only_job_state),
        ("partitions  ", settings.partitions_text),
        ("priority    ", settings.priority),
        ("reservation ", settings.reservation_text),
        ("sibling      ", settings.sibling),
        ("sort        ", sort),
        ("start_flag  ", int(settings.start)),
        ("states      ", settings.states_text),
        ("step_flag   ", int(settings.steps)),
        ("steps       ", settings.steps_text),
        ("users       ", settings.users_text),
        ("verbose     ", settings.verbose),
    ]
    if release < _JOB_STATES_SINCE:
        rows = [row for row in rows if not row[0].startswith("only_job_state")]
    lines = [f"{name}= {_text(value)}\n" for name, value in rows]
    if settings.verbose > 1:
        lines += _lists(settings)
    return _RULE + "".join(lines) + _RULE + "\n\n"


def _text(value: object) -> str:
    if value is None:
        return "(null)"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _nodes(settings: Settings) -> str:
    from slurm_cli_proxy.notation import hostlist

    return hostlist.compress(settings.nodes or ())


def _lists(settings: Settings) -> list[str]:
    lines = []
    for place, wanted in enumerate(settings.jobs or ()):
        task = "" if wanted.task is None else f"_{wanted.task}"
        lines.append(f"job_list[{place}] = {wanted.job}{task}\n")
    for place, name in enumerate(settings.names or ()):
        lines.append(f"name_list[{place}] = {name.encode('utf-8', 'surrogateescape')[0]}\n")
    for title, entries in (("licenses", settings.licenses), ("part", settings.partitions)):
        lines += [f"{title}_list[{place}] = {entry}\n" for place, entry in enumerate(entries or ())]
    if settings.every_state:
        lines.append("state_list = all\n")
    lines += [f"state_list[{place}] = {name}\n" for place, name in enumerate(settings.states or ())]
    numbers = [users.number_of(name) for name in settings.users or ()]
    lines += [f"user_list[{place}] = {uid}\n" for place, uid in enumerate(numbers) if uid is not None]
    return lines
