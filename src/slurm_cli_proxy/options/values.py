"""How the values of submission options are read: the native grammar, message and exit status of each.

A reader takes the text of an option (None where an optional argument was left out, or the option takes none) and an
`At`, and returns what the option means; a `Sets` where it settles several things at once.  It raises `BadValue` with
what the native command says.  Readers are made by the functions below, so that a table row reads like a sentence:

    read=minutes("--time")
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from slurm_cli_proxy.options.spec import Release

INT_MAX: Final = (1 << 31) - 1
LONG_MAX: Final = (1 << 63) - 1
NO_VAL: Final = 0xFFFFFFFE
INFINITE: Final = 0xFFFFFFFF
INFINITE16: Final = 0xFFFF
NICE_LIMIT: Final = 2147483645

ALWAYS_1: Final = 1  # exit(1), whatever SLURM_EXIT_ERROR says
ALWAYS_255: Final = 255  # exit(-1)


class At(msgspec.Struct, frozen=True):
    """Where and when a value is read.

    `prog` is the command's name; `now` tells the time (epoch seconds); `where` is "cli", "script" or "env"; `name`
    is the option as it was met (`--xyz` or `-x`). `is_caller`: whether a name is the caller's on the cluster or here.
    """

    prog: str
    release: Release
    now: Callable[[], float]
    where: str = "cli"
    uid: int = 0
    is_caller: Callable[[str], bool] = lambda name: False


class BadValue(Exception):
    """A value the native command refuses: `lines` go to standard error, the exit status is `status`.

    `status` None: the status for errors, which SLURM_EXIT_ERROR sets.  `output`: for standard output (help texts).
    """

    def __init__(self, *lines: str, status: int | None = None, output: str = "") -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
        self.status = status
        self.output = output


class GresHelp(Exception):
    """`--gres=help`: the command shall list the cluster's generic resources, and end."""


class Sets(dict[str, Any]):
    """Several settings by their names, instead of one under the option's own."""


Reader = Callable[["str | None", At], object]


def invalid(at: At, message: str, *before: str, status: int | None = ALWAYS_255) -> BadValue:
    """`PROG: error: MESSAGE`, after the lines `before`."""
    return BadValue(*before, f"{at.prog}: error: {message}", status=status)


def text(value: str | None, at: At) -> str:
    """Any text, as it is."""
    return value or ""


def gres(value: str | None, at: At) -> str:
    """Generic resources, as they are; GresHelp where the user asks which there are."""
    if (value or "").lower() == "help":
        raise GresHelp
    return value or ""


def optional(default: str) -> Reader:
    """Text; `default` where the option stands alone."""
    return lambda value, at: default if value is None else value


_TRUE = frozenset({"", "1", "yes", "set"})


def flag(meaning: object = True, otherwise: object = None) -> Reader:
    """An option without argument.  A variable of the environment may switch it off, too."""

    def read(value: str | None, at: At) -> object:
        if value is None or value.lower() in _TRUE:
            return meaning
        return otherwise

    return read


_NUMBER = re.compile(r"[ \t\n\v\f\r]*([-+]?[0-9]+)")


def leading_number(value: str) -> tuple[int, str]:
    """What C's strtol makes of a text: the number (0 without one), and the rest of the text."""
    match = _NUMBER.match(value)
    if match is None:
        return 0, value
    number = max(min(int(match.group(1)), LONG_MAX), -LONG_MAX - 1)
    return number, value[match.end() :]


def int32(number: int) -> int:
    """What a C int keeps of a number."""
    number &= 0xFFFFFFFF
    return number - (1 << 32) if number >> 31 else number


