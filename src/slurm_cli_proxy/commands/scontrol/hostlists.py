"""`scontrol show hostnames`, `show hostlist`, `show hostlistsorted`: host lists to names and back.

Done here, without the server (but for its release, by which a few odd lists are read).
"""

from __future__ import annotations

import re

from slurm_cli_proxy.context import Context, decode
from slurm_cli_proxy.notation import hostlist

_STDIN_SINCE = (23, 2)  # "-" for standard input; 24.11 has it, 22.05 takes it for a name


def run(ctx: Context, args: list[str]) -> int:
    """`args`: `hostnames`, `hostlist` or `hostlistsorted`, spelt out, then the list if there is one.

    Returns the exit status.  For a missing list, `hostlist` says so, and its caller prints the usage.
    """
    entity, given = args[0], args[1:]
    if entity == "hostnames":
        return _names(ctx, given[0] if given else None)
    if not given:
        ctx.err("invalid encode argument\n")
        return 1
    text = _content(ctx, given[0])
    if text is None:
        return 1
    names = _expand(ctx, text)
    if names is None:
        return 1
    compress = hostlist.compress_sorted if entity == "hostlistsorted" else hostlist.compress
    ctx.out(compress(names) + "\n")
    return 0


def _names(ctx: Context, text: str | None) -> int:
    """A list that is wrong, or that there is not, is no failure to the native command."""
    if text is None:
        text = ctx.environ.get("SLURM_NODELIST")
    if text is None:
        ctx.error("host list is empty")
        return 0
    for name in _expand(ctx, text) or ():
        ctx.out(name + "\n")
    return 0


def _expand(ctx: Context, text: str) -> list[str] | None:
    try:
        return hostlist.expand(text, ctx.release)
    except hostlist.HostlistError as error:
        if error.log:
            ctx.error(error.log)
        ctx.err(f"Invalid hostlist: {text}\n")
        return None


def _content(ctx: Context, argument: str) -> str | None:
    """The list: the argument, or what is in the file that it names; None when that cannot be read."""
    path = argument
    if argument == "-" and ctx.release >= _STDIN_SINCE:
        path = "/dev/stdin"
    elif not argument.startswith("/"):
        return argument
    try:
        if path != argument:
            if ctx.stdin is None:
                raise FileNotFoundError(path)
            data = ctx.stdin.read()
        else:
            with open(path, "rb") as file:
                data = file.read()
    except IsADirectoryError:
        ctx.err(f"Error reading {path}\n")
        return None
    except OSError:
        ctx.err(f"Can not open {path}\n")
        return None
    return re.sub(",?\n+", ",", decode(data.partition(b"\0")[0]))
