"""`slurm-cli-proxy link DIR`: a folder for a service's PATH that has the Slurm commands and nothing else."""

from __future__ import annotations

import os
import sys
import sysconfig
from typing import Final

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.main import COMMANDS
from slurm_cli_proxy.tools.arguments import Parser, add_json, guarded, print_json

WHAT: Final = """Puts links to the Slurm commands of slurm-cli-proxy, and nothing else, into a folder.  With that
folder on its PATH a service needs no virtual environment.  What stands there under such a name already is left alone
unless --force says otherwise."""


@guarded
def run(ctx: Context, argv: list[str]) -> int:
    """Make the links; 1 when one could not be made, and then none of those that stood in the way was touched."""
    parser = Parser(ctx, "link", WHAT)
    parser.add_argument("dir", metavar="DIR", help="the folder; it is made if it is not there")
    parser.add_argument("--force", action="store_true", help="replace what stands there under these names")
    add_json(parser)
    given = parser.parse_args(argv)
    if not given.dir:
        parser.error("DIR is empty")
    source = installed()
    if not source:
        ctx.error("the installed commands are not to be found; is slurm-cli-proxy installed by pip?")
        return 1
    folder = os.path.abspath(os.path.join(ctx.cwd, given.dir))
    try:
        os.makedirs(folder, exist_ok=True)
        if os.path.samefile(folder, source):
            ctx.error(f"{folder}: the commands are installed in this very folder")
            return 1
        made = [link(folder, source, name, force=given.force) for name in sorted(COMMANDS)]
    except OSError as error:
        ctx.error(f"{error.filename or folder}: {error.strerror}")
        return 1
    taken = [path for path, state in made if state == "taken"]
    if given.json:
        print_json(ctx, {"folder": folder, "source": source, "links": dict(made)})
    for path in taken:
        ctx.error(f"{path}: exists, and is not a link to {source} (--force replaces it)")
    if not given.json and not taken:
        ctx.out(f"{len(made)} commands in {folder}; put it first on the service's PATH\n")
    return 1 if taken else 0


def installed() -> str:
    """The folder that holds the installed commands, "" when there is none."""
    folders = [
        os.path.dirname(os.path.realpath(sys.argv[0])),
        sysconfig.get_path("scripts"),
        sysconfig.get_path("scripts", f"{os.name}_user"),
    ]
    for folder in folders:
        if folder and all(os.access(os.path.join(folder, name), os.X_OK) for name in COMMANDS):
            return folder
    return ""


def link(folder: str, source: str, name: str, *, force: bool) -> tuple[str, str]:
    """(path, what became of it): `linked`, `kept` where it was right already, `taken` where something else is."""
    path, target = os.path.join(folder, name), os.path.join(source, name)
    if os.path.islink(path) and os.readlink(path) == target:
        return path, "kept"
    if os.path.lexists(path) and not force:
        return path, "taken"
    temporary = f"{path}.{os.getpid()}.new"
    try:
        os.symlink(target, temporary)
        try:
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    return path, "linked"
