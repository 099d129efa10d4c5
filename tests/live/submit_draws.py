"""Random command lines for sbatch: which options, with what values, in which places.

An option may stand on the command line in its long or its short form, in a variable of the environment, or in a
`#SBATCH` line of the script, and in several of them at once.  Values are mostly good ones; some are spoilt by a
random edit, and then the words of both commands about it are compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from hypothesis import strategies as st

from slurm_cli_proxy.options.spec import Release, for_release
from slurm_cli_proxy.options.submission import SubmitOption, options_of
from slurm_cli_proxy.options.variables import SBATCH

PLACES: Final = ("long", "separate", "short", "variable", "directive")


@dataclass(frozen=True)
class Asked:
    """One option in one place; `text` is None where it stands alone."""

    option: SubmitOption
    text: str | None
    place: str
    variable: str = ""

    def words(self) -> list[str]:
        """As it stands on a command line."""
        option, text = self.option, self.text
        if self.place == "short" and option.short:
            return [f"-{option.short}{text or ''}"]
        if text is None:
            return [f"--{option.long}"]
        if self.place == "separate" and option.arg == "required":
            return [f"--{option.long}", text]
        return [f"--{option.long}={text}"]


@dataclass(frozen=True)
class Draw:
    """A whole submission; `words`, `environment` and `script` are what both commands get."""

    asked: tuple[Asked, ...]
    body: str = "true\n"
    words: list[str] = field(init=False, compare=False)
    environment: dict[str, str] = field(init=False, compare=False)
    script: bytes = field(init=False, compare=False)

    def __post_init__(self) -> None:
        words: list[str] = []
        environment: dict[str, str] = {}
        lines: list[str] = []
        for one in self.asked:
            if one.place == "variable":
                environment[one.variable] = one.text or ""
            elif one.place == "directive":
                lines.append("#SBATCH " + " ".join(quoted(word) for word in one.words()))
            else:
                words += one.words()
        script = "\n".join(["#!/bin/sh", *lines, self.body])
        object.__setattr__(self, "words", words)
        object.__setattr__(self, "environment", environment)
        object.__setattr__(self, "script", script.encode("utf-8", "surrogateescape"))

    def __str__(self) -> str:
        variables = "".join(f"{name}={quoted(value)} " for name, value in self.environment.items())
        words = " ".join(quoted(word) for word in ["sbatch", "-H", *self.words])
        directives = [
            line for line in self.script.decode("utf-8", "replace").splitlines() if "#SBATCH" in line
        ]
        return "\n".join([variables + words, *directives])


def quoted(word: str) -> str:
    """A word as a shell and a directive understand it."""
    return "'" + word + "'" if word and "'" not in word else '"' + word.replace("\\", "\\\\") + '"'


def _of(*values: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from(values)


def _numbers(low: int, high: int) -> st.SearchStrategy[str | None]:
    return st.integers(low, high).map(str)


_DURATIONS = _of(
    "1",
    "5",
    "7:30",
    "1:02:03",
    "1-0",
    "0-1:30",
    "2-3:4:5",
    "0",
    "90",
    "00:00:30",
    "UNLIMITED",
    "INFINITE",
    "-1",
)
_DATES = _of(
    "2037-01-01", "2037-01-01T10:00", "2037-12-24T23:59:59", "01/02/37", "12/24/37-16:00", "12.24.37"
)
_SIZES = _of("1", "100", "1000K", "1G", "2048M", "0", "1025k", "0.5G", "1T")
_GPUS = _of("1", "2", "a100:1", "a100", "a100:2", "0")
_TEXTS = _of("x", "a b", "so 'it' is", "ä€", "1", "a=b,c", "%j", "", "(null)", "a/b", "x" * 300)
_FLAG = st.none()

VALUES: Final[dict[str, st.SearchStrategy[str | None]]] = {
    "account": _of("science", "physics", "PHYSICS", "Science"),
    "acctg_freq": _of("task=0", "task=600", "energy=30", "task=60,energy=60", "0", "filesystem=5,network=5"),
    "array": _of("1", "0-3", "1,3,5", "1-9:2", "1-4%2", "0-8:4%1", "3,1-2", "1-3,2", "5-5"),
    "batch": _of("fast", "big"),
    "begin": _DATES,
    "bb": _of("capacity=1", "x"),
    "cluster_constraint": _of("x", "!x"),
    "chdir": _of("/tmp", "/", "sub", ".", "../", "/nowhere", "a b"),
    "comment": _TEXTS,
    "consolidate_segments": _FLAG,
    "container": _of("/bundle", "bundle"),
    "container_id": _of("id1"),
    "container_type": _of("type"),
    "context": _of("ctx"),
    "contiguous": _FLAG,
    "constraint": _of(
        "fast", "big&fast", "fast|small", "[small|big]", "fast*1", "[fast*1&big*1]", "(fast&big)|gpu",
        "big",
    ),
    "core_spec": _numbers(0, 2),
    "cores_per_socket": _numbers(1, 9),
    "cpu_freq": _of(
        "high", "low", "medium", "highm1", "1000", "low-high:performance", "1000-2000:ondemand", "2000",
        "OnDemand", "performance", "userspace", "Low-2000:Performance", "low-medium:userspace",
    ),
    "cpus_per_gpu": _numbers(1, 3),
    "cpus_per_task": _numbers(1, 4),
    "deadline": _DATES,
    "delay_boot": _of("1", "5", "7:30", "1:02:03", "1-0", "0", "UNLIMITED"),
    "dependency": _of(
        "singleton", "afterany:1", "singleton,afterany:1", "after:1+5", "expand:1",
        "afterok:1?afternotok:1",
    ),
    "distribution": _of(
        "block", "cyclic", "plane=2", "block:cyclic", "cyclic:block:fcyclic", "*:*", "*:fcyclic:*",
        "block,pack", "cyclic,nopack", "pack", "nopack", "block:block,NoPack", "arbitrary", "plane=4",
    ),
    "error": _of("e", "%x-%j.err", "/dev/null", "none", "/tmp/a b"),
    "exclude": _of("node1", "node[2-3]", "node1,node4", "node[1,1]"),
    "exclusive": _of("user", "mcs", "topo", "exclusive") | _FLAG,
    "export": _of(
        "ALL", "NONE", "NIL", "HOME", "HOME,X=1", "ALL,X=a b", "X='a,b',Y", "all", "none", "NONE,X=1", "",
        "X=", 'X="a,b",HOME', "X=a\nb", "X=\udcff", "nosuch", "ALL,NONE", "HOME,ALL", "X='open",
    ),
    "export_file": _of("vars", "nosuch"),
    "extra": _TEXTS,
    "extra_node_info": _of("1", "2:4", "1:2:1", "*:*:*", "2:*", "1-2", "*:2", "2:8:2"),
    "get_user_env": _FLAG | _of("10", "5S", "5L"),
    "gpu_bind": _of(
        "closest", "none", "single:1", "per_task:1", "map_gpu:0,1", "mask_gpu:1,3", "verbose,closest",
        "map:0", "v,none", "mask:0x1", "V,single:2",
    ),
    "gpu_freq": _of(
        "high", "low", "medium", "highm1", "1000", "medium,memory=high", "memory=900,verbose", "verbose",
    ),
    "gpus": _GPUS,
    "gpus_per_node": _GPUS,
    "gpus_per_socket": _GPUS,
    "gpus_per_task": _GPUS,
    "gres": _of(
        "gpu", "gpu:1", "gpu:a100:2", "gpu:a100", "none", "gpu:2,gpu:1", "NONE", "gpu=1", "gres/gpu:1",
        "gpu:0",
    ),
    "gres_flags": _of("enforce-binding", "disable-binding", "multiple-tasks-per-sharing", "Enforce-Binding"),
    "hint": _of(
        "compute_bound", "memory_bound", "multithread", "nomultithread", "memory_bound,multithread",
        "NOMULTITHREAD",
    ),
    "hold": _FLAG,
    "ignore_pbs": _FLAG,
    "input": _of("/dev/null", "/dev/zero", "none", "in%j", "in"),
    "job_name": _of("x", "a b", "", "ä", "j" * 130, "-x", "a,b", "a/b"),
    "kill_on_invalid_dep": _of("yes", "no", "YES"),
    "licenses": _of(
        "matlab", "matlab:2", "matlab:1,ansys:2", "matlab,matlab", "ansys:4", "matlab|ansys",
        "matlab:1;ansys:1",
    ),
    "mail_type": _of(
        "BEGIN", "END,FAIL", "ALL", "NONE", "begin,time_limit_80", "INVALID_DEPEND", "ARRAY_TASKS,END",
        "STAGE_OUT", "REQUEUE,TIME_LIMIT,TIME_LIMIT_90,TIME_LIMIT_50",
    ),
    "mail_user": _of("bob", "a@b", "alice", ""),
    "mcs_label": _of("label", ""),
    "mem": _SIZES,
    "mem_bind": _of(
        "local", "none", "rank", "map_mem:0,1", "mask_mem:0x1,3", "verbose,local", "q,rank", "sort,local",
        "v", "prefer,local", "nosort", "no", "quiet,verbose", "map_mem:0*2,1",
    ),
    "mem_per_cpu": _SIZES,
    "mem_per_gpu": _SIZES,
    "mem_update": _of("10@5", "0@1", "100@60"),
    "mincpus": _numbers(1, 9),
    "network": _of("net", "sn_all", ""),
    "nice": _FLAG | _numbers(0, 200) | _of("-5", "+7", "5x", "x"),
    "no_kill": _FLAG | _of("off", "no", "set", "OFF"),
    "no_requeue": _FLAG,
    "nodefile": _of("hosts"),
    "nodelist": _of("node1", "node[3,1]", "node[1-2]", "node2,node2", "./hosts", "node[01-02]"),
    "nodes": _of(
        "1", "2", "3", "1-2", "2-3", "2-4", "1-1", "0", "4", "1,3", "1-4:2", "2,4", "1k-2k", "1-4:3",
    ),
    "ntasks": _numbers(1, 9),
    "ntasks_per_core": _numbers(1, 3),
    "ntasks_per_gpu": _numbers(1, 2),
    "ntasks_per_node": _numbers(1, 4),
    "ntasks_per_socket": _numbers(1, 4),
    "ntasks_per_tres": _numbers(1, 2),
    "oom_kill_step": _FLAG | _of("0", "1"),
    "open_mode": _of("append", "truncate", "a", "t", "Append"),
    "output": _of("o", "%A_%a.out", "/dev/null", "none", "/tmp/%x.out", "a b"),
    "overcommit": _FLAG,
    "oversubscribe": _FLAG,
    "parsable": _FLAG,
    "partition": _of("main", "short", "shared", "main,short", "short,main", "closed", "shared,closed"),
    "prefer": _of("fast", "big&fast", "small"),
    "priority": _of("100", "0", "TOP", "4294967293", "1"),
    "profile": _of("all", "none", "task", "energy,network", "lustre,task", "ALL", "Task"),
    "propagate": _FLAG | _of("ALL", "NONE", "CORE", "CORE,STACK", "RLIMIT_AS", "all"),
    "qos": _of("normal", "high", "low", "HIGH"),
    "quiet": _FLAG,
    "reboot": _FLAG,
    "requeue": _FLAG | _of("expedite"),
    "reservation": _of("none"),
    "segment": _numbers(0, 3),
    "signal": _of(
        "USR1", "10", "USR2@30", "B:TERM@60", "R:INT", "RB:HUP@5", "SIGUSR1@0", "64", "usr1@65535",
        "B:9@10",
    ),
    "sockets_per_node": _numbers(1, 3),
    "spread_job": _FLAG,
    "spread_segments": _FLAG,
    "stepmgr": _FLAG,
    "switches": _of("1", "2@10", "1@1:00:00", "3@0", "1@UNLIMITED"),
    "thread_spec": _numbers(0, 2),
    "threads_per_core": _numbers(1, 3),
    "time": _DURATIONS,
    "time_min": _DURATIONS,
    "tmp": _SIZES,
    "tres_bind": _of(
        "gres/gpu:closest", "gres/gpu:single:1", "gres/gpu:per_task:1", "gres/gpu:verbose,none",
        "gres/gpu:map:0",
    ),
    "tres_per_task": _of(
        "cpu=2", "cpu:1", "gres/gpu=1", "gres/gpu:a100:1", "cpu=1,gres/gpu:1", "license/matlab=1",
        "license/matlab:1,cpu:2",
    ),
    "use_min_nodes": _FLAG,
    "wait_all_nodes": _of("0", "1"),
    "wckey": _of("key", "", "*x"),
    "wait_for_switch": _of("10", "1:00"),
}  # fmt: skip
"""Good values of every option that a submission may have; `hosts` and `vars` are files that stand in the folder."""

NOT_ALLOWED: Final = "whether the configuration allows it (AllowSpecResourcesUsage) is not told by the API"
LIMITS: Final[dict[str, dict[str, str]]] = {
    "22.05": {
        "thread_spec": NOT_ALLOWED,
        "core_spec": NOT_ALLOWED,
        "batch": "v0.0.38's slurmrestd crashes on batch_features",
        "contiguous": "v0.0.38 has no place for it",
        "export_file": "v0.0.38's slurmrestd adds SLURM_JOB_NAME to the environment by itself",
        "network": "v0.0.38 has no place for it",
        "overcommit": "v0.0.38 has no place for it",
        "reboot": "v0.0.38 has no place for it",
        "switches": "v0.0.38 has no place for it",
        "wait_for_switch": "v0.0.38 has no place for it",
    },
    "24.11": {"thread_spec": NOT_ALLOWED, "core_spec": NOT_ALLOWED},
    "26.05": {"thread_spec": NOT_ALLOWED, "core_spec": NOT_ALLOWED},
}
"""Options that are not drawn for a release, and why REST cannot do what native does."""

WITHOUT_PLACE: Final[dict[str, frozenset[str]]] = {
    "22.05": frozenset({"kill_warning_flags", "minimum_cpus", "selinux_context", "power_flags", "tres_bind"}),
    "24.11": frozenset({"cores_per_socket"}),  # v0.0.40 only, which does not carry the distribution
    "26.05": frozenset({"flags"}),  # v0.0.40 only has those for shared GPUs
}
"""Job fields that no API version of a release carries, for some values at least or together with others."""

_EDITS: Final = "x,:-@=0 1*.%+["
_SEVERAL: Final = st.integers(1, 5) | st.integers(1, 12)


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """A text with a character more or less, or doubled."""
    at = draw(st.integers(0, len(text)))
    kind = draw(st.sampled_from(("insert", "insert", "delete", "cut", "double")))
    if kind == "insert":
        return text[:at] + draw(st.sampled_from(_EDITS)) + text[at:]
    if kind == "delete":
        return text[:at] + text[at + 1 :]
    return text[:at] if kind == "cut" else text + "," + text


def asked(
    release: Release, without: frozenset[str], only: frozenset[str] = frozenset()
) -> st.SearchStrategy[Asked]:
    """One option of that release with a value in a place."""
    rows = {
        option.dest: option
        for option in for_release(options_of("b"), release)
        if isinstance(option, SubmitOption) and option.done and option.dest in VALUES
    }
    variables = {
        variable.dest: variable.name
        for variable in SBATCH
        if variable.since <= release and (variable.until is None or release < variable.until)
    }
    names = sorted(name for name in rows if name not in without and (not only or name in only))

    @st.composite
    def one(draw: st.DrawFn) -> Asked:
        name = draw(st.sampled_from(names))
        option = rows[name]
        place = draw(st.sampled_from(PLACES))
        if place == "variable" and name not in variables:
            place = "long"
        text = None
        if option.arg != "none" or place == "variable":
            text = draw(VALUES[name])
            if text is None and option.arg == "required":
                text = ""
            if text is not None and draw(st.integers(0, 11)) == 0:
                text = draw(spoilt(text))
        if place == "short" and option.arg == "required" and not text:
            place = "separate"  # the next word would be taken for the value
        return Asked(option, text, place, variables.get(name, "") if place == "variable" else "")

    return one()


def draws(
    release: Release, without: frozenset[str], only: frozenset[str] = frozenset()
) -> st.SearchStrategy[Draw]:
    """Submissions of up to a dozen options."""
    one = asked(release, without, only)
    return _SEVERAL.flatmap(lambda n: st.lists(one, min_size=1, max_size=n)).map(
        lambda found: Draw(tuple(found))
    )
