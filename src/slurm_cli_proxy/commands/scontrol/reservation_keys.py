"""The words of `scontrol create reservation` and `update ReservationName=`: each becomes fields of the request.

What is wrong with a word is said as the native command says it, before anything is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.notation import date, duration, hostlist
from slurm_cli_proxy.notation.errors import NotationError

Release = tuple[int, int]

OLD: Final = (23, 2)
INVALID_TIME: Final = 2054
HELD_BY_REST: Final = "{key} of a reservation cannot be set through the REST API"


class Refused(Exception):
    """A command line that the native command refuses, with the lines that it prints.

    `number`: the error that an update goes on to report, 0 for none.
    """

    def __init__(self, lines: str, number: int = 0) -> None:
        super().__init__(lines)
        self.lines = lines
        self.number = number


class Flag(Keyword, frozen=True, kw_only=True):
    """A flag by the name that users write, and the API's; not every one can be taken away."""

    api: str = ""
    lasting: bool = False

    @property
    def wire(self) -> str:
        return self.api or self.name


LASTING: Final = frozenset(
    {"OVERLAP", "TIME_FLOAT", "REPLACE", "REPLACE_DOWN", "NO_HOLD_JOBS_AFTER_END", "SKIP", "FORCE_START"}
)

FLAGS: Final = tuple(
    Flag(name=name, shortest=shortest, api=api, lasting=name in LASTING)
    for name, shortest, api in (
        ("MAINTENANCE", 3, "MAINT"),
        ("OVERLAP", 1, ""),
        ("FLEX", 1, ""),
        ("IGNORE_JOBS", 1, ""),
        ("HOURLY", 1, ""),
        ("DAILY", 1, ""),
        ("WEEKDAY", 5, ""),
        ("WEEKEND", 5, ""),
        ("WEEKLY", 1, ""),
        ("ANY_NODES", 1, ""),
        ("LICENSE_ONLY", 1, "ANY_NODES"),
        ("STATIC_ALLOC", 1, "STATIC"),
        ("PART_NODES", 2, ""),
        ("PURGE_COMP", 2, ""),
        ("TIME_FLOAT", 1, ""),
        ("REPLACE", 1, ""),
        ("REPLACE_DOWN", 8, ""),
        ("NO_HOLD_JOBS_AFTER_END", 2, ""),
        ("MAGNETIC", 3, ""),
        ("SKIP", 1, ""),
        ("USER_DELETE", 1, ""),
        ("FORCE_START", 2, ""),
    )
)
"""In the native command's sequence; `-DAILY` takes a flag away."""

Set = Mapping[str, Any]


def amount(number: int) -> Set:
    """A number as the API wants it; none where there is no limit."""
    if number == duration.INFINITE:
        return {"set": False, "infinite": True, "number": 0}
    return {"set": True, "infinite": False, "number": number}


class Word(msgspec.Struct, frozen=True):
    """A word of the command line: `key`, the sign before `=` (or ""), `value`; `tail` closes what is said of it."""

    text: str
    sign: str
    value: str
    tail: str
    now: Callable[[], float]
    release: Release

    def refuse(self, message: str) -> Refused:
        return Refused(f"scontrol: error: {message}\n")


def text(field: str) -> Callable[[Word], Set]:
    return lambda word: {field: word.value}


def names(field: str) -> Callable[[Word], Set]:
    """A list; `+=` and `-=` put the sign before each name, as the controller wants it."""

    def read(word: Word) -> Set:
        return {field: [f"{word.sign}{name}" for name in word.value.split(",") if name]}

    return read


def nodes(word: Word) -> Set:
    """The same of a host list.  What cannot be read stays as it is: the controller refuses it."""
    try:
        found = hostlist.expand(word.value, word.release)
    except hostlist.HostlistError:
        found = [word.value]
    return {"node_list": [f"{word.sign}{name}" for name in found]}


def moment(field: str, what: str) -> Callable[[Word], Set]:
    def read(word: Word) -> Set:
        try:
            return {field: amount(date.parse(word.value, word.now, word.release))}
        except date.DateError as error:
            log = f"{error.log}\n" if error.log and word.value else ""
            lines = f"{log}scontrol: error: Invalid {what} {word.text}.  {word.tail}\n"
            raise Refused(lines, INVALID_TIME) from None

    return read


def length(word: Word) -> Set:
    """Minutes; with a sign, so many more or fewer."""
    try:
        minutes = duration.parse_minutes(word.value)
    except NotationError:
        minutes = -1
    if minutes < 0 or word.value.startswith(("+", "-")):
        raise word.refuse(f"Invalid duration {word.text}.  {word.tail}")
    fields: dict[str, Any] = {"duration": amount(minutes)}
    if word.sign:
        fields["flags"] = ["DURATION_PLUS" if word.sign == "+" else "DURATION_MINUS"]
    return fields


def node_count(word: Word) -> Set:
    if not (word.value.isascii() and word.value.isdigit()):
        if word.release < OLD:
            raise word.refuse(f"Invalid node count {word.value}")
        raise word.refuse(f'"{word.value}" is not a valid node count')
    return {"node_count": amount(int(word.value))}


