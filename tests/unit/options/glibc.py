"""The real getopt_long of the machine's C library, asked through ctypes."""

from __future__ import annotations

import ctypes
import os
import tempfile
from collections.abc import Sequence

from slurm_cli_proxy.options.spec import Option

HAS_ARG = {"none": 0, "required": 1, "optional": 2}


class _COption(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("has_arg", ctypes.c_int),
        ("flag", ctypes.POINTER(ctypes.c_int)),
        ("val", ctypes.c_int),
    ]


def available() -> bool:
    return hasattr(ctypes.CDLL(None), "gnu_get_libc_version")


def getopt_long(
    prog: str, argv: Sequence[str], options: Sequence[Option], *, permute: bool, posixly_correct: bool = False
) -> tuple[list[tuple[str, str, str | None]], list[str], str]:
    """What glibc makes of a command line: ([(event, dest, argument)], operands, standard error).

    `event` is "option" or "fault"; `dest` is "" for a fault.
    """
    libc = ctypes.CDLL(None)
    optind = ctypes.c_int.in_dll(libc, "optind")
    optarg = ctypes.c_char_p.in_dll(libc, "optarg")
    opterr = ctypes.c_int.in_dll(libc, "opterr")

    # A val for each dest: the letter where one row with this dest has one, as Slurm's tables do.
    values: dict[str, int] = {}
    for option in options:
        if option.short:
            values.setdefault(option.dest, ord(option.short))
    for number, option in enumerate(options):
        values.setdefault(option.dest, 0x200 + number)
    dests = {value: dest for dest, value in values.items()}
    optstring = "" if permute else "+"
    for option in options:
        if option.short:
            dests[ord(option.short)] = option.dest
            optstring += option.short + ":" * HAS_ARG[option.arg]
    longs = [o for o in options if o.long]
    table = (_COption * (len(longs) + 1))(
        *[_COption(o.long.encode(), HAS_ARG[o.arg], None, values[o.dest]) for o in longs]
    )
    words = [os.fsencode(word) for word in (prog, *argv)]
    vector = (ctypes.c_char_p * (len(words) + 1))(*words, None)

    events: list[tuple[str, str, str | None]] = []
    saved_environ = os.environ.pop("POSIXLY_CORRECT", None)
    if posixly_correct:
        os.environ["POSIXLY_CORRECT"] = "1"
    stderr = os.dup(2)
    with tempfile.TemporaryFile() as captured:
        os.dup2(captured.fileno(), 2)
        try:
            optind.value = 0  # glibc: start afresh, and read the optstring's first character again
            opterr.value = 1
            while True:
                optarg.value = None
                code = libc.getopt_long(len(words), vector, optstring.encode(), table, None)
                if code == -1:
                    break
                if code == ord("?"):
                    events.append(("fault", "", None))
                else:
                    argument = optarg.value
                    events.append(
                        ("option", dests[code], None if argument is None else os.fsdecode(argument))
                    )
        finally:
            os.dup2(stderr, 2)
            os.close(stderr)
            os.environ.pop("POSIXLY_CORRECT", None)
            if saved_environ is not None:
                os.environ["POSIXLY_CORRECT"] = saved_environ
        captured.seek(0)
        text = os.fsdecode(captured.read())
    operands = [os.fsdecode(word) for word in list(vector)[optind.value : len(words)] if word is not None]
    return events, operands, text
