"""`scancel`: the reading of its command line, the choice among jobs, and what becomes of an answer."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurm_cli_proxy.commands.scancel import choose, kill
from slurm_cli_proxy.commands.scancel.settings import Done, Settings, read
from slurm_cli_proxy.context import Context
from slurm_cli_proxy.notation.jobid import JobId, format_id, parse
from slurm_cli_proxy.options.getopt import UNSUPPORTED
from slurm_cli_proxy.options.scancel import OPTIONS, VARIABLES
from slurm_cli_proxy.records.job import Job
from slurm_cli_proxy.rest.endpoints import Failure, Killed

Call = tuple[Settings | int, str, str]


class At(Context):
    """A Context of a server's release that nobody has to be asked for."""

    __slots__ = ("said",)

    def __init__(self, release: str = "26.05.5", environ: dict[str, str] | None = None) -> None:
        super().__init__(
            "scancel", environ or {}, stdin=io.BytesIO(), stdout=io.BytesIO(), stderr=io.BytesIO(), uid=6001
        )
        self.said = release

    @property
    def release_text(self) -> str:
        return self.said


def reading(argv: list[str], release: str = "26.05.5", **environ: str) -> Call:
    """(the settings or the exit status, standard output, standard error)."""
    ctx = At(release, environ)
    result: Settings | int
    try:
        result = read(ctx, argv)
    except Done as done:
        result = done.status
    ctx.flush()
    assert isinstance(ctx.stdout, io.BytesIO) and isinstance(ctx.stderr, io.BytesIO)
    return result, ctx.stdout.getvalue().decode(), ctx.stderr.getvalue().decode()


def settings(argv: list[str], release: str = "26.05.5", **environ: str) -> Settings:
    result, _, err = reading(argv, release, **environ)
    assert isinstance(result, Settings), err
    return result


# The command line


def test_arvados_lines() -> None:
    found = settings(["--name=zzzzz-dz642-0", "--batch", "--signal=TERM", "--state=running"])
    assert (found.name, found.batch, found.signal, found.state) == ("zzzzz-dz642-0", True, 15, "RUNNING")
    assert found.filtering and not found.plain


def test_a_plain_cancel_looks_at_nothing() -> None:
    assert settings(["12", "12_[1-3]"]).plain
    assert settings(["-f", "--hurry", "12"]).plain
    for argv in (["-b", "12"], ["-i", "12"], ["-s", "9", "12"], ["-n", "", "12"], ["--me", "12"]):
        assert not settings(argv).plain


def test_the_command_line_overrides_the_environment() -> None:
    found = settings(["-n", "b", "-t", "pd"], SCANCEL_NAME="a", SCANCEL_STATE="running", SCANCEL_QOS="High")
    assert (found.name, found.state, found.qos) == ("b", "PENDING", "high")


@pytest.mark.parametrize("name", [name for name, dest in VARIABLES if dest in ("batch", "full", "verbose")])
def test_switches_of_the_environment(name: str) -> None:
    dest = dict(VARIABLES)[name]
    for value, meant in (("t", True), ("TRUE", True), ("F", False), ("false", False)):
        assert getattr(settings(["12"], **{name: value}), dest) == meant
    result, _, err = reading(["12"], **{name: "yes"})
    assert isinstance(result, Settings)
    assert err == f"scancel: error: Unrecognized {name} value: yes\n"


def test_every_variable_stands_for_an_option() -> None:
    assert {dest for _, dest in VARIABLES} <= {option.dest for option in OPTIONS}


@pytest.mark.parametrize("option", [option for option in OPTIONS if not option.done], ids=lambda o: o.name)
def test_what_is_not_done_says_so(option: Any) -> None:
    argv = [option.name] + (["x"] if option.arg == "required" else [])
    result, out, err = reading(argv)
    assert (result, out, err) == (1, "", UNSUPPORTED.format(prog="scancel", name=option.name) + "\n")


def test_options_by_release() -> None:
    assert isinstance(reading(["-c", "12"], "24.11.5")[0], Settings)
    assert reading(["-c", "12"], "22.05.8")[0] == 1


def test_help_describes_every_option() -> None:
    status, out, err = reading(["--help"])
    assert (status, err) == (0, "")
    for option in OPTIONS:
        assert not option.help or f"--{option.long}" in out
    assert reading(["--usage"])[1].startswith("Usage: scancel [")


# The choice


def job(job_id: int, state: str = "PENDING", **more: Any) -> Job:
    return Job(**{"job_id": job_id, "job_state": [state], "user_name": "alice", "partition": "main", **more})


def array(leader: int, tasks: str, job_id: int = 0, state: str = "PENDING") -> Job:
    """A record of an array: of one task, or of the set that waits."""
    single = tasks.isdigit()
    return job(
        job_id or leader,
        state,
        array_job_id=leader,
        array_task_id=int(tasks) if single else None,
        array_task_string=None if single else tasks,
    )


def chosen(jobs: list[Job], argv: list[str], release: str = "26.05.5") -> tuple[list[str], list[str], bool]:
    """(targets, unknown ids, none match) in texts."""
    choice = choose.choose(At(release), settings(argv, release), jobs)
    return [one.text for one in choice.targets], [format_id(one) for one in choice.unknown], choice.none_match


