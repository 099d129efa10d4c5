"""What may follow a verb that the API cannot carry out: wrong words are complained of as natively all the same.

The native command looks at these before it asks the controller for anything.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol import joblist
from slurm_cli_proxy.commands.scontrol.wrong import Check, Release, Wrong
from slurm_cli_proxy.options.values import leading_number
from slurm_cli_proxy.rest import slurm_errors

NEW: Final = (23, 2)
NEWEST: Final = (26, 5)
INVALID_JOB_ID: Final = 2017


def _shutdown(args: Sequence[str], release: Release) -> Wrong | None:
    if args and args[0] not in ("slurmctld", "controller"):
        return Wrong(f"invalid shutdown argument:{args[0]}\n")
    return None


_LEVELS: Final = frozenset(
    ("quiet", "fatal", "error", "info", "verbose", *(f"debug{n}" for n in ("", 2, 3, 4, 5)))
)
_HIGHEST_LEVEL: Final = 9
_NODES: Final = "nodes="


def _debug_level(args: Sequence[str], release: Release) -> Wrong | None:
    level = args[0]
    if len(args) > 1 and not any(word.startswith(_NODES) for word in args):
        return Wrong(f"Invalid option: {level}\n")
    number, rest = leading_number(level)
    if (rest or _int32(number) > _HIGHEST_LEVEL) and level.lower() not in _LEVELS:
        return Wrong(f"invalid debug level: {level}\n", muted=True)
    return None


def _int32(number: int) -> int:
    return (number + (1 << 31)) % (1 << 32) - (1 << 31)


def _debug_flags(args: Sequence[str], release: Release) -> Wrong | None:
    form = "[+|-]NAME" if release < NEW else "{+|-}NAME [{+|-}NAME] [nodes=<NODES>]"
    for word in args:
        if not word.startswith(("+", "-")) and not (release >= NEW and word.startswith(_NODES)):
            return Wrong(f"invalid debug flag: {word}\nUsage: setdebugflags {form}\n", muted=True)
        for name in word[1:].split(","):
            if name and not word.startswith(_NODES) and not _is_debug_flag(name.lower(), release):
                return Wrong(
                    f"invalid debug flag: {word}\n",
                    muted=True,
                    logged=f"scontrol: error: Invalid DebugFlag: {name}\n",
                )
    return None


_FLAGS: Final = frozenset(
    "accrue agent backfill backfillmap burstbuffer cgroup cpu_bind cpufrequency data db_archive db_assoc db_event"
    " db_job db_qos db_query db_reservation db_resource db_step db_tres db_usage db_wckey dependency elasticsearch"
    " energy federation gang gres hetjob interconnect jag jobaccountgather jobcontainer license mpi net netraw network"
    " networkraw no_conf_hash nodefeatures power priority profile protocol reservation route script selecttype steps"
    " switch task tracejobs trigger triggers workq workqueue".split()
)
_FLAGS_UNTIL: Final = {"extsensors": NEW, "timecray": NEW, "frontend": NEWEST}
_FLAGS_SINCE: Final = {
    **dict.fromkeys(("auditrpcs", "conmgr", "dbd_agent", "glob_silence", "jobcomp", "sack", "tls"), NEW),
    **dict.fromkeys(("audittls", "metrics", "namespace"), NEWEST),
}


def _is_debug_flag(name: str, release: Release) -> bool:
    since = _FLAGS_SINCE.get(name)
    until = _FLAGS_UNTIL.get(name)
    return name in _FLAGS or bool(since and release >= since) or bool(until and release < until)


def _scheduler_level(args: Sequence[str], release: Release) -> Wrong | None:
    number, rest = leading_number(args[0])
    if (rest or number not in (0, 1)) and args[0].lower() not in ("disable", "enable"):
        return Wrong(f"invalid schedlog level: {args[0]}\n", muted=True)
    return None


def _factor(args: Sequence[str], release: Release) -> Wrong | None:
    value = args[0]
    if value.isascii() and value.isdigit() and 0 < int(value) < 1 << 16:
        return None
    return Wrong(f"invalid dampening factor: {value}\n", status=1 if release >= NEWEST else 0, muted=True)


def _token(args: Sequence[str], release: Release) -> Wrong | None:
    for word in args:
        name, equals, value = word.partition("=")
        if not equals or name.lower() not in ("lifespan", "username"):
            return Wrong(f"Invalid option: `{word}`\n")
        if name.lower() == "lifespan" and release >= NEW and not value.isdigit() and not _endless(value):
            return Wrong(f'scontrol: error: Invalid numeric value "{value}" for lifespan.\n')
    return None


def _endless(value: str) -> bool:
    return value.lower() in ("infinite", "unlimited")


def _power(args: Sequence[str], release: Release) -> Wrong | None:
    if args[0].lower() not in ("up", "down"):
        quote = "'" if release >= NEWEST else ""
        return Wrong(f"unexpected argument: {quote}{args[0]}{quote}\n")
    return (_power_up_or_down if release >= NEWEST else _power_of_old)(args[0].lower(), args[1:])


_HOW: Final = ("asap", "force")
_NOT_UP: Final = "The '{}' argument is not valid for power up requests\n"


def _power_of_old(direction: str, args: Sequence[str]) -> Wrong | None:
    """`[ASAP|FORCE] NODES`."""
    how = args[0].lower() if len(args) > 1 else ""
    if how and how not in _HOW:
        return Wrong(f"unrecognized optional command:{args[0]}\n")
    return Wrong(_NOT_UP.format(how)) if how and direction == "up" else None


def _power_up_or_down(direction: str, args: Sequence[str]) -> Wrong | None:
    """`[ASAP|FORCE] NODES [Reason=…]`."""
    how, *left = args if args[0].lower() in _HOW else ("", *args)
    if how.lower() == "asap" and direction == "up":
        return Wrong(_NOT_UP.format("asap"))
    if not left:
        return Wrong("Mandatory argument {ALL|<NodeList>|<NodeSet>} missing\n")
    for word in left[1:]:
        if not word.lower().startswith("reason="):
            return Wrong(f"invalid argument: '{word}'\n")
    return None


def _reboot(args: Sequence[str], release: Release) -> Wrong | None:
    """`[ASAP] [NextState=DOWN|RESUME] [Reason=…] NODES`."""
    end, indent = ("", " ") if release >= NEWEST else ("\n", "")
    left = list(args)
    if left and left[0].lower() == "asap":
        del left[0]
    while left and left[0].lower().startswith(("nextstate=", "reason=")):
        name, _, value = left.pop(0).partition("=")
        if name.lower() == "nextstate" and value.lower() not in ("down", "resume"):
            return Wrong(f"Invalid state: {value}\n{indent}Valid states: DOWN, RESUME\n")
    return None if left else Wrong(f"Missing node list. Specify ALL|<NodeList>{end}")


def _notify(args: Sequence[str], release: Release) -> Wrong | None:
    if not args[0][:1].isdigit() or not leading_number(args[0])[0]:
        return Wrong(f"Invalid job_id {args[0]}job notify failure: {slurm_errors.text(0, release)}\n")
    return None


def _jobs(args: Sequence[str], release: Release) -> Wrong | None:
    """Nothing but words that are no lists of job ids."""
    args = [joblist.without_key(word) for word in args]
    found = [joblist.ids(word) for word in args]
    if any(found):
        return None
    lines = [
        f"{slurm_errors.text(INVALID_JOB_ID, release)} for job {word}\n"
        for word, ids in zip(args, found, strict=True)
        if ids is None
    ]
    return Wrong("".join(lines), status=int(bool(lines)), muted=True)


_STEP: Final = re.compile(r"\s*[+-]?\d+([_+]\d+)?(\.(\d+|batch|extern|interactive))?")


def _pids(args: Sequence[str], release: Release) -> Wrong | None:
    """`JOB[.STEP]`, or `*` for all."""
    if not args or args[0].startswith("*"):
        return None
    _, rest = leading_number(args[0])
    good = _STEP.fullmatch(args[0]) if release >= NEWEST else not rest or rest.startswith(".")
    return None if good else Wrong(f'"{args[0]}" does not look like a jobid\n')


_FAMILIES: Final = {4: socket.AF_INET, 6: socket.AF_INET6}


def _caller(args: Sequence[str], release: Release) -> Wrong | None:
    """`ADDRESS PORT ADDRESS PORT [4|6]`."""
    family, rest = leading_number(args[4]) if len(args) > 4 else (4, "")
    said = "Address family not an integer" if rest else ""
    if not said and family not in _FAMILIES:
        said = f"Invalid address family: {family}"
    for who, where, address, port in (
        ("Source", "", *args[:2]),
        ("Destination", "scontrol_callerid: ", *args[2:4]),
    ):
        if not said and not _is_address(_FAMILIES[family], address):
            said = f"{where}inet_pton failed for '{address}'"
        if not said and leading_number(port)[1]:
            said = f"{who} port not an integer"
    return (
        Wrong(f"scontrol: error: {said}\ncallerid failure: {slurm_errors.text(0, release)}\n")
        if said
        else None
    )


def _is_address(family: int, text: str) -> bool:
    try:
        socket.inet_pton(family, text)
    except (OSError, ValueError):
        return False
    return True


CHECKS: Final[dict[str, Check]] = {
    "callerid": _caller,
    "fairsharedampeningfactor": _factor,
    "fsdampeningfactor": _factor,
    "listpids": _pids,
    "notify": _notify,
    "power": _power,
    "reboot_nodes": _reboot,
    "resume": _jobs,
    "schedloglevel": _scheduler_level,
    "setdebug": _debug_level,
    "setdebugflags": _debug_flags,
    "shutdown": _shutdown,
    "suspend": _jobs,
    "token": _token,
}
"""Verb -> what looks at its words."""
