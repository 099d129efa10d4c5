"""`slurm-cli-proxy clusters`: the clusters of the configuration."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy import profiles
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.profiles.layers import read_files, without_server
from slurm_cli_proxy.tools.arguments import Parser, add_json, guarded, print_json, token_source

WHAT: Final = """The clusters that the configuration files and variables describe.  The one that a call would speak to
has a star.  Nothing is sent."""


@guarded
def run(ctx: Context, argv: list[str]) -> int:
    """List them; 0 even when there are none."""
    parser = Parser(ctx, "clusters", WHAT)
    add_json(parser)
    given = parser.parse_args(argv)
    names = sorted(read_files(ctx.environ).clusters)
    try:
        current = profiles.load(ctx.environ)
    except profiles.ConfigError:
        current = None
    found = [profiles.load(without_server(ctx.environ), cluster=name) for name in names]
    if current and current.name not in names:
        found.append(current)
    rows = [
        {
            "name": one.name,
            "current": current is not None and (one.name, one.url) == (current.name, current.url),
            "url": one.url,
            "user": one.user,
            "token": token_source(one),
        }
        for one in found
    ]
    if given.json:
        print_json(ctx, {"clusters": rows})
        return 0
    if not rows:
        ctx.error("no cluster is configured: slurm-cli-proxy login, or set SLURM_CLI_PROXY_URL")
    for row in rows:
        name = str(row["name"]) or "(environment)"
        ctx.out(
            f"{'*' if row['current'] else ' '} {name:<16} {row['url']:<40} {row['user'] or '-':<12} {row['token']}\n"
        )
    return 0