def core_count(word: Word) -> Set:
    if word.release >= OLD and not word.value[:1].isdigit():
        return {}  # as natively
    if not (word.value.isascii() and word.value.isdigit()):
        raise word.refuse(f"Invalid core count {word.value}")
    return {"core_count": amount(int(word.value))}


def delay(word: Word) -> Set:
    try:
        return {"max_start_delay": amount(duration.parse_seconds(word.value))}
    except NotationError:
        raise word.refuse(f"Invalid time {word.text}.  {word.tail}") from None


def flags(word: Word) -> Set:
    """Flags, each with a sign of its own or the word's; PURGE_COMP may have a time."""
    wanted: list[str] = []
    fields: dict[str, Any] = {}
    for one in word.value.split(",") if word.value else ():
        sign, name = (one[0], one[1:]) if one[:1] in "+-" and one else (word.sign, one)
        name, _, seconds = name.partition("=")
        flag = find(FLAGS, name, word.release) if name else None
        if flag is None or (sign == "-" and flag.lasting):
            raise word.refuse(f"Error parsing flags {word.sign}{word.value}.  {word.tail}")
        wanted.append(f"NO_{flag.wire}" if sign == "-" else flag.wire)
        if seconds:
            try:
                fields["purge_completed"] = {"time": amount(duration.parse_seconds(seconds))}
            except NotationError:
                raise word.refuse(f"Error parsing flags {word.sign}{word.value}.  {word.tail}") from None
    return {**fields, "flags": wanted}


def tres(word: Word) -> Set:
    """`cpu=4,node=1,gres/gpu=2` as the API lists it."""
    found = []
    for one in word.value.split(","):
        name, equals, count = one.partition("=")
        if not (equals and count.isascii() and count.isdigit()):
            raise word.refuse(f"Error parsing TRES {word.value}.  {word.tail}")
        kind, _, rest = name.partition("/")
        found.append({"type": kind, "name": rest, "count": int(count)})
    return {"tres": found}


def unable(key: str) -> Callable[[Word], Set]:
    def read(word: Word) -> Set:
        raise word.refuse(HELD_BY_REST.format(key=key))

    return read


class Key(Keyword, frozen=True, kw_only=True):
    """A key, and how its value becomes fields of the request."""

    read: Callable[[Word], Set]


KEYS: Final = (
    Key(name="ReservationName", shortest=1, read=text("name")),
    Key(name="AllowedPartitions", shortest=2, read=unable("AllowedPartitions"), since=(26, 5)),
    Key(name="Accounts", shortest=1, read=names("accounts")),
    Key(name="BurstBuffer", shortest=2, read=text("burst_buffer")),
    Key(name="StartTime", shortest=1, read=moment("start_time", "start time")),
    Key(name="Comment", shortest=3, read=text("comment"), since=OLD),
    Key(name="CoreCnt", shortest=5, read=core_count),
    Key(name="EndTime", shortest=1, read=moment("end_time", "end time")),
    Key(name="Duration", shortest=1, read=length),
    Key(name="Nodes", shortest=5, read=nodes),
    Key(name="NodeCnt", shortest=5, read=node_count),
    Key(name="NodeCount", shortest=5, read=node_count),
    Key(name="Features", shortest=2, read=text("features")),
    Key(name="Flags", shortest=2, read=flags),
    Key(name="Groups", shortest=1, read=names("groups")),
    Key(name="Licenses", shortest=2, read=names("licenses")),
    Key(name="MaxStartDelay", shortest=2, read=delay),
    Key(name="PartitionName", shortest=1, read=text("partition")),
    Key(name="QOS", shortest=1, read=unable("QOS"), since=(26, 5)),
    Key(name="TRESPerNode", shortest=5, read=unable("TRESPerNode"), since=OLD),
    Key(name="TRES", shortest=1, read=tres),
    Key(name="Users", shortest=1, read=names("users")),
    Key(name="Watts", shortest=1, read=unable("Watts"), until=OLD),
)
"""What a shortened key means is decided by this sequence."""


def read(words: Sequence[str], tail: str, now: Callable[[], float], release: Release) -> dict[str, Any]:
    """The fields of the request; Refused where the native command refuses.  `tail`: `No reservation created.`"""
    fields: dict[str, Any] = {}
    seen: set[str] = set()
    for text in words:
        name, equals, value = text.partition("=")
        sign = name[-1] if equals and name[-1:] in ("+", "-") else ""
        if not equals:
            if find(KEYS[:1], name, release):
                continue  # `create reservation`, `update reservation`: the entity, without a name
            raise Refused(
                f"scontrol: error: Misformatted parameter '{text}', most options have a parameter after '='.  {tail}\n"
            )
        key = find(KEYS, name.removesuffix(sign) if sign else name, release) if name else None
        if key is None:
            raise Refused(f"scontrol: error: Unknown parameter {text}.  {tail}\n")
        if key.name in seen:
            raise Refused(f"scontrol: error: Parameter {text} specified more than once\n")
        seen.add(key.name)
        for field, content in key.read(Word(text, sign, value, tail, now, release)).items():
            fields[field] = [*fields.get(field, ()), *content] if field == "flags" else content
    return fields
