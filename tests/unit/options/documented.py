"""docs/options.md: every option of the submission table, and what carries it in each API version.

Nothing of it is written by hand: each option is read with a sample value, settled, and described as a job by the code
that submits; what that adds to a job without the option is put into the words of each API version.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from slurm_cli_proxy.options.spec import Release
from slurm_cli_proxy.options.submission import CLIENT, OPTIONS, STEP, SubmitOption
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.options.variables import SALLOC, SBATCH, SRUN
from slurm_cli_proxy.rest import payload
from slurm_cli_proxy.submission.job import describe
from slurm_cli_proxy.submission.request import Request
from slurm_cli_proxy.submission.settle import settle, settle_last

TARGET: Final = Path(__file__).parents[3] / "docs" / "options.md"

SERVED_BY: Final[dict[str, tuple[Release, ...]]] = {
    "v0.0.38": ((22, 5),),
    "v0.0.39": ((23, 2),),
    "v0.0.40": ((24, 11),),
    "v0.0.41": ((24, 11),),
    "v0.0.42": ((26, 5), (24, 11)),
    "v0.0.43": ((26, 5),),
    "v0.0.44": ((26, 5),),
    "v0.0.45": ((26, 5),),
}
"""Releases that serve a version; the first that has the option counts."""

SAMPLES: Final[dict[str, str]] = {
    "acctg_freq": "task=60", "array": "1-2", "begin": "2037-01-01", "container": "/bundle", "cpu_freq": "high",
    "core_spec": "1", "thread_spec": "1", "deadline": "2037-01-01", "delay_boot": "5", "dependency": "singleton",
    "distribution": "cyclic", "extra_node_info": "2", "gpu_bind": "closest", "gpu_freq": "high", "gpus": "1",
    "gpus_per_node": "1", "gpus_per_socket": "1", "gpus_per_task": "1", "gres": "gpu:1", "hint": "nomultithread",
    "gres_flags": "enforce-binding", "kill_on_invalid_dep": "yes", "licenses": "matlab", "mail_type": "END",
    "mem": "1G", "mem_bind": "local", "mem_per_cpu": "1G", "mem_per_gpu": "1G", "mem_update": "10@5", "nice": "5",
    "nodelist": "node1", "nodes": "2", "open_mode": "append", "power": "level", "priority": "5", "profile": "task",
    "segment": "1", "signal": "B:USR1@60", "switches": "1@5", "time": "5", "time_min": "5", "tmp": "1G",
    "tres_bind": "gres/gpu:closest", "tres_per_task": "cpu=2", "wait_all_nodes": "1", "exclude": "node1",
    "gid": "0", "uid": "0", "output": "o", "error": "e", "input": "i", "job_name": "x",
}  # fmt: skip
"""A value of each option that takes another than the text `1`."""

WITH: Final[dict[str, tuple[tuple[str, str | None], ...]]] = {
    "cpus_per_gpu": (("gpus", "1"),),
    "gpu_bind": (("gpus", "1"),),
    "gpus_per_socket": (("sockets_per_node", "1"),),
    "gpus_per_task": (("ntasks", "1"),),
    "mem_per_gpu": (("gpus", "1"),),
    "ntasks_per_gpu": (("gpus", "1"),),
    "ntasks_per_tres": (("gpus", "1"),),
    "nodelist": (("nodes", "1"),),
    "resv_ports": (("stepmgr", None),),
}
"""What an option needs beside it."""

OTHERWISE: Final[dict[str, Any]] = {
    "required_nodes": "node1", "current_working_directory": "/", "name": "x", "environment": ["A=1"],
    "user_id": "0", "group_id": "0", "tasks_per_core": 1,
}  # fmt: skip
"""Fields that are no setting's alone; `script` is beside the job in every version."""

SPECIAL: Final = frozenset(
    {"bbf", "chdir", "export", "export_file", "get_user_env", "job_name", "nodefile", "propagate", "wrap"}
)
"""Options whose fields are filled from a file, the script or the environment, which are not read here."""

HEAD: Final = """# Options of the submitting commands, and what carries them

Made by `script/options` from the table of options and the code that submits; do not edit by hand.

`s`, `a`, `r`: an option of sbatch, salloc, srun. An API version's column shows the job's field in that version's
words; "same" is the newest one's; "client" acts on this side and needs no field; "step" goes to the cluster's own
srun; a blank: no release that serves the version has the option; "no" and a number: that version cannot carry it,
the reason stands below. The proxy then takes the newest version of the server that can, and ends in an error before
anything is sent if none does.
v0.0.39 was not tried on a server.

"""


