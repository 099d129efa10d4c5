"""Reading option values: what they mean, and what native says to those it refuses."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.options import binding, geometry, values
from slurm_cli_proxy.options.values import At, BadValue, Reader

OLD, NEW = (22, 5), (26, 5)


def at(release: tuple[int, int] = NEW, **rest: object) -> At:
    return At("sbatch", release, lambda: 1_700_000_000.0, **rest)  # type: ignore[arg-type]


def refusal(
    read: Reader, text: str | None, release: tuple[int, int] = NEW
) -> tuple[tuple[str, ...], int | None]:
    """The lines and the status with which a value is refused."""
    with pytest.raises(BadValue) as caught:
        read(text, at(release))
    return caught.value.lines, caught.value.status


@pytest.mark.parametrize(("text", "number"), [("5", 5), (" 2", 2), ("+3", 3)])
def test_counts_are_read_as_strtol_does(text: str, number: int) -> None:
    assert values.count("--ntasks")(text, at()) == number


@pytest.mark.parametrize("text", ["0", "-1", "x", "3x", "0x10", ""])
def test_counts_below_one_and_other_text_are_refused(text: str) -> None:
    said = f'sbatch: error: Invalid numeric value "{text}" for --ntasks.'
    assert refusal(values.count("--ntasks"), text) == ((said,), 1)


def test_22_05_wraps_numbers_that_newer_releases_refuse() -> None:
    read = values.count("--ntasks")
    assert read("4294967297", at(OLD)) == 1
    assert refusal(read, "4294967297")[0] == (
        "sbatch: error: Numeric argument (4294967297) too large for --ntasks.",
    )


def test_nice_takes_what_is_no_number_for_zero() -> None:
    assert [values.nice(text, at()) for text in (None, "50", "7x", "foo", "-5")] == [100, 50, 7, 0, -5]
    assert refusal(values.nice, "2147483646")[1] == 255


def test_priority_has_a_top() -> None:
    assert values.priority("TOP", at()) == 4294967293
    assert refusal(values.priority, "4294967294")[0] == ("sbatch: error: Priority must be < 4294967294",)


@pytest.mark.parametrize(
    ("text", "number", "delay", "flags"),
    [
        ("USR1", 10, 60, []),
        ("sigusr1@10", 10, 10, []),
        ("B:TERM@30", 15, 30, ["BATCH_JOB"]),
        ("RB:10@60", 10, 60, ["RESERVATION_JOB", "BATCH_JOB"]),
    ],
)
def test_signals(text: str, number: int, delay: int, flags: list[str]) -> None:
    expected = {"signal": number, "signal_delay": delay, "signal_flags": flags}
    assert values.signal(text, at()) == expected


@pytest.mark.parametrize("text", ["", "0", "B:", "X:USR1", "10@x", "10@70000", "nosuch"])
def test_wrong_signals(text: str) -> None:
    assert refusal(values.signal, text) == (("sbatch: error: Invalid --signal specification",), 255)


def test_mail_types_pass_over_unknown_events_beside_known_ones() -> None:
    assert values.mail_types("begin,nonsense,END", at()) == ["BEGIN", "END"]
    assert values.mail_types("ALL,NONE", at()) == []
    assert refusal(values.mail_types, "nonsense")[1] == 255


def test_a_variable_can_switch_a_flag_off() -> None:
    assert values.flag()(None, at()) is True
    assert [values.flag()(text, at(where="env")) for text in ("", "1", "yes", "0", "foo")] == [
        True,
        True,
        True,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [("3", 3, 3), ("2-4", 2, 4), ("-5", 1, 5), ("1-0", 1, 0), ("1k", 1024, 1024), (" 2 ", 2, 2), ("0", 0, 0)],
)
def test_node_counts(text: str, least: int, most: int) -> None:
    found = geometry.nodes(text, at(OLD))
    assert (found["min_nodes"], found["max_nodes"]) == (least, most)


@pytest.mark.parametrize(("text", "shown"), [("x", "x"), ("1-2-3", "2-3"), ("", ""), ("-5-7", "5-7")])
def test_wrong_node_counts(text: str, shown: str) -> None:
    assert refusal(geometry.nodes, text)[0] == (f'sbatch: error: "{shown}" is not a valid node count',)


def test_node_counts_in_steps_are_of_newer_releases() -> None:
    assert geometry.nodes("1-5:2", at()) == {"min_nodes": 1, "max_nodes": 3, "job_size": "1-5:2"}
    assert refusal(geometry.nodes, "1-5:2", OLD)[0] == ('sbatch: error: "5:2" is not a valid node count',)


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("BLOCK", "block"),
        ("*:cyclic", "block:cyclic"),
        ("cyclic:cyclic:*", "cyclic:cyclic:cyclic"),
        ("block:", "block"),
        ("pack", "pack"),
        ("cyclic,NoPack", "cyclic,nopack"),
        ("arbitrary", "arbitrary"),
    ],
)
def test_distributions(text: str, layout: str) -> None:
    assert geometry.distribution(text, at()) == {"distribution": layout, "plane_size": None}


def test_planes_have_a_size() -> None:
    assert geometry.distribution("plane=4", at()) == {"distribution": "plane", "plane_size": 4}
    lines, status = refusal(geometry.distribution, "plane")
    assert lines[0] == "sbatch: error: Invalid plane size or size not specified"
    assert status == 255


def test_extra_node_info_sets_what_it_names() -> None:
    assert geometry.extra_node_info("1:*:2", at()) == {
        "extra_node_info": "1:*:2",
        "sockets_per_node": 1,
        "cores_per_socket": None,
        "threads_per_core": 2,
    }


def test_a_list_of_numbers_is_written_out() -> None:
    assert binding.mem_bind("map_mem:0*2,1", at())["mem_bind"] == "0,0,1"
    assert refusal(binding.mem_bind, "map_mem:0,1x")[0] == (
        "sbatch: error: Failed to validate number: 1x, the offending character is x",
    )


@pytest.mark.parametrize(
    "text", ["low-high:performance", "1000-2000:OnDemand", "1000:userspace", "2000-low:Powersave"]
)
def test_frequencies_that_will_do(text: str) -> None:
    assert binding.cpu_freq(text, at()).lower() == text.lower()


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("high-low:performance", "sbatch: error: min cpu-frec (high) must be < max cpu-freq (low)"),
        ("1000-2000", "sbatch: error: You must explicitly choose a governor"),
        ("low-high:userspace", "sbatch: error: userspace governor does not support a range."),
        ("high:ondemand", "sbatch: error: gov on cpu-frec (ondemand) illegal without max"),
        ("high:x", "sbatch: error: illegal governor: x on --cpu-freq"),
    ],
)
def test_frequencies_that_will_not(text: str, start: str) -> None:
    lines, status = refusal(binding.cpu_freq, text)
    assert lines[0].startswith(start)
    assert (lines[-1], status) == ("sbatch: error: Invalid --cpu-freq argument", 255)


@pytest.mark.parametrize(
    ("text", "listed", "flags"),
    [
        ("verbose,map_mem:0,1", "0,1", ["VERBOSE", "MAP"]),
        ("mask_mem:0x1,0x2", "1,2", ["MASK"]),
        ("p,local", None, ["PREFER", "LOCAL"]),
        ("q,none", None, ["NONE"]),
    ],
)
def test_memory_binding(text: str, listed: str | None, flags: list[str]) -> None:
    found = binding.mem_bind(text, at())
    assert (found["mem_bind"], found["mem_bind_type"]) == (listed, flags)


def test_memory_is_no_longer_sorted() -> None:
    assert binding.mem_bind("sort,local", at(OLD))["mem_bind_type"] == ["SORT", "LOCAL"]
    assert refusal(binding.mem_bind, "sort,local")[0] == (
        'sbatch: error: unrecognized --mem-bind argument "sort"',
    )


def test_cpu_frequencies_are_spelt_as_slurm_does() -> None:
    assert binding.cpu_freq("highm1", at()) == "Highm1"
    assert binding.cpu_freq("1000-2000:performance", at()) == "1000-2000:Performance"
    assert binding.cpu_freq("1000-2000", at(OLD)) == "1000-2000"
    assert refusal(binding.cpu_freq, "1000-2000")[0][-1] == "sbatch: error: Invalid --cpu-freq argument"


def test_limits_to_propagate() -> None:
    assert binding.propagated("NOFILE,RLIMIT_CORE", at()) == {"NOFILE", "CORE"}
    assert binding.propagated("NONE", at()) == frozenset()
    with pytest.raises(BadValue) as caught:
        binding.propagated("CORE,x", at())
    assert caught.value.lines[0] == "sbatch: error: Bad rlimit name: x"
    assert caught.value.status is None


@pytest.mark.parametrize(
    ("text", "seconds"), [("7:30", 450), ("0:01", 1), ("5", 300), ("UNLIMITED", 0xFFFFFFFF)]
)
def test_boots_are_delayed_by_seconds(text: str, seconds: int) -> None:
    assert values.seconds("--delay-boot")(text, at()) == seconds


@pytest.mark.parametrize(
    "text", ["5", "task=5", "mytask=5", "task=5x", " 5", "1.5", "task=-5", "", ",", "task=3,,7"]
)
def test_a_sampling_frequency_is_any_number_there_is(text: str) -> None:
    assert values.acctg_freq(text, at()) == text


@pytest.mark.parametrize(
    ("text", "wrong"), [("-1", "-1"), ("task=-1", "task=-1"), ("5,x", "x"), ("task", "task")]
)
def test_a_sampling_frequency_must_have_a_number(text: str, wrong: str) -> None:
    said = f"sbatch: error: Invalid --acctg-freq specification: {wrong}"
    assert refusal(values.acctg_freq, text) == ((said,), 255)


def test_asking_for_generic_resources_is_told_apart() -> None:
    assert values.gres("help,gpu", at()) == "help,gpu"
    with pytest.raises(values.GresHelp):
        values.gres("Help", at())


def test_uid_of_the_caller_by_a_name_of_the_cluster() -> None:
    """This machine need not know the name that a profile's user or its aliases have."""
    read = values.root_only("--uid", "user")
    assert read("galaxy-there", at(is_caller="galaxy-there".__eq__)) == "galaxy-there"
    assert read("root", at()) == 0
    for name, uid in (("galaxy-there", 0), ("root", 5)):
        with pytest.raises(BadValue):
            read(name, at(uid=uid))
