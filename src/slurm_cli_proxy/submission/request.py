"""What a submission asks for: every option, variable and directive that was met, read and put in its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

from slurm_cli_proxy.options.submission import SubmitOption
from slurm_cli_proxy.options.values import At, Sets

_LAST_MAIL_COUNTS: Final = (25, 5)


def _join_mail(known: Mapping[str, Any], value: Any, at: At) -> list[str]:
    """Events of several `--mail-type`s add up before 25.05."""
    before = known.get("mail_type", []) if at.release < _LAST_MAIL_COUNTS else []
    return [*before, *(event for event in value if event not in before)]


def _join_mem_bind(known: Mapping[str, Any], value: Any, at: At) -> Sets:
    """A `--mem-bind` adds to those before it, but for the type and what it undoes by name."""
    undone = value.pop("mem_bind_undone")
    kept = [flag for flag in known.get("mem_bind_type", []) if flag not in (*undone, *value["mem_bind_type"])]
    value["mem_bind_type"] = [*kept, *value["mem_bind_type"]]
    if not value["mem_bind_type"]:
        value["mem_bind_type"] = None
    return Sets(value)


def _join_signal(values: Mapping[str, Any], asked: Any, at: At) -> Sets:
    """A later signal leaves the flags of an earlier one."""
    return Sets(
        {**asked, "signal_flags": [*dict.fromkeys([*values.get("signal_flags", []), *asked["signal_flags"]])]}
    )


_JOINED: Final[dict[str, Callable[[Mapping[str, Any], Any, At], object]]] = {
    "mail_type": _join_mail,
    "mem_bind": _join_mem_bind,
    "signal": _join_signal,
}
"""Options that add to what was asked for before, instead of replacing it."""


PER_COMPONENT: Final = frozenset(
    (
        "bb", "bbf", "consolidate_segments", "constraint", "contiguous", "core_spec", "cores_per_socket", "cpu_freq",
        "cpus_per_gpu", "cpus_per_task", "distribution", "exclusive", "extra_node_info", "gpu_bind", "gpu_freq",
        "gpus", "gpus_per_node", "gpus_per_socket", "gpus_per_task", "gres", "gres_flags", "licenses", "mail_type",
        "mail_user", "mem_bind", "mem_per_cpu", "mem_per_gpu", "mincpus", "network", "nodefile", "nodelist", "nodes",
        "ntasks", "ntasks_per_core", "ntasks_per_gpu", "ntasks_per_node", "ntasks_per_socket", "ntasks_per_tres",
        "overcommit", "oversubscribe", "partition", "power", "resources", "segment", "sockets_per_node", "spread_job",
        "spread_segments", "switches", "thread_spec", "threads_per_core", "tmp", "tres_bind", "tres_per_task",
        "use_min_nodes",
    )
)  # fmt: skip
"""Options (by `dest`) that each component of a heterogeneous job must ask for itself; others outlive theirs."""


class Request:
    """Settings by name, and for each option whether it came from the command line or the environment.

    Later readings override earlier ones: directives of the script first, then variables, then the command line.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.texts: dict[str, str] = {}
        self._met: dict[str, str] = {}
        self._keys: dict[str, tuple[str, ...]] = {}

    def take(self, option: SubmitOption, text: str | None, at: At) -> None:
        """Read an option's text; BadValue when it cannot be read."""
        value = option.read(text, at)
        self._met[option.dest] = at.where
        self.texts[option.dest] = text or ""
        self._keys[option.dest] = tuple(value) if isinstance(value, Sets) else (option.sets or option.dest,)
        if option.dest in _JOINED:
            value = _JOINED[option.dest](self.values, value, at)
        if isinstance(value, Sets):
            self.values.update(value)
            for name in [name for name, setting in value.items() if setting is None]:
                del self.values[name]
        elif value is None:
            self.forget(option.dest, option.sets)
        else:
            self.values[option.sets or option.dest] = value

    def forget(self, *names: str) -> None:
        """As if these had not been asked for."""
        for name in names:
            self.values.pop(name, None)
            self._met.pop(name, None)

    def undo(self, options: Collection[str]) -> None:
        """As if these options (by their `dest`) had not been met."""
        for dest in options:
            if dest in self._met:
                self.forget(dest, *self._keys[dest])

    def as_variables(self) -> None:
        """Let everything met so far count as variables do: whatever comes later overrides it without a conflict."""
        self._met = dict.fromkeys(self._met, "env")

    def copy(self) -> Request:
        """Another request that asks for the same."""
        other = Request()
        other.values = dict(self.values)
        other.texts = dict(self.texts)
        other._met = dict(self._met)
        other._keys = dict(self._keys)
        return other

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
