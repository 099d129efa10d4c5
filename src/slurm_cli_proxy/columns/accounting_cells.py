"""How sacct's columns render a job or a step of it."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

from slurm_cli_proxy.columns.accounting_line import Cell, Line, Render, View
from slurm_cli_proxy.columns.accounting_usage import amount, tres_text
from slurm_cli_proxy.notation import duration
from slurm_cli_proxy.records.accounting import AccountingJob, count_of, cpu_time, state_name
from slurm_cli_proxy.records.number import INFINITE, Number, number

_NO_VAL: Final = 0xFFFFFFFE
_PLANNED_SINCE: Final = (22, 11)
_FLAGS: Final = (
    ("STARTED_ON_SUBMIT", "SchedSubmit"),
    ("STARTED_ON_SCHEDULE", "SchedMain"),
    ("STARTED_ON_BACKFILL", "SchedBackfill"),
)


# Makers


def of_job(path: str) -> Render:
    """A text of the job alone."""
    get = _getter(path)
    return lambda line, view: None if line.step else get(line.job) or None


def of_both(path: str) -> Render:
    """A text of the job, shown for its steps, too."""
    get = _getter(path)
    return lambda line, view: get(line.job) or None


def _getter(path: str) -> Callable[[Any], Any]:
    if "." not in path:
        return attrgetter(path)
    first, _, second = path.partition(".")

    def get(record: Any) -> Any:
        inner = getattr(record, first)
        return None if inner is None else getattr(inner, second)

    return get


# Counts


def cpus(line: Line, view: View) -> int:
    """AllocCPUS."""
    if line.step:
        return count_of(line.step.tres.allocated if line.step.tres else None, "cpu") or 0
    found = count_of(line.job.tres.allocated if line.job.tres else None, "cpu")
    if found is None and view.release < _PLANNED_SINCE:
        return required_cpus(line, view)
    return found or 0


def required_cpus(line: Line, view: View) -> int:
    """ReqCPUS."""
    if line.step:
        return cpus(line, view)
    return (number(line.job.required.CPUs) if line.job.required else 0) or 0


def alloc_nodes(line: Line, view: View) -> Cell:
    """AllocNodes."""
    if line.step:
        return step_nodes(line)
    return line.job.allocation_nodes or 0


def nodes(line: Line, view: View) -> Cell:
    """NNodes: those it has, else those it asked for."""
    if line.step:
        return step_nodes(line)
    return alloc_nodes(line, view) or _requested_nodes(line)


def requested_nodes(line: Line, view: View) -> Cell:
    """ReqNodes: a size like others to native."""
    return amount(_requested_nodes(line), "", view)


def _requested_nodes(line: Line) -> int:
    if line.step:
        return step_nodes(line)
    return count_of(line.job.tres.requested if line.job.tres else None, "node") or 0


def step_nodes(line: Line) -> int:
    """How many nodes a step has."""
    return (line.step.nodes.count if line.step and line.step.nodes else 0) or 0


def node_list(line: Line, view: View) -> Cell:
    """NodeList."""
    if line.step:
        return line.step.nodes.range if line.step.nodes else None
    return line.job.nodes or None


def tasks(line: Line, view: View) -> Cell:
    """NTasks."""
    return line.step.tasks.count if line.step and line.step.tasks else None


def requested_memory(line: Line, view: View) -> Cell:
    """ReqMem, of all nodes together."""
    if line.step:
        return None
    asked = count_of(line.job.tres.requested if line.job.tres else None, "mem")
    return None if asked is None else amount(asked, "M", view)


def allocated_tres(line: Line, view: View) -> Cell:
    """AllocTRES."""
    if line.step:
        return tres_text(line.step.tres.allocated if line.step.tres else None, view)
    return tres_text(line.job.tres.allocated if line.job.tres else None, view)


def requested_tres(line: Line, view: View) -> Cell:
    """ReqTRES."""
    return None if line.step else tres_text(line.job.tres.requested if line.job.tres else None, view)


# Times


def _time(line: Line, name: str) -> Number:
    record = line.step.time if line.step else line.job.time
    value: Number = getattr(record, name) if record else None
    return value


def seconds(line: Line, name: str) -> int:
    """A point in time or a duration of the job or step; 0 where it is not told."""
    return number(_time(line, name)) or 0


def at(name: str, of_step: str = "") -> Render:
    """A point in time; a step has `of_step` in its place."""
    return lambda line, view: view.time_text(seconds(line, of_step if line.step and of_step else name))


def start(line: Line, view: View) -> Cell:
    """Start; what never started has no number, which v0.0.38 writes as null and later versions as it is."""
    value = _time(line, "start")
    return view.time_text(_NO_VAL if value is None else value if isinstance(value, int) else number(value))


def lasting(name: str) -> Render:
    """A duration."""
    return lambda line, view: duration.format_seconds(seconds(line, name))


def elapsed_raw(line: Line, view: View) -> Cell:
    """ElapsedRaw."""
    return seconds(line, "elapsed")


def cpu_seconds(line: Line, view: View) -> int:
    """CPUTimeRAW: what it had, times how long."""
    return seconds(line, "elapsed") * cpus(line, view)


def had_time(line: Line, view: View) -> Cell:
    """CPUTime."""
    return duration.format_seconds(cpu_seconds(line, view))


def planned_seconds(line: Line, view: View) -> int | None:
    """How long a job waited, from when it could have run."""
    if line.step:
        return None
    told = number(_time(line, "planned"))
    if told is not None:
        return told
    eligible = seconds(line, "eligible")
    if _never(line):
        return -1 if eligible else 0
    begun = seconds(line, "start") or view.now
    return max(begun - eligible, 0) if 0 < eligible < INFINITE else 0


def _never(line: Line) -> bool:
    """Whether a job ended without having started; a pending one has the time 0."""
    return _time(line, "start") in (None, _NO_VAL)


def planned(line: Line, view: View) -> Cell:
    """Planned; Reserved up to 22.05."""
    value = planned_seconds(line, view)
    return None if value is None else duration.format_seconds(value)


def planned_cpu_seconds(line: Line, view: View) -> Cell:
    """PlannedCPURAW."""
    value = planned_seconds(line, view)
    if value is not None and _never(line) and (eligible := seconds(line, "eligible")):
        value = _NO_VAL - eligible  # as native reckons
    return None if value is None else value * required_cpus(line, view)


def planned_cpu(line: Line, view: View) -> Cell:
    """PlannedCPU."""
    value = planned_cpu_seconds(line, view)
    if value is not None and _never(line) and view.release < _PLANNED_SINCE:
        value = planned_seconds(line, view)
    return None if value is None else duration.format_seconds(int(value))


def time_limit(line: Line, view: View) -> Cell:
    """Timelimit."""
    value = _limit(line)
    return value if value is None or isinstance(value, str) else duration.format_minutes(value)


def _limit(line: Line) -> int | str | None:
    if line.step:
        return None
    limit = number(_time(line, "limit"))
    if limit is None:
        return "Partition_Limit"
    return "UNLIMITED" if limit >= INFINITE else limit


def time_limit_raw(line: Line, view: View) -> Cell:
    """TimelimitRaw: minutes."""
    return _limit(line)


def used_cpu(kind: str) -> Render:
    """TotalCPU, UserCPU, SystemCPU: a job's is that of its steps together."""

    def render(line: Line, view: View) -> Cell:
        steps = (line.step,) if line.step else getattr(line.job, "steps", None) or ()
        return exact_time(*divmod(cpu_time(steps, kind), 1000000))

    return render


