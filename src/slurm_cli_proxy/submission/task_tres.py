"""From 23.02 on --cpus-per-task and --gpus-per-task are parts of --tres-per-task, and GPUs for tasks bind them.

A part that `--tres-per-task` has already keeps its place and gets the other option's number; else it comes first.
"""

from __future__ import annotations

import re
from typing import Final

from slurm_cli_proxy.options.values import At, BadValue, int32, leading_number
from slurm_cli_proxy.submission.request import Request

SINCE: Final = (23, 2)
_CASE_SINCE: Final = (25, 5)  # before, `CPU=2` sets the CPUs, too
_ALL_PARTS_SINCE: Final = (25, 5)  # before, only the first of --gpus-per-task counts
_NO_TASK_TRES: Final = ("mem", "energy", "node", "billing", "fs", "vmem", "pages", "bb")
_GPU: Final = "gres/gpu"


def settle_task_tres(request: Request, at: At) -> None:
    """Complete `tres_per_task` and `cpus_per_task`; BadValue where they contradict each other."""
    if at.release < SINCE:
        return
    parts: list[str] = request["tres_per_task"].split(",") if "tres_per_task" in request else []
    for part in parts:
        name = next((name for name in _NO_TASK_TRES if part.lower().startswith(name)), None)
        if name is not None:
            raise _fatal(at, f"Invalid TRES for --tres-per-task: {name}")
    _gpus(request, parts, at)
    _cpus(request, parts, at)
    if parts:
        request["tres_per_task"] = ",".join(parts)


def _fatal(at: At, message: str) -> BadValue:
    return BadValue(f"{at.prog}: fatal: {message}", status=1)


def _find(parts: list[str], name: str) -> int | None:
    """Where the part of that name stands: also in longer words (`gres/gpu:a100=1`, `xcpu=2`), whatever the case."""
    return next((place for place, part in enumerate(parts) if name in part.lower()), None)


def _number(part: str, name: str) -> int:
    """What follows the name, in 32 bits; 0 where another character than `=` or `:` comes next."""
    after = part[part.lower().index(name) + len(name) :]
    return int32(leading_number(after[1:])[0]) if after[:1] in ("=", ":") else 0


def _put(parts: list[str], name: str, number: int) -> None:
    place = _find(parts, name)
    if place is None:
        parts.insert(0, f"{name}={number}")
    else:
        parts[place] = f"{name}={number}"


def _gpus(request: Request, parts: list[str], at: At) -> None:
    wanted = task_gpus(request.get("gpus_per_task", ""), at)
    clash = next((name for name in wanted if _find(parts, name) is not None), None)
    if clash is not None and not request.by_environment("tres_per_task"):
        if request.by_user("gpus_per_task"):
            raise _fatal(
                at,
                "You can not have --tres-per-task=gres/gpu= and --gpus-per-task please use one or the other",
            )
        wanted = {}
    elif clash is not None and request.by_environment("gpus_per_task"):
        theirs = leading_number(parts[_find(parts, clash) or 0][len(clash) + 1 :])[0]
        if theirs == 0:
            raise _fatal(at, f"Invalid --tres-per-task={clash}=0")
        if at.release < _ALL_PARTS_SINCE:
            raise _fatal(
                at,
                f"gpus-per-task set by two different environment variables SLURM_GPUS_PER_TASK={wanted[clash]}"
                f" != SLURM_TRES_PER_TASK=cpu={theirs}",
            )
        wanted = {}
    if not wanted:
        request.forget("gpus_per_task")
    for name, number in wanted.items():
        _put(parts, name, number)


def task_gpus(text: str, at: At) -> dict[str, int]:
    """The parts of --gpus-per-task: `a100:2,1` is `gres/gpu:a100` 2 and `gres/gpu` 1.

    No number at all, or 0, is nothing asked for; in a later part it is a mistake, but a colon without one takes back
    the GPUs of no type before it. Before 25.05 all is one part.
    """
    found: dict[str, int] = {}
    for place, part in enumerate(text.split(",") if at.release >= _ALL_PARTS_SINCE else [text]):
        kind, sign, amount = part.partition(":") if ":" in part else part.partition("=")
        number = int32(leading_number(amount if sign else part)[0])
        name = f"{_GPU}:{kind}" if sign else _GPU
        if number == 0 and sign and amount[:1] != "0":
            found.pop(_GPU, None)
            continue
        if number == 0 and place == 0:
            return {}
        if number == 0 and (amount if sign else part)[:1] == "0":
            raise _fatal(at, f"Invalid --tres-per-task={name}=0")
        if number == 0:
            break
        found.setdefault(name, number)
    return found


def _cpus(request: Request, parts: list[str], at: At) -> None:
    place = _find(parts, "cpu")
    if place is not None and request.by_user("cpus_per_task"):
        if request.by_user("tres_per_task"):
            raise _fatal(
                at, "You can not have --tres-per-task=cpu= and --cpus-per-task please use one or the other"
            )
    elif place is not None and (at.release < _CASE_SINCE or "cpu" in parts[place]):
        number = _number(parts[place], "cpu")
        if number <= 0:
            raise _fatal(at, f"Invalid --tres-per-task=cpu={number}")
        if "cpus_per_task" not in request:
            request["cpus_per_task"] = number
            return
    if "cpus_per_task" in request:
        _put(parts, "cpu", request["cpus_per_task"])


def _gpu_number(part: str) -> int:
    """How many GPUs a part asks for: one where it gives no number."""
    after = part.partition(_GPU)[2]
    if after and after[0] not in ":=":
        return 0
    amount = re.split("[=:]", after)[-1] or "1"
    number, rest = leading_number(amount)
    return 1 if rest else number


def bind_gpus(request: Request, at: At) -> None:
    """GPUs for tasks bind them, unless another binding is asked for."""
    if at.release < SINCE or "tres_bind" in request:
        return
    if "gpu_bind" in request:
        request["tres_bind"] = f"{_GPU}:{request['gpu_bind']}"
        return
    counts = [_gpu_number(part) for part in request.get("tres_per_task", "").split(",") if _GPU in part]
    number = sum(counts) if at.release >= _ALL_PARTS_SINCE else sum(counts[:1])
    if number:
        request["tres_bind"] = f"{_GPU}:per_task:{number}"
