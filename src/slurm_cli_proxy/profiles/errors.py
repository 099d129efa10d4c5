"""What is wrong with the configuration."""

from __future__ import annotations


class ConfigError(Exception):
    """The configuration cannot be used; the text names the file (or variable) and the key, and holds no secret."""
