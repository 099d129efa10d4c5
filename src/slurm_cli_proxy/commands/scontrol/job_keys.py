"""The keys of `scontrol update JobId=…`: their names, what may follow, and the API's field for each.

Values are read as the native command reads them, whose grammar differs from key to key: some take any text, some a
number and nothing else (empty means 0), some the number that a text begins with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from slurm_cli_proxy.commands.scontrol.keyword import Keyword
from slurm_cli_proxy.notation import date, duration
from slurm_cli_proxy.notation.errors import NotationError
from slurm_cli_proxy.options.values import leading_number
from slurm_cli_proxy.rest.payload import INFINITE

Release = tuple[int, int]
Fields = dict[str, Any]

NICE_LIMIT: Final = 2147483645
INT_MAX: Final = (1 << 31) - 1
NEW: Final = (23, 2)
NO_VAL16: Final = 0xFFFE
NO_VAL: Final = 0xFFFFFFFE
LONG_MAX: Final = (1 << 63) - 1
ENDLESS: Final = 0xFFFFFFFF


class Refused(Exception):
    """The command line is wrong: `lines` are printed, `status` is the exit status."""

    def __init__(self, *lines: str, status: int = 1) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
        self.status = status


def complaint(text: str, *, status: int = 1) -> Refused:
    """`scontrol: error: TEXT`."""
    return Refused(f"scontrol: error: {text}", status=status)


class Word(msgspec.Struct, frozen=True):
    """One `Key=value`, `Key+=value` or `Key-=value` (`sign`), or a `Key` alone (`value` is None), as it was `written`.

    `log` takes lines that are printed without an end to it.
    """

    written: str
    key: str
    sign: str
    value: str | None
    release: Release
    now: Callable[[], float]
    log: Callable[[str], object]


Reader = Callable[[str, Word], Fields]


class Key(Keyword, frozen=True, kw_only=True):
    """A key; `read` gives the fields to change ({} counts as no change), `signs` whether += and -= are for it to read.

    `alone`: what a key without a value means.
    """

    read: Reader
    signs: bool = False
    alone: Mapping[str, Any] | None = None


# Readers


def text(field: str) -> Reader:
    """Any text; empty takes the value away."""
    return lambda value, word: {field: value}


def listed(field: str) -> Reader:
    """Names with commas between them; one empty name takes the value away."""
    return lambda value, word: {field: value.split(",")}


def number(field: str, name: str, limit: int, *, says: str = "Invalid {name} value: {value}") -> Reader:
    """A whole number below `limit`, and nothing else; empty is 0."""

    def read(value: str, word: Word) -> Fields:
        return {field: whole(value, limit, says.format(name=name, value=value))}

    return read


def priority(value: str, word: Word) -> Fields:
    """A priority; 0 holds the job, for which v0.0.38 has another word."""
    found = whole(value, NO_VAL, f"Invalid Priority value: {value}")
    return {"priority": found} if found or word.release >= NEW else {"hold": True}


def whole(value: str, limit: int, message: str) -> int:
    """The number a text is, 0 for an empty one; `message` where it is none below `limit`."""
    found, rest = leading_number(value)
    if rest or not 0 <= found < limit:
        raise complaint(message)
    return found


def yes_no(field: str, name: str, *, says: str = "Invalid {name} value: {value}") -> Reader:
    """`yes` or `no`, which may be shortened, or a number."""

    def read(value: str, word: Word) -> Fields:
        return {field: bool(_said(value, says.format(name=name, value=value)))}

    return read


def _said(value: str, message: str) -> int:
    lower = value.lower()
    if lower and "yes".startswith(lower):
        return 1
    if lower and "no".startswith(lower):
        return 0
    return whole(value, NO_VAL16, message)


_SHARING: Final = ("none", "oversubscribe", "user", "mcs", "topo")


def sharing(value: str, word: Word) -> Fields:
    """`yes`, `no`, or the controller's number for a way to share nodes."""
    found = _said(value, f"Invalid OverSubscribe value: {value}")
    return {"shared": [_SHARING[found] if found < len(_SHARING) else str(found)]}