def integer(name: str, value: str, at: At, *, positive: bool, most: int = INT_MAX - 1) -> int:
    """A number as `parse_int` of the native commands reads it; BadValue names the option `name`.

    Since 23.02 it is at most `most`; before, what is left of it in 32 bits is taken.
    """
    number, rest = leading_number(value)
    if rest or number < (1 if positive else 0):
        raise invalid(at, f'Invalid numeric value "{value}" for {name}.', status=ALWAYS_1)
    if at.release < (23, 2):
        if number == LONG_MAX:
            raise invalid(at, f"Numeric argument ({number}) to big for {name}.", status=ALWAYS_1)
    elif number > most:
        raise invalid(at, f"Numeric argument ({number}) too large for {name}.", status=ALWAYS_1)
    return int32(number)


def count(name: str, *, positive: bool = True) -> Reader:
    """A whole number from 1 (or 0)."""
    return lambda value, at: integer(name, value or "", at, positive=positive)


def minutes(option: str) -> Reader:
    """A duration in minutes, INFINITE for no limit."""
    return _duration(option, "parse_minutes")


def seconds(option: str) -> Reader:
    """A duration in seconds, INFINITE for no limit."""
    return _duration(option, "parse_seconds")


def _duration(option: str, parser: str) -> Reader:
    def read(value: str | None, at: At) -> object:
        from slurm_cli_proxy.notation import duration
        from slurm_cli_proxy.notation.errors import NotationError

        try:
            return getattr(duration, parser)(value or "")
        except NotationError:
            raise invalid(at, f"Invalid {option} specification") from None

    return read


def megabytes(option: str, bits: int = 64) -> Reader:
    """A size in megabytes, as much of it as `bits` hold."""

    def read(value: str | None, at: At) -> int:
        from slurm_cli_proxy.notation.errors import NotationError
        from slurm_cli_proxy.notation.memory import parse_megabytes

        try:
            return parse_megabytes(value or "") & ((1 << bits) - 1)
        except NotationError:
            raise invalid(at, f"Invalid {option} specification") from None

    return read


def moment(option: str) -> Reader:
    """A date and time, as epoch seconds."""

    def read(value: str | None, at: At) -> int:
        from slurm_cli_proxy.notation import date

        try:
            return date.parse(value or "", at.now, at.release)
        except date.DateError as error:
            before = (error.log,) if error.log else ()
            raise invalid(at, f"Invalid {option} specification", *before) from None

    return read


def nice(value: str | None, at: At) -> int:
    """The adjustment of the scheduling priority; 100 for `--nice` alone.  Not a number at all is 0."""
    if not value:
        return 100
    number, _ = leading_number(value)
    if abs(number) > NICE_LIMIT:
        raise invalid(at, f"Invalid --nice value, out of range (+/- {NICE_LIMIT})")
    return number


def priority(value: str | None, at: At) -> int:
    """The job's priority; `TOP` is the highest there is."""
    if (value or "").lower() == "top":
        return NO_VAL - 1
    number, _ = leading_number(value or "")
    if number < 0:
        raise invalid(at, "Priority must be >= 0")
    if number >= NO_VAL:
        raise invalid(at, f"Priority must be < {NO_VAL}")
    return number


_SIGNAL_FLAGS = {"B": "BATCH_JOB", "R": "RESERVATION_JOB"}
_BATCH_EVERYWHERE: Final = (25, 5)  # not in 24.11, and in 26.05


def signal(value: str | None, at: At) -> Sets:
    """`[R|B|RB:]SIGNAL[@SECONDS]`."""
    flags: list[str] = []
    left, colon, rest = (value or "").partition(":")
    if colon:
        for letter in left.upper():
            foreign = letter == "B" and at.prog != "sbatch" and at.release < _BATCH_EVERYWHERE
            if foreign or letter not in _SIGNAL_FLAGS:
                raise invalid(at, "Invalid --signal specification")
            flags.append(_SIGNAL_FLAGS[letter])
    else:
        rest = left
    name, _, seconds = rest.partition("@")
    number = _signal_number(name, at.release)
    delay, left = leading_number(seconds)
    if not number or left or not 0 <= delay <= 0xFFFF:
        raise invalid(at, "Invalid --signal specification")
    return Sets(signal=number, signal_delay=delay if seconds else 60, signal_flags=flags)


