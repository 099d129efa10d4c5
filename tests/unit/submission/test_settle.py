"""What follows from options together."""

from __future__ import annotations

from typing import Any

import pytest

from slurm_cli_proxy.options.getopt import Item, Scanner
from slurm_cli_proxy.options.submission import SubmitOption, options_of
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.submission.environment import Caller, job_environment, split_export
from slurm_cli_proxy.submission.job import describe
from slurm_cli_proxy.submission.request import Request
from slurm_cli_proxy.submission.settle import settle, settle_last

OLD, MIDDLE, NEW = (22, 5), (24, 11), (26, 5)
PROCESS = Caller("/here", "host", 0, 0o022, {"CORE": 0})


def request(line: str, release: tuple[int, int] = NEW, *, variables: str = "") -> Request:
    """What a command line (and variables, written as options) asks for, settled."""
    found = Request()
    at = At("sbatch", release, lambda: 1_700_000_000.0)
    for words, where in ((variables, "env"), (line, "cli")):
        for event in Scanner("sbatch", words.split(), options_of("b"), release, permute=False):
            assert isinstance(event, Item) and isinstance(event.option, SubmitOption)
            found.take(event.option, event.value, At("sbatch", release, at.now, where))
    found.values.setdefault("job_name", "name")
    found["name"] = found["job_name"]
    found["warnings"] = settle(found, at) + settle_last(found, at)
    return found


def job(line: str, release: tuple[int, int] = NEW, **rest: Any) -> dict[str, Any]:
    """The job of a command line, without what every job has."""
    asked = request(line, release, **rest)
    made = describe(asked, release, arguments=[], folder="/f", environment={})
    for field in ("name", "current_working_directory", "environment"):
        del made[field]
    return made


def refusal(line: str, release: tuple[int, int] = NEW, **rest: Any) -> BadValue:
    with pytest.raises(BadValue) as caught:
        request(line, release, **rest)
    return caught.value


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("-A acc -p a,b -q q", {"account": "acc", "partition": "a,b", "qos": "q"}),
        ("-n 5", {"tasks": 5}),
        ("-N 2", {"minimum_nodes": 2, "maximum_nodes": 2}),
        ("-n 2 -N 1-4", {"tasks": 2, "minimum_nodes": 1, "maximum_nodes": 2}),
        ("-n 5 --ntasks-per-node=2", {"tasks": 5, "tasks_per_node": 2, "minimum_nodes": 3}),
        ("--mem=1G", {"memory_per_node": {"set": True, "infinite": False, "number": 1024}}),
        ("-t 0", {"time_limit": {"set": True, "infinite": True, "number": 0}}),
        ("-G a100:2", {"tres_per_job": "gres/gpu:a100:2"}),
        ("--gres=gpu:1,shard:2", {"tres_per_node": "gres/gpu:1,gres/shard:2"}),
        ("--gpus=2 --gpus-per-node=1", {"tres_per_job": "gres/gpu:2", "tres_per_node": "gres/gpu:1",
                                        "minimum_nodes": 2, "maximum_nodes": 2, "minimum_cpus": 1}),
        ("-m plane=4 -n 4", {"distribution": "plane=4", "tasks": 4}),
        ("--no-requeue --requeue", {"requeue": True}),
        ("-k", {"kill_on_node_fail": False}),
        ("-s", {"shared": ["oversubscribe"]}),
        ("--spread-job --use-min-nodes", {"flags": ["SPREAD_JOB", "PREFER_MINIMUM_NODE_COUNT"]}),
        ("-o none", {"standard_output": "/dev/null"}),
        ("-o=", {"standard_output": "="}),
        ("--priority=0", {}),
        ("-H --priority=5", {"hold": True}),
    ],
)  # fmt: skip
def test_the_job(line: str, fields: dict[str, Any]) -> None:
    assert job(line) == fields


def test_a_file_without_a_name_is_the_folder() -> None:
    asked = request("-J x")
    asked["output"] = ""
    made = describe(asked, NEW, arguments=[], folder="/f", environment={})
    assert made["standard_output"] == "/f/"


def test_tasks_have_gpus_and_cpus_of_their_own_since_23_02() -> None:
    made = job("-c 2 --gpus-per-task=1 -n 1")
    assert made["tres_per_task"] == "cpu=2,gres/gpu=1"
    assert made["tres_bind"] == "gres/gpu:per_task:1"
    old = job("-c 2 --gpus-per-task=1 -n 1", OLD)
    assert old["tres_per_task"] == "gres/gpu:1"
    assert "tres_bind" not in old


def test_memory_options_exclude_each_other_in_one_place_only() -> None:
    assert refusal("--mem=1 --mem-per-cpu=2").lines == (
        "sbatch: fatal: --mem, --mem-per-cpu, and --mem-per-gpu are mutually exclusive.",
    )
    assert job("--mem-per-cpu=2", variables="--mem=1") == {
        "memory_per_cpu": {"set": True, "infinite": False, "number": 2}
    }
    assert refusal("", variables="--mem=1 --mem-per-cpu=2").status == 1


def test_a_hint_gives_way_to_details() -> None:
    assert job("--hint=nomultithread") == {"threads_per_core": 1}
    assert job("--hint=nomultithread --ntasks-per-core=1 -n 1") == {"tasks_per_core": 1, "tasks": 1}
    assert job("--hint=nomultithread", variables="--threads-per-core=2") == {"threads_per_core": 1}


