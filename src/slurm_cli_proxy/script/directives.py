"""Options in a batch script: its `#SBATCH` lines, and the `#PBS` and `#BSUB` lines that native sbatch also honours.

What native sbatch does, found by submitting odd scripts to 22.05, 24.11 and 26.05:

* A line counts when it begins with `#SBATCH`, at its very first byte; no blank need follow (`#SBATCH-J x`).
  Other comments, indented ones too, and blank lines are passed over; anything else ends the reading.  `#PBS` and
  `#BSUB` lines are found all through the script.
* Words are separated by blanks.  Quotes of both kinds keep blanks together and may stand anywhere in a word; in
  them as outside a backslash takes the next character as it is; nothing is substituted.  A `#` outside quotes ends
  the line, even in the middle of a word.  A backslash at the end of a line is dropped, and joins nothing.
* An escaped space is part of the word since 24.11, and ends it in 22.05; an escaped tab ends it in both.
* An empty word (`""`) ends the line.  A quote not closed, and a `:` at the beginning of a word, are fatal.
* The words of all lines make up one command line: an option's argument may stand on the next line, and the first
  word that is no option is an "Invalid directive".
* `hetjob` or `packjob` (any case, not in quotes) ends the line wherever it stands; as the first word of a `#SBATCH`
  line it also begins the next component of a heterogeneous job.  A component is read when the one before it has
  been understood, so errors come in that order.
* In a script, `--help`, `--usage`, `--version` and `--wrap` are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

Release = tuple[int, int]
Magic = Literal["#SBATCH", "#PBS", "#BSUB"]

_NEWEST: Final = (99, 0)
_ESCAPED_SPACE_SINCE: Final = (24, 11)
_WORDED_SINCE: Final = (24, 11)

_SEPARATOR = re.compile(rb"(hetjob|packjob)(?=[ \t\n\v\f\r]|$)", re.IGNORECASE)
_BLANKS = re.compile(rb"[ \t\n\v\f\r]*")
_WHITESPACE: Final = b" \t\n\v\f\r"
_BLANK: Final = frozenset(_WHITESPACE)
_QUOTES: Final = frozenset(b"\"'")
_BACKSLASH, _HASH, _SPACE = b"\\# "


class Directive(msgspec.Struct, frozen=True):
    """One line: its number, counted from 1, and its words, any bytes in them as surrogate escapes.

    `ended_by` is "hetjob" or "packjob" where that word ended the line.
    """

    lineno: int
    args: list[str]
    ended_by: str = ""

    @property
    def separates(self) -> bool:
        """Whether the line begins the next component of a heterogeneous job."""
        return bool(self.ended_by) and not self.args


class DirectiveError(Exception):
    """A line that cannot be read.  Native prints `sbatch: fatal: ` and this text, and exits with status 1."""

    def __init__(self, name: str, lineno: int, what: str, rest: bytes) -> None:
        self.lineno = lineno
        super().__init__(f"{name}: line {lineno}: {what} in [{rest.decode('utf-8', 'surrogateescape')}]")


def packjob_warning(release: Release) -> str:
    """The line that native prints on standard error, after `sbatch: `, for every `packjob` it meets."""
    if release >= _WORDED_SINCE:
        return 'warning: The "packjob" component separator is deprecated. Please use "hetjob" instead.'
    return 'Warning: the "packjob" component separator is being deprecated. Please, use "hetjob" instead.'


def read_directives(
    script: bytes, *, magic: Magic = "#SBATCH", release: Release = _NEWEST, name: str = "stdin"
) -> Iterator[Directive]:
    """The lines that begin with `magic`, as they are read: a DirectiveError comes when its line's turn has come.

    `name` is what the script is called in errors: its file's name without the folder, or `stdin`.
    """
    start = magic.encode()
    for lineno, line in enumerate(script.split(b"\n"), 1):
        if line.startswith(start):
            yield _directive(line[len(start) :], lineno, release, name)
        elif magic == "#SBATCH" and line.strip(_WHITESPACE)[:1] not in (b"#", b""):
            return


def components(
    script: bytes, *, release: Release = _NEWEST, name: str = "stdin"
) -> Iterator[list[Directive]]:
    """The `#SBATCH` lines of each component of a job in turn; one list, perhaps empty, for an ordinary job.

    A separator ends the list of the component before it, so that none is lost to a caller who wants to warn.
    """
    lines: list[Directive] = []
    for line in read_directives(script, release=release, name=name):
        lines.append(line)
        if line.separates:
            yield lines
            lines = []
    yield lines


def arguments(lines: list[Directive]) -> list[str]:
    """The command line that the lines make up."""
    return [word for line in lines for word in line.args]


def _directive(text: bytes, lineno: int, release: Release, name: str) -> Directive:
    """`text` is what follows the magic word."""
    args: list[str] = []
    rest = text[_end_of_blanks(text, 0) :]  # errors show the line from the end of the word before
    while True:
        begin = _end_of_blanks(rest, 0)
        separator = _SEPARATOR.match(rest, begin)
        if separator:
            return Directive(lineno, args, separator[1].decode().lower())
        if rest[begin : begin + 1] == b":":
            raise DirectiveError(name, lineno, "Unexpected `:`", rest)
        word, end, quote = _word(rest, begin, release)
        if quote:
            raise DirectiveError(name, lineno, f"Unmatched `{chr(quote)}`", rest)
        if not word:
            return Directive(lineno, args)
        args.append(word.decode("utf-8", "surrogateescape"))
        rest = rest[end:]


def _end_of_blanks(text: bytes, position: int) -> int:
    found = _BLANKS.match(text, position)
    assert found
    return found.end()


def _word(text: bytes, position: int, release: Release) -> tuple[bytes, int, int]:
    """The word that begins here, where it ends, and the quote it leaves open (0 if none)."""
    word = bytearray()
    quote = 0
    kept = _SPACE if release >= _ESCAPED_SPACE_SINCE else None
    while position < len(text):
        character = text[position]
        if character == _BACKSLASH:
            escaped = text[position + 1 : position + 2]
            if escaped and escaped[0] in _BLANK and not quote and escaped[0] != kept:
                return bytes(word), position + 2, 0
            word += escaped
            position += 2
            continue
        if quote:
            if character == quote:
                quote = 0
            else:
                word.append(character)
        elif character in _QUOTES:
            quote = character
        elif character == _HASH:
            return bytes(word), len(text), 0
        elif character in _BLANK:
            break
        else:
            word.append(character)
        position += 1
    return bytes(word), position, quote
