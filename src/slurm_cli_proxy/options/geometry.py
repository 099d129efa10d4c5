"""Reading where a job shall run and how its tasks lie: node counts, sockets and cores, distributions, switches.

Readers as in `options/values.py`.
"""

from __future__ import annotations

import re
from typing import Final

from slurm_cli_proxy.options.values import (
    ALWAYS_1,
    ALWAYS_255,
    INT_MAX,
    NO_VAL,
    At,
    BadValue,
    Sets,
    integer,
    invalid,
    leading_number,
)

STEPPED_SIZES: Final = (23, 2)
"""From this release on a node count may be a list with steps: `1,3`, `2-8:2`."""

_MOST_LISTED: Final = 16383
"""The largest of such a list."""

_MULTIPLES = {"k": 1 << 10, "K": 1 << 10, "m": 1 << 20, "M": 1 << 20}


_MOST_COMPONENTS: Final = 128


def het_group(value: str | None, at: At) -> list[str]:
    """Numbers of a heterogeneous job's components, `0-2,5`, in brackets or not; each once."""
    from slurm_cli_proxy.notation import hostlist

    text = value or ""
    words = f"Invalid --het-group value: {text}"
    try:
        numbers = hostlist.expand(text if text.startswith("[") else f"[{text}]", at.release)
    except hostlist.HostlistError as error:
        raise invalid(at, words, f"{at.prog}: error: {error.log}", status=1) from None
    if any(int(number) >= _MOST_COMPONENTS for number in numbers if number.isdigit()):
        raise invalid(at, words, status=1)
    return list(dict.fromkeys(numbers))


def nodes(value: str | None, at: At) -> Sets:
    """`MIN[-MAX]`, and lists with steps where the release has them; sets min_nodes, max_nodes and job_size."""
    text = value or ""
    if at.release >= STEPPED_SIZES and ("," in text or ":" in text):
        least, most, sizes = _sizes(text, at)
        return Sets(min_nodes=least, max_nodes=most, job_size=sizes)
    low, hyphen, high = text.partition("-")
    least = _node_count(low, at, blank=bool(hyphen))
    most = least
    if hyphen:
        least = max(least, 1) if least < 0 else least
        most = _node_count(high, at, blank=True)
    if most and most < least:
        raise invalid(at, f"Maximum node count {most} is less than minimum node count {least}")
    return Sets(min_nodes=least, max_nodes=most, job_size=None)


def _node_count(text: str, at: At, *, blank: bool) -> int:
    """A number, also in k and m; less than 0 for none, or one that is no count, where `blank` allows it."""
    number, rest = leading_number(text)
    if rest == text:
        if not text.strip() and blank:
            return -1
        raise _bad_count(text, at)
    if rest[:1] in _MULTIPLES and rest:
        number, rest = number * _MULTIPLES[rest[0]], rest[1:]
    if at.release < STEPPED_SIZES:
        number = (number + (1 << 31)) % (1 << 32) - (1 << 31)
    if blank and not rest.strip() and not 0 <= number <= INT_MAX:
        return number if at.release < STEPPED_SIZES else -1
    if rest.strip() or number < 0 or number > INT_MAX:
        raise _bad_count(text, at)
    return number


def _bad_count(text: str, at: At) -> BadValue:
    return invalid(at, f'"{text}" is not a valid node count', status=ALWAYS_255)


def _listed(text: str, at: At) -> int:
    number, rest = leading_number(text)
    if rest or not text or not 0 <= number <= _MOST_LISTED:
        raise _bad_count(text, at)
    return number


def _sizes(text: str, at: At) -> tuple[int, int, str]:
    """The least and the greatest of `1,3,5-9` or `2-8:2`, and the list as it is sent.

    No number counts as 0, a range downwards for nothing; of `1-3-5` the last two count.
    """
    if ":" in text:
        return _stepped(text, at)
    found: set[int] = set()
    if not text.startswith(","):
        for part in text.split(","):
            ends = [_listed(end, at) if end else 0 for end in part.split("-")]
            found.update(range(ends[-2], ends[-1] + 1) if len(ends) > 1 else ends)
    if not found:
        return -1, -1, ""
    from slurm_cli_proxy.notation.arrayset import format_ranges

    return min(found), max(found), format_ranges(found)


def _stepped(text: str, at: At) -> tuple[int, int, str]:
    """As `_sizes`, of a range with a step, which stands alone; its end is none of the sizes."""
    span, _, step_text = text.partition(":")
    low, hyphen, high = span.partition("-")
    if "," in text or ":" in step_text or "-" in high:
        raise _bad_count(text, at)
    ends = [_listed(end, at) if end else 0 for end in (low, high)]
    step, rest = leading_number(step_text)
    if rest:
        raise _bad_count(step_text, at)
    if span == "-":
        return -1, -1, ""
    if not low or (hyphen and not high):
        raise _bad_count(text, at)
    if not hyphen or step <= 0:
        raise _bad_count(text, at)
    if ends[1] < ends[0]:
        raise _bad_count(text, at)
    sizes = range(ends[0], ends[1], step)
    return (sizes[0], sizes[-1], text) if sizes else (-1, -1, "")


_RANGE_OF_B: Final = r"(\s*\+?\d+[kKmM]?)-\s*\+?0*[1-9]\d*[kKmM]?(?:-|$)"


