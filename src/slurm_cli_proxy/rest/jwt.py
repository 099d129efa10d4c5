"""What a Slurm token (JWT) says of itself. Nothing is verified here: that is the server's work."""

from __future__ import annotations

from msgspec import Struct


class Claims(Struct):
    """`sun`: the Slurm user name; `exp`: seconds since the epoch after which it is worthless. None if not said."""

    sun: str | None = None
    exp: float | None = None


class _Said(Struct):
    sun: object = None
    exp: object = None


def claims(token: str) -> Claims:
    """The claims of a token; empty ones if it is not a readable JWT."""
    from binascii import Error, a2b_base64

    import msgspec

    parts = token.split(".")
    if len(parts) != 3:
        return Claims()
    text = parts[1].replace("-", "+").replace("_", "/")
    try:
        said = msgspec.json.decode(a2b_base64(text + "=" * (-len(text) % 4)), type=_Said)
    except (Error, ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return Claims()
    sun, exp = said.sun, said.exp
    return Claims(
        sun=sun if isinstance(sun, str) and sun else None,
        exp=float(exp) if isinstance(exp, int | float) and not isinstance(exp, bool) else None,
    )
