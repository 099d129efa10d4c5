"""Asking a release's own library: libslurm's functions, as they are installed for its cluster.

This machine's Python runs the script below under the release's own dynamic linker and C library; it reads one JSON call
a line, and answers a line each.  A call that ends the process (libslurm exits on some bad input) is answered "died".
"""

from __future__ import annotations

import functools
import json
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from devcluster import api

_SCRIPT = r"""
import ctypes, json, os, sys

slurm = ctypes.CDLL(sys.argv[1])
buffer = ctypes.create_string_buffer(256)

def text(name, *arguments):
    function = getattr(slurm, name)
    function.restype = ctypes.c_char_p
    return (function(*arguments) or b"").decode("utf-8", "surrogateescape")

def hostlist(s):
    slurm.hostlist_create.restype = ctypes.c_void_p
    made = slurm.hostlist_create(s.encode())
    if not made:
        raise ValueError("no list")
    return ctypes.c_void_p(made)

def expand(s):
    made, names = hostlist(s), []
    slurm.hostlist_shift.restype = ctypes.c_char_p
    while (name := slurm.hostlist_shift(made)) is not None:
        names.append(name.decode())
    return names

def ranged(s, change=None):
    made = hostlist(s)
    if change:
        getattr(slurm, change)(made)
    return text("hostlist_ranged_string_xmalloc", made)

def parse_time(s, past):
    slurm.parse_time.restype = ctypes.c_long
    return slurm.parse_time(s.encode(), int(past))

def str_to_mbytes(s):
    slurm.str_to_mbytes.restype = ctypes.c_uint64
    return slurm.str_to_mbytes(s.encode())

def secs2time_str(n):
    slurm.secs2time_str(ctypes.c_long(n), buffer, 256)
    return buffer.value.decode()

def mins2time_str(n):
    slurm.mins2time_str(ctypes.c_uint32(n), buffer, 256)
    return buffer.value.decode()

def make_time_str(n):
    slurm.slurm_make_time_str(ctypes.byref(ctypes.c_long(n)), buffer, 256)
    return buffer.value.decode()

def convert_num_unit(n, unit, flags):
    slurm.convert_num_unit(ctypes.c_double(n), buffer, 64, unit, 0xFFFFFFFE, flags)
    return buffer.value.decode()

def xlate_array_task_str(s, limit):
    slurm.slurm_xstrdup.restype = ctypes.c_void_p
    shown = ctypes.c_void_p(slurm.slurm_xstrdup(s.encode()))
    slurm.xlate_array_task_str(ctypes.byref(shown), ctypes.c_uint32(limit), ctypes.byref(ctypes.c_void_p(0)))
    return ctypes.cast(shown, ctypes.c_char_p).value.decode()

CALLS = {
    "expand": expand,
    "ranged": ranged,
    "parse_time": parse_time,
    "str_to_mbytes": str_to_mbytes,
    "secs2time_str": secs2time_str,
    "mins2time_str": mins2time_str,
    "make_time_str": make_time_str,
    "convert_num_unit": convert_num_unit,
    "xlate_array_task_str": xlate_array_task_str,
    "time_str2mins": lambda s: slurm.time_str2mins(s.encode()),
    "time_str2secs": lambda s: slurm.time_str2secs(s.encode()),
    "job_state_string": lambda n: text("job_state_string", ctypes.c_uint32(n)),
    "job_state_string_compact": lambda n: text("job_state_string_compact", ctypes.c_uint32(n)),
    "sig_name2num": lambda s: slurm.sig_name2num(s.encode()),
    "sig_num2name": lambda n: text("sig_num2name", n),
}

# Each line is done in a child of its own where it may end the process; what it says goes with the answer.
for line in sys.stdin:
    name, arguments, forked = json.loads(line)
    if not forked:
        print(json.dumps(CALLS[name](*arguments)), flush=True)
        continue
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            answer = json.dumps(CALLS[name](*arguments))
        except ValueError:
            answer = json.dumps("died")
        with os.fdopen(write, "w") as out:
            out.write(answer)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answers:
        answer = answers.read()
    os.waitpid(child, 0)
    print(answer or json.dumps("died"), flush=True)
"""


@functools.cache
def _argv(release: str) -> list[str]:
    """The script's command line: under the release's own linker where its files are not this machine's."""
    root = Path(api.cluster(release).path("/"))
    triplet = f"{platform.machine()}-linux-gnu"
    libraries = root / "usr/lib" / triplet
    command = [sys.executable, "-c", _SCRIPT, str(libraries / "slurm-wlm/libslurmfull.so")]
    if root == Path("/"):
        return command
    linker = next((root / "usr").glob("lib*/ld-linux-*.so.*"))
    return [str(linker), "--library-path", f"{libraries}:{libraries / 'slurm-wlm'}", *command]


def ask(
    release: str,
    calls: Sequence[tuple[str, Sequence[object]]],
    environ: Mapping[str, str] | None = None,
    *,
    forked: bool = False,
) -> list[object]:
    """The answers of a release's library to calls of (function, arguments), in order.

    `forked` makes every call in a process of its own, for input that may be invalid.
    """
    done = subprocess.run(
        _argv(release),
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **(environ or {})},
        input="".join(json.dumps([name, list(arguments), forked]) + "\n" for name, arguments in calls),
        capture_output=True,
        text=True,
        timeout=120,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(calls), done.stderr
    return answers
