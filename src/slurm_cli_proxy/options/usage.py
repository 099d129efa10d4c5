"""The `--usage` and `--help` texts of a command, made from its option table."""

from __future__ import annotations

from collections.abc import Iterable

from slurm_cli_proxy.options.spec import Option, Release, for_release

WIDTH = 80
INDENT = 2
COLUMN = 30  # where descriptions start; an option that reaches into it has its description on the next line


def usage(prog: str, options: Iterable[Option], release: Release, *, synopsis: str = "") -> str:
    """The short text: every option of this release in brackets, wrapped, then `synopsis` (the operands)."""
    words = [f"[{_brief(option)}]" for option in for_release(options, release) if option.help]
    words += synopsis.split()
    lines = [f"Usage: {prog}"]
    hang = " " * (len("Usage: ") + len(prog))
    for word in words:
        if len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append(hang)
        lines[-1] += f" {word}"
    return "\n".join(lines) + "\n"


def help_text(prog: str, options: Iterable[Option], release: Release, *, synopsis: str = "[OPTIONS]") -> str:
    """The long text: each option of this release with its description, under its `group`'s heading.

    Groups stand in the order in which the table first names them.  Options not done yet are marked.
    """
    groups: dict[str, list[Option]] = {}
    for option in for_release(options, release):
        if option.help:
            groups.setdefault(option.group, []).append(option)
    lines = [f"Usage: {prog} {synopsis}".rstrip()]
    for heading, members in groups.items():
        lines.append("")
        if heading:
            lines.append(f"{heading}:")
        for option in members:
            lines += _entry(option)
    return "\n".join(lines) + "\n"


def _brief(option: Option) -> str:
    if option.short and (not option.long or option.arg != "optional"):
        return f"-{option.short}" + (f" {option.metavar}" if option.arg != "none" else "")
    return _long(option)


def _long(option: Option) -> str:
    if option.arg == "none":
        return f"--{option.long}"
    if option.arg == "optional":
        return f"--{option.long}[={option.metavar}]"
    return f"--{option.long}={option.metavar}"


def _entry(option: Option) -> list[str]:
    short = f"-{option.short}" if option.short else ""
    if option.long:
        names = f"{short}, {_long(option)}" if short else f"    {_long(option)}"
    else:
        attached = {"none": "", "required": f" {option.metavar}", "optional": f"[{option.metavar}]"}
        names = short + attached[option.arg]
    text = option.help if option.done else f"{option.help} (not supported yet)"
    head = " " * INDENT + names
    described = _wrap(text, WIDTH - COLUMN)
    if len(head) + 2 > COLUMN:
        return [head] + [" " * COLUMN + line for line in described]
    return [head.ljust(COLUMN) + described[0]] + [" " * COLUMN + line for line in described[1:]]


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns; a word longer than that has a line to itself."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return lines