def offset(field: str, name: str) -> Reader:
    """The number that a text begins with, 0 for none, within the limits of a priority adjustment."""

    def read(value: str, word: Word) -> Fields:
        found, _ = leading_number(value)
        if abs(found) > NICE_LIMIT:
            raise complaint(f"{name} value out of range (+/- {NICE_LIMIT}). Value ignored")
        return {field: found}

    return read


def throttle(value: str, word: Word) -> Fields:
    """How many tasks of an array may run at once; handed on as it is unless it is negative."""
    if leading_number(value)[0] < 0:
        raise complaint("Invalid ArrayTaskThrottle value")
    return {"array": value}


def seconds(field: str, message: str) -> Reader:
    """A duration."""

    def read(value: str, word: Word) -> Fields:
        try:
            return {field: duration.parse_seconds(value)}
        except NotationError:
            raise complaint(message) from None

    return read


def minutes(field: str, message: str, *, signed: bool = False) -> Reader:
    """A duration in minutes, or no limit; `signed` refuses what C would take for a negative number."""

    def read(value: str, word: Word) -> Fields:
        return {field: parse_minutes(value, message, signed=signed)}

    return read


def parse_minutes(value: str, message: str, *, signed: bool = False) -> int | str:
    """See `minutes`."""
    try:
        found = duration.parse_minutes(value)
    except NotationError:
        raise complaint(message) from None
    if found == ENDLESS:
        return INFINITE
    if signed and found > INT_MAX:
        raise complaint(message)
    return found


def moment(field: str) -> Reader:
    """A point in time.  A bad one is named, and then changes nothing; an empty one does so silently."""

    def read(value: str, word: Word) -> Fields:
        try:
            return {field: date.parse(value, word.now, word.release)}
        except date.DateError as error:
            if error.log and value:
                word.log(error.log)
            return {}

    return read


def end_time(value: str, word: Word) -> Fields:
    """A point in time; a bad one is named, and the job is changed in nothing."""
    return moment("end_time")(value, word) or {"": None}


def cpus(value: str, word: Word) -> Fields:
    """`4` or `4-8`, also in k and m; empty is "any number"."""
    if not value:
        return {"minimum_cpus": 1, "maximum_cpus": INT_MAX}
    least, most = count_range(value, "NumCPUs", word.release)
    if least < 1 or most == 0 or (most is not None and most < least):
        raise complaint(f"Invalid NumCPUs value: {value}")
    return {"minimum_cpus": least} | ({} if most is None else {"maximum_cpus": most})


_MULTIPLES: Final = {"k": 1024, "K": 1024, "m": 1048576, "M": 1048576}


def count_range(value: str, name: str, release: Release) -> tuple[int, int | None]:
    """`MIN` or `MIN-MAX`; Refused, which for CPUs is told twice."""
    bounds = []
    left = value
    for _ in range(2):
        found, rest = leading_number(left)
        if left and rest[:1] in _MULTIPLES and rest:
            found, rest = found * _MULTIPLES[rest[0]], rest[1:]
        if rest == left or (rest and not (rest[0] == "-" and len(rest) > 1)) or found < 0:
            raise _bad_count(f'Invalid numeric value "{value}" for {name}.', value, name)
        if found > INT_MAX:
            size = "big" if release < (23, 2) else "large"
            raise _bad_count(
                f"Numeric argument ({found}) to{'' if size == 'big' else 'o'} {size} for {name}.", value, name
            )
        bounds.append(found)
        if not rest or len(bounds) == 2:
            break
        left = rest[1:]
        if leading_number(left)[1] == left:
            raise _bad_count(f'Invalid numeric value "{value}" for {name}.', value, name)
        left = left.split("-", 1)[0]
    return bounds[0], bounds[1] if len(bounds) == 2 else None


