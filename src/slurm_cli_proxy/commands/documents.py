"""`--json[=PARSER]` and `--yaml[=PARSER]`, the same for every command that has them.

A data parser is an API version: the document is slurmrestd's answer in that version, but for `meta`, which tells of
the command.  Facts:

* 22.05 knows no parser, filters nothing, and prints the answer of v0.0.38 as it is (without a line end behind JSON).
* Since then a wrong parser is complained of only once the data has been asked for.
* SLURM_JSON: `compact` and any other word but `pretty` write it on one line.  SLURM_YAML: `no_tag`, and
  `compact` alone folds no line.  Both variables are read, whichever document is asked for.
* Flags follow the version, `+` before each.  `complex` writes plain numbers; others make no difference in a document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.layout import document
from slurm_cli_proxy.layout.document import Members
from slurm_cli_proxy.rest import rawtext
from slurm_cli_proxy.rest.client import Client
from slurm_cli_proxy.rest.marks import without_marks
from slurm_cli_proxy.rest.wire import Query

_STYLES_SINCE: Final = (25, 5)  # since then SLURM_JSON and SLURM_YAML say how a document is written
_STYLES: Final = {"json": "SLURM_JSON", "yaml": "SLURM_YAML"}
_STYLE_NAMES: Final = frozenset({"compact", "pretty", "complex", "no_tag"})
_FLAGS: Final = ("fast", "complex", "prefer_refs", "minimize_refs", "inline_enums")
_MIMES: Final = {"json": "application/json", "yaml": "application/x-yaml"}
_EMPTY_TEXT_SINCE: Final = (25, 5)  # since then a file that is not named is an empty text
_WHOLE_COMMAND_SINCE: Final = (25, 5)  # before that the last word is missing in meta


class Form(msgspec.Struct, frozen=True):
    """What was asked for: `kind` is json or yaml; `parser` what stands behind `=`, None where nothing does.

    `styles`: how it is to be written.
    """

    kind: str
    parser: str | None = None
    styles: frozenset[str] = frozenset()

    @property
    def flags(self) -> list[str]:
        """What follows the parser's name."""
        return (self.parser or "").split("+")[1:]

    @property
    def name(self) -> str:
        """The parser's name."""
        return (self.parser or "").partition("+")[0]

    def version(self, client: Client) -> str:
        """The API version that is the parser; "" if there is no such parser."""
        if self.parser is None:
            return client.version
        wanted = self.name.removeprefix("data_parser/")
        return wanted if wanted in client.served and "," not in self.parser else ""


def requested(
    ctx: Context, kind: str, parser: str | None, *, before: Callable[[], None] = lambda: None
) -> Form | None:
    """What an option `--KIND[=PARSER]` asks for; None where the environment is wrong, which is told: native ends.

    `before`: tells what is to be told before that.
    """
    styles = {}
    if not ctx.environ.keys().isdisjoint(_STYLES.values()) and ctx.release >= _STYLES_SINCE:
        for name, variable in _STYLES.items():
            text = ctx.environ.get(variable, "")
            styles[name] = frozenset(word for word in text.lower().split(",") if word)
            if styles[name] - _STYLE_NAMES:
                before()
                ctx.err(f'{ctx.prog}: fatal: Unable to parse serializer "{text}" flags: Invalid argument\n')
                return None
    return Form(kind, parser, styles.get(kind, frozenset()))


def ask(
    client: Client, version: str, path: str, query: Query | None = None, *, plugin: str = "slurm"
) -> Members:
    """The answer to GET /PLUGIN/VERSION/PATH, taken apart."""
    members: Members = client.get(f"/{plugin}/{version}/{path}", query=query, type=dict[str, msgspec.Raw])
    if "jobs" in members:
        members["jobs"] = msgspec.Raw(without_marks(bytes(members["jobs"])))
    return members


