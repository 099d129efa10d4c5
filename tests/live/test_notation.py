"""The notations against each release's own library and commands."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable

import pytest
from tests.live.case import RELEASES
from tests.live.oracle import ask

from slurm_cli_proxy.notation import arrayset, date, duration, hostlist, memory, signal, state
from slurm_cli_proxy.notation.errors import NotationError

pytestmark = [pytest.mark.live, pytest.mark.parametrize("name", RELEASES)]

NO_VAL, NO_VAL64 = -2, 2**64 - 2


def number(name: str) -> tuple[int, int]:
    year, month = name.split(".")
    return int(year), int(month)


def mix(seed: int, count: int, pieces: list[str], longest: int) -> list[str]:
    """Texts made of pieces, most of them wrong."""
    source = random.Random(seed)
    return ["".join(source.choices(pieces, k=source.randint(0, longest))) for _ in range(count)]


def attempt(parse: Callable[[str], object], text: str, otherwise: object) -> object:
    try:
        return parse(text)
    except NotationError:
        return otherwise


def differences(
    texts: list[str], ours: list[object], theirs: list[object]
) -> list[tuple[str, object, object]]:
    return [row for row in zip(texts, ours, theirs, strict=True) if row[1] != row[2]]


def test_duration_read(name: str) -> None:
    texts = mix(
        1,
        3000,
        ["1", "10", "99", "0", "-", ":", "2147483648", "-1", "a", " ", "+", "UNLIMITED", "infinite"],
        8,
    )
    for function, parse in (
        ("time_str2mins", duration.parse_minutes),
        ("time_str2secs", duration.parse_seconds),
    ):
        theirs = ask(name, [(function, [text]) for text in texts])
        ours = [attempt(parse, text, NO_VAL) for text in texts]
        signed = [n - 2**32 if isinstance(n, int) and n >= 2**31 else n for n in ours]
        assert differences(texts, signed, theirs) == []


def test_duration_written(name: str) -> None:
    source = random.Random(2)
    numbers = [0, 59, 60, 3599, 86399, 86400, 2**32 - 1, *(source.randrange(2**32) for _ in range(500))]
    assert ask(name, [("secs2time_str", [n]) for n in [-5, *numbers]]) == [
        duration.format_seconds(n) for n in [-5, *numbers]
    ]
    assert ask(name, [("mins2time_str", [n]) for n in numbers]) == [
        duration.format_minutes(n) for n in numbers
    ]


HOSTS = [
    "n1",
    "n2",
    "n3",
    "n01",
    "n9",
    "n10",
    "n",
    "m",
    "a2b3",
    "a10b3",
    "n[1-3]",
    "n[2-4]",
    "n[08-11]",
    "n[1-2,5]",
]
HOSTS += ["r[1-2]n[3-4]", "n-1", "n100", "N1", "02", "b[1,3]", "r01n1", "r1n2", "r10n1", "[0-1][0-1]x[0-1]"]


def test_hostlist(name: str) -> None:
    source = random.Random(3)
    texts = [",".join(source.choices(HOSTS, k=source.randint(1, 7))) for _ in range(2000)]
    release = number(name)
    for calls, ours in (
        ([("expand", [text]) for text in texts], lambda names: names),
        ([("ranged", [text]) for text in texts], hostlist.compress),
        ([("ranged", [text, "hostlist_sort"]) for text in texts], hostlist.compress_sorted),
        (
            [("ranged", [text, "hostlist_uniq"]) for text in texts],
            lambda names: hostlist.compress_sorted(names, unique=True),
        ),
    ):
        made = [ours(hostlist.expand(text, release)) for text in texts]
        assert differences(texts, made, ask(name, calls)) == []


def test_hostlist_wrong(name: str) -> None:
    texts = [
        "",
        "n[3-1]",
        "n[]",
        "n[a]",
        "n[-2]",
        "n[1,,2]",
        "n[0-65536]",
        "n[1-2]x",
        "n[1-",
        "n]",
        "n[1-2]]",
    ]
    texts += [
        "n[[1-2]",
        "n[1 - 2]",
        "n[1-]",
        "a\nb",
        "n[ 1]",
        "n[1 ]",
        "n[+1]",
        "a b\tc",
        "a,,b",
        "n99999999999999999999",
    ]
    release = number(name)
    ours = [attempt(lambda text: hostlist.expand(text, release), text, "died") for text in texts]
    assert differences(texts, ours, ask(name, [("expand", [text]) for text in texts], forked=True)) == []


def test_memory(name: str) -> None:
    texts = mix(
        4, 3000, ["1", "0", "99", "1024", "K", "k", "M", "g", "T", "b", "B", " ", "+", ".", "9" * 19], 4
    )
    ours = [attempt(memory.parse_megabytes, text, NO_VAL64) for text in texts]
    assert differences(texts, ours, ask(name, [("str_to_mbytes", [text]) for text in texts])) == []
    source = random.Random(5)
    numbers = [source.choice([1, 512, 1000, 1024]) * source.randrange(2**24) for _ in range(500)]
    assert ask(name, [("convert_num_unit", [n, 2, 1]) for n in numbers]) == [
        memory.format_units(n) for n in numbers
    ]


def test_array_tasks(name: str) -> None:
    source = random.Random(6)
    sets = [
        sorted(
            {
                *source.sample(range(400), source.randint(1, 9)),
                *range(300, 300 + source.randint(1, 99), source.randint(1, 3)),
            }
        )
        for _ in range(300)
    ]
    sets += [
        list(range(first, first + step * count, step))
        for first in (0, 7)
        for step in (1, 2, 3, 9)
        for count in range(1, 12)
    ]
    texts = [f"0x{sum(1 << task for task in tasks):X}" for tasks in sets]
    for length in (None, "0", "20", "4"):
        theirs = ask(
            name,
            [("xlate_array_task_str", [text, 3]) for text in texts],
            {} if length is None else {"SLURM_BITSTR_LEN": length},
        )
        kept = arrayset.bitstr_length(length)
        assert theirs == [arrayset.format_tasks(tasks, 3, length=kept) for tasks in sets]


DATES = [
    "now",
    "now+1hour",
    "now-90",
    "10",
    "2",
    "hours",
    "T",
    " ",
    "-",
    "tomorrow",
    "noon",
    "midnight",
    "teatime",
]
DATES += [
    "elevenses",
    "16:00",
    "4:30",
    "pm",
    "12/24",
    "01/02",
    "2030-12-24",
    "2027-02-30",
    "122430",
    "1224",
    ":",
    "x",
]


def test_dates_read(name: str) -> None:
    # `now` anywhere but first makes native read past the end of the text.
    texts = [text for text in mix(7, 3000, DATES, 4) if "now" not in text[1:]]
    release = number(name)
    for past in (False, True):
        now = int(time.time())
        theirs = ask(name, [("parse_time", [text, past]) for text in texts], {"TZ": time.tzname[0]})
        ours = [
            attempt(
                functools.partial(date.parse, now=functools.partial(int, now), release=release, past=past),
                text,
                0,
            )
            for text in texts
        ]
        # Its clock may go on by a few seconds while it answers.
        late = [
            row
            for row in differences(texts, ours, theirs)
            if not 0 <= int(str(row[2])) - int(str(row[1])) <= 5
        ]
        assert late == []


@pytest.mark.parametrize("style", ["", "standard", "relative", "%a %d %b %H:%M"])
def test_dates_written(name: str, style: str) -> None:
    source = random.Random(8)
    now = int(time.time())
    times = [0, 1, 2**32 - 2, 2**32 - 1, now, *(now + source.randint(-(10**6), 10**6) for _ in range(300))]
    times += [source.randrange(2**32) for _ in range(300)]
    theirs = ask(
        name,
        [("make_time_str", [when]) for when in times],
        {"SLURM_TIME_FORMAT": style, "TZ": time.tzname[0]},
    )
    assert theirs == [date.format_time(when, style, now=now) for when in times]


BITS = {
    "LAUNCH_FAILED": 8,
    "REQUEUED": 10,
    "REQUEUE_HOLD": 11,
    "SPECIAL_EXIT": 12,
    "RESIZING": 13,
    "CONFIGURING": 14,
}
BITS |= {
    "COMPLETING": 15,
    "STOPPED": 16,
    "REVOKED": 19,
    "REQUEUE_FED": 20,
    "RESV_DEL_HOLD": 21,
    "SIGNALING": 22,
}
BITS |= {"STAGE_OUT": 23}


def test_states(name: str) -> None:
    source = random.Random(9)
    bits = BITS | ({"EXPEDITING": 24} if number(name) >= (26, 5) else {})
    jobs = [
        [state.BASE[source.randrange(len(state.BASE))][0], *source.sample(list(bits), source.randint(0, 3))]
        for _ in range(500)
    ]
    bases = [base for base, _ in state.BASE]
    numbers = [bases.index(names[0]) | sum(1 << bits[flag] for flag in names[1:]) for names in jobs]
    assert ask(name, [("job_state_string", [n]) for n in numbers]) == [state.long(names) for names in jobs]
    assert ask(name, [("job_state_string_compact", [n]) for n in numbers]) == [
        state.compact(names) for names in jobs
    ]


def test_signals(name: str) -> None:
    release = number(name)
    texts = [
        *signal.NAMES,
        *(f"sig{one}" for one in signal.NAMES),
        "STKFLT",
        "SEGV",
        "",
        "0",
        "9",
        "09",
        "9x",
        "SIG",
        "SIG9",
    ]
    texts += [" KILL", "KILL ", "KILLx", "-1", "65", "99999999999"]
    ours = [attempt(lambda text: signal.parse(text, release), text, 0) for text in texts]
    assert differences(texts, ours, ask(name, [("sig_name2num", [text]) for text in texts])) == []
    assert ask(name, [("sig_num2name", [n]) for n in range(66)]) == [
        signal.format_name(n, release) for n in range(66)
    ]
