"""Reading how tasks are bound, and generic resources: memory and GPU binding, frequencies, gres flags, rlimits.

Readers as in `options/values.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from slurm_cli_proxy.options.values import At, BadValue, Sets, invalid, leading_number

_MEM_BIND_HEAD = """\
Memory bind options:
    --mem-bind=         Bind memory to locality domains (ldom)
"""
_MEM_BIND_SORT = """\
        nosort          avoid sorting pages at startup
        sort            sort pages at startup
"""
_MEM_BIND_TAIL = """\
        q[uiet]         quietly bind before task runs (default)
        v[erbose]       verbosely report binding before task runs
        no[ne]          don't bind tasks to memory (default)
        rank            bind by task rank
        local           bind to memory local to processor
        map_mem:<list>  specify a memory binding for each task
                        where <list> is <cpuid1>,<cpuid2>,...<cpuidN>
        mask_mem:<list> specify a memory binding mask for each tasks
                        where <list> is <mask1>,<mask2>,...<maskN>
        help            show this help message
"""
_SORTING_ENDS: Final = (25, 5)
_MEM_BIND_WORDS: Final[dict[str, tuple[str, str]]] = {
    "q": ("verbose", ""),
    "quiet": ("verbose", ""),
    "v": ("verbose", "VERBOSE"),
    "verbose": ("verbose", "VERBOSE"),
    "p": ("prefer", "PREFER"),
    "prefer": ("prefer", "PREFER"),
    "no": ("type", "NONE"),
    "none": ("type", "NONE"),
    "rank": ("type", "RANK"),
    "local": ("type", "LOCAL"),
    "sort": ("sort", "SORT"),
    "nosort": ("sort", ""),
}


MEM_BIND_TYPES: Final = ("NONE", "RANK", "LOCAL", "MAP", "MASK")


def mem_bind(value: str | None, at: At) -> Sets:
    """`[quiet|verbose,][prefer,]TYPE[:LIST]`; sets mem_bind (the list) and mem_bind_type (the API's flags).

    What was asked for before stays, but for mem_bind_undone.
    """
    sorting = at.release < _SORTING_ENDS
    chosen: dict[str, str] = {}
    listed = ""
    # Commas also stand inside the lists: a word that is not one of ours belongs to the list before it.
    for word in re.split(r",(?=[a-zA-Z])", value or ""):
        lower = word.lower()
        if lower == "help":
            help_text = _MEM_BIND_HEAD + (_MEM_BIND_SORT if sorting else "") + _MEM_BIND_TAIL
            raise BadValue(output=help_text, status=255)
        for name, flag in (("map_mem", "MAP"), ("mask_mem", "MASK")):
            if lower.startswith(name):
                _, *after = re.split("[:=]", word, maxsplit=1)
                if not after or not after[0]:
                    raise invalid(at, f'missing list for "--mem-bind={name}:<list>"')
                listed = _written_out(after[0], name == "mask_mem", at)
                chosen["type"] = flag
                break
        else:
            if lower not in _MEM_BIND_WORDS or (lower in ("sort", "nosort") and not sorting):
                raise invalid(at, f'unrecognized --mem-bind argument "{word}"')
            slot, flag = _MEM_BIND_WORDS[lower]
            chosen[slot] = flag
            if slot == "type":
                listed = ""
    if chosen.get("type") == "MASK":
        listed = re.sub(r"0[xX](?=[0-9a-fA-F])", "", listed)
    undone = [name.upper() for name in ("verbose", "sort") if chosen.get(name) == ""]
    if "type" in chosen:
        undone += MEM_BIND_TYPES
    return Sets(
        mem_bind=listed or None,
        mem_bind_type=[flag for flag in chosen.values() if flag],
        mem_bind_undone=undone,
    )


_DECIMAL: Final = "0123456789"
_HEXADECIMAL: Final = "0123456789abcdefABCDEF"


def _written_out(listed: str, is_mask: bool, at: At) -> str:
    """A list in which `0*3` is written out as `0,0,0`."""
    found: list[str] = []
    for item in listed.split(","):
        number, star, times = item.partition("*")
        plain = re.sub("^0[xX]", "", number) if is_mask else number
        for text, digits in ((plain, _HEXADECIMAL if is_mask else _DECIMAL), (star + times, _DECIMAL)):
            wrong = text.removeprefix("*").lstrip(digits)[:1]
            if wrong:
                raise invalid(at, f"Failed to validate number: {text}, the offending character is {wrong}")
        count = int(times or 0) if star else 1
        if count == 0:
            name = "mask_mem" if is_mask else "map_mem"
            more = [] if at.release < _GRES_FLAG_LISTS else [f"Failed to expand list: '{item}'"]
            first, *rest = (f"Invalid {name} multiplier: {times}", *more)
            raise invalid(at, rest[0], f"{at.prog}: error: {first}") if rest else invalid(at, first)
        found += [number] * count
    return ",".join(found)


def mem_bind_text(flags: list[str], listed: str | None) -> str:
    """The binding as variables name it: `verbose,map_mem:0,1`."""
    words = [word for word in ("verbose", "sort", "prefer") if word.upper() in flags]
    for name in MEM_BIND_TYPES:
        if name in flags:
            word = f"{name.lower()}_mem" if name in ("MAP", "MASK") else name.lower()
            words.append(f"{word}:{listed}" if word.endswith("_mem") and listed else word)
    return ",".join(words)


_GPU_LISTS: Final = {"map_gpu:": "0123456789", "mask_gpu:": "0123456789abcdefABCDEF"}
_GPU_LISTS_NOW: Final = {"map:": "0123456789", "mask:": "0123456789abcdefABCDEF"}
_BARE_MAP: Final = (25, 5)  # from here on the numbers of `map:` are looked at before they are sent


def gpu_bind(value: str | None, at: At) -> str:
    """`[verbose,]TYPE`, by how the type begins."""
    text = value or ""
    old = at.release < _GOVERNOR_DEMANDED
    bad = f"Invalid --gpu-bind argument: {'gpu:' if old else ''}{text}"
    kind = re.sub("^verbose,", "", text, flags=re.IGNORECASE)
    lower = kind.lower()
    if lower.startswith(("clos" if old else "closest", "none")):
        return text
    for name in ("single:", "per_task:"):
        if lower.startswith(name):
            if kind[len(name) :].startswith("-"):
                raise invalid(at, bad)
            return text
    for name, digits in (_GPU_LISTS if old else _GPU_LISTS | _GPU_LISTS_NOW).items():
        if lower.startswith(name):
            if name != "map:" or at.release >= _BARE_MAP:
                _check_list(kind[len(name) :], digits, bad, at)
            return text
    raise invalid(at, bad)


def _check_list(listed: str, digits: str, bad: str, at: At) -> None:
    """Numbers with commas between them, hexadecimal where `digits` has the letters, each perhaps with `*TIMES`."""
    for item in listed.split(","):
        number = item.partition("*")[0]
        if len(digits) > 10 and number[:2].lower() == "0x":
            number = number[2:]
        wrong = number.lstrip(digits)[:1]
        if wrong:
            raise invalid(
                at,
                bad,
                f"{at.prog}: error: Failed to validate {_bare(item, digits)}, offending character is {wrong}",
            )


def _bare(item: str, digits: str) -> str:
    return re.sub("^0[xX]", "", item) if len(digits) > 10 else item


_GPU_FREQ_WORDS: Final = frozenset({"low", "medium", "highm1", "high"})


def gpu_freq(value: str | None, at: At) -> str:
    """`[TYPE=]VALUE[,[TYPE=]VALUE][,verbose]`."""
    words = [word for word in (value or "").split(",") if word]
    for word in words if value else [""]:
        kind, equals, amount = word.rpartition("=")
        if word == "verbose" or (
            (not equals or kind == "memory") and (amount in _GPU_FREQ_WORDS or amount.isdigit())
        ):
            continue
        raise invalid(at, f"Invalid --gpu-freq argument: gpu:{value}")
    return value or ""


# Natively a name is known by its first letters, whatever follows them.
_FREQUENCIES: Final = {
    "lo": "Low",
    "med": "Medium",
    "him1": "Highm1",
    "highm1": "Highm1",
    "hi": "High",  # after those that begin so, too
}
_GOVERNORS: Final = {
    "co": "Conservative",
    "onde": "OnDemand",
    "perf": "Performance",
    "pow": "PowerSave",
    "sche": "SchedUtil",
    "user": "UserSpace",
}
_GOVERNOR_DEMANDED: Final = (23, 2)


def cpu_freq(value: str | None, at: At) -> str:
    """`FREQUENCY[:USERSPACE]`, `MIN-MAX[:GOVERNOR]` or `GOVERNOR`, with names in Slurm's own spelling."""
    text = value or ""
    span, colon, governor = text.partition(":")
    alone = _named(_GOVERNORS, span)
    if alone and colon:
        raise _bad_frequency(at, f"governor cannot be specified twice {span}{{-}}:{governor} in --cpu-freq")
    if alone:
        return alone
    lowest, hyphen, highest = span.partition("-")
    old = at.release < _GOVERNOR_DEMANDED
    low = _frequency(lowest, at)
    if hyphen and not colon and not old:
        raise _bad_frequency(
            at,
            "You must explicitly choose a governor when defining a range. Please specify only one"
            " value for the desired frequency (p1) or choose a specific governor (p3).",
        )
    high = _frequency(highest.partition("-")[0] if old else highest, at) if hyphen else ""
    if hyphen and _is_more(low, high):
        raise _bad_frequency(at, f"min cpu-frec ({lowest}) must be < max cpu-freq ({highest})")
    name = _governor(governor, hyphen, at) if colon else ""
    return low + (f"-{high}" if hyphen else "") + (f":{name}" if colon else "")


_BY_NAME: Final = ("Low", "Medium", "High", "Highm1")


def _is_more(low: str, high: str) -> bool:
    """Whether a range is none: names are more than any number, and stand in an order of their own."""
    if low.isdigit() and high.isdigit():
        return int(low) >= int(high)
    if low.isdigit() or high.isdigit():
        return high.isdigit()
    return _BY_NAME.index(low) > _BY_NAME.index(high)


def _bad_frequency(at: At, *before: str) -> BadValue:
    return invalid(at, "Invalid --cpu-freq argument", *(f"{at.prog}: error: {line}" for line in before))


def _named(names: Mapping[str, str], word: str) -> str:
    """What a word begins with, "" if with none of the names."""
    lower = word.lower()
    return next((names[name] for name in names if lower.startswith(name)), "")


def _governor(word: str, hyphen: str, at: At) -> str:
    """Since 23.02 UserSpace alone goes with a single frequency, and not with a range; before, none does."""
    without_max = _bad_frequency(at, f"gov on cpu-frec ({word}) illegal without max")
    if at.release < _GOVERNOR_DEMANDED and not hyphen:
        raise without_max
    name = _named(_GOVERNORS, word)
    if not name:
        raise _bad_frequency(at, f"illegal governor: {word} on --cpu-freq")
    if at.release < _GOVERNOR_DEMANDED:
        return name
    if hyphen and name == "UserSpace":
        raise _bad_frequency(
            at,
            "userspace governor does not support a range. Please specify only one value for the desired frequency"
            " (p1) or choose a different governor.",
        )
    if not hyphen and name != "UserSpace":
        raise without_max
    return name


def _frequency(word: str, at: At) -> str:
    number = leading_number(word)[0] & 0xFFFFFFFF if word[:1].isdigit() else 0
    if number and (word.isdigit() or at.release < _GOVERNOR_DEMANDED):
        return str(number)
    if (not word or word.isdigit()) and at.release >= _GOVERNOR_DEMANDED:
        raise _bad_frequency(at)
    name = _named(_FREQUENCIES, word)
    if not name:
        raise _bad_frequency(at, f'unrecognized --cpu-freq argument "{word}"')
    return name


_GRES_FLAGS: Final[Mapping[str, str]] = {
    "disable-binding": "GRES_BINDING_DISABLED",
    "enforce-binding": "GRES_BINDING_ENFORCED",
    "one-task-per-sharing": "GRES_ONE_TASK_PER_SHARING",
    "multiple-tasks-per-sharing": "GRES_MULTIPLE_TASKS_PER_SHARING",
}
_GRES_FLAG_LISTS: Final = (23, 2)


def gres_flags(value: str | None, at: At) -> list[str]:
    """Flags for the binding of generic resources, as the API names them; one only before 23.02."""
    text = (value or "").lower()
    if at.release < _GRES_FLAG_LISTS:
        if text not in ("disable-binding", "enforce-binding"):
            raise invalid(at, "Invalid --gres-flags specification")
        return [_GRES_FLAGS[text]]
    found: list[str] = []
    for written in (value or "").split(","):
        word = written.lower()
        if word == "allow-task-sharing":
            raise invalid(at, "--gres-flags=allow-task-sharing is only used with srun.")
        if word and word not in _GRES_FLAGS:
            raise invalid(at, f"Invalid --gres-flags specification: {written}")
        if word:
            found.append(_GRES_FLAGS[word])
    for one, other in (
        ("disable-binding", "enforce-binding"),
        ("one-task-per-sharing", "multiple-tasks-per-sharing"),
    ):
        if _GRES_FLAGS[one] in found and _GRES_FLAGS[other] in found:
            raise invalid(at, f"Invalid --gres-flags combo: {one} and {other} are mutually exclusive.")
    return found


RLIMITS: Final = ("CPU", "FSIZE", "DATA", "STACK", "CORE", "RSS", "NPROC", "NOFILE", "MEMLOCK", "AS")
"""The resource limits that travel with a job, in Slurm's order."""


def propagated(text: str | None, at: At) -> frozenset[str]:
    """Which limits the user asked to propagate: `--propagate` alone means all, without the option it is none."""
    if text is None or text == "NONE":
        return frozenset()
    if text in ("ALL", ""):
        return frozenset(RLIMITS)
    found = set()
    for word in re.split("[, \t\n]", text):
        name = word.removeprefix("RLIMIT_")
        if word and name not in RLIMITS:
            raise BadValue(
                f"{at.prog}: error: Bad rlimit name: {name}",
                f"{at.prog}: error: --propagate={text} is not valid.",
            )
        if word:
            found.add(name)
    return frozenset(found)


_POWER = {"level": "EQUAL_POWER"}


def power(value: str | None, at: At) -> list[str]:
    """Power management (22.05 only); an unknown word is told of and passed over by the command."""
    return [_POWER[word] for word in (value or "").lower().split(",") if word in _POWER]
