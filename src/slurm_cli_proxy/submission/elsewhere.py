"""A job on its way to a cluster that has other folders: by the profile's `paths`, `default_chdir`, `rewrite_script`.

Nothing here happens where the profile maps no paths.
"""

from __future__ import annotations

import os
from typing import Any, Final

from slurm_cli_proxy.context import Context, decode, encode
from slurm_cli_proxy.options.values import BadValue
from slurm_cli_proxy.translation.paths import Paths

_VARIABLES: Final = ("SLURM_CONTAINER", "SLURM_SUBMIT_DIR")
"""Variables of sbatch's own that hold a path."""
_FILES: Final = ("container", "error", "input", "output")
"""Options of a step (by `dest`) whose value is a path."""


def sent(ctx: Context, job: dict[str, Any], *, chdir: bool = False) -> dict[str, Any]:
    """The job in the cluster's names. BadValue if its working folder is none there.

    `chdir`: the folder was named by an option, where it may be the cluster's own name for it.
    """
    names = ctx.client.names
    if names is None:
        return job
    paths = names.paths
    if paths is None:
        return names.job(job)
    here = job["current_working_directory"]
    there = _folder(ctx, paths, here, chdir=chdir)
    for field in ("standard_error", "standard_output", "standard_input"):
        if job.get(field) == f"{here}/":  # no file but the folder was named
            job[field] = f"{there}/"
    job = names.job(job)
    job["current_working_directory"] = there
    job["environment"] = [_variable(paths, entry, there) for entry in job["environment"]]
    return job


def _folder(ctx: Context, paths: Paths, here: str, *, chdir: bool) -> str:
    """The working folder there."""
    for name in _names(ctx, here):
        moved = paths.moved(name, folder=True)
        if moved is not None:
            return moved
    profile = ctx.profile
    if chdir and paths.is_there(here):
        return here
    if profile.default_chdir:
        return profile.default_chdir
    where = profile.origin.get("paths", "paths")
    key = f"clusters.{profile.name}.paths" if profile.name else "paths"
    key = f"{where}: {key}" if where != "SLURM_CLI_PROXY_PATHS" else where
    raise BadValue(
        f"{ctx.prog}: error: the working directory {here} is in no folder that the cluster has:"
        f' add {{ local = "{here}", remote = "..." }} to {key}, or set default_chdir'
    )


def _names(ctx: Context, here: str) -> list[str]:
    """The folder as it is called, and as the shell calls it, which may have come there by a link."""
    shells = ctx.environ.get("PWD", "")
    others = shells.startswith("/") and shells != here and os.path.realpath(shells) == here
    return [here, shells] if others else [here]


def _variable(paths: Paths, entry: str, folder: str) -> str:
    name, equals, value = entry.partition("=")
    if name not in _VARIABLES:
        return entry
    moved = paths.moved(value, folder=name == "SLURM_SUBMIT_DIR")
    if moved is None:
        moved = folder if name == "SLURM_SUBMIT_DIR" else value
    return name + equals + moved


def arguments(ctx: Context, words: list[str]) -> list[str]:
    """A script's own path and its arguments; these only if scripts are translated."""
    names = ctx.client.names
    if names is None or names.paths is None or not words:
        return words
    paths = names.paths
    rest = words[1:]
    if ctx.profile.rewrite_script:
        rest = [decode(paths.text_to_cluster(encode(word))) for word in rest]
    return [paths.to_cluster(words[0]), *rest]


def step_options(ctx: Context, options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The options of a step (`dest`, `--name=value`), with files as the cluster has them."""
    names = ctx.client.names
    if names is None or names.paths is None:
        return options
    found = []
    for dest, word in options:
        name, equals, value = word.partition("=")
        found.append((dest, name + equals + names.paths.to_cluster(value) if dest in _FILES else word))
    return found


def script(ctx: Context, text: bytes, *, verbose: bool) -> bytes:
    """The batch script, with the paths in it as the cluster has them if the profile wants that."""
    names = ctx.client.names
    if names is None or names.paths is None or not ctx.profile.rewrite_script:
        return text
    there = names.paths.text_to_cluster(text)
    if verbose:
        pairs = zip(text.split(b"\n"), there.split(b"\n"), strict=True)
        for number, (before, after) in enumerate(pairs, 1):
            if before != after:
                ctx.err(f"{ctx.prog}: rewrite_script: line {number}: {decode(after)}\n")
    return there