def _signal_number(name: str, release: Release) -> int | None:
    from slurm_cli_proxy.notation import signal as signals
    from slurm_cli_proxy.notation.errors import NotationError

    number, rest = leading_number(name)
    if name and not rest:
        return number & 0xFFFF
    try:
        return signals.parse(name, release)
    except NotationError:
        return None


def choice(option: str, values: Mapping[str, object], *, folded: bool = True) -> Reader:
    """One of a few words (whatever their case, where `folded`)."""

    def read(value: str | None, at: At) -> object:
        word = (value or "").lower() if folded else value or ""
        if word not in values:
            raise invalid(at, f"Invalid {option} specification")
        return values[word]

    return read


def open_mode(value: str | None, at: At) -> str:
    """`append` or `truncate`, by the first letter."""
    modes = {"a": "APPEND", "t": "TRUNCATE"}
    mode = modes.get((value or "")[:1].lower())
    if mode is None:
        raise invalid(at, "Invalid --open-mode specification")
    return mode


def exclusive(value: str | None, at: At) -> str:
    """Whom the nodes are shared with: none, user, mcs, topo."""
    word = (value or "").lower()
    if word in ("", "exclusive") or (word == "allocation" and at.release >= (26, 5)):
        return "none"
    if word in ("user", "mcs") or (word == "topo" and at.release >= (24, 5)):
        return word
    raise invalid(at, "Invalid --exclusive specification")


_MAIL_ALL = ("INVALID_DEPENDENCY", "BEGIN", "END", "FAIL", "REQUEUE", "STAGE_OUT")
_MAIL: Final[dict[str, tuple[str, ...]]] = {
    "array_tasks": ("ARRAY_TASKS",),
    "none": (),
    "begin": ("BEGIN",),
    "end": ("END",),
    "fail": ("FAIL",),
    "invalid_depend": ("INVALID_DEPENDENCY",),
    "requeue": ("REQUEUE",),
    "all": _MAIL_ALL,
    "stage_out": ("STAGE_OUT",),
    "time_limit": ("TIME=100%",),
    "time_limit_90": ("TIME=90%",),
    "time_limit_80": ("TIME=80%",),
    "time_limit_50": ("TIME=50%",),
}


def mail_types(value: str | None, at: At) -> list[str]:
    """Events to send mail of.  Unknown ones are passed over, unless nothing else is there; NONE undoes the others."""
    found: list[str] = []
    known = False
    for word in (value or "").split(","):
        events = _MAIL.get(word.lower())
        if events is None:
            continue
        known = True
        if word.lower() == "none":
            return []
        found += [event for event in events if event not in found]
    if not known:
        raise invalid(at, "Invalid --mail-type specification")
    return found


def no_kill(value: str | None, at: At) -> bool:
    """Whether the job survives the failure of a node: `off` undoes the option."""
    word = (value or "").lower()
    if word in ("", "set"):
        return True
    if word in ("off", "no"):
        return False
    raise invalid(at, "Invalid --no-kill specification")


def wait_all_nodes(value: str | None, at: At) -> int:
    """0 or 1, in 16 bits."""
    number = integer("--wait-all-nodes", value or "", at, positive=False) & 0xFFFF
    if number > 1:
        raise invalid(at, "Invalid --wait-all-nodes specification")
    return number


def kill_on_invalid_dep(value: str | None, at: At) -> Sets:
    """`yes` or `no`; said both ways it is both."""
    word = (value or "").lower()
    if word not in ("yes", "no"):
        raise invalid(at, "Invalid --kill-on-invalid-dep specification")
    return Sets({f"{word}_kill_on_invalid_dep": True})


def requeue(value: str | None, at: At) -> object:
    """Requeueing allowed; from 26.05 on `expedite` asks for more."""
    if at.release < (25, 5):
        return flag(True)(value, at)
    word = (value or "").lower()
    if not word:
        return True
    if word == "expedite":
        return "expedite"
    raise invalid(at, "Invalid --requeue specification")