def _bad_count(message: str, value: str, name: str) -> Refused:
    if name == "NumCPUs":
        return Refused(f"scontrol: error: {message}", f"scontrol: error: Invalid NumCPUs value: {value}")
    return complaint(message, status=0)


def nodes(value: str, word: Word) -> Fields:
    """`2` or `2-4`; since 24.11 as sbatch takes it (`1,3,5`, `1-15:4`).  A bad one is no failure natively.

    `ALL` is a change of nothing.
    """
    if value.lower() == "all":
        return {"": None}
    if word.release < (23, 2):
        if not value:
            return {"minimum_nodes": 1, "maximum_nodes": INT_MAX}
        least, most = count_range(value, "requested node count", word.release)
        return {"minimum_nodes": least} | ({} if most is None else {"maximum_nodes": most})
    from slurm_cli_proxy.options.geometry import nodes as read
    from slurm_cli_proxy.options.values import At, BadValue

    try:
        found = read(value, At("scontrol", word.release, word.now))
    except BadValue as bad:
        raise Refused(*bad.lines, status=0) from None
    if found["job_size"]:
        return {"nodes": found["job_size"]}
    return {"minimum_nodes": found["min_nodes"], "maximum_nodes": found["max_nodes"]}


def specialized(field: str, name: str) -> Reader:
    """Cores or threads for the system; -1 for "not asked for"."""

    def read(value: str, word: Word) -> Fields:
        if value == "-1":
            return {field: 0xFFFF}
        return {field: whole(value, NO_VAL16, f"Invalid {name} value: {value}")}

    return read


def switches(value: str, word: Word) -> Fields:
    """`COUNT`, or `COUNT@TIME` that the job waits for so few switches; a bad one is as long as may be."""
    found, rest = leading_number(value)
    fields: Fields = {"required_switches": found & 0xFFFFFFFF}
    if rest.startswith("@"):
        try:
            fields["wait_for_switch"] = duration.parse_seconds(rest[1:])
        except NotationError:
            fields["wait_for_switch"] = ENDLESS
    return fields


def generic(value: str, word: Word) -> Fields:
    """Generic resources on each node, `gpu:2,…`, each named as a TRES."""
    if value.lower() == "help":
        raise complaint("Gres=help is not supported by this version of slurm-cli-proxy")
    prefix = "gres:" if word.release < (23, 2) else "gres/"
    return {"tres_per_node": ",".join(prefix + one for one in value.split(",") if one or not value)}


def mail_types(value: str, word: Word) -> Fields:
    """Events with commas between them."""
    from slurm_cli_proxy.options.values import At, BadValue
    from slurm_cli_proxy.options.values import mail_types as read

    try:
        found = read(value, At("scontrol", word.release, word.now))
    except BadValue:
        raise Refused(f"Invalid MailType: {value}") from None
    return {"mail_type": found}


def admin_comment(value: str, word: Word) -> Fields:
    """Text; 22.05 hands += on, with the sign in front."""
    if word.sign:
        if word.release >= (23, 2):
            raise complaint("Invalid syntax, AdminComment can not be added/subtracted from.")
        if word.sign == "-":
            raise complaint("Invalid syntax, AdminComment can not be subtracted from.")
        value = f"+={value}"
    return {"admin_comment": value}


def user_id(value: str, word: Word) -> Fields:
    """Whose jobs `JobName=` means; see `update_job`."""
    return {USER: value}


def time_limit(value: str, word: Word) -> Fields:
    """A limit, or (with a sign before `=` or before the value) how much more or less; see `update_job`."""
    sign = word.sign
    if value[:1] in ("+", "-") and value:
        if sign:
            raise complaint("Invalid syntax, variations of +=- are not accepted.")
        sign, value = value[0], value[1:]
    found = parse_minutes(value, "Invalid TimeLimit value")
    return {"time_limit": found, SIGN: sign} if sign else {"time_limit": found}