def exact_time(whole: int, microseconds: int) -> str:
    """`00:03.406` below an hour, `01:02:03` above, `00:00:00` for nothing."""
    minutes, second = divmod(whole, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return f"{days}-{hour:02}:{minute:02}:{second:02}"
    if hour or microseconds < 1000:
        return f"{hour:02}:{minute:02}:{second:02}"
    return f"{minute:02}:{second:02}.{microseconds // 1000:03}"


# Words


def state(line: Line, view: View) -> Cell:
    """State, with who cancelled it."""
    name = state_name(line.step.state if line.step else line.job.state)
    if name != "CANCELLED":
        return name
    by = line.step.kill_request_user if line.step else line.job.kill_request_user
    if not by:
        return name
    return f"{name} by {view.user_ids.get(by, by)}"


def exit_code(line: Line, view: View) -> Cell:
    """ExitCode: up to 24.11 without what a shell adds for a signal."""
    record = line.step.exit_code if line.step else line.job.exit_code
    if record and record.lost and state_name(line.step.state if line.step else line.job.state) == "FAILED":
        return None
    return _pair(record.pair if record else (0, 0), view)


def derived_exit_code(line: Line, view: View) -> Cell:
    """DerivedExitCode."""
    if line.step:
        return None
    record = line.job.derived_exit_code
    if record and record.lost:
        steps = [one for one in getattr(line.job, "steps", None) or () if one.step.part != "batch"]
        if any(state_name(one.state) == "FAILED" for one in steps):
            return None
    return _pair(record.pair if record else (0, 0), view)


def _pair(pair: tuple[int, int], view: View) -> str:
    code, signal = pair
    if code >= 128 and view.release < (25, 5):
        code -= 128
    return f"{code}:{signal}"


def flags(line: Line, view: View) -> Cell:
    """Flags."""
    if line.step:
        return None
    told = line.job.flags or ()
    found = [shown for name, shown in _FLAGS if name in told]
    if view.release < _PLANNED_SINCE:
        found.append(
            "StartRecieved"
        )  # v0.0.38 does not tell it; every job that the controller reported has it
    elif "START_RECEIVED" in told:
        found.append("StartReceived")
    if "JOB_ALTERED" in told:
        found.append("JobAltered")
    return ",".join(found) or "None"


def job_id(line: Line, view: View | None = None) -> str:
    """JobID: of tasks and components as users write them."""
    job = line.job
    text = str(job.job_id)
    array, het = job.array, job.het
    if array and array.job_id:
        text = f"{array.job_id}_{_task(job)}"
    elif het and het.job_id:
        offset = number(het.job_offset)
        text = f"{het.job_id}+{offset or 0}" if offset is not None else text
    return f"{text}.{line.step.step.part}" if line.step and line.step.step else text


def _task(job: AccountingJob) -> str:
    array = job.array
    assert array
    task = number(array.task_id)
    if task is not None:
        return str(task)
    from slurm_cli_proxy.notation import arrayset

    text = array.task or ""
    limit = (
        array.limits.max.running.tasks
        if array.limits and array.limits.max and array.limits.max.running
        else 0
    )
    if text.startswith("0x"):
        bits = int(text, 16)
        ids = [at for at in range(bits.bit_length()) if bits >> at & 1]
        return f"[{arrayset.format_tasks(ids, limit or 0)}]"
    return f"[{text}]"


def raw_id(line: Line, view: View) -> str:
    """JobIDRaw."""
    text = str(line.job.job_id)
    return f"{text}.{line.step.step.part}" if line.step and line.step.step else text


def job_name(line: Line, view: View) -> Cell:
    """JobName."""
    if line.step:
        return line.step.step.name if line.step.step else None
    return line.job.name


def layout(line: Line, view: View) -> Cell:
    """Layout: how a step's tasks are distributed."""
    return line.step.task.distribution if line.step and line.step.task else None


def submit_line(line: Line, view: View) -> Cell:
    """SubmitLine."""
    return (line.step.submit_line if line.step else line.job.submit_line) or None


def user_id(line: Line, view: View) -> Cell:
    """UID."""
    return None if line.step else view.user_ids.get(line.job.user or "")


def group_id(line: Line, view: View) -> Cell:
    """GID."""
    return None if line.step else view.group_ids.get(line.job.group or "")


def qos_id(line: Line, view: View) -> Cell:
    """QOSRAW."""
    return None if line.step else view.qos_ids.get(line.job.qos or "")


def association_id(line: Line, view: View) -> Cell:
    """AssocID; v0.0.38 does not tell it."""
    return line.job.association.id if line.job.association else None


def priority(line: Line, view: View) -> Cell:
    """Priority."""
    return None if line.step else number(line.job.priority)


def reservation_id(line: Line, view: View) -> Cell:
    """ReservationId."""
    if line.step or not line.job.reservation:
        return None
    return number(line.job.reservation.id) or None


def reservation(line: Line, view: View) -> Cell:
    """Reservation; v0.0.38 writes 0 where there is none."""
    if line.step or not line.job.reservation:
        return None
    return line.job.reservation.name or None


def restarts(line: Line, view: View) -> Cell:
    """Restarts."""
    return None if line.step else line.job.restart_cnt


def segment_size(line: Line, view: View) -> Cell:
    """SegmentSize."""
    return None if line.step else line.job.segment_size or None


def wckey_id(line: Line, view: View) -> Cell:
    """WCKeyID: 0 where there is no key, or keys are not tracked."""
    job = line.job
    if line.step:
        return None
    name = (job.wckey.wckey if job.wckey else None) or ""
    return view.wckey_ids.get((job.cluster or "", job.user or "", name.removeprefix("*")), 0)


_BASE32: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def database_index(line: Line, view: View) -> Cell:
    """DBIndex: the number that the SLUID is written for."""
    text = getattr(line.job, "sluid", "")
    if not isinstance(text, str) or not text.startswith("s"):
        return None
    value = 0
    for character in text[1:]:
        value = value * 32 + _BASE32.index(character)
    return value


def sluid(name: str) -> Render:
    """SLUID, OriginalSLUID."""

    def render(line: Line, view: View) -> Cell:
        value = getattr(line.job, name)
        return value if isinstance(value, str) else None

    return render


def stream(name: str) -> Render:
    """StdOut and the like."""

    def render(line: Line, view: View) -> Cell:
        key = f"{name}_expanded" if view.expand else name
        record = line.step.step if line.step else line.job
        return getattr(record, key, None) or None

    return render
