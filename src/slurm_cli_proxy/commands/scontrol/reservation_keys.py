"""The words of `scontrol create reservation` and `update ReservationName=`: each becomes fields of the request.

What is wrong with a word is said as the native command says it, before anything is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.notation import date, duration, hostlist
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.values import leading_number

Release = tuple[int, int]

OLD: Final = (23, 2)
NEWEST: Final = (26, 5)
EVER: Final = (0, 0)
INVALID_TIME: Final = 2054


class Refused(Exception):
    """A command line that the native command refuses, with the lines that it prints.

    `number`: the error that an update goes on to report, 0 for none.
    """

    def __init__(self, lines: str, number: int = 0) -> None:
        super().__init__(lines)
        self.lines = lines
        self.number = number


class Flag(Keyword, frozen=True, kw_only=True):
    """A flag by the name that users write, and the API's.

    One that is `lasting` cannot be taken away, and a `plain` one is not written with a `+`, either.
    """

    api: str = ""
    lasting: bool = False
    plain: bool = False

    @property
    def wire(self) -> str:
        return self.api or self.name


LASTING: Final = frozenset(
    {"OVERLAP", "TIME_FLOAT", "REPLACE", "REPLACE_DOWN", "NO_HOLD_JOBS_AFTER_END", "FORCE_START"}
)
PLAIN: Final = frozenset({"TIME_FLOAT", "FORCE_START"})
SINCE: Final = {"USER_DELETE": OLD, "FORCE_START": (25, 5)}

FLAGS: Final = tuple(
    Flag(
        name=name,
        shortest=shortest,
        api=api,
        lasting=name in LASTING,
        plain=name in PLAIN,
        since=SINCE.get(name, (0, 0)),
    )
    for name, shortest, api in (
        ("MAINTENANCE", 3, "MAINT"),
        ("OVERLAP", 1, ""),
        ("FLEX", 1, ""),
        ("IGNORE_JOBS", 1, ""),
        ("HOURLY", 1, ""),
        ("DAILY", 1, ""),
        ("WEEKDAY", 1, ""),
        ("WEEKEND", 1, ""),
        ("WEEKLY", 1, ""),
        ("ANY_NODES", 1, ""),
        ("LICENSE_ONLY", 1, "ANY_NODES"),
        ("STATIC_ALLOC", 1, "STATIC"),
        ("PART_NODES", 2, ""),
        ("PURGE_COMP", 2, ""),
        ("TIME_FLOAT", 1, ""),
        ("REPLACE", 1, ""),
        ("REPLACE_DOWN", 8, ""),
        ("NO_HOLD_JOBS_AFTER_END", 1, ""),
        ("MAGNETIC", 3, ""),
        ("USER_DELETE", 1, ""),
        ("FORCE_START", 2, ""),
    )
)
"""In the native command's sequence; `-DAILY` takes a flag away."""

ENTITY: Final = "reservation"
ALONE: Final = Keyword(name="ReservationName", shortest=3)
SKIP: Final = "SKIP"
"""A word without a value, which is a flag, too."""

Set = Mapping[str, Any]

TRES: Final = {
    "billing": False,
    "bb": True,
    "cpu": False,
    "energy": False,
    "gres": True,
    "license": True,
    "mem": False,
    "node": False,
}
"""The kinds of TRES, and whether they have names."""

MULTIPLES: Final = {"": 1, "k": 1 << 10, "m": 1 << 20}
NO_COUNT: Final = 0x7FFFFFFF
_BLANK: Final = ("", r"\s*")  # which newer releases allow behind a number


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
        if not word.value:
            return {field: amount(0)}
        try:
            return {field: amount(date.parse(word.value, word.now, word.release))}
        except date.DateError as error:
            log = f"{error.log}\n" if error.log else ""
            lines = f"{log}scontrol: error: Invalid {what} {word.text}.  {word.tail}\n"
            raise Refused(lines, INVALID_TIME) from None

    return read


def length(word: Word) -> Set:
    """Minutes; with a sign, so many more or fewer."""
    try:
        minutes = duration.parse_minutes(word.value)
    except NotationError:
        minutes = -1
    if minutes < 0 or (minutes >> 31 and minutes != duration.INFINITE):
        raise word.refuse(f"Invalid duration {word.text}.  {word.tail}")
    fields: dict[str, Any] = {"duration": amount(minutes)}
    if word.sign:
        fields["flags"] = ["DURATION_PLUS" if word.sign == "+" else "DURATION_MINUS"]
    return fields


