"""`#PBS` and `#BSUB` lines: what sbatch makes of another batch system's options.

`translate` turns a command line of theirs into options of sbatch.  Found by asking native sbatch -v of three releases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.spec import Option, Release
from slurm_cli_proxy.options.values import ALWAYS_1, ALWAYS_255, leading_number

Settings = Iterator[tuple[str, str | None]]
"""Pairs of an option's `dest` and its text."""


class ForeignError(Exception):
    """A line that native sbatch gives up on: `lines` without `PROG: error: `, after getopt's own.

    `status`: the exit status, None for the one of all errors.
    """

    def __init__(self, *lines: str, before: Sequence[str] = (), status: int | None = None) -> None:
        super().__init__("\n".join((*before, *lines)))
        self.lines = lines
        self.before = before
        self.status = status


def _to(dest: str) -> Callable[[str], Settings]:
    return lambda text: iter([(dest, text)])


def _nothing(text: str) -> Settings:
    return iter(())


def _mail(text: str) -> Settings:
    letters = text.lower()
    names = [name for letter, name in (("b", "BEGIN"), ("e", "END"), ("a", "FAIL")) if letter in letters]
    yield "mail_type", "NONE" if "n" in letters else ",".join(names)


def _depend(text: str) -> Settings:
    """`-W`: a dependency, or the umask; other attributes are passed over."""
    name, _, value = text.partition("=")
    if name.lower() == "depend":
        yield "dependency", value
    elif name.lower() == "umask":
        mask = _mask(value)
        if mask is None:
            return
        if not 0 <= mask <= 0o777:
            raise ForeignError("Invalid -W umask= specification", status=ALWAYS_255)
        yield "umask", f"{mask:o}"


def _mask(text: str) -> int | None:
    """A number, octal where it begins with 0, as far as C reads it; 0 for no text, None for another."""
    found = re.fullmatch("([-+]?)(?:0([0-7]*)[0-9]*|([1-9][0-9]*)?)", text)
    if found is None:
        return None
    sign, octal, decimal = found.groups()
    return int(f"{sign}{decimal or 0}") if octal is None else int(f"{sign}{octal or 0}", 8)


def _resources(text: str) -> Settings:
    """`-l`: NAME=VALUE, wherever a known name begins; a value ends at the next comma, some at a colon, too."""
    place = 0
    while found := _RESOURCE.search(text, place):
        name = found.group(1)
        end = (_TO_COLON if name in _ENDED_BY_COLON else _TO_COMMA).match(text, found.end())
        assert end
        yield from _RESOURCES[name](end.group())
        place = end.end()


def _size(dest: str) -> Callable[[str], Settings]:
    """Without the letter that stands for bytes."""
    return lambda text: iter([(dest, text[:-1] if text[-1:] in ("b", "B") else text)])


def _nodes(value: str) -> Settings:
    """`2:ppn=4`, `n1:ppn=2+n2`: counts and names of nodes, tasks on each."""
    count = tasks = 0
    names: list[str] = []
    for word in value.partition("#")[0].replace("+", ":").split(":"):
        name, _, number = word.partition("=")
        if name == "ppn":
            tasks += leading_number(number)[0]
        elif name == "gpus":
            yield "gpus_per_node", number
        elif word[:1].isdigit():
            count += leading_number(word)[0]
        elif word:
            names.append(word)
    if names:
        yield "nodelist", ",".join(names)
    if count:
        yield "nodes", str(count)
    if tasks:
        yield "ntasks", str(tasks * max(count, 1))


def _accelerators(value: str) -> Settings:
    number, rest = leading_number(value)
    if rest or number < 1:
        raise ForeignError(f'Invalid numeric value "{value}" for naccelerators.', status=ALWAYS_1)
    yield "gres", f"gpu:{number}"


def _accelerator(value: str) -> Settings:
    if value.lower().startswith("true"):
        yield "gres", "gpu:1"


