"""What may follow `update` of what the API cannot update: wrong words are complained of as natively all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol.job_keys import Refused, parse_minutes
from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.scontrol.wrong import Check, Release, Wrong
from slurm_cli_proxy.options.values import leading_number

NEW: Final = (23, 2)
NO_CHANGES: Final = Wrong("No changes specified\n")


def _once_more(release: Release) -> str:
    return "slurm_update error: No error\n" if release < NEW else ""


def _unknown(word: str) -> Wrong:
    return Wrong(f"Update of this parameter is not supported: {word}\nRequest aborted\n")


_STEP_KEYS: Final = (Keyword(name="StepId", shortest=4), Keyword(name="TimeLimit", shortest=2))


def _step(args: Sequence[str], release: Release) -> Wrong | None:
    changes = 0
    for word in args:
        name, equals, value = word.partition("=")
        if not equals:
            return Wrong(f"Invalid input: {word}\nRequest aborted\n{_once_more(release)}")
        key = find(_STEP_KEYS, name, release)
        if key is None:
            return _unknown(word)
        if key.name == "StepId":
            rest = leading_number(value)[1]
            if rest and (rest == value or not rest.startswith(".")):
                return Wrong(f"Invalid StepID parameter: {word}\nRequest aborted\n")
            continue
        try:
            parse_minutes(value, "Invalid TimeLimit value")
        except Refused as refused:
            return Wrong("".join(f"{line}\n" for line in refused.lines), status=refused.status)
        changes += 1
    return None if changes else NO_CHANGES


_FRONTEND_KEYS: Final = tuple(Keyword(name=name, shortest=1) for name in ("FrontendName", "Reason", "State"))
_STATES: Final = tuple(Keyword(name=name, shortest=4) for name in ("DOWN", "DRAIN", "RESUME"))


def _frontend(args: Sequence[str], release: Release) -> Wrong | None:
    found: dict[str, str] = {}
    for word in args:
        name, equals, value = word.partition("=")
        if not equals:
            return Wrong(f"scontrol: error: Invalid input: {word}  Request aborted\n{_once_more(release)}")
        key = find(_FRONTEND_KEYS, name, release)
        if key is None:
            return _unknown(word)
        if key.name == "State":
            state = find(_STATES, value, release)
            if state is None:
                valid = "Valid states are: DRAIN RESUME\n"
                return Wrong(f"Invalid input: {word}\nRequest aborted\n{valid}")
            value = state.name
        found[key.name] = value
    if found.get("State") in ("DOWN", "DRAIN") and not found.get("Reason"):
        return Wrong("You must specify a reason when DOWNING or DRAINING a frontend node\nRequest aborted\n")
    return None if len(found) > 1 else NO_CHANGES


_LEVELS: Final = ("quiet", "fatal", "error", "info", "verbose", "debug", "debug2", "debug3", "debug4")


def _level(args: Sequence[str], release: Release) -> Wrong | None:
    """Natively the last word's value counts, whatever its name."""
    _, equals, value = args[-1].partition("=")
    number, rest = leading_number(value)
    if equals and (value.lower() in _LEVELS or (not rest and 0 <= number < len(_LEVELS) + 1)):
        return None
    return Wrong(f"invalid debug level: {value if equals else '(null)'}\n{_once_more(release)}")


CHECKS: Final[dict[str, Check]] = {"FrontendName": _frontend, "SlurmctldDebug": _level, "StepId": _step}
"""What is to be changed -> what looks at the words."""