TRES: Final = frozenset(
    ("cpus_per_tres", "memory_per_tres", "tres_per_job", "tres_per_node", "tres_per_socket", "tres_per_task")
)


def refuse_uncarried(fields: Fields, release: Release) -> None:
    """Refused for a value that is right natively and that the API has no place for."""
    for field in TRES & fields.keys() if release < NEW else ():
        if not all(one.startswith("gres:") for one in fields[field].split(",") if one):
            raise complaint(f"{field}: v0.0.38 of the Slurm REST API can carry nothing but gres:NAME:COUNT")
    if release < NEW and fields.get("tres_per_node") == "gres:none":
        raise complaint("gres: v0.0.38 of the Slurm REST API takes none for a wish that is left out")
    if release < NEW and not fields.get("current_working_directory", "/").startswith("/"):
        raise complaint("WorkDir: v0.0.38 of the Slurm REST API can carry nothing but absolute paths")
    if not set(fields.get("shared", ())) <= set(_SHARING):
        raise complaint(f"shared: the Slurm REST API has no place for {fields['shared'][0]}")


USER: Final = "UserID"
SIGN: Final = "sign of TimeLimit"
"""Not fields of the API: what `update_job` makes of them stands there."""

SHORT: Final = NO_VAL16
LONG: Final = NO_VAL

