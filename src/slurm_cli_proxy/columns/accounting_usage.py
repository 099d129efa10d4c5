"""How sacct's columns render resources: what was asked for, had, and used."""

from __future__ import annotations

from typing import Final

from slurm_cli_proxy.columns.accounting_line import Cell, Line, Render, View
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.notation.memory import UNITS, format_units
from slurm_cli_proxy.records.accounting import Tres, Usage
from slurm_cli_proxy.records.number import number

_DOUBLES_SINCE: Final = (22, 11)  # before, a step's frequency is cut to a whole number


def amount(value: float, unit: str, view: View, *, exact: bool = True, base: int = 1024) -> str:
    """A quantity counted in `unit`, as `--units` and `--noconvert` want it."""
    if not value:
        return "0"
    if view.unit:
        return _in_unit(value, unit, view.unit, base)
    if base == 1024:
        return format_units(value, unit, exact=exact, convert=view.convert)
    index = UNITS.index(unit)
    while view.convert and value >= base:
        value /= base
        index += 1
    return _text(value, UNITS[index])


def _in_unit(value: float, unit: str, wanted: str, base: int) -> str:
    power = UNITS.index(wanted) - UNITS.index(unit)
    return _text(value / base**power if power >= 0 else value * base**-power, wanted)


def _text(value: float, unit: str) -> str:
    return f"{int(value)}{unit}" if value == int(value) else f"{value:.2f}{unit}"


_COUNTED_IN: Final = {"mem": "M", "vmem": "M", "bb": "M"}
_CONVERTED: Final = ("fs", "ic", "pages")


def tres_text(tres: list[Tres] | None, view: View) -> str | None:
    """What a job or step has of each resource: `billing=2,cpu=2,mem=1000M,node=1`."""
    parts = []
    for one in tres or ():
        if one.count is None or one.count < 0:
            continue
        unit = _COUNTED_IN.get(one.type or "", "")
        parts.append(f"{one.full_name}={amount(one.count, unit, view) if unit else one.count}")
    return ",".join(sorted(parts)) or None


def usage_text(tres: list[Tres] | None, view: View) -> str | None:
    """What a step used of each resource: `cpu=00:00:01,energy=0,fs/disk=44118,mem=66708K`."""
    parts = []
    for one in tres or ():
        count = one.count
        if count is None or count < 0:
            continue
        if one.type == "cpu":
            shown = duration.format_seconds(count // 1000)
        elif one.type in _COUNTED_IN or one.type in _CONVERTED:
            shown = amount(count, "", view)
        else:
            shown = str(count)
        parts.append(f"{one.full_name}={shown}")
    return ",".join(sorted(parts)) or None


def usage(part: str, kind: str) -> Render:
    """A list of a step's usage: `requested` or `consumed`, then `max`, `min`, `average` or `total`."""
    return lambda line, view: usage_text(_usage(line, part, kind), view)


def usage_nodes(part: str, kind: str) -> Render:
    """The node of each resource's least or greatest task."""

    def render(line: Line, view: View) -> Cell:
        return (
            ",".join(sorted(f"{one.full_name}={one.node}" for one in _usage(line, part, kind) if one.node))
            or None
        )

    return render


def usage_tasks(part: str, kind: str) -> Render:
    """The number of each resource's least or greatest task; energy is a node's."""

    def render(line: Line, view: View) -> Cell:
        found = [one for one in _usage(line, part, kind) if one.type != "energy" and one.task is not None]
        return ",".join(sorted(f"{one.full_name}={one.task}" for one in found)) or None

    return render


def _usage(line: Line, part: str, kind: str) -> list[Tres]:
    tres = line.step.tres if line.step else None
    chosen: Usage | None = getattr(tres, part) if tres else None
    return (getattr(chosen, kind) if chosen else None) or []


def _one(line: Line, part: str, kind: str, name: str) -> Tres | None:
    return next((one for one in _usage(line, part, kind) if one.full_name == name), None)


def bytes_of(part: str, kind: str, name: str) -> Render:
    """How much of a resource, in the unit that fits: `3328K`."""

    def render(line: Line, view: View) -> Cell:
        one = _one(line, part, kind, name)
        return None if one is None or one.count is None else amount(one.count, "", view)

    return render


def disk_of(part: str, kind: str) -> Render:
    """Megabytes read or written."""

    def render(line: Line, view: View) -> Cell:
        one = _one(line, part, kind, "fs/disk")
        if one is None or one.count is None:
            return None
        if not one.count:
            return "0"
        return f"{one.count / 1048576:.2f}M"

    return render


def cpu_of(kind: str) -> Render:
    """CPU time of a task."""

    def render(line: Line, view: View) -> Cell:
        one = _one(line, "requested", kind, "cpu")
        return None if one is None or one.count is None else duration.format_seconds(one.count // 1000)

    return render


def node_of(part: str, kind: str, name: str) -> Render:
    """The node of the task that used least or most."""

    def render(line: Line, view: View) -> Cell:
        one = _one(line, part, kind, name)
        return one.node if one else None

    return render


def task_of(part: str, kind: str, name: str) -> Render:
    """The number of the task that used least or most."""

    def render(line: Line, view: View) -> Cell:
        one = _one(line, part, kind, name)
        return one.task if one else None

    return render


def frequency(line: Line, view: View) -> Cell:
    """AveCPUFreq: kHz."""
    if not line.step:
        return None
    statistics = line.step.statistics
    bits = (statistics.CPU.actual_frequency if statistics and statistics.CPU else None) or 0
    if view.release >= _DOUBLES_SINCE and isinstance(bits, int) and bits > 1 << 40:
        import struct

        bits = struct.unpack("<d", struct.pack("<Q", bits))[0]
    return amount(bits, "K", view, exact=False, base=1000)


def energy(line: Line, view: View) -> Cell:
    """ConsumedEnergy, in joules."""
    used = energy_raw(line, view)
    return None if used is None else amount(float(used), "", view, exact=False, base=1000)


def energy_raw(line: Line, view: View) -> Cell:
    """The same as a mere number; of a job that had a batch step alone nothing is shown."""
    if line.step is None:
        steps = getattr(line.job, "steps", None) or ()
        return None if steps and all(one.step.part == "batch" for one in steps) else 0
    statistics = line.step.statistics if line.step else None
    return number(statistics.energy.consumed) if statistics and statistics.energy else None


def requested_frequency(kind: str) -> Render:
    """ReqCPUFreqMin and the like: numbers of kHz, words where there are none."""

    def render(line: Line, view: View) -> Cell:
        if not line.step or not line.step.CPU:
            return "Unknown"
        asked = line.step.CPU.requested_frequency
        value = number(getattr(asked, kind)) if asked else None
        return "Unknown" if value is None else amount(value, "K", view, exact=False, base=1000)

    return render


def governor(line: Line, view: View) -> Cell:
    """ReqCPUFreqGov."""
    if not line.step or not line.step.CPU:
        return "Unknown"
    told = line.step.CPU.governor
    if isinstance(told, list):  # v0.0.38 gives all bits of an unset one
        return "Unknown" if len(told) > 3 else ",".join(told) or "0"
    return told or "Unknown"
