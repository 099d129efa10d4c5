from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.script.odd_scripts import ARGUMENTS, BY_RELEASE, ERRORS, TOP

from slurm_cli_proxy.script.directives import (
    Directive,
    DirectiveError,
    arguments,
    components,
    packjob_warning,
    read_directives,
)

OLD, NEW = (22, 5), (24, 11)


def words(lines: bytes, release: tuple[int, int] = NEW) -> list[str]:
    return arguments(list(read_directives(TOP + lines, release=release)))


@pytest.mark.parametrize("release", [OLD, NEW])
@pytest.mark.parametrize(("lines", "expected"), ARGUMENTS)
def test_arguments(lines: bytes, expected: list[str], release: tuple[int, int]) -> None:
    assert words(lines, release) == expected
    assert words(lines + b"\n", release) == expected


@pytest.mark.parametrize(("lines", "old", "new"), BY_RELEASE)
def test_escaped_space(lines: bytes, old: list[str], new: list[str]) -> None:
    assert (words(lines, OLD), words(lines, NEW)) == (old, new)


@pytest.mark.parametrize(("lines", "message"), ERRORS)
def test_errors(lines: bytes, message: str) -> None:
    with pytest.raises(DirectiveError) as caught:
        list(read_directives(TOP + lines, name="job.sh"))
    assert str(caught.value) == f"job.sh: {message}"


def test_lines_are_numbered() -> None:
    assert list(read_directives(TOP + b"#SBATCH -J x\n\n#SBATCH\n#SBATCH -n 2")) == [
        Directive(2, ["-J", "x"]),
        Directive(4, []),
        Directive(5, ["-n", "2"]),
    ]


def test_components() -> None:
    script = TOP + b'#SBATCH -J a\n#SBATCH HetJob -J no "\n#SBATCH -J b packjob\n#SBATCHpackjob\n'
    assert list(components(script)) == [
        [Directive(2, ["-J", "a"]), Directive(3, [], "hetjob")],
        [Directive(4, ["-J", "b"], "packjob"), Directive(5, [], "packjob")],
        [],
    ]
    assert list(components(TOP)) == [[]]


def test_a_component_is_given_before_the_next_is_read() -> None:
    parts = components(TOP + b'#SBATCH --foo\n#SBATCH hetjob\n#SBATCH "x', name="s")
    assert arguments(next(parts)) == ["--foo"]
    with pytest.raises(DirectiveError):
        next(parts)


def test_other_systems() -> None:
    script = TOP + b"#PBS -N 'a b'#c\necho\n#PBS-q main hetjob x\n#BSUB -J c\n#SBATCH -J d"
    assert arguments(list(read_directives(script, magic="#PBS"))) == ["-N", "a b", "-q", "main"]
    assert arguments(list(read_directives(script, magic="#BSUB"))) == ["-J", "c"]
    assert list(read_directives(script)) == []


def test_packjob_warning() -> None:
    assert packjob_warning(OLD).startswith("Warning: the")
    assert packjob_warning(NEW).startswith("warning: The")


@given(st.lists(st.text(st.characters(exclude_characters="\n\0"), min_size=1), max_size=5))
def test_quoted_words_come_out_as_they_went_in(texts: list[str]) -> None:
    quoted = ['"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in texts]
    assert words(f"#SBATCH {' '.join(quoted)}".encode("utf-8", "surrogatepass")) == [
        text.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape") for text in texts
    ]


@given(st.text(st.sampled_from("ab \t=-'\"\\"), min_size=1, max_size=20))
def test_without_escapes_it_is_the_shells_reading(text: str) -> None:
    """Where nothing is escaped or empty, the words are those of the shell."""
    if "\\" in text or "''" in text or '""' in text:
        return
    try:
        expected = shlex.split(text, posix=True)
    except ValueError:
        with pytest.raises(DirectiveError):
            words(b"#SBATCH " + text.encode())
    else:
        if text.strip():
            assert words(b"#SBATCH " + text.encode()) == expected


@given(st.binary(max_size=200))
def test_any_bytes(script: bytes) -> None:
    try:
        lines = list(read_directives(b"#SBATCH " + script))
    except DirectiveError:
        return
    for word in arguments(lines):
        word.encode("utf-8", "surrogateescape")


def test_long_script() -> None:
    script = TOP + b"# comment\n" * 100_000 + b"#SBATCH -J x\n"
    assert words(script) == ["-J", "x"]
