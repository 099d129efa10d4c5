"""scontrol: look at and steer jobs, nodes and the cluster."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Final

from slurm_cli_proxy.commands.scontrol.keyword import Keyword, find
from slurm_cli_proxy.commands.scontrol.switches import Ended, Switches
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.options.getopt import Fault, Scanner
from slurm_cli_proxy.options.scontrol import OPTIONS

HERE: Final = "slurm_cli_proxy.commands.scontrol"
PERMUTE_UNLESS: Final = "POSIXLY_CORRECT"
SIGNED: Final = "setdebug"
"""Words that follow a verb that begins so are no options: `setdebugflags -Gres`."""

Handler = Callable[[Context, Sequence[str], Switches], int]


class Verb(Keyword, frozen=True, kw_only=True):
    """A verb; `does` names what carries it out: `module.function` in this package, "" if the API cannot (`unable`).

    `least` to `most` is the number of words that may follow (None: any); `few` says that there are not enough.
    `muted`: of a wrong number of words nothing is said with `--quiet`.  `leaves`: ends the prompt.
    """

    does: str = ""
    least: int = 0
    few: str = "too few arguments for keyword:{word}"
    most: int | None = None
    many: str = "too many arguments for keyword:{word}"
    muted: bool = False
    leaves: bool = False


ONE: Final = "one arguments required for keyword:{word}"
MISSING: Final = "missing argument for keyword:{word}"
ADDRESSES: Final = "one argument required for keyword:{word}"
KEYWORD: Final = "too few arguments for {word} keyword"

VERBS: Final = (
    Verb(name="abort", shortest=5, until=(23, 2)),
    Verb(name="all", shortest=2, does="talk.set_all"),
    Verb(name="cancel_reboot", shortest=3, does="steer.cancel_reboot", least=1, most=1, few=MISSING),
    Verb(name="completing", shortest=2, does="completing.run", most=0),
    Verb(name="cluster", shortest=2, does="clusters.choose"),
    Verb(name="create", shortest=2, does="create.create", least=1, few=KEYWORD),
    Verb(name="details", shortest=1, does="talk.set_details", most=0),
    Verb(name="errnumstr", shortest=2, does="steer.error_text", least=1, most=1, few=ONE, many=ONE),
    Verb(name="errnostr", shortest=2, does="steer.error_text_again", least=1, most=1, few=ONE, many=ONE),
    Verb(name="exit", shortest=2, does="talk.leave", most=0, leaves=True),
    Verb(
        name="getaddrs",
        shortest=8,
        since=(23, 2),
        does="addresses.run",
        least=1,
        most=1,
        few=ADDRESSES,
        many=ADDRESSES,
    ),
    Verb(name="gethost", shortest=7, least=2, few="two arguments required for keyword:{word}"),
    Verb(name="hash_file", shortest=15, least=1, few=MISSING),
    Verb(name="hash", shortest=9, least=1, few=MISSING),
    Verb(name="help", shortest=2, does="talk.give_help"),
    Verb(name="hide", shortest=2, does="talk.set_hide"),
    Verb(name="oneliner", shortest=1, does="talk.set_one_line", most=0),
    Verb(name="pidinfo", shortest=3, least=1, most=1, few=MISSING),
    Verb(name="ping", shortest=3, does="talk.ping", most=0),
    Verb(name="power", shortest=2, since=(23, 2), until=(25, 5), least=2, most=3),
    Verb(name="power", shortest=2, since=(25, 5), least=2),
    Verb(name="\\q", shortest=2, does="talk.leave", most=0),
    Verb(name="quiet", shortest=4, does="talk.set_quiet", most=0),
    Verb(name="quit", shortest=4, does="talk.leave", most=0, leaves=True),
    Verb(name="reboot_nodes", shortest=3),
    Verb(name="reconfigure", shortest=3, does="steer.reconfigure"),
    Verb(name="requeue", shortest=3, does="requeue.requeue", least=1, muted=True),
    Verb(name="requeuehold", shortest=11, does="requeue.requeue_held", least=1, muted=True),
    Verb(name="hold", shortest=4, does="hold.hold", least=1, muted=True),
    Verb(name="holdu", shortest=5, does="hold.user_hold", least=1, muted=True),
    Verb(name="uhold", shortest=5, does="hold.user_hold", least=1, muted=True),
    Verb(name="release", shortest=3, does="hold.release", least=1, muted=True),
    Verb(name="suspend", shortest=2, least=1, muted=True),
    Verb(name="resume", shortest=3, least=1, muted=True),
    Verb(name="top", shortest=3, least=1, most=1, muted=True),
    Verb(name="token", shortest=3),
    Verb(name="wait_job", shortest=2, does="wait_job.run", least=1, muted=True, most=1),
    Verb(name="setdebugflags", shortest=9, least=1, most=1, muted=True, until=(23, 2)),
    Verb(name="setdebugflags", shortest=9, least=1, muted=True),
    Verb(name="fsdampeningfactor", shortest=3, least=1, most=1, muted=True),
    Verb(name="fairsharedampeningfactor", shortest=3, least=1, most=1, muted=True),
    Verb(name="setdebug", shortest=2, least=1, most=1, muted=True, until=(23, 2)),
    Verb(name="setdebug", shortest=2, least=1, most=2, muted=True),
    Verb(name="schedloglevel", shortest=3, least=1, most=1, muted=True),
    Verb(name="show", shortest=3, does="show.run", least=1, muted=True),
    Verb(name="write", shortest=5, does="script.write", least=1, most=3),
    Verb(name="takeover", shortest=8, does="steer.take_over"),
    Verb(name="shutdown", shortest=8, most=1),
    Verb(name="update", shortest=1, does="update.run", least=1, few=KEYWORD),
    Verb(name="delete", shortest=1, does="create.delete", least=1, few=KEYWORD),
    Verb(name="verbose", shortest=4, does="talk.set_verbose"),
    Verb(name="version", shortest=4, does="talk.tell_version"),
    Verb(name="listpids", shortest=1, most=2),
    Verb(name="listjobs", shortest=1, since=(23, 2), most=1),
    Verb(name="liststeps", shortest=1, since=(23, 2), most=1),
    Verb(name="getent", shortest=6),
    Verb(name="notify", shortest=1, least=2),
    Verb(name="callerid", shortest=3, least=4, most=5),
)
"""In the native command's sequence, which decides what a shortened verb means."""