def complain(ctx: Context, form: Form) -> int:
    """Lists the parsers if they were asked for, or tells that there is none such; the exit status."""
    client = ctx.client
    if (form.parser or "").lower() == "list":
        ctx.err("Possible data_parser plugins:\n")
        ctx.out("".join(f"data_parser/{version}\n" for version in client.served))
        return 0
    parser = form.parser or ""
    name = form.name if form.name.startswith("data_parser/") else f"data_parser/{form.name}"
    if not parser:
        ctx.error("data_parser_g_new: invalid plugin ")
    elif not form.name:
        ctx.error("data_parser_g_new: unable to find plugin ")
    elif "," in parser:
        ctx.error(f"data_parser_g_new: rejecting ambiguous plugin {parser}")
    else:
        ctx.error(f"load_plugins: unable to find plugin: {name}")
        ctx.error(
            "data_parser_g_new: failure loading plugins: Plugin has invalid format or unable to be loaded"
        )
    ctx.error(f"{_MIMES[form.kind]} output not supported by data_parser/{client.version}")
    return 1


def show(
    ctx: Context,
    form: Form,
    version: str,
    members: Members,
    argv: Sequence[str],
    operands: Sequence[str],
    *,
    command: Sequence[str] | None = None,
) -> None:
    """Print a document; its errors and warnings are the command's own, its meta tells of the command.

    `command`: what meta calls the command line, where that is not made of `argv` as usual.
    """
    for flag in form.flags:
        if flag.lower() not in _FLAGS:
            ctx.err(f"{ctx.prog}: warning: data_parser/{version} ignoring unknown flag {flag}\n")
    is_complex = any(flag.lower() == "complex" for flag in form.flags)
    if is_complex:
        whole = frozenset({"user", "standard_error"} if ctx.release >= _EMPTY_TEXT_SINCE else {"user"})
        members = {
            name: document.raw(_complex(document.plain(value), whole)) if name != "meta" else value
            for name, value in members.items()
        }
    meta = _meta(ctx, "+".join([version, *form.flags]), members["meta"], argv, operands)
    if command is not None:
        meta["command"] = list(command)
    members["meta"] = document.raw(_complex(meta, frozenset()) if is_complex else meta)
    if form.kind == "json":
        compact = bool(form.styles) and "pretty" not in form.styles
        ctx.out(document.json_text(members, compact=compact))
    else:
        folded = form.styles != {"compact"}
        ctx.out(document.yaml_text(members, tags="no_tag" not in form.styles, folded=folded) + "\n")


def _complex(value: Any, whole: frozenset[str]) -> Any:
    """The flag `complex`, with what it does to members that are not told of any more."""
    if isinstance(value, list):
        for record in value:
            if isinstance(record, dict) and (record.get("power") or {}).get("flags") == []:
                record["power"]["flags"] = None
    return document.simplified(value, whole=whole)


def show_as_answered(
    ctx: Context,
    form: Form,
    path: str,
    query: Query | None = None,
    *,
    plugin: str = "slurm",
    tolerate: Sequence[int] = (),
) -> None:
    """22.05: print the answer; also one with errors of the numbers `tolerate`."""
    client = ctx.client
    body: Any = client.get(
        f"/{plugin}/{client.version}/{path}", query=query, type=msgspec.Raw, tolerate=tolerate
    )
    if form.kind == "yaml":
        members = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
        ctx.out(document.yaml_text(members, nulls=plugin == "slurm"))
    else:
        ctx.out(document.text(bytes(body)))


def _meta(
    ctx: Context, version: str, answered: msgspec.Raw, argv: Sequence[str], operands: Sequence[str]
) -> dict[str, object]:
    told = document.plain(answered)
    plugin = told.get("plugin") or {}
    words = list(argv)
    for operand in operands:
        words.remove(operand)
    command = [ctx.called, *words, *operands]
    if ctx.release < _WHOLE_COMMAND_SINCE:
        command.pop()
    return {
        "plugin": {
            "type": "",
            "name": "",
            "data_parser": f"data_parser/{version}",
            "accounting_storage": plugin.get("accounting_storage", ""),
        },
        "client": {"source": "", "user": ctx.user, "group": _group(ctx)},
        "command": [rawtext.carried(word) for word in command],
        "slurm": told.get("slurm"),
    }


def _group(ctx: Context) -> str:
    """The caller's group on this machine; on the cluster a user's first group mostly has the user's name."""
    import grp
    import os

    if ctx.user == ctx.login:
        try:
            return grp.getgrgid(os.getgid()).gr_name
        except KeyError:
            pass
    return ctx.user