def extra_node_info(value: str | None, at: At) -> Sets:
    """`SOCKETS[:CORES[:THREADS]]`, each a number or `*`; of a range the end is passed over if it is a number."""
    names = ("sockets_per_node", "cores_per_socket", "threads_per_core")
    found = Sets(dict.fromkeys(names), extra_node_info=value or "")
    words = ("first arg of -B", "second arg of -B", "third arg of -B")
    for name, words_for_it, part in zip(names, words, (value or "").split(":"), strict=False):
        if part and not part.startswith("*"):
            span = re.match(_RANGE_OF_B, part) if "-" in part else None
            found[name] = _argument_of_b(words_for_it, span[1] if span else part, at)
    return found


def _argument_of_b(name: str, value: str, at: At) -> int:
    """As other numbers, but also in k and m, and every release knows the same limit."""
    number, rest = leading_number(value)
    if len(rest) == 1 and rest in _MULTIPLES:
        number *= _MULTIPLES[rest]
        value = str(number)
    if at.release < STEPPED_SIZES and number > INT_MAX:
        raise invalid(at, f"Numeric argument ({number}) to big for {name}.", status=ALWAYS_1)
    return integer(name, value, at, positive=False, most=INT_MAX)


def switches(value: str | None, at: At) -> Sets:
    """`COUNT[@TIME]`."""
    number, at_sign, wait = (value or "").partition("@")
    if at.where == "env":  # a variable has the number alone; the time is another's
        return Sets(switches=integer("--switches", value or "", at, positive=True))
    found = Sets(switches=integer("--switches", number, at, positive=True))
    if at_sign:
        found["wait_for_switch"] = _seconds(wait)
    return found


def wait_for_switch(value: str | None, at: At) -> int:
    """How long to wait for the switches, in seconds."""
    return _seconds(value or "")


def _seconds(value: str) -> int:
    from slurm_cli_proxy.notation.duration import parse_seconds
    from slurm_cli_proxy.notation.errors import NotationError

    try:
        return parse_seconds(value)
    except NotationError:
        return NO_VAL


_LEVELS: Final = ("block", "cyclic", "fcyclic")
_DEFAULTS: Final = (
    "block",
    "cyclic",
    None,
)  # what `*` means for nodes, sockets, cores (cores: as the sockets)


def distribution(value: str | None, at: At) -> Sets:
    """`NODES[:SOCKETS[:CORES]][,Pack|NoPack]`, `plane=SIZE`, `arbitrary`; sets distribution and plane_size."""
    text = (value or "").lower()
    if text.startswith("plane"):
        size, rest = leading_number(text[6:]) if text[5:6] == "=" else (0, "")
        if rest or size <= 0:
            raise invalid(
                at,
                "Invalid --distribution specification",
                f"{at.prog}: error: Invalid plane size or size not specified",
            )
        return Sets(distribution="plane", plane_size=size)
    main, comma, packing = text.partition(",")
    if main in ("pack", "nopack") and not comma:
        return Sets(distribution=main, plane_size=None)
    if packing not in ("", "pack", "nopack"):
        raise invalid(at, "Invalid --distribution specification")
    if main == "arbitrary":
        levels = ["arbitrary"]
    else:
        levels = _levels(main, at)
    return Sets(distribution=":".join(levels) + (f",{packing}" if packing else ""), plane_size=None)


def _levels(main: str, at: At) -> list[str]:
    words = [word for word in main.split(":") if word]
    if not words or len(words) > 3:
        raise invalid(at, "Invalid --distribution specification")
    levels: list[str] = []
    for place, word in enumerate(words):
        if word == "*":
            word = _DEFAULTS[place] or levels[1]
        if word not in (_LEVELS[:2] if place == 0 else _LEVELS):
            raise invalid(at, "Invalid --distribution specification")
        levels.append(word)
    return levels


_HINTS: Final[dict[str, dict[str, int | None]]] = {
    "compute_bound": {"sockets_per_node": None, "cores_per_socket": None, "threads_per_core": 1},
    "memory_bound": {"cores_per_socket": 1, "threads_per_core": 1},
    "multithread": {"threads_per_core": None, "ntasks_per_core": 0xFFFF},
    "nomultithread": {"threads_per_core": 1},
}

_HINT_HELP = """\
Application hint options:
    --hint=             Bind tasks according to application hints
        compute_bound   use all cores in each socket
        memory_bound    use only one core in each socket
        [no]multithread [don't] use extra threads with in-core multi-threading
        help            show this help message
"""


def hint(text: str, at: At) -> dict[str, int | None]:
    """What `--hint` asks for, found when all options are known; None: as if not asked for.

    BadValue for an unknown hint or `help`.
    """
    found: dict[str, int | None] = {}
    for word in text.split(","):
        if word.lower() == "help":
            raise BadValue(output=_HINT_HELP)
        if word.lower() not in _HINTS:
            raise BadValue(f'{at.prog}: error: unrecognized --hint argument "{word}", see --hint=help')
        found.update(_HINTS[word.lower()])
    return found


def nodelist(value: str | None, at: At) -> Sets:
    """A list of nodes takes the place of a `--nodefile` before it."""
    return Sets(nodelist=value or "", nodefile=None)
