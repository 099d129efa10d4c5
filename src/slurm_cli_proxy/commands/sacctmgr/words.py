"""The words of a change: `key=value`, `key+=value`, names; what is told of those that mean nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from slurm_cli_proxy.commands.sacctmgr.limits import BadValue, Limit, Names, Set, Settings, read
from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.context import Context

WHERE: Final = "where"
SET: Final = "set"

UNKNOWN: Final = " Unknown option: {word}\n"
USE_WHERE: Final = " Unknown option: {word}\n Use keyword 'where' to modify condition\n"
USE_SET: Final = " Unknown condition: {word}\n Use keyword 'set' to modify value\n"


class Key(Keyword, frozen=True, kw_only=True):
    """A key that is no limit; what it is given goes to `dest`."""

    dest: str


def key(name: str, shortest: int, dest: str) -> Key:
    """A row of a table."""
    return Key(name=name, shortest=shortest, dest=dest)


class Word(msgspec.Struct, frozen=True):
    """A word of the command line; `value` None where it has no `=`."""

    text: str
    key: str
    sign: str = ""
    value: str | None = None


def split(text: str) -> Word:
    """`key=value`, `key+=value`, or a name."""
    name, equals, value = text.partition("=")
    if not equals:
        return Word(text, text)
    sign = name[-1:] if name[-1:] in ("+", "-") else ""
    return Word(text, name.removesuffix(sign) if sign else name, sign, unquoted(value))


def unquoted(text: str) -> str:
    """A value without the quotes around it."""
    for quote in ('"', "'"):
        if len(text) > 1 and text.startswith(quote) and text.endswith(quote):
            return text[1:-1]
    return text


def names(text: str, found: list[str]) -> None:
    """Add the names of a list; one that is there already goes to the end."""
    for name in unquoted(text).split(","):
        name = name.strip("\"'").lower()
        if not name:
            continue
        if name in found:
            found.remove(name)
        found.append(name)


def parts(words: Sequence[str]) -> Iterator[tuple[bool, Word]]:
    """Whether each word belongs to what is set, and the word."""
    setting = False
    for text in words:
        low = text.lower()
        if len(low) >= 5 and low == WHERE:
            setting = False
        elif low == SET:
            setting = True
        else:
            yield setting, split(text)


class Reader:
    """Reads keys and limits of one command; `bad` once something meant nothing."""

    def __init__(self, ctx: Context, keys: Sequence[Key], table: Sequence[Limit], known: Names) -> None:
        self._ctx = ctx
        self._keys = keys
        self._table = table
        self._known = known
        self.bad = False
        self.settings: Settings = {}
        self.values: dict[str, list[str]] = {}
        self.plain: dict[str, str] = {}

    def listed(self, dest: str) -> list[str]:
        """The names given for it."""
        return self.values.get(dest, [])

    def wanted(self, dest: str, value: object) -> bool:
        """Whether a value is among those given for it, or none are."""
        listed = self.listed(dest)
        return not listed or str(value or "").lower() in listed

    def key(self, word: Word) -> bool:
        """Take a word as a key of the table; whether it is one."""
        found = find(self._keys, word.key, self._ctx.release)
        if found is None or word.value is None:
            return False
        names(word.value, self.values.setdefault(found.dest, []))
        self.plain[found.dest] = word.value
        return True

    def limit(self, word: Word, *, loud: bool = True) -> bool:
        """Take a word as a limit; whether it is one with a value that can be read."""
        found = find(self._table, word.key, self._ctx.release)
        if found is None or word.value is None:
            return False
        try:
            value = read(
                found, word.key + word.sign, word.value, self._known, self._ctx.release, self._ctx.error
            )
        except BadValue as error:
            if error.error:
                self._ctx.error(str(error))
            else:
                self._ctx.err(f"{error}\n")
            return False
        earlier = self.settings.get(found.label)
        if found.kind == "tres" and earlier is not None:
            value = {**earlier.value, **value}
        if found.kind == "qos":
            value = [word.sign + one.lstrip("+-") if word.sign else one for one in value]
            if earlier is not None:
                value = [*earlier.value, *value]
        self.settings[found.label] = Set(found, value, "")
        return True

    def unknown(self, word: Word, text: str, *, out: bool = False) -> None:
        """Tell of a word that means nothing."""
        self.bad = True
        if word.value is None and text is USE_WHERE:
            text = " Bad format on {word}: End your option with an '=' sign\n"
        line = text.format(word=word.text)
        (self._ctx.out if out else self._ctx.err)(line)
