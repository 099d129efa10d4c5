"""What `scontrol -d show job` adds: the resources on each node; and CPU frequencies."""

from __future__ import annotations

from typing import Any, Final

from slurm_cli_proxy.notation import hostlist
from slurm_cli_proxy.records.job import Job, NodeShare, node_shares
from slurm_cli_proxy.records.number import Number, number, number_or

NULL: Final = "(null)"


def all_gres(job: Job, view: Any) -> str | None:
    """The generic resources on all nodes together, e.g. `gpu:a100:2`; nothing for a job without resources."""
    if not _allocated(job):
        return None
    totals: dict[str, int] = {}
    for entry in job.gres_detail or ():
        for one in _split(entry):
            name, _, count = one.split("(")[0].rpartition(":")
            totals[name] = totals.get(name, 0) + (int(count) if count.isdigit() else 0)
    return ",".join(f"{name}:{count}" for name, count in totals.items()) or NULL


def by_node(job: Job, view: Any) -> str | None:
    """A line for each set of nodes that give the job the same: their CPUs, memory in MB, generic resources."""
    if not _allocated(job):
        return None
    gres = job.gres_detail or []
    lines: list[tuple[list[str], str]] = []
    for index, share in enumerate(node_shares(job.job_resources)):
        has = gres[index] if index < len(gres) else ""
        text = f"CPU_IDs={_cpu_ids(job, share, view)} Mem={share.memory} GRES={has}"
        if lines and lines[-1][1] == text:
            lines[-1][0].append(share.name)
        else:
            lines.append(([share.name], text))
    indent = "" if view.one_line and view.release >= (26, 5) else "  "
    said = [f"{indent}Nodes={hostlist.compress(names)} {text}" for names, text in lines]
    return (" " if view.one_line else "\n   ").join(said) or None


def _allocated(job: Job) -> bool:
    return bool(job.job_resources and node_shares(job.job_resources))


def _split(entry: str) -> list[str]:
    """`gpu:a100:2(IDX:0,1),craynetwork:1` at the commas outside of parentheses."""
    parts, depth = [""], 0
    for letter in entry:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part]


def _cpu_ids(job: Job, share: NodeShare, view: Any) -> str:
    """The numbers of the CPUs: the threads of a core have neighbouring ones."""
    cores, threads = view.shape_of(share.name)
    told = number_or(job.job_resources.threads_per_core, 0) if job.job_resources else 0
    used = told if 0 < told < threads else threads
    ids: list[int] = []
    for socket, members in share.cores.items():
        for core in members:
            first = (socket * cores + core) * threads
            ids.extend(range(first, first + used))
    return _ranges(ids)


def _ranges(ids: list[int]) -> str:
    text: list[str] = []
    start = previous = -2
    for one in [*ids, -9]:
        if one == previous + 1:
            previous = one
            continue
        if start >= 0:
            text.append(str(start) if start == previous else f"{start}-{previous}")
        start = previous = one
    return ",".join(text)


_LEVELS: Final = {
    0x80000001: "Low",
    0x80000002: "Medium",
    0x80000003: "High",
    0x80000004: "Highm1",
}
_GOVERNORS: Final = {
    0x88000000: "Conservative",
    0x84000000: "OnDemand",
    0x82000000: "Performance",
    0x81000000: "PowerSave",
    0x80800000: "UserSpace",
    0x80400000: "SchedUtil",
}


def frequency(job: Job, view: Any) -> str | None:
    """`CPU_min_freq=… CPU_max_freq=… Governor=…`, as far as asked for; the parts before the governor end in a space."""
    minimum = job.cpu_frequency_minimum
    low = _level(minimum if minimum is not None else job.cpu_frequency_minimum_v38)
    high = _level(job.cpu_frequency_maximum)
    governor = number(job.cpu_frequency_governor)
    text = f"CPU_min_freq={low} " if low else ""
    text += f"CPU_max_freq={high} " if high else ""
    if governor:
        text += f"Governor={_GOVERNORS.get(governor, _level(governor) or governor)}"
    return text or None


def _level(value: Number) -> str:
    told = number(value)
    return _LEVELS.get(told, str(told)) if told else ""