def text() -> str:
    """The whole page."""
    reasons: dict[str, int] = {}
    lines: list[str] = []
    groups: dict[str, list[SubmitOption]] = {}
    for option in OPTIONS:
        groups.setdefault(option.group or "Others", []).append(option)
    for group in sorted(groups, key=lambda name: (name == "Others", name)):
        lines += [f"## {group}", "", *_table(groups[group], reasons), ""]
    lines += ["## Why not", "", *(f"{number}. {reason}" for reason, number in reasons.items())]
    return HEAD + "\n".join(lines) + "\n"


def _table(options: list[SubmitOption], reasons: dict[str, int]) -> Iterator[str]:
    versions = list(SERVED_BY)
    yield "| option | of | variables | " + " | ".join(versions) + " |"
    yield "| --- " * (3 + len(versions)) + "|"
    for option in sorted(options, key=lambda one: one.long):
        cells = [cell(option, version, reasons) for version in versions]
        newest = next((found for found in reversed(cells) if found and not found.startswith("no ")), "")
        shown = ["same" if found == newest and found.startswith("`") else found for found in cells]
        if "same" in shown:
            shown[len(shown) - 1 - shown[::-1].index("same")] = newest
        yield f"| {_name(option)} | {_commands(option)} | {_variables(option)} | " + " | ".join(shown) + " |"


def _name(option: SubmitOption) -> str:
    value = option.metavar.replace("|", "\\|") or ("VALUE" if option.arg == "required" else "")
    sign = {"required": f"={value}", "optional": f"[={value}]", "none": ""}[option.arg]
    short = f", `-{option.short}`" if option.short else ""
    since = f", since {_release(option.since)}" if option.since > (22, 5) else ""
    until = f", until {_release(option.until)}" if option.until else ""
    return f"`--{option.long}{sign}`{short}{since}{until}"


def _release(release: Release) -> str:
    return f"{release[0]}.{release[1]:02}"


def _commands(option: SubmitOption) -> str:
    return "".join(letter for mark, letter in (("b", "s"), ("a", "a"), ("r", "r")) if mark in option.commands)


def _variables(option: SubmitOption) -> str:
    tables = (("b", SBATCH), ("a", SALLOC), ("r", SRUN))
    found = [
        f"`{variable.name}`"
        for command, table in tables
        if command in option.commands
        for variable in table
        if variable.dest == option.dest
    ]
    return " ".join(dict.fromkeys(found))


def cell(option: SubmitOption, version: str, reasons: dict[str, int]) -> str:
    """What one version makes of one option; a reason that is new is added to `reasons`."""
    release = next((release for release in SERVED_BY[version] if option.exists_in(release)), None)
    if release is None:
        return ""
    if not option.done:
        return _no("not supported by this version of slurm-cli-proxy", reasons)
    if option.job in (CLIENT, STEP):
        return str(option.job)
    try:
        names = carried(option, version, release)
    except payload.NotCarried as error:
        return _no(f"`{error.field}` {error.why or 'has no place in this version'}", reasons)
    except BadValue as error:
        return _no(error.lines[-1].partition("error: ")[2], reasons)
    return " ".join(f"`{name}`" for name in names)


def _no(reason: str, reasons: dict[str, int]) -> str:
    return f"no {reasons.setdefault(reason, len(reasons) + 1)}"


def carried(option: SubmitOption, version: str, release: Release) -> list[str]:
    """The names of the fields that carry the option in that version; NotCarried."""
    fields = asked_for(option, release)
    body = payload.submission(version, "", fields)["job"]
    unasked = payload.submission(version, "", {})["job"]
    names = [name for name in body if name in fields or name not in unasked]
    return [*names, "script"] if "script" in option.job.split() else names


def asked_for(option: SubmitOption, release: Release) -> dict[str, Any]:
    """The fields that the option adds to a job."""
    if option.dest in SPECIAL:
        return {name: OTHERWISE[name] for name in option.job.split() if name in OTHERWISE}
    text = None if option.arg == "none" else SAMPLES.get(option.dest, "1")
    if option.arg == "optional" and option.dest not in SAMPLES:
        text = None
    beside = list(WITH.get(option.dest, ()))
    without, with_it = _job(beside, release), _job([*beside, (option.dest, text)], release)
    return {name: value for name, value in with_it.items() if without.get(name) != value}


def _job(options: list[tuple[str, str | None]], release: Release) -> dict[str, Any]:
    rows = {option.dest: option for option in OPTIONS if option.exists_in(release)}
    request = Request()
    at = At("sbatch", release, lambda: 1.8e9)
    for dest, value in options:
        if dest not in rows:
            continue
        request.take(rows[dest], value, at)
    settle(request, at)
    settle_last(request, at)
    request["name"] = "x"
    return dict(describe(request, release, arguments=[], folder="/", environment={}))


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