def oom_kill_step(value: str | None, at: At) -> int:
    """0 or 1; 1 for the option alone."""
    if not value:
        return 1
    number, rest = leading_number(value)
    if rest or number not in (0, 1):
        raise invalid(at, "Invalid --oom-kill-step specification")
    return number


def segment(value: str | None, at: At) -> int:
    """Nodes in a segment."""
    number, rest = leading_number(value or "")
    if rest or not 0 <= number < 0xFFFE:
        raise invalid(at, "Invalid --segment specification")
    return number


def get_user_env(value: str | None, at: At) -> object:
    """`--get-user-env[=SECONDS][S|L]` (an argument until 24.11 only)."""
    if at.release >= (25, 5):
        return flag()(value, at)
    if value and leading_number(value)[1][:1].lower() not in ("", "s", "l"):
        raise invalid(at, "Invalid --get-user-env specification")
    return True


def acctg_freq(value: str | None, at: At) -> str:
    """`TYPE=SECONDS,...`, or seconds alone: anything that holds a type's name and a number other than -1."""
    wrong = [
        f"Invalid --acctg-freq specification: {part}"
        for part in (value or "").split(",")
        if part and not any(_is_frequency(text) for text in (part, *_FREQUENCY_OF.split(part)[1:2]))
    ]
    if wrong:
        raise invalid(at, wrong[-1], *(f"{at.prog}: error: {line}" for line in wrong[:-1]))
    return value or ""


_FREQUENCY_OF: Final = re.compile("(?:task|energy|network|filesystem)=", re.IGNORECASE)


def _is_frequency(text: str) -> bool:
    number, rest = leading_number(text)
    return rest != text and number != -1


_PROFILES = {"energy": "ENERGY", "lustre": "LUSTRE", "network": "NETWORK", "task": "TASK"}


def profile(value: str | None, at: At) -> list[str]:
    """What to gather profiles of: all, none, or some of energy, lustre, network, task; wherever such a word stands."""
    text = (value or "").lower()
    if "none" in text:
        return ["NONE"]
    found = [name for word, name in _PROFILES.items() if word in text or "all" in text]
    if not found:
        raise invalid(at, f"invalid --profile={value} option")
    return found


def root_only(option: str, kind: str) -> Reader:
    """`--uid` and `--gid`: only root may ask for another user's job."""

    def read(value: str | None, at: At) -> object:
        if at.uid != 0:
            raise invalid(at, f"{option} only permitted by root user")
        return _identity(option, kind, value or "", at)

    return read


def _identity(option: str, kind: str, value: str, at: At) -> int | str:
    if value.isdigit():
        return int(value)
    import grp
    import pwd

    try:
        return pwd.getpwnam(value).pw_uid if kind == "user" else grp.getgrnam(value).gr_gid
    except KeyError:
        if kind == "user" and at.is_caller(value):  # known there, or by the profile's aliases
            return value
        raise invalid(at, f"Invalid {option} specification") from None


def resv_ports(value: str | None, at: At) -> int:
    """Ports to reserve on each node; -1 for as many as the nodes' tasks need."""
    return -1 if value is None else integer("--resv-port", value, at, positive=False)


def mem_update(value: str | None, at: At) -> Sets:
    """`MARGIN@DELAY`: percent and minutes, each from 1 and of 16 bits."""
    text, at_sign, delay = (value or "").partition("@")
    if not at_sign:
        raise invalid(at, "--mem-update requires MARGIN@DELAY format")
    margin, rest = leading_number(text)
    if rest or not delay.isdigit() or not 0 < margin <= 0xFFFF or not 0 < int(delay) <= 0xFFFF:
        raise invalid(at, "Invalid --mem-update specification")
    return Sets(memory_update_margin=margin, memory_update_delay=int(delay))


def verbose(value: str | None, at: At) -> int:
    """How talkative: one more for each `-v`, the variable's number at once."""
    if value is None:
        return 1
    return 0 if leading_number(value)[1] else integer("--verbose", value, at, positive=False)
