"""`scontrol`, `sacctmgr` and `sreport` without a verb: commands from a terminal or a pipe, one a line, until `quit`,
`exit` or the end.

Natively GNU readline reads the lines.  On a terminal it does here, too, where Python has it; for anything else this
module prints what readline echoes (of a long line, its end).  An error does not end the prompt, but is remembered:
the exit status is 1 from then on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Final

from slurm_cli_proxy.commands.scontrol.switches import Switches
from slurm_cli_proxy.context import Context, decode

AGAIN: Final = "!!"

MOST_WORDS: Final = 128
_COLUMNS: Final = 78
_END_SHOWN: Final = 51
"""Of a line that does not fit into the columns of readline's dumb terminal, so much of the end is echoed."""

_ENDS_OF_NAMES: Final = " \t\n\"\\'`@$><=;|&{("
"""What readline takes for the end of a file's name."""

_BELL: Final = "\a"
_BLANKS: Final = " \t\n\v\f\r"


class TooMany(Exception):
    """A line of more words than the native command has room for, which ends it."""


def run(ctx: Context, switches: Switches) -> int:
    """`scontrol`'s prompt; the exit status."""
    from slurm_cli_proxy.commands.scontrol import find_verb

    def leaves(word: str) -> bool:
        verb = find_verb(word, ctx.release)
        return verb is not None and verb.leaves

    return carry_out(ctx, lambda words: _obey(ctx, words, switches), leaves)


def carry_out(ctx: Context, obey: Callable[[list[str]], int], leaves: Callable[[str], bool]) -> int:
    """Carry out what is typed, up to a line whose first word leaves; the exit status is 1 once anything was wrong.

    `obey`: carries out the words of one line, which are some; its exit status.
    """
    is_scontrol = ctx.prog == "scontrol"  # to which an empty line is wrong, and which ends too long a one
    worst = 0
    last: list[str] = []
    for line in lines(ctx):
        try:
            words = split(line)
        except TooMany:
            ctx.err(f"{ctx.prog}: can not process over {MOST_WORDS - 1} words\n")
            ctx.out("\n" if is_scontrol else "")
            return 1
        if words == [AGAIN]:
            words = last
        last = words
        if not words:
            worst |= is_scontrol
            continue
        worst |= 1 if obey(words) else 0
        if leaves(words[0]):
            break
        ctx.flush()
    return worst


def split(line: str) -> list[str]:
    """The words of a line.

    Quotes inside a word keep blanks from ending it, and stay in it; one at its beginning is a letter like others.
    """
    words: list[str] = []
    place, end = 0, len(line)
    quote = {'"': False, "'": False}
    while place < end:
        if line[place] in _BLANKS:
            place += 1
            continue
        if len(words) == MOST_WORDS:
            raise TooMany
        start = place
        place += 1
        while place < end:
            letter = line[place]
            if letter in quote:
                quote[letter] = not quote[letter]
            elif letter in _BLANKS and not any(quote.values()):
                break
            place += 1
        words.append(line[start:place])
    return words


def _obey(ctx: Context, words: list[str], switches: Switches) -> int:
    """One command; an error of the server's, too, leaves the prompt where it is."""
    from slurm_cli_proxy.commands.scontrol import obey
    from slurm_cli_proxy.rest.errors import RestError

    try:
        return obey(ctx, words, switches)
    except RestError as error:
        ctx.rest_error(f"{ctx.prog}: error: ", error)
        return 1


# Reading


def lines(ctx: Context) -> Iterator[str]:
    """The lines, each after the prompt, which is the command's name; after the last one an empty line is printed."""
    yield from _typed(ctx) if _is_terminal(ctx) else _piped(ctx)
    ctx.out("\n")


def _prompt(ctx: Context) -> str:
    return f"{ctx.prog}: "


def _is_terminal(ctx: Context) -> bool:
    try:
        return ctx.stdin is not None and os.isatty(ctx.stdin.fileno())
    except (OSError, ValueError):
        return False


def _typed(ctx: Context) -> Iterator[str]:
    """From a terminal: with readline's editing where this process talks to it, else as the terminal gives lines."""
    assert ctx.stdin is not None
    guard = _Guard() if _can_edit(ctx) else None
    while True:
        if guard:
            try:
                with guard:
                    line = input(_prompt(ctx))
            except EOFError:
                return
        else:
            ctx.out(_prompt(ctx))
            ctx.flush()
            data = ctx.stdin.readline()
            if not data:
                return
            line = decode(data.rstrip(b"\n"))
        yield line


class _Guard:
    """What readline does of a signal while a line is typed: shows its key, and leaves the terminal as it was.

    The signals wait while readline has the terminal in its own mode, and a thread takes them up: Python's handlers
    would miss one that comes just before readline waits for a key.
    """

    def __init__(self) -> None:
        import _thread
        import signal
        import termios

        self.keys = {signal.SIGINT: termios.VINTR, signal.SIGQUIT: termios.VQUIT, signal.SIGTERM: None}
        self.signals = [one for one in self.keys if signal.getsignal(one) is signal.SIG_DFL]
        self.mode = termios.tcgetattr(0)
        with self:  # the thread takes over what waits
            _thread.start_new_thread(self._watch, ())

    def __enter__(self) -> None:
        import signal

        signal.pthread_sigmask(signal.SIG_BLOCK, self.signals)

    def __exit__(self, *what: object) -> None:
        import signal

        signal.pthread_sigmask(signal.SIG_UNBLOCK, self.signals)

    def _watch(self) -> None:
        import signal
        import termios

        number = signal.sigwait(self.signals)
        key = self.keys[signal.Signals(number)]
        letter = self.mode[6][key] if key is not None else b""
        termios.tcsetattr(0, termios.TCSADRAIN, self.mode)
        if self.mode[3] & termios.ECHOCTL and b"" < letter < b" ":
            os.write(1, b"^" + bytes([letter[0] + ord("@")]))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, self.signals)
        os.kill(os.getpid(), number)


def _can_edit(ctx: Context) -> bool:
    """Whether Python's readline can read: it reads standard input, and writes standard output, of the process."""
    try:
        if ctx.stdin is None or ctx.stdout is None:
            return False
        if (ctx.stdin.fileno(), ctx.stdout.fileno()) != (0, 1) or not os.isatty(1):
            return False
        import readline

        readline.parse_and_bind("tab: complete")  # names of files, as readline does unless told otherwise
        readline.set_completer_delims(_ENDS_OF_NAMES)
    except (ImportError, OSError, ValueError):
        return False
    return True


def _piped(ctx: Context) -> Iterator[str]:
    """From anything else: each line is echoed, and a carriage return ends one, too."""
    ctx.out(_prompt(ctx))
    while ctx.stdin is not None:
        ctx.flush()
        data = ctx.stdin.readline()
        if not data:
            return
        text = decode(data)
        for piece in text.removesuffix("\n").split("\r"):
            line = _keys(ctx, piece)
            ctx.out(_echo(ctx, line) + "\n")
            ctx.flush()
            yield line
            ctx.out(_prompt(ctx))


def _keys(ctx: Context, text: str) -> str:
    """What readline takes from a piece of text: control characters are keys, and a tab asks for a file's name."""
    if text.isprintable():
        return text
    if "\t" in text:
        ctx.err(_BELL * text.count("\t"))
    return "".join(letter for letter in text if letter >= " " and letter != "\x7f")


def _echo(ctx: Context, line: str) -> str:
    shown = _prompt(ctx) + line
    if len(shown) <= _COLUMNS:
        return line
    return f"\r<{shown[-_END_SHOWN:]}"