def run(ctx: Context, argv: list[str]) -> int:
    """The command; returns its exit status."""
    switches = Switches(ctx.environ)
    first = next((word for word in argv if not word.startswith("-")), "")
    permute = PERMUTE_UNLESS not in ctx.environ and not first.lower().startswith(SIGNED)
    scanner = Scanner("scontrol", argv, OPTIONS, ctx.release, permute=permute, called=ctx.called)
    for event in scanner:
        if isinstance(event, Fault):
            ctx.err(event.told(ctx.prog))
            return 1
        if event.option.dest in ("json", "yaml"):
            from slurm_cli_proxy.commands import documents

            switches.document = documents.requested(ctx, event.option.dest, event.value)
            if switches.document is None:
                return 1
            continue
        if event.option.dest in ("federation", "sibling", "uid"):
            from slurm_cli_proxy.commands.scontrol import clusters

            if not clusters.option(ctx, switches, event.option.dest, event.value or ""):
                return 0
            continue
        done = _set(ctx, switches, event.option.dest)
        if done is not None:
            return done
    switches.argv, switches.operands = argv, scanner.operands
    if ctx.cluster is not None:
        from slurm_cli_proxy.commands.scontrol import clusters

        clusters.chosen(ctx, switches, ctx.cluster.name)
    try:
        if not scanner.operands:
            from slurm_cli_proxy.commands.scontrol import prompt

            return prompt.run(ctx, switches)
        return obey(ctx, scanner.operands, switches)
    except Ended as ended:
        return ended.status


def _set(ctx: Context, switches: Switches, option: str) -> int | None:
    """Take an option into account; the exit status where it ends the call."""
    if option in ("help", "version"):
        from slurm_cli_proxy.commands.scontrol import talk

        return talk.give_help(ctx, (), switches) if option == "help" else talk.tell_version(ctx, (), switches)
    if option in ("all", "hide"):
        switches.all = option == "all"
    elif option == "quiet":
        switches.quiet = True
    elif option == "verbose":
        switches.quiet = False
        switches.verbose += 1
    elif option == "details":
        switches.details = True
    elif option == "future":
        switches.future = True
    elif option == "oneliner":
        switches.one_line = True
    return None


def find_verb(word: str, release: tuple[int, int]) -> Verb | None:
    """The verb that a word stands for."""
    return find(VERBS, word, release)


def obey(ctx: Context, words: Sequence[str], switches: Switches) -> int:
    """Carry out one command line."""
    word, args = words[0], words[1:]
    switches.word = word
    verb = find_verb(word, ctx.release)
    if verb is None:
        ctx.err(f"invalid keyword: {word}\n")
        return 1
    if len(args) < verb.least:
        return switches.refuse(ctx, verb.few.format(word=word), loud=not verb.muted)
    if verb.most is not None and len(args) > verb.most:
        return switches.refuse(ctx, verb.many.format(word=word), loud=not verb.muted)
    if not verb.does:
        from slurm_cli_proxy.commands.scontrol import unable

        return unable.verb(ctx, verb.name, args, switches)
    if switches.document is not None and verb.name == "ping":
        from slurm_cli_proxy.commands.scontrol import document

        return document.run(ctx, "ping", None, switches)
    return handler(verb.does)(ctx, args, switches)


def handler(name: str) -> Handler:
    """What `module.function` names; only that module is imported."""
    module, _, function = name.partition(".")
    full = f"{HERE}.{module}"
    __import__(full)
    found: Handler = getattr(sys.modules[full], function)
    return found
