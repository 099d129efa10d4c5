"""Slurm's error numbers and what its commands print for them."""

from __future__ import annotations


def text(number: int, release: tuple[int, int]) -> str:
    """What a command of that release prints for an error number; "" if the number is not known."""
    return _TEXTS.get(number, "")


_TEXTS = {
    1800: "Unable to contact slurm controller (connect failure)",
    1007: "Protocol authentication error",
    5004: "Socket timed out on send/recv operation",
}