KEYS: Final[Sequence[Key]] = (
    Key(name="AdminComment", shortest=6, read=admin_comment, signs=True),
    Key(name="SiteFactor", shortest=5, read=offset("site_factor", "SiteFactor")),
    Key(name="ArrayTaskThrottle", shortest=10, read=throttle),
    Key(name="Comment", shortest=3, read=text("comment")),
    Key(name="Clusters", shortest=8, read=text("clusters")),
    Key(name="ClusterFeatures", shortest=8, read=text("cluster_constraint")),
    Key(name="DelayBoot", shortest=5, read=seconds("delay_boot", "Invalid DelayBoot value")),
    Key(name="Extra", shortest=3, read=text("extra"), since=NEW),
    Key(name="TimeLimit", shortest=5, read=time_limit, signs=True),
    Key(name="TimeMin", shortest=5, read=minutes("time_minimum", "Invalid TimeMin value", signed=True)),
    Key(name="Priority", shortest=2, read=priority),
    Key(name="Nice", shortest=2, read=offset("nice", "Nice"), alone={"nice": 100}),
    Key(name="CPUsPerTask", shortest=9, read=number("cpus_per_task", "CPUsPerTask", SHORT)),
    Key(name="CpusPerTres", shortest=9, read=text("cpus_per_tres")),
    Key(name="NumCPUs", shortest=6, read=cpus),
    Key(name="NumTasks", shortest=8, read=number("tasks", "NumTasks", LONG)),
    Key(name="ReqProcs", shortest=8, read=number("tasks", "NumTasks", LONG)),
    Key(name="Requeue", shortest=4, read=number("requeue", "Requeue", SHORT)),
    Key(name="ReqNodes", shortest=8, read=nodes),
    Key(name="NumNodes", shortest=8, read=nodes),
    Key(name="ReqSockets", shortest=4, read=number("sockets_per_node", "ReqSockets", SHORT)),
    Key(name="ReqCores", shortest=4, read=number("cores_per_socket", "ReqCores", SHORT)),
    Key(name="TasksPerNode", shortest=2, read=number("tasks_per_node", "TasksPerNode", SHORT)),
    Key(name="ReqThreads", shortest=4, read=number("threads_per_core", "ReqThreads", SHORT)),
    Key(name="MinCPUsNode", shortest=4, read=number("minimum_cpus_per_node", "MinCPUsNode", SHORT)),
    Key(name="MinMemoryNode", shortest=10, read=number("memory_per_node", "MinMemoryNode", LONG_MAX)),
    Key(name="MinMemoryCPU", shortest=10, read=number("memory_per_cpu", "MinMemoryCPU", LONG_MAX)),
    Key(name="MinTmpDiskNode", shortest=5, read=number("temporary_disk_per_node", "MinTmpDiskNode", LONG)),
    Key(name="Partition", shortest=2, read=text("partition")),
    Key(name="QOS", shortest=2, read=text("qos")),
    Key(name="ReservationName", shortest=3, read=text("reservation")),
    Key(name="Name", shortest=2, read=text("name")),
    Key(name="JobName", shortest=4, read=text("name")),
    Key(name="WCKey", shortest=1, read=text("wckey")),
    Key(name="StdErr", shortest=6, read=text("standard_error"), since=NEW),
    Key(name="StdIn", shortest=5, read=text("standard_input"), since=NEW),
    Key(name="StdOut", shortest=6, read=text("standard_output")),
    Key(name="Switches", shortest=5, read=switches),
    Key(name="wait-for-switch", shortest=5, read=number("wait_for_switch", "wait-for-switch", LONG)),
    Key(name="OverSubscribe", shortest=2, read=sharing),
    Key(name="Shared", shortest=2, read=sharing),
    Key(name="Contiguous", shortest=3, read=yes_no("contiguous", "Contiguous")),
    Key(name="CoreSpec", shortest=4, read=specialized("core_specification", "CoreSpec")),
    Key(name="MemPerTres", shortest=5, read=text("memory_per_tres")),
    Key(name="ThreadSpec", shortest=4, read=specialized("thread_specification", "ThreadSpec")),
    Key(name="TresBind", shortest=5, read=text("tres_bind")),
    Key(name="TresFreq", shortest=5, read=text("tres_freq")),
    Key(name="TresPerJob", shortest=8, read=text("tres_per_job")),
    Key(name="TresPerNode", shortest=8, read=text("tres_per_node")),
    Key(name="TresPerSocket", shortest=8, read=text("tres_per_socket")),
    Key(name="TresPerTask", shortest=8, read=text("tres_per_task")),
    Key(name="ExcNodeList", shortest=3, read=listed("excluded_nodes")),
    Key(name="NodeList", shortest=8, read=listed("required_nodes")),
    Key(name="ReqNodeList", shortest=8, read=listed("required_nodes")),
    Key(name="Features", shortest=1, read=text("constraints")),
    Key(name="Prefer", shortest=3, read=text("prefer")),
    Key(name="Gres", shortest=2, read=generic),
    Key(name="Account", shortest=1, read=text("account")),
    Key(name="BurstBuffer", shortest=1, read=text("burst_buffer")),
    Key(name="Dependency", shortest=1, read=text("dependency")),
    Key(name="Licenses", shortest=1, read=text("licenses")),
    Key(name="EligibleTime", shortest=2, read=moment("begin_time")),
    Key(name="StartTime", shortest=2, read=moment("begin_time")),
    Key(name="EndTime", shortest=2, read=end_time),
    Key(name="Reboot", shortest=3, read=yes_no("reboot", "Reboot", says="Invalid reboot value: {value}")),
    Key(name="UserID", shortest=3, read=user_id),
    Key(name="Deadline", shortest=3, read=moment("deadline")),
    Key(name="WorkDir", shortest=2, read=text("current_working_directory")),
    Key(name="MailType", shortest=5, read=mail_types),
    Key(name="MailUser", shortest=5, read=text("mail_user")),
    Key(name="MCSLabel", shortest=4, read=text("mcs_label"), since=(26, 5)),
)
"""In the native command's sequence, which decides what a shortened key means."""

ALONE: Final = (
    Key(name="Nice", shortest=2, read=offset("nice", "Nice"), alone={"nice": 100}),
    Key(name="ResetAccrueTime", shortest=3, read=text(""), alone={"flags": ["JOB_ACCRUE_TIME_RESET"]}),
)
"""The words that stand without a value."""

RESIZING: Final = frozenset(("NumNodes", "ReqNodes", "NodeList", "ReqNodeList"))
"""Keys that change the size of a running job, before which the native command looks at the job."""
