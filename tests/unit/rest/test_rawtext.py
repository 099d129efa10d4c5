"""Bytes that are no text, on their way through answers."""

from __future__ import annotations

from slurm_cli_proxy.rest import rawtext


def test_carried_and_restored() -> None:
    text = "bad\udcff\udc80bytes ä"
    assert rawtext.restored(rawtext.carried(text)) == text
    assert rawtext.carried(text).encode() == text.encode("utf-8", "surrogateescape").replace(
        b"\xff", b"\xf4\x8f\x9f\xbf"
    ).replace(b"\x80b", b"\xf4\x8f\x9e\x80b")