def node_count(word: Word) -> Set:
    if word.release >= OLD and "," in word.value:
        raise word.refuse("Using a comma separated array for NodeCnt is no longer valid.")
    found = re.fullmatch(rf"(?:\s*([+-]?\d+)([kKmM]?){_BLANK[word.release >= OLD]})?", word.value)
    if not found or (word.release < OLD and word.value.startswith("-")):
        if word.release < OLD:
            raise word.refuse(f"Invalid node count {word.value}")
        raise word.refuse(f'"{word.value}" is not a valid node count')
    number = int(found[1]) * MULTIPLES[found[2].lower()] if found[1] else NO_COUNT
    return {"node_count": amount(number if 0 <= number < NO_COUNT else NO_COUNT)}


def core_count(word: Word) -> Set:
    """Cores; newer releases take no notice of what follows the number, nor of what is none."""
    if word.release >= OLD:
        if "," in word.value:
            raise word.refuse("Using a comma separated array for CoreCnt is no longer valid.")
        found = re.match(r"\d+", word.value)
        return {"core_count": amount(int(found[0]))} if found else {}
    if not re.fullmatch(r"\s*[+-]?\d*", word.value):
        raise word.refuse(f"Invalid core count {word.value}")
    return {"core_count": amount(leading_number(word.value)[0])}


def delay(word: Word) -> Set:
    try:
        seconds = duration.parse_seconds(word.value)
    except NotationError:
        seconds = -1
    if seconds < 0 or seconds >> 31:
        raise word.refuse(f"Invalid duration {word.text}.  {word.tail}")
    return {"max_start_delay": amount(seconds)}


def flags(word: Word) -> Set:
    """Flags, each with a sign of its own or the word's; PURGE_COMP may have a time, left out if it is none."""
    wanted: list[str] = []
    fields: dict[str, Any] = {}
    parts = [f"{word.sign}{one}" for one in word.value.split(",")]
    refused = word.refuse(f"Error parsing flags {','.join(parts)}.  {word.tail}")
    if not word.value and not word.sign:
        parts = []
    elif parts[1:] and parts[-1] == "":
        parts.pop()
    for one in parts:
        sign, name = (one[0], one[1:]) if one[:1] in ("+", "-") else ("", one)
        name, equals, seconds = name.partition("=")
        flag = find(FLAGS, name, word.release) if name else None
        if flag is None or (sign == "-" and flag.lasting) or (sign and flag.plain):
            raise refused
        if equals and flag.name != "PURGE_COMP":
            raise refused
        wanted.append(f"NO_{flag.wire}" if sign == "-" else flag.wire)
        with suppress(NotationError):
            if seconds:
                fields["purge_completed"] = {"time": amount(duration.parse_seconds(seconds))}
    return {**fields, "flags": wanted}


def tres(word: Word) -> Set:
    """`cpu=4,node=1,gres/gpu=2` as the API lists it; `bad_tres` where the controller would refuse it.

    Nodes are given as their number: slurmrestd dies of them (26.05).
    """
    fields: dict[str, Any] = {}
    found = []
    for one in word.value.removesuffix(",").split(","):
        name, _, value = one.partition("=")
        kind, _, rest = name.lower().partition("/")
        count = re.fullmatch(r"\+?(\d+)([kKmM]?)", value)
        if word.release < OLD:
            _old_tres(word, name, kind, value)
        if not count or kind not in TRES or bool(rest) != TRES[kind]:
            return {"bad_tres": True}
        number = int(count[1]) * MULTIPLES[count[2].lower()]
        if kind == "node":
            fields["tres_nodes"] = amount(number)
        else:
            found.append({"type": kind, "name": name.partition("/")[2], "count": number})
    return {**fields, "tres": found} if found else fields


def _old_tres(word: Word, name: str, kind: str, value: str) -> None:
    """What 22.05 looks at itself."""
    if not value:
        raise word.refuse(f"invalid TRES '{name}'")
    if kind not in TRES:
        raise word.refuse(f"couldn't identify configured TRES '{name}'")
    if not value.isdigit():
        raise word.refuse(f"invalid TRES {name} value '{value}'")
    if kind in ("gres", "mem", "energy", "billing"):
        raise word.refuse(f"TRES type '{name}' not supported with reservations")


def watts(word: Word) -> Set:
    if word.value and not re.fullmatch(r"-?\d+[kKmM]?|n/a|infinite", word.value, re.IGNORECASE):
        raise word.refuse(f"Invalid Watts value: {word.value}")
    return {"unable": "Watts"}


