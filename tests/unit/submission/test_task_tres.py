"""--gpus-per-task and --cpus-per-task as parts of --tres-per-task, as native was seen to merge them."""

from __future__ import annotations

import pytest

from slurm_cli_proxy.options.submission import OPTIONS
from slurm_cli_proxy.options.values import At, BadValue
from slurm_cli_proxy.submission.request import Request
from slurm_cli_proxy.submission.task_tres import bind_gpus, settle_task_tres, task_gpus

ROWS = {option.dest: option for option in OPTIONS}


def at(release: tuple[int, int] = (26, 5), where: str = "cli") -> At:
    return At("sbatch", release, lambda: 0.0, where)


def settled(release: tuple[int, int] = (26, 5), /, **options: str) -> Request:
    """`env_` before a name: by a variable."""
    request = Request()
    for name, text in options.items():
        where = "env" if name.startswith("env_") else "cli"
        request.take(ROWS[name.removeprefix("env_")], text, at(release, where))
    settle_task_tres(request, at(release))
    bind_gpus(request, at(release))
    return request


@pytest.mark.parametrize(
    ("options", "tres", "bind"),
    [
        ({"gpus_per_task": "2"}, "gres/gpu=2", "gres/gpu:per_task:2"),
        ({"gpus_per_task": "a100:1", "cpus_per_task": "3"}, "cpu=3,gres/gpu:a100=1", "gres/gpu:per_task:1"),
        ({"gpus_per_task": "0"}, None, None),
        ({"gpus_per_task": "a100"}, None, None),
        ({"env_tres_per_task": "license/x=1,cpu=2", "cpus_per_task": "3"}, "license/x=1,cpu=3", None),
        ({"env_tres_per_task": "cpu=2,gres/gpu:x=1", "gpus_per_task": "2"}, "cpu=2,gres/gpu=2", "gres/gpu:per_task:2"),
        ({"tres_per_task": "gres/gpu=1", "env_gpus_per_task": "2"}, "gres/gpu=1", "gres/gpu:per_task:1"),
        ({"tres_per_task": "gres/gpu:a100"}, "gres/gpu:a100", "gres/gpu:per_task:1"),
        ({"tres_per_task": "gres/gpu=0"}, "gres/gpu=0", None),
    ],
)  # fmt: skip
def test_parts_keep_their_places(options: dict[str, str], tres: str | None, bind: str | None) -> None:
    request = settled(**options)
    assert (request.get("tres_per_task"), request.get("tres_bind")) == (tres, bind)


@pytest.mark.parametrize(
    "options",
    [
        {"tres_per_task": "gres/gpu=1", "gpus_per_task": "1"},
        {"tres_per_task": "cpu=1", "cpus_per_task": "1"},
        {"tres_per_task": "cpu"},
        {"tres_per_task": "mem=1"},
        {"gpus_per_task": "1,0"},
    ],
)
def test_contradictions(options: dict[str, str]) -> None:
    with pytest.raises(BadValue):
        settled(**options)


def test_only_the_first_part_counted_before_26_05() -> None:
    assert task_gpus("a100:1,2", at((24, 11))) == {"gres/gpu:a100": 1}
    assert task_gpus("a100:1,2", at()) == {"gres/gpu:a100": 1, "gres/gpu": 2}


def test_22_05_knows_nothing_of_it() -> None:
    assert "tres_per_task" not in settled((22, 5), gpus_per_task="1")
