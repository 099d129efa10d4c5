"""Reading a command line exactly as GNU `getopt_long` does, with its very messages.

The native commands handle each option as getopt hands it out, so a bad value that stands before a misspelt option
is what the user hears about.  `Scanner` therefore hands out events one at a time; `parse` is for commands to which
the sequence does not matter.

    for event in Scanner("squeue", argv, OPTIONS, ctx.release):
        if isinstance(event, Fault):
            ...print event.lines, then what the command says after getopt's own message
        else:
            ...event.option.dest, event.value
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from slurm_cli_proxy.options.spec import Option, Release, for_release

UNSUPPORTED = "{prog}: error: {name} is not supported by this version of slurm-cli-proxy"


class Item(msgspec.Struct, frozen=True):
    """An option as it was met: `value` is None without an argument, `how` is `--long` (unabbreviated) or `-s`."""

    option: Option
    value: str | None
    how: str


class Fault(msgspec.Struct, frozen=True):
    """What getopt returns `?` for: the line it prints, without newline.

    `option` is the row concerned where there is one.  `unsupported` tells an option of the native command that the
    proxy cannot honour from one that is wrong; the command says nothing further then (no 'Try "squeue --help"').
    """

    lines: list[str]
    option: Option | None = None
    unsupported: bool = False

    def told(self, prog: str) -> str:
        """What the command prints of it."""
        advice = "" if self.unsupported else f'Try "{prog} --help" for more information\n'
        return "".join(f"{line}\n" for line in self.lines) + advice


class UsageError(Exception):
    """A command line getopt rejects.  `lines` are to be printed on standard error as they are."""

    def __init__(self, lines: list[str], *, unsupported: bool = False) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
        self.unsupported = unsupported


class Parsed(msgspec.Struct):
    """A whole command line: options in order, then what is left."""

    items: list[Item]
    operands: list[str]


class Scanner(Iterator["Item | Fault"]):
    """Events of a command line, in getopt's order; `operands` is complete once the events are exhausted.

    `argv` excludes the program's name.  With `permute` operands and options may be mixed; without it (optstring
    "+...", or POSIXLY_CORRECT in the environment) the first operand ends the options.  Scanning goes on after a
    fault, as getopt does.  Words may hold any bytes (as surrogate escapes).  `called` is the program's name in getopt's
    own messages, where that is not `prog`.
    """

    def __init__(
        self,
        prog: str,
        argv: Sequence[str],
        options: Iterable[Option],
        release: Release,
        *,
        permute: bool = True,
        called: str = "",
    ) -> None:
        self.prog = prog
        self._called = called or prog
        self.operands: list[str] = []
        self._argv = argv
        self._permute = permute
        self._next = 0
        self._cluster = ""  # what is left of a word of short options
        known = for_release(options, release)
        self._long = [option for option in known if option.long]
        self._short = {option.short: option for option in reversed(known) if option.short}

    def __next__(self) -> Item | Fault:
        if self._cluster:
            return self._short_option()
        argv = self._argv
        while self._next < len(argv):
            word = argv[self._next]
            if word == "--":
                self._next += 1
                break
            if not word.startswith("-") or word == "-":
                if not self._permute:
                    break
                self.operands.append(word)
                self._next += 1
                continue
            self._next += 1
            if word.startswith("--"):
                return self._long_option(word[2:])
            self._cluster = _bytewise(word[1:])
            return self._short_option()
        self.operands.extend(argv[self._next :])
        self._next = len(argv)
        raise StopIteration

    def rest(self) -> list[str]:
        """The words not yet looked at (a word of short options half read counts as looked at)."""
        return list(self._argv[self._next :])

    def _fault(self, text: str, option: Option | None = None) -> Fault:
        return Fault([f"{self._called}: {text}"], option)

    def _item(self, option: Option, value: str | None, how: str) -> Item | Fault:
        if option.done:
            return Item(option, value, how)
        return Fault([UNSUPPORTED.format(prog=self.prog, name=option.name)], option, unsupported=True)

    def _long_option(self, text: str) -> Item | Fault:
        name, equals, value = text.partition("=")
        found = self._find(name)
        if isinstance(found, list):
            if not found:
                return self._fault(f"unrecognized option '--{text}'")
            possible = "".join(f" '--{option.long}'" for option in found)
            return self._fault(f"option '--{text}' is ambiguous; possibilities:{possible}")
        how = f"--{found.long}"
        if equals:
            if found.arg == "none":
                return self._fault(f"option '{how}' doesn't allow an argument", found)
            return self._item(found, value, how)
        if found.arg != "required":
            return self._item(found, None, how)
        if self._next == len(self._argv):
            return self._fault(f"option '{how}' requires an argument", found)
        self._next += 1
        return self._item(found, self._argv[self._next - 1], how)

    def _find(self, name: str) -> Option | list[Option]:
        """The option called so, else the one abbreviated so; if that is not one option, the candidates."""
        candidates = []
        for option in self._long:
            if option.long.startswith(name):
                if option.long == name:
                    return option
                candidates.append(option)
        if not candidates:
            return []
        first = candidates[0]
        # Compared with the first only, as glibc does: its aliases are not listed among the possibilities.
        others = [o for o in candidates[1:] if o.arg != first.arg or o.dest != first.dest]
        return [first, *others] if others else first

    def _short_option(self) -> Item | Fault:
        letter, self._cluster = self._cluster[0], self._cluster[1:]
        option = self._short.get(letter)
        if option is None:
            return self._fault(f"invalid option -- '{letter}'")
        how = f"-{letter}"
        if option.arg == "none":
            return self._item(option, None, how)
        attached, self._cluster = _textwise(self._cluster), ""
        if attached:
            return self._item(option, attached, how)
        if option.arg == "optional":
            return self._item(option, None, how)
        if self._next == len(self._argv):
            return self._fault(f"option requires an argument -- '{letter}'", option)
        self._next += 1
        return self._item(option, self._argv[self._next - 1], how)


def parse(
    prog: str,
    argv: Sequence[str],
    options: Iterable[Option],
    release: Release,
    *,
    permute: bool = True,
) -> Parsed:
    """The whole command line at once; raises UsageError at the first fault."""
    scanner = Scanner(prog, argv, options, release, permute=permute)
    items: list[Item] = []
    for event in scanner:
        if isinstance(event, Fault):
            raise UsageError(event.lines, unsupported=event.unsupported)
        items.append(event)
    return Parsed(items, scanner.operands)


def _bytewise(text: str) -> str:
    """The same word with one character a byte: getopt takes short options byte by byte."""
    if text.isascii():
        return text
    return text.encode("utf-8", "surrogateescape").decode("ascii", "surrogateescape")


def _textwise(text: str) -> str:
    if text.isascii():
        return text
    return text.encode("ascii", "surrogateescape").decode("utf-8", "surrogateescape")
