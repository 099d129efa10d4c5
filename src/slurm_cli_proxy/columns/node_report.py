"""What `scontrol show node` prints of a node, and on which line of which release.

Some lines end in a space there, which stands behind the last value below; 24.11 has a line with nothing on it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from slurm_cli_proxy.columns.job_values import NULL, View
from slurm_cli_proxy.layout.report import INDENT, Item
from slurm_cli_proxy.notation import nodestate, tres
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.records.node import Node
from slurm_cli_proxy.records.number import INFINITE, Number, number

Render = Callable[[Node, View], "str | None"]

NOT_SET: Final = "N/A"
DEFAULT_PORT: Final = 6818


def word(field: str, absent: str | None = NULL) -> Render:
    """A text; `absent` for none (None: the item is left out)."""
    return lambda node, view: getattr(node, field) or absent


def count(field: str) -> Render:
    return lambda node, view: str(getattr(node, field))


def moment(field: str) -> Render:
    """A point in time; None for one that never was."""

    def render(node: Node, view: View) -> str:
        when = number(getattr(node, field))
        return view.time(when) if when else "None"

    return render


def spaced(render: Render) -> Render:
    """`render`, with a space behind it."""

    def spaced(node: Node, view: View) -> str | None:
        text = render(node, view)
        return None if text is None else text + " "

    return spaced


def detail(render: Render) -> Render:
    """`render`, with -d."""
    return lambda node, view: render(node, view) if view.details else None


def effective_cpus(node: Node, view: View) -> str:
    """The CPUs that jobs may have; v0.0.38 tells them as a trackable resource."""
    if node.effective_cpus is not None:
        return str(node.effective_cpus)
    try:
        return str(tres.parse(node.tres or "").get("cpu", node.cpus))
    except NotationError:
        return str(node.cpus)


def load(node: Node, view: View) -> str:
    return NOT_SET if node.load is None else f"{node.load / 100:.2f}"


def features(field: str) -> Render:
    return lambda node, view: getattr(node, field) or NULL


def port(node: Node, view: View) -> str | None:
    """The port that slurmd listens on, where it is not the usual one."""
    return str(node.port) if node.port != DEFAULT_PORT else None


def free_memory(node: Node, view: View) -> str:
    return NOT_SET if node.free_memory_mb is None else str(node.free_memory_mb)


def state(node: Node, view: View) -> str:
    return nodestate.complete(node.state_number, view.release)


def owner(node: Node, view: View) -> str:
    """Who has the node to himself; his number, which stands behind natively, the API does not tell."""
    return node.owner or NOT_SET


def next_state(node: Node, view: View) -> str | None:
    """What becomes of the node after a reboot that has been asked for."""
    told = node.next_state_after_reboot
    names = [told] if isinstance(told, str) else list(told or ())
    if not names or names[0].upper() == "INVALID":
        return None
    state = nodestate.number([*names, *(node.next_state_after_reboot_flags or ())])
    return nodestate.long(state, view.release)


def partitions(node: Node, view: View) -> str | None:
    return ",".join(node.partitions) if node.partitions else None


def resume_after(node: Node, view: View) -> str:
    when = number(node.resume_after)
    return view.time(when) if when else "None"


def suspend_time(node: Node, view: View) -> str | None:
    """Idle seconds after which the node is put to sleep."""
    seconds = number(node.suspend_time)
    if seconds is None:
        return "None"
    return "INFINITE" if seconds is INFINITE else str(seconds)


def watts(node: Node, view: View) -> str:
    """Two values at once, for one is not told without the other; v0.0.38 tells neither."""
    energy = node.energy
    current: Number = energy.current_watts if energy else 0
    if number(current) is None:
        absent = "n/a" if view.release >= (26, 5) else "n/s"
        return f"CurrentWatts={absent} AveWatts={absent}"
    return f"CurrentWatts={number(current)} AveWatts={energy.average_watts if energy else 0}"


def reason(node: Node, view: View) -> str | None:
    """The reason and, behind its first line, by whom and when it was given."""
    if not node.reason:
        return None
    first, *more = [line for line in node.reason.split("\n") if line] or [""]
    if node.reason_time:
        first += f" [{node.reason_set_by_user or 'root'}@{view.time(node.reason_time)}]"
    between = " " if view.one_line else f"\n{INDENT}"
    return between.join([first, *(f"       {line}" for line in more)])


def specialized(node: Node, view: View) -> str | None:
    """What is set aside for the system; these values have spaces behind them."""
    text = ""
    if node.specialized_cores:
        text += f"CoreSpecCount={node.specialized_cores} "
    if node.specialized_cpus:
        text += f"CPUSpecList={node.specialized_cpus} "
    if node.specialized_memory:
        text += f"MemSpecLimit={node.specialized_memory}"
    return text or None


LINES: Final[tuple[tuple[Item[Node], ...], ...]] = (
    (
        Item("NodeName", word("name")),
        Item("Arch", word("architecture", None)),
        Item("CoresPerSocket", spaced(count("cores"))),
    ),
    (
        Item("CPUAlloc", count("alloc_cpus")),
        Item("CPUEfctv", effective_cpus),
        Item("CPUTot", count("cpus")),
        Item("CPULoad", load),
    ),
    (Item("AvailableFeatures", features("feature_text")),),
    (Item("ActiveFeatures", features("active_feature_text")),),
    (Item("Gres", word("gres")),),
    (Item("GresDrain", detail(word("gres_drained", None))),),
    (Item("GresUsed", detail(word("gres_used", None))),),
    (
        Item("NodeAddr", word("address", None)),
        Item("NodeHostName", word("hostname", None)),
        Item("BcastAddr", word("burstbuffer_network_address", None)),
        Item("Port", port),
        Item("Version", lambda node, view: node.slurmd_release),
        Item("", lambda node, view: None if node.slurmd_release else ""),
    ),
    (Item("OS", spaced(word("operating_system", None))),),
    (
        Item("RealMemory", count("real_memory")),
        Item("AllocMem", count("alloc_memory")),
        Item("FreeMem", free_memory),
        Item("Sockets", count("sockets")),
        Item("Boards", count("boards")),
    ),
    (Item("", specialized),),
    (
        Item("State", state),
        Item("ThreadsPerCore", count("threads")),
        Item("TmpDisk", count("temporary_disk")),
        Item("Weight", count("weight")),
        Item("Owner", owner),
        Item("MCS_label", word("mcs_label", NOT_SET)),
    ),
    (Item("NextState", next_state),),
    (Item("Partitions", spaced(partitions)),),
    (Item("BootTime", moment("boot_time")), Item("SlurmdStartTime", moment("slurmd_start_time"))),
    (
        Item("LastBusyTime", lambda node, view: view.time(node.last_busy)),
        Item("ResumeAfterTime", resume_after, since=(23, 2)),
        Item("SuspendTime", suspend_time, since=(26, 5)),
    ),
    (Item("CfgTRES", word("tres", "")),),
    (Item("AllocTRES", word("tres_used", "")),),
    (Item("CapWatts", lambda node, view: "n/a", until=(23, 11)),),
    (Item("", watts),),
    (
        Item(
            "", lambda node, view: "ExtSensorsJoules=n/s ExtSensorsWatts=0 ExtSensorsTemp=n/s", until=(24, 11)
        ),
    ),
    (Item("", lambda node, view: "", since=(24, 11), until=(25, 5)),),
    (Item("Reason", reason),),
    (Item("Comment", word("comment", None)),),
    (Item("Extra", word("extra", None)),),
    (
        Item("InstanceId", word("instance_id", None), since=(23, 2)),
        Item("InstanceType", word("instance_type", None), since=(23, 2)),
    ),
    (Item("ReservationName", word("reservation", None), since=(23, 2)),),
)
