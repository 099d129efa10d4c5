"""`slurm-cli-proxy whoami`: the user and cluster that a call would speak for and to."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.context import Context
from slurm_cli_proxy.rest.auth import AuthError
from slurm_cli_proxy.rest.errors import RestError
from slurm_cli_proxy.tools import reach
from slurm_cli_proxy.tools.arguments import (
    Parser,
    add_cluster,
    add_json,
    chosen,
    client_of,
    guarded,
    print_json,
    token_source,
)

WHAT: Final = """Who you are on the cluster: the user, where the token comes from and until when it is good, and
whether the server takes it."""


@guarded
def run(ctx: Context, argv: list[str]) -> int:
    """Tell; 1 when the server does not take the credentials or cannot be reached."""
    parser = Parser(ctx, "whoami", WHAT)
    add_cluster(parser)
    add_json(parser)
    given = parser.parse_args(argv)
    profile = chosen(ctx, given.cluster)
    client = client_of(ctx, profile)
    trouble = ""
    until: float | None = None
    try:
        until = reach.expiry(reach.credentials(ctx, profile).token)
        reach.knock(client)
    except AuthError as error:
        trouble = str(error)
    except RestError as error:
        trouble = error.detail or error.text
    facts: dict[str, object] = {
        "user": client.user,
        "login": ctx.login,
        "cluster": profile.name,
        "url": profile.url,
        "token": token_source(profile),
        "expires": None if until is None else reach.moment(until),
        "release": None,
        "api_version": None,
        "trouble": trouble or None,
    }
    if not trouble:
        facts |= {"release": client.release_text, "api_version": client.version}
    if given.json:
        print_json(ctx, facts)
    else:
        for name, value in facts.items():
            if value and name != "trouble":
                ctx.out(f"{name:<12} {value}\n")
    if trouble:
        ctx.error(trouble)
    return 1 if trouble else 0
