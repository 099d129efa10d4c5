"""What may follow `show ENTITY` of what the API cannot show: wrong words are complained of as natively all the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.scontrol.wrong import Check, Release, Wrong

NEWEST: Final = (26, 5)

_KEYS: Final = tuple(Keyword(name=name, shortest=1) for name in ("accounts", "flags", "qos", "users"))
_FLAGS: Final = tuple(Keyword(name=name, shortest=1) for name in ("assoc", "qos", "users"))


def _associations(args: Sequence[str], release: Release) -> Wrong | None:
    for word in args:
        name, _, value = word.partition("=")
        if not value:
            return Wrong(f"No value given for option {word}\n", status=0)
        key = find(_KEYS, name, release)
        if key is None:
            return Wrong(f"invalid entity: {word} for keyword:show assoc_mgr\n", muted=True)
        flags = value.split(",") if key.name == "flags" else ()
        if flags and not any(find(_FLAGS, flag, release) for flag in flags):
            text = f"invalid flag '{value}', valid options are 'Assoc, QOS, and/or Users'\n"
            return Wrong(text, status=0)
    return None


_PLACES: Final = tuple(Keyword(name=name, shortest=1) for name in ("node", "unit", "switch", "block"))


def _topology(args: Sequence[str], release: Release) -> Wrong | None:
    """`[NAME] [node=…] [unit=…]`, since 26.05."""
    topology = None
    for word in args if release >= NEWEST else ():
        name, equals, _ = word.partition("=")
        if equals and find(_PLACES, name, release) is None:
            return Wrong(f"Unknown argument {word}\n", status=0)
        if not equals and topology is not None:
            text = f"Too many arguments ({word}), the topology name ({topology}) is already defined\n"
            return Wrong(text, status=0)
        topology = topology if equals else word
    return None


CHECKS: Final[dict[str, Check]] = {"assoc_mgr": _associations, "cache": _associations, "topology": _topology}
"""Entity -> what looks at its words."""