JOBS = [
    job(10, "RUNNING", name="a"),
    job(11, name="a"),
    job(12, "COMPLETED", name="a"),
    job(13, name="b", partition="main,short"),
    array(20, "7", 21, "RUNNING"),
    array(20, "1-3,8%2"),
    job(30, name="h", het_job_id=30, het_job_offset=0),
    job(31, name="h", het_job_id=30, het_job_offset=1),
]


@pytest.mark.parametrize(
    ("argv", "targets"),
    [
        (["-n", "a"], ["11", "10"]),  # those that wait come first, what has ended is out of it
        (["-n", "a", "-t", "running"], ["10"]),
        (["-p", "main", "13"], []),
        (["-p", "main,short"], ["13"]),
        (["-t", "pending", "10", "11"], ["11"]),
        (["-s", "9", "20"], ["20_[1-3,8%2]", "20_7"]),
        (["-s", "9", "20_7"], ["20_7"]),
        (["-s", "9", "20_2", "20_8"], ["20_2", "20_8"]),
        (["-s", "9", "20_[2,7]"], ["20_2", "20_7"]),
        (["-s", "9", "21"], ["20_7"]),
        (["-n", "h"], ["30"]),
        (["-s", "9", "30+1"], ["30"]),
        (["-s", "9", "31"], ["31"]),
    ],
)
def test_what_is_chosen(argv: list[str], targets: list[str]) -> None:
    assert chosen(JOBS, argv)[0] == targets


@pytest.mark.parametrize("option", ["-A", "-n", "-p", "-q", "-R", "-w", "--wckey"])
def test_nothing_passes_an_empty_filter(option: str) -> None:
    """Least of all a job that has no such thing."""
    bare = Job(job_id=1, job_state=["PENDING"])
    assert chosen([bare, *JOBS], [option, ""])[0] == []


def test_22_05_knows_no_single_waiting_task() -> None:
    assert chosen(JOBS, ["-s", "9", "20_2"], "22.05.8")[0] == ["20_[1-3,8%2]"]


def test_unknown_ids() -> None:
    targets, unknown, _ = chosen(JOBS, ["-s", "9", "12", "20_[8-10]", "99", "11"])
    assert targets == ["11", "20_8"]
    assert unknown == ["12", "20_9", "20_10", "99"]


def test_a_set_of_waiting_tasks_that_the_server_cuts() -> None:
    (target,) = choose.choose(At(), settings(["-n", "x"]), [_named(array(20, "1,3,5,..."))]).targets
    assert target.cut
    assert chosen([array(20, "1,3,5,...")], ["-s", "9", "20_77"])[0] == ["20_77"]


def _named(one: Job) -> Job:
    one.name = "x"
    return one


def test_none_match_depends_on_what_comes_after_the_id_named() -> None:
    """As observed: a job that passes counts from the first one named on."""
    assert chosen(JOBS, ["-n", "a", "13"]) == ([], [], True)
    assert chosen(JOBS, ["-n", "b", "11"]) == ([], [], False)
    assert chosen(JOBS, ["-n", "nope"])[2]


def test_the_filters_in_words() -> None:
    found = settings(["-t", "r", "-n", "x", "-A", "Acc", "--me"])
    assert choose.filter_text(At(), found) == "account=acc job_name=x state=RUNNING user_name=6001 "


# The answer


def told(step_id: str, code: int = 0, job_id: int = 0) -> Killed:
    return Killed(step_id, job_id=job_id or None, error=Failure(code))


@pytest.mark.parametrize(
    ("one", "statuses", "code"),
    [
        ("12", [told("12", 2021, 12)], 2021),
        ("12", [told("13", 2021, 13)], 0),
        ("12", [], 0),
        ("12", [told("12_1", 2021), told("12_2")], 0),  # what had ended before does not matter
        ("12", [told("12_1", 2021), told("12_2", 2021)], 2021),
        ("12_2", [told("12_1", 2021), told("12_[2]")], 0),
        ("12_2", [told("12_[1-3]", 2002)], 2002),
        ("12_2", [told("12", 2021)], 2021),
        ("12_[2,9]", [told("12_[2]"), told("12_[9]", 2017)], 2017),
        ("12_[2,9]", [told("12_[9]", 2017), told("12_2", 2002)], 2002),
        ("388", [told("386_1", 2021, 388)], 2021),
        ("30", [told("30+1", 2021), told("30", 2021)], 2021),
        ("30+1", [told("30+1", 2021, 31)], 2021),
        ("30+1", [told("30", 2021, 30)], 0),
    ],
)
def test_what_became_of_an_id(one: str, statuses: list[Killed], code: int) -> None:
    assert kill.outcomes([parse(one)], statuses) == [code]


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from([0, 2002, 2017, 2021])), max_size=20))
def test_each_job_gets_its_own_answer(pairs: list[tuple[int, int]]) -> None:
    codes = dict(pairs)
    statuses = [told(str(number), code, number) for number, code in codes.items()]
    assert kill.outcomes([JobId(number) for number in codes], statuses) == list(codes.values())


def test_flags() -> None:
    assert kill.flags(settings(["-b", "-f", "-H", "-c", "12"])) == [
        "BATCH_JOB",
        "FULL_JOB",
        "HURRY",
        "CRON_JOBS",
    ]