_RESOURCES: Final[dict[str, Callable[[str], Settings]]] = {
    "accelerator": _accelerator,
    "cput": _to("time"),
    "file": _size("tmp"),
    "mem": _size("mem"),
    "mpiprocs": _to("ntasks_per_node"),
    "mppnodes": lambda text: iter([("nodelist", text.replace(":", ","))] if text else []),
    "naccelerators": _accelerators,
    "ncpus": _to("mincpus"),
    "nice": _to("nice"),
    "nodes": _nodes,
    "pcput": _to("time"),
    "proc": _to("constraint"),
    "select": _to("nodes"),
    "walltime": _to("time"),
    **dict.fromkeys(
        ("arch", "host", "mppdepth", "mppmem", "mppnppn", "mppwidth", "opsys", "other", "pmem", "pvmem", "software",
         "vmem"),
        _nothing,
    ),
}  # fmt: skip
_RESOURCE: Final = re.compile(f"({'|'.join(_RESOURCES)})=")
_ENDED_BY_COLON: Final = (
    "accelerator",
    "mppdepth",
    "mpiprocs",
    "mppnppn",
    "mppwidth",
    "ncpus",
    "select",
)
_TO_COMMA: Final = re.compile("[^,]*")
_TO_COLON: Final = re.compile("[^,:]*")


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


def _most_tasks(text: str) -> Settings:
    """`-n LEAST,MOST`."""
    least, comma, most = text.partition(",")
    if comma and not most:
        raise ForeignError(f"#BSUB -n format not correct given: '{text}'")
    yield "ntasks", most if comma else least


_BSUB: Final[dict[str, Callable[[str], Settings]]] = {
    "c": _to("chdir"),
    "e": _to("error"),
    "J": _to("job_name"),
    "m": _to("nodelist"),
    "M": lambda text: iter([("mem_per_cpu", f"{text}K" if text.isdigit() else text)]),
    "n": _most_tasks,
    "o": _to("output"),
    "q": _to("partition"),
    "W": _to("time"),
}
_BSUB_FLAGS: Final = {"x": "exclusive"}
_PBS_WORDS: Final = {
    "start_time": "a", "account": "A", "array": "J", "checkpoint": "c", "working_dir": "C", "error": "e", "hold": "h",
    "interactive": "I", "join": "j", "job_array": "J", "keep": "k", "resource_list": "l", "mail_options": "m",
    "mail_user_list": "M", "job_name": "N", "out": "o", "priority": "p", "destination": "q", "rerunable": "r",
    "script_path": "S", "running_user": "u", "variable_list": "v", "all_env": "V", "attributes": "W", "no_std": "z",
}  # fmt: skip
_BSUB_WORDS: Final = {
    "cwd": "c", "error_file": "e", "job_name": "J", "hostname": "m", "memory_limit": "M", "output_file": "o",
    "queue_name": "q", "time": "W", "exclusive": "x",
}  # fmt: skip
"""Long options, in the order in which ambiguous ones are told; --working_dir does nothing natively, unlike -w."""
_SINCE: Final = {("#PBS", "d"): V23_02, ("#PBS", "w"): V23_02}


def translate(magic: str, argv: Sequence[str], prog: str, release: Release) -> Settings:
    """What the words of all lines that begin with `magic` ask of sbatch; ForeignError."""
    pbs = magic == "#PBS"
    takers, flags, longer = (_PBS, _PBS_FLAGS, _PBS_WORDS) if pbs else (_BSUB, _BSUB_FLAGS, _BSUB_WORDS)
    options = [
        Option(short=letter, arg="required", since=_SINCE.get((magic, letter), (0, 0)), dest=letter)
        for letter in takers
    ]
    options += [Option(short=letter, dest=letter) for letter in flags]
    options += [
        Option(long=name, arg="none" if letter in flags else "required", dest=letter)
        for name, letter in longer.items()
    ]
    words = argv if pbs else [re.sub("^-cwd$", "-c", word) for word in argv]
    scanner = Scanner(prog, words, options, release, permute=False)
    for event in scanner:
        if isinstance(event, Fault):
            raise ForeignError("Unrecognized command line parameter ?", before=event.lines)
        letter = event.option.dest
        if letter in flags:
            if flags[letter]:
                yield flags[letter], None
        else:
            yield from takers[letter](event.value or "")
    if scanner.operands:
        raise ForeignError(f"Invalid argument: {scanner.operands[0]}")
