"""`slurm-cli-proxy completion SHELL`: what the shell needs to complete the options of the commands.

The words are in the script itself, so that completing asks nobody and starts nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Final

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.main import COMMANDS, OWN_NAME
from slurm_cli_proxy.tools.arguments import Parser, guarded

_SUBMITTING: Final = {"sbatch": "b", "salloc": "a", "srun": "r"}
WHAT: Final = """Prints what makes a shell complete the long options of the commands.  bash: eval "$(slurm-cli-proxy
completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc, after compinit; fish: slurm-cli-proxy completion fish >
~/.config/fish/completions/slurm-cli-proxy.fish, and source that from config.fish."""


@guarded
def run(ctx: Context, argv: list[str]) -> int:
    """Print the script."""
    parser = Parser(ctx, "completion", WHAT)
    parser.add_argument("shell", choices=sorted(SHELLS))
    given = parser.parse_args(argv)
    ctx.out(SHELLS[given.shell](words()))
    return 0


def words() -> dict[str, dict[str, str]]:
    """Command to its words, each with what it is."""
    from slurm_cli_proxy.tools.tool import TOOLS

    found = {name: options(name) for name in sorted(COMMANDS)}
    return {name: told for name, told in found.items() if told} | {
        OWN_NAME: {**TOOLS, **dict.fromkeys(COMMANDS, "")}
    }


def options(command: str) -> dict[str, str]:
    """The long options of a command, and scontrol's verbs."""
    from slurm_cli_proxy.options.spec import Option

    table: Iterable[Option]
    if command in _SUBMITTING:
        from slurm_cli_proxy.options.submission import options_of

        table = options_of(_SUBMITTING[command])
    else:
        name = f"slurm_cli_proxy.options.{command}"
        try:
            __import__(name)
        except ModuleNotFoundError:
            return {}
        table = sys.modules[name].OPTIONS
    found = {f"--{option.long}": option.help for option in table if option.long and option.help}
    if command == "scontrol":
        from slurm_cli_proxy.commands.scontrol import VERBS

        found |= {verb.name: "" for verb in VERBS if verb.name.isalpha()}
    return found


def _bash(table: dict[str, dict[str, str]]) -> str:
    cases = "".join(f"        {name}) words='{' '.join(told)}' ;;\n" for name, told in table.items())
    return f"""\
_slurm_cli_proxy() {{
    local words= command=${{COMP_WORDS[0]##*/}}
    if [[ $command == {OWN_NAME} && $COMP_CWORD -gt 1 ]]; then command=${{COMP_WORDS[1]}}; fi
    case $command in
{cases}    esac
    if [[ $command != {OWN_NAME} && $command != scontrol && $2 != -* ]]; then return; fi
    COMPREPLY=( $(compgen -W "$words" -- "$2") )
}}
complete -o default -F _slurm_cli_proxy {" ".join(table)}
"""


def _zsh(table: dict[str, dict[str, str]]) -> str:
    cases = "".join(
        f"        {name}) choices=({' '.join(_zsh_word(word, what) for word, what in told.items())}) ;;\n"
        for name, told in table.items()
    )
    return f"""\
_slurm_cli_proxy() {{
    local command=$service
    if [[ $command == {OWN_NAME} && $CURRENT -gt 2 ]]; then command=${{words[2]}}; fi
    local -a choices
    case $command in
{cases}    esac
    if [[ $PREFIX == -* || $command == {OWN_NAME} || $command == scontrol ]]; then
        _describe option choices && return
    fi
    _files
}}
compdef _slurm_cli_proxy {" ".join(table)}
"""


def _zsh_word(word: str, what: str) -> str:
    return _quoted(f"{word}:{what.replace(':', ' ')}" if what else word)


def _fish(table: dict[str, dict[str, str]]) -> str:
    lines = []
    for command, told in table.items():
        within = f"-c {OWN_NAME} -n '__fish_seen_subcommand_from {command}'"
        for word, what in told.items():
            option = word.startswith("--")
            how = (f"-l {word[2:]}" if option else f"-a {word}") + (
                f" -d {_fish_quoted(what)}" if what else ""
            )
            first = "" if option else " -n __fish_use_subcommand"
            lines.append(f"complete -c {command}{first} {how}\n")
            if command != OWN_NAME:
                lines.append(f"complete {within} {how}\n")
    return "".join(lines)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


SHELLS: Final = {"bash": _bash, "zsh": _zsh, "fish": _fish}
