"""options/getopt.py against glibc's own getopt_long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.options import glibc

from slurm_cli_proxy.options.getopt import Fault, Item, Scanner, UsageError, parse
from slurm_cli_proxy.options.spec import Arg, Option

ANY = (99, 0)
ARGS: tuple[Arg, ...] = ("none", "required", "optional")


def ours(
    argv: list[str], options: list[Option], *, permute: bool
) -> tuple[list[tuple[str, str, str | None]], list[str], str]:
    scanner = Scanner("squeue", argv, options, ANY, permute=permute)
    events: list[tuple[str, str, str | None]] = []
    text = ""
    for event in scanner:
        if isinstance(event, Fault):
            events.append(("fault", "", None))
            text += "".join(f"{line}\n" for line in event.lines)
        else:
            events.append(("option", event.option.dest, event.value))
    return events, scanner.operands, text


# Few letters, so that abbreviations, ambiguities and bundles come up all the time.
names = st.text("ab-", min_size=1, max_size=4).filter(lambda n: not n.startswith("-"))
letters = st.sampled_from(["", "a", "b", "c", "n"])


@st.composite
def tables(draw: st.DrawFn) -> list[Option]:
    rows: list[Option] = []
    seen: set[str] = set()
    for long in draw(st.lists(names, unique=True, max_size=6)):
        short = draw(letters)
        if short in seen:
            short = ""
        seen.add(short)
        alias_of = draw(st.sampled_from([""] + [row.dest for row in rows])) if not short else ""
        rows.append(Option(long=long, short=short, arg=draw(st.sampled_from(ARGS)), dest=alias_of))
    for short in draw(st.lists(st.sampled_from(["a", "b", "c", "n"]), unique=True)):
        if short not in seen:
            rows.append(Option(short=short, dest=f"short {short}", arg=draw(st.sampled_from(ARGS))))
    return rows


words = st.one_of(
    st.text("-ab=cn:;zé+", max_size=6),
    st.builds(lambda name, rest: f"--{name}{rest}", names, st.sampled_from(["", "=", "=x", "=a=b", "=-a"])),
    st.sampled_from(["--", "-", "", "-W", "-é", "-\udcff", "-aé", "-n\udcff", "--a\udcff", "x"]),
)


@pytest.mark.skipif(not glibc.available(), reason="needs the GNU C library")
@settings(max_examples=1500, deadline=None)
@given(argv=st.lists(words, max_size=6), options=tables(), permute=st.booleans())
def test_same_as_glibc(argv: list[str], options: list[Option], permute: bool) -> None:
    assert ours(argv, options, permute=permute) == glibc.getopt_long("squeue", argv, options, permute=permute)


@pytest.mark.skipif(not glibc.available(), reason="needs the GNU C library")
@settings(max_examples=100, deadline=None)
@given(argv=st.lists(words, max_size=6), options=tables())
def test_posixly_correct_is_not_permuting(argv: list[str], options: list[Option]) -> None:
    theirs = glibc.getopt_long("squeue", argv, options, permute=True, posixly_correct=True)
    assert ours(argv, options, permute=False) == theirs


TABLE = [
    Option("job-name", "J", "required"),
    Option("jobs", "j", "required"),
    Option("state", "t", "required", dest="states"),
    Option("states", "t", "required", dest="states"),
    Option("start"),
    Option("all", "a"),
    Option("steps", "s", "optional"),
]


def items(*argv: str) -> list[tuple[str, str | None, str]]:
    return [(i.option.dest, i.value, i.how) for i in parse("squeue", argv, TABLE, ANY).items]


def test_forms() -> None:
    assert items("-aj5", "-j", "6", "--job-=x", "--jobs", "--all", "-s7", "--steps=", "-s", "8") == [
        ("all", None, "-a"),
        ("jobs", "5", "-j"),
        ("jobs", "6", "-j"),
        ("job_name", "x", "--job-name"),
        ("jobs", "--all", "--jobs"),
        ("steps", "7", "-s"),
        ("steps", "", "--steps"),
        ("steps", None, "-s"),
    ]


def test_operands() -> None:
    assert parse("x", ["a", "--all", "b", "--", "--jobs"], TABLE, ANY).operands == ["a", "b", "--jobs"]
    stopped = parse("x", ["--all", "b", "--jobs"], TABLE, ANY, permute=False)
    assert (len(stopped.items), stopped.operands) == (1, ["b", "--jobs"])


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--foo"], "squeue: unrecognized option '--foo'"),
        (["--foo=bar"], "squeue: unrecognized option '--foo=bar'"),
        (["--jo"], "squeue: option '--jo' is ambiguous; possibilities: '--job-name' '--jobs'"),
        (["--st"], "squeue: option '--st' is ambiguous; possibilities: '--state' '--start' '--steps'"),
        (["--all=1"], "squeue: option '--all' doesn't allow an argument"),
        (["--job-n"], "squeue: option '--job-name' requires an argument"),
        (["-aj"], "squeue: option requires an argument -- 'j'"),
        (["-az"], "squeue: invalid option -- 'z'"),
        (["-é"], "squeue: invalid option -- '\udcc3'"),
    ],
)
def test_messages(argv: list[str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse("squeue", argv, TABLE, ANY)
    assert caught.value.lines == [message]
    assert not caught.value.unsupported


def test_aliases_are_not_ambiguous() -> None:
    assert items("--stat=R") == [("states", "R", "--state")]


def test_goes_on_after_a_fault() -> None:
    events = list(Scanner("squeue", ["-za", "--foo", "--all"], TABLE, ANY))
    assert [isinstance(event, Item) for event in events] == [False, True, False, True]


def test_rest_is_what_has_not_been_read() -> None:
    scanner = Scanner("squeue", ["--all", "--jobs", "1", "--start"], TABLE, ANY)
    next(scanner), next(scanner)
    assert scanner.rest() == ["--start"]


def test_release_decides_what_exists() -> None:
    table = [Option("only-node", since=(24, 5)), Option("only-old", until=(24, 5)), Option("other")]
    assert parse("x", ["--only-n"], table, (24, 11)).items[0].option.long == "only-node"
    assert parse("x", ["--only"], table, (22, 5)).items[0].option.long == "only-old"
    with pytest.raises(UsageError, match="unrecognized option '--only-n'"):
        parse("x", ["--only-n"], table, (22, 5))


def test_option_not_done_yet() -> None:
    table = [Option("burst", "B", "required", done=False), Option(short="Z", done=False)]
    for argv, name in ((["-B", "x"], "--burst"), (["--bur=x"], "--burst"), (["-Z"], "-Z")):
        with pytest.raises(UsageError) as caught:
            parse("sbatch", argv, table, ANY)
        assert caught.value.unsupported
        assert caught.value.lines == [
            f"sbatch: error: {name} is not supported by this version of slurm-cli-proxy"
        ]