def unable(key: str) -> Callable[[Word], Set]:
    """What the API has no field for, noted in `unable`; wrong words are told first."""
    return lambda word: {"unable": key}


class Key(Keyword, frozen=True, kw_only=True):
    """A key, and how its value becomes fields of the request.

    `signs`: since when `+=` and `-=` are for it, None if never.  `once`: since when it may not be there twice.
    """

    read: Callable[[Word], Set]
    signs: Release | None = None
    once: Release | None = None


KEYS: Final = (
    Key(name="ReservationName", shortest=1, read=text("name")),
    Key(
        name="AllowedPartitions",
        shortest=2,
        read=unable("AllowedPartitions"),
        since=(26, 5),
        signs=NEWEST,
        once=NEWEST,
    ),
    Key(name="Accounts", shortest=1, read=names("accounts"), signs=EVER, once=EVER),
    Key(name="BurstBuffer", shortest=2, read=text("burst_buffer")),
    Key(name="StartTime", shortest=2, read=moment("start_time", "start time")),
    Key(name="Comment", shortest=3, read=text("comment"), since=OLD, once=OLD),
    Key(name="CoreCnt", shortest=5, read=core_count),
    Key(name="EndTime", shortest=1, read=moment("end_time", "end time")),
    Key(name="Duration", shortest=1, read=length, signs=EVER),
    Key(name="Nodes", shortest=5, read=nodes, signs=OLD),
    Key(name="NodeCnt", shortest=5, read=node_count),
    Key(name="NodeCount", shortest=5, read=node_count),
    Key(name="Features", shortest=2, read=text("features")),
    Key(name="Flags", shortest=2, read=flags, signs=EVER),
    Key(name="Groups", shortest=1, read=names("groups"), signs=EVER, once=EVER),
    Key(name="Licenses", shortest=2, read=names("licenses")),
    Key(name="MaxStartDelay", shortest=2, read=delay),
    Key(name="PartitionName", shortest=1, read=text("partition")),
    Key(name="QOS", shortest=1, read=unable("QOS"), since=(26, 5), signs=NEWEST, once=NEWEST),
    Key(name="TRESPerNode", shortest=5, read=unable("TRESPerNode"), since=OLD, once=OLD),
    Key(name="TRES", shortest=1, read=tres, once=OLD),
    Key(name="Users", shortest=1, read=names("users"), signs=EVER, once=EVER),
    Key(name="Watts", shortest=1, read=watts, until=OLD),
)
"""What a shortened key means is decided by this sequence."""


def read(words: Sequence[str], tail: str, now: Callable[[], float], release: Release) -> dict[str, Any]:
    """The fields of the request; Refused where the native command refuses.  `tail`: `No reservation created.`"""
    fields: dict[str, Any] = {}
    seen: set[str] = set()
    for text in words:
        name, equals, value = text.partition("=")
        sign = name[-1] if equals and name[-1:] in ("+", "-") else ""
        name = name.removesuffix(sign) if sign else name
        key = find(KEYS, name, release) if name and equals else None
        if key is None and (name.lower().startswith(ENTITY) or (ALONE.meant_by(name) and not equals)):
            continue  # `create reservation`, `update reservation`: the entity, without a name
        if name.upper() == SKIP and not equals:
            fields["flags"] = [*fields.get("flags", ()), SKIP]
            continue
        if not equals:
            raise Refused(
                f"scontrol: error: Misformatted parameter '{text}', most options have a parameter after '='.  {tail}\n"
            )
        if key is None:
            raise Refused(f"scontrol: error: Unknown parameter {text}.  {tail}\n")
        word = Word(text, sign, value, tail, now, release)
        if key.once is not None and release >= key.once:
            # TRESPerNode is another way of saying TRES
            kind = key.name.removesuffix("PerNode")
            if kind in seen:
                raise word.refuse(f"Parameter {text} specified more than once")
            seen.add(kind)
            if sign and key.signs is None and kind == "TRES":
                raise word.refuse(f"Parameter {text} specified a plus or minus.  This is not allowed.")
        found = key.read(word)
        if sign and (key.signs is None or release < key.signs):
            raise word.refuse(f"The +=/-= notation is not supported when updating {name}.  {tail}")
        for field, content in found.items():
            fields[field] = [*fields.get(field, ()), *content] if field == "flags" else content
    return fields
