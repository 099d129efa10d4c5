"""Which command was called, and the last word on how it ends.

`squeue` is called by that name, or as `slurm-cli-proxy squeue`. Exit by a signal where the native command would die
of it (SIGPIPE, SIGINT), one clear line and never a traceback for everything unforeseen.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping

from slurm_cli_proxy import lean
from slurm_cli_proxy.context import Context, OutputError, from_process

OWN_NAME = "slurm-cli-proxy"

COMMANDS: dict[str, str] = {
    "sacct": "slurm_cli_proxy.commands.sacct",
    "sacctmgr": "slurm_cli_proxy.commands.sacctmgr",
    "salloc": "slurm_cli_proxy.commands.salloc",
    "sbatch": "slurm_cli_proxy.commands.sbatch",
    "scancel": "slurm_cli_proxy.commands.scancel",
    "scontrol": "slurm_cli_proxy.commands.scontrol",
    "sdiag": "slurm_cli_proxy.commands.sdiag",
    "sinfo": "slurm_cli_proxy.commands.sinfo",
    "sprio": "slurm_cli_proxy.commands.sprio",
    "squeue": "slurm_cli_proxy.commands.squeue",
    "sreport": "slurm_cli_proxy.commands.sreport",
    "srun": "slurm_cli_proxy.commands.srun",
    "sshare": "slurm_cli_proxy.commands.sshare",
    "sstat": "slurm_cli_proxy.commands.sstat",
}
"""Slurm command to the module whose `run(ctx, argv) -> int` is that command."""

TOOLS = "slurm_cli_proxy.tools.tool"
DEBUG = "SLURM_CLI_PROXY_DEBUG"
_OF_ANSWERS = ("msgspec", "slurm_cli_proxy.notation")
"""Whose errors concern what a server said, when no command has dealt with them: commands deal with their own input."""


def main(argv: list[str] | None = None) -> int:
    """Entry point of every command; `argv` includes the program's name.

    Without `argv` this is the process's own command line, and the process ends here.
    """
    arguments = list(sys.argv) if argv is None else argv
    if argv is None:
        gc.disable()  # nothing to collect in a process this short: decoding a long listing takes half the time
    if argv is None and sys.getfilesystemencoding() != "utf-8":
        arguments = [os.fsencode(argument).decode("utf-8", "surrogateescape") for argument in arguments]
    _let_interrupts_kill()
    name = os.path.basename(arguments[0]) if arguments else OWN_NAME
    rest = arguments[1:]
    # The kernel gives a script the file's path for argv[0]: an absolute one may be what PATH led to.
    called = arguments[0] if arguments and not arguments[0].startswith("/") else ""
    if name not in COMMANDS:
        name, called = OWN_NAME, ""
        if rest and rest[0] in COMMANDS:
            name, rest = rest[0], rest[1:]
    ctx = from_process(name, called)
    try:
        status = run(ctx, rest)
    except BrokenPipeError:
        _die_of("SIGPIPE")
        status = 1
    except KeyboardInterrupt:
        _die_of("SIGINT")
        status = 130
    if argv is None:
        _leave(status)
    return status


def run(ctx: Context, argv: list[str]) -> int:
    """Run the command that `ctx.prog` names; returns its exit status, with everything it printed written.

    BrokenPipeError and KeyboardInterrupt go to the caller: they end a process in their own way.
    """
    try:
        status = _dispatch(ctx, argv)
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as error:
        status = _failed(ctx, error)
        if isinstance(error, OutputError):
            return status
    try:
        ctx.flush()
    except OutputError as error:
        ctx.error(str(error))
        return status or 1
    return status


def _dispatch(ctx: Context, argv: list[str]) -> int:
    lean.import_msgspec()
    if ctx.cluster is None and _may_name_clusters(ctx.environ, argv):
        from slurm_cli_proxy.commands import several

        ended = several.run(ctx, argv)
        if ended is not None:
            return ended
    module = COMMANDS.get(ctx.prog, TOOLS)
    try:
        __import__(module)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        ctx.error("this command is not part of this version of slurm-cli-proxy")
        return 1
    status: int = sys.modules[module].run(ctx, argv)
    return status


def _may_name_clusters(environ: Mapping[str, str], argv: list[str]) -> bool:
    """Whether this could be for other clusters than usual; `several` looks closely."""
    if any(name in environ for name in ("SLURM_CLUSTERS", "SBATCH_CLUSTERS", "SALLOC_CLUSTERS")):
        return True
    return any(word.startswith(("-", "--cl")) and ("M" in word or word.startswith("--cl")) for word in argv)


def _failed(ctx: Context, error: Exception) -> int:
    """Say in one line what no command has dealt with."""
    from slurm_cli_proxy.profiles import ConfigError
    from slurm_cli_proxy.rest.errors import RestError

    if ctx.environ.get(DEBUG):
        import traceback

        ctx.err("".join(traceback.format_exception(error)))
    if isinstance(error, RestError):
        ctx.rest_error(f"{ctx.prog}: error: ", error)
    elif isinstance(error, ConfigError | OutputError):
        ctx.error(str(error))
    elif isinstance(error, ValueError) and type(error).__module__.startswith(_OF_ANSWERS):
        ctx.error(f"unexpected answer: {' '.join(str(error).split())[:300]}")
    else:
        what = " ".join(f"{type(error).__name__}: {error}".split())
        ctx.error(f"internal error: {ctx.blotted(what)[:400]} ({DEBUG}=1 shows where)")
    return 1


def _let_interrupts_kill() -> None:
    """Ctrl-C ends the process at once, by the signal, as it ends the native command.

    Python's own handler would wait for libcurl to return. Left alone where the caller had SIGINT ignored (nohup,
    shell background jobs), which is inherited there as by the native command.
    """
    import signal

    try:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
    except ValueError:  # not the main thread
        pass


def _die_of(name: str) -> None:
    """End by a signal's default action, so that the parent sees what it sees of the native command."""
    import signal

    number = signal.Signals[name]
    try:
        signal.signal(number, signal.SIG_DFL)
    except ValueError:
        return
    os.kill(os.getpid(), number)


def _leave(status: int) -> None:
    """End the process here and now: the interpreter's own tidying up takes 8 ms and has nothing left to do."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # reported already, where there was anybody to report it to
            pass
    os._exit(status)
