"""What a QOS's flags and preemption modes are called, in which sequence; how they are added and taken away."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.columns.management import QOS_FLAGS
from slurm_cli_proxy.commands.sacctmgr.entities import MODES
from slurm_cli_proxy.commands.sacctmgr.limits import QOS, Set
from slurm_cli_proxy.commands.sacctmgr.words import Reader, Word
from slurm_cli_proxy.commands.scontrol.keyword import find
from slurm_cli_proxy.context import Context

_FLAGS: Final = (
    "DenyOnLimit", "EnforceUsageThreshold", "NoReserve", "PartitionMaxNodes", "PartitionMinNodes", "OverPartQOS",
    "PartitionTimeLimit", "RequiresReservation", "NoDecay", "Relative", "UsageFactorSafe",
)  # fmt: skip
_FLAGS_2605: Final = (
    "DenyOnLimit", "EnforceUsageThreshold", "PartitionMinNodes", "PartitionMaxNodes", "PartitionTimeLimit",
    "RequiresReservation", "OverPartQOS", "NoReserve", "NoDecay", "Relative", "UsageFactorSafe",
)  # fmt: skip
ALL: Final = "-1"


def flags(release: tuple[int, int]) -> list[str]:
    """The flags that a release has, in its sequence."""
    if release >= (25, 5):
        return list(_FLAGS_2605)
    return [name for name in _FLAGS if release >= (23, 2) or name != "Relative"]


def take(ctx: Context, word: Word, reader: Reader) -> bool:
    """Take a word as a limit of a QOS; whether it is one.  A number that is none is told of, and set aside."""
    found = find(QOS, word.key, ctx.release)
    if found is None or word.value is None:
        return False
    if found.kind == "flags":
        return _flags(ctx, word, reader)
    if found.kind == "mode":
        return _mode(ctx, word, reader)
    reader.bad |= not reader.limit(word) and found.kind in ("qos", "minutes")
    return True


def _flags(ctx: Context, word: Word, reader: Reader) -> bool:
    known = flags(ctx.release)
    limit = next(one for one in QOS if one.kind == "flags")
    assert word.value is not None
    chosen: list[str] = []
    for part in (part for part in word.value.split(",") if part):
        if part == ALL:
            chosen = [ALL]
            continue
        name = next((one for one in known if one.lower().startswith(part.lower())), None)
        if name is None:
            reader.bad = True
            ctx.out(
                f" Unknown QOS flag used in:\n  '{word.value}'\n Valid QOS flags are\n  '{','.join(known)}'\n"
            )
            return True
        chosen.append(name)
    reader.settings["Flags"] = Set(limit, [one for one in known if one in chosen] or chosen, word.sign)
    return True


def _mode(ctx: Context, word: Word, reader: Reader) -> bool:
    assert word.value is not None
    given = word.value.lower()
    found = next((one for one in MODES if given and one.startswith(given)), None)
    if found is None:
        reader.bad = True
        ctx.err(f" Bad Preempt Mode given: {word.text}\n")
        return True
    limit = next(one for one in QOS if one.kind == "mode")
    reader.settings["PreemptMode"] = Set(limit, [] if found == "cluster" else [found.upper()])
    return True


def changed(now: list[str], one: Set) -> list[str]:
    """The flags that a QOS has after the change, as the API calls them."""
    api = {shown: name for name, shown in QOS_FLAGS.items()}
    if one.value == [ALL]:
        return []
    given = [api[name] for name in one.value]
    if one.sign == "+":
        return [*now, *(name for name in given if name not in now)]
    if one.sign == "-":
        return [name for name in now if name not in given]
    return given
