"""`#PBS` and `#BSUB` lines: what sbatch makes of another batch system's options.

`translate` turns a command line of theirs into options of sbatch.  Found by asking native sbatch -v of three releases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.spec import Option, Release

Settings = Iterator[tuple[str, str | None]]
"""Pairs of an option's `dest` and its text."""


class ForeignError(Exception):
    """A line that native sbatch gives up on: `lines` without `PROG: error: `, after getopt's own."""

    def __init__(self, *lines: str, before: Sequence[str] = ()) -> None:
        super().__init__("\n".join((*before, *lines)))
        self.lines = lines
        self.before = before


def _mail(text: str) -> Settings:
    names = [name for letter, name in (("b", "BEGIN"), ("e", "END"), ("a", "FAIL")) if letter in text]
    yield "mail_type", "NONE" if "n" in text else ",".join(names)


def _depend(text: str) -> Settings:
    """`-W`: a dependency, or the umask; other attributes are passed over."""
    if text.startswith("depend="):
        yield "dependency", text.removeprefix("depend=")
    elif text.startswith("umask=") and text[6:].isdigit():
        yield "umask", text.removeprefix("umask=")


def _resources(text: str) -> Settings:
    """`-l`: NAME=VALUE, separated by commas."""
    for part in text.split(","):
        name, equals, value = part.partition("=")
        if not equals or not value:
            continue
        if name in _RESOURCES:
            yield _RESOURCES[name], value
        elif name == "nodes":
            yield from _nodes(value)
        elif name == "select":
            yield from _chunks(value)
        elif name == "naccelerators":
            yield "gres", f"gpu:{value}"
        elif name == "accelerator" and value.lower() == "true":
            yield "gres", "gpu:1"


_RESOURCES: Final = {
    "walltime": "time",
    "cput": "time",
    "pcput": "time",
    "mem": "mem",
    "ncpus": "mincpus",
    "file": "tmp",
    "nice": "nice",
    "mpiprocs": "ntasks_per_node",
}


def _nodes(value: str) -> Settings:
    """`2:ppn=4`, `n1:ppn=2+n2`: counts and names of nodes, tasks on each."""
    count = tasks = 0
    names: list[str] = []
    for group in value.partition("#")[0].split("+"):
        for word in group.split(":"):
            name, equals, number = word.partition("=")
            if name == "ppn" and number.isdigit():
                tasks += int(number)
            elif name == "gpus":
                yield "gpus_per_node", number
            elif word.isdigit():
                count += int(word)
            elif word and not equals:
                names.append(word)
    if names:
        yield "nodelist", ",".join(names)
    if count:
        yield "nodes", str(count)
    if tasks:
        yield "ntasks", str(tasks * max(count, 1))


def _chunks(value: str) -> Settings:
    """`2:ncpus=3:mpiprocs=2`."""
    for word in value.split(":"):
        name, equals, number = word.partition("=")
        if name in ("ncpus", "mpiprocs", "mem") and equals:
            yield _RESOURCES[name], number
        elif word.isdigit():
            yield "nodes", word


def _to(dest: str) -> Callable[[str], Settings]:
    return lambda text: iter([(dest, text)])


def _nothing(text: str) -> Settings:
    return iter(())


V23_02: Final = (23, 2)
_PBS: Final[dict[str, Callable[[str], Settings]]] = {
    "a": _to("begin"),
    "A": _to("account"),
    "c": _nothing,
    "C": _nothing,
    "d": _to("chdir"),
    "e": _to("error"),
    "j": _nothing,
    "J": _to("array"),
    "k": _nothing,
    "l": _resources,
    "m": _mail,
    "M": _to("mail_user"),
    "N": _to("job_name"),
    "o": _to("output"),
    "p": _to("nice"),
    "q": _to("partition"),
    "r": _nothing,
    "S": _nothing,
    "t": _to("array"),
    "u": _nothing,
    "v": _to("export"),
    "w": _to("chdir"),
    "W": _depend,
}
_PBS_FLAGS: Final = {"h": "hold", "I": "", "V": "", "z": ""}
_BSUB: Final[dict[str, Callable[[str], Settings]]] = {
    "c": _to("chdir"),
    "cwd": _to("chdir"),
    "e": _to("error"),
    "J": _to("job_name"),
    "m": _to("nodelist"),
    "M": lambda text: iter([("mem_per_cpu", f"{text}K" if text.isdigit() else text)]),
    "n": lambda text: iter([("ntasks", text.rpartition(",")[2])]),
    "o": _to("output"),
    "q": _to("partition"),
    "W": _to("time"),
}
_BSUB_FLAGS: Final = {"x": "exclusive"}
_SINCE: Final = {("#PBS", "d"): V23_02, ("#PBS", "w"): V23_02}


def translate(magic: str, argv: Sequence[str], prog: str, release: Release) -> Settings:
    """What the words of all lines that begin with `magic` ask of sbatch; ForeignError."""
    takers, flags = (_PBS, _PBS_FLAGS) if magic == "#PBS" else (_BSUB, _BSUB_FLAGS)
    options = [
        Option(short=letter, arg="required", since=_SINCE.get((magic, letter), (0, 0)))
        for letter in takers
        if len(letter) == 1
    ]
    options += [Option(short=letter) for letter in flags]
    words = [re.sub("^-cwd$", "-c", word) for word in argv] if magic == "#BSUB" else argv
    scanner = Scanner(prog, words, options, release, permute=False)
    for event in scanner:
        if isinstance(event, Fault):
            raise ForeignError("Unrecognized command line parameter ?", before=event.lines)
        letter = event.option.short
        if letter in flags:
            if flags[letter]:
                yield flags[letter], None
        else:
            yield from takers[letter](event.value or "")
    if scanner.operands:
        raise ForeignError(f"Invalid argument: {scanner.operands[0]}")
