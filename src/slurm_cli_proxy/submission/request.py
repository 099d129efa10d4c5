"""What a submission asks for: every option, variable and directive that was met, read and put in its place."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from slurm_cli_proxy.options.submission import SubmitOption
from slurm_cli_proxy.options.values import At, Sets


class Request:
    """Settings by name, and for each option whether it came from the command line or the environment.

    Later readings override earlier ones: directives of the script first, then variables, then the command line.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.texts: dict[str, str] = {}
        self._met: dict[str, str] = {}

    def take(self, option: SubmitOption, text: str | None, at: At) -> None:
        """Read an option's text; BadValue when it cannot be read."""
        value = option.read(text, at)
        self._met[option.dest] = at.where
        self.texts[option.dest] = text or ""
        if isinstance(value, Sets):
            self.values.update(value)
        elif value is None:
            self.forget(option.dest, option.sets)
        else:
            self.values[option.sets or option.dest] = value

    def forget(self, *names: str) -> None:
        """As if these had not been asked for."""
        for name in names:
            self.values.pop(name, None)
            self._met.pop(name, None)

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def __setitem__(self, name: str, value: Any) -> None:
        self.values[name] = value

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def by_user(self, *names: str) -> list[str]:
        """Those that the command line or the script asks for."""
        return [name for name in names if self._met.get(name) in ("cli", "script")]

    def by_environment(self, *names: str) -> list[str]:
        """Those that only a variable asks for."""
        return [name for name in names if self._met.get(name) == "env"]

    def has_gpus(self) -> bool:
        """Whether generic resources are asked for."""
        return any(
            name in self.values
            for name in ("gres", "gpus", "gpus_per_node", "gpus_per_socket", "gpus_per_task")
        )

    def met(self) -> Collection[str]:
        """The `dest` of every option that was met."""
        return self._met.keys()