def test_fewer_tasks_than_nodes_is_warned_of() -> None:
    asked = request("-n 2 -N 3")
    assert asked["warnings"] == ["sbatch: warning: can't run 2 processes on 3 nodes, setting nnodes to 2"]
    assert (asked["min_nodes"], asked["max_nodes"]) == (2, 2)
    assert request("-n 2 -N 3", OLD)["warnings"][0].startswith("sbatch: Warning: can't run")


def test_a_node_list_says_how_many_nodes_there_are() -> None:
    assert job("-w n[1-3]") == {"required_nodes": "n[1-3]", "minimum_nodes": 3}
    assert refusal("-w n[1-3] -N 1", OLD).lines == ("sbatch: error: invalid number of nodes (-N 3-1)",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--gpus=3 --gpus-per-node=2", "Failed to validate job spec, --gpus is not multiple of"),
        ("--gpus=2 -N 3", "Failed to validate job spec, --gpus < -N"),
        ("--gpus-per-socket=1", "--gpus-per-socket option requires --sockets-per-node specification"),
        ("--mem-per-gpu=1", "Requested mem_per_tres=gres/gpu:1 but did not request any GPU."),
        ("--ntasks-per-gpu=2 -n 5", "Failed to validate job spec, -n/--ntasks has to be a multiple"),
    ],
)
def test_gpus_must_fit_together(line: str, said: str) -> None:
    lines = refusal(line).lines
    assert lines[0].startswith(f"sbatch: error: {said}")
    assert lines[1] == "sbatch: error: Invalid generic resource (gres) specification"


def environment(line: str, caller: dict[str, str], release: tuple[int, int] = NEW) -> dict[str, str]:
    asked = request(line, release)
    return job_environment(asked, caller, release, PROCESS, None)


CALLER = {
    "FOO": "bar",
    "SLURM_BAR": "1",
    "SLURM_JWT": "secret",
    "SLURM_CLI_PROXY_URL": "http://x",
    "PROXY_SLURM_API_URL": "http://y",
}


def test_the_proxys_own_settings_and_the_token_never_travel() -> None:
    for line in ("", "--export=ALL", "--export=ALL,X=1", "--export=SLURM_JWT", "--export=NONE"):
        job = environment(line, CALLER)
        assert "secret" not in job.values()
        assert not [name for name in job if "PROXY" in name]


def test_export_lets_names_pass_and_slurms_variables_always() -> None:
    everything = environment("", CALLER)
    assert everything["FOO"] == "bar"
    some = environment("--export=FOO,A=b", CALLER)
    assert (some["FOO"], some["A"], some["SLURM_BAR"], some["SLURM_GET_USER_ENV"]) == ("bar", "b", "1", "1")
    assert "FOO" not in environment("--export=NONE", CALLER)
    assert "SLURM_GET_USER_ENV" not in environment("--export=NIL", CALLER)
    assert "SLURM_GET_USER_ENV" in environment("--export=NIL", CALLER, OLD)


def test_variables_that_say_what_was_asked_for() -> None:
    new = environment("-n 3 -c 2 --gpus=1 -d singleton", CALLER)
    assert [new[f"SLURM_{name}"] for name in ("NTASKS", "NPROCS", "CPUS_PER_TASK", "GPUS", "JOB_DEPENDENCY")] == [
        "3", "3", "2", "1", "singleton",
    ]  # fmt: skip
    assert new["SLURM_TRES_PER_TASK"] == "cpu=2"
    assert (new["SLURM_UMASK"], new["SLURM_RLIMIT_CORE"], new["SLURM_SUBMIT_DIR"]) == ("0022", "0", "/here")
    old = environment("-J x --open-mode=append", CALLER, OLD)
    assert (old["SLURM_JOB_NAME"], old["SLURM_OPEN_MODE"]) == ("x", "a")


def test_the_callers_mpi_launcher_stays() -> None:
    job = environment("", {**CALLER, "HYDRA_BOOTSTRAP": "ssh"})
    assert job["HYDRA_BOOTSTRAP"] == "ssh"
    assert "HYDRA_LAUNCHER_EXTRA_ARGS" not in job
    assert job["I_MPI_HYDRA_BOOTSTRAP"] == "slurm"
    assert "I_MPI_HYDRA_BOOTSTRAP" not in environment("", CALLER, OLD)


def test_export_lists_keep_quoted_commas() -> None:
    assert split_export("A=\"x,y\",B,C='1,2'") == ['A="x,y"', "B", "C='1,2'"]


@pytest.mark.parametrize(
    ("release", "last"),
    [(OLD, "error: memory allocation failure"), (NEW, "fatal: Invalid node list specified")],
)
def test_a_range_of_nodes_that_cannot_be_read_is_not_sent(release: tuple[int, int], last: str) -> None:
    said = ("sbatch: error: _parse_single_range: Invalid range: `2-1'", f"sbatch: {last}")
    assert refusal("-w n[2-1]", release).lines == said


def test_empty_parts_of_a_list_of_gpus_count_for_nothing() -> None:
    assert job("--gpus=,1,,a100:2")["tres_per_job"] == "gres/gpu:1,gres/gpu:a100:2"
    assert "tres_per_job" not in job("--gpus=,")


def test_resources_are_licences() -> None:
    assert job("-L a --resources=b:2")["licenses"] == "a,b:2"
    assert job("--resources=b")["licenses"] == "b"
